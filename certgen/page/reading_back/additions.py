"""What was added to a certificate after it was printed: a seal, and nothing that changes what it shows.

A seal is appended to a PDF as an incremental update (ISO 32000-1, 7.5.6). Such an update can put other pages
in the place of those that were printed, so every object is held against the one that was there.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any

# What a seal changes of the catalogue: the list of fields, the metadata, what the seal proves and allows.
_OF_CATALOGUE = frozenset({"/AcroForm", "/Metadata", "/Perms", "/DSS", "/Extensions", "/Version"})
_NOT_SHOWN = frozenset({"/Metadata", "/XRef", "/ObjStm"})
_OTHER_SIGHT = "it changes what the certificate shows or holds"


def find_beside_seal(kept: bytes, sealed: bytes) -> str:
    """What else than a seal was added to the kept PDF, in words; "" when there is a seal and nothing else.

    Whether the signature itself is sound is for those to say who know its key.
    """
    if not sealed.startswith(kept):
        return "it does not begin with the certificate as it was issued"
    if sealed == kept:
        return "it is the certificate as it was issued, and nothing was added to it"
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        return next(_find_wrong(_read(kept), _read(sealed), len(kept)), "")
    except Exception:  # noqa: BLE001 - a stranger's file breaks the reader anywhere
        return "what was added to it cannot be read"
    finally:
        logger.setLevel(level)


def _read(pdf: bytes) -> Any:
    from pypdf import PdfReader  # noqa: PLC0415 - only where a certificate is sealed

    return PdfReader(BytesIO(pdf), strict=True)


def _find_wrong(kept: Any, sealed: Any, kept_bytes: int) -> Iterator[str]:
    if not any(_covers(field, kept_bytes) for field in _fields(sealed)):
        yield "it holds no signature that covers the certificate"
    if "/XFA" in _form(sealed):
        yield "it holds a form of another kind, which is shown in the place of its pages"
    settled = _numbers_that_may_change(kept)
    for number in sorted({*kept.xref.get(0, {}), *kept.xref_objStm} - settled - {0}):
        if _plain(_object(kept, number)) != _plain(_object(sealed, number)):
            yield _OTHER_SIGHT
    if _plain(kept.root_object, _OF_CATALOGUE) != _plain(sealed.root_object, _OF_CATALOGUE):
        yield _OTHER_SIGHT
    for before, after in zip(kept.pages, sealed.pages, strict=True):
        if _plain(before, {"/Annots"}) != _plain(after, {"/Annots"}) or not _only_seals_added(before, after):
            yield _OTHER_SIGHT


def _numbers_that_may_change(kept: Any) -> set[int]:
    """Objects that are looked at in their own way, or that nobody sees."""
    references = [
        *(dict.get(kept.trailer, name) for name in ("/Root", "/Info")),
        dict.get(kept.root_object, "/AcroForm"),
        *(page.indirect_reference for page in kept.pages),
        *(dict.get(page, "/Annots") for page in kept.pages),
    ]
    numbers = {item.idnum for item in references if hasattr(item, "idnum")}
    return numbers | {number for number in kept.xref.get(0, {}) if _kind(kept, number) in _NOT_SHOWN}


def _kind(pdf: Any, number: int) -> str:
    found = _object(pdf, number)
    return str(found.get("/Type", "")) if isinstance(found, dict) else ""


def _object(pdf: Any, number: int) -> Any:
    """An object by its number; None for one that is free."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415 - only where a certificate is sealed

    return pdf.get_object(IndirectObject(number, 0, pdf)) if number else None


def _plain(found: Any, without: Collection[str] = ()) -> Any:
    """The object as it is written, with its stream; references stay references."""
    if isinstance(found, dict):
        entries = {name: _written(value) for name, value in dict.items(found) if name not in without}
        return entries, getattr(found, "_data", b"")
    return None if found is None else _written(found)


def _written(value: Any) -> bytes:
    stream = BytesIO()
    value.write_to_stream(stream)
    return stream.getvalue()


def _form(pdf: Any) -> Any:
    return pdf.root_object.get("/AcroForm", {})


def _fields(pdf: Any) -> Iterator[Any]:
    for field in _form(pdf).get("/Fields", ()):
        yield field.get_object()
        yield from (kid.get_object() for kid in field.get_object().get("/Kids", ()))


def _covers(field: Any, kept_bytes: int) -> bool:
    """Whether this is a signature over everything that the certificate consists of (`/ByteRange`)."""
    value = field.get("/V") if field.get("/FT") == "/Sig" else None
    signed = [int(number) for number in value.get("/ByteRange", ())] if value else []
    return len(signed) == 4 and signed[0] == 0 and signed[1] >= kept_bytes


def _only_seals_added(before: Any, after: Any) -> bool:
    """Whether a page has the fields and notes that it had, and beside them at most fields of signatures."""
    had, has = ([item.idnum for item in page.get("/Annots", ())] for page in (before, after))
    added = [item.get_object() for item in list(after.get("/Annots", ()))[len(had) :]]
    kinds = {(item.get("/Subtype"), item.get("/FT")) for item in added}
    return has[: len(had)] == had and kinds <= {("/Widget", "/Sig")}
