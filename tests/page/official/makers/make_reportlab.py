"""Makes `reportlab.pdf`."""

import sys
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

target = Path(sys.argv[1]) / "reportlab.pdf"
canvas = Canvas(str(target), pagesize=(595.28, 841.89), invariant=1)
canvas.setTitle("Application for an export certificate")
form = canvas.acroForm
canvas.setFont("Helvetica", 10)
y = 760
for label, name, height in (
    ("1. Exporter (name and address)", "exporter", 60),
    ("2. Invoice number", "field2", 18),
    ("3. Departure date", "field3", 18),
):
    canvas.drawString(50, y + 4, label)
    flags = "multiline" if height > 20 else ""
    form.textfield(name=name, x=230, y=y, width=300, height=height, fontSize=10, fieldFlags=flags, maxlen=500)
    y -= 40
for row in (1, 2, 3):
    form.textfield(name=f"description_{row}", x=50, y=y, width=220, height=18, fontSize=0, maxlen=100)
    form.textfield(name=f"net_weight_{row}", x=280, y=y, width=100, height=18, fontSize=10, maxlen=100)
    y -= 24
form.checkbox(name="tick1", x=50, y=y, size=14, buttonStyle="check", tooltip="By vessel")
canvas.drawString(70, y + 3, "vessel")
y -= 30
for place, option in enumerate(("Road", "Aeroplane", "Vessel")):
    form.radio(name="means", value=option, x=50 + 100 * place, y=y, size=20, selected=False, shape="square")
    canvas.drawString(75 + 100 * place, y + 5, option)
y -= 40
canvas.drawString(50, y + 4, "Country of origin")
form.choice(
    name="field9", x=230, y=y, width=150, height=18, value="Peru", options=["Canada", "Peru", "India"],
    fieldFlags="combo",
)  # fmt: skip
canvas.save()
