"""The records of an old Excel file and the texts in them ([MS-XLS], sections 2.1.4 and 2.5.293)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.limits import MAX_RECORDS, MAX_TEXT_CHARACTERS
from certgen.workbook.formats.package import BOMB, DAMAGED

_CONTINUE = 0x3C
_WIDE, _EXTENDED, _RICH = 0x1, 0x4, 0x8

Record = tuple[int, list[bytes]]
FontRun = tuple[int, int]
"""From which letter of a text on a font holds, and the number of that font."""


class RecordStream:
    """The workbook stream; all walks over it together are bounded, wherever its sheets claim to begin."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._seen = 0

    def records(self, place: int) -> Iterator[Record]:
        """Kind and pieces of each record from here on; a record's continuations are its further pieces."""
        kind, pieces = -1, [b""]
        while place + 4 <= len(self._data):
            next_kind, length = struct.unpack_from("<HH", self._data, place)
            piece = self._data[place + 4 : place + 4 + length]
            place += 4 + length
            self._count()
            if next_kind == _CONTINUE:
                pieces.append(piece)
                continue
            if kind >= 0:
                yield kind, pieces
            kind, pieces = next_kind, [piece]
        yield kind, pieces

    def _count(self) -> None:
        self._seen += 1
        if self._seen > MAX_RECORDS:
            raise UnreadableInputError(BOMB)


class TextReader:
    """Reads texts out of the pieces of one record; a text may run on into the next piece."""

    def __init__(self, pieces: list[bytes], start: int = 0) -> None:
        self._pieces = pieces
        self._index = 0
        self._place = start

    def number(self, form: str) -> int:
        """The next number, in the form that `struct` names."""
        (number,) = struct.unpack(form, self._bytes(struct.calcsize(form)))
        return int(number)

    def text(self, count_form: str = "<H") -> str:
        """The next text, its count of letters in this form; its fonts and readings are skipped."""
        return self.rich_text(count_form)[0]

    def rich_text(self, count_form: str = "<H") -> tuple[str, tuple[FontRun, ...]]:
        """The next text with the fonts of its pieces; readings are skipped."""
        count, flags = self.number(count_form), self.number("<B")
        runs = self.number("<H") if flags & _RICH else 0
        extra = self.number("<I") if flags & _EXTENDED else 0
        text = self._letters(count, is_wide=bool(flags & _WIDE))
        fonts = struct.iter_unpack("<HH", self._bytes(4 * runs)) if runs else ()
        self._skip(extra)
        return text, tuple((int(start), int(font)) for start, font in fonts)

    def _letters(self, count: int, *, is_wide: bool) -> str:
        pieces: list[str] = []
        while True:
            width = 2 if is_wide else 1
            piece = self._pieces[self._index]
            size = min(count, (len(piece) - self._place) // width) * width
            taken = piece[self._place : self._place + size]
            pieces.append(taken.decode("utf-16-le" if is_wide else "latin-1", "replace"))
            self._place += len(taken)
            count -= len(taken) // width
            if not count:
                return "".join(pieces)
            self._next_piece()
            is_wide = bool(self.number("<B") & _WIDE)

    def _bytes(self, count: int) -> bytes:
        found = b""
        while True:
            taken = self._pieces[self._index][self._place : self._place + count - len(found)]
            found += taken
            self._place += len(taken)
            if len(found) == count:
                return found
            self._next_piece()

    def _skip(self, count: int) -> None:
        while count > len(self._pieces[self._index]) - self._place:
            count -= len(self._pieces[self._index]) - self._place
            self._next_piece()
        self._place += count

    def _next_piece(self) -> None:
        self._index += 1
        self._place = 0
        if self._index >= len(self._pieces):
            raise UnreadableInputError(DAMAGED)


def read_shared_texts(pieces: list[bytes]) -> list[tuple[str, tuple[FontRun, ...]]]:
    """The shared strings with the fonts of their pieces.

    The count that the table claims is not believed beyond the bytes that are there.
    """
    reader = TextReader(pieces, start=4)
    count = reader.number("<I")
    if count > min(MAX_RECORDS, sum(map(len, pieces))):
        raise UnreadableInputError(DAMAGED)
    texts: list[tuple[str, tuple[FontRun, ...]]] = []
    total = 0
    for _ in range(count):
        texts.append(reader.rich_text())
        total += len(texts[-1][0])
        if total > MAX_TEXT_CHARACTERS:
            raise UnreadableInputError(BOMB)
    return texts
