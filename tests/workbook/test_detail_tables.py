"""Containers and seals in a small table of a form: all of them are read, and none is taken for another."""

from __future__ import annotations

import pytest

TOP = [["Shipment reference", "R1"], ["Exporter", "Acme"], ["Vessel", "MSC Alma"], ["B/L", "HLC1"], []]
DETAILS = [
    ["Container no.", "Seal no."],
    ["MSCU6639870", "S1"],
    ["HLXU3304170", "S2"],
    [],
]
GOODS = [["CN code", "Trade name", "Lot", "Packages"], ["12040090", "Flax", "L1", "40 bags"], []]


@pytest.mark.parametrize("sheet", [TOP + DETAILS + GOODS, TOP + GOODS + DETAILS])
def test_containers_and_seals_above_or_below_the_goods_are_read(read, sheet) -> None:
    reading = read(sheet)
    [one] = reading.consignments
    assert (one.containers, one.seals) == (("MSCU6639870", "HLXU3304170"), ("S1", "S2"))
    assert [line.lots for line in one.products] == [("L1",)]
    assert [finding.code for finding in reading.findings] == ["CG270"]


def test_the_total_under_them_is_no_container(read) -> None:
    table = [[*DETAILS[0], "Gross weight (kg)"], [*DETAILS[1], 1010], ["Total", None, 1010], []]
    [one] = read(TOP + table + GOODS).consignments
    assert one.containers == ("MSCU6639870",)
    assert str(one.gross_mass.amount) == "1010"


def test_the_weight_of_one_of_several_containers_is_never_that_of_the_shipment(read) -> None:
    table = [[*DETAILS[0], "Gross weight (kg)"], [*DETAILS[1], 500], [*DETAILS[2], 500], []]
    reading = read(TOP + table + GOODS)
    assert [
        (finding.code, finding.cell.cell) for finding in reading.findings if finding.cell.cell[0] == "C"
    ] == [
        ("CG173", "C7"),
        ("CG173", "C8"),
    ]
    [one] = reading.consignments
    assert (one.containers, one.gross_mass) == (("MSCU6639870", "HLXU3304170"), None)


HELD = [[*DETAILS[0], "Bags", "Net weight (kg)"], [*DETAILS[1], 20, 500], [*DETAILS[2], 20, 500], []]


@pytest.mark.parametrize("sheet", [TOP + HELD + GOODS, TOP + GOODS + HELD])
def test_what_each_container_holds_is_no_line_of_goods(read, sheet) -> None:
    reading = read(sheet)
    [one] = reading.consignments
    assert (one.containers, one.seals) == (("MSCU6639870", "HLXU3304170"), ("S1", "S2"))
    assert [(line.cn_code, line.lots) for line in one.products] == [("12040090", ("L1",))]
    assert not [finding for finding in reading.findings if finding.is_error]


def test_a_label_beside_another_keeps_its_value_beneath(read) -> None:
    sheet = [
        ["Shipment reference", "R1"],
        ["Means of transport", "vessel"],
        ["Vessel", "MSC Alma"],
        ["Seal", "S1"],
    ]
    [one] = read(sheet).consignments
    assert (one.transport.modes, one.transport.vessels, one.seals) == (("vessel",), ("MSC Alma",), ("S1",))


SHIPMENTS = [
    ["Shipment reference", "Exporter name", "Point of entry", "Vessel"],
    ["R1", "Acme", "Leith", "Alma"],
]
LINES = [["Shipment reference", "CN code", "Trade name"], ["R1", "12040090", "Flax"]]
ALONE = [
    DETAILS,
    [["Container no.", "Seal no.", "Gross weight (kg)"], ["MSCU6639870", "S1", 1010], ["HLXU3304170", "S2"]],
    [["Container no.", "MSCU6639870; HLXU3304170"], ["Seal no.", "S1; S2"]],
]


@pytest.mark.parametrize("details", ALONE)
def test_details_on_a_sheet_of_their_own_belong_to_the_only_shipment(read, details) -> None:
    reading = read(Shipments=SHIPMENTS, Products=LINES, Containers=details)
    [one] = reading.consignments
    assert (one.containers, one.seals) == (("MSCU6639870", "HLXU3304170"), ("S1", "S2"))
    assert {finding.code for finding in reading.findings} <= {"CG270", "CG173"}


@pytest.mark.parametrize("details", ALONE)
def test_details_that_name_none_of_several_shipments_refuse_them(read, details) -> None:
    reading = read(
        Shipments=[*SHIPMENTS, ["R2", "Acme", "Leith", "Alma"]], Products=LINES, Containers=details
    )
    assert [one.containers for one in reading.consignments] == [(), ()]
    assert {finding.code for finding in reading.general if finding.is_error} == {"CG164"}


def test_numbers_alone_under_a_label_are_its_values(read) -> None:
    below = [["Container no."], ["MSCU6639870"], ["HLXU3304170"], [], ["Seal no."], ["GOODS"], []]
    [one] = read(TOP + below + GOODS).consignments
    assert (one.containers, one.seals) == (("MSCU6639870", "HLXU3304170"), ())
