"""Sheets of many rows: read in time that grows with the rows, and refused beyond what a paper mill needs."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from certgen.errors import UnreadableInputError
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.formats.limits import MAX_LINES, MAX_SHIPMENTS, MAX_SHIPMENTS_OF_A_NUMBER
from certgen.workbook.sheets.beginnings import Beginnings
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.party_headers import PartyHeaders

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


@pytest.mark.parametrize(
    ("text", "may_be_one"),
    [
        ("unique text 3 5", False),
        ("4000 pieces of something", False),
        ("No. of strange things", False),
        ("Exporter", True),
        ("The exporter of it", True),
        ("2. Exportername", True),
        ("No. of lots", True),
        ("kg net", True),
        ("(strange) exporter", True),
        ("L o t", True),
        ("lotnr", True),
    ],
)
def test_a_glance_tells_most_texts_from_headers(text: str, *, may_be_one: bool) -> None:
    """A sheet may hold half a million of them, and taking each apart costs many times as much."""
    beginnings = Beginnings(["exporter", "#lot", "net"], ["the", "no", "of", "kg"])
    assert beginnings.may_begin(text) is may_be_one


def test_a_text_that_begins_as_no_header_does_is_not_taken_apart(index: HeaderIndex) -> None:
    some, others = ([f"unique й {word} {number} and more" for number in range(4000)] for word in ("a", "b"))
    assert seconds_of(index.match, some) < seconds_of(index.take_apart, others)


def test_the_length_of_a_strange_header_costs_little(vocabulary: Vocabulary) -> None:
    """At each of its letters a party could end and its part begin, yet most texts are no party at all."""
    parties = PartyHeaders(vocabulary, "".join)
    short, long = ([f"x{number}{'y' * length}" for number in range(4000)] for length in (5, 150))
    quick, slow = (min(seconds_of(parties.find, texts) for _ in range(5)) for texts in (short, long))
    assert slow < 5 * quick


def seconds_of(read_one: Callable[[str], object], texts: Sequence[str]) -> float:
    """The seconds of work in reading each of these texts, none of which means anything."""
    gc.collect()
    started = time.process_time()
    assert not any(map(read_one, texts))
    return time.process_time() - started


def test_a_line_without_a_reference_is_told_with_its_shipment(read) -> None:
    lines = [["R0", "Flax", "L1"], ["", "Lentils", "L2"], ["R1", "Oats", "L3"]]
    reading = read(Shipments=shipments(2), Products=[PRODUCTS, *lines])
    assert [len(consignment.products) for consignment in reading.consignments] == [2, 1]
    told = [(finding.code, finding.cell.cell, finding.consignment) for finding in reading.findings]
    assert told == [("CG179", "B3", "R0")]
    assert "Row 3" in reading.findings[0].message
