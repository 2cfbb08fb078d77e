"""The sample with a mistake of every kind, and the list of what certgen must say about it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from layouts import PRODUCT_COLUMNS, SHIPMENT_COLUMNS, Columns, fill_table
from openpyxl.utils import get_column_letter

from certgen.workbook.fixed_bytes import workbook_bytes

SOURCE = Path(__file__).parent / "sources" / "mistakes.toml"
SHIPMENTS: Columns = [
    *SHIPMENT_COLUMNS,
    ("transport.other", "Other means of transport"),
    ("procedures", "Procedure"),
]
PRODUCTS: Columns = [*PRODUCT_COLUMNS, ("products.organic_percent", "Organic percentage")]


def mistakes_workbook() -> bytes:
    """The workbook: one consignment for each mistake, called by its name."""
    data = _load()
    book = openpyxl.Workbook()
    book.active.title = "Shipments"
    fill_table(book.active, SHIPMENTS, [_shipment(data, mistake) for mistake in data["mistake"]])
    lines = [line for mistake in data["mistake"] for line in _lines(data, mistake)]
    fill_table(book.create_sheet("Products"), PRODUCTS, lines)
    return workbook_bytes(book)


def expected_findings() -> bytes:
    """What must be found, as TOML: slug, sheet, cell and the mistake it belongs to."""
    lines = ["# Made by samples/make.py from sources/mistakes.toml: what certgen must say, and where.", ""]
    for mistake, sheet, cell, slug in _expected(_load()):
        lines += ["[[expected]]", f'mistake = "{mistake}"', f'slug = "{slug}"']
        lines += [f'sheet = "{sheet}"', f'cell = "{cell}"', ""]
    return "\n".join(lines).encode()


def _load() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def _shipment(data: dict[str, Any], mistake: dict[str, Any]) -> dict[str, Any]:
    return data["base"] | {"reference": mistake["name"]} | mistake.get("shipment", {})


def _lines(data: dict[str, Any], mistake: dict[str, Any]) -> list[dict[str, Any]]:
    first = data["base_line"] | {"reference": mistake["name"]} | mistake.get("line", {})
    if "second_line" not in mistake:
        return [first]
    return [first, first | mistake["second_line"]]


def _expected(data: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Each expected finding with the sheet and cell that the field's column and the mistake's row make."""
    product_row = 2
    for shipment_row, mistake in enumerate(data["mistake"], start=2):
        for finding in mistake["expects"]:
            is_line = finding["at"].startswith("products.")
            row = product_row + finding.get("line", 1) - 1 if is_line else shipment_row
            columns = PRODUCTS if is_line else SHIPMENTS
            cell = f"{_letter(columns, finding['at'])}{row}"
            yield mistake["name"], "Products" if is_line else "Shipments", cell, finding["slug"]
        product_row += len(_lines(data, mistake))


def _letter(columns: Columns, path: str) -> str:
    return get_column_letter([column for column, _ in columns].index(path) + 1)
