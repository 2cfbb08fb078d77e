"""What a blank shows, copied object by object: looks, fonts, pictures; nothing that acts or is attached."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from certgen.errors import FormError
from certgen.page.printing.objects import ObjectBook

MOST_OBJECTS = 20_000
MOST_BYTES = 40_000_000
_DEEPEST = 60
_NAMED_THINGS = frozenset(
    f"/{key}"
    for key in (
        *("Font", "XObject", "ColorSpace", "Pattern", "Shading", "ExtGState", "Properties"),
        *("CharProcs", "Colorants"),
    )
)
"""Dictionaries whose keys are names that the blank chose, so that a font may be called `/A`."""
_NOT_COPIED = frozenset(
    f"/{key}"
    for key in (
        *("A", "AA", "AF", "Annots", "EF", "JS", "JavaScript", "Launch", "Metadata", "Names", "OPI"),
        *("OpenAction", "Parent", "PieceInfo", "PS", "Ref", "RichMediaContent", "StructParent"),
        *("StructParents", "Thumb", "URI", "Alternates"),
    )
)
_NOT_COPIED_OF_STREAMS = frozenset({"/F", "/FFilter", "/FDecodeParms", "/Length", "/DL"})
_ACTIVE_TYPES = frozenset({"/Action", "/Filespec", "/EmbeddedFile", "/Annot", "/Page", "/Pages", "/Catalog"})


class Copier:
    """Copies objects of a blank into a book, each once, with numbers of the book."""

    def __init__(self, book: ObjectBook) -> None:
        self._book = book
        self._numbers: dict[int, int] = {}
        self._pending: list[tuple[int, Any]] = []
        self._bytes = 0

    def copy(self, value: Any) -> bytes:
        """A value as bytes, with everything that it leads to in the book; raises FormError beyond bounds."""
        written = self._write(value, 0)
        while self._pending:
            number, item = self._pending.pop()
            self._book.set(number, self._write_body(item))
        return written

    def copy_stream(self, stream: Any, entries: bytes) -> int:
        """A stream with these entries before its own; the number of the copy."""
        number = self._book.reserve()
        self._book.set(number, self._write_stream(stream, entries))
        self.copy(None)
        return number

    def _write_body(self, item: Any) -> bytes:
        from pypdf.generic import StreamObject  # noqa: PLC0415  (only official blanks need it)

        if isinstance(item, StreamObject):
            return b"null" if _is_active(item) else self._write_stream(item, b"")
        return self._write(item, 0)

    def _write_stream(self, stream: Any, entries: bytes) -> bytes:
        data: bytes = stream._data  # noqa: SLF001  (as it is in the file, still compressed)
        self._count_bytes(len(data))
        own = self._write_entries(stream, _NOT_COPIED | _NOT_COPIED_OF_STREAMS, 0)
        return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (entries, own, len(data), data)

    def _write(self, value: Any, depth: int, *, is_naming: bool = False) -> bytes:
        from pypdf.generic import IndirectObject  # noqa: PLC0415  (only official blanks need it)

        if depth > _DEEPEST:
            raise FormError("is nested too deeply.")
        if value is None:
            return b"null"
        if isinstance(value, IndirectObject):
            return b"%d 0 R" % self._number(value)
        if isinstance(value, dict):
            if _is_active(value):
                return b"null"
            left_out = frozenset[str]() if is_naming else _NOT_COPIED
            return b"<<%s>>" % self._write_entries(value, left_out, depth)
        if isinstance(value, list):
            return b"[%s]" % b" ".join(self._write(item, depth + 1) for item in value)
        return _write_leaf(value)

    def _write_entries(self, value: Any, left_out: frozenset[str], depth: int) -> bytes:
        entries = []
        for key in value:
            name, item = str(key), value.raw_get(key)
            if name in left_out:
                continue
            is_naming = bool(left_out) and name in _NAMED_THINGS
            written = self._write(item.get_object() if is_naming else item, depth + 1, is_naming=is_naming)
            entries.append(_write_leaf(key) + b" " + written)
        return b"".join(entries)

    def _number(self, reference: Any) -> int:
        key = int(reference.idnum)
        if key not in self._numbers:
            if len(self._numbers) >= MOST_OBJECTS:
                raise FormError(f"is made of more than {MOST_OBJECTS} objects.")
            self._numbers[key] = self._book.reserve()
            self._pending.append((self._numbers[key], reference.get_object()))
        return self._numbers[key]

    def _count_bytes(self, count: int) -> None:
        self._bytes += count
        if self._bytes > MOST_BYTES:
            raise FormError(f"shows more than {MOST_BYTES // 1_000_000} MB.")


def _is_active(value: Any) -> bool:
    """Actions, files and pages, which no look of a page needs; PostScript that a printer would run."""
    return str(value.get("/Type")) in _ACTIVE_TYPES or str(value.get("/Subtype")) == "/PS"


def _write_leaf(value: Any) -> bytes:
    from pypdf.generic import ByteStringObject, TextStringObject  # noqa: PLC0415  (official blanks only)

    if isinstance(value, TextStringObject):
        return b"<%s>" % bytes(value.original_bytes).hex().encode()
    if isinstance(value, ByteStringObject):
        return b"<%s>" % bytes(value).hex().encode()
    buffer = BytesIO()
    value.write_to_stream(buffer)
    return buffer.getvalue()
