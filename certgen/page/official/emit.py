"""A filled blank as bytes: what the blank shows, the values over it, the consignment attached."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from html import escape as escape_xml
from itertools import groupby
from operator import attrgetter

from certgen.forms.paper import Paper
from certgen.page.document import Document, DocumentPage
from certgen.page.fonts.cjk_font import cut_to
from certgen.page.fonts.embedding import QUICK_LEVEL, EmbeddedFont, make_stream
from certgen.page.official.compile import CompiledBlank
from certgen.page.official.kept import KeptFields
from certgen.page.printing.archive import (
    ATTACHMENT_NAME,
    PRODUCER,
    write_attachment,
    write_attachment_entry,
    write_info,
)
from certgen.page.printing.fields import Widget, add_fields, write_form_entry
from certgen.page.printing.notice import draw_notice
from certgen.page.printing.objects import ObjectBook, refer, write_offsets, write_text
from certgen.page.printing.values import ValuesStream

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer>
{date}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def emit_filled(compiled: CompiledBlank, document: Document, paper: Paper) -> bytes:
    """The finished file, not yet read back; raises PageError for a letter that no font has."""
    return _Emission(compiled, document).emit(document, paper)


class _Emission:
    """One certificate on its way to bytes; `_book` holds what comes after the shared objects."""

    def __init__(self, compiled: CompiledBlank, document: Document) -> None:
        self._compiled = compiled
        self._book = ObjectBook(compiled.first_free)
        self._pages, self._resources = self._book.reserve(), self._book.reserve()
        self._fonts: dict[bytes, EmbeddedFont] = {}
        self._widgets: list[Widget] = []
        self._kept = KeptFields(self._book, compiled.kept, document, self._resources)

    def emit(self, document: Document, paper: Paper) -> bytes:
        """Everything in order, with the cross-reference table."""
        numbers = [self._add_page(index, page, document) for index, page in enumerate(document.pages)]
        self._book.set(self._pages, b"<</Type/Pages/Kids[%s]/Count %d>>" % (refer(numbers), len(numbers)))
        self._book.set(self._resources, self._write_resources(document))
        title = f"{document.title} {document.serial}".strip()
        catalogue = self._add_catalogue(title, document.language, paper)
        info = self._book.add(write_info(title, paper.issue.issue_date))
        return self._assemble(catalogue, info)

    def _add_page(self, index: int, page: DocumentPage, document: Document) -> int:
        """The blank's drawing, the notice over it as a tint, then the values."""
        width, height = self._compiled.page_size(page.form_page)
        contents = [self._compiled.contents[page.form_page - 1]] if page.form_page else []
        if document.notice:
            before = self._book.add(make_stream(b"q\n/Tint gs\n"))
            contents += [before, self._book.add(draw_notice(document.notice, width, height))]
            contents.append(self._book.add(make_stream(b"Q\n")))
        number = self._book.reserve()
        page, kept = self._kept.take_page(page, number, height)
        stream = ValuesStream(height, 0)
        _put_values(stream, page)
        self._fonts |= stream.fonts
        contents.append(self._book.add(make_stream(stream.content(), level=QUICK_LEVEL)))
        self._book.set(
            number,
            b"<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents[%s]/MediaBox[0 0 %.2f %.2f]%s>>"
            % (
                *(self._pages, self._resources, refer(contents), width, height),
                kept or (self._add_open_fields(index, number) if index == page.form_page - 1 else b""),
            ),
        )
        return number

    def _add_open_fields(self, index: int, page: int) -> bytes:
        """The fields of a page that others fill: its annotations."""
        if not self._compiled.open_pages:
            return b""
        widgets = add_fields(self._book, self._compiled.open_pages[index], page, len(self._widgets))
        self._widgets += widgets
        return b"/Annots[%s]" % refer([widget.number for widget in widgets])

    def _write_form(self) -> bytes:
        if self._compiled.kept:
            return self._kept.write_form(self._compiled.field_font)
        if not self._widgets:
            return b""
        return b"/AcroForm%s" % write_form_entry(self._widgets, self._compiled.field_font).encode()

    def _write_resources(self, document: Document) -> bytes:
        fonts = dict(self._compiled.fonts)
        self._fonts |= self._kept.fonts
        for name in sorted(self._fonts.keys() - fonts.keys()):
            fonts[name] = self._book.next_number
            for body in cut_to(self._fonts[name], document.pages).objects(fonts[name]):
                self._book.add(body)
        return b"<</Font<<%s>>/XObject<<%s>>/ExtGState<</Tint<</BM/Multiply>>>>>>" % (
            b"".join(b"/%s %d 0 R" % font for font in fonts.items()),
            b"".join(b"/%s %d 0 R" % drawing for drawing in self._compiled.drawings.items()),
        )

    def _add_catalogue(self, title: str, language: str, paper: Paper) -> int:
        entry = self._book.add(write_attachment_entry(self._book.add(write_attachment(paper))))
        attached = f"/Names<</EmbeddedFiles<</Names[({ATTACHMENT_NAME}) {entry} 0 R]>>>>/AF[{entry} 0 R]"
        metadata = self._book.add(_write_metadata(title, paper.issue.issue_date))
        return self._book.add(
            b"<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R/Lang%s/ViewerPreferences<</DisplayDocTitle true>>"
            b"%s%s%s>>"
            % (
                *(self._pages, metadata, write_text(language)),
                *(attached.encode(), self._compiled.layers, self._write_form()),
            )
        )

    def _assemble(self, catalogue: int, info: int) -> bytes:
        compiled, added = self._compiled, self._book.written
        added_bytes, start = b"".join(added), len(compiled.body)
        count = compiled.first_free + len(added)
        identity = blake2b(added_bytes, key=compiled.digest, digest_size=16).hexdigest().encode()
        table = (
            b"xref\n0 %d\n0000000000 65535 f \n" % count,
            compiled.body_offsets,
            write_offsets(added, start),
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (count, catalogue, info, identity, identity, start + len(added_bytes)),
        )
        return b"".join((compiled.body, added_bytes, *table))


def _put_values(stream: ValuesStream, page: DocumentPage) -> None:
    stream.put_strokes(page.strokes)
    stream.begin_text()
    for _, runs in groupby(page.runs, key=attrgetter("box")):
        stream.put_passage(b"P", list(runs))
    stream.end_text()
    for tick in page.ticks:
        stream.put_tick(tick)


def _write_metadata(title: str, day: date | None) -> bytes:
    """The XMP packet; a blank of somebody else's is not declared an archive."""
    created = f"<xmp:CreateDate>{day.isoformat()}T00:00:00Z</xmp:CreateDate>\n" if day else ""
    packet = _PACKET.format(title=escape_xml(title, quote=False), producer=PRODUCER, date=created).encode()
    return b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream" % (len(packet), packet)
