"""Write a graph as an Excel workbook, a sheet for each table; the home of xlsxwriter.

In: Contents. Out: an .xlsx file. The trap: a text from an article may begin with `=`; every text is written as a text,
so that nothing is a formula or a link. A cell holds 32,767 characters and a sheet 1,048,576 rows: a longer text is cut
with an ellipsis, and a longer table is refused.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ExportError
from kg.export.contents import Contents
from kg.export.tables import TABLES, Table, rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

_CELL, _ROWS = 32_767, 1_048_575
_WIDTHS = {"words": 60, "text": 60, "subject_name": 24, "object_name": 24, "name": 24, "headline": 36}
"""In characters; 12 for the others."""


def write_workbook(contents: Contents, path: Path) -> None:
    """Write the workbook; ExportError where a table has more rows than a sheet can hold."""
    from xlsxwriter import Workbook

    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), {**never, "constant_memory": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # of the hour nothing may tell: same graph, same bytes
        for table in TABLES:
            _write_sheet(book, table, contents)


def _write_sheet(book: Workbook, table: Table, contents: Contents) -> None:
    sheet = book.add_worksheet(f"{table.chinese} {table.name}")
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, f"{column.chinese}\n{column.name}", heading)
        sheet.set_column(place, place, _WIDTHS.get(column.name, 12))
    last = 0
    for last, row in enumerate(rows(table, contents), start=1):
        if last > _ROWS:
            raise ExportError("xlsx", f"{table.name} has more than {_ROWS} rows; export parquet or csv")
        for place, column in enumerate(table.columns):
            _write_cell(sheet, last, place, row.get(column.name))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _write_cell(sheet: Any, row: int, place: int, value: Any) -> None:
    match value:
        case None | "" | []:
            return
        case bool():
            sheet.write_boolean(row, place, value)
        case int() | float():
            sheet.write_number(row, place, value)
        case date():  # as text: Excel has no day before 1900
            sheet.write_string(row, place, value.isoformat())
        case list():
            sheet.write_string(row, place, _cut("\n".join(value)))
        case _:
            sheet.write_string(row, place, _cut(value))


def _cut(text: str) -> str:
    return text if len(text.encode("utf-16-le")) // 2 <= _CELL else text[: _CELL // 2 - 1] + "…"
