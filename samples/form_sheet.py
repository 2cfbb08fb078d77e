"""The sample that is one shipment as a form: labels with their values beside or below, a table underneath."""

from __future__ import annotations

from typing import Any

import openpyxl
from layouts import put
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rows import Row

from certgen.workbook.fixed_bytes import workbook_bytes

_LABEL = PatternFill("solid", fgColor="EFEFEF")
_EDGE = Side(style="thin", color="999999")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)

BESIDE_LEFT = [
    ("reference", "Shipment reference"),
    ("invoice_number", "Invoice no."),
    ("issue_date", "Date of issue"),
    ("departure_date", "Date of departure"),
]
BESIDE_RIGHT = [
    ("forms", "Form"),
    ("countries_of_origin", "Country of origin"),
    ("country_of_export", "Country of export"),
    ("country_of_destination", "Country of destination"),
]
TRANSPORT_LEFT = [
    ("transport.modes", "Means of transport"),
    ("transport.vessels", "Ship name"),
    ("transport.documents", "Bill of lading"),
    ("point_of_entry", "Point of entry"),
]
TRANSPORT_RIGHT = [
    ("containers", "Container no."),
    ("seals", "Seal no."),
    ("gross_mass", "Total gross weight"),
    ("importer.eori", "Importer EORI"),
]
TABLE = [
    ("products.trade_name", "Trade name"),
    ("products.cn_code", "CN code"),
    ("products.packages", "Packages"),
    ("products.lots", "Lot number"),
    ("products.net_mass", "Net weight (kg)"),
    ("products.processing", "Processed or unprocessed"),
    ("products.country_of_production", "Grown in"),
    ("products.country_of_processing", "Country of processing"),
    ("products.ingredients_confirmed", "Ingredients confirmed"),
]


def form_sheet(row: Row) -> bytes:
    """One shipment as an exporter fills a house form."""
    values = row.shipment | {
        "exporter": _in_one_cell(row.shipment, "exporter"),
        "importer": _in_one_cell(row.shipment, "importer"),
        "first_consignee": _in_one_cell(row.shipment, "first_consignee"),
        "producers": _in_one_cell(row.shipment, "producers"),
        "transport.modes": "By sea",
        "gross_mass": f"{row.shipment['gross_mass']} kg",
    }
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Request"
    _title(sheet, "Request for a certificate of inspection")
    _beside(sheet, 3, 1, BESIDE_LEFT, values)
    _beside(sheet, 3, 5, BESIDE_RIGHT, values)
    _below(sheet, 8, 1, "Exporter (name and address)", values["exporter"])
    _below(sheet, 8, 5, "Importer (name and address)", values["importer"])
    _below(sheet, 14, 1, "Producer or processor (name and address)", values["producers"])
    _below(sheet, 14, 5, "First consignee (name and address)", values["first_consignee"])
    _below(sheet, 20, 1, "Control body (name, address and code)", _bodies(row.shipment))
    _beside(sheet, 27, 1, TRANSPORT_LEFT, values)
    _beside(sheet, 27, 5, TRANSPORT_RIGHT, values)
    _goods_table(sheet, 33, row)
    for column, width in zip("ABCDEFGHI", (42, 20, 16, 22, 38, 26, 16, 16, 22), strict=True):
        sheet.column_dimensions[column].width = width
    _set_up_print(sheet)
    return workbook_bytes(book)


def _set_up_print(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _in_one_cell(shipment: dict[str, Any], path: str) -> str:
    lines = (shipment[f"{path}.name"], shipment[f"{path}.address"], shipment[f"{path}.country"])
    return "\n".join(lines)


def _bodies(shipment: dict[str, Any]) -> str:
    """Name, address and code of each body on lines of its own, a blank line between bodies."""
    names = shipment["control_bodies.name"].split(";\n")
    addresses = shipment["control_bodies.address"].split(";\n")
    codes = shipment["control_bodies.code"].split("; ")
    return "\n\n".join("\n".join(body) for body in zip(names, addresses, codes, strict=True))


def _title(sheet: Worksheet, text: str) -> None:
    sheet.merge_cells("A1:H1")
    sheet["A1"] = text
    sheet["A1"].font = Font(bold=True, size=15)
    sheet.row_dimensions[1].height = 24


def _beside(
    sheet: Worksheet, row: int, column: int, labels: list[tuple[str, str]], values: dict[str, Any]
) -> None:
    for offset, (path, label) in enumerate(labels):
        _label(sheet, row + offset, column, label)
        put(sheet, row + offset, column + 1, values[path])


def _below(sheet: Worksheet, row: int, column: int, label: str, value: str) -> None:
    """A label over a block of five rows and three columns, merged, as a paper form has it."""
    _label(sheet, row, column, label)
    put(sheet, row + 1, column, value)
    sheet.cell(row + 1, column).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.merge_cells(start_row=row + 1, end_row=row + 4, start_column=column, end_column=column + 2)
    for offset in range(1, 5):
        sheet.row_dimensions[row + offset].height = 22


def _label(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column, text)
    cell.font, cell.fill, cell.border = Font(bold=True), _LABEL, _BOX


def _goods_table(sheet: Worksheet, row: int, shipment: Row) -> None:
    for column, (_, header) in enumerate(TABLE, start=1):
        _label(sheet, row, column, header)
    for offset, line in enumerate(shipment.lines, start=1):
        packages = f"{line['products.packages.count']} {line['products.packages.kind']}"
        values = line | {"products.packages": packages}
        for column, (path, _) in enumerate(TABLE, start=1):
            put(sheet, row + offset, column, values[path])
    total = row + len(shipment.lines) + 1
    sheet.cell(total, 1, "Total").font = Font(bold=True)
    sheet.cell(total, 5, sum(line["products.net_mass"] for line in shipment.lines))
