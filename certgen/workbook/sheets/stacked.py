"""Shipments and their goods in two tables of one sheet, one under the other: each is a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from certgen.workbook.grid import CellKind, Grid, GridCell
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.tables import GOODS, KEYS, Rows, match_of, rows_of

_FEWEST_COLUMNS = 3
_FEWEST_GOODS = 2


def divide(grid: Grid, index: HeaderIndex) -> list[Grid]:
    """The sheet in parts where a header of goods stands under one of shipments, or the other way round.

    Both name the shipments, so that they can be told whose lines are whose; any other second header is left
    for the reader of the whole sheet to refuse.
    """
    rows = rows_of(grid)
    starts = [_with_title(row, rows) for row in _turns(rows, index)] if grid.is_visible else []
    ends = [*starts, max(rows, default=0) + 1]
    return [_part(grid, start, end) for start, end in zip([0, *starts], ends, strict=True)]


def _turns(rows: Rows, index: HeaderIndex) -> Iterator[int]:
    """The header rows at which goods follow shipments, or shipments goods."""
    before: bool | None = None
    for row, cells in rows.items():
        paths = _paths_of_header(cells, index)
        if not paths & KEYS:
            continue
        names_goods = len(paths & GOODS) >= _FEWEST_GOODS
        if before is not None and names_goods is not before:
            yield row
        before = names_goods


def _paths_of_header(cells: Sequence[GridCell], index: HeaderIndex) -> set[str]:
    """The fields of a row that is all headers, most of them known; empty for any other row."""
    if len(cells) < _FEWEST_COLUMNS or any(cell.kind is not CellKind.TEXT for cell in cells):
        return set()
    if not (match_of(cells[0], index) or match_of(cells[1], index)):
        return set()
    known = [match for cell in cells if (match := match_of(cell, index))]
    if len(known) < _FEWEST_COLUMNS or len(known) * 4 < len(cells) * 3:
        return set()
    return {item.path for match in known for item in match.fields}


def _with_title(row: int, rows: Rows) -> int:
    """The first row of a table with the title that stands right above its header."""
    return row - 1 if len(rows.get(row - 1, ())) == 1 else row


def _part(grid: Grid, start: int, end: int) -> Grid:
    if start == 0 and all(row < end for row, _ in grid.cells):
        return grid
    return replace(grid, cells={place: cell for place, cell in grid.cells.items() if start <= place[0] < end})
