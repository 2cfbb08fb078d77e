"""How the fonts of a finished file spell what it prints: codes as letters with their widths."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from certgen.errors import PageError

_ESCAPED = re.compile(rb"\\(.{0,3})", re.DOTALL)
_ESCAPES = {b"134": b"\\", b"050": b"(", b"051": b")", b"015": b"\r"}
_BETWEEN = "\ufffd"
_BETWEEN_BYTES = _BETWEEN.encode("utf-16-be")
_REMEMBERED = 4000
_PRINTABLE_ASCII = range(0x20, 0x7F)


@dataclass(frozen=True, slots=True)
class PrintedFont:
    """How a font spells its codes, and how wide they are in ems.

    `spells_ascii` when its map says that the codes of ASCII stand for themselves. `read` gives what codes say
    and their advance, and remembers those asked for last; it raises LookupError for a code without a width.
    """

    letters: dict[int, str]
    widths: dict[str, float]
    spells_ascii: bool
    read: Callable[[str], tuple[str, float]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "read", lru_cache(maxsize=_REMEMBERED)(self._read))

    def _read(self, codes: str) -> tuple[str, float]:
        text = codes if self.spells_ascii and codes.isascii() else codes.translate(self.letters)
        return text, sum(map(self.widths.__getitem__, codes))


class _Missing(dict[int, str]):
    """Letters by code; a code without a letter is an error, not a guess."""

    def __missing__(self, code: int) -> str:
        raise PageError(f"A glyph was printed (code {code}) that its font has no letter for.")


def decode(strings: Sequence[bytes]) -> list[str]:
    """The codes of PDF strings, all at once; raises PageError for what others might read otherwise."""
    joined = _BETWEEN_BYTES.join(strings)
    if b"(" in joined or b"\r" in joined:
        raise PageError("A string of the finished file holds a bare sign that must be escaped.")
    if b"\\" in joined:
        joined = _ESCAPED.sub(lambda match: _ESCAPES[match.group(1)], joined)
    codes = joined.decode("utf-16-be").split(_BETWEEN)
    if len(codes) != len(strings):
        raise PageError("A string of the finished file holds a code that no font has.")
    return codes


@lru_cache(maxsize=64)
def read_font(to_unicode: bytes, widths: bytes) -> PrintedFont:
    """A font from its Unicode map (as it is in the file) and its W array; the same bytes, the same font."""
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]{4}|[0-9A-F]{8})>\n", zlib.decompress(to_unicode))
    letters = _Missing({int(code, 16): _spelt(letter) for code, letter in pairs})
    found: dict[str, float] = {}
    for first, row in re.findall(rb"(\d+)\[([\d ]+)\]", widths):
        for code, width in enumerate(row.split(), int(first)):
            found[chr(code)] = int(width) / 1000
    return PrintedFont(letters, found, all(letters.get(code) == chr(code) for code in _PRINTABLE_ASCII))


def _spelt(letter: bytes) -> str:
    """A letter of a Unicode map, which is written in UTF-16."""
    return bytes.fromhex(letter.decode("ascii")).decode("utf-16-be")
