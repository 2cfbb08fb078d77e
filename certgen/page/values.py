"""The content stream of one page's values: text at exact places, ticks and strokes, all of it marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from certgen.page.document import DocumentPage, Face, Ink, Stroke, TextRun, Tick
from certgen.page.drawing import INK_COLOURS, PT_PER_MM, RULE_COLOUR
from certgen.page.embedding import EmbeddedFont, load_font
from certgen.page.fields import write_cross
from certgen.page.font_runs import split_by_font

_COLOURS = {ink: b"%g %g %g rg\n" % colour for ink, colour in INK_COLOURS.items()}
_STROKE_COLOUR = b"%g %g %g RG\n" % RULE_COLOUR
_REMEMBERED = 5000


class _Written(dict[float, bytes]):
    """Numbers in mm as they are written in points; remembered, because values stand at the same places.

    The vertical ones are counted from the bottom of a page: `height_pt` less the number; 0 when across.
    """

    def __init__(self, form: bytes, height_pt: float = 0.0) -> None:
        super().__init__()
        self._form, self._height_pt = form, height_pt

    def __missing__(self, number_mm: float) -> bytes:
        if len(self) >= _REMEMBERED:
            self.clear()
        points = number_mm * PT_PER_MM
        written = self._form % (self._height_pt - points if self._height_pt else points)
        self[number_mm] = written
        return written


@lru_cache(maxsize=_REMEMBERED)
def _write_stroke(stroke: Stroke, height_pt: float) -> bytes:
    """A rule; remembered, because rows of one line end at the same heights."""
    x1, y1, x2, y2, width_pt = stroke
    ends = (x1 * PT_PER_MM, height_pt - y1 * PT_PER_MM, x2 * PT_PER_MM, height_pt - y2 * PT_PER_MM)
    return b"%.2f w %.2f %.2f m %.2f %.2f l S\n" % (width_pt, *ends)


_ACROSS = _Written(b"1 0 0 1 %.2f ")


@cache
def _written_down(height_pt: float) -> _Written:
    """The vertical places on pages of one height."""
    return _Written(b"%.2f Tm", height_pt)


class ValuesStream:
    """The operators of a page as they are put down; `fonts` are those it used, by resource name.

    `_face` is the face whose Latin font is set, None before any and after other letters.
    """

    def __init__(self, page: DocumentPage, height_pt: float, first_mark: int) -> None:
        self.fonts: dict[bytes, EmbeddedFont] = {}
        self.next_mark = first_mark
        self._runs = page.runs
        self.height_pt = height_pt
        self._down = _written_down(height_pt)
        self._chunks: list[bytes] = []
        self._regular, self._bold = load_font(Face.REGULAR, "latin"), load_font(Face.BOLD, "latin")
        self._font = self._regular
        self._face: Face | None = None
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
        self._chunks += [_write_stroke(stroke, height) for stroke in strokes]
        self._chunks.append(b"EMC\n")

    def begin_text(self) -> None:
        self._chunks.append(b"BT\n")

    def end_text(self) -> None:
        self._chunks.append(b"ET\n")

    def put_passage(self, role: bytes, runs: Sequence[int]) -> int:
        """Runs that are read as one; the mark they carry."""
        mark = self.next_mark
        self.next_mark = mark + 1
        self._chunks.append(b"/%s<</MCID %d>>BDC\n" % (role, mark))
        for index in runs:
            self._put_run(self._runs[index])
        self._chunks.append(b"EMC\n")
        return mark

    def put_cells(self, role: bytes, cells: Sequence[Sequence[int]]) -> None:
        """The cells of a row that hold something, each a passage of its own.

        Written out for a cell of one ASCII line in the font that is set already: nearly all cells are such.
        """
        runs, chunks, across, down = self._runs, self._chunks, _ACROSS, self._down
        for indexes in cells:
            if not indexes:
                continue
            _, text, x_mm, y_mm, _, size_pt, face, ink = runs[indexes[0]]
            is_set = face is self._face and size_pt == self._size_pt and ink is self._ink
            if len(indexes) > 1 or not is_set or not text.isascii():
                self.put_passage(role, indexes)
                continue
            string = self._font.known.get(text) or self._font.encode(text)
            begin = b"/%s<</MCID %d>>BDC\n" % (role, self.next_mark)
            chunks += (begin, across[x_mm], down[y_mm], b"(", string, b")Tj\nEMC\n")
            self.next_mark += 1

    def put_decoration(self, runs: Sequence[int]) -> None:
        """Runs that only help the eye: page numbers, a serial repeated on every sheet."""
        self._chunks.append(b"/Artifact<</Type/Pagination>>BDC\n")
        for index in runs:
            self._put_run(self._runs[index])
        self._chunks.append(b"EMC\n")

    def put_tick(self, tick: Tick) -> int:
        """A mark inside a square; the mark it carries for the structure tree."""
        mark = self.next_mark
        self.next_mark = mark + 1
        left = tick.x_mm * PT_PER_MM
        bottom = self.height_pt - (tick.y_mm + tick.size_mm) * PT_PER_MM
        cross = write_cross(left, bottom, tick.size_mm * PT_PER_MM)
        self._chunks.append(b"/Figure<</MCID %d>>BDC\n0 0 0 RG\n%sEMC\n" % (mark, cross))
        return mark

    def _put_run(self, run: TextRun) -> None:
        """A line at its place; colour and font are set when they change."""
        text, chunks = run.text, self._chunks
        if run.ink is not self._ink:
            self._ink = run.ink
            chunks.append(_COLOURS[run.ink])
        chunks += (_ACROSS[run.x_mm], self._down[run.y_mm])
        if not text.isascii():
            self._put_in_fonts(run)
            return
        font = self._bold if run.face is Face.BOLD else self._regular
        if run.face is not self._face or run.size_pt != self._size_pt:
            self._font, self._face, self._size_pt = font, run.face, run.size_pt
            self.fonts[font.resource] = font
            chunks.append(b"\n/%s %g Tf" % (font.resource, run.size_pt))
        chunks += (b"(", font.known.get(text) or font.encode(text), b")Tj\n")

    def _put_in_fonts(self, run: TextRun) -> None:
        """A line that may need several fonts, one after the other."""
        self._chunks.append(b"\n")
        for font, text in split_by_font(run.face, run.text):
            self.fonts[font.resource] = font
            self._font, self._face = font, None
            self._chunks.append(b"/%s %g Tf(%s)Tj\n" % (font.resource, run.size_pt, font.encode(text)))
        self._size_pt = run.size_pt
