"""Several shipments as forms of one sheet: read where each begins alike, else refused with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

Rows = list[list[Any]]


def form(reference: str, lot: str, *title: str, without: Sequence[str] = ()) -> Rows:
    labels = {
        "Shipment reference": reference,
        "Invoice no.": f"INV-{reference}" if reference else "",
        "Exporter": "Acme Ltd\nRegina SK, Canada",
        "Vessel": f"MV {reference or lot}",
        "Container no.": "MSCU6639871",
    }
    table = [["CN code", "Trade name", "Lot", "Packages"], ["12040090", "Flax", lot, "4 bags"], ["Total"]]
    return [
        *([text] for text in title),
        *([label, value] for label, value in labels.items() if label not in without),
        [],
        *table,
        [],
    ]


def beside(*forms: Rows, gap: int) -> Rows:
    width = max(len(row) for rows in forms for row in rows) + gap
    height = max(map(len, forms))
    padded = [[row + [None] * (width - len(row)) for row in rows + [[]] * height] for rows in forms]
    return [[cell for rows in padded for cell in rows[place]] for place in range(height)]


def told(reading: Any) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [
        (one.reference, one.exporter.name, one.transport.vessels, *(line.lots for line in one.products))
        for one in reading.consignments
    ]


BOTH = [("R1", "Acme Ltd", ("MV R1",), ("L1",)), ("R2", "Acme Ltd", ("MV R2",), ("L2",))]


@pytest.mark.parametrize(
    "sheet",
    [
        form("R1", "L1") + form("R2", "L2"),
        form("R1", "L1", "SHIPMENT 1") + form("R2", "L2", "SHIPMENT 2"),
        form("R1", "L1")[:-1] + form("R2", "L2")[:-1],
        [*form("R1", "L1", "Acme Ltd", "Shipment 1"), [], *form("R2", "L2", "Acme Ltd", "Shipment 2")],
        beside(form("R1", "L1"), form("R2", "L2"), gap=1),
        beside(form("R1", "L1", "Shipment A"), form("R2", "L2", "Shipment B"), gap=0),
    ],
)
def test_forms_that_begin_alike_are_a_shipment_each(read, sheet: Rows) -> None:
    reading = read(sheet)
    assert told(reading) == BOTH
    assert not [finding for finding in reading.findings if finding.is_error]
    assert [one.containers for one in reading.consignments] == [("MSCU6639871",)] * 2


def test_forms_may_stand_in_two_rows_of_two(read) -> None:
    upper = beside(form("R1", "L1"), form("R2", "L2"), gap=1)
    lower = beside(form("R3", "L3"), form("R4", "L4"), gap=1)
    assert [one[0] for one in told(read(upper + lower))] == ["R1", "R2", "R3", "R4"]


def test_labels_above_the_forms_hold_for_all(read) -> None:
    top = [["Exporter", "Acme Ltd\nRegina SK, Canada"], ["Control body code", "CA-ORG-016"], []]
    reading = read(top + form("R1", "L1", without=["Exporter"]) + form("R2", "L2", without=["Exporter"]))
    assert told(reading) == BOTH
    assert [one.control_bodies[0].code for one in reading.consignments] == ["CA-ORG-016"] * 2


@pytest.mark.parametrize(
    "sheet",
    [
        # what stands above the second number may belong to either shipment
        [*form("R1", "L1"), ["Vessel", "Other"], *form("R2", "L2", without=["Vessel"])],
        # a label above the forms comes again in one of them
        [["Exporter", "Acme Ltd"], [], *form("R1", "L1", without=["Exporter"]), *form("R2", "L2")],
        # the second number is not filled in yet
        form("R1", "L1") + form("", "L2"),
    ],
)
def test_forms_that_cannot_be_told_apart_are_one_error_with_what_to_do(read, sheet: Rows) -> None:
    reading = read(sheet)
    assert not reading.consignments
    [finding] = [finding for finding in reading.findings if finding.is_error]
    assert finding.code == "CG188"
    assert "a sheet of its own" in finding.fix


def test_a_blank_form_beneath_is_no_shipment(read) -> None:
    blank = [row[:1] if len(row) == 2 else row for row in form("R2", "L2")]
    blank = [row for row in blank if row[:1] != ["12040090"]]
    reading = read(form("R1", "L1") + blank)
    assert told(reading) == BOTH[:1]
    assert not [finding for finding in reading.findings if finding.is_error]


def test_a_form_copied_for_a_second_container_of_the_shipment_stays_one(read) -> None:
    again = [["Seal no.", "S2"] if row[:1] == ["Container no."] else row for row in form("R1", "L2")]
    reading = read(form("R1", "L1") + again)
    assert [(one[0], *one[3:]) for one in told(reading)] == [("R1", ("L1",), ("L2",))]


def test_labels_in_two_columns_of_one_form_are_one_shipment(read) -> None:
    sheet = [
        ["Shipment reference", "R1", None, "Invoice no.", "I1"],
        ["Exporter", "Acme", None, "Vessel", "Alma"],
    ]
    assert [one[:3] for one in told(read(sheet))] == [("R1", "Acme", ("Alma",))]
