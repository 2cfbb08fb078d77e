"""Laid-out labels as PDF pages, drawn by reportlab and read back."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from certgen.page.document import Face
from certgen.page.fonts.faces import MM_PER_PT, load_face
from certgen.page.labels.codes import draw_code
from certgen.page.labels.label import LabelLine, LaidLabel
from certgen.page.labels.reading import read_labels_back
from certgen.page.labels.stock import LabelStock

PT_PER_MM = 1 / MM_PER_PT
_FONT_NAMES = {Face.REGULAR: "certgen-label-regular", Face.BOLD: "certgen-label-bold"}
_FRAME_PT = 0.3


def print_labels(labels: Sequence[LaidLabel], stock: LabelStock, *, with_frames: bool = False) -> bytes:
    """The labels on as many pages as they need, the same bytes for the same labels.

    `with_frames` draws where the sheet is cut, to hold a print on plain paper against it.
    Raises PageError when the finished bytes do not say what was asked.
    """
    pdf = _draw(labels, stock, with_frames=with_frames)
    read_labels_back(pdf, labels, stock)
    return pdf


def _draw(labels: Sequence[LaidLabel], stock: LabelStock, *, with_frames: bool) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  (only this command needs it)

    _register_fonts()
    target = BytesIO()
    size = (stock.page_width_mm * PT_PER_MM, stock.page_height_mm * PT_PER_MM)
    canvas: Any = Canvas(target, pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle("Labels")
    for number, label in enumerate(labels):
        if number and number % stock.on_a_page == 0:
            canvas.showPage()
        _draw_label(canvas, label, stock, number, with_frames=with_frames)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw_label(canvas: Any, label: LaidLabel, stock: LabelStock, number: int, *, with_frames: bool) -> None:
    left, top = stock.corner(number)
    canvas.saveState()
    canvas.translate(left * PT_PER_MM, (stock.page_height_mm - top) * PT_PER_MM)
    if with_frames:
        canvas.setLineWidth(_FRAME_PT)
        tall = stock.label_height_mm * PT_PER_MM
        canvas.rect(0, -tall, stock.label_width_mm * PT_PER_MM, tall)
    for line in label.lines:
        _draw_line(canvas, line)
    if label.code_area is not None:
        draw_code(canvas, label.label.lot, label.code, label.code_area)
    canvas.restoreState()


def _draw_line(canvas: Any, line: LabelLine) -> None:
    canvas.setFont(_FONT_NAMES[line.face], line.size_pt)
    canvas.drawString(line.x_mm * PT_PER_MM, -line.y_mm * PT_PER_MM, line.text)


def _register_fonts() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415  (only this command needs it)
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415  (only this command needs it)

    for face, name in _FONT_NAMES.items():
        registerFont(TTFont(name, str(load_face(face).path)))
