"""The content stream of one page's values: text at exact places, ticks and strokes, all of it marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from certgen.page.document import Face, Ink, Stroke, TableRow, TextRun, Tick
from certgen.page.fonts.embedding import EmbeddedFont, load_font
from certgen.page.fonts.runs import split_by_font
from certgen.page.printing.drawing import INK_COLOURS, PT_PER_MM, RULE_COLOUR
from certgen.page.printing.fields import write_cross
from certgen.page.printing.row_elements import RowForm

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

    A text is its place, the mark that begins with it, its font where that changes, and its string: in this
    order, so that reading back knows a text by its beginning.
    """

    def __init__(self, height_pt: float, first_mark: int) -> None:
        self.fonts: dict[bytes, EmbeddedFont] = {}
        self.next_mark = first_mark
        self.height_pt = height_pt
        self._down = _written_down(height_pt)
        self._chunks: list[bytes] = []
        self._latin = {face: load_font(face, "latin") for face in Face}
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
        self._chunks += [_write_stroke(stroke, height) for stroke in strokes]
        self._chunks.append(b"EMC\n")

    def begin_text(self) -> None:
        self._chunks.append(b"BT\n")

    def end_text(self) -> None:
        self._chunks.append(b"ET\n")

    def put_passage(self, role: bytes, runs: Sequence[TextRun]) -> int:
        """Runs that are read as one; the mark they carry."""
        mark = self.next_mark
        self.next_mark = mark + 1
        self._put_marked(b"/%s<</MCID %d>>BDC" % (role, mark), runs)
        return mark

    def put_decoration(self, runs: Sequence[TextRun]) -> None:
        """Runs that only help the eye: page numbers, a serial repeated on every sheet."""
        self._put_marked(b"/Artifact<</Type/Pagination>>BDC", runs)

    def put_row(self, row: TableRow, top_mm: float, form: RowForm) -> None:
        """The cells of a row that hold something, each a passage of its own."""
        self._set_ink(row.ink)
        across, down, face, latin = _ACROSS, self._down, row.face, self._latin[row.face]
        encode, last_drop_mm, place_down = latin.encode, -1.0, b""
        pieces: list[bytes] = []
        for text, x_mm, drop_mm, _, size_pt in row.lines:
            if drop_mm != last_drop_mm:
                last_drop_mm, place_down = drop_mm, down[top_mm + drop_mm]
            is_set = latin is self._font and size_pt == self._size_pt
            string = encode(text) if is_set and text.isascii() else self._show(text, face, size_pt)
            pieces += (across[x_mm], place_down, string)
        self._chunks.append(form.content % tuple(pieces))
        self.next_mark += form.marks

    def put_tick(self, tick: Tick) -> int:
        """A mark inside a square; the mark it carries for the structure tree."""
        mark = self.next_mark
        self.next_mark = mark + 1
        left = tick.x_mm * PT_PER_MM
        bottom = self.height_pt - (tick.y_mm + tick.size_mm) * PT_PER_MM
        cross = write_cross(left, bottom, tick.size_mm * PT_PER_MM)
        self._chunks.append(b"/Figure<</MCID %d>>BDC\n0 0 0 RG\n%sEMC\n" % (mark, cross))
        return mark

    def _put_marked(self, begin: bytes, runs: Sequence[TextRun]) -> None:
        """Runs each at its place, between the beginning of a mark and its end."""
        across, down = _ACROSS, self._down
        for _, text, x_mm, y_mm, _, size_pt, face, ink in runs:
            self._set_ink(ink)
            string = self._show(text, face, size_pt)
            self._chunks += (across[x_mm], down[y_mm], begin, string, b"Tj\n")
            begin = b""
        self._chunks.append(b"EMC\n")

    def _set_ink(self, ink: Ink) -> None:
        if ink is not self._ink:
            self._ink = ink
            self._chunks.append(_COLOURS[ink])

    def _show(self, text: str, face: Face, size_pt: float) -> bytes:
        """A text as a string of its font, which is set where it changes; of several where it needs them."""
        font = self._latin[face]
        if font is self._font and size_pt == self._size_pt and text.isascii():
            return font.encode(text)
        strings = []
        for part_font, part in split_by_font(face, text):
            string = part_font.encode(part)
            if part_font is not self._font or size_pt != self._size_pt:
                self._font, self._size_pt = part_font, size_pt
                self.fonts[part_font.resource] = part_font
                string = b"/%s %g Tf%s" % (part_font.resource, size_pt, string)
            strings.append(string)
        if len(strings) > 1:
            self._font = None
        return b"Tj\n".join(strings)
