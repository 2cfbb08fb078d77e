"""The lot number for a scanner: a QR code or the bars of Code 128, as reportlab draws them."""

from __future__ import annotations

from typing import Any

from certgen.page.fonts.faces import MM_PER_PT
from certgen.page.labels.label import Code, CodeArea

_PT_PER_MM = 1 / MM_PER_PT
_NARROWEST_BAR_MM = 0.25
_WIDEST_BAR_MM = 0.5
_QUIET_MODULES = 10
_LONGEST_QR_BYTES = 120


def fits_code(text: str, code: Code, area: CodeArea | None) -> bool:
    """Whether a scanner could read the text from this area: letters it has, bars not too fine."""
    if code is Code.NONE or area is None:
        return True
    if code is Code.QR:
        return 0 < len(text.encode()) <= _LONGEST_QR_BYTES
    is_plain = text.isascii() and text.isprintable()
    return is_plain and _bar_width(text, area) >= _NARROWEST_BAR_MM


def draw_code(canvas: Any, text: str, code: Code, area: CodeArea) -> None:
    """Draw the code on a canvas whose origin is the label's upper left corner."""
    if code is Code.QR:
        _draw_qr(canvas, text, area)
    else:
        _draw_bars(canvas, text, area)


def _draw_qr(canvas: Any, text: str, area: CodeArea) -> None:
    from reportlab.graphics import renderPDF  # noqa: PLC0415  (only this command needs it)
    from reportlab.graphics.barcode.qr import QrCodeWidget  # noqa: PLC0415  (only this command needs it)
    from reportlab.graphics.shapes import Drawing  # noqa: PLC0415  (only this command needs it)

    side = area.width_mm * _PT_PER_MM
    drawing = Drawing(side, side)
    drawing.add(QrCodeWidget(text, barWidth=side, barHeight=side, barLevel="M"))
    renderPDF.draw(drawing, canvas, area.x_mm * _PT_PER_MM, -area.y_mm * _PT_PER_MM - side)


def _draw_bars(canvas: Any, text: str, area: CodeArea) -> None:
    width = _bar_width(text, area) * _PT_PER_MM
    bars = _bars(text, width, area.height_mm * _PT_PER_MM)
    bars.drawOn(canvas, area.x_mm * _PT_PER_MM, -(area.y_mm + area.height_mm) * _PT_PER_MM)


def _bar_width(text: str, area: CodeArea) -> float:
    """How wide the narrowest bar may be for the code to fill the area, in mm."""
    modules: float = _bars(text, 1.0, 1.0).width
    return min(area.width_mm / modules, _WIDEST_BAR_MM)


def _bars(text: str, bar_width_pt: float, height_pt: float) -> Any:
    from reportlab.graphics.barcode.code128 import Code128  # noqa: PLC0415  (only this command needs it)

    quiet = _QUIET_MODULES * bar_width_pt
    return Code128(text, barWidth=bar_width_pt, barHeight=height_pt, quiet=1, lquiet=quiet, rquiet=quiet)
