"""The rows of a table on one page: set in their columns, summed up, put below each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from certgen.forms.folder.boxes import ROW_NUMBER
from certgen.forms.model import Frame, Template
from certgen.page.document import Face, Stroke, TableRow
from certgen.page.fonts.letters import Printable, make_printable
from certgen.page.layout.cells import make_row, make_rows, set_cell
from certgen.page.layout.draft import Draft
from certgen.page.layout.placing import FINE_RULE_PT
from certgen.page.layout.plan import Cell, TableSlot
from certgen.page.layout.sources import find_item

STRUCK_FROM_MM = 6.0
STRIKE_INSET_MM = 1.5
STRIKE_PT = 0.6
_REMEMBERED = 1000


def set_rows(
    draft: Draft, slot: TableSlot, names: Mapping[str, Any]
) -> tuple[tuple[Any, ...], list[TableRow]]:
    """The items of a table and a set row for each."""
    items = tuple(slot.rows.evaluate(names) or ())
    row_names = dict(names)
    columns = [(number, column.template.render, column.known) for number, column in enumerate(slot.columns)]
    cells = []
    for row_number, item in enumerate(items, start=1):
        row_names |= {slot.row_name: item, ROW_NUMBER: row_number}
        for number, render, known in columns:
            text = render(row_names)
            cells.append(known.get(text) or _set_new(draft, slot, number, item, text))
    return items, make_rows(cells, len(columns)) if cells else []


def _set_new(draft: Draft, slot: TableSlot, number: int, item: Any, text: str) -> Cell:
    """A text that its column does not know yet; what is refused, or loses a letter, is told each time."""
    if text.isascii() and text.isprintable():
        cell: Cell = set_cell(slot, number, text)
        is_plain = True
    else:
        printable = _gate_cell(draft, slot, item, text)
        is_plain = printable.is_plain
        cell = (printable.text, (), 0.0) if printable.refused else set_cell(slot, number, printable.text)
    if is_plain:
        _remember(slot.columns[number].known, text, cell)
    return cell


def _remember(known: dict[str, Cell], text: str, cell: Cell) -> None:
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
    over = _with_rows(names, slot.rows.source, items)
    return tuple(_total_text(draft, slot, column.total, over) for column in slot.columns)


def _with_rows(names: Mapping[str, Any], source: str, items: tuple[Any, ...]) -> dict[str, Any]:
    """The names, with these items alone in the list whose rows a table shows: `products`, `tables.seals`."""
    name, _, key = source.partition(".")
    if not key:
        return {**names, name: items}
    return {**names, name: {**names[name], key: items}} if name == "tables" else dict(names)


def make_summary(slot: TableSlot, totals: Sequence[str], label: str) -> TableRow:
    """The row of totals, with words beside them that say what they cover."""
    texts = (*totals[: slot.label_column], label, *totals[slot.label_column + 1 :])
    return _bold_row(slot, texts)


def label_row(slot: TableSlot, label: str) -> TableRow:
    """A row of words alone, in the widest column."""
    widest = max(range(len(slot.columns)), key=lambda number: slot.columns[number].frame.width_mm)
    return _bold_row(slot, [label if number == widest else "" for number in range(len(slot.columns))])


def _bold_row(slot: TableSlot, texts: Sequence[str]) -> TableRow:
    columns = zip(slot.columns, texts, strict=True)
    return make_row(
        [column.known_bold.get(text) or _set_bold(slot, n, text) for n, (column, text) in enumerate(columns)],
        Face.BOLD,
    )


def _set_bold(slot: TableSlot, number: int, text: str) -> Cell:
    cell = set_cell(slot, number, text, Face.BOLD, slot.label_shares[number])
    _remember(slot.columns[number].known_bold, text, cell)
    return cell


def _total_text(draft: Draft, slot: TableSlot, total: Template | None, names: Mapping[str, Any]) -> str:
    if total is None:
        return ""
    printable = draft.gate(total.render(names), slot.box, slot.paths)
    return "" if printable.refused else printable.text


def count_fitting(rows: Sequence[TableRow], room_mm: float) -> int:
    """How many of the rows fit one below the other."""
    return bisect_right(list(accumulate([row.height_mm for row in rows])), room_mm)


def place_rows(
    draft: Draft, page: int, slot: TableSlot, rows: Sequence[TableRow], top_mm: float
) -> tuple[tuple[float, ...], float]:
    """Where rows stand below each other on a page, each with a rule under it, and where they end."""
    strokes = draft.pages[page - 1].strokes
    left, right = slot.header.x_mm, slot.header.x_mm + slot.header.width_mm
    tops = []
    for row in rows:
        tops.append(top_mm)
        top_mm = round(top_mm + row.height_mm, 3)
        strokes.append(Stroke(left, top_mm, right, top_mm, FINE_RULE_PT))
    return tuple(tops), top_mm


def place_table(
    draft: Draft, slot: TableSlot, names: Mapping[str, Any], total_label: str
) -> tuple[tuple[Any, ...], list[TableRow], bool]:
    """Put a whole table on the form page when it fits; gives items, rows and whether it did."""
    items, rows = set_rows(draft, slot, names)
    top = slot.header.y_mm + slot.header.height_mm
    every, room = rows, slot.bottom_mm - top
    if rows and slot.has_totals and height_of_rows(rows) <= room:
        every = [*rows, make_summary(slot, find_totals(draft, slot, names, items), total_label)]
    fits = height_of_rows(every) <= room
    if fits and rows:
        tops, end = place_rows(draft, slot.page, slot, every, top)
        strike_rest(draft, slot, end)
        draft.pages[slot.page - 1].add_table(slot.box, slot.rooms, every, tops)
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


def height_of_rows(rows: Sequence[TableRow]) -> float:
    """The room that rows take one below the other, in mm."""
    return sum([row.height_mm for row in rows])


def ask_unplaced(draft: Draft, slot: TableSlot, rows: Sequence[TableRow]) -> None:
    """Note the texts of rows that were given up."""
    header = slot.header
    frame = Frame(header.x_mm, header.y_mm, header.width_mm, slot.bottom_mm - header.y_mm)
    for row in rows:
        for text in filter(None, row.texts):
            draft.ask(slot.box, text, ((slot.page, frame),))


def refuse_long_table(draft: Draft, slot: TableSlot, rows: Sequence[TableRow]) -> None:
    """Tell of a table that does not fit and may not be continued."""
    room = slot.bottom_mm - slot.header.y_mm - slot.header.height_mm
    fitting = count_fitting(rows, room)
    path = slot.paths[0] if slot.paths else ""
    ask_unplaced(draft, slot, rows)
    draft.refuse("CG613", slot.box, path, lines=len(rows), room=fitting)
