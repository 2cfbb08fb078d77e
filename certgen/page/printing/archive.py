"""What makes the file an archive: metadata, output intent and the consignment attached as JSON (PDF/A-3)."""

from __future__ import annotations

from datetime import date
from html import escape as escape_xml

from certgen import __version__
from certgen.forms.paper import Paper
from certgen.page.fonts.embedding import QUICK_LEVEL, make_stream
from certgen.page.printing.data_json import write_json
from certgen.page.printing.objects import write_text

ATTACHMENT_NAME = "consignment.json"
ATTACHMENT_FORMAT = 1
PRODUCER = f"certgen {__version__}"
_PRODUCER = write_text(PRODUCER)

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%(title)b</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>%(language)b</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>%(producer)b</pdf:Producer>
%(dates)b<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""".encode()
_DATES = (
    b"<xmp:CreateDate>%(day)bT00:00:00Z</xmp:CreateDate>\n"
    b"<xmp:ModifyDate>%(day)bT00:00:00Z</xmp:ModifyDate>\n"
)


def write_metadata(title: str, language: str, day: date | None) -> bytes:
    """The XMP packet, not compressed, so that any tool can find it."""
    packet = _PACKET % {
        b"title": escape_xml(title, quote=False).encode(),
        b"language": escape_xml(language, quote=False).encode(),
        b"producer": PRODUCER.encode(),
        b"dates": _DATES % {b"day": day.isoformat().encode()} if day else b"",
    }
    return b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream" % (len(packet), packet)


def write_info(title: str, day: date | None) -> bytes:
    """The document information dictionary, saying what the metadata say."""
    dates = b"/CreationDate%s/ModDate%s" % (write_date(day), write_date(day)) if day else b""
    return b"<</Title%s/Producer%s%s>>" % (write_text(title), _PRODUCER, dates)


def write_date(day: date) -> bytes:
    """A day as a PDF date at midnight."""
    return b"(D:%04d%02d%02d000000Z)" % (day.year, day.month, day.day)


def write_attachment(paper: Paper) -> bytes:
    """The attached JSON file: what was certified, as data."""
    day = paper.issue.issue_date
    modified = b"/ModDate%s" % write_date(day) if day else b""
    data = describe_certificate(paper).encode()
    entries = b"/Type/EmbeddedFile/Subtype/application#2Fjson/Params<</Size %d%s>>" % (len(data), modified)
    return make_stream(data, entries.decode("ascii"), QUICK_LEVEL)


def write_attachment_entry(attachment: int) -> bytes:
    """The file specification that names the attached JSON file."""
    return b"<</Type/Filespec/F%s/UF%s/AFRelationship/Data/EF<</F %d 0 R/UF %d 0 R>>/Desc%s>>" % (
        write_text(ATTACHMENT_NAME),
        write_text(ATTACHMENT_NAME),
        attachment,
        attachment,
        write_text("The consignment as data"),
    )


def describe_certificate(paper: Paper) -> str:
    """The certificate as JSON: form, issue, and the consignment as `consignment.as_plain` gives it."""
    issue = paper.issue
    certificate = {
        "format": ATTACHMENT_FORMAT,
        "form": paper.form.id,
        "edition": paper.edition.id,
        "variant": paper.variant.name if paper.variant else "",
        "serial": issue.serial,
        "issue_date": issue.issue_date,
        "issuer": issue.issuer,
        "signatory": issue.signatory,
        "is_draft": issue.is_draft,
        **({"is_copy": True} if issue.is_copy else {}),
        "consignment": paper.consignment,
    }
    return write_json(certificate)
