"""The face of the `cjk` extra as a PDF font: each document embeds just the letters that it prints.

A letter's two-byte code is its own code point; letters beyond the first plane have codes from the private use
area. So codes depend on no document, and a text is encoded before it is known what else the document says.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from certgen.page.document import DocumentPage, Face, StaticPage
from certgen.page.fonts.cff import write_cff
from certgen.page.fonts.cjk_face import load_cjk_face
from certgen.page.fonts.embedding import (
    Codes,
    EmbeddedFont,
    make_stream,
    subset_tag,
    write_descriptor,
    write_to_unicode,
    write_widths,
)
from certgen.page.fonts.faces import load_face

RESOURCE = b"C"
_NAME = "NotoSansCJKjp-Regular"
_FIRST_PRIVATE = 0xE000
_FIRST_BEYOND = 0x10000
_STEM_WIDTH = 80


@cache
def load_cjk_font() -> EmbeddedFont:
    """What texts are encoded with; `cut_to` has it cut down before a document embeds it."""
    return _font(_codes(), "", "", b"", b"")


def cut_to(font: EmbeddedFont, pages: Iterable[DocumentPage | StaticPage]) -> EmbeddedFont:
    """A font as a document of these pages embeds it: that of the `cjk` extra cut down to their letters."""
    if font.resource != RESOURCE:
        return font
    printed = set().union(*(run.text for page in pages for run in page.runs))
    borrowed = (printed & load_cjk_face().advances.keys()) - load_face(Face.REGULAR).glyphs.keys()
    return cut_to_letters("".join(sorted(borrowed)))


@lru_cache(maxsize=100)
def cut_to_letters(letters: str) -> EmbeddedFont:
    """The face with these letters alone; most certificates of an exporter have the same."""
    face = load_cjk_face()
    codes = {letter: _codes()[ord(letter)] for letter in letters}
    charstrings = {code: _charstring(letter) for letter, code in codes.items()}
    program = write_cff(_NAME, charstrings, face.bounds)
    return _font(
        Codes({ord(letter): code for letter, code in codes.items()}),
        prefix=subset_tag(program),
        widths=write_widths({code: face.advances[letter] for letter, code in codes.items()}),
        font_file=make_stream(program, "/Subtype/CIDFontType0C"),
        to_unicode=make_stream(write_to_unicode({ord(letter): code for letter, code in codes.items()})),
    )


def _font(codes: Codes, prefix: str, widths: str, font_file: bytes, to_unicode: bytes) -> EmbeddedFont:
    face = load_cjk_face()
    return EmbeddedFont(
        resource=RESOURCE,
        codes=codes,
        name=prefix + _NAME,
        widths=widths,
        descriptor=write_descriptor(face.bounds, face.ascent, face.descent, face.cap_height, _STEM_WIDTH),
        font_file=font_file,
        to_unicode=to_unicode,
        holds_ascii=False,
        is_compact=True,
    )


@cache
def _codes() -> Codes:
    letters = sorted(load_cjk_face().advances)
    beyond = [letter for letter in letters if ord(letter) >= _FIRST_BEYOND]
    codes = {ord(letter): ord(letter) for letter in letters if ord(letter) < _FIRST_BEYOND}
    return Codes(codes | {ord(letter): code for code, letter in enumerate(beyond, _FIRST_PRIVATE)})


@cache
def _charstring(letter: str) -> bytes:
    return load_cjk_face().charstring(letter)
