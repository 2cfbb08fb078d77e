"""The cells of table rows, set and placed: what layout does most often, and therefore in few steps.

A certificate of sixty lines has three hundred cells. Nearly all are one line in the wanted size, and many
texts come again: such a cell costs a look into a dictionary or one sum over its letters, and a run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from certgen.forms.model import Frame
from certgen.page.document import AskedRow, Face, Ink, TableRow, TextRun
from certgen.page.draft import Draft
from certgen.page.fonts import MM_PER_PT, load_face
from certgen.page.layout_plan import ColumnSlot, TableSlot
from certgen.page.measure import BASELINE, Line, Setting, narrow_text
from certgen.page.placing import place_lines

ROW_PADDING_MM = 0.6
_LINES_ALONE = {Line}
_make_tuple: Any = tuple.__new__  # a named tuple in half the time that its own constructor takes

Cell = Line | Setting | None
"""One line in the wanted size; several lines, or smaller ones; nothing to print."""


class Row(NamedTuple):
    """A row set in its columns: the texts as asked, how they are set, and the room it takes.

    `is_plain` when each of its cells is one line in the wanted size.
    """

    texts: tuple[str, ...]
    cells: tuple[Cell, ...]
    height_mm: float
    is_summary: bool = False
    is_plain: bool = False


def make_row(
    slot: TableSlot, texts: Sequence[str], cells: Sequence[Cell], *, is_summary: bool = False
) -> Row:
    """A row as high as its highest cell."""
    kinds = set(map(type, cells))
    height = slot.line_mm if Line in kinds else 0.0
    if Setting in kinds:
        height = max(height, *(cell.height_mm for cell in cells if isinstance(cell, Setting)))
    is_plain = kinds == _LINES_ALONE
    return Row(tuple(texts), tuple(cells), height + 2 * ROW_PADDING_MM, is_summary, is_plain)


def set_line(slot: TableSlot, text: str, room_mm: float) -> Line | None:
    """A text of printable ASCII in one line, if it fits; letters beyond may have to be composed first."""
    if not (text.isascii() and text.isprintable()):
        return None
    width = load_face(Face.REGULAR).advance(text, slot.fit.size_pt)
    return Line(text, width) if width <= room_mm else None


def set_cell(slot: TableSlot, column: ColumnSlot, text: str, face: Face = Face.REGULAR) -> Cell:
    """A text in its column, in one line if it can be."""
    if not text:
        return None
    metrics = load_face(face)
    if "\n" not in text:
        width = metrics.advance(text, slot.fit.size_pt)
        if width <= column.room_mm:
            return Line(text, width)
    return narrow_text(text, metrics, (slot.fit.size_pt, slot.fit.min_size_pt), column.room_mm)


def place_row(draft: Draft, page: int, slot: TableSlot, row: Row, top_mm: float) -> TableRow:
    """Put the cells of a row on a page and ask for them there; gives their runs for tagging."""
    top, height = top_mm + ROW_PADDING_MM, row.height_mm - 2 * ROW_PADDING_MM
    draft.asked.append(AskedRow(slot.box, page, row.texts, top, height, slot.rooms))
    runs, size, face = draft.pages[page - 1].runs, slot.fit.size_pt, Face.REGULAR
    box, shares = slot.box, slot.shares
    if row.is_summary:
        face, shares = Face.BOLD, _label_at_the_right(slot)
    baseline = round(top + BASELINE * size * MM_PER_PT, 3)
    if row.is_plain:
        first, plain = len(runs), cast("tuple[Line, ...]", row.cells)
        runs += [
            _make_tuple(
                TextRun,
                (box, text, left + share * (width - advance), baseline, advance, size, face, Ink.VALUE),
            )
            for (text, advance), (left, width), share in zip(plain, slot.rooms, shares, strict=True)
        ]
        return TableRow(tuple(zip(range(first, len(runs)), strict=True)))
    placed: list[tuple[int, ...]] = []
    for cell, (left, width), share in zip(row.cells, slot.rooms, shares, strict=True):
        first = len(runs)
        if isinstance(cell, Line):
            text, advance = cell
            x = left + share * (width - advance)
            runs.append(TextRun(box, text, x, baseline, advance, size, face, Ink.VALUE))
            placed.append((first,))
            continue
        if cell is not None:
            frame = Frame(left, top, width, height)
            runs.extend(place_lines(cell, frame, box, face, Ink.VALUE, share))
        placed.append(tuple(range(first, len(runs))))
    return TableRow(tuple(placed))


def _label_at_the_right(slot: TableSlot) -> tuple[float, ...]:
    """The words beside a total stand close to it."""
    return (*slot.shares[: slot.label_column], 1.0, *slot.shares[slot.label_column + 1 :])
