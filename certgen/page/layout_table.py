"""The rows of a table on one page: set in their columns, summed up, put below each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from certgen.forms.boxes import ROW_NUMBER
from certgen.forms.model import Frame, Template
from certgen.page.document import Face, PlacedTable, Stroke, TableRow
from certgen.page.draft import Draft
from certgen.page.layout_cells import Cell, Row, make_row, place_row, set_cell, set_line
from certgen.page.layout_plan import ColumnSlot, TableSlot
from certgen.page.letters import Printable, make_printable
from certgen.page.measure import Line, Setting
from certgen.page.placing import FINE_RULE_PT
from certgen.page.sources import find_item

STRUCK_FROM_MM = 6.0
STRIKE_INSET_MM = 1.5
STRIKE_PT = 0.6
_REMEMBERED = 1000


def set_rows(draft: Draft, slot: TableSlot, names: Mapping[str, Any]) -> tuple[tuple[Any, ...], list[Row]]:
    """The items of a table and a set row for each."""
    items = tuple(slot.rows.evaluate(names) or ())
    row_names = dict(names)
    rows = []
    for number, item in enumerate(items, start=1):
        row_names |= {slot.row_name: item, ROW_NUMBER: number}
        rows.append(_set_row(draft, slot, item, row_names))
    return items, rows


def _set_row(draft: Draft, slot: TableSlot, item: Any, names: Mapping[str, Any]) -> Row:
    texts: list[str] = []
    cells: list[Cell] = []
    for column, (_, room_mm) in zip(slot.columns, slot.rooms, strict=True):
        text = column.template.render(names)
        cell: Cell = column.known.get(text)
        if cell is None and text:
            cell = set_line(slot, text, room_mm)
            if cell is None:
                text, cell = _set_long(draft, slot, column, item, text)
            _remember(column.known, text, cell)
        texts.append(text)
        cells.append(cell)
    return make_row(slot, texts, cells)


def _set_long(draft: Draft, slot: TableSlot, column: ColumnSlot, item: Any, text: str) -> tuple[str, Cell]:
    """A text as it can be printed, and how it is set; what is refused is not set."""
    printable = _gate_cell(draft, slot, item, text)
    return printable.text, None if printable.refused else set_cell(slot, column, printable.text)


def _remember(known: dict[str, Line | Setting], text: str, cell: Cell) -> None:
    if cell is not None:
        if len(known) >= _REMEMBERED:
            known.clear()
        known[text] = cell


def _gate_cell(draft: Draft, slot: TableSlot, item: Any, text: str) -> Printable:
    printable = make_printable(text)
    if printable.is_plain:
        return printable
    paths = tuple(find_item(draft.paper.consignment, path, item) for path in slot.paths)
    return draft.gate(text, slot.box, paths)


def find_totals(
    draft: Draft, slot: TableSlot, names: Mapping[str, Any], items: tuple[Any, ...]
) -> tuple[str, ...]:
    """The totals over these items, column by column; empty where a column has none."""
    over = dict(names)
    if slot.rows.source in over:
        over[slot.rows.source] = items
    return tuple(_total_text(draft, slot, column.total, over) for column in slot.columns)


def make_summary(slot: TableSlot, totals: Sequence[str], label: str) -> Row:
    """The row of totals, with words beside them that say what they cover."""
    texts = (*totals[: slot.label_column], label, *totals[slot.label_column + 1 :])
    return _bold_row(slot, texts)


def label_row(slot: TableSlot, label: str) -> Row:
    """A row of words alone, in the widest column."""
    widest = max(range(len(slot.columns)), key=lambda number: slot.columns[number].frame.width_mm)
    return _bold_row(slot, [label if number == widest else "" for number in range(len(slot.columns))])


def _bold_row(slot: TableSlot, texts: Sequence[str]) -> Row:
    cells = [
        set_cell(slot, column, text, Face.BOLD) for column, text in zip(slot.columns, texts, strict=True)
    ]
    return make_row(slot, texts, cells, is_summary=True)


def _total_text(draft: Draft, slot: TableSlot, total: Template | None, names: Mapping[str, Any]) -> str:
    if total is None:
        return ""
    printable = draft.gate(total.render(names), slot.box, slot.paths)
    return "" if printable.refused else printable.text


def count_fitting(rows: Sequence[Row], room_mm: float) -> int:
    """How many of the rows fit one below the other."""
    return bisect_right(list(accumulate([row.height_mm for row in rows])), room_mm)


def place_rows(
    draft: Draft, page: int, slot: TableSlot, rows: Sequence[Row], top_mm: float
) -> tuple[tuple[TableRow, ...], float]:
    """Put rows below each other on a page; gives their cells for tagging and where they end."""
    strokes = draft.pages[page - 1].strokes
    left, right = slot.header.x_mm, slot.header.x_mm + slot.header.width_mm
    placed = []
    for row in rows:
        placed.append(place_row(draft, page, slot, row, top_mm))
        top_mm = round(top_mm + row.height_mm, 3)
        strokes.append(Stroke(left, top_mm, right, top_mm, FINE_RULE_PT))
    return tuple(placed), top_mm


def place_table(
    draft: Draft, slot: TableSlot, names: Mapping[str, Any], total_label: str
) -> tuple[tuple[Any, ...], list[Row], bool]:
    """Put a whole table on the form page when it fits; gives items, rows and whether it did."""
    items, rows = set_rows(draft, slot, names)
    top = slot.header.y_mm + slot.header.height_mm
    every, room = rows, slot.bottom_mm - top
    if rows and slot.has_totals and height_of_rows(rows) <= room:
        every = [*rows, make_summary(slot, find_totals(draft, slot, names, items), total_label)]
    fits = height_of_rows(every) <= room
    if fits and rows:
        placed, end = place_rows(draft, slot.page, slot, every, top)
        strike_rest(draft, slot, end)
        draft.pages[slot.page - 1].tables.append(PlacedTable(slot.box, placed))
    return items, rows, fits


def strike_rest(draft: Draft, slot: TableSlot, end_mm: float) -> None:
    """Strike the empty room under the last row of the form page through, so that nobody adds a line."""
    if slot.bottom_mm - end_mm < STRUCK_FROM_MM:
        return
    left, right = (
        slot.header.x_mm + STRIKE_INSET_MM,
        slot.header.x_mm + slot.header.width_mm - STRIKE_INSET_MM,
    )
    bottom, top = round(slot.bottom_mm - STRIKE_INSET_MM, 3), round(end_mm + STRIKE_INSET_MM, 3)
    draft.pages[slot.page - 1].strokes.append(Stroke(left, bottom, right, top, STRIKE_PT))


def height_of_rows(rows: Sequence[Row]) -> float:
    """The room that rows take one below the other, in mm."""
    return sum([row.height_mm for row in rows])


def ask_unplaced(draft: Draft, slot: TableSlot, rows: Sequence[Row]) -> None:
    """Note the texts of rows that were given up."""
    header = slot.header
    frame = Frame(header.x_mm, header.y_mm, header.width_mm, slot.bottom_mm - header.y_mm)
    for row in rows:
        for text in filter(None, row.texts):
            draft.ask(slot.box, text, ((slot.page, frame),))


def refuse_long_table(draft: Draft, slot: TableSlot, rows: Sequence[Row]) -> None:
    """Tell of a table that does not fit and may not be continued."""
    room = slot.bottom_mm - slot.header.y_mm - slot.header.height_mm
    fitting = count_fitting(rows, room)
    path = slot.paths[0] if slot.paths else ""
    ask_unplaced(draft, slot, rows)
    draft.refuse("CG613", slot.box, path, lines=len(rows), room=fitting)
