"""Makes `pymupdf.pdf`: a page that is turned by 90 degrees."""

import sys
from pathlib import Path

import pymupdf

document = pymupdf.open()
page = document.new_page(width=595, height=842)
page.set_rotation(90)


def seen(rect):
    """A rectangle as it is seen on the turned page."""
    return pymupdf.Rect(rect) * page.derotation_matrix


def add(name, rect, kind=pymupdf.PDF_WIDGET_TYPE_TEXT, **more):
    widget = pymupdf.Widget()
    widget.field_name, widget.field_type, widget.rect = name, kind, seen(rect)
    widget.border_color, widget.border_width = (0, 0, 0.6), 1
    for key, value in more.items():
        setattr(widget, key, value)
    page.add_widget(widget)


def label(text, x, y):
    page.insert_text(pymupdf.Point(x, y) * page.derotation_matrix, text, fontsize=10, rotate=90)


label("Exporter", 50, 70)
add("a1", (200, 50, 500, 110), field_flags=pymupdf.PDF_TX_FIELD_IS_MULTILINE, text_fontsize=9)
label("Bill of lading", 50, 135)
add("a2", (200, 120, 400, 140), text_fontsize=0)
label("Gross weight", 50, 165)
add("a3", (200, 150, 300, 170), text_fontsize=11)
add("vessel", (200, 180, 214, 194), pymupdf.PDF_WIDGET_TYPE_CHECKBOX)
label("Vessel", 220, 191)
add(
    "Country of origin",
    (200, 200, 320, 220),
    pymupdf.PDF_WIDGET_TYPE_COMBOBOX,
    choice_values=["Canada", "Peru"],
)
document.save(Path(sys.argv[1]) / "pymupdf.pdf", no_new_id=True, deflate=True)
