"""What a finished file really says: its bytes followed from the trailer to every letter and mark on a page.

Nothing here knows how the file was made in memory. It reads the kind of file that certgen writes (a classic
cross-reference table, a values stream last on each page) and refuses whatever it does not recognise.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress, count, pairwise

from certgen.errors import PageError
from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.reading_back.printed_fonts import PrintedFont, decode, read_font

_TEXT = re.compile(
    rb"1 0 0 1 ([^ ]++) ([^ ]++) Tm(?:/\w++<</(?:MCID \d++|Type/Pagination)>>BDC)?+"
    rb"(?:/(\w++) ([\d.]++) Tf)?+\(([^)]*+)\)Tj\n((?:/\w++ [\d.]++ Tf\([^)]*+\)Tj\n)*+)(?:EMC\n)?+"
)
"""A text: its place, its font and size where they change, its string, its strings in further fonts."""
_FURTHER = re.compile(rb"/(\w+) ([\d.]+) Tf\(([^)]*)\)Tj\n")
_NUMBER = re.compile(rb"-?\d++\.\d++")
_POINT = rb"[-\d.]++ [-\d.]++ "
_WORDLESS = re.compile(
    rb"(?:[\d.]++ w (?:%(p)sm %(p)sl ){1,2}S\n|/\w++(?:<</MCID \d++>>BDC| BMC)\n|EMC\n|BT\n|ET\n"
    rb"|[\d. ]++(?:rg|RG)\n)*+" % {b"p": _POINT}
)
"""What may stand between texts, line by line: rules, ticks, colours, the beginnings and ends of marks."""
_START = re.compile(rb"startxref\n(\d+)\n%%EOF")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_HEIGHT = re.compile(rb"/MediaBox\[0 0 [\d.]+ ([\d.]+)\]")
_RESOURCES = re.compile(rb"/Resources (\d+) 0 R")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_WIDTHS = re.compile(rb"/W\[(.*)\]", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)>>")
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")
_LOOKS = re.compile(rb"/Tabs/R/Annots\[([^\]]*)\]")
"""The fields of a blank that keeps them: they hold what other pages print."""
_LOOK = re.compile(rb"/AP<</N (\d+) 0 R>>")
_STATE = re.compile(rb"/AS(/[^/<>\[\]() ]+)")
_CONTENTS = re.compile(rb"/Contents\[([^\]]*)\]")
_DESCENDANTS = re.compile(rb"/DescendantFonts\[([^\]]*)\]")
_HEADER = re.compile(rb"xref\n0 (\d+)\n")
_FONT_NAME = re.compile(rb"/(\w+) (\d+) 0 R")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_LINES_OF_A_CROSS = 2
_XREF_LINE = 20
_REMEMBERED = 1000


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


def read_pages(pdf: bytes) -> list[PrintedPage]:
    """Every page in order; raises PageError for whatever cannot be followed or read."""
    try:
        return _File(pdf).read_pages()
    except (ValueError, LookupError, zlib.error) as error:
        raise PageError(f"The finished file cannot be read back: {error}.") from error


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
        printed = _Reading(fonts, height).read(values)
        looks = _LOOKS.search(page)
        for number in _REFERENCE.findall(looks.group(1)) if looks else ():
            self._read_look(self._object(int(number)), height, printed)
        return printed

    def _read_look(self, widget: bytes, height: float, printed: PrintedPage) -> None:
        """Add what a field shows to what its page prints: looks are drawn in the points of the page."""
        look, state = _LOOK.search(widget), _STATE.search(widget)
        if look is None and state is not None:
            look = re.search(re.escape(state.group(1)) + rb" (\d+) 0 R", widget)
        if look is None:
            raise PageError("A field of the finished file has no look.")
        number = int(look.group(1))
        fonts = self._read_fonts(_find_number(_RESOURCES, self._object(number)))
        said = _Reading(fonts, height).read(self._stream(number))
        printed.runs.extend(said.runs)
        printed.marks.extend(said.marks)

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
        return read_font(to_unicode, _find(_WIDTHS, descendant))

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
        if not self._pdf.startswith(b"\r\nendstream", begin + length):
            raise PageError(f"Stream {number} of the finished file does not end where it says.")
        return self._pdf[begin : begin + length]

    def _stream(self, number: int) -> bytes:
        return zlib.decompress(self._packed(number))


class _Places(dict[bytes, float]):
    """Numbers of the file, which are points, in mm; remembered, because columns and lines come again."""

    def __missing__(self, points: bytes) -> float:
        if _NUMBER.fullmatch(points) is None:
            raise PageError(f"A text of the finished file stands at {points!r}, which is no place.")
        if len(self) >= _REMEMBERED:
            self.clear()
        self[points] = float(points) * MM_PER_PT
        return self[points]


_PLACES_MM = _Places()


class _Reading:
    """The values stream of one page: texts, and between them what says nothing."""

    def __init__(self, fonts: dict[bytes, PrintedFont], height_pt: float) -> None:
        self._fonts = fonts
        self._height_mm = height_pt * MM_PER_PT

    def read(self, values: bytes) -> PrintedPage:
        """Texts and marks; together with what is between them they must be the whole stream."""
        parts = _TEXT.split(values)
        crosses = chain.from_iterable(map(_find_crosses, filter(None, parts[0::7])))
        marks = list(map(self._read_mark, crosses))
        return PrintedPage(self._read_texts(*(parts[column::7] for column in range(1, 7))), marks)

    def _read_texts(
        self,
        across: list[bytes],
        up: list[bytes],
        names: list[bytes | None],
        sizes: list[bytes],
        strings: list[bytes],
        further: list[bytes],
    ) -> list[PrintedRun]:
        """The texts of a page in columns, taken together as long as one font is set."""
        if names[:1] == [None]:
            raise PageError("A text was printed before any font was set.")
        runs: list[PrintedRun] = []
        codes = decode(strings) if strings else []
        set_at = [(start, name) for start, name in enumerate(names) if name]
        for (start, name), (end, _) in pairwise([*set_at, (len(names), b"")]):
            spelt = map(self._font(name).read, codes[start:end])
            runs += self._place(spelt, across[start:end], up[start:end], float(sizes[start]) * MM_PER_PT)
        for number in compress(count(), further):
            if names[number + 1 : number + 2] == [None]:
                raise PageError("After a text in several fonts no font was set.")
            runs[number] = self._lengthen(runs[number], further[number])
        return runs

    def _place(
        self, spelt: Iterable[tuple[str, float]], across: list[bytes], up: list[bytes], size_mm: float
    ) -> Iterator[PrintedRun]:
        """Texts of one font and size where they stand; those of a row stand at one height."""
        last_y, baseline, find_mm = b"", 0.0, _PLACES_MM.__getitem__
        for (text, width), left, y in zip(spelt, map(find_mm, across), up, strict=True):
            if y != last_y:
                last_y, baseline = y, self._height_mm - find_mm(y)
            yield text, baseline, left, left + width * size_mm, size_mm

    def _lengthen(self, run: PrintedRun, further: bytes) -> PrintedRun:
        """A line with what follows on it in other fonts."""
        text, baseline, left, right, size_mm = run
        for name, size, string in _FURTHER.findall(further):
            more, width = self._font(name).read(*decode([string]))
            text, right = text + more, right + width * float(size) * MM_PER_PT
        return text, baseline, left, right, size_mm

    def _read_mark(self, path: bytes) -> PrintedMark:
        corners = [float(number) * MM_PER_PT for number in path.split()[2:-1] if number not in b"ml"]
        across, down = corners[0::2], [self._height_mm - y for y in corners[1::2]]
        return PrintedMark(min(across), min(down), max(across), max(down))

    def _font(self, name: bytes) -> PrintedFont:
        if name not in self._fonts:
            raise PageError(f"The page uses a font {name.decode('latin-1')} that it does not name.")
        return self._fonts[name]


@lru_cache(maxsize=_REMEMBERED)
def _find_crosses(wordless: bytes) -> list[bytes]:
    """The lines that draw crosses, in what stands between texts; remembered, because rules come again.

    Raises PageError for what certgen does not write.
    """
    if _WORDLESS.fullmatch(wordless) is None:
        raise PageError("The values stream of a page holds something that certgen does not write.")
    return [line for line in wordless.split(b"\n") if line.count(b"m") == _LINES_OF_A_CROSS]


def _find(pattern: re.Pattern[bytes], body: bytes) -> bytes:
    match = pattern.search(body)
    if match is None:
        raise PageError(f"The finished file lacks {pattern.pattern.decode('latin-1')}.")
    return match.group(1)


def _find_number(pattern: re.Pattern[bytes], body: bytes) -> int:
    return int(_find(pattern, body))


def _find_references(pattern: re.Pattern[bytes], body: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(_find(pattern, body))]
