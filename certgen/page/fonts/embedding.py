"""The faces as PDF fonts: a fixed subset for each script block, and each face whole for fillable fields.

Every font is compressed once per process. Letters are addressed by two-byte codes, which are the glyph
numbers of the subset; in the `latin` block they are the code points of ISO 8859-1 wherever there is one.
"""

from __future__ import annotations

import zlib
from codecs import utf_16_be_encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise

from certgen.errors import PageError
from certgen.page.document import Face
from certgen.page.fonts.blocks import BLOCKS
from certgen.page.fonts.faces import FontFace, load_face
from certgen.page.fonts.subset import cut_subset, read_tables

FIELD_FONT = b"Field"
OBJECTS_PER_FONT = 5
SHARED_LEVEL = 6
QUICK_LEVEL = 1
"""For what each certificate compresses anew: half the time of level 6, for a seventh more of that part."""
_REMEMBERED = 4000

_ESCAPES = tuple((sign, b"\\%03o" % ord(sign)) for sign in (b"\\", b"(", b")", b"\r"))
_FIRST_FREE_LATIN_CODE = 0x100
_STEM_WIDTHS = {Face.REGULAR: 80, Face.BOLD: 140}
_INITIALS = {Face.REGULAR: "R", Face.BOLD: "B"}


class Codes(dict[int, int]):
    """Code by code point; asking for a letter that is not there is an error, never another letter."""

    def __missing__(self, code_point: int) -> int:
        raise PageError(f"The letter {chr(code_point)!r} (U+{code_point:04X}) is in none of the fonts.")


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedFont:
    """One font as PDF objects: the name pages know it by, its codes by code point, and its parts.

    `holds_ascii` when the codes of ASCII are its own; `is_compact` when its program is in the Compact Font
    Format instead of TrueType. `encode` gives a text as a PDF string of its letters' codes, and remembers
    those asked for last, because most come again.
    """

    resource: bytes
    codes: Codes
    name: str
    widths: str
    descriptor: str
    font_file: bytes
    to_unicode: bytes
    holds_ascii: bool
    is_compact: bool = False
    encode: Callable[[str], bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "encode", lru_cache(maxsize=_REMEMBERED)(self._encode))

    def _encode(self, text: str) -> bytes:
        if self.holds_ascii and text.isascii() and text.isprintable():
            codes, _ = utf_16_be_encode(text)
            if "(" in text or ")" in text or "\\" in text:
                codes = escape(codes)
        else:
            codes = escape(utf_16_be_encode(text.translate(self.codes))[0])
        return b"(%s)" % codes

    def objects(self, first: int) -> tuple[bytes, ...]:
        """The bodies of its objects, numbered from `first`; the first one is the font itself."""
        outlines, kind, name, places = "FontFile2", "CIDFontType2", self.name, "/CIDToGIDMap/Identity"
        if self.is_compact:
            outlines, kind, name, places = "FontFile3", "CIDFontType0", f"{self.name}-Identity-H", ""
        font = (
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{first + 1} 0 R]/ToUnicode {first + 4} 0 R>>"
        )
        descendant = (
            f"<</Type/Font/Subtype/{kind}/BaseFont/{self.name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {first + 2} 0 R{places}/DW 0/W{self.widths}>>"
        )
        descriptor = (
            f"<</Type/FontDescriptor/FontName/{self.name}{self.descriptor}/{outlines} {first + 3} 0 R>>"
        )
        return (font.encode(), descendant.encode(), descriptor.encode(), self.font_file, self.to_unicode)


def escape(string: bytes) -> bytes:
    """What must not stand bare between the parentheses of a PDF string, as octal codes.

    So the first closing parenthesis always ends the string, and reading it back need not look at every byte.
    """
    for bare, octal in _ESCAPES:
        string = string.replace(bare, octal)
    return string


def make_stream(body: bytes, entries: str = "", level: int = SHARED_LEVEL) -> bytes:
    """A stream object, compressed at a level of zlib.

    Its end is two bytes, so that nobody takes a last byte of the stream that is a carriage return for half of
    the end of the line.
    """
    packed = zlib.compress(body, level)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\r\nendstream" % (
        entries.encode(),
        len(packed),
        packed,
    )


@cache
def load_font(face: Face, block: str) -> EmbeddedFont:
    """The subset of a face for one script block."""
    source = load_face(face)
    letters = source.letters_in(block)
    codes = Codes(_block_codes(block, letters))
    order: list[int | None] = [0] + [None] * max(codes.values())
    for letter in letters:
        order[codes[ord(letter)]] = source.glyphs[letter]
    resource = f"{_INITIALS[face]}{list(BLOCKS).index(block)}"
    font = cut_subset(source.font_bytes(), order)
    return _embed(source, resource, codes, font, prefix=subset_tag(font))


@cache
def load_field_font() -> EmbeddedFont:
    """The whole regular face, for what people type into fields."""
    source = load_face(Face.REGULAR)
    codes = Codes({ord(letter): glyph for letter, glyph in source.glyphs.items()})
    return _embed(source, FIELD_FONT.decode(), codes, source.font_bytes(), prefix="")


def _block_codes(block: str, letters: str) -> Iterable[tuple[int, int]]:
    if block != "latin":
        return ((ord(letter), code) for code, letter in enumerate(letters, 1))
    low = [letter for letter in letters if ord(letter) < _FIRST_FREE_LATIN_CODE]
    high = [letter for letter in letters if ord(letter) >= _FIRST_FREE_LATIN_CODE]
    numbered = ((ord(letter), code) for code, letter in enumerate(high, _FIRST_FREE_LATIN_CODE))
    return [*((ord(letter), ord(letter)) for letter in low), *numbered]


def _embed(source: FontFace, resource: str, codes: Codes, font: bytes, prefix: str) -> EmbeddedFont:
    advances = {code: source.advances[chr(code_point)] for code_point, code in codes.items()}
    name = source.path.stem
    return EmbeddedFont(
        resource=resource.encode(),
        codes=codes,
        name=prefix + name,
        widths=write_widths(advances),
        descriptor=_describe(source),
        font_file=make_stream(font, f"/Length1 {len(font)}"),
        to_unicode=make_stream(write_to_unicode(codes)),
        holds_ascii=all(codes.get(code) == code for code in range(0x20, 0x7F)),
    )


def subset_tag(font: bytes) -> str:
    """Six capitals drawn from the subset itself (ISO 32000-1, 9.6.4)."""
    return "".join(chr(ord("A") + byte % 26) for byte in blake2b(font, digest_size=6).digest()) + "+"


def _describe(source: FontFace) -> str:
    head = read_tables(source.font_bytes())["head"]
    bounds = [int.from_bytes(head[at : at + 2], signed=True) for at in (36, 38, 40, 42)]
    stem_width = _STEM_WIDTHS[source.face]
    return write_descriptor(bounds, source.ascent, source.descent, source.cap_height, stem_width)


def write_descriptor(
    bounds: Sequence[int], ascent: int, descent: int, cap_height: int, stem_width: int
) -> str:
    """What a font descriptor says of a face, in thousandths of an em."""
    return (
        f"/Flags 4/FontBBox[{' '.join(map(str, bounds))}]/ItalicAngle 0/Ascent {ascent}"
        f"/Descent {descent}/CapHeight {cap_height}/StemV {stem_width}"
    )


def write_widths(advances: Mapping[int, int]) -> str:
    """The W array; the faces have a thousand units to the em, so advances are what PDF asks for."""
    runs = (f"{run[0]}[{' '.join(str(advances[code]) for code in run)}]" for run in _runs(sorted(advances)))
    return f"[{' '.join(runs)}]"


def _runs(codes: Sequence[int]) -> Iterator[list[int]]:
    """Codes that follow one another, within one high byte."""
    run = [codes[0]]
    for before, code in pairwise(codes):
        if code != before + 1 or code % 256 == 0:
            yield run
            run = []
        run.append(code)
    yield run


def write_to_unicode(codes: Mapping[int, int]) -> bytes:
    """The Unicode map of a font, from its codes by code point."""
    letters: dict[int, int] = {}
    for code_point, code in codes.items():
        letters.setdefault(code, code_point)
    lines = [f"<{code:04X}> <{_utf_16(letters[code])}>" for code in sorted(letters)]
    chunks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar\n" for chunk in chunks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _utf_16(code_point: int) -> str:
    return chr(code_point).encode("utf-16-be").hex().upper()
