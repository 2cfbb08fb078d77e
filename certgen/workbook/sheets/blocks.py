"""Shipments as forms of one sheet, one under the other or side by side: each is a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from certgen.workbook.folding import squeeze
from certgen.workbook.grid import CellKind, Grid, GridCell
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.tables import Rows, match_of, rows_of

_ROWS_SEARCHED = 50
_FEWEST_BLOCKS = 2
_NUMBERS = ("reference", "invoice_number")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label with the value beside it: its place, its words as they are compared, its field."""

    row: int
    column: int
    words: str
    path: str
    value: str


def divide_forms(grid: Grid, index: HeaderIndex) -> list[Grid]:
    """The parts of a sheet that each begin with the same label and have a number of their own.

    Labels above the first of them, parted by an empty row, hold for all. A sheet whose parts share a number,
    or in which a label comes twice in a part, stays whole.
    """
    if not grid.is_visible:
        return [grid]
    return [part for block in _stacked(grid, index) for part in _side_by_side(block, index)]


def _stacked(grid: Grid, index: HeaderIndex) -> list[Grid]:
    """Blocks one under the other, by the first label of the sheet or by a number below an empty row."""
    rows = rows_of(grid)
    labels = _labels_of(rows, index)
    for opener in _openers(labels):
        opening = [label for label in labels if (label.words, label.column) == (opener.words, opener.column)]
        starts = [_with_title(label.row, rows, index) for label in opening]
        shared = [label for label in labels if label.row < starts[0]]
        is_parted = not shared or all(start - 1 not in rows for start in starts)
        ends = [*starts, max(rows) + 1]
        blocks = [[label for label in labels if a <= label.row < b] for a, b in pairwise(ends)]
        if is_parted and _are_shipments(blocks, shared):
            return [_rows_between(grid, a, b, starts[0]) for a, b in pairwise(ends)]
    return [grid]


def _side_by_side(grid: Grid, index: HeaderIndex) -> list[Grid]:
    """Blocks beside one another, by the first label."""
    labels = _labels_of(rows_of(grid), index)
    opening = [label for label in labels if (label.words, label.row) == (labels[0].words, labels[0].row)]
    starts = [label.column for label in opening]
    ends = [0, *starts[1:], max((column for _, column in grid.cells), default=0) + 1]
    blocks = [[label for label in labels if a <= label.column < b] for a, b in pairwise(ends)]
    if not _are_shipments(blocks, ()):
        return [grid]
    return [_columns_between(grid, a, b) for a, b in pairwise(ends)]


def _openers(labels: Sequence[_Label]) -> list[_Label]:
    """The labels that may begin each block: the first of all, and the first number of a shipment."""
    number = next((label for label in labels if label.path in _NUMBERS), None)
    return list(dict.fromkeys([*labels[:1], *([number] if number else [])]))


def _are_shipments(blocks: Sequence[Sequence[_Label]], shared: Sequence[_Label]) -> bool:
    """Whether each block has every label once, none of the shared ones, and a number that no other has."""
    above = {label.words for label in shared}
    for block in blocks:
        places = [(label.words, label.column) for label in block]
        if len(set(places)) < len(places) or any(label.words in above for label in block):
            return False
    return len(blocks) >= _FEWEST_BLOCKS and any(_are_told_apart(blocks, path) for path in _NUMBERS)


def _are_told_apart(blocks: Sequence[Sequence[_Label]], path: str) -> bool:
    numbers = [{label.value.casefold() for label in block if label.path == path} for block in blocks]
    return all(numbers) and len(set().union(*numbers)) == sum(map(len, numbers))


def _labels_of(rows: Rows, index: HeaderIndex) -> list[_Label]:
    """The labels of a sheet in reading order; none where none of its first rows may begin a second block."""
    first = [label for cells in islice(rows.values(), _ROWS_SEARCHED) for label in _labels_in(cells, index)]
    if not any(_comes_again(opener, rows) for opener in _openers(first)):
        return []
    return [label for cells in rows.values() for label in _labels_in(cells, index)]


def _comes_again(label: _Label, rows: Rows) -> bool:
    """Whether the words of a label stand in its column or its row once more."""
    again = (
        cell
        for cells in rows.values()
        for cell in cells
        if (cell.row == label.row) is not (cell.column == label.column)
    )
    return any(squeeze(cell.text) == label.words for cell in again)


def _labels_in(cells: Sequence[GridCell], index: HeaderIndex) -> Iterator[_Label]:
    """The labels of a row in which each known word is followed by one that is none."""
    matches = [match_of(cell, index) for cell in cells]
    if matches[-1] or any(one and other for one, other in pairwise(matches)):
        return
    for (cell, value), match in zip(pairwise(cells), matches, strict=False):
        if match:
            path = match.field_on("shipment").path
            yield _Label(cell.row, cell.column, squeeze(cell.text), path, value.text.strip())


def _with_title(row: int, rows: Rows, index: HeaderIndex) -> int:
    """The first row of a block with the titles right above its first label."""
    while _is_title(rows.get(row - 1, ()), index):
        row -= 1
    return row


def _is_title(cells: Sequence[GridCell], index: HeaderIndex) -> bool:
    return len(cells) == 1 and cells[0].kind is CellKind.TEXT and match_of(cells[0], index) is None


def _rows_between(grid: Grid, start: int, end: int, shared: int) -> Grid:
    """The rows of a block, and those above the first one."""
    cells = {
        place: cell for place, cell in grid.cells.items() if place[0] < shared or start <= place[0] < end
    }
    return replace(grid, cells=cells)


def _columns_between(grid: Grid, start: int, end: int) -> Grid:
    return replace(grid, cells={place: cell for place, cell in grid.cells.items() if start <= place[1] < end})
