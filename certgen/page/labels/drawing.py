"""Laid-out labels as PDF pages, drawn by reportlab and read back."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.labels.codes import draw_code
from certgen.page.labels.faces import LabelFonts, runs_of, start_of
from certgen.page.labels.label import LabelLine, LaidLabel
from certgen.page.labels.reading import read_labels_back
from certgen.page.labels.stock import LabelStock

PT_PER_MM = 1 / MM_PER_PT
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

    fonts = LabelFonts(labels)
    target = BytesIO()
    size = (stock.page_width_mm * PT_PER_MM, stock.page_height_mm * PT_PER_MM)
    canvas: Any = Canvas(target, pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle("Labels")
    for number, label in enumerate(labels):
        if number and number % stock.on_a_page == 0:
            canvas.showPage()
        _go_to(canvas, stock, number, with_frames=with_frames)
        _draw_label(canvas, label, fonts)
        canvas.restoreState()
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _go_to(canvas: Any, stock: LabelStock, number: int, *, with_frames: bool) -> None:
    """Make the upper left corner of a label the origin, until the state is restored."""
    left, top = stock.corner(number)
    canvas.saveState()
    canvas.translate(left * PT_PER_MM, (stock.page_height_mm - top) * PT_PER_MM)
    if with_frames:
        canvas.setLineWidth(_FRAME_PT)
        tall = stock.label_height_mm * PT_PER_MM
        canvas.rect(0, -tall, stock.label_width_mm * PT_PER_MM, tall)


def _draw_label(canvas: Any, label: LaidLabel, fonts: LabelFonts) -> None:
    for line in label.lines:
        _draw_line(canvas, line, fonts)
    if label.code_area is not None:
        draw_code(canvas, label.label.lot, label.code, label.code_area)


def _draw_line(canvas: Any, line: LabelLine, fonts: LabelFonts) -> None:
    for run in runs_of(line):
        canvas.setFont(fonts.name_of(run, line.face), line.size_pt)
        canvas.drawString(*start_of(run), run.text)
