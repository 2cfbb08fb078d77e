"""A word (`DRAFT`, `COPY`) across a whole page, as shapes: it is seen and printed, but is no text."""

from __future__ import annotations

from functools import cache
from math import atan2, cos, hypot, sin
from typing import Any

from certgen.errors import PageError
from certgen.page.document import Face
from certgen.page.fonts.cjk_face import load_cjk_face
from certgen.page.fonts.embedding import make_stream
from certgen.page.fonts.faces import find_missing, load_face

_COLOUR = "0.9 0.9 0.92 rg"
_SHARE_OF_DIAGONAL = 0.68
_LARGEST_SHARE_OF_WIDTH = 0.3


@cache
def draw_notice(word: str, width_pt: float, height_pt: float) -> bytes:
    """A content stream with the outlines of a word along the rising diagonal, marked as an artifact.

    Raises PageError for a letter that no font has.
    """
    face = load_face(Face.BOLD)
    if find_missing(word):
        raise PageError(f"The notice {word!r} has letters that no font has: {find_missing(word)}.")
    advance = sum(face.advances[letter] for letter in word)
    largest = _LARGEST_SHARE_OF_WIDTH * width_pt / face.units_per_em
    size = min(_SHARE_OF_DIAGONAL * hypot(width_pt, height_pt) / advance, largest)
    angle = atan2(height_pt, width_pt)
    along, across = size * cos(angle), size * sin(angle)
    start_x = width_pt / 2 - along * advance / 2 + across * face.cap_height / 2
    start_y = height_pt / 2 - across * advance / 2 - along * face.cap_height / 2
    matrix = f"{along:.6f} {across:.6f} {-across:.6f} {along:.6f} {start_x:.2f} {start_y:.2f} cm"
    return make_stream(f"/Artifact BMC\nq\n{_COLOUR}\n{matrix}\n{_outlines(word)}\nf\nQ\nEMC\n".encode())


def _outlines(word: str) -> str:
    """The letters as paths in font units, side by side."""
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415  (drafts and copies only)
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (drafts and copies only)

    face = load_face(Face.BOLD)
    font = TTFont(face.path)
    glyphs, letters = font.getGlyphSet(), font.getBestCmap()
    operators: list[str] = []
    left = 0
    for letter in word:
        pen = TransformPen(_make_pen(glyphs, operators), (1, 0, 0, 1, left, 0))
        if ord(letter) in letters:
            glyphs[letters[ord(letter)]].draw(pen)
        else:
            load_cjk_face().draw(letter, pen)
        left += face.advances[letter]
    return "\n".join(operators)


def _make_pen(glyphs: Any, operators: list[str]) -> Any:
    """A pen that writes the operators of a PDF path; quadratic curves reach it as cubic ones."""
    from fontTools.pens.basePen import BasePen  # noqa: PLC0415  (drafts and copies only)

    class PathPen(BasePen):  # type: ignore[misc]  # fontTools has no types
        def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  (fontTools' name)
            operators.append(f"{point[0]:.1f} {point[1]:.1f} m")

        def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802  (fontTools' name)
            operators.append(f"{point[0]:.1f} {point[1]:.1f} l")

        def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802  (fontTools' name)
            operators.append(" ".join(f"{x:.1f} {y:.1f}" for x, y in points) + " c")

        def _closePath(self) -> None:  # noqa: N802  (fontTools' name)
            operators.append("h")

    return PathPen(glyphs)
