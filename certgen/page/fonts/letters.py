"""Which letters may be printed: a text is composed, its spaces made plain, and what no font has is told.

A letter that cannot be printed is never left out or replaced. Only characters that mean nothing to the eye
(zero-width spaces, soft hyphens) are left out, and that is told too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from certgen.page.document import Face
from certgen.page.fonts.blocks import is_cjk
from certgen.page.fonts.cjk_face import load_cjk_face
from certgen.page.fonts.faces import find_missing, load_face

NEEDS_EXTRA = "CG605"
"""The code of the finding that tells of a letter which the `cjk` extra would bring."""
_LINE_ENDS = "\r\v\f\x85\u2028\u2029"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_VARIANTS = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_CHOOSES_A_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BLANK_LINES = re.compile("\n{3,}")
_PLAIN = {ord(sign): "\n" for sign in _LINE_ENDS} | {ord(sign): " " for sign in _SPACES}
_PLAIN_AND_BARE = _PLAIN | {ord(sign): "" for sign in _NOTHING}


class Printable(NamedTuple):
    """A text as it will be printed; `refused` letters no font has, `left_out` ones the eye does not miss."""

    text: str
    refused: str = ""
    left_out: str = ""

    @property
    def is_plain(self) -> bool:
        return not (self.refused or self.left_out)


def make_printable(text: str) -> Printable:
    """Compose a text (NFC), make its line ends and spaces plain, and say which letters cannot be printed."""
    if is_printable(text):
        return Printable(trim(text))
    composed = compose(text.replace("\r\n", "\n").translate(_PLAIN_AND_BARE))
    left_out = "".join(sign for sign in _NOTHING if sign in text)
    refused = find_missing(composed.replace("\n", ""))
    return Printable(trim(composed), refused, left_out)


def compose(text: str) -> str:
    """The text in composed letters (NFC), save that a variant of a Chinese letter stays that variant.

    NFC puts another letter in its place, which looks otherwise (U+FA19 is in people's names).
    """
    pieces = _VARIANTS.split(text)
    pieces[::2] = [unicodedata.normalize("NFC", piece) for piece in pieces[::2]]
    return "".join(pieces)


def is_printable(text: str) -> bool:
    """Whether nothing about a text needs changing but blanks at its edges."""
    return (text.isascii() and text.isprintable()) or _printable_text().fullmatch(text) is not None


@cache
def _printable_text() -> re.Pattern[str]:
    """A text with nothing but letters of the fonts, which are composed already."""
    letters = re.escape("".join(load_face(Face.REGULAR).glyphs))
    return re.compile(f"[{letters}\n]*")


def trim(text: str) -> str:
    """A text without blank edges, neither around it nor at the ends of its lines; two blank lines are one."""
    text = text.strip(" \n")
    if "\n" not in text:
        return text
    text = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text


def describe(letters: str, most: int = 5) -> str:
    """Letters for a sentence: `ع (U+0639 ARABIC LETTER AIN), 機 (U+6A5F), …`."""
    told = [_describe_one(letter) for letter in letters[:most]]
    rest = len(letters) - most
    return ", ".join(told) + (f" and {rest} more" if rest > 0 else "")


def kind_of(letter: str) -> str:
    """The code of the finding that tells of a letter no font has."""
    category = unicodedata.category(letter)
    if category in {"Cc", "Cf"} or _CHOOSES_A_VARIANT.match(letter):
        return "CG602"
    if is_cjk(letter) and not load_cjk_face().is_installed:
        return NEEDS_EXTRA
    return "CG603" if category.startswith("M") else "CG601"


def _describe_one(letter: str) -> str:
    category = unicodedata.category(letter)
    name = unicodedata.name(letter, "control character" if category == "Cc" else "no character of Unicode")
    shown = letter if category[0] in "LNPS" else ""
    code = f"{ord(letter):04X}"
    return f"{shown} (U+{code})" if name.endswith(f"-{code}") else f"{shown} (U+{code} {name})".strip()
