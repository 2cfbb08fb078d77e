"""A form compiled once: everything that all its certificates share, as finished bytes.

Objects of a certificate are numbered in three stretches: first those that each certificate writes anew but
that shared ones point to (pages, sections, metadata), then the shared ones, then what a certificate adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from certgen.forms.model import Edition, Form, TablePart, Variant
from certgen.page.document import Face, StaticPage
from certgen.page.fonts.cjk_font import RESOURCE, load_cjk_font
from certgen.page.fonts.embedding import EmbeddedFont, load_field_font, load_font, make_stream
from certgen.page.layout.plan import FormPlan, plan_form
from certgen.page.printing.archive import ATTACHMENT_NAME, write_attachment_entry
from certgen.page.printing.colour import srgb_profile
from certgen.page.printing.drawing import PT_PER_MM, draw_backgrounds, draw_static
from certgen.page.printing.fields import Widget, add_fields, write_form_entry
from certgen.page.printing.objects import ObjectBook, write_offsets, write_text
from certgen.page.printing.passages import find_decorations, read_static_page
from certgen.page.printing.tags import Section, StaticTags

PAGES, RESOURCES, METADATA, INFO, ATTACHMENT, PARENT_TREE, DOCUMENT_ELEMENT, _FIRST_PAGE = range(1, 9)
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@dataclass(frozen=True, slots=True)
class CompiledPage:
    """A form page: the numbers of its page object and values stream, and what it has before the values.

    `background` (none without fields) lies below a notice, `static_content` above it.
    `entries` are the entries of its page dictionary that never change; `parents` are the elements of its
    static marks, in order.
    """

    number: int
    values: int
    background: tuple[int, ...]
    static_content: int
    height_pt: float
    entries: bytes
    parents: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CompiledForm:
    """One edition of a form, ready to be filled.

    `body` is the beginning of every certificate up to the last shared object, `body_offsets` its lines in
    the cross-reference table; `first_free` numbers the first object that a certificate adds; `fonts` are
    the fonts of the body by resource name, `cut_fonts` those that the form's own words need as well but each
    certificate cuts to all its letters.
    """

    form: Form
    edition: Edition
    variant: Variant | None
    plan: FormPlan
    static_pages: tuple[StaticPage, ...]
    pages: tuple[CompiledPage, ...]
    sections: dict[str, Section]
    document_element: int
    structure_root: int
    titles: tuple[int, ...]
    catalogue: int
    body: bytes
    body_offsets: bytes
    first_shared: int
    first_free: int
    fonts: dict[bytes, int]
    cut_fonts: dict[bytes, EmbeddedFont]
    parents_of_widgets: dict[int, bytes]
    digest: bytes


def compile_form(form: Form, edition: Edition, variant: Variant | None = None) -> CompiledForm:
    """Draw the static layer of a form and write down all that its certificates share.

    Raises FormError when the form's own words do not fit.
    """
    form = form.in_edition(edition)
    plan = plan_form(form, edition, variant)
    return _Compilation(form, plan.static).finish(plan, variant)


class _Compilation:
    """The shared objects of a form on their way into the book."""

    def __init__(self, form: Form, static_pages: tuple[StaticPage, ...]) -> None:
        self.static_pages = static_pages
        self.page_numbers = [_FIRST_PAGE + 2 * index for index in range(len(static_pages))]
        self.sections = _number_sections(form, self.page_numbers[-1] + 2)
        self.first_shared = _number_after(self.sections)
        self.book = ObjectBook(self.first_shared)
        self.tags = StaticTags(self.book, self.sections, DOCUMENT_ELEMENT, PARENT_TREE)
        self.passages = [read_static_page(form, n, page) for n, page in enumerate(static_pages, 1)]
        self.drawn = [
            draw_static(page, passages, find_decorations(passages, page))
            for page, passages in zip(static_pages, self.passages, strict=True)
        ]

    def finish(self, plan: FormPlan, variant: Variant | None) -> CompiledForm:
        """Enter everything and write it down."""
        fonts = self._add_fonts()
        widgets = self._add_widgets()
        pages = tuple(self._compile_page(index, widgets[index]) for index in range(len(self.drawn)))
        parents_of_widgets = self._add_form_elements(widgets)
        self.tags.finish()
        catalogue = self._add_catalogue(plan.form, [widget for on_page in widgets for widget in on_page])
        objects = self.book.written
        body = HEADER + b"".join(objects)
        return CompiledForm(
            form=plan.form,
            edition=plan.edition,
            variant=variant,
            plan=plan,
            static_pages=self.static_pages,
            pages=pages,
            sections=self.sections,
            document_element=DOCUMENT_ELEMENT,
            structure_root=self.tags.root,
            titles=tuple(self.tags.titles),
            catalogue=catalogue,
            body=body,
            body_offsets=write_offsets(objects, len(HEADER)),
            first_shared=self.first_shared,
            first_free=self.book.next_number,
            fonts=fonts,
            cut_fonts={RESOURCE: load_cjk_font()} if RESOURCE in self._drawn_fonts() else {},
            parents_of_widgets=parents_of_widgets,
            digest=blake2b(body, digest_size=16).digest(),
        )

    def _add_fonts(self) -> dict[bytes, int]:
        """The fonts that the static layer uses, and both faces in Latin, which nearly all values need."""
        fonts = self._drawn_fonts()
        fonts |= {font.resource: font for font in (load_font(face, "latin") for face in Face)}
        return {name: self._add_font(fonts[name]) for name in sorted(fonts) if name != RESOURCE}

    def _drawn_fonts(self) -> dict[bytes, EmbeddedFont]:
        return {font.resource: font for page in self.drawn for font in page.fonts}

    def _add_font(self, font: EmbeddedFont) -> int:
        first = self.book.next_number
        for body in font.objects(first):
            self.book.add(body)
        return first

    def _add_widgets(self) -> list[list[Widget]]:
        widgets: list[list[Widget]] = []
        key = len(self.static_pages)
        for page, number in zip(self.static_pages, self.page_numbers, strict=True):
            widgets.append(add_fields(self.book, page, number, key))
            key += len(widgets[-1])
        return widgets

    def _add_form_elements(self, widgets: Sequence[Sequence[Widget]]) -> dict[int, bytes]:
        """An element for each field; entries of the parent tree by key."""
        elements = [
            self.tags.add_form_element(widget, index, self.page_numbers[index])
            for index, on_page in enumerate(widgets)
            for widget in on_page
        ]
        return {key: b"%d 0 R " % number for key, number in enumerate(elements, len(widgets))}

    def _compile_page(self, index: int, widgets: Sequence[Widget]) -> CompiledPage:
        static, drawn, number = self.static_pages[index], self.drawn[index], self.page_numbers[index]
        parents = self.tags.add_passages(self.passages[index], static.runs, index, number)
        return CompiledPage(
            number=number,
            values=number + 1,
            background=self._add_background(static),
            static_content=self.book.add(make_stream(drawn.content)),
            height_pt=static.height_mm * PT_PER_MM,
            entries=_write_page_entries(static, index, widgets),
            parents=tuple(parents),
        )

    def _add_background(self, page: StaticPage) -> tuple[int, ...]:
        return (self.book.add(make_stream(draw_backgrounds(page))),) if page.fields else ()

    def _add_catalogue(self, form: Form, widgets: Sequence[Widget]) -> int:
        form_entry = ""
        if widgets:
            form_entry = f"/AcroForm{write_form_entry(widgets, self._add_font(load_field_font()))}"
        entry = self.book.add(write_attachment_entry(ATTACHMENT))
        attached = f"/Names<</EmbeddedFiles<</Names[({ATTACHMENT_NAME}) {entry} 0 R]>>>>/AF[{entry} 0 R]"
        return self.book.add(
            f"<</Type/Catalog/Pages {PAGES} 0 R/Metadata {METADATA} 0 R/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {self.tags.root} 0 R/Lang{write_text(form.language).decode()}"
            "/ViewerPreferences<</DisplayDocTitle true>>"
            f"/OutputIntents[{self._add_output_intent()} 0 R]"
            f"{attached}{form_entry}>>"
        )

    def _add_output_intent(self) -> int:
        profile = self.book.add(make_stream(srgb_profile(), "/N 3"))
        return self.book.add(
            "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
            f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {profile} 0 R>>"
        )


def _number_sections(form: Form, first: int) -> dict[str, Section]:
    """Kept numbers for each box: its section, and its table should it have one with column titles."""
    sections = {}
    for box in form.boxes:
        tables = [part for part in box.parts if isinstance(part, TablePart)]
        has_table = any(column.title for table in tables for column in table.columns)
        sections[box.number] = Section(first, table=first + 1 if has_table else 0)
        first += 2 if has_table else 1
    return sections


def _number_after(sections: dict[str, Section]) -> int:
    return max(max(section.number, section.table) for section in sections.values()) + 1


def _write_page_entries(page: StaticPage, index: int, widgets: Sequence[Widget]) -> bytes:
    annotations = ""
    if widgets:
        annotations = f"/Annots[{' '.join(f'{widget.number} 0 R' for widget in widgets)}]"
    return f"{write_media_box(page)}/StructParents {index}{annotations}".encode()


def write_media_box(page: StaticPage) -> str:
    """The size of a page, in points."""
    return f"/MediaBox[0 0 {page.width_mm * PT_PER_MM:.2f} {page.height_mm * PT_PER_MM:.2f}]"
