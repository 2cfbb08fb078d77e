"""The cells of table rows, set in their columns: what layout does most often, and therefore in few steps.

A certificate of sixty lines has three hundred cells. Many texts come again: such a cell costs a look into a
dictionary, which gives its lines with their places in the column.
"""

from __future__ import annotations

from collections.abc import Iterable

from certgen.forms.model import Frame
from certgen.page.document import ROW_PADDING_MM, Face, Ink, TableRow
from certgen.page.fonts.faces import load_face
from certgen.page.layout.measure import narrow_text
from certgen.page.layout.placing import as_cell_lines, place_lines
from certgen.page.layout.plan import Cell, TableSlot

NO_CELL: Cell = ("", (), 0.0)


def make_row(cells: Iterable[Cell], face: Face = Face.REGULAR) -> TableRow:
    """A row as high as its highest cell."""
    texts, lines, heights = zip(*cells, strict=True)
    return TableRow(texts, sum(lines, ()), tuple(map(len, lines)), max(heights) + 2 * ROW_PADDING_MM, face)


def make_rows(cells: Iterable[Cell], columns: int) -> list[TableRow]:
    """The rows that cells make, so many in each: all of a table in half the time of one by one."""
    texts, lines, heights = zip(*cells, strict=True)
    parts = (texts, lines, map(len, lines), heights)
    rows = zip(*[zip(*[iter(part)] * columns, strict=True) for part in parts], strict=True)
    return [
        TableRow(texts, sum(lines, ()), shape, max(heights) + 2 * ROW_PADDING_MM)
        for texts, lines, shape, heights in rows
    ]


def set_cell(
    slot: TableSlot, number: int, text: str, face: Face = Face.REGULAR, share: float | None = None
) -> Cell:
    """A text in column `number` (from 0), in one line of the wanted size if it can be.

    `share` is how much of the free room of a line is left of it; without it that is the column's.
    """
    if not text:
        return NO_CELL
    left, room = slot.rooms[number]
    share = slot.shares[number] if share is None else share
    metrics, size = load_face(face), slot.fit.size_pt
    if "\n" not in text:
        width = metrics.advance(text, size)
        if width <= room:
            return text, ((text, left + share * (room - width), slot.drop_mm, width, size),), slot.line_mm
    setting = narrow_text(text, metrics, (size, slot.fit.min_size_pt), room)
    frame = Frame(left, ROW_PADDING_MM, room, setting.height_mm)
    lines = as_cell_lines(place_lines(setting, frame, slot.box, face, Ink.VALUE, share))
    return text, lines, setting.height_mm
