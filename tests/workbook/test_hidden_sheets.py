"""Hidden sheets are not read; what is missing because of it is told by the sheet's name."""

from __future__ import annotations

from dataclasses import replace

import pytest

SHIPMENTS = [
    ["Shipment reference", "Exporter name", "Importer name", "Country of origin", "Point of entry"],
    ["R1", "Acme", "Severn", "Canada", "Felixstowe"],
    ["R2", "Acme", "Severn", "Canada", "Felixstowe"],
]
LINES = [
    ["Shipment reference", "CN code", "Trade name", "Lot number"],
    ["R1", "12040090", "Flax", "L1"],
    ["R2", "12040090", "Flax", "L2"],
]


@pytest.fixture
def hidden(grid):
    def hide(rows, name: str):
        return replace(grid(rows, name), is_visible=False)

    return hide


def test_hidden_lines_are_the_error_of_each_shipment_that_has_none(read, grid, hidden) -> None:
    reading = read(grid(SHIPMENTS, "Shipments"), hidden(LINES, "Products"))
    for found in reading.findings_of:
        [finding] = found
        assert (finding.code, finding.cell.sheet, finding.field) == ("CG186", "Products", "products")
        assert "The sheet Products is hidden" in finding.message
    assert not reading.general


def test_hidden_shipments_of_lines_that_show_are_one_error(read, grid, hidden) -> None:
    reading = read(hidden(SHIPMENTS, "Shipments"), grid(LINES, "Products"))
    assert not reading.consignments
    assert [(finding.code, finding.cell.sheet) for finding in reading.findings] == [("CG186", "Shipments")]


def test_a_workbook_hidden_as_a_whole_names_its_shipments(read, hidden) -> None:
    reading = read(hidden(SHIPMENTS, "Shipments"), hidden(LINES, "Products"))
    assert [(finding.code, finding.cell.sheet) for finding in reading.findings] == [
        ("CG186", "Shipments"),
        ("CG167", "Products"),
    ]


def test_a_hidden_sheet_that_nothing_waits_for_is_a_note(read, grid, hidden) -> None:
    last_year = [LINES[0], ["R9", "12040090", "Flax", "L9"]]
    reading = read(grid(SHIPMENTS, "Shipments"), grid(LINES, "Products"), hidden(last_year, "2025"))
    assert [line.lots for one in reading.consignments for line in one.products] == [("L1",), ("L2",)]
    assert [(finding.code, finding.cell.sheet) for finding in reading.findings] == [("CG167", "2025")]


def test_a_hidden_list_of_words_is_no_reason_for_an_empty_workbook(read, hidden) -> None:
    reading = read(hidden([["bags"], ["boxes"]], "Lists"))
    assert [finding.code for finding in reading.findings] == ["CG168", "CG167"]
