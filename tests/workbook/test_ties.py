"""Rows that several shipments share belong to the first of them, by the value that ties these shipments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from certgen.consignment import Consignment
from certgen.forms import load_forms, load_vocabulary
from certgen.workbook.grid import GridBook
from certgen.workbook.reading import Reading, read_book
from certgen.workbook.sheets.headers import HeaderIndex

SHIPMENTS = [
    ["Shipment reference", "Certificate request", "Exporter name"],
    ["S-1", "R-1", "Kaveri Spinners"],
    ["S-2", "R-1", "Kaveri Spinners"],
    ["S-3", "R-2", "Kaveri Spinners"],
]
Read = Callable[[list[list[str]]], Reading]


@pytest.fixture(scope="module")
def read(grid) -> Read:
    """Three shipments, two of one request, with a sheet of the certificates that went into them."""
    vocabulary = load_vocabulary([load_forms()["te-transaction-certificate"]])

    def read_references(references: list[list[str]]) -> Reading:
        grids = (grid(SHIPMENTS, "Shipments"), grid(references, "Input references"))
        path = Path("shipment.xlsx")
        return read_book(GridBook(path.name, "0" * 64, grids), path, vocabulary, HeaderIndex(vocabulary, {}))

    return read_references


def numbers_of(consignment: Consignment) -> list[str]:
    return [row["number"] for row in consignment.tables.get("input_references", ())]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_row_goes_to_the_first_shipment_of_its_request(read: Read, order: tuple[int, ...]) -> None:
    rows = [
        ["Certificate request", "Kind of reference", "Number of the reference"],
        ["R-1", "input TC", "TC-1"],
        ["r-2", "input TC", "TC-2"],
        ["R-1", "farm SC", "SC-3"],
    ]
    reading = read([[row[place] for place in order] for row in rows])
    assert [numbers_of(each) for each in reading.consignments] == [["TC-1", "SC-3"], [], ["TC-2"]]


def test_a_row_that_names_its_shipment_goes_to_that_one(read: Read) -> None:
    reading = read(
        [
            ["Shipment reference", "Certificate request", "Kind of reference", "Number of the reference"],
            ["S-2", "R-1", "input TC", "TC-1"],
        ]
    )
    assert [numbers_of(each) for each in reading.consignments] == [[], ["TC-1"], []]


def test_a_row_of_a_request_that_no_shipment_names_is_told(read: Read) -> None:
    header = ["Certificate request", "Kind of reference", "Number of the reference"]
    reading = read([header, ["R-9", "input TC", "TC-1"]])
    assert not any(numbers_of(each) for each in reading.consignments)
    [told] = [finding for finding in reading.findings if finding.code == "CG180"]
    assert (told.is_error, told.cell and told.cell.cell) == (True, "A2")
