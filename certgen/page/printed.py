"""What a finished file really says: its bytes followed from the trailer to every letter and mark on a page.

Nothing here knows how the file was made in memory. It reads the kind of file that certgen writes (a classic
cross-reference table, a values stream last on each page) and refuses whatever it does not recognise.
"""

from __future__ import annotations

import re
import zlib
from codecs import utf_16_be_decode
from dataclasses import dataclass, field
from functools import lru_cache

from certgen.errors import PageError
from certgen.page.fonts import MM_PER_PT

_PLACE = rb"(-?[\d.]+) (-?[\d.]+)"
_STRING = rb"\(([^\\()]*(?:\\.[^\\()]*)*)\)"
_POINT = rb"[-\d.]+ [-\d.]+"
_STATEMENT = re.compile(
    rb"((?:/\w+<</MCID \d+>>BDC\n)?(?:1 0 0 1 %(place)s Tm\n?)?(?:/(\w+) ([\d.]+) Tf)?%(string)sTj\n"
    rb"(?:EMC\n)?|[\d.]+ w (%(point)s m %(point)s l %(point)s m %(point)s l) S\n"
    rb"|(?:[\d.]+ w %(point)s m %(point)s l S\n"
    rb"|/\w+(?:<</(?:MCID \d+|Type/Pagination)>>BDC| BMC)\n|EMC\n|BT\n|ET\n|[\d. ]+ (?:rg|RG)\n)+)"
    % {b"place": _PLACE, b"string": _STRING, b"point": _POINT},
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_START = re.compile(rb"startxref\n(\d+)\n%%EOF")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_HEIGHT = re.compile(rb"/MediaBox\[0 0 [\d.]+ ([\d.]+)\]")
_RESOURCES = re.compile(rb"/Resources (\d+) 0 R")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_WIDTHS = re.compile(rb"/W\[(.*)\]", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)>>")
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")
_CONTENTS = re.compile(rb"/Contents\[([^\]]*)\]")
_DESCENDANTS = re.compile(rb"/DescendantFonts\[([^\]]*)\]")
_HEADER = re.compile(rb"xref\n0 (\d+)\n")
_FONT_NAME = re.compile(rb"/(\w+) (\d+) 0 R")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_XREF_LINE = 20
_REMEMBERED = 1000
_PRINTABLE_ASCII = range(0x20, 0x7F)


PrintedRun = tuple[str, float, float, float, float]
"""A line of text as its font spells it; its baseline, left and right ends in mm from the top left of its
page; its size in mm."""


@dataclass(frozen=True, slots=True)
class PrintedMark:
    """The bounding box of a drawn mark, in mm from the top left."""

    left_mm: float
    top_mm: float
    right_mm: float
    bottom_mm: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """All that the values stream of a page prints."""

    runs: list[PrintedRun]
    marks: list[PrintedMark]


@dataclass(frozen=True, slots=True)
class PrintedFont:
    """How a font spells its codes, and how wide they are in ems; `known` remembers strings it has spelt.

    `spells_ascii` when its map says that the codes of ASCII stand for themselves.
    """

    letters: dict[int, str]
    widths: dict[str, float]
    spells_ascii: bool
    known: dict[bytes, tuple[str, float]] = field(default_factory=dict)

    def spell(self, string: bytes) -> tuple[str, float]:
        """The text of a PDF string, and its advance in ems."""
        codes, _ = utf_16_be_decode(_unescape(string), "strict", True)  # noqa: FBT003  (no keyword there)
        is_plain = self.spells_ascii and codes.isascii() and codes.isprintable()
        text = codes if is_plain else codes.translate(self.letters)
        found = text, sum(map(self.widths.__getitem__, codes))
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[string] = found
        return found


def read_pages(pdf: bytes) -> list[PrintedPage]:
    """Every page in order; raises PageError for whatever cannot be followed or read."""
    try:
        return _File(pdf).read_pages()
    except (ValueError, LookupError, zlib.error) as error:
        raise PageError(f"The finished file cannot be read back: {error}.") from error


class _Missing(dict[int, str]):
    """Letters by code; a code without a letter is an error, not a guess."""

    def __missing__(self, code: int) -> str:
        raise PageError(f"A glyph was printed (code {code}) that its font has no letter for.")


class _File:
    """A file followed by its own cross-reference table."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        tail = pdf[-2048:]
        self._table = _find_number(_START, tail)
        header = _HEADER.match(pdf, self._table)
        if header is None:
            raise PageError("The finished file has no cross-reference table where it says so.")
        self._entries = header.end()
        self._count = int(header.group(1))
        self._root = _find_number(_ROOT, tail)
        self._fonts: dict[int, dict[bytes, PrintedFont]] = {}

    def read_pages(self) -> list[PrintedPage]:
        pages = self._object(_find_number(_PAGES, self._object(self._root)))
        return [self._read_page(self._object(number)) for number in _find_references(_KIDS, pages)]

    def _read_page(self, page: bytes) -> PrintedPage:
        fonts = self._read_fonts(_find_number(_RESOURCES, page))
        height = float(_find(_HEIGHT, page))
        values = self._stream(_find_references(_CONTENTS, page)[-1])
        return _Reading(fonts, height).read(values)

    def _read_fonts(self, resources: int) -> dict[bytes, PrintedFont]:
        """The fonts of a page by name; pages that share their resources share them."""
        if resources not in self._fonts:
            names = _FONT_NAME.findall(self._object(resources))
            self._fonts[resources] = {name: self._read_font(int(number)) for name, number in names}
        return self._fonts[resources]

    def _read_font(self, number: int) -> PrintedFont:
        font = self._object(number)
        descendant = self._object(_find_references(_DESCENDANTS, font)[0])
        to_unicode = self._packed(_find_number(_TO_UNICODE, font))
        return _read_font(to_unicode, _find(_WIDTHS, descendant))

    def _object(self, number: int) -> bytes:
        pdf = self._pdf
        start = self._start(number)
        return pdf[start : pdf.index(b"\nendobj\n", start)]

    def _start(self, number: int) -> int:
        entry = self._entries + _XREF_LINE * number
        if not 0 < number < self._count or self._pdf[entry + 17 : entry + 18] != b"n":
            raise PageError(f"Object {number} of the finished file is not in its cross-reference table.")
        place, title = int(self._pdf[entry : entry + 10]), b"%d 0 obj\n" % number
        if not self._pdf.startswith(title, place):
            raise PageError(f"Object {number} of the finished file is not where the table says.")
        return place + len(title)

    def _packed(self, number: int) -> bytes:
        """The bytes of a stream, still compressed."""
        start = self._start(number)
        begin = self._pdf.index(b"stream\n", start)
        length = _find_number(_LENGTH, self._pdf[start:begin])
        begin += len(b"stream\n")
        if not self._pdf.startswith(b"\nendstream", begin + length):
            raise PageError(f"Stream {number} of the finished file does not end where it says.")
        return self._pdf[begin : begin + length]

    def _stream(self, number: int) -> bytes:
        return zlib.decompress(self._packed(number))


class _Reading:
    """The values stream of one page, statement by statement."""

    def __init__(self, fonts: dict[bytes, PrintedFont], height_pt: float) -> None:
        self._fonts = fonts
        self._height_mm = height_pt * MM_PER_PT
        self._page = PrintedPage([], [])

    def read(self, values: bytes) -> PrintedPage:
        """Every statement in turn; together they must be the whole stream."""
        font, size_mm, read = None, 0.0, 0
        put, height_mm = self._page.runs.append, self._height_mm
        last_y, baseline = b"", 0.0
        for statement, x, y, name, size, string, mark in _STATEMENT.findall(values):
            read += len(statement)
            if mark:
                self._add_mark(mark)
            if not string:
                continue
            if name:
                font, size_mm = self._font(name), float(size) * MM_PER_PT
            if font is None:
                raise PageError("A text was printed before any font was set.")
            text, width = font.known.get(string) or font.spell(string)
            if x:
                left = float(x) * MM_PER_PT
                if y != last_y:
                    last_y, baseline = y, height_mm - float(y) * MM_PER_PT
                put((text, baseline, left, left + width * size_mm, size_mm))
            else:
                before, _, left, right, _ = self._page.runs.pop()
                put((before + text, baseline, left, right + width * size_mm, size_mm))
        if read != len(values):
            raise PageError("The values stream of a page holds something that certgen does not write.")
        return self._page

    def _add_mark(self, path: bytes) -> None:
        corners = [float(number) * MM_PER_PT for number in path.split() if number not in b"ml"]
        across, down = corners[0::2], [self._height_mm - y for y in corners[1::2]]
        self._page.marks.append(PrintedMark(min(across), min(down), max(across), max(down)))

    def _font(self, name: bytes) -> PrintedFont:
        if name not in self._fonts:
            raise PageError(f"The page uses a font {name.decode('latin-1')} that it does not name.")
        return self._fonts[name]


def _unescape(string: bytes) -> bytes:
    if b"\\" not in string:
        return string
    return _ESCAPED.sub(lambda match: b"\r" if match.group(1) == b"r" else match.group(1), string)


@lru_cache(maxsize=64)
def _read_font(to_unicode: bytes, widths: bytes) -> PrintedFont:
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


def _find(pattern: re.Pattern[bytes], body: bytes) -> bytes:
    match = pattern.search(body)
    if match is None:
        raise PageError(f"The finished file lacks {pattern.pattern.decode('latin-1')}.")
    return match.group(1)


def _find_number(pattern: re.Pattern[bytes], body: bytes) -> int:
    return int(_find(pattern, body))


def _find_references(pattern: re.Pattern[bytes], body: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(_find(pattern, body))]
