"""The sample with a mistake of every kind, and the list of what certgen must say about it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from layouts import PRODUCT_COLUMNS, SHIPMENT_COLUMNS, Columns, Formatted, fill_table
from openpyxl.utils import get_column_letter

from certgen.workbook.fixed_bytes import workbook_bytes

SOURCE = Path(__file__).parent / "sources" / "mistakes.toml"
SHIPMENTS: Columns = [
    *SHIPMENT_COLUMNS,
    ("transport.other", "Other means of transport"),
    ("procedures", "Procedure"),
    ("issuing_body.name", "Issuing body name"),
    ("issuing_body.address", "Issuing body address"),
    ("issuing_body.code", "Issuing body code"),
    ("transport.identity", "Identification of transport"),
    ("unknown", "Sael numbers"),
]
PRODUCTS: Columns = [*PRODUCT_COLUMNS, ("products.organic_percent", "Organic percentage")]


@dataclass(frozen=True)
class Mistake:
    """One mistake with the rows it fills and the number of its first row on each sheet."""

    name: str
    shipments: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    merged: str
    expects: list[dict[str, Any]]
    shipment_row: int
    line_row: int


def mistakes_workbook() -> bytes:
    """The workbook: one consignment for each mistake, called by its name."""
    mistakes = list(_load())
    book = openpyxl.Workbook()
    book.active.title = "Shipments"
    fill_table(book.active, SHIPMENTS, [row for mistake in mistakes for row in mistake.shipments])
    products = book.create_sheet("Products")
    fill_table(products, PRODUCTS, [row for mistake in mistakes for row in mistake.lines])
    for mistake in mistakes:
        if mistake.merged:
            letter, first = _letter(PRODUCTS, mistake.merged), mistake.line_row
            products.merge_cells(f"{letter}{first}:{letter}{first + len(mistake.lines) - 1}")
    return workbook_bytes(book)


def expected_findings() -> bytes:
    """What must be found, as TOML: slug, sheet, cell and the mistake it belongs to."""
    lines = ["# Made by samples/make.py from sources/mistakes.toml: what certgen must say, and where.", ""]
    for mistake in _load():
        for finding in mistake.expects:
            sheet, cell = _place(mistake, finding)
            lines += ["[[expected]]", f'mistake = "{mistake.name}"', f'slug = "{finding["slug"]}"']
            lines += [f'sheet = "{sheet}"', f'cell = "{cell}"', ""]
    return "\n".join(lines).encode()


def _load() -> Iterator[Mistake]:
    data = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    shipment_row = line_row = 2
    for number, entry in enumerate(data["mistake"], start=400):
        named = {"reference": entry["name"], "invoice_number": f"INV-26-{number:04}"}
        shipments = _rows(data["base"] | named, entry.get("shipment", {}), entry.get("second_shipment"))
        lines = _rows(data["base_line"] | named, entry.get("line", {}), entry.get("second_line"))
        merged = entry.get("merged", "")
        yield Mistake(entry["name"], shipments, lines, merged, entry["expects"], shipment_row, line_row)
        shipment_row += len(shipments)
        line_row += len(lines)


def _rows(base: dict[str, Any], first: dict[str, Any], second: dict[str, Any] | None) -> list[dict[str, Any]]:
    row = {path: _value(value) for path, value in (base | first).items()}
    return [row] if second is None else [row, row | second]


def _value(value: Any) -> Any:
    """A plain value; a table gives one its own number format, or repeats a text."""
    if not isinstance(value, dict):
        return value
    if "times" in value:
        return value["value"] * value["times"]
    return Formatted(value["value"], value["format"])


def _place(mistake: Mistake, finding: dict[str, Any]) -> tuple[str, str]:
    """Sheet and cell that the field's column and the mistake's row make; row 0 is the header."""
    path = finding["at"]
    if path.startswith("products."):
        row = mistake.line_row + finding.get("line", 1) - 1
        return "Products", f"{_letter(PRODUCTS, path)}{row}"
    row = finding.get("row", 1)
    return "Shipments", f"{_letter(SHIPMENTS, path)}{mistake.shipment_row + row - 1 if row else 1}"


def _letter(columns: Columns, path: str) -> str:
    paths = [column for column, _ in columns]
    return get_column_letter(paths.index(path if path in paths else path.removeprefix("products.")) + 1)
