"""The content stream of one page's values: text at exact places, ticks and strokes, all of it marked."""

from __future__ import annotations

from collections.abc import Sequence

from certgen.page.document import DocumentPage, Face, Ink, Stroke, TextRun, Tick
from certgen.page.drawing import INK_COLOURS, PT_PER_MM, RULE_COLOUR
from certgen.page.embedding import EmbeddedFont, load_font, split_by_font
from certgen.page.fields import write_cross

_COLOURS = {ink: b"%g %g %g rg\n" % colour for ink, colour in INK_COLOURS.items()}
_STROKE_COLOUR = b"%g %g %g RG\n" % RULE_COLOUR
_PLACES: dict[tuple[float, float, float], bytes] = {}
"""Places already written: the values of a form stand at the same ones on every certificate."""
_REMEMBERED = 5000


class ValuesStream:
    """The operators of a page as they are put down; `fonts` are those it used, by resource name."""

    def __init__(self, page: DocumentPage, height_pt: float, first_mark: int) -> None:
        self.fonts: dict[bytes, EmbeddedFont] = {}
        self.next_mark = first_mark
        self._runs = page.runs
        self.height_pt = height_pt
        self._chunks: list[bytes] = []
        self._regular, self._bold = load_font(Face.REGULAR, "latin"), load_font(Face.BOLD, "latin")
        self._font: EmbeddedFont | None = None
        self._size_pt = 0.0
        self._ink: Ink | None = None

    def content(self) -> bytes:
        return b"".join(self._chunks)

    def put_strokes(self, strokes: Sequence[Stroke]) -> None:
        """Rules, which say nothing to a reader."""
        if not strokes:
            return
        height = self.height_pt
        self._chunks += (b"/Artifact BMC\n", _STROKE_COLOUR)
        self._chunks += [
            b"%.2f w %.2f %.2f m %.2f %.2f l S\n"
            % (
                stroke.width_pt,
                stroke.x1_mm * PT_PER_MM,
                height - stroke.y1_mm * PT_PER_MM,
                stroke.x2_mm * PT_PER_MM,
                height - stroke.y2_mm * PT_PER_MM,
            )
            for stroke in strokes
        ]
        self._chunks.append(b"EMC\n")

    def begin_text(self) -> None:
        self._chunks.append(b"BT\n")

    def end_text(self) -> None:
        self._chunks.append(b"ET\n")

    def put_passage(self, role: bytes, runs: Sequence[int]) -> int:
        """Runs that are read as one; the mark they carry."""
        mark = self.next_mark
        self.next_mark = mark + 1
        self._chunks.append(b"/%s<</MCID %d>>BDC\n%sEMC\n" % (role, mark, self._write_runs(runs)))
        return mark

    def put_decoration(self, runs: Sequence[int]) -> None:
        """Runs that only help the eye: page numbers, a serial repeated on every sheet."""
        self._chunks.append(b"/Artifact<</Type/Pagination>>BDC\n%sEMC\n" % self._write_runs(runs))

    def put_tick(self, tick: Tick) -> int:
        """A mark inside a square; the mark it carries for the structure tree."""
        mark = self.next_mark
        self.next_mark = mark + 1
        left = tick.x_mm * PT_PER_MM
        bottom = self.height_pt - (tick.y_mm + tick.size_mm) * PT_PER_MM
        cross = write_cross(left, bottom, tick.size_mm * PT_PER_MM)
        self._chunks.append(b"/Figure<</MCID %d>>BDC\n0 0 0 RG\n%sEMC\n" % (mark, cross))
        return mark

    def _write_runs(self, indexes: Sequence[int]) -> bytes:
        runs = self._runs
        if len(indexes) == 1:
            return self._write_run(runs[indexes[0]])
        return b"".join([self._write_run(runs[index]) for index in indexes])

    def _write_run(self, run: TextRun) -> bytes:
        """A line at its place; colour and font are set when they change."""
        text = run.text
        key = (run.x_mm, run.y_mm, self.height_pt)
        place = _PLACES.get(key) or _write_place(key)
        if run.ink is not self._ink:
            self._ink = run.ink
            place = _COLOURS[run.ink] + place
        if not text.isascii():
            return self._write_in_fonts(run, place)
        font = self._bold if run.face is Face.BOLD else self._regular
        string = font.known.get(text) or font.encode(text)
        if font is self._font and run.size_pt == self._size_pt:
            return b"%s(%s)Tj\n" % (place, string)
        self._font, self._size_pt = font, run.size_pt
        self.fonts[font.resource] = font
        return b"%s\n/%s %g Tf(%s)Tj\n" % (place, font.resource, run.size_pt, string)

    def _write_in_fonts(self, run: TextRun, place: bytes) -> bytes:
        """A line that may need several fonts, one after the other."""
        parts = [place, b"\n"]
        for font, text in split_by_font(run.face, run.text):
            self.fonts[font.resource] = font
            self._font = font
            parts.append(b"/%s %g Tf(%s)Tj\n" % (font.resource, run.size_pt, font.encode(text)))
        self._size_pt = run.size_pt
        return b"".join(parts)


def _write_place(place: tuple[float, float, float]) -> bytes:
    """The matrix that puts text at a place: mm from the left and top of a page, its height in points."""
    x_mm, y_mm, height_pt = place
    if len(_PLACES) >= _REMEMBERED:
        _PLACES.clear()
    written = b"1 0 0 1 %.2f %.2f Tm" % (x_mm * PT_PER_MM, height_pt - y_mm * PT_PER_MM)
    _PLACES[place] = written
    return written
