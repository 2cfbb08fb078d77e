"""A certificate as bytes: the shared body of its form, and what changes from one certificate to the next."""

from __future__ import annotations

from hashlib import blake2b

from certgen.errors import PageError
from certgen.forms.paper import Paper
from certgen.page.document import Document, DocumentPage, StaticPage
from certgen.page.fonts.cjk_font import cut_to
from certgen.page.fonts.embedding import QUICK_LEVEL, EmbeddedFont, make_stream
from certgen.page.printing.archive import write_attachment, write_info, write_metadata
from certgen.page.printing.compile import (
    ATTACHMENT,
    INFO,
    METADATA,
    PAGES,
    PARENT_TREE,
    RESOURCES,
    CompiledForm,
    write_media_box,
)
from certgen.page.printing.drawing import PT_PER_MM
from certgen.page.printing.notice import draw_notice
from certgen.page.printing.objects import ObjectBook, refer, write_object, write_offsets
from certgen.page.printing.tagging import Tagging
from certgen.page.printing.values import ValuesStream


def emit_document(compiled: CompiledForm, document: Document, paper: Paper) -> bytes:
    """The finished file, not yet read back; raises PageError for a letter that no font has."""
    return _Emission(compiled).emit(document, paper)


class _Emission:
    """One certificate on its way to bytes.

    `_kept` holds the objects that shared ones point to, by number; `_book` those after the shared ones.
    """

    def __init__(self, compiled: CompiledForm) -> None:
        self._compiled = compiled
        self._kept: dict[int, bytes] = {}
        self._book = ObjectBook(compiled.first_free)
        self._tagging = Tagging(compiled, self._book)
        self._fonts: dict[bytes, EmbeddedFont] = dict(compiled.cut_fonts)
        self._pages: list[int] = []
        self._next_key = len(compiled.pages) + len(compiled.parents_of_widgets)

    def emit(self, document: Document, paper: Paper) -> bytes:
        """Everything in order, with the cross-reference table."""
        notice = self._add_notice(document.notice) if document.notice else ()
        for page in document.pages:
            self._add_page(page, notice)
        self._kept |= self._tagging.write_sections()
        self._kept[PARENT_TREE] = self._tagging.write_parent_tree()
        self._kept[PAGES] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (refer(self._pages), len(self._pages))
        self._kept[RESOURCES] = self._write_resources(document)
        self._keep_archive(document, paper)
        return self._assemble()

    def _add_notice(self, word: str) -> tuple[int, ...]:
        page = self._compiled.static_pages[0]
        return (self._book.add(draw_notice(word, page.width_mm * PT_PER_MM, page.height_mm * PT_PER_MM)),)

    def _add_page(self, page: DocumentPage, notice: tuple[int, ...]) -> None:
        if page.form_page:
            self._keep_form_page(page, notice)
        else:
            self._add_continuation(page, notice)

    def _keep_form_page(self, page: DocumentPage, notice: tuple[int, ...]) -> None:
        form_page = self._compiled.pages[page.form_page - 1]
        if form_page.number in self._kept:
            raise PageError(f"Page {page.form_page} of the form was laid out twice.")
        stream = ValuesStream(form_page.height_pt, len(form_page.parents))
        self._tagging.put_page(stream, page, form_page.number, page.form_page - 1)
        self._kept[form_page.values] = make_stream(stream.content(), level=QUICK_LEVEL)
        contents = (*form_page.background, *notice, form_page.static_content, form_page.values)
        self._kept[form_page.number] = _write_page(contents, form_page.entries)
        self._finish_page(form_page.number, stream)

    def _add_continuation(self, page: DocumentPage, notice: tuple[int, ...]) -> None:
        key, number = self._next_key, self._book.reserve()
        self._next_key += 1
        stream = ValuesStream(self._compiled.pages[0].height_pt, 0)
        self._tagging.put_page(stream, page, number, key)
        contents = (*notice, self._book.add(make_stream(stream.content(), level=QUICK_LEVEL)))
        entries = f"{write_media_box(self._compiled.static_pages[0])}/StructParents {key}".encode()
        self._book.set(number, _write_page(contents, entries))
        self._finish_page(number, stream)

    def _finish_page(self, number: int, stream: ValuesStream) -> None:
        self._fonts |= stream.fonts
        self._pages.append(number)

    def _write_resources(self, document: Document) -> bytes:
        """The fonts by name; those that the form itself does not use are added here."""
        fonts = dict(self._compiled.fonts)
        pages: tuple[DocumentPage | StaticPage, ...] = (*document.pages, *self._compiled.static_pages)
        for name in sorted(self._fonts.keys() - fonts.keys()):
            fonts[name] = self._book.next_number
            for body in cut_to(self._fonts[name], pages).objects(fonts[name]):
                self._book.add(body)
        return b"<</Font<<%s>>>>" % b"".join(b"/%s %d 0 R" % font for font in fonts.items())

    def _keep_archive(self, document: Document, paper: Paper) -> None:
        day = paper.issue.issue_date
        title = f"{document.title} {document.serial}".strip()
        self._kept[METADATA] = write_metadata(title, document.language, day)
        self._kept[INFO] = write_info(title, day)
        self._kept[ATTACHMENT] = write_attachment(paper)

    def _assemble(self) -> bytes:
        """The file; its identity is drawn from the form and from the kept objects, which hold all data."""
        compiled = self._compiled
        kept = [write_object(number, self._kept[number]) for number in range(1, compiled.first_shared)]
        added = self._book.written
        kept_bytes = b"".join(kept)
        kept_start = len(compiled.body)
        added_start = kept_start + len(kept_bytes)
        count = compiled.first_free + len(added)
        identity = blake2b(kept_bytes, key=compiled.digest, digest_size=16).hexdigest().encode()
        table = (
            b"xref\n0 %d\n0000000000 65535 f \n" % count,
            write_offsets(kept, kept_start),
            compiled.body_offsets,
            write_offsets(added, added_start),
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (
                *(count, compiled.catalogue, INFO),
                *(identity, identity),
                added_start + sum(map(len, added)),
            ),
        )
        return b"".join((compiled.body, kept_bytes, *added, *table))


def _write_page(contents: tuple[int, ...], entries: bytes) -> bytes:
    return b"<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents[%s]/Tabs/S%s>>" % (
        *(PAGES, RESOURCES),
        *(refer(contents), entries),
    )
