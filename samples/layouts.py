"""The samples that are tables: two sheets, one flat sheet, and the other file formats."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from rows import Row

from certgen.workbook.fixed_bytes import with_fixed_times, workbook_bytes

Columns = Sequence[tuple[str, str]]
"""Field path and the header a person wrote for it."""


@dataclass(frozen=True)
class Formatted:
    """A value in a number format of its own."""

    value: Any
    number_format: str


SHIPMENT_COLUMNS: Columns = [
    ("reference", "Shipment reference"),
    ("forms", "Form"),
    ("invoice_number", "Invoice number"),
    ("issue_date", "Issue date"),
    ("departure_date", "Departure date"),
    ("exporter.name", "Exporter name"),
    ("exporter.address", "Exporter address"),
    ("exporter.country", "Exporter country"),
    ("producers.name", "Producer name"),
    ("producers.address", "Producer address"),
    ("producers.country", "Producer country"),
    ("control_bodies.name", "Control body name"),
    ("control_bodies.address", "Control body address"),
    ("control_bodies.code", "Control body code"),
    ("countries_of_origin", "Country of origin"),
    ("country_of_export", "Country of export"),
    ("country_of_destination", "Country of destination"),
    ("point_of_entry", "Point of entry"),
    ("importer.name", "Importer name"),
    ("importer.address", "Importer address"),
    ("importer.country", "Importer country"),
    ("importer.eori", "Importer EORI"),
    ("first_consignee.name", "First consignee name"),
    ("first_consignee.address", "First consignee address"),
    ("first_consignee.country", "First consignee country"),
    ("containers", "Container number"),
    ("seals", "Seal number"),
    ("gross_mass", "Total gross weight (kg)"),
    ("transport.modes", "Means of transport"),
    ("transport.vessels", "Ship name"),
    ("transport.flight_number", "Flight number"),
    ("transport.train", "Train"),
    ("transport.wagons", "Wagon number"),
    ("transport.road_plate", "Registration plate"),
    ("transport.trailer_plate", "Trailer plate"),
    ("transport.documents", "Transport document"),
]
PRODUCT_COLUMNS: Columns = [
    ("reference", "Shipment reference"),
    ("products.cn_code", "CN code"),
    ("products.trade_name", "Trade name"),
    ("products.packages.count", "Number of packages"),
    ("products.packages.kind", "Kind of packages"),
    ("products.lots", "Lot number"),
    ("products.net_mass", "Net weight"),
    ("products.net_mass.unit", "Unit"),
    ("products.category", "Category"),
    ("products.processing", "Processing"),
    ("products.country_of_production", "Country of production"),
    ("products.country_of_processing", "Country of processing"),
    ("products.ingredients_confirmed", "Ingredients confirmed"),
]

_HEADER = PatternFill("solid", fgColor="E3EAD6")
_LINE = Border(bottom=Side(style="thin", color="7A8B5C"))


def two_sheets(rows: Sequence[Row]) -> bytes:
    """A workbook with `Shipments` and `Products`, tied by the shipment reference."""
    book = openpyxl.Workbook()
    shipments = book.active
    shipments.title = "Shipments"
    fill_table(shipments, SHIPMENT_COLUMNS, [row.shipment for row in rows])
    fill_table(book.create_sheet("Products"), PRODUCT_COLUMNS, list(_lines_with_reference(rows)))
    return workbook_bytes(book)


def flat_sheet(rows: Sequence[Row], columns: Columns) -> bytes:
    """One sheet: a row for each line, the shipment's values on its first line only."""
    book = openpyxl.Workbook()
    book.active.title = "Export list"
    fill_table(book.active, columns, list(_flat(rows)))
    return workbook_bytes(book)


def fill_table(sheet: Worksheet, columns: Columns, records: Iterable[dict[str, Any]]) -> None:
    """Write a header and its rows, as a tidy person would: bold header, frozen, wrapped addresses."""
    for column, (_, header) in enumerate(columns, start=1):
        cell = sheet.cell(1, column, header)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEADER, _LINE
        sheet.column_dimensions[get_column_letter(column)].width = max(12, len(header) + 3)
    for number, record in enumerate(records, start=2):
        for column, (path, _) in enumerate(columns, start=1):
            put(sheet, number, column, record.get(path, ""))
    sheet.freeze_panes = "B2"


def put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Write one value; nothing for an empty text, dates as yyyy-mm-dd."""
    if value == "":
        return
    if isinstance(value, Formatted):
        sheet.cell(row, column, value.value).number_format = value.number_format
        return
    cell = sheet.cell(row, column, value)
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in str(value))
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, str):
        cell.number_format = "@"


def german_csv(rows: Sequence[Row], columns: Columns) -> bytes:
    """A flat list as German Excel saves it: semicolons, Windows-1252, 22.000,5 and 26.01.2026."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow([header for _, header in columns])
    table.writerows([[_german(record.get(path, "")) for path, _ in columns] for record in _flat(rows)])
    return text.getvalue().encode("cp1252")


def french_ods(rows: Sequence[Row], columns: Columns) -> bytes:
    """A flat list from LibreOffice, its dates and numbers typed."""
    document = OpenDocumentSpreadsheet()
    document.meta.childNodes.clear()
    bold = Style(name="Bold", family="table-cell")
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    table = Table(name="Expéditions")
    table.addElement(_ods_row([header for _, header in columns], stylename=bold))
    for record in _flat(rows):
        table.addElement(_ods_row([record.get(path, "") for path, _ in columns]))
    document.spreadsheet.addElement(table)
    written = io.BytesIO()
    document.write(written)
    return with_fixed_times(written.getvalue())


def old_excel(rows: Sequence[Row]) -> bytes:
    """The two sheets as Excel 97 to 2003 saves them."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    lines = list(_lines_with_reference(rows))
    for name, columns, records in (
        ("Shipments", SHIPMENT_COLUMNS, [row.shipment for row in rows]),
        ("Products", PRODUCT_COLUMNS, lines),
    ):
        sheet = book.add_sheet(name)
        for column, (path, header) in enumerate(columns):
            sheet.write(0, column, header)
            for row, record in enumerate(records, start=1):
                value = record.get(path, "")
                sheet.write(row, column, value, *([day] if isinstance(value, date) else []))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _ods_row(values: Sequence[Any], **style: Any) -> TableRow:
    row = TableRow()
    for value in values:
        cell = TableCell(**_ods_type(value), **style)
        for text in str(value).split("\n") if value != "" else []:
            cell.addElement(P(text=text))
        row.addElement(cell)
    return row


def _ods_type(value: Any) -> dict[str, str]:
    if isinstance(value, date):
        return {"valuetype": "date", "datevalue": value.isoformat()}
    if isinstance(value, int | Decimal):
        return {"valuetype": "float", "value": str(value)}
    return {"valuetype": "string"} if value else {}


def _german(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, int | Decimal):
        return f"{value:,}".translate(str.maketrans(",.", ".,"))
    return str(value)


def _lines_with_reference(rows: Sequence[Row]) -> Iterable[dict[str, Any]]:
    for row in rows:
        for line in row.lines:
            yield {"reference": row.shipment["reference"], **line}


def _flat(rows: Sequence[Row]) -> Iterable[dict[str, Any]]:
    for row in rows:
        for position, line in enumerate(row.lines):
            yield {**row.shipment, **line} if position == 0 else line
