"""Lines of text and rules of tables, put in their places: shared by form pages and continuation sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from certgen.errors import FormError
from certgen.forms.model import Frame
from certgen.page.document import CellLine, Face, Ink, Stroke, TableRow, TextRun
from certgen.page.fonts.faces import MM_PER_PT, find_missing, load_face
from certgen.page.fonts.letters import NEEDS_EXTRA, describe, kind_of
from certgen.page.layout.furniture import CAPTION_PT, CELL_PADDING_MM, HEADER_PADDING_MM, TITLE_PT
from certgen.page.layout.measure import BASELINE, Setting, fit_text, line_height

FINE_RULE_PT = 0.3
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of the free room of a line is left of it."""


def check_letters(text: str, where: str) -> None:
    """Refuse a text of the form itself that no font can print.

    Raises FormError naming the letters, and the extra that would help.
    """
    missing = find_missing(text.replace("\n", ""))
    if missing:
        helps = any(kind_of(letter) == NEEDS_EXTRA for letter in missing)
        advice = ' Install them with pip install "certgen[cjk]".' if helps else ""
        raise FormError(f"{where}: no font has {describe(missing)}, in {text[:60]!r}.{advice}")


def place_lines(
    setting: Setting, frame: Frame, box: str, face: Face, ink: Ink, align: str | float = "left"
) -> Iterator[TextRun]:
    """The lines of a setting from the top of a frame, each as a run; blank ones only take room.

    `align` is a word or a share of the free room.
    """
    size = setting.size_pt
    step = line_height(size)
    y = frame.y_mm + BASELINE * size * MM_PER_PT
    share = SHARES[align] if isinstance(align, str) else align
    for line in setting.lines:
        if not line.text:
            y += step / 2
            continue
        x = frame.x_mm + share * (frame.width_mm - line.width_mm)
        yield TextRun(box, line.text, round(x, 3), round(y, 3), round(line.width_mm, 3), size, face, ink)
        y += step


def outline_strokes(frame: Frame, width_pt: float = FINE_RULE_PT) -> list[Stroke]:
    """The four sides of a frame."""
    left, top = frame.x_mm, frame.y_mm
    right, bottom = left + frame.width_mm, top + frame.height_mm
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    return [Stroke(*corners[side], *corners[side + 1], width_pt) for side in range(4)]


def place_column_title(
    title: str, align: str, column: Frame, header: Frame, number: str
) -> tuple[TextRun, ...]:
    """A column's title in the middle of the header strip; raises FormError when it is too long."""
    check_letters(title, f"box {number}")
    width = column.width_mm - 2 * CELL_PADDING_MM
    room = header.height_mm - 2 * HEADER_PADDING_MM
    setting = fit_text(title, load_face(Face.BOLD), (TITLE_PT, CAPTION_PT), width, room)
    if setting is None or setting.breaks_words:
        raise FormError(f"box {number}: the column title {title!r} does not fit {column.width_mm:g} mm.")
    top = header.y_mm + (header.height_mm - setting.height_mm) / 2
    frame = Frame(column.x_mm + CELL_PADDING_MM, top, width, setting.height_mm)
    return tuple(place_lines(setting, frame, number, Face.BOLD, Ink.CAPTION, align))


def place_head(titles: Iterable[tuple[str, str, Frame]], strip: Frame, box: str) -> TableRow:
    """The row of column titles (title, align, column), in a header strip at the top of a page."""
    cells = [as_cell_lines(place_column_title(*title, strip, box)) for title in titles]
    lines = tuple(chain.from_iterable(cells))
    return TableRow(
        (), lines, tuple(map(len, cells)), strip.height_mm, Face.BOLD, Ink.CAPTION, is_header=True
    )


def as_cell_lines(runs: Iterable[TextRun]) -> tuple[CellLine, ...]:
    """Lines that were placed in a row which begins at the top of the page."""
    return tuple((text, x_mm, y_mm, width_mm, size_pt) for _, text, x_mm, y_mm, width_mm, size_pt, *_ in runs)


def table_rules(columns: list[Frame], header: Frame, bottom_mm: float) -> list[Stroke]:
    """The rules of a table: above and below its header, and between its columns down to the bottom."""
    left, right = header.x_mm, header.x_mm + header.width_mm
    top, under = header.y_mm, header.y_mm + header.height_mm
    rules = [Stroke(left, y, right, y, FINE_RULE_PT) for y in (top, under)]
    rules += [Stroke(column.x_mm, top, column.x_mm, bottom_mm, FINE_RULE_PT) for column in columns[1:]]
    return rules
