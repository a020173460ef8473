"""JSON Lines and CSV with a column for the text: one document a row.

The columns are found by their usual names, Chinese or English, or by those that `kg.toml` gives under `[columns]`.
The trap: a row that holds no text is no failure of the table, but told; a title in a column of its own becomes the
first line of the document, marked as a headline.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.errors import DamagedError, InputError, TooLargeError
from kg.ingest.decoding import cleaned, decoded
from kg.ingest.readers.lines import Page
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings
from kg.ingest.written_dates import written_date
from kg.model import Document, Metadata

MAX_ROWS = 1_000_000
_USUAL = {
    "text": ("text", "content", "body", "正文", "内容", "全文"),
    "title": ("title", "headline", "标题", "题目"),
    "author": ("author", "byline", "作者", "记者"),
    "published": ("published", "date", "日期", "发布日期", "时间"),
    "newspaper": ("newspaper", "paper", "报纸", "报名"),
}

Row = Mapping[str, Any]


def read_jsonl(source: Source, settings: Settings) -> Reading:
    """Read one JSON object a line; a line that is none is a failure of that line."""
    found = decoded(source.shown, source.data)
    rows: list[tuple[int, Row]] = []
    failures: list[InputError] = []
    for number, line in enumerate(found.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            failures.append(DamagedError(source.shown, f"no JSON: {error}", f"line {number}"))
            continue
        if isinstance(row, dict):
            rows.append((number, row))
        else:
            failures.append(DamagedError(source.shown, "no JSON object", f"line {number}"))
    doubt = found.doubt(source.shown)
    return _reading(source, settings, rows, failures, (doubt,) if doubt else ())


def read_csv(source: Source, settings: Settings) -> Reading:
    """Read a table with a line of column names, parted by commas, semicolons or tabs, whichever stands there most."""
    found = decoded(source.shown, source.data)
    head = found.text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(found.text) + 1))  # of the whole process, so only ever raised
    try:
        table = csv.DictReader(io.StringIO(found.text, newline=""), delimiter=delimiter, strict=True)
        rows: list[tuple[int, Row]] = [(table.line_num, row) for row in table]
    except csv.Error as error:
        raise DamagedError(source.shown, f"no CSV: {error}") from error
    doubt = found.doubt(source.shown)
    return _reading(source, settings, rows, [], (doubt,) if doubt else ())


def _reading(
    source: Source,
    settings: Settings,
    rows: list[tuple[int, Row]],
    failures: list[InputError],
    warnings: tuple[InputError, ...],
) -> Reading:
    if len(rows) > MAX_ROWS:
        raise TooLargeError(source.shown, f"{len(rows):,} rows, more than {MAX_ROWS:,}")
    if not rows:
        return Reading(failures=tuple(failures) or (DamagedError(source.shown, "no row in it"),), warnings=warnings)
    columns = _columns(source, settings, (key for _, row in rows[:100] for key in row))
    documents = tuple(_documents(source, columns, rows))
    if not documents:
        failures.append(DamagedError(source.shown, f"its column {columns['text']} is empty"))
    return Reading(documents, tuple(failures), warnings)


def _columns(source: Source, settings: Settings, present: Iterable[Any]) -> dict[str, str]:
    """Find what each column is for; a table without a text is an error that names its columns."""
    names: dict[str, str] = {}
    for key in dict.fromkeys(present):
        if key is not None:
            names.setdefault(str(key).strip().lower(), str(key))
    found = {}
    for what, usual in _USUAL.items():
        wanted = (settings.columns[what].lower(),) if what in settings.columns else usual
        if name := next((names[word] for word in wanted if word in names), ""):
            found[what] = name
    if "text" not in found:
        known = ", ".join(names.values())[:200]
        raise DamagedError(
            source.shown, f'no column for the text among {known}; name it in kg.toml, [columns] text = "…"'
        )
    return found


def _documents(source: Source, columns: Mapping[str, str], rows: Iterable[tuple[int, Row]]) -> Iterator[Document]:
    for number, row in rows:
        value = {what: _as_text(row.get(name)) for what, name in columns.items()}
        if not value["text"].strip():
            continue
        page = Page()
        if title := value.get("title", "").strip():
            page.add_title(title)
        if author := value.get("author", "").strip():
            page.add_author(author)
        page.add(value["text"])
        name = f"{source.name}#{number}"
        digest = hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        told = Metadata(written_date(value.get("published", "")), value.get("newspaper", "").strip())
        yield Document(name, page.text, digest, told, page.titles)


def _as_text(value: object) -> str:
    """Return a cell as text; a list of paragraphs is one a line."""
    if isinstance(value, list):
        return "\n".join(map(_as_text, value))
    return cleaned(str(value)).replace("\0", "\ufffd") if value is not None else ""
