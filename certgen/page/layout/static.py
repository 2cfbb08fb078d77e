"""What the form prints on every certificate alike, placed once: titles, captions, labels, squares, fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from certgen.errors import FormError
from certgen.forms.model import (
    Box,
    Edition,
    FillPart,
    Form,
    Frame,
    LabelPart,
    Part,
    SpacePart,
    TablePart,
    TickPart,
)
from certgen.page.document import Face, FieldPlace, Ink, Square, StaticPage, Stroke, TextRun
from certgen.page.fonts.faces import load_face
from certgen.page.layout.furniture import (
    CAPTION_PT,
    PAGE_SIZES_MM,
    TITLE_PT,
    place_on_page,
    table_columns,
    table_header,
    tick_label,
    tick_square,
)
from certgen.page.layout.measure import fit_text, line_height, set_text
from certgen.page.layout.placing import (
    FINE_RULE_PT,
    check_letters,
    outline_strokes,
    place_column_title,
    place_lines,
    table_rules,
)

LABEL_PT = 8.0
FORM_TITLE_PT = 13.0
FORM_TITLE_SMALLEST_PT = 8.0
TITLE_INSET_MM = 2.0
TITLE_TOP_MM = 0.9
SPACE_INSET_MM = 1.0
HEAD_TOP_MM = 8.0
HEAD_GAP_MM = 2.0
CAPTION_ABOVE_FROM_MM = 7.5


@dataclass
class _Sheet:
    """One form page while it is being placed."""

    runs: list[TextRun] = field(default_factory=list)
    outlines: list[tuple[str, Frame]] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    squares: list[Square] = field(default_factory=list)
    fields: list[FieldPlace] = field(default_factory=list)


def place_static(form: Form, edition: Edition) -> tuple[StaticPage, ...]:
    """One static page for each page of the form.

    Raises FormError naming the box when a title, label or caption does not fit its room.
    """
    return tuple(_place_page(form, edition, page) for page in range(1, count_form_pages(form) + 1))


def count_form_pages(form: Form) -> int:
    """How many pages the form itself has."""
    return max(box.page for box in form.boxes)


def _place_page(form: Form, edition: Edition, page: int) -> StaticPage:
    sheet = _Sheet()
    boxes = [box for box in form.boxes if box.page == page]
    sheet.runs += place_form_title(form, boxes)
    for box in boxes:
        sheet.outlines.append((box.number, box.frame))
        sheet.runs += _place_box_title(box)
        for part in box.parts:
            _place_part(sheet, box, part, edition)
    width, height = PAGE_SIZES_MM[form.page_size]
    return StaticPage(
        width, height, tuple(sheet.runs), tuple(sheet.outlines), tuple(sheet.strokes), tuple(sheet.squares),
        tuple(sheet.fields),
    )  # fmt: skip


def place_form_title(form: Form, boxes: list[Box]) -> list[TextRun]:
    """The form's title in the middle above the page's first box, as large as there is room."""
    left = min(box.frame.x_mm for box in boxes)
    right = max(box.frame.x_mm + box.frame.width_mm for box in boxes)
    height = min(box.frame.y_mm for box in boxes) - HEAD_TOP_MM - HEAD_GAP_MM
    check_letters(form.title, form.id)
    face = load_face(Face.BOLD)
    setting = fit_text(form.title, face, (FORM_TITLE_PT, FORM_TITLE_SMALLEST_PT), right - left, height)
    if setting is None:
        raise FormError(
            f"{form.id}: no room for the title above the first box (leave {HEAD_TOP_MM + 8:g} mm)."
        )
    top = HEAD_TOP_MM + (height - setting.height_mm) / 2
    frame = Frame(left, top, right - left, setting.height_mm)
    return list(place_lines(setting, frame, "", Face.BOLD, Ink.CAPTION, "center"))


def box_heading(box: Box) -> str:
    """The number and title of a box as they are printed."""
    return f"{box.number}. {box.title}"


def _place_box_title(box: Box) -> Iterator[TextRun]:
    """The number in bold and the title beside it, wrapped under itself."""
    check_letters(box.number + box.title, f"box {box.number}")
    frame = box.frame
    number = f"{box.number}."
    indent = load_face(Face.BOLD).advance(number, TITLE_PT) + 1.0
    width = frame.width_mm - 2 * TITLE_INSET_MM
    top = frame.y_mm + TITLE_TOP_MM
    number_setting = set_text(number, load_face(Face.BOLD), TITLE_PT, width)
    number_frame = Frame(frame.x_mm + TITLE_INSET_MM, top, width, TITLE_PT)
    yield from place_lines(number_setting, number_frame, box.number, Face.BOLD, Ink.CAPTION)
    setting = set_text(box.title, load_face(Face.REGULAR), TITLE_PT, width - indent)
    _refuse_title_on_parts(box, top + setting.height_mm)
    title_frame = Frame(frame.x_mm + TITLE_INSET_MM + indent, top, width - indent, setting.height_mm)
    yield from place_lines(setting, title_frame, box.number, Face.REGULAR, Ink.CAPTION)


def _refuse_title_on_parts(box: Box, title_bottom_mm: float) -> None:
    bottom = title_bottom_mm - box.frame.y_mm
    for part in box.parts:
        if part.frame.y_mm < bottom - 0.05:
            raise FormError(
                f"box {box.number}: its title ends {bottom:.1f} mm below the top of the box, but a part "
                f"begins at {part.frame.y_mm:g} mm. Move the part down or shorten the title."
            )


def _place_part(sheet: _Sheet, box: Box, part: Part, edition: Edition) -> None:
    places: dict[type, Callable[..., None]] = {
        LabelPart: _place_label,
        TickPart: _place_tick,
        FillPart: _place_fill,
        SpacePart: _place_space,
        TablePart: _place_table,
    }
    place = places.get(type(part))
    if place is not None:
        place(sheet, box, part, edition)


def _place_label(sheet: _Sheet, box: Box, part: LabelPart, edition: Edition) -> None:
    names: dict[str, Any] = {"wording": edition.wording}
    face = Face.BOLD if part.style == "strong" else Face.REGULAR
    frame = place_on_page(box, part.frame)
    sheet.runs += _caption(part.text.render(names).strip(), frame, box, face, part.size_pt)


def _place_tick(sheet: _Sheet, box: Box, part: TickPart, _edition: Edition) -> None:
    square = tick_square(box, part)
    sheet.squares.append(
        Square(box.number, part.label, square.x_mm, round(square.y_mm, 3), square.width_mm, part.field)
    )
    room = tick_label(box, part)
    text_height = line_height(LABEL_PT)
    top = room.y_mm + max(0.0, (room.height_mm - text_height) / 2)
    frame = Frame(room.x_mm, top, room.width_mm, max(room.height_mm, text_height))
    sheet.runs += _caption(part.label, frame, box, Face.REGULAR, LABEL_PT)


def _place_fill(sheet: _Sheet, box: Box, part: FillPart, _edition: Edition) -> None:
    frame = place_on_page(box, part.frame)
    if part.caption and frame.height_mm >= CAPTION_ABOVE_FROM_MM:
        top = line_height(CAPTION_PT) + 0.3
        room = Frame(frame.x_mm, frame.y_mm + top, frame.width_mm, frame.height_mm - top)
    elif part.caption:
        indent = load_face(Face.REGULAR).advance(part.caption, CAPTION_PT) + 1.5
        room = Frame(frame.x_mm + indent, frame.y_mm, frame.width_mm - indent, frame.height_mm)
    else:
        room = frame
    caption_height = line_height(CAPTION_PT)
    drop = 0.0 if frame.height_mm >= CAPTION_ABOVE_FROM_MM else (frame.height_mm - caption_height) / 2
    caption_frame = Frame(frame.x_mm, frame.y_mm + drop, frame.width_mm, caption_height)
    sheet.runs += _caption(part.caption, caption_frame, box, Face.REGULAR, CAPTION_PT)
    sheet.fields.append(FieldPlace(box.number, part.name, part.caption, part.kind, room))
    bottom = room.y_mm + room.height_mm
    sheet.strokes.append(Stroke(room.x_mm, bottom, room.x_mm + room.width_mm, bottom, FINE_RULE_PT))


def _place_space(sheet: _Sheet, box: Box, part: SpacePart, _edition: Edition) -> None:
    """Room for a hand: a fine rule around it, its caption inside at the top."""
    frame = place_on_page(box, part.frame)
    inset = SPACE_INSET_MM
    room = Frame(
        frame.x_mm + inset, frame.y_mm + inset / 2, frame.width_mm - 2 * inset, frame.height_mm - inset
    )
    sheet.runs += _caption(part.caption, room, box, Face.REGULAR, CAPTION_PT)
    sheet.strokes += outline_strokes(frame)


def _place_table(sheet: _Sheet, box: Box, part: TablePart, _edition: Edition) -> None:
    frame = place_on_page(box, part.frame)
    columns = list(table_columns(box, part))
    for column, room in zip(part.columns, columns, strict=True):
        sheet.runs += place_column_title(
            column.title, column.align, room, table_header(box, part), box.number
        )
    sheet.strokes += table_rules(columns, table_header(box, part), frame.y_mm + frame.height_mm)


def _caption(text: str, frame: Frame, box: Box, face: Face, size_pt: float) -> list[TextRun]:
    """A text of the form in its frame; raises FormError when the form leaves too little room."""
    check_letters(text, f"box {box.number}")
    setting = fit_text(text, load_face(face), (size_pt, CAPTION_PT), frame.width_mm, frame.height_mm + 0.05)
    if setting is None or setting.breaks_words:
        room = f"{frame.width_mm:g} × {frame.height_mm:g} mm"
        raise FormError(f"box {box.number}: the text {text[:60]!r} does not fit {room}.")
    return list(place_lines(setting, frame, box.number, face, Ink.CAPTION))
