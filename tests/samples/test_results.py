"""What stands in `out/` came out of the samples: a certificate for each consignment, and the marked copy."""

from __future__ import annotations

import tomllib
import warnings
from functools import cache
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from certgen.consignment import Consignment
from certgen.forms import load_forms
from certgen.forms.vocabulary import load_vocabulary
from certgen.workbook.reading import read_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
RESULTS = SAMPLES / "gb-coi" / "out"
SOURCES = {
    "shipment": "shipment.xlsx",
    "flat": "gb-coi/flat.xlsx",
    "one-shipment": "gb-coi/one-shipment.xlsx",
    "sendung": "gb-coi/sendung.csv",
    "envoi": "gb-coi/envoi.ods",
    "old-excel": "gb-coi/old-excel.xls",
    "as-sent": "gb-coi/as-sent.xlsx",
    "season": "gb-coi/season.xlsx",
}


@cache
def consignments(name: str) -> tuple[Consignment, ...]:
    vocabulary = load_vocabulary(load_forms().values())
    return read_workbook(SAMPLES / SOURCES[name], vocabulary, {}).consignments


def text_of(path: Path) -> str:
    """Everything printed in a PDF, without spaces and line breaks."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return "".join("".join(pages).split())


@pytest.mark.parametrize("name", SOURCES)
def test_each_consignment_has_its_certificate_in_workbook_order(name: str) -> None:
    printed = [text_of(path) for path in sorted((RESULTS / name).glob("*.pdf"))]
    assert len(printed) == len(consignments(name))
    for consignment, text in zip(consignments(name), printed, strict=True):
        for value in _values(consignment):
            assert "".join(value.split()) in text, (consignment.reference, value)


def test_no_serial_stands_on_two_certificates() -> None:
    names = [path.name for path in RESULTS.rglob("*.pdf")]
    assert len(names) == len(set(names))


def test_every_expected_cell_is_coloured_in_the_marked_copy() -> None:
    expected = tomllib.loads((SAMPLES / "gb-coi" / "mistakes.expected.toml").read_text("utf-8"))["expected"]
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(RESULTS / "mistakes" / "mistakes.marked.xlsx")
    plain = openpyxl.load_workbook(SAMPLES / "gb-coi" / "mistakes.xlsx")
    for item in expected:
        cell = _shown(book[item["sheet"]], item["cell"])
        assert cell.fill.fill_type == "solid", item
        assert cell.fill != plain[item["sheet"]][cell.coordinate].fill, item


def _shown(sheet: Worksheet, name: str) -> Cell:
    """The cell itself, or the first of the merged cells it lies in, which is the one people see."""
    for merged in sheet.merged_cells.ranges:
        if name in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[name]


def _values(consignment: Consignment) -> list[str]:
    parties = (consignment.exporter, consignment.importer, consignment.first_consignee)
    return [
        *(party.name for party in (*parties, *consignment.producers)),
        *(body.code for body in consignment.control_bodies),
        *(line.trade_name for line in consignment.products),
        *(line.cn_code for line in consignment.products),
        *(lot for line in consignment.products for lot in line.lots),
        *consignment.containers,
        *consignment.seals,
        *consignment.transport.documents,
        *consignment.transport.vessels,
    ]
