"""A workbook whose source is its sheets: a list of rows for each, by the headers as they stand."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import openpyxl
from layouts import fill_table
from rows import SOURCES

from certgen.workbook.fixed_bytes import workbook_bytes


def sheets_of(name: str) -> bytes:
    """The workbook of one file in `sources/`; its columns come in the order in which rows first name them."""
    text = (SOURCES / f"{name}.toml").read_text(encoding="utf-8")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in tomllib.loads(text, parse_float=Decimal).items():
        fill_table(book.create_sheet(title), _columns(rows), rows)
    return workbook_bytes(book)


def _columns(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(header, header) for header in dict.fromkeys(header for row in rows for header in row)]
