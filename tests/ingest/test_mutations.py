"""Faulty files of every format end as what they are: read, or an error that names them; no fault in a reader shows."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from mutations import mutants, mutated, outcome

from kg.errors import InputError, KgError, NoArticleError
from kg.ingest.decoding import cleaned, decoded
from kg.ingest.isolation import Readers
from kg.ingest.names import spelt_bytes
from kg.ingest.settings import Settings
from kg.ingest.written_dates import written_date
from kg.model import Document, Metadata
from kg.understanding import understand


def test_faulty_files_are_read_or_refused() -> None:
    with Readers(seconds=60) as readers:
        outcomes = {source.name: outcome(readers, source) for source in mutants(200)}
    assert {name: found for name, found in outcomes.items() if found.startswith(("(", "ReaderLimit"))} == {}
    assert "read" in outcomes.values()


@given(st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-16", "surrogatepass"))))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decoded("a.txt", data).text
    except InputError:
        return
    text.encode()
    assert "\0" not in text
    assert "\r" not in text


@given(st.binary())
def test_any_name_of_a_file_can_be_written(name: bytes) -> None:
    spelt_bytes(name).encode()


@given(st.text(), st.sampled_from(["", "{newspaper}/{published}/{*}.txt", "{home}{*}", "(((*+"]))
def test_any_path_tells_something_or_nothing(source: str, pattern: str) -> None:
    assert written_date(source) == "" or written_date(source)[:2] in ("19", "20")
    Settings(pattern).metadata(source)


def test_faulty_texts_are_understood_or_have_no_article() -> None:
    pages = sorted((Path(__file__).parents[1] / "corpus" / "train").glob("*.txt"))[:40]
    for number, page in enumerate(pages):
        data = mutated(
            page.read_text(encoding="utf-8").encode("utf-32-le"), number
        )  # faults in characters, not in bytes
        text = cleaned(data.decode("utf-32-le", "ignore")).replace("\0", "")
        found = understand(Document("page.txt", text, "0", Metadata("2022-07-16", home="嘉兴市")))
        if isinstance(found, KgError):
            assert isinstance(found, NoArticleError)
            continue
        assert all(a.text[m.start : m.end] == m.text for a, findings in found for m in findings.mentions)
