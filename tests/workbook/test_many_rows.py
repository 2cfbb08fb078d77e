"""Sheets of many rows: read in time that grows with the rows, and refused beyond what a paper mill needs."""

from __future__ import annotations

import time
from typing import Any

import pytest

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.limits import MAX_LINES, MAX_SHIPMENTS, MAX_SHIPMENTS_OF_A_NUMBER
from certgen.workbook.sheets.headers import HeaderIndex

SHIPMENTS = ["Shipment reference", "Exporter name", "Point of entry"]
PRODUCTS = ["Shipment reference", "Trade name", "Lot"]


def shipments(count: int, reference: str = "R{}") -> list[list[Any]]:
    return [SHIPMENTS, *([reference.format(number), "Acme", "Dover"] for number in range(count))]


def test_twice_the_shipments_take_twice_the_time(read) -> None:
    read(Shipments=shipments(10))
    seconds = []
    for count in (500, 4000):
        started = time.process_time()
        assert len(read(Shipments=shipments(count)).consignments) == count
        seconds.append(time.process_time() - started)
    assert seconds[1] < 8 * seconds[0] * 3


def test_more_shipments_than_are_read_at_once_are_refused(read) -> None:
    with pytest.raises(
        UnreadableInputError, match=r"^shipment.xlsx holds more than 10,000 shipments\. Split it"
    ):
        read(Shipments=shipments(MAX_SHIPMENTS + 1))


def test_one_number_for_many_shipments_is_refused(read) -> None:
    with pytest.raises(UnreadableInputError, match=r"the number 'SAME'\. Give each"):
        read(Shipments=shipments(MAX_SHIPMENTS_OF_A_NUMBER + 1, "same"))


def test_an_invoice_may_cover_many_shipments(read) -> None:
    count = MAX_SHIPMENTS_OF_A_NUMBER * 2
    rows = [[f"R{number}", "I1", "Acme"] for number in range(count)]
    reading = read([["Shipment reference", "Invoice number", "Exporter name"], *rows])
    assert len(reading.consignments) == count


def test_more_lines_than_are_read_at_once_are_refused(read) -> None:
    lines = [["R0", "Flax", "L"]] * (MAX_LINES + 1)
    with pytest.raises(
        UnreadableInputError, match=r"^shipment.xlsx holds more than 50,000 product lines\. Split it"
    ):
        read(Shipments=shipments(1), Products=[PRODUCTS, *lines])


@pytest.mark.parametrize("beginning", ["unique", "Importer of strange", "N. o", "12345", "(strange)"])
def test_texts_that_are_no_headers_are_known_as_such_quickly(index: HeaderIndex, beginning: str) -> None:
    """A sheet may hold half a million of them: letter by letter each would take a third of a millisecond."""
    texts = [f"{beginning} й text {number} with some more letters to be long" for number in range(10_000)]
    started = time.process_time()
    assert not any(index.match(text) for text in texts)
    assert time.process_time() - started < 1.5


def test_a_line_without_a_reference_is_told_with_its_shipment(read) -> None:
    lines = [["R0", "Flax", "L1"], ["", "Lentils", "L2"], ["R1", "Oats", "L3"]]
    reading = read(Shipments=shipments(2), Products=[PRODUCTS, *lines])
    assert [len(consignment.products) for consignment in reading.consignments] == [2, 1]
    told = [(finding.code, finding.cell.cell, finding.consignment) for finding in reading.findings]
    assert told == [("CG179", "B3", "R0")]
    assert "Row 3" in reading.findings[0].message
