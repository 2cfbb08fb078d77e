"""The face that the `cjk` extra brings: letters for Chinese, Japanese and Korean (docs/decisions/fonts.md).

It is read once per process, and only when a text has a letter that certgen's own faces lack.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from certgen.page.fonts.blocks import is_cjk

PACKAGE = "noto_cjk_sans_jp_regular"
_FILE = "NotoSansCJKjp-Regular.otf"
_UNSEEN = {"Cf", "Mc", "Me", "Mn", "Zs"}
_FILLERS = "\u3164\uffa0"


@dataclass(frozen=True, slots=True, eq=False)
class CjkFace:
    """The face, in thousandths of an em; without the extra it has no letters.

    `advances` are by letter, `bounds` the corners that hold every glyph.
    """

    advances: Mapping[str, int] = field(default_factory=dict)
    bounds: tuple[int, int, int, int] = (0, 0, 0, 0)
    ascent: int = 0
    descent: int = 0
    cap_height: int = 0
    _glyphs: Mapping[str, str] = field(default_factory=dict)
    _outlines: Any = None

    @property
    def is_installed(self) -> bool:
        return bool(self.advances)

    def missing(self, letters: str) -> str:
        """Those of the letters that this face lacks."""
        return "".join(letter for letter in letters if letter not in self.advances)

    def draw(self, letter: str, pen: Any) -> None:
        """Draw a letter with a pen of fontTools; raises KeyError for a letter that the face lacks."""
        self._outlines[self._glyphs[letter]].draw(pen)

    def charstring(self, letter: str) -> bytes:
        """The outline of a letter as a Type 2 charstring that calls no subroutine and hints nothing.

        It begins with the letter's advance; raises KeyError for a letter that the face lacks.
        """
        from fontTools.pens.t2CharStringPen import T2CharStringPen  # noqa: PLC0415  (only CJK needs it)

        pen = T2CharStringPen(self.advances[letter], None)
        self.draw(letter, pen)
        charstring = pen.getCharString()
        charstring.compile()
        return bytes(charstring.bytecode)


@cache
def load_cjk_face() -> CjkFace:
    """The face of the `cjk` extra; one without letters where the extra is not installed."""
    try:
        source = files(PACKAGE) / _FILE
        with as_file(source) as path:
            return _read_face(path)
    except (ModuleNotFoundError, FileNotFoundError):
        return CjkFace()


def _read_face(path: Path) -> CjkFace:
    """Everything that is asked of the face; the file itself is closed again."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (only CJK needs it)

    with TTFont(path, lazy=True) as font:
        glyphs = {chr(code): glyph for code, glyph in font.getBestCmap().items() if _is_wanted(chr(code))}
        metrics, head = font["hmtx"].metrics, font["head"]
        return CjkFace(
            advances={letter: metrics[glyph][0] for letter, glyph in glyphs.items()},
            bounds=(head.xMin, head.yMin, head.xMax, head.yMax),
            ascent=font["OS/2"].sTypoAscender,
            descent=font["OS/2"].sTypoDescender,
            cap_height=font["OS/2"].sCapHeight,
            _glyphs=glyphs,
            _outlines=font["CFF "].cff.topDictIndex[0].CharStrings,
        )


def _is_wanted(letter: str) -> bool:
    """Whether a letter stands for itself: seen, beside its neighbours, and in a block."""
    return is_cjk(letter) and letter not in _FILLERS and unicodedata.category(letter) not in _UNSEEN
