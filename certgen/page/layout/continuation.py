"""What the form page had no room for, on continuation sheets: whole texts, whole rows, carried totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from certgen.forms.model import Frame
from certgen.page.document import ROW_PADDING_MM, Ink, TableRow
from certgen.page.fonts.faces import load_face
from certgen.page.layout.draft import Draft
from certgen.page.layout.long_rows import divide_row
from certgen.page.layout.measure import SMALLEST_PT, Setting, height_of, line_height, set_text
from certgen.page.layout.placing import place_lines, table_rules
from certgen.page.layout.plan import TableSlot
from certgen.page.layout.sheets import INSET_MM, Sheets, heading_height
from certgen.page.layout.sources import find_item, find_longest
from certgen.page.layout.table import (
    ask_unplaced,
    count_fitting,
    find_totals,
    height_of_rows,
    label_row,
    make_summary,
    place_rows,
    strike_rest,
)
from certgen.page.layout.text import LongText, place_reference

_LEAST_LINES = 3


def continue_text(sheets: Sheets, long: LongText) -> None:
    """Set a whole text on the sheets and say in its box where it is."""
    slot, face = long.slot, load_face(long.slot.face)
    width = sheets.width_mm - 2 * INSET_MM
    setting = set_text(long.text, face, slot.fit.size_pt, width)
    least = min(len(setting.lines), _LEAST_LINES) * line_height(slot.fit.size_pt)
    sheets.make_room(heading_height(slot.heading, width) + least + INSET_MM)
    reference = sheets.words_for("see_sheet", sheets.page)
    place_reference(sheets.draft, slot, (reference, sheets.words_for("see_sheet_short", sheets.page)))
    places: list[tuple[int, Frame]] = []
    lines = setting.lines
    while lines:
        sheets.open_block(slot.box, slot.heading, is_continued=bool(places))
        count = _count_lines(setting, lines, sheets.room_mm - INSET_MM)
        piece = Setting(lines[:count], setting.size_pt)
        frame = Frame(sheets.plan.left_mm + INSET_MM, sheets.y_mm, width, round(piece.height_mm, 3))
        runs = place_lines(piece, frame, slot.box, slot.face, Ink.VALUE)
        sheets.draft.pages[-1].texts.extend(runs)
        places.append((sheets.page, frame))
        sheets.y_mm = round(sheets.y_mm + frame.height_mm + INSET_MM, 3)
        sheets.close_block()
        lines = lines[count:]
        if lines:
            sheets.open()
    sheets.draft.ask(slot.box, long.text, places)


def _count_lines(setting: Setting, lines: Sequence[Any], room_mm: float) -> int:
    """How many lines fit into the room; at least one, so that it always goes on."""
    count = max(int(room_mm / line_height(setting.size_pt)), 1)
    while count < len(lines) and height_of(tuple(lines[: count + 1]), setting.size_pt) <= room_mm:
        count += 1
    return count


@dataclass
class LongTable:
    """A table that did not fit the form page, how many of its rows are placed, how high a summary may be.

    `owners` are the items (from 0) whose rows they are, where one may have several.
    """

    draft: Draft
    slot: TableSlot
    items: tuple[Any, ...]
    rows: list[TableRow]
    names: Mapping[str, Any]
    done: int = 0
    summary_mm: float = 0.0
    totals: dict[int, tuple[str, ...]] = field(default_factory=dict)
    owners: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.owners = list(range(len(self.rows)))

    def divide_tall(self, room_mm: float, piece_mm: float, continued: str) -> None:
        """Part the rows taller than the room into pieces no taller than wanted, where they can be parted."""
        if max([row.height_mm for row in self.rows]) <= room_mm:
            return
        divided = [
            (owner, piece)
            for owner, row in zip(self.owners, self.rows, strict=True)
            for piece in (
                divide_row(self.slot, row, piece_mm, continued) if row.height_mm > room_mm else [row]
            )
        ]
        self.owners = [owner for owner, _ in divided]
        self.rows = [piece for _, piece in divided]

    def summary(self, count: int, label: str) -> TableRow:
        """Totals over the first `count` rows with their words; the words alone where there are no totals."""
        if self.slot.has_totals and count:
            return make_summary(self.slot, self._totals_over(count), label)
        return label_row(self.slot, label)

    def _totals_over(self, count: int) -> tuple[str, ...]:
        """The totals over the first `count` rows, worked out once: the same ones are carried and brought."""
        if count not in self.totals:
            begun = self.items[: self.owners[count - 1] + 1]
            self.totals[count] = find_totals(self.draft, self.slot, self.names, begun)
        return self.totals[count]


def continue_table(sheets: Sheets, table: LongTable) -> None:
    """Put the rows that fit on the form page and the others on sheets, each with what is carried."""
    if _refuse_tall_rows(sheets, table):
        return
    slot = table.slot
    least = _head_height(sheets, slot) + 3 * table.summary_mm + table.rows[0].height_mm
    sheets.make_room(least)
    first_page = sheets.page
    body_top = slot.header.y_mm + slot.header.height_mm
    end = _fill(sheets, table, slot.page, body_top, slot.bottom_mm, first_page, ())
    strike_rest(sheets.draft, slot, end)
    _go_on(sheets, table, is_continued=True)


def place_further(sheets: Sheets, table: LongTable) -> int:
    """Put a table on sheets alone; the page where it begins, 0 when it is refused."""
    if _refuse_tall_rows(sheets, table):
        return 0
    sheets.make_room(_head_height(sheets, table.slot) + table.summary_mm + table.rows[0].height_mm)
    page = sheets.page
    _go_on(sheets, table, is_continued=False)
    return page


def _go_on(sheets: Sheets, table: LongTable, *, is_continued: bool) -> None:
    """The rows that are left, on as many sheets as they take."""
    slot = table.slot
    while True:
        sheets.open_block(slot.box, slot.heading, is_continued=is_continued)
        is_continued = True
        head = _place_head(sheets, slot)
        top = sheets.y_mm
        end = _fill(sheets, table, sheets.page, top, sheets.bottom_mm, sheets.page + 1, head)
        _rule_columns(sheets, slot, top, end)
        sheets.y_mm = end
        sheets.close_block()
        if table.done == len(table.rows):
            return
        sheets.open()


def _fill(
    sheets: Sheets,
    table: LongTable,
    page: int,
    top_mm: float,
    bottom_mm: float,
    next_page: int,
    head: tuple[TableRow, ...],
) -> float:
    """Place as many rows as a page holds, between what was brought and what is carried; gives their end."""
    slot, first = table.slot, table.done
    captions = sheets.plan.captions
    brought = [table.summary(first, captions["brought_forward"])] if first and slot.has_totals else []
    room = bottom_mm - top_mm - height_of_rows(brought)
    left = table.rows[first:]
    last: list[TableRow] = []
    if slot.has_totals and page != slot.page:
        last = [table.summary(len(table.rows), captions["total"])]
    if height_of_rows([*left, *last]) <= room and page != slot.page:
        count, foot = len(left), last
    else:
        count, foot = _count_carried(sheets, table, left, room, next_page)
    table.done = first + count
    rows = [*brought, *left[:count], *foot]
    tops, end = place_rows(sheets.draft, page, slot, rows, top_mm)
    heads = [top_mm - row.height_mm for row in head]
    sheets.draft.pages[page - 1].add_table(slot.box, slot.rooms, [*head, *rows], (*heads, *tops))
    return end


def _count_carried(
    sheets: Sheets, table: LongTable, left: list[TableRow], room_mm: float, next_page: int
) -> tuple[int, list[TableRow]]:
    """How many rows go on a page that another follows, and the row that says so."""
    lowest_foot = line_height(SMALLEST_PT) + 2 * ROW_PADDING_MM
    count = min(count_fitting(left, room_mm - lowest_foot), len(left) - 1)
    while True:
        caption = _caption_for(table, table.done + count)
        foot = table.summary(table.done + count, sheets.words_for(caption, next_page))
        if not count or height_of_rows(left[:count]) + foot.height_mm <= room_mm:
            return count, [foot]
        count -= 1


def _caption_for(table: LongTable, count: int) -> str:
    if not count:
        return "see_sheet"
    return "carried_forward" if table.slot.has_totals else "continued_on"


def _refuse_tall_rows(sheets: Sheets, table: LongTable) -> bool:
    """Tell of each row that not even a whole sheet could hold, and whose lists do not help it."""
    slot, draft = table.slot, sheets.draft
    whole = sheets.bottom_mm - sheets.top_mm - _head_height(sheets, slot)
    table.summary_mm = _widest_summary(sheets, table)
    room = whole - 3 * table.summary_mm
    on_form = slot.bottom_mm - slot.header.y_mm - slot.header.height_mm - table.summary_mm
    table.divide_tall(room, max(on_form, room / 4), sheets.plan.captions["continued"])
    tall = [number for number, row in enumerate(table.rows) if row.height_mm > room]
    if tall:
        ask_unplaced(draft, slot, table.rows)
    for number in tall:
        owner = table.owners[number]
        _tell_tall(draft, slot, owner, table.items[owner], table.rows[number])
    return bool(tall)


def _tell_tall(draft: Draft, slot: TableSlot, number: int, item: object, row: TableRow) -> None:
    paths = [find_item(draft.paper.consignment, path, item) for path in slot.paths]
    length = sum(len(text) for text in row.texts)
    longest = find_longest(draft.paper.consignment, paths[:1])
    draft.refuse("CG612", slot.box, longest, line=number + 1, length=length)


def _widest_summary(sheets: Sheets, table: LongTable) -> float:
    """The height of a summary row at its tallest."""
    label = sheets.words_for("carried_forward", 9999)
    return table.summary(len(table.rows), label).height_mm


def _head_height(sheets: Sheets, slot: TableSlot) -> float:
    continued = sheets.plan.captions["continued"].format(title=slot.heading)
    return heading_height(continued, sheets.width_mm) + slot.head_mm


def _place_head(sheets: Sheets, slot: TableSlot) -> tuple[TableRow, ...]:
    """The column titles again at the top of a sheet."""
    sheets.y_mm = round(sheets.y_mm + slot.head_mm, 3)
    return slot.head


def _rule_columns(sheets: Sheets, slot: TableSlot, top_mm: float, bottom_mm: float) -> None:
    top = round(top_mm - slot.head_mm, 3)
    header = Frame(slot.header.x_mm, top, slot.header.width_mm, slot.head_mm)
    frames = [column.frame for column in slot.columns]
    sheets.draft.pages[-1].strokes += table_rules(frames, header, bottom_mm)
