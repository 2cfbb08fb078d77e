"""Fillable fields: what other people complete later, as AcroForm widgets with appearances of their own.

The field font is the whole regular face with two-byte codes and a Unicode map, so that accents, Greek and
Cyrillic can be typed where the viewer allows it. No field asks the viewer to make appearances (PDF/A).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certgen.forms.model import Frame
from certgen.page.document import FieldPlace, Square, StaticPage
from certgen.page.fonts.embedding import FIELD_FONT, make_stream
from certgen.page.printing.drawing import PT_PER_MM
from certgen.page.printing.objects import ObjectBook, write_rectangle, write_text

FIELD_SIZE_PT = 9
_MULTILINE = 1 << 12
_PRINTED = 4


@dataclass(frozen=True, slots=True)
class Widget:
    """A field on a page: its object, and what a structure element says of it."""

    number: int
    box: str
    frame: Frame


def add_fields(book: ObjectBook, page: StaticPage, page_number: int, first_key: int) -> list[Widget]:
    """Enter the fields of one page; `first_key` is the parent tree key of the first of them."""
    widgets = []
    for key, (box, frame, entries) in enumerate(_describe_fields(book, page), first_key):
        number = book.add(
            b"<</Type/Annot/Subtype/Widget/F %d/P %d 0 R/StructParent %d/Rect%s%s>>"
            % (_PRINTED, page_number, key, write_rectangle(frame, page.height_mm).encode(), entries)
        )
        widgets.append(Widget(number, box, frame))
    return widgets


def write_form_entry(widgets: Sequence[Widget], field_font: int) -> str:
    """The AcroForm dictionary of the catalogue."""
    fields = " ".join(f"{widget.number} 0 R" for widget in widgets)
    fonts = f"<</Font<</{FIELD_FONT.decode()} {field_font} 0 R>>>>"
    return f"<</Fields[{fields}]/DR{fonts}/DA{_appearance_string()}>>"


def _describe_fields(book: ObjectBook, page: StaticPage) -> Iterator[tuple[str, Frame, bytes]]:
    for field in page.fields:
        yield field.box, field.frame, _text_field(book, field)
    for square in page.squares:
        if square.field:
            frame = Frame(square.x_mm, square.y_mm, square.size_mm, square.size_mm)
            yield square.box, frame, _check_box(book, square)


def _text_field(book: ObjectBook, field: FieldPlace) -> bytes:
    empty = book.add(_appearance(field.frame, b"/Tx BMC\nEMC\n"))
    flags = _MULTILINE if field.kind == "multiline" else 0
    return b"/FT/Tx/T%s/TU%s/Ff %d/DA%s/AP<</N %d 0 R>>" % (
        write_text(field.name),
        write_text(f"{field.box}. {field.caption}"),
        flags,
        _appearance_string().encode(),
        empty,
    )


def _check_box(book: ObjectBook, square: Square) -> bytes:
    frame = Frame(square.x_mm, square.y_mm, square.size_mm, square.size_mm)
    on = book.add(_appearance(frame, write_cross(0.0, 0.0, square.size_mm * PT_PER_MM)))
    off = book.add(_appearance(frame, b""))
    return b"/FT/Btn/T%s/TU%s/V/Off/AS/Off/AP<</N<</Yes %d 0 R/Off %d 0 R>>>>" % (
        write_text(square.field),
        write_text(f"{square.box}. {square.label}"),
        on,
        off,
    )


def write_cross(left_pt: float, bottom_pt: float, side_pt: float) -> bytes:
    """The strokes of a mark inside a square."""
    inset = side_pt * 0.2
    low_x, low_y = left_pt + inset, bottom_pt + inset
    high_x, high_y = left_pt + side_pt - inset, bottom_pt + side_pt - inset
    return b"1.2 w %.2f %.2f m %.2f %.2f l %.2f %.2f m %.2f %.2f l S\n" % (
        *(low_x, low_y, high_x, high_y),
        *(low_x, high_y, high_x, low_y),
    )


def _appearance(frame: Frame, content: bytes) -> bytes:
    width, height = frame.width_mm * PT_PER_MM, frame.height_mm * PT_PER_MM
    entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {width:.2f} {height:.2f}]/Resources<<>>"
    return make_stream(content, entries)


def _appearance_string() -> str:
    return f"(/{FIELD_FONT.decode()} {FIELD_SIZE_PT} Tf 0 g)"
