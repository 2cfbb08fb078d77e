"""The boxes of a form on a blank, each part at its place: fields by name, the rest in millimetres."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from certgen.errors import FormError
from certgen.forms.model import (
    Box,
    Edition,
    Fit,
    Form,
    Frame,
    LabelPart,
    OfficialPart,
    Overflow,
    Room,
    TablePart,
    TextPart,
    TickPart,
)
from certgen.page.document import Face, Tick
from certgen.page.fonts.faces import load_face
from certgen.page.layout.furniture import (
    CELL_PADDING_MM,
    HEADER_PADDING_MM,
    TABLE_HEADER_MM,
    TITLE_PT,
    place_on_page,
    table_columns,
)
from certgen.page.layout.measure import SMALLEST_PT, set_text
from certgen.page.layout.placing import check_letters, place_column_title
from certgen.page.layout.plan import ColumnSlot, TableSlot, TextSlot, TickSlot
from certgen.page.official.fields import BUTTONS, BlankField, FieldKind, Widget
from certgen.toml_file import nearest_word

_WRITTEN = {FieldKind.TEXT, FieldKind.MULTILINE}
_OPEN_KINDS = {*_WRITTEN, FieldKind.TICK}


@dataclass(frozen=True, slots=True)
class FieldSlot:
    """A field of the blank that certgen fills: with the words of `part.text`, or by ticking `widgets`.

    With `continues` a text that does not fit goes to a sheet, under the title of its box.
    """

    box: str
    heading: str
    part: OfficialPart
    field: BlankField
    widgets: tuple[Widget, ...]
    continues: bool = False

    @property
    def paths(self) -> tuple[str, ...]:
        reads = self.part.text or self.part.when
        return tuple(sorted(reads.paths)) if reads else ()


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """A field that others fill in the finished PDF."""

    box: str
    title: str
    field: BlankField


@dataclass(frozen=True, slots=True)
class LabelSlot:
    """Words of the edition at their place."""

    box: str
    page: int
    frame: Frame
    text: str
    size_pt: float
    face: Face


Slot = FieldSlot | OpenSlot | LabelSlot | TextSlot | TableSlot | TickSlot


def find_slots(form: Form, edition: Edition, fields: Sequence[BlankField]) -> tuple[Slot, ...]:
    """Every part that certgen fills; raises FormError for a field that the blank does not have so."""
    by_name = {field.name: field for field in fields}
    continues = form.official is not None and form.official.overflow is Room.CONTINUE
    problems: list[str] = []
    slots: list[Slot] = []
    for box in form.boxes:
        for part in box.parts:
            try:
                slots += _find_slot(box, part, edition, by_name, continues=continues)
            except FormError as error:
                problems.append(f"{form.folder / 'boxes.toml'}: box {box.number}: {error}")
    if problems:
        raise FormError("\n".join(problems))
    return tuple(slots)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A text of the blank's own, as a template that reads nothing."""

    source: str
    paths: frozenset[str] = frozenset()

    def render(self, _names: Mapping[str, Any]) -> str:
        return self.source


@dataclass(frozen=True, slots=True)
class _Set:
    """A button that the blank itself has set, as an expression that reads nothing."""

    source: str = ""
    paths: frozenset[str] = frozenset()

    def evaluate(self, _names: Mapping[str, Any]) -> bool:
        return True


def find_defaults(
    fields: Sequence[BlankField], slots: Sequence[Slot], *, keeps_fields: bool
) -> tuple[Slot, ...]:
    """What the blank says in fields that no box names, where it leaves the drawing to the viewer.

    Where fields stay fields, all that it says in them: then none of it is drawn with the page.
    """
    named = {slot.field.name for slot in slots if isinstance(slot, FieldSlot | OpenSlot)}
    return tuple(
        FieldSlot("", "", _default_part(field), field, _default_widgets(field))
        for field in fields
        if field.name not in named and _is_default(field, keeps_fields=keeps_fields)
    )


def _is_default(field: BlankField, *, keeps_fields: bool) -> bool:
    if field.kind in BUTTONS:
        return keeps_fields and bool(_default_widgets(field))
    return bool(field.value) and (keeps_fields or not field.is_drawn)


def _default_widgets(field: BlankField) -> tuple[Widget, ...]:
    """The places that show what the blank says: of a button those of the state that is set."""
    if field.kind not in BUTTONS:
        return field.widgets
    return tuple(widget for widget in field.widgets if widget.state == field.value)


def _default_part(field: BlankField) -> OfficialPart:
    return OfficialPart(
        frame=field.widgets[0].frame,
        field=field.name,
        option="",
        text=_Fixed(field.value) if field.kind not in BUTTONS else None,
        when=_Set() if field.kind in BUTTONS else None,
        size_pt=None,
        min_size_pt=SMALLEST_PT,
        stays_fillable=False,
        kind="",
        choices=(),
        max_length=0,
    )


def _find_slot(
    box: Box, part: Any, edition: Edition, fields: Mapping[str, BlankField], *, continues: bool
) -> Iterator[Slot]:
    match part:
        case OfficialPart():
            field = _find_field(part, fields)
            if part.stays_fillable:
                yield OpenSlot(box.number, box.title, field)
            elif part.text is not None or part.when is not None:
                widgets = _find_widgets(part, field)
                goes_on = continues and len(widgets) == 1 and field.kind in _WRITTEN
                yield FieldSlot(box.number, box.title, part, field, widgets, goes_on)
        case TextPart():
            yield _text_slot(box, part, continues=continues)
        case LabelPart():
            words = part.text.render({"wording": edition.wording}).strip()
            check_letters(words, "label")
            face = Face.BOLD if part.style == "strong" else Face.REGULAR
            yield LabelSlot(box.number, box.page, place_on_page(box, part.frame), words, part.size_pt, face)
        case TablePart():
            yield _table_slot(box, part, continues=continues)
        case TickPart(when=when) if when is not None:
            yield TickSlot(box.page, when, make_tick(box.number, part.label, place_on_page(box, part.frame)))


def _find_field(part: OfficialPart, fields: Mapping[str, BlankField]) -> BlankField:
    field = fields.get(part.field)
    if field is None:
        raise FormError(
            f"the blank has no field {part.field!r} that can be seen and filled"
            f"{nearest_word(part.field, list(fields))}."
        )
    for key, said, true in (
        ("kind", part.kind, str(field.kind)),
        ("choices", part.choices, tuple(choice.words for choice in field.choices)),
        ("max_length", part.max_length, field.max_length),
    ):
        if said and said != true:
            raise FormError(f"{part.field!r}: {key} is {said!r} here, but {true!r} in the blank.")
    if part.stays_fillable and field.kind not in _OPEN_KINDS:
        raise FormError(f"the field {field.name!r} cannot stay fillable: only texts and ticks can.")
    return field


def _find_widgets(part: OfficialPart, field: BlankField) -> tuple[Widget, ...]:
    """The places that this part fills: all of a text field, those of its option for a button."""
    if (part.when is not None) != (field.kind in BUTTONS):
        needed = "is ticked: give it `when`" if field.kind in BUTTONS else "is written in: give it `text`"
        raise FormError(f"the field {field.name!r} {needed}.")
    if field.kind not in BUTTONS:
        return field.widgets
    options = field.options
    if not part.option and len(options) > 1:
        raise FormError(f"the field {field.name!r} needs an `option`, one of {', '.join(options)}.")
    if part.option and part.option not in options:
        raise FormError(
            f"the field {field.name!r} has no option {part.option!r}"
            f"{nearest_word(part.option, list(options))}; it has {', '.join(options)}."
        )
    return tuple(widget for widget in field.widgets if not part.option or widget.option == part.option)


def _text_slot(box: Box, part: TextPart, *, continues: bool) -> TextSlot:
    return TextSlot(
        box=box.number,
        heading=box.title,
        page=box.page,
        frame=place_on_page(box, part.frame),
        template=part.text,
        fit=part.fit if continues else _refusing(part.fit),
        face=Face.BOLD if part.style == "strong" else Face.REGULAR,
        paths=tuple(sorted(part.text.paths)),
    )


def _table_slot(box: Box, part: TablePart, *, continues: bool) -> TableSlot:
    """Rows from the top of the table's place: the blank has its own column titles above them."""
    frame = place_on_page(box, part.frame)
    columns = tuple(
        ColumnSlot(column.title, place, column.text, column.align, column.total)
        for column, place in zip(part.columns, table_columns(box, part), strict=True)
    )
    return TableSlot(
        box=box.number,
        heading=box.title,
        page=box.page,
        header=Frame(frame.x_mm, frame.y_mm, frame.width_mm, 0.0),
        bottom_mm=frame.y_mm + frame.height_mm,
        rows=part.rows,
        row_name=part.row_name,
        columns=columns,
        label_column=_label_column(columns),
        fit=part.fit if continues else _refusing(part.fit),
        paths=tuple(sorted(part.rows.paths)),
        titles_mm=titles_height(columns) if continues else 0.0,
    )


def titles_height(columns: Iterable[ColumnSlot]) -> float:
    """The height of column titles on a sheet in mm; raises FormError for one that its column cannot hold."""
    columns, face = tuple(columns), load_face(Face.BOLD)
    rooms = [(column, column.frame.width_mm - 2 * CELL_PADDING_MM) for column in columns]
    heights = [set_text(column.title, face, TITLE_PT, room).height_mm for column, room in rooms]
    height = max(TABLE_HEADER_MM, max(heights) + 2 * HEADER_PADDING_MM)
    strip = Frame(0.0, 0.0, 0.0, round(height, 3))
    for column in columns:
        place_column_title(column.title, column.align, column.frame, strip, "")
    return strip.height_mm


def _label_column(columns: Sequence[ColumnSlot]) -> int:
    free = [number for number, column in enumerate(columns) if column.total is None]
    return max(free or range(len(columns)), key=lambda number: columns[number].frame.width_mm)


def _refusing(fit: Fit) -> Fit:
    """A blank that takes no sheets of certgen's."""
    return Fit(fit.size_pt, fit.min_size_pt, Overflow.REFUSE)


def make_tick(box: str, label: str, frame: Frame) -> Tick:
    """A mark in the middle of a place."""
    size = min(frame.width_mm, frame.height_mm)
    left, top = frame.x_mm + (frame.width_mm - size) / 2, frame.y_mm + (frame.height_mm - size) / 2
    return Tick(box, label, round(left, 3), round(top, 3), round(size, 3))
