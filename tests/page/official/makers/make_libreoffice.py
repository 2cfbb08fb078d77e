"""Makes `libreoffice.pdf` with LibreOffice Calc: form controls of a sheet, exported as a PDF form."""

import subprocess
import sys
import tempfile
from pathlib import Path

CONTROLS = (
    ("exporter", "Exporter", "textarea", 20, 15),
    ("invoice", "Invoice number", "text", 45, 7),
    ("port", "Point of entry", "text", 57, 7),
    ("vessel", "Vessel", "checkbox", 70, 5),
    ("origin", "Country of origin", "combobox", 80, 7),
    ("lots1", "Lot number", "text", 92, 7),
)
NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
    "ooo": "http://openoffice.org/2004/office",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
}


def control(name: str, label: str, kind: str) -> str:
    inside = (
        "".join(f'<form:item form:label="{item}"/>' for item in ("Canada", "Peru"))
        if kind == "combobox"
        else ""
    )
    more = ' form:multi-line="true"' if kind == "textarea" else ""
    return (
        f'<form:{kind} form:name="{name}" form:id="{name}" xml:id="{name}" form:title="{label}" '
        f'form:control-implementation="ooo:com.sun.star.form.component.'
        f'{"CheckBox" if kind == "checkbox" else "ComboBox" if kind == "combobox" else "TextField"}"{more}>'
        f"{inside}</form:{kind}>"
    )


def shape(name: str, kind: str, y: int, height: int) -> str:
    width = 5 if kind == "checkbox" else 60
    return (
        f'<draw:control draw:z-index="1" svg:x="50mm" svg:y="{y}mm" svg:width="{width}mm" '
        f'svg:height="{height}mm" draw:control="{name}"/>'
    )


def label(words: str, y: int) -> str:
    return (
        f'<draw:frame draw:z-index="0" svg:x="10mm" svg:y="{y}mm" svg:width="40mm" svg:height="7mm">'
        f"<draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame>"
    )


names = " ".join(f'xmlns:{key}="{value}"' for key, value in NAMESPACES.items())
document = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
    '<table:table table:name="Form"><office:forms>'
    '<form:form form:name="Form" form:control-implementation="ooo:com.sun.star.form.component.Form">'
    + "".join(control(name, words, kind) for name, words, kind, _, _ in CONTROLS)
    + "</form:form></office:forms><table:shapes>"
    + "".join(shape(name, kind, y, height) for name, _, kind, y, height in CONTROLS)
    + "".join(label(words, y) for _, words, _, y, _ in CONTROLS)
    + "</table:shapes><table:table-row><table:table-cell><text:p>Export request</text:p></table:table-cell>"
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document>"
)
with tempfile.TemporaryDirectory() as folder:
    source = Path(folder) / "libreoffice.fods"
    source.write_text(document, encoding="utf-8")
    home = f"-env:UserInstallation=file://{folder}/profile"
    target = ["--convert-to", "pdf:calc_pdf_Export", "--outdir", sys.argv[1], str(source)]
    subprocess.run(["soffice", home, "--headless", *target], check=True, capture_output=True)
