"""Several finished certificates in one file, for printing them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any


def merge_pdfs(sources: Sequence[Path]) -> bytes:
    """The pages of all sources in order, in one PDF; the same sources give the same bytes.

    The merged file is for the printer: it carries the pages as they look, not the attachments and fields.
    What stands in fields is drawn on their pages, since viewers pass over fields that no form names.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only for this command

    writer = PdfWriter()
    pages = (page for source in sources for page in PdfReader(source).pages)
    for number, page in enumerate(pages, 1):
        _draw_fields(writer, writer.add_page(page), number)
    writer.compress_identical_objects()
    merged = BytesIO()
    writer.write(merged)
    return merged.getvalue()


def _draw_fields(writer: Any, page: Any, page_number: int) -> None:
    """Put the looks of a page's fields into what it draws, and take the fields away."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject  # noqa: PLC0415 - see above

    drawings = DictionaryObject()
    operators = b""
    for number, (look, across, up) in enumerate(_looks(page)):
        name = f"/Field-{page_number}-{number}"
        drawings[NameObject(name)] = look.indirect_reference
        operators += b"q 1 0 0 1 %.2f %.2f cm %s Do Q\n" % (across, up, name.encode())
    page.pop("/Annots", None)
    if operators:
        resources = page["/Resources"].get_object()
        known = resources.get("/XObject", DictionaryObject()).get_object()
        resources[NameObject("/XObject")] = DictionaryObject({**known, **drawings})
        stream = DecodedStreamObject()
        stream.set_data(operators)
        page["/Contents"].get_object().append(writer._add_object(stream))  # noqa: SLF001 - no other way in


def _looks(page: Any) -> Iterator[tuple[Any, float, float]]:
    """What the fields of a page show, each with how far it is moved to its place."""
    for reference in page.get("/Annots", ()):
        widget = reference.get_object()
        if "/AP" not in widget:
            continue
        look = widget["/AP"]["/N"].get_object()
        if "/AS" in widget:
            look = look[widget["/AS"]].get_object()
        box, place = look["/BBox"], widget["/Rect"]
        yield look, float(place[0]) - float(box[0]), float(place[1]) - float(box[1])
