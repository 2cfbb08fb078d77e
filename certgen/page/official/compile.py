"""A form on an official blank, compiled once: the blank's own drawing, and where each value goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from certgen.errors import FormError
from certgen.forms.model import Edition, Form, Frame, OfficialBlank, Room, Variant
from certgen.page.document import Face, StaticPage
from certgen.page.fonts.embedding import EmbeddedFont, load_field_font, load_font
from certgen.page.layout.plan import CAPTIONS
from certgen.page.layout.sheets import SheetPlan
from certgen.page.official.blank import Blank, open_blank
from certgen.page.official.doubles import find_doubles
from certgen.page.official.fields import BUTTONS, BlankField, Widget, read_fields
from certgen.page.official.further import FurtherLines, check_readers, find_further
from certgen.page.official.kept import KeptField
from certgen.page.official.notes import find_note_place, plan_sheets, sheet_size
from certgen.page.official.opened import place_open_fields
from certgen.page.official.shown import count_lines, shows_serial
from certgen.page.official.slots import (
    FieldSlot,
    OpenSlot,
    Slot,
    find_defaults,
    find_slots,
)
from certgen.page.official.static import StaticLayer
from certgen.page.printing.compile import HEADER
from certgen.page.printing.objects import ObjectBook, write_offsets


@dataclass(frozen=True, slots=True, eq=False)
class CompiledBlank:
    """One edition of a form on a blank, ready to be filled.

    `body` is the beginning of every certificate: all that the blank shows. `contents` number the streams that
    draw its pages, `drawings` and `fonts` are by resource name, `layers` is an entry of the catalogue.
    `line_room` says how many items of a list the boxes show, `overflow` what becomes of more, `further` the
    tables of those on sheets, which are as `sheet_plan` says; `note` is where the blank names the sheet (page
    and place). `open_pages` hold the fields left to others, a
    page each, `field_font` numbers the font that they are filled in with; `kept` are the fields that stay.
    """

    form: Form
    edition: Edition
    variant: Variant | None
    slots: tuple[Slot, ...]
    line_room: dict[str, int]
    captions: dict[str, str]
    page_sizes_pt: tuple[tuple[float, float], ...]
    contents: tuple[int, ...]
    drawings: dict[bytes, int]
    fonts: dict[bytes, int]
    layers: bytes
    body: bytes
    body_offsets: bytes
    first_free: int
    digest: bytes
    sheet_plan: SheetPlan
    sheet_size_pt: tuple[float, float]
    overflow: Room = Room.REFUSE
    further: tuple[FurtherLines, ...] = ()
    note: tuple[int, Frame] | None = None
    open_pages: tuple[StaticPage, ...] = ()
    field_font: int = 0
    kept: tuple[KeptField, ...] = ()

    def page_size(self, form_page: int) -> tuple[float, float]:
        """Width and height in points of a page of the blank (from 1), or of a sheet that goes with it (0)."""
        return self.page_sizes_pt[form_page - 1] if form_page else self.sheet_size_pt


def compile_blank(
    form: Form, official: OfficialBlank, edition: Edition, variant: Variant | None = None
) -> CompiledBlank:
    """Read a form's blank and write down all that its certificates share.

    Raises FormError when the blank cannot be filled, or not as the form says.
    """
    form = form.in_edition(edition)
    if form.serial_pattern and not shows_serial(form):
        raise FormError(
            f"{form.folder / 'boxes.toml'}: the paper takes a number, but no box shows it "
            "({{ issue.serial }})."
        )
    with open_blank(official.path) as blank:
        _check_pages(blank, official)
        fields = read_fields(blank)
        slots = find_slots(form, edition, fields)
        slots += find_defaults(fields, slots, keeps_fields=official.keeps_fields)
        doubles = [f"{form.folder / 'boxes.toml'}: {sentence}" for sentence in find_doubles(slots)]
        if doubles:
            raise FormError("\n".join(doubles))
        kept = tuple(_kept(fields, slots)) if official.keeps_fields else ()
        return _with_room(_compile(form, edition, variant, blank, slots, kept), official, blank, fields)


def _with_room(
    compiled: CompiledBlank, official: OfficialBlank, blank: Blank, fields: Sequence[BlankField]
) -> CompiledBlank:
    """What becomes of lines beyond those of the blank, and where it says so."""
    form, slots, room = compiled.form, compiled.slots, compiled.line_room
    further: tuple[FurtherLines, ...] = ()
    if official.overflow is Room.CONTINUE:
        further = find_further(form, slots, room, compiled.sheet_plan)
    elif official.overflow is Room.REPEAT:
        for path in room:
            check_readers(form, slots, path)
    is_noted = bool(further) or (official.overflow is Room.REPEAT and room)
    note = (official.note or find_note_place(blank, fields, official)) if is_noted else None
    return replace(compiled, overflow=official.overflow, further=further, note=note)


def _check_pages(blank: Blank, official: OfficialBlank) -> None:
    """The sizes that the form states, within a millimetre."""
    seen = [(view.width_pt * 25.4 / 72, view.height_pt * 25.4 / 72) for view in blank.views]
    stated = official.page_sizes_mm
    if len(seen) != len(stated) or any(
        abs(one - other) > 1
        for sizes in zip(seen, stated, strict=True)
        for one, other in zip(*sizes, strict=True)
    ):
        sizes_mm = [[round(side, 1) for side in size] for size in seen]
        raise FormError(f"its pages are {sizes_mm}, which official.pages_mm in form.toml must say.")


def _kept(fields: Sequence[BlankField], slots: Sequence[Slot]) -> Iterator[KeptField]:
    """Every field with the title and the numbers of the boxes that name it."""
    named = [slot for slot in slots if isinstance(slot, FieldSlot | OpenSlot)]
    for field in fields:
        group = next((other.name for other in fields if other.name.startswith(f"{field.name}.")), "")
        if group:
            raise FormError(
                f"its field {field.name!r} is called as the group of {group!r}, so the fields cannot stay "
                "fields; leave out keep_fields under [official] in form.toml."
            )
        own = [slot for slot in named if slot.field.name == field.name]
        titles = [title for slot in own if (title := _title_of(slot))]
        title = next(iter(titles), field.tooltip or field.name)
        yield KeptField(field, title, frozenset(slot.box for slot in own))


def _title_of(slot: FieldSlot | OpenSlot) -> str:
    words = slot.heading if isinstance(slot, FieldSlot) else slot.title
    return f"{slot.box}. {words}" if words else ""


def _compile(
    form: Form,
    edition: Edition,
    variant: Variant | None,
    blank: Blank,
    slots: tuple[Slot, ...],
    kept: tuple[KeptField, ...],
) -> CompiledBlank:
    book = ObjectBook(1)
    layer = StaticLayer(blank, book, *(_kept_objects(kept) if kept else _filled_objects(slots)))
    open_pages = () if kept else place_open_fields(slots, blank.views)
    field_font = _add_font(book, load_field_font()) if open_pages or kept else 0
    fonts = {font.resource: _add_font(book, font) for font in (load_font(face, "latin") for face in Face)}
    body = HEADER + b"".join(book.written)
    captions = CAPTIONS | dict(form.captions)
    sizes = tuple((view.width_pt, view.height_pt) for view in blank.views)
    return CompiledBlank(
        form=form,
        edition=edition,
        variant=variant,
        slots=slots,
        line_room=count_lines(form),
        captions=captions,
        page_sizes_pt=sizes,
        contents=tuple(layer.contents),
        drawings=layer.drawings,
        fonts=fonts,
        layers=layer.layers,
        body=body,
        body_offsets=write_offsets(book.written, len(HEADER)),
        first_free=book.next_number,
        digest=blake2b(body, digest_size=16).digest(),
        sheet_plan=plan_sheets(form.title, captions, sizes),
        sheet_size_pt=sheet_size(sizes),
        open_pages=open_pages,
        field_font=field_font,
        kept=kept,
    )


def _filled_objects(slots: tuple[Slot, ...]) -> tuple[frozenset[int], frozenset[int]]:
    """The places that certgen writes in, and those of the fields that it ticks."""
    fields = [slot for slot in slots if isinstance(slot, FieldSlot)]
    opened = (slot.field.widgets for slot in slots if isinstance(slot, OpenSlot))
    written = (*(slot.widgets for slot in fields if slot.part.text is not None), *opened)
    ticked = (slot.field.widgets for slot in fields if slot.part.when is not None)
    return _keys(written), _keys(ticked)


def _kept_objects(kept: tuple[KeptField, ...]) -> tuple[frozenset[int], frozenset[int]]:
    """The same of all fields, where they stay fields."""
    texts = (item.field.widgets for item in kept if item.field.kind not in BUTTONS)
    buttons = (item.field.widgets for item in kept if item.field.kind in BUTTONS)
    return _keys(texts), _keys(buttons)


def _keys(places: Iterable[tuple[Widget, ...]]) -> frozenset[int]:
    return frozenset(widget.key for widgets in places for widget in widgets)


def _add_font(book: ObjectBook, font: EmbeddedFont) -> int:
    first = book.next_number
    for body in font.objects(first):
        book.add(body)
    return first


def read_blank_fields(official: OfficialBlank) -> tuple[BlankField, ...]:
    """The fields of a form's blank."""
    with open_blank(official.path) as blank:
        return read_fields(blank)
