"""Makes `by_hand.pdf`: written with no library, a hybrid XFA form whose cross-reference table is wrong."""

import sys
from pathlib import Path

OBJECTS = [
    "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R 6 0 R 7 0 R]/XFA 8 0 R/DA(/F 11 Tf)>>>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
    ("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[5 0 R 9 0 R 10 0 R 11 0 R]"
    "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>>>"),
    "<</Length 61>>\nstream\nBT /F 12 Tf 50 705 Td (Importer) Tj 0 -55 Td (Seal number) Tj ET\nendstream",
    ("<</Type/Annot/Subtype/Widget/FT/Tx/T(f\\(1\\))/Rect[150 690 450 740]/F 4/Ff 4096/Q 1/BS<</W 2/S/U>>"
    "/MK<</BC[0 0 0 1]>>>>"),
    "<</FT/Tx/T<FEFF007300E900610031>/Kids[9 0 R 10 0 R]>>",
    "<</FT/Btn/T(loose)/Kids[11 0 R]>>",
    "<</Length 5>>\nstream\n<xdp>\nendstream",
    "<</Type/Annot/Subtype/Widget/Parent 6 0 R/Rect[150 640 300 660]/F 4>>",
    "<</Type/Annot/Subtype/Widget/Parent 6 0 R/Rect[310 640 450 660]/F 4>>",
    ("<</Type/Annot/Subtype/Widget/Parent 7 0 R/Rect[150 600 165 615]/F 4/TU(Vessel)"
    "/AP<</N<</Ja null/Off null>>>>>>"),
]  # fmt: skip
body = "%PDF-1.5\n"
for number, text in enumerate(OBJECTS, 1):
    body += f"{number} 0 obj\n{text}\nendobj\n"
body += f"xref\n0 {len(OBJECTS) + 1}\n" + "0000000017 00000 n \n" * (len(OBJECTS) + 1)
body += f"trailer\n<</Size {len(OBJECTS) + 1}/Root 1 0 R>>\nstartxref\n99999\n%%EOF\n"
(Path(sys.argv[1]) / "by_hand.pdf").write_bytes(body.encode("latin-1"))
