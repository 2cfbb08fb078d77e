"""Workbooks and houses for the small forms that the tests make up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

SMALL = Path(__file__).parents[1] / "forms" / "small"
Sheets = Mapping[str, Sequence[Sequence[Any]]]
BODY = """format = 1
[issuer]
role = "control-body"
name = "Pro-Cert Organic Systems Ltd"
address = "Saskatoon"
codes = ["CA-ORG-016"]
"""
EXPORTER = """format = 1
[issuer]
role = "exporter"
name = "Prairie Lark Organics Ltd."
address = "410 Grain Street, Saskatoon"
"""


@pytest.fixture
def write(desk: Path) -> Callable[..., Path]:
    """A workbook of these sheets, each a list of rows."""

    def write_sheets(sheets: Sheets, name: str = "shipment.xlsx") -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(desk / name)
        return desk / name

    return write_sheets


@pytest.fixture
def house(desk: Path) -> Callable[[str], None]:
    """Lay the profile of a house on the desk."""

    def settle(profile: str) -> None:
        (desk / "certgen.toml").write_text(profile, encoding="utf-8")

    return settle


@pytest.fixture
def words() -> Callable[[Path], str]:
    """What a PDF says, in one line."""

    def read(path: Path | str) -> str:
        return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())

    return read
