"""The rows of a table on one page: set in their columns, summed up, put below each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Any

from certgen.forms.model import Frame, Template
from certgen.page.document import Face, Ink, PlacedTable, Stroke, TableRow
from certgen.page.draft import Draft
from certgen.page.fonts import load_face
from certgen.page.furniture import CELL_PADDING_MM
from certgen.page.layout_plan import ColumnSlot, TableSlot
from certgen.page.letters import Printable, make_printable
from certgen.page.measure import Setting, narrow_text
from certgen.page.placing import FINE_RULE_PT, place_lines
from certgen.page.sources import find_item

ROW_PADDING_MM = 0.6
_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """A row set in its columns: the texts as asked, their lines, and the room it takes."""

    texts: tuple[str, ...]
    settings: tuple[Setting | None, ...]
    height_mm: float
    is_summary: bool = False


def set_rows(draft: Draft, slot: TableSlot, names: Mapping[str, Any]) -> tuple[tuple[Any, ...], list[Row]]:
    """The items of a table and a set row for each."""
    items = tuple(slot.rows.evaluate(names) or ())
    row_names = dict(names)
    rows = []
    for item in items:
        row_names[slot.row_name] = item
        rows.append(_set_row(draft, slot, item, row_names))
    return items, rows


def _set_row(draft: Draft, slot: TableSlot, item: Any, names: Mapping[str, Any]) -> Row:
    cells = [_gate_cell(draft, slot, item, column.template.render(names)) for column in slot.columns]
    settings = tuple(
        _set_cell(slot, column, cell.text) if cell.text and not cell.refused else None
        for column, cell in zip(slot.columns, cells, strict=True)
    )
    return Row(tuple(cell.text for cell in cells), settings, _height_of(settings))


def _gate_cell(draft: Draft, slot: TableSlot, item: Any, text: str) -> Printable:
    printable = make_printable(text)
    if printable.is_plain:
        return printable
    paths = tuple(find_item(draft.paper.consignment, path, item) for path in slot.paths)
    return draft.gate(text, slot.box, paths)


def _set_cell(slot: TableSlot, column: ColumnSlot, text: str) -> Setting:
    setting = column.settings.get(text)
    if setting is None:
        width = column.frame.width_mm - 2 * CELL_PADDING_MM
        sizes = (slot.fit.size_pt, slot.fit.min_size_pt)
        setting = narrow_text(text, load_face(Face.REGULAR), sizes, width)
        if len(column.settings) >= _REMEMBERED:
            column.settings.clear()
        column.settings[text] = setting
    return setting


def _height_of(settings: Sequence[Setting | None]) -> float:
    return max((setting.height_mm for setting in settings if setting), default=0.0) + 2 * ROW_PADDING_MM


def make_summary(
    draft: Draft, slot: TableSlot, names: Mapping[str, Any], items: tuple[Any, ...], label: str
) -> Row:
    """The row of totals over these items, with words beside it that say what they cover."""
    over = dict(names)
    if slot.rows.source in over:
        over[slot.rows.source] = items
    texts = [_total_text(draft, slot, column.total, over) for column in slot.columns]
    texts[slot.label_column] = label
    settings = tuple(
        _set_bold(slot, column, text) if text else None
        for column, text in zip(slot.columns, texts, strict=True)
    )
    return Row(tuple(texts), settings, _height_of(settings), is_summary=True)


def label_row(slot: TableSlot, label: str) -> Row:
    """A row of words alone, in the widest column."""
    widest = max(range(len(slot.columns)), key=lambda number: slot.columns[number].frame.width_mm)
    texts = tuple(label if number == widest else "" for number in range(len(slot.columns)))
    settings = tuple(
        _set_bold(slot, column, text) if text else None
        for column, text in zip(slot.columns, texts, strict=True)
    )
    return Row(texts, settings, _height_of(settings), is_summary=True)


def _total_text(draft: Draft, slot: TableSlot, total: Template | None, names: Mapping[str, Any]) -> str:
    if total is None:
        return ""
    printable = draft.gate(total.render(names), slot.box, slot.paths)
    return "" if printable.refused else printable.text


def _set_bold(slot: TableSlot, column: ColumnSlot, text: str) -> Setting:
    width = column.frame.width_mm - 2 * CELL_PADDING_MM
    return narrow_text(text, load_face(Face.BOLD), (slot.fit.size_pt, slot.fit.min_size_pt), width)


def count_fitting(rows: Sequence[Row], room_mm: float) -> int:
    """How many of the rows fit one below the other."""
    bottoms = accumulate(row.height_mm for row in rows)
    return sum(1 for _ in takewhile(lambda bottom: bottom <= room_mm, bottoms))


def place_rows(
    draft: Draft, page: int, slot: TableSlot, rows: Sequence[Row], top_mm: float
) -> tuple[tuple[TableRow, ...], float]:
    """Put rows below each other on a page; gives their cells for tagging and where they end."""
    target = draft.pages[page - 1]
    placed = []
    for row in rows:
        placed.append(TableRow(tuple(_place_cells(draft, page, slot, row, top_mm))))
        top_mm = round(top_mm + row.height_mm, 3)
        left, right = slot.header.x_mm, slot.header.x_mm + slot.header.width_mm
        target.strokes.append(Stroke(left, top_mm, right, top_mm, FINE_RULE_PT))
    return tuple(placed), top_mm


def _place_cells(
    draft: Draft, page: int, slot: TableSlot, row: Row, top_mm: float
) -> Iterator[tuple[int, ...]]:
    runs = draft.pages[page - 1].runs
    face = Face.BOLD if row.is_summary else Face.REGULAR
    for number, (column, text, setting) in enumerate(zip(slot.columns, row.texts, row.settings, strict=True)):
        align = "right" if row.is_summary and number == slot.label_column else column.align
        room = column.frame
        frame = Frame(
            room.x_mm + CELL_PADDING_MM,
            top_mm + ROW_PADDING_MM,
            room.width_mm - 2 * CELL_PADDING_MM,
            row.height_mm - 2 * ROW_PADDING_MM,
        )
        first = len(runs)
        if setting is not None:
            runs.extend(place_lines(setting, frame, slot.box, face, Ink.VALUE, align))
        if text:
            draft.ask(slot.box, text, ((page, frame),))
        yield tuple(range(first, len(runs)))


def place_table(
    draft: Draft, slot: TableSlot, names: Mapping[str, Any], total_label: str
) -> tuple[tuple[Any, ...], list[Row], bool]:
    """Put a whole table on the form page when it fits; gives items, rows and whether it did."""
    items, rows = set_rows(draft, slot, names)
    every = [*rows, make_summary(draft, slot, names, items, total_label)] if slot.has_totals else rows
    room = slot.bottom_mm - slot.header.y_mm - slot.header.height_mm
    fits = not rows or sum(row.height_mm for row in every) <= room
    if fits and rows:
        placed, _ = place_rows(draft, slot.page, slot, every, slot.header.y_mm + slot.header.height_mm)
        draft.pages[slot.page - 1].tables.append(PlacedTable(slot.box, placed))
    return items, rows, fits


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
