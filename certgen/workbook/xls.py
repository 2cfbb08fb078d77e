"""Workbooks of Excel before 2007 (.xls), read by calamine."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from certgen.errors import UnreadableInputError
from certgen.workbook.cell_content import (
    Content,
    boolean_content,
    clock_content,
    cover_merges,
    number_content,
    text_content,
)
from certgen.workbook.cell_name import cell_name
from certgen.workbook.file_kind import ENCRYPTED
from certgen.workbook.grid import CellKind, Grid, GridCell
from certgen.workbook.limits import CellBudget
from certgen.workbook.number_format import NumberFormat, describe_moment
from certgen.workbook.package import DAMAGED

UNSEEN_IN_XLS = "formulas, error values, hidden rows and the number formats of cells"
_PLAIN = NumberFormat("")


def read_xls(data: bytes) -> tuple[Grid, ...]:
    """All worksheets of an old Excel file; raises UnreadableInputError when it is damaged or encrypted."""
    import python_calamine  # noqa: PLC0415  loaded only for old files

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _read_worksheets(book, python_calamine)
    except python_calamine.PasswordError as error:
        raise UnreadableInputError(ENCRYPTED) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableInputError(DAMAGED) from error


def _read_worksheets(book: Any, calamine: Any) -> tuple[Grid, ...]:
    budget = CellBudget()
    return tuple(
        _read_worksheet(
            book.get_sheet_by_name(entry.name),
            budget,
            is_visible=entry.visible == calamine.SheetVisibleEnum.Visible,
        )
        for entry in book.sheets_metadata
        if entry.typ == calamine.SheetTypeEnum.WorkSheet
    )


def _read_worksheet(sheet: Any, budget: CellBudget, *, is_visible: bool) -> Grid:
    cells: dict[tuple[int, int], GridCell] = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(values, start=1):
            content = _content(value)
            if content is not None:
                budget.take(len(content[2]))
                cells[row, column] = GridCell(cell_name(row, column), row, column, *content)
    merges = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return Grid(name=sheet.name, cells=cells, merged=cover_merges(merges, cells), is_visible=is_visible)


def _content(value: object) -> Content | None:
    if isinstance(value, bool):
        return boolean_content(is_true=value)
    if isinstance(value, int | float):
        return number_content(repr(value).removesuffix(".0"), _PLAIN, from_1904=False)
    if isinstance(value, date | time | timedelta):
        return _moment_content(value)
    return text_content(str(value))


def _moment_content(value: date | time | timedelta) -> Content:
    if isinstance(value, datetime):
        return CellKind.DATE, *describe_moment(value)
    if isinstance(value, date):
        return CellKind.DATE, value, value.isoformat()
    if isinstance(value, time):
        return clock_content(value.hour, value.minute, value.second)
    return clock_content(*_hours_minutes_seconds(value))


def _hours_minutes_seconds(span: timedelta) -> tuple[int, int, int]:
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    return (*divmod(minutes, 60), seconds)
