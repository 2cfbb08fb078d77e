"""Fields that stay fields: each with its value, and the look of that value in certgen's own embedded fonts.

A look is drawn in the points of its page, since its box is the place of the field: so what it says is read
back as any other text of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import groupby
from operator import attrgetter
from typing import Any

from certgen.errors import PageError
from certgen.forms.model import Frame
from certgen.page.document import Document, DocumentPage, TextRun, Tick
from certgen.page.fonts.embedding import FIELD_FONT, EmbeddedFont, make_stream
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.official.fields import BUTTONS, BlankField, FieldKind, Widget
from certgen.page.official.filling import inset
from certgen.page.printing.fields import write_cross
from certgen.page.printing.objects import ObjectBook, refer, write_rectangle, write_text
from certgen.page.printing.values import ValuesStream

_PRINTED = 4
_TOLERANCE_MM = 0.05
_ALIGNMENTS = {"left": 0, "center": 1, "right": 2}


@dataclass(frozen=True, slots=True)
class KeptField:
    """A field of the blank that stays one, what it is called on paper, and what it says: words or states."""

    field: BlankField
    title: str
    boxes: frozenset[str]


@dataclass(slots=True)
class KeptFields:
    """The kept fields of one certificate on their way into its book; `fonts` are those their looks use."""

    book: ObjectBook
    kept: Sequence[KeptField]
    document: Document
    resources: int
    fonts: dict[bytes, EmbeddedFont] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    """The object of each place, by its key in the blank."""
    parents: dict[str, int] = field(default_factory=dict)
    """The object of each field that has several places."""

    def __post_init__(self) -> None:
        for item in self.kept:
            for widget in item.field.widgets:
                self.numbers[widget.key] = self.book.reserve()
            if len(item.field.widgets) > 1:
                self.parents[item.field.name] = self.book.reserve()

    def take_page(self, page: DocumentPage, number: int, height_pt: float) -> tuple[DocumentPage, bytes]:
        """Put what stands in fields of a page into them; what is left for the page, and its annotations."""
        taken: set[int] = set()
        references = []
        for item, widget in self._on(page.form_page):
            runs = [run for run in page.texts if run.box in item.boxes and is_inside(run, widget.frame)]
            ticks = [tick for tick in page.ticks if tick.box in item.boxes and is_mark(tick, widget.frame)]
            taken |= set(map(id, (*runs, *ticks)))
            self._set_widget(item, widget, number, height_pt, runs, ticks)
            references.append(self.numbers[widget.key])
        return _without(page, taken), b"/Tabs/R/Annots[%s]" % refer(references) if references else b""

    def write_form(self, field_font: int) -> bytes:
        """The AcroForm entry of the catalogue, with the tree of names."""
        tree: dict[str, Any] = {}
        for item in self.kept:
            *above, _ = item.field.name.split(".")
            branch = tree
            for step in above:
                branch = branch.setdefault(step, {})
            branch.setdefault("", []).append(item)
        roots = refer(self._write_branch(tree, 0))
        fonts = b"<</Font<</%s %d 0 R>>>>" % (FIELD_FONT, field_font)
        return b"/AcroForm<</Fields[%s]/DR%s/DA(/%s 0 Tf 0 g)>>" % (roots, fonts, FIELD_FONT)

    def _write_branch(self, branch: Mapping[str, Any], parent: int) -> list[int]:
        """The fields of a branch, and the nodes below it; their objects."""
        numbers = [self._finish_field(item, parent) for item in branch.get("", ())]
        for step, below in branch.items():
            if step:
                node = self.book.reserve()
                kids = refer(self._write_branch(below, node))
                self.book.set(node, b"<</T%s/Kids[%s]%s>>" % (write_text(step), kids, _parent(parent)))
                numbers.append(node)
        return numbers

    def _finish_field(self, item: KeptField, parent: int) -> int:
        """The field itself; with one place it is the place's own object."""
        several = self.parents.get(item.field.name)
        entries = self._describe(item) + _parent(parent)
        if several:
            kids = refer([self.numbers[widget.key] for widget in item.field.widgets])
            self.book.set(several, b"<<%s/Kids[%s]>>" % (entries, kids))
            return several
        number = self.numbers[item.field.widgets[0].key]
        self.book.complete(number, entries)
        return number

    def _describe(self, item: KeptField) -> bytes:
        """What the field is, and its value."""
        its = item.field
        kind = b"/Btn" if its.kind in BUTTONS else b"/Ch" if its.kind is FieldKind.CHOICE else b"/Tx"
        name = its.name.rpartition(".")[2]
        entries = b"/FT%s/T%s/TU%s/Ff %d" % (kind, write_text(name), write_text(item.title), its.flags)
        if its.max_length:
            entries += b"/MaxLen %d" % its.max_length
        if its.choices:
            pairs = (
                b"[%s%s]" % (write_text(choice.value), write_text(choice.words)) for choice in its.choices
            )
            entries += b"/Opt[%s]" % b"".join(pairs)
        if its.state_words:
            entries += b"/Opt[%s]" % b"".join(map(write_text, its.state_words))
        return entries + self._write_value(item)

    def _write_value(self, item: KeptField) -> bytes:
        values = expected_values(item, self.document)
        if item.field.kind in BUTTONS:
            return b"/V%s" % write_name(values[0] if values else "Off")
        if not values:
            return b""
        if len(values) > 1:
            return b"/V[%s]" % b"".join(map(write_text, values))
        return b"/V%s" % write_text(values[0])

    def _on(self, form_page: int) -> Iterator[tuple[KeptField, Widget]]:
        return (
            (item, widget)
            for item in self.kept
            for widget in item.field.widgets
            if form_page and widget.page == form_page
        )

    def _set_widget(
        self,
        item: KeptField,
        widget: Widget,
        page: int,
        height_pt: float,
        runs: Sequence[TextRun],
        ticks: Sequence[Tick],
    ) -> None:
        """The place of a field with its look."""
        rectangle = write_rectangle(widget.frame, height_pt * MM_PER_PT).encode()
        if item.field.kind in BUTTONS:
            look = self._button_look(widget, rectangle, height_pt, ticks)
        else:
            look = self._text_look(widget, rectangle, height_pt, runs)
        parent = self.parents.get(item.field.name)
        self.book.set(
            self.numbers[widget.key],
            b"<</Type/Annot/Subtype/Widget/F %d/P %d 0 R/Rect%s%s%s>>"
            % (_PRINTED, page, rectangle, look, _parent(parent or 0)),
        )

    def _text_look(
        self, widget: Widget, rectangle: bytes, height_pt: float, runs: Sequence[TextRun]
    ) -> bytes:
        stream = ValuesStream(height_pt, 0)
        stream.begin_text()
        for _, line in groupby(runs, key=attrgetter("box")):
            stream.put_passage(b"P", list(line))
        stream.end_text()
        self.fonts |= stream.fonts
        content = b"/Tx BMC\n%sEMC\n" % (stream.content() if runs else b"")
        size, align = b"%g" % widget.size_pt, _ALIGNMENTS[widget.align]
        return b"/DA(/%s %s Tf 0 g)/Q %d/AP<</N %d 0 R>>" % (
            *(FIELD_FONT, size, align),
            self._add_look(rectangle, content),
        )

    def _button_look(
        self, widget: Widget, rectangle: bytes, height_pt: float, ticks: Sequence[Tick]
    ) -> bytes:
        stream = ValuesStream(height_pt, 0)
        for tick in ticks[:1]:
            stream.put_tick(tick)
        cross = stream.content() or _cross_in(widget.frame, height_pt)
        on, off = self._add_look(rectangle, cross), self._add_look(rectangle, b"")
        state = write_name(widget.state)
        return b"/AS%s/AP<</N<<%s %d 0 R/Off %d 0 R>>>>" % (state if ticks else b"/Off", state, on, off)

    def _add_look(self, rectangle: bytes, content: bytes) -> int:
        entries = b"/Type/XObject/Subtype/Form/BBox%s/Resources %d 0 R" % (rectangle, self.resources)
        return self.book.add(make_stream(content, entries.decode()))


def expected_values(item: KeptField, document: Document) -> list[str]:
    """What a field is to hold: its text, the values of its choices, or the states of what is ticked."""
    its = item.field
    if its.kind in BUTTONS:
        return [
            widget.state
            for widget in its.widgets
            for page in document.pages
            for tick in page.ticks
            if page.form_page == widget.page and tick.box in item.boxes and is_mark(tick, widget.frame)
        ]
    places = {(widget.page, frame) for widget in its.widgets for frame in (widget.frame, inset(widget.frame))}
    texts = [asked.text for asked in document.asked if asked.box in item.boxes and places & set(asked.places)]
    if its.kind is not FieldKind.CHOICE or not texts:
        return texts[:1]
    words = texts[0].split("\n") if its.is_multiple else texts[:1]
    values = {choice.words: choice.value for choice in its.choices}
    return [values.get(said, said) for said in words]


def check_kept(pdf: bytes, kept: Sequence[KeptField], document: Document) -> None:
    """Hold the values of the fields, as another library reads them, against what was asked.

    Raises PageError naming the field.
    """
    from pypdf import PdfReader  # noqa: PLC0415  (only official blanks need it)

    found = PdfReader(BytesIO(pdf)).get_fields() or {}
    for item in kept:
        wanted = expected_values(item, document)
        said = found[item.field.name].get("/V") if item.field.name in found else None
        values = list(map(str, said)) if isinstance(said, list) else [str(said)] if said is not None else []
        if item.field.kind in BUTTONS:
            values, wanted = [value.removeprefix("/") for value in values], wanted[:1] or ["Off"]
        if values != wanted:
            raise PageError(f"The field {item.field.name!r} holds {values!r} instead of {wanted!r}.")


def is_inside(run: TextRun, frame: Frame) -> bool:
    """Whether a line of text stands in a place."""
    return (
        frame.y_mm <= run.y_mm <= frame.y_mm + frame.height_mm
        and frame.x_mm - _TOLERANCE_MM <= run.x_mm
        and run.x_mm + run.width_mm <= frame.x_mm + frame.width_mm + _TOLERANCE_MM
    )


def is_mark(tick: Tick, frame: Frame) -> bool:
    """Whether a tick is the one in the middle of this place."""
    across, down = tick.x_mm + tick.size_mm / 2, tick.y_mm + tick.size_mm / 2
    return (
        abs(across - frame.x_mm - frame.width_mm / 2) < _TOLERANCE_MM
        and abs(down - frame.y_mm - frame.height_mm / 2) < _TOLERANCE_MM
    )


def write_name(name: str) -> bytes:
    """A name of PDF (ISO 32000-1, 7.3.5), whatever letters it has."""
    letters = (bytes([byte]) for byte in name.encode("utf-8", "surrogateescape"))
    return b"/" + b"".join(byte if byte.isalnum() else b"#%02X" % ord(byte) for byte in letters)


def _without(page: DocumentPage, taken: set[int]) -> DocumentPage:
    """A page less what its fields show; its tables are read after as many of the texts as are left."""
    texts = tuple(run for run in page.texts if id(run) not in taken)
    tables = tuple(
        table._replace(after=sum(id(run) not in taken for run in page.texts[: table.after]))
        for table in page.tables
    )
    ticks = tuple(tick for tick in page.ticks if id(tick) not in taken)
    return replace(page, texts=texts, ticks=ticks, tables=tables)


def _cross_in(frame: Frame, height_pt: float) -> bytes:
    """The mark that a viewer shows when somebody ticks the field."""
    side = min(frame.width_mm, frame.height_mm) / MM_PER_PT
    left = (frame.x_mm + frame.width_mm / 2) / MM_PER_PT - side / 2
    bottom = height_pt - (frame.y_mm + frame.height_mm / 2) / MM_PER_PT - side / 2
    return b"0 0 0 RG\n" + write_cross(left, bottom, side)


def _parent(number: int) -> bytes:
    return b"/Parent %d 0 R" % number if number else b""
