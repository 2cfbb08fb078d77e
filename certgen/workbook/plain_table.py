"""A table written out as CSV or xlsx: texts stay texts, whatever sign they begin with."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from certgen.errors import OutputError
from certgen.new_file import new_file

Row = Sequence[str | int | date | None]
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
# Where a spreadsheet may see a formula begin: at the start, and behind a sign that divides cells where the
# comma does not (OWASP, "CSV Injection").
_FORMULA = re.compile(r"^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n])(?=[=+\-@＝＋－＠])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_csv(columns: Sequence[str], rows: Iterable[Row], path: Path) -> None:
    """UTF-8 with its mark, so that Excel reads it; a text like a formula gets an apostrophe before it.

    Raises OutputError when the file stands already or cannot be written.
    """
    with new_file(path) as file:
        file.write(b"\xef\xbb\xbf")
        file.write(_csv_line(columns))
        for row in _texts(rows):
            file.write(_csv_line(row))


def write_xlsx(columns: Sequence[str], rows: Iterable[Row], title: str, path: Path) -> None:
    """One sheet with a frozen header; every text is stored as text, never as a formula.

    Raises OutputError when the file stands already or cannot be written, or for more rows than a sheet holds.
    """
    with new_file(path) as file:
        file.write(_xlsx(columns, rows, title))


def _texts(rows: Iterable[Row]) -> Iterator[list[str]]:
    for row in rows:
        yield [_csv_text(value) for value in row]


def _csv_text(value: str | int | date | None) -> str:
    if isinstance(value, str):
        return _FORMULA.sub("'", _CONTROL.sub("\ufffd", value))
    return "" if value is None else str(value)


def _csv_line(row: Sequence[str]) -> bytes:
    written: list[str] = []
    csv.writer(_Collector(written)).writerow(row)
    return "".join(written).encode("utf-8", "backslashreplace")


class _Collector:
    """What the csv module writes to."""

    def __init__(self, written: list[str]) -> None:
        self.write = written.append


def _xlsx(columns: Sequence[str], rows: Iterable[Row], title: str) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, needed here alone
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - same

    from certgen.workbook.fixed_bytes import workbook_bytes  # noqa: PLC0415 - same

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for count, row in enumerate((columns, *rows)):
        if count > MOST_ROWS:
            raise OutputError(f"A sheet holds no more than {MOST_ROWS} rows. Write a .csv or .json file.")
        sheet.append([_cell(WriteOnlyCell(sheet), value) for value in row])
    return workbook_bytes(book)


def _cell(cell: Any, value: str | int | date | None) -> Any:
    cell.value = _cut(_CONTROL.sub("\ufffd", value)) if isinstance(value, str) else value
    if isinstance(value, str) and value:
        cell.data_type = "s"
    return cell


def _cut(text: str) -> str:
    """What a cell holds of a text; one that was cut says so by its end."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
