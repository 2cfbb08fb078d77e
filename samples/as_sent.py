"""The sample as people send it: everything a spreadsheet can suffer from, and yet nothing wrong with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from certgen.workbook.fixed_bytes import workbook_bytes

HEADERS = [
    "RÉF. EXPÉDITION",
    "formulaire",
    "Exporteur",
    "Producteur / Transformateur",
    "CERTIFIED BY",
    "CB code",
    "Description of GOODS",
    "Code  NC",
    "processed?",
    "Grown in",
    "Packages",
    "N° Lot",
    "NETTOGEWICHT",
    "Bruttogewicht je Position (kg)",
    "Poids brut total",
    "Importateur (nom et adresse)",
    "EORI-Nr.",
    "CONSIGNEE",
    "Destination",
    "Ursprungsland",
    "exported from",
    "port of discharge",
    "ETD",
    "Ausgestellt am",
    "Vessel",
    "B/L No.",
    "N° conteneur",
    "Plomben-Nr.",
    "Price CAD/t",
    "Salesman",
]
EXPORTER = "Prairie Lantern Organics Ltd.\n214 Railway Avenue West\nRosetown, SK  S0L 2V0\nCanada"
BERGQVIST = "Bergqvist Farms Ltd.\nBox 117\nElrose, SK  S0L 0Z0\nCanada"
KOVALCHUK = "Ферма Ковальчук і сини (Kowalchuk & Sons Farm)\nRR 2\nCanora, SK  S0A 0L0\nCanada"
THUNDER = "Thunder Creek Pulse Growers\nHighway 42\nEyebrow, SK  S0H 1L0\nCanada"
ALBION = (
    "Albion Wholefood Imports Ltd\nUnit 7, Avonbridge Trading Estate\nAtlantic Road\nBristol BS11 9QD\nUK"
)
SEVERNSIDE = "Severnside Cold Storage Ltd\nFifth Way\nAvonmouth\nBristol BS11 8DP\nUK"
YILDIZ = "Yıldız Doğal Gıda (UK) Ltd\nUnit 12, Garman Road\nLondon N17 0UR\nUnited Kingdom"
FENLAND = "Fenland Grain & Pulse Stores Ltd\nAlgores Way\nWisbech PE13 2TQ\nUnited Kingdom"
PRO_CERT = "Pro-Cert Organic Systems Ltd (Pro-Cert)\nSaskatoon, SK, Canada"

FIRST = {
    "RÉF. EXPÉDITION": "PLO-25-051",
    "formulaire": "gb-coi",
    "Exporteur": EXPORTER,
    "Producteur / Transformateur": f"{BERGQVIST}\n\n{KOVALCHUK}",
    "CERTIFIED BY": PRO_CERT,
    "CB code": "CA-ORG-016",
    "Poids brut total": "22 128 kg",
    "Importateur (nom et adresse)": ALBION,
    "EORI-Nr.": "GB 284 6193 70 000",
    "CONSIGNEE": SEVERNSIDE,
    "Destination": "United Kingdom",
    "Ursprungsland": "Canada",
    "exported from": "CANADA",
    "port of discharge": "Southampton",
    "ETD": "2 February 2026",
    "Ausgestellt am": date(2026, 1, 29),
    "Vessel": "Quebec Express",
    "B/L No.": "HLCUMTR260129901",
    "N° conteneur": "HLXU 118827-6",
    "Plomben-Nr.": "HLG4471051",
    "Salesman": "Denis",
}
SECOND = {
    "RÉF. EXPÉDITION": "PLO-25-052",
    "formulaire": "gb-coi ",
    "Exporteur": EXPORTER,
    "Producteur / Transformateur": THUNDER,
    "CERTIFIED BY": PRO_CERT,
    "CB code": " CA-ORG-016 ",
    "Poids brut total": "48,700.5 lbs",
    "Importateur (nom et adresse)": YILDIZ,
    "EORI-Nr.": "GB932640175000",
    "CONSIGNEE": FENLAND,
    "Destination": "U.K.",
    "Ursprungsland": "Canada",
    "exported from": "Canada",
    "port of discharge": "Felixstowe",
    "ETD": "Feb 6, 2026",
    "Ausgestellt am": "03-Feb-2026",
    "Vessel": "MSC Melissa",
    "B/L No.": "MEDUMT260522",
    "N° conteneur": "MSCU3301452",
    "Plomben-Nr.": "FX4460377",
}


def _goods(name: str, code: object, packages: str, lot: object, net: object) -> dict[str, Any]:
    return {
        "Description of GOODS": name,
        "Code  NC": code,
        "processed?": "no",
        "Grown in": "Canada",
        "Packages": packages,
        "N° Lot": lot,
        "NETTOGEWICHT": net,
    }


BLANK: dict[str, Any] = {}
GROSS_OF_LINE = "Bruttogewicht je Position (kg)"
ROWS: list[dict[str, Any]] = [
    FIRST
    | _goods("Organic red lentils, whole", 7134000, "320 bags", "PL25-0141", "8 t")
    | {"Price CAD/t": 1390, GROSS_OF_LINE: 8040},
    _goods("Organic yellow split peas", "0713.10.90", "280 Bags", "PL25-0144;PL25-0145", "7,000.00 kg")
    | {GROSS_OF_LINE: "7044"},
    _goods("Organic golden flaxseed (linseed)", "1204 00 90", "280 bags", "PL25-0150", "7,000 KG")
    | {GROSS_OF_LINE: 7044},
    BLANK,
    SECOND | _goods("Organic quinoa, white", "1008 50 00", "440 sacks", 251177, "22,000.0 lb"),
    _goods("Organic Kabuli chickpeas, 9 mm", "07 13 20 00", "480 bags", "TC-0098\nTC-0099", "12,000 kg"),
]
HIDDEN_LINE = 2


def as_sent() -> bytes:
    """The workbook, with its other sheets."""
    book = openpyxl.Workbook()
    _notes(book.active)
    _list(book.create_sheet("Envois JAN"))
    prices = book.create_sheet("prices")
    for row in (("Product", "CAD/t"), ("Red lentils", 1390), ("Flax, golden", 1720), ("Quinoa", 4150)):
        prices.append(row)
    hidden = book.create_sheet("old 2024")
    hidden["A1"] = "do not use"
    hidden.sheet_state = "hidden"
    return workbook_bytes(book)


def _notes(sheet: Worksheet) -> None:
    sheet.title = "READ ME"
    sheet["A1"] = "Shipments to the UK, January. Questions: Dagny, ext. 214"
    sheet["A3"] = "Lots are checked against the bin cards. Container 2 was re-sealed at Montréal."


def _list(sheet: Worksheet) -> None:
    sheet.merge_cells("A1:H1")
    sheet["A1"] = "Prairie Lantern Organics – organic shipments to the UK"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A2"] = "prepared 5 January, please check the lots!!"
    top = 4
    for column, header in enumerate(HEADERS, start=1):
        cell = sheet.cell(top, column, header)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE699")
        cell.alignment = Alignment(wrap_text=True)
    for offset, record in enumerate(ROWS, start=1):
        _record(sheet, top + offset, record)
    sheet.row_dimensions[top + HIDDEN_LINE].hidden = True
    sheet.merge_cells(start_row=top + 1, end_row=top + 3, start_column=1, end_column=1)
    _totals_and_notes(sheet, top)


def _record(sheet: Worksheet, row: int, record: dict[str, Any]) -> None:
    for header, value in record.items():
        cell = sheet.cell(row, HEADERS.index(header) + 1, value)
        cell.alignment = Alignment(vertical="top", wrap_text="\n" in str(value))
        if isinstance(value, date):
            cell.number_format = "dd.mm.yyyy"


def _totals_and_notes(sheet: Worksheet, top: int) -> None:
    """The totals row and the notes beside the table."""
    last = top + len(ROWS) + 1
    sheet.cell(last, 1, "TOTAL").font = Font(bold=True)
    sheet.cell(last, HEADERS.index("Packages") + 1, "1800 bags")
    sheet.cell(top + 2, len(HEADERS) + 2, "call Severnside about the slot")
    sheet.cell(top + 5, len(HEADERS) + 2, "* all lots sampled by SGS")
