"""Where the furniture of a box stands: what layout and the static layer of a form must agree on.

Everything is in millimetres from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from certgen.forms.model import Box, Frame, TablePart, TickPart
from certgen.page.document import Face
from certgen.page.fonts.faces import load_face
from certgen.page.layout.measure import fit_text, line_height, narrow_text

PAGE_SIZES_MM = {"A4": (210.0, 297.0)}
MARGIN_MM = 10.0

TICK_SIZE_MM = 2.8
TICK_GAP_MM = 1.4
TITLE_PT = 7.0
CAPTION_PT = 6.5
TABLE_HEADER_MM = 5.6
HEADER_PADDING_MM = 0.8
MOST_HEADER_LINES = 3
CELL_PADDING_MM = 1.3
FOOTER_BASELINE_MM = 290.0
FOOTER_SIZE_PT = 7.0


def place_on_page(box: Box, frame: Frame) -> Frame:
    """A part's frame (which counts from its box) as a frame on the page."""
    return Frame(box.frame.x_mm + frame.x_mm, box.frame.y_mm + frame.y_mm, frame.width_mm, frame.height_mm)


def tick_square(box: Box, tick: TickPart) -> Frame:
    """The square of a tick box: at the left of its frame, in the middle of its height."""
    frame = place_on_page(box, tick.frame)
    return Frame(frame.x_mm, frame.y_mm + (frame.height_mm - TICK_SIZE_MM) / 2, TICK_SIZE_MM, TICK_SIZE_MM)


def tick_label(box: Box, tick: TickPart) -> Frame:
    """The room for the label of a tick box, right of its square."""
    frame = place_on_page(box, tick.frame)
    indent = TICK_SIZE_MM + TICK_GAP_MM
    return Frame(frame.x_mm + indent, frame.y_mm, frame.width_mm - indent, frame.height_mm)


def table_header(box: Box, table: TablePart) -> Frame:
    """The strip at the top of a table that holds its column titles; rows begin right under it.

    As high as the titles need to stand clear of its rules.
    """
    frame = place_on_page(box, table.frame)
    rooms = (column.width_mm - 2 * CELL_PADDING_MM for column in table_columns(box, table))
    titles = (column.title for column in table.columns)
    height = max(map(_title_height, titles, rooms)) + 2 * HEADER_PADDING_MM
    return Frame(frame.x_mm, frame.y_mm, frame.width_mm, round(max(TABLE_HEADER_MM, height), 3))


def _title_height(title: str, width_mm: float) -> float:
    """On one line where it fits, else on as few as it needs; of more than three the rest finds no room."""
    face, sizes = load_face(Face.BOLD), (TITLE_PT, CAPTION_PT)
    setting = fit_text(title, face, sizes, width_mm, line_height(TITLE_PT))
    setting = setting or narrow_text(title, face, sizes, width_mm)
    return min(setting.height_mm, MOST_HEADER_LINES * line_height(TITLE_PT))


def table_columns(box: Box, table: TablePart) -> Iterator[Frame]:
    """The columns of a table at their full height, header included; the last one ends with the table."""
    frame = place_on_page(box, table.frame)
    left = frame.x_mm
    for number, column in enumerate(table.columns, 1):
        is_last = number == len(table.columns)
        width = frame.x_mm + frame.width_mm - left if is_last else column.width_mm
        yield Frame(left, frame.y_mm, width, frame.height_mm)
        left += width
