"""What labels are set in, for reportlab: certgen's own faces, and the `cjk` extra's letters as TrueType."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from certgen.page.document import Face
from certgen.page.fonts.cjk_face import load_cjk_face
from certgen.page.fonts.faces import MM_PER_PT, load_face
from certgen.page.labels.label import LabelLine, LaidLabel

_NAMES = {Face.REGULAR: "certgen-label-regular", Face.BOLD: "certgen-label-bold"}
_QUADRATIC_ERROR = 0.5
"""How far, in thousandths of an em, a TrueType outline may be from the drawn one; nothing on paper."""
_UNITS_PER_EM = 1000


class Run(NamedTuple):
    """A piece of a line in one face; `x_mm`, `y_mm` is the start of its baseline on the label."""

    text: str
    x_mm: float
    y_mm: float
    is_borrowed: bool


def runs_of(line: LabelLine) -> Iterator[Run]:
    """A line cut where the face has to change: what certgen's own lacks is borrowed from the `cjk` extra."""
    face, x_mm = load_face(line.face), line.x_mm
    for is_own, letters in groupby(line.text, key=lambda letter: letter in face.glyphs):
        text = "".join(letters)
        yield Run(text, x_mm, line.y_mm, not is_own)
        x_mm += face.advance(text, line.size_pt)


class LabelFonts:
    """The fonts of one set of labels, registered with reportlab under names of their own."""

    def __init__(self, labels: Sequence[LaidLabel]) -> None:
        for face, name in _NAMES.items():
            _register(name, str(load_face(face).path))
        lines = (line for label in labels for line in label.lines)
        runs = (run for line in lines for run in runs_of(line) if run.is_borrowed)
        borrowed = "".join(sorted(set("".join(run.text for run in runs))))
        self._borrowed = f"certgen-label-{hashlib.sha256(borrowed.encode()).hexdigest()[:12]}"
        if borrowed:
            _register(self._borrowed, BytesIO(_truetype(borrowed)))

    def name_of(self, run: Run, face: Face) -> str:
        """The name under which reportlab knows the font of a run."""
        return self._borrowed if run.is_borrowed else _NAMES[face]


def _register(name: str, source: Any) -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415  (only this command needs it)
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415  (only this command needs it)

    registerFont(TTFont(name, source))


@lru_cache(maxsize=8)
def _truetype(letters: str) -> bytes:
    """These letters of the `cjk` extra as a TrueType font, the only kind that reportlab embeds."""
    from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415  (only CJK needs it)

    face = load_cjk_face()
    names = {letter: f"u{ord(letter):05X}" for letter in letters}
    advances = {".notdef": _UNITS_PER_EM, **{name: face.advances[letter] for letter, name in names.items()}}
    font = FontBuilder(_UNITS_PER_EM, isTTF=True)
    font.setupHead(unitsPerEm=_UNITS_PER_EM, created=0, modified=0)
    font.setupGlyphOrder(list(advances))
    font.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    font.setupGlyf({".notdef": _outline(""), **{name: _outline(letter) for letter, name in names.items()}})
    bearings = font.font["glyf"].glyphs
    font.setupHorizontalMetrics(
        {name: (advance, getattr(bearings[name], "xMin", 0)) for name, advance in advances.items()}
    )
    font.setupHorizontalHeader(ascent=face.ascent, descent=face.descent)
    font.setupOS2(sTypoAscender=face.ascent, sTypoDescender=face.descent, sCapHeight=face.cap_height)
    font.setupNameTable({"familyName": "certgen labels", "styleName": "Regular", "psName": "certgen-labels"})
    font.setupPost()
    font.font.recalcTimestamp = False
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def _outline(letter: str) -> Any:
    """A letter in quadratic curves; without a letter an empty glyph."""
    from fontTools.pens.cu2quPen import Cu2QuPen  # noqa: PLC0415  (only CJK needs it)
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415  (only CJK needs it)

    pen = TTGlyphPen(None)
    if letter:
        load_cjk_face().draw(letter, Cu2QuPen(pen, _QUADRATIC_ERROR, reverse_direction=True))
    return pen.glyph()


def start_of(run: Run) -> tuple[float, float]:
    """Where a run begins, in points from the label's upper left corner, upwards."""
    return run.x_mm / MM_PER_PT, -run.y_mm / MM_PER_PT
