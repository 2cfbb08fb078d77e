"""The static layer of a form page, drawn once by reportlab: rules, titles, captions, squares.

What reads is marked for the structure tree; what is only ruled is marked as an artifact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from certgen.page.document import Face, Ink, StaticPage, TextRun
from certgen.page.fonts.embedding import EmbeddedFont
from certgen.page.fonts.faces import MM_PER_PT, FontFace, load_face
from certgen.page.fonts.runs import split_by_font

PT_PER_MM = 1 / MM_PER_PT
INK_COLOURS = {Ink.VALUE: (0.0, 0.0, 0.0), Ink.CAPTION: (0.13, 0.2, 0.27), Ink.NOTICE: (0.6, 0.1, 0.1)}
RULE_COLOUR = (0.25, 0.32, 0.4)
FIELD_COLOUR = (0.94, 0.96, 0.98)
OUTLINE_PT = 0.7
_SQUARE_PT = 0.7


@dataclass(frozen=True, slots=True)
class Passage:
    """Runs that are read as one, and how: `role` is a structure type; marked as `mcid` on its page."""

    box: str
    role: str
    runs: tuple[int, ...]
    mcid: int = -1


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page's static content stream and the fonts it uses, by resource name."""

    content: bytes
    fonts: tuple[EmbeddedFont, ...]


def draw_backgrounds(page: StaticPage) -> bytes:
    """The tint of fields that others fill, as a content stream of its own: it lies below everything else."""
    sheet = _Sheet(page)
    with sheet.marked("/Artifact BMC"):
        sheet.draw_tints()
    return sheet.content()


def draw_static(page: StaticPage, passages: Iterable[Passage], decorations: Iterable[int]) -> DrawnPage:
    """Draw a static page; `decorations` are runs that repeat what is read elsewhere."""
    sheet = _Sheet(page)
    with sheet.marked("/Artifact BMC"):
        sheet.draw_rules()
        sheet.draw_runs(decorations)
    for passage in passages:
        with sheet.marked(f"/{passage.role}<</MCID {passage.mcid}>>BDC"):
            sheet.draw_runs(passage.runs)
    return DrawnPage(sheet.content(), tuple(sheet.fonts.values()))


class _Sheet:
    """A reportlab canvas that is measured from the top left in millimetres and lends only its operators."""

    def __init__(self, page: StaticPage) -> None:
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  (only compiling needs it)

        self.page = page
        self.fonts: dict[str, EmbeddedFont] = {}
        size = (page.width_mm * PT_PER_MM, page.height_mm * PT_PER_MM)
        self.canvas: Any = Canvas(BytesIO(), pagesize=size, invariant=1, pageCompression=0)

    def content(self) -> bytes:
        code: str = "\n".join(self.canvas._code)  # noqa: SLF001  (reportlab offers no other way)
        return b"q\n" + code.encode("latin-1") + b"\nQ\n"

    @contextmanager
    def marked(self, begin: str) -> Iterator[None]:
        self.canvas.addLiteral(begin)
        yield
        self.canvas.addLiteral("EMC")

    def draw_tints(self) -> None:
        self.canvas.setFillColorRGB(*FIELD_COLOUR)
        for field in self.page.fields:
            self.canvas.rect(*self._corner(field.frame), stroke=0, fill=1)

    def draw_rules(self) -> None:
        canvas, page = self.canvas, self.page
        canvas.setStrokeColorRGB(*RULE_COLOUR)
        for stroke in page.strokes:
            canvas.setLineWidth(stroke.width_pt)
            canvas.line(*self._point(stroke.x1_mm, stroke.y1_mm), *self._point(stroke.x2_mm, stroke.y2_mm))
        canvas.setLineWidth(OUTLINE_PT)
        for _, frame in page.outlines:
            canvas.rect(*self._corner(frame))
        self._draw_squares()

    def draw_runs(self, indexes: Iterable[int]) -> None:
        for index in indexes:
            self._draw_run(self.page.runs[index])

    def _draw_squares(self) -> None:
        self.canvas.setLineWidth(_SQUARE_PT)
        for square in self.page.squares:
            left, bottom = self._point(square.x_mm, square.y_mm + square.size_mm)
            side = square.size_mm * PT_PER_MM
            self.canvas.rect(left, bottom, side, side)

    def _draw_run(self, run: TextRun) -> None:
        self.canvas.setFillColorRGB(*INK_COLOURS[run.ink])
        x_mm = run.x_mm
        for font, text in split_by_font(run.face, run.text):
            self.canvas.setFont(self._register(font, run.face), run.size_pt)
            self.canvas.drawString(*self._point(x_mm, run.y_mm), text)
            x_mm += load_face(run.face).advance(text, run.size_pt)

    def _register(self, font: EmbeddedFont, face: Face) -> str:
        from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  (only compiling needs it)

        name = f"certgen-{font.resource.decode()}"
        if name not in self.fonts:
            self.fonts[name] = font
            pdfmetrics.registerFont(_CanvasFont(name, font, load_face(face)))
        return name

    def _point(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        return x_mm * PT_PER_MM, (self.page.height_mm - y_mm) * PT_PER_MM

    def _corner(self, frame: Any) -> tuple[float, float, float, float]:
        left, bottom = self._point(frame.x_mm, frame.y_mm + frame.height_mm)
        return left, bottom, frame.width_mm * PT_PER_MM, frame.height_mm * PT_PER_MM


class _CanvasFont:
    """One of our fonts as reportlab asks for it (its own protocol for fonts with two-byte codes)."""

    _multiByte = 1  # noqa: N815  (reportlab's name)
    _dynamicFont = 0  # noqa: N815  (reportlab's name)

    def __init__(self, name: str, font: EmbeddedFont, metrics: FontFace) -> None:
        self.fontName = name
        self.face = self
        self.name = name
        self.builtIn = False
        self._font = font
        self._metrics = metrics

    def addObjects(self, document: Any) -> None:  # noqa: N802  (reportlab's name)
        document.fontMapping[self.fontName] = "/" + self._font.resource.decode()

    def formatForPdf(self, text: str) -> str:  # noqa: N802  (reportlab's name)
        return self._font.encode(text)[1:-1].decode("latin-1")

    def stringWidth(self, text: str, size: float, encoding: str = "") -> float:  # noqa: ARG002, N802  (reportlab's)
        return self._metrics.advance(text, size) * PT_PER_MM
