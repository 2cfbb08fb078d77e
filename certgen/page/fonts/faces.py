"""The faces that values are set in: their metrics, their letters, and where their bytes are.

The faces are made by `tools/make_fonts.py` (see docs/decisions/fonts.md); the metrics beside each TTF spare
every start the parsing of a font.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from certgen.page.document import Face
from certgen.page.fonts.blocks import BLOCKS, block_of
from certgen.page.fonts.cjk_face import load_cjk_face

MM_PER_PT = 25.4 / 72

_FILES = {Face.REGULAR: "NotoSans-Regular", Face.BOLD: "NotoSans-Bold"}
_FOLDER = Path(__file__).parent


class _Advances(dict[str, int]):
    """Advances by letter; letters that the face lacks are set in the face of the `cjk` extra."""

    def __missing__(self, letter: str) -> int:
        return load_cjk_face().advances[letter]


@dataclass(frozen=True, slots=True)
class FontFace:
    """One static face; `ascent`, `descent` (negative), `cap_height` and `advances` are in font units.

    `glyphs` and `advances` are by character; looking an advance up also finds letters that are borrowed from
    the face of the `cjk` extra, which has as many units to the em. `path` is the TrueType file.
    """

    face: Face
    path: Path
    units_per_em: int
    ascent: int
    descent: int
    cap_height: int
    glyphs: Mapping[str, int]
    advances: Mapping[str, int]

    def advance(self, text: str, size_pt: float) -> float:
        """The width of a text in mm; raises KeyError for a letter no font has (ask `find_missing` first)."""
        return sum(map(self.advances.__getitem__, text)) * size_pt * MM_PER_PT / self.units_per_em

    def glyph_ids(self, text: str) -> tuple[int, ...]:
        """The glyphs of a text; raises KeyError for a letter the face lacks."""
        return tuple(map(self.glyphs.__getitem__, text))

    def missing(self, text: str) -> str:
        """The letters of a text that this face lacks, each once, in order."""
        return "".join(dict.fromkeys(letter for letter in text if letter not in self.advances))

    def letters_in(self, block: str) -> str:
        """The letters of one script block that this face has, by code point."""
        return "".join(letter for letter in self.glyphs if block_of(letter) == block)

    def font_bytes(self) -> bytes:
        """The whole TrueType font."""
        return self.path.read_bytes()


@cache
def load_face(face: Face) -> FontFace:
    """One of the faces, loaded once per process."""
    name = _FILES[face]
    metrics = json.loads((_FOLDER / f"{name}.json").read_text(encoding="ascii"))
    letters = metrics["letters"]
    return FontFace(
        face=face,
        path=_FOLDER / f"{name}.ttf",
        units_per_em=metrics["units_per_em"],
        ascent=metrics["ascent"],
        descent=metrics["descent"],
        cap_height=metrics["cap_height"],
        glyphs=dict(zip(letters, metrics["glyphs"], strict=True)),
        advances=_Advances(zip(letters, metrics["advances"], strict=True)),
    )


def find_missing(text: str) -> str:
    """The letters of a text that no font has, each once, in order."""
    missing = load_face(Face.REGULAR).missing(text)
    return load_cjk_face().missing(missing) if missing else ""


def list_blocks() -> tuple[str, ...]:
    """The names of the script blocks, in the order in which a document embeds them."""
    return tuple(BLOCKS)
