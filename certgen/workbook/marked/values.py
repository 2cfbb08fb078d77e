"""A plain .xlsx copy of a book's values, to be marked where the user's own format cannot be."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from certgen.workbook.grid import CellKind, Grid, GridBook, GridCell
from certgen.workbook.marked.xml_edit import escape_controls

MAX_TITLE_CHARACTERS = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_KEPT_TYPES = {CellKind.NUMBER, CellKind.DATE, CellKind.BOOLEAN}


def titles_for(book: GridBook) -> dict[str, str]:
    """The tab each sheet gets in an Excel workbook: at most 31 characters, none twice."""
    titles: dict[str, str] = {}
    for sheet in book.sheets:
        wanted = _NOT_IN_TITLES.sub("_", sheet.name).strip("'") or "Sheet"
        titles[sheet.name] = _free_title(wanted, {title.lower() for title in titles.values()})
    return titles


def write_values(book: GridBook, titles: dict[str, str]) -> bytes:
    """The book as an .xlsx file, row by row; texts that look like formulas stay texts."""
    import openpyxl  # noqa: PLC0415  slow to load, rarely needed

    workbook = openpyxl.Workbook(write_only=True)
    for grid in book.sheets:
        sheet = workbook.create_sheet(titles[grid.name])
        for row in _rows(grid):
            sheet.append([_written(sheet, cell) if cell else None for cell in row])
        if not grid.is_visible:
            sheet.sheet_state = "hidden"
    workbook.active = 0
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _free_title(wanted: str, taken: set[str]) -> str:
    title, number = wanted[:MAX_TITLE_CHARACTERS], 1
    while title.lower() in taken:
        number += 1
        ending = f" ({number})"
        title = wanted[: MAX_TITLE_CHARACTERS - len(ending)] + ending
    return title


def _rows(grid: Grid) -> Iterator[list[GridCell | None]]:
    """All rows up to the last filled one, the empty ones too, so that every cell keeps its name."""
    next_row = 1
    ordered = (grid.cells[place] for place in sorted(grid.cells))
    for row, cells in groupby(ordered, key=lambda cell: cell.row):
        for _ in range(next_row, row):
            yield []
        yield _spread(cells)
        next_row = row + 1


def _spread(cells: Iterable[GridCell]) -> list[GridCell | None]:
    line: list[GridCell | None] = []
    for cell in cells:
        line += [None] * (cell.column - 1 - len(line))
        line.append(cell)
    return line


def _written(sheet: Any, cell: GridCell) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  slow to load, rarely needed

    written = WriteOnlyCell(sheet)
    if cell.kind in _KEPT_TYPES:
        written.value = cell.value
        written.number_format = cell.number_format or written.number_format
    else:
        written.value = escape_controls(cell.text)
        written.data_type = "s"
    return written
