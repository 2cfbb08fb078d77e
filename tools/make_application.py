# /// script
# requires-python = ">=3.11"
# dependencies = ["reportlab>=4.4"]
# ///
"""Makes `docs/examples/application.pdf`, the certifier's form that the form author's guide fills.

    python tools/make_application.py docs/examples

The certifier is invented. The form has what such forms have: an address in several lines, lines of goods, a
tick, a choice, and fields that nobody named.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT = 57, 538
GOODS = (("Description of goods", 57, 235), ("Lot", 300, 110), ("Net weight", 418, 120))
MEANS = ("Road", "Rail", "Vessel", "Aeroplane")


def main(folder: Path) -> None:
    """Draw the form; the same bytes every time."""
    canvas = Canvas(str(folder / "application.pdf"), pagesize=A4, invariant=1)
    canvas.setTitle("Application for an export certificate")
    _draw_head(canvas)
    _draw_field(canvas, "Exporter (name and address)", "exporter", 655, 60, fieldFlags="multiline")
    _draw_field(canvas, "Invoice number", "field2", 625, 18)
    _draw_field(canvas, "Date of departure", "field3", 597, 18)
    _draw_goods(canvas)
    _draw_means(canvas)
    _draw_field(canvas, "Your member number with us", "field9", 383, 18)
    canvas.acroForm.checkbox(name="field10", x=230, y=350, size=14, buttonStyle="cross")
    canvas.drawString(250, 353, "The goods are packed for the final consumer")
    _draw_field(canvas, "Received on (we fill this in)", "field11", 310, 18)
    canvas.save()


def _draw_head(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(LEFT, 770, "Application for an export certificate")
    canvas.setFont("Helvetica", 9)
    canvas.drawString(LEFT, 752, "Tamarack Organic Certifiers · please fill in on screen and send by e-mail")
    canvas.line(LEFT, 742, RIGHT, 742)


def _draw_field(canvas: Canvas, label: str, name: str, y: float, height: float, **more: Any) -> None:
    canvas.drawString(LEFT, y + height - 13, label)
    canvas.acroForm.textfield(
        name=name, x=230, y=y, width=RIGHT - 230, height=height, fontSize=10, maxlen=300, **more
    )


def _draw_goods(canvas: Canvas) -> None:
    for title, x, _ in GOODS:
        canvas.drawString(x, 570, title)
    for line in (1, 2, 3):
        y = 565 - 22 * line
        for name, (_, x, width) in zip(("description", "lot", "net_weight"), GOODS, strict=True):
            canvas.acroForm.textfield(
                name=f"{name}_{line}", x=x, y=y, width=width, height=18, fontSize=9, maxlen=200
            )


def _draw_means(canvas: Canvas) -> None:
    canvas.drawString(LEFT, 445, "Means of transport")
    for place, means in enumerate(MEANS):
        x = 230 + 78 * place
        canvas.acroForm.radio(name="means", value=means, x=x, y=441, size=14, selected=False, shape="square")
        canvas.drawString(x + 19, 445, means)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
