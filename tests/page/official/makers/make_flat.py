"""Makes `flat.pdf`: a blank without fields, with fpdf2."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

pdf = FPDF(format="A4")
pdf.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
pdf.set_title("Declaration of the shipper")
pdf.add_page()
pdf.set_font("Helvetica", size=10)
for y, label in (
    (30, "Exporter:"),
    (60, "Invoice number:"),
    (70, "Departure date: ......"),
    (90, "by vessel"),
):
    pdf.text(20, y, label)
pdf.rect(60, 24, 120, 25)
pdf.rect(60, 87, 4, 4)
for row in range(5):
    pdf.rect(20, 110 + 8 * row, 120, 8)
    pdf.rect(140, 110 + 8 * row, 40, 8)
pdf.output(Path(sys.argv[1]) / "flat.pdf")
