"""Three ways to make a certificate: certgen, reportlab drawing everything again, and a bare writer."""

from __future__ import annotations

import io
import zlib
from codecs import utf_16_be_encode
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from bench.simple_layout import Maker, Sheet, SimpleLayout
from certgen.forms.paper import Paper
from certgen.page import lay_out, print_document
from certgen.page.document import Face
from certgen.page.fonts.embedding import load_font, make_stream
from certgen.page.fonts.faces import load_face
from certgen.page.printing.compile import CompiledForm
from certgen.page.printing.drawing import OUTLINE_PT, PT_PER_MM

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def make_certgen(compiled: CompiledForm) -> Maker:
    """As `fill` does it: laid out, printed as tagged PDF/A-3 with its data attached, and read back."""

    def make(paper: Paper) -> bytes:
        layout = lay_out(compiled, paper)
        return print_document(compiled, layout.document, paper)

    return make


def make_reportlab(compiled: CompiledForm) -> Maker:
    """A canvas for each certificate: the same rules, captions, values and faces, and no more."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  (only this maker needs it)
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415  (only this maker needs it)
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  (only this maker needs it)

    for face in Face:
        pdfmetrics.registerFont(TTFont(face.value, load_face(face).path))
    layout = SimpleLayout(compiled)
    left, width = layout.rule_ends
    size = tuple(
        side * PT_PER_MM for side in (compiled.static_pages[0].width_mm, compiled.static_pages[0].height_mm)
    )

    def make(paper: Paper) -> bytes:
        target = io.BytesIO()
        canvas = Canvas(target, size, invariant=1, pageCompression=1)
        for number, sheet in enumerate(layout.place(paper)):
            if number < len(compiled.static_pages):
                _redraw(canvas, compiled, number)
            for height in sheet.rules:
                canvas.line(left, height, left + width, height)
            for x, y, side in sheet.ticks:
                canvas.line(x, y, x + side, y + side)
                canvas.line(x, y + side, x + side, y)
            for x, y, points, bold, text in sheet.lines:
                canvas.setFont(Face.BOLD.value if bold else Face.REGULAR.value, points)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    return make


def _redraw(canvas: Any, compiled: CompiledForm, number: int) -> None:
    """The static layer of one page."""
    page = compiled.static_pages[number]
    height = page.height_mm
    for stroke in page.strokes:
        canvas.setLineWidth(stroke.width_pt)
        ends = (stroke.x1_mm, height - stroke.y1_mm, stroke.x2_mm, height - stroke.y2_mm)
        canvas.line(*(end * PT_PER_MM for end in ends))
    canvas.setLineWidth(OUTLINE_PT)
    for _, frame in page.outlines:
        sides = (frame.x_mm, height - frame.y_mm - frame.height_mm, frame.width_mm, frame.height_mm)
        canvas.rect(*(side * PT_PER_MM for side in sides))
    for square in page.squares:
        sides = (square.x_mm, height - square.y_mm - square.size_mm, square.size_mm, square.size_mm)
        canvas.rect(*(side * PT_PER_MM for side in sides))
    for run in page.runs:
        canvas.setFont(run.face.value, run.size_pt)
        canvas.drawString(run.x_mm * PT_PER_MM, (height - run.y_mm) * PT_PER_MM, run.text)


def make_bare(compiled: CompiledForm) -> Maker:
    """Values over a template made once: the same fonts, no metadata, no tags, no fields, no look back."""
    layout = SimpleLayout(compiled)
    statics = [_static_stream(compiled, page.static_content) for page in compiled.pages]
    prefix, first_static = _write_template(statics)
    first_free = first_static + len(statics)
    write_page = _make_page_writer(layout.rule_ends)

    def make(paper: Paper) -> bytes:
        objects = prefix.copy()
        kids = []
        for number, sheet in enumerate(layout.place(paper)):
            page = first_free + 2 * number
            kids.append(b"%d 0 R" % page)
            static = b"%d 0 R " % (first_static + number) if number < len(statics) else b""
            objects.append(
                b"%d 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Resources 3 0 R"
                b"/Contents[%s%d 0 R]>>\nendobj\n" % (page, static, page + 1)
            )
            objects.append(b"%d 0 obj\n%s\nendobj\n" % (page + 1, write_page(sheet)))
        objects[1] = b"2 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (len(kids), b" ".join(kids))
        return _assemble(objects)

    return make


def _write_template(statics: list[bytes]) -> tuple[list[bytes], int]:
    """What every certificate of the bare writer begins with; the number of the first static layer."""
    regular, bold = load_font(Face.REGULAR, "latin"), load_font(Face.BOLD, "latin")
    fonts = b"<</Font<</R 5 0 R/B 10 0 R>>>>"
    shared = [*regular.objects(5), *bold.objects(10)]
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"", fonts, b"<<>>", *shared]
    objects = [b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate([*head, *statics], 1)]
    return objects, len(head) + 1


def _make_page_writer(rule_ends: tuple[float, float]) -> Callable[[Sheet], bytes]:
    """What writes the values of a page, the rules under its rows and its ticks as a stream."""
    codes = load_font(Face.REGULAR, "latin").codes | load_font(Face.BOLD, "latin").codes
    left, width = rule_ends

    def write_page(sheet: Sheet) -> bytes:
        parts = [b"0.3 w\n"]
        parts += [b"%.2f %.2f m %.2f %.2f l S\n" % (left, y, left + width, y) for y in sheet.rules]
        for x, y, side in sheet.ticks:
            parts.append(b"1.2 w %.2f %.2f m %.2f %.2f l " % (x, y, x + side, y + side))
            parts.append(b"%.2f %.2f m %.2f %.2f l S\n" % (x, y + side, x + side, y))
        parts.append(b"BT\n")
        setting = None
        for x, y, size, is_bold, text in sheet.lines:
            if setting != (is_bold, size):
                setting = (is_bold, size)
                parts.append(b"/%s %g Tf\n" % (b"B" if is_bold else b"R", size))
            string = utf_16_be_encode(text.translate(codes))[0]
            if b"(" in string or b")" in string or b"\\" in string:
                string = string.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            parts.append(b"1 0 0 1 %.2f %.2f Tm(%s)Tj\n" % (x, y, string))
        parts.append(b"ET\n")
        return make_stream(b"".join(parts))

    return write_page


def _assemble(objects: list[bytes]) -> bytes:
    """Header, objects, cross-reference table."""
    offsets = tuple(accumulate(map(len, objects), initial=len(_HEADER)))
    count = len(objects)
    return b"".join(
        (
            _HEADER,
            *objects,
            b"xref\n0 %d\n0000000000 65535 f \n" % (count + 1),
            (b"%010d 00000 n \n" * count) % offsets[:-1],
            b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count + 1, offsets[-1]),
        )
    )


def _static_stream(compiled: CompiledForm, number: int) -> bytes:
    """The static layer of a page as certgen compiled it, with the fonts' names of this writer."""
    body = compiled.body
    start = body.index(b"stream\n", body.index(b"\n%d 0 obj\n" % number)) + len(b"stream\n")
    content = zlib.decompress(body[start : body.index(b"\nendstream", start)])
    content = content.replace(b"/R0 ", b"/R ").replace(b"/B0 ", b"/B ")
    return make_stream(content)
