"""Every sample is read whole: its consignments by name, its columns all known, and nothing wrong with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rows import Row, load_rows

from certgen.forms import load_forms
from certgen.forms.vocabulary import load_vocabulary
from certgen.workbook.reading import Reading, read_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
TABLES = {
    "shipment.xlsx": load_rows("shipment"),
    "gb-coi/season.xlsx": load_rows("season"),
    "gb-coi/flat.xlsx": load_rows("flat"),
    "gb-coi/one-shipment.xlsx": load_rows("one-shipment"),
    "gb-coi/sendung.csv": load_rows("languages")[:1],
    "gb-coi/envoi.ods": load_rows("languages")[1:2],
    "gb-coi/old-excel.xls": load_rows("languages")[2:],
}
NAMES = {name: [row.shipment["reference"] for row in rows] for name, rows in TABLES.items()}
NAMES["gb-coi/as-sent.xlsx"] = ["PLO-25-051", "PLO-25-052"]


@cache
def read(name: str) -> Reading:
    return read_workbook(SAMPLES / name, load_vocabulary(load_forms().values()), {})


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_gives_its_consignments_in_order(name: str) -> None:
    assert [consignment.reference for consignment in read(name).consignments] == NAMES[name]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_a_sample(name: str) -> None:
    assert [finding for finding in read(name).findings if finding.is_error] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_column_of_a_tidy_sample_is_unknown(name: str) -> None:
    assert [column.header for sheet in read(name).sheets for column in sheet.unknown] == []


def test_only_price_and_salesman_are_unknown_as_sent() -> None:
    unknown = [column.header for sheet in read("gb-coi/as-sent.xlsx").sheets for column in sheet.unknown]
    assert unknown == ["Price CAD/t", "Salesman"]


@pytest.mark.parametrize("name", TABLES)
def test_every_line_is_read_as_its_source_has_it(name: str) -> None:
    for consignment, row in zip(read(name).consignments, TABLES[name], strict=True):
        assert [_line(item) for item in consignment.products] == [_source_line(item) for item in row.lines]


@pytest.mark.parametrize("name", TABLES)
def test_every_party_container_and_seal_is_read_as_its_source_has_it(name: str) -> None:
    for consignment, row in zip(read(name).consignments, TABLES[name], strict=True):
        assert consignment.exporter.name == row.shipment["exporter.name"]
        assert consignment.importer.name == row.shipment["importer.name"]
        assert consignment.first_consignee.name == row.shipment["first_consignee.name"]
        assert [item.name for item in consignment.producers] == _parts(row, "producers.name", ";\n")
        assert [item.code for item in consignment.control_bodies] == _parts(row, "control_bodies.code", "; ")
        assert list(consignment.containers) == _parts(row, "containers", "; ")
        assert list(consignment.seals) == _parts(row, "seals", "; ")
        assert consignment.issue_date == row.shipment["issue_date"]
        assert consignment.departure_date == row.shipment["departure_date"]


def test_the_ways_of_transport_of_the_season_are_all_there() -> None:
    ways = {consignment.transport.modes for consignment in read("gb-coi/season.xlsx").consignments}
    assert ways == {("vessel",), ("aeroplane",), ("railways",), ("road",), ("vessel", "road")}


def test_the_sheet_as_sent_means_what_its_sender_meant() -> None:
    first, second = read("gb-coi/as-sent.xlsx").consignments
    assert [str(line.net_mass.amount) for line in first.products if line.net_mass] == [
        "8000",
        "7000.00",
        "7000",
    ]
    assert [line.cn_code for line in first.products] == ["07134000", "07131090", "12040090"]
    assert [item.name.split(" ")[0] for item in first.producers] == ["Bergqvist", "Ферма"]
    assert [line.lots for line in second.products] == [("251177",), ("TC-0098", "TC-0099")]
    assert second.gross_mass is not None
    assert str(second.gross_mass.amount) == "22090.175215185"


def test_the_sheet_as_sent_has_warnings_and_notes_to_tell() -> None:
    told = {finding.slug for finding in read("gb-coi/as-sent.xlsx").findings}
    assert {
        "zero-lost",
        "hidden-rows",
        "hidden-sheet",
        "total-not-read",
        "mode-implied",
        "unit-converted",
    } <= told


def _line(item: object) -> tuple[object, ...]:
    return (
        item.cn_code,
        item.trade_name,
        item.packages.count,
        item.packages.kind,
        list(item.lots),
        item.net_mass.amount,
        item.net_mass.unit,
        item.processing,
    )


def _source_line(line: dict[str, object]) -> tuple[object, ...]:
    return (
        line["products.cn_code"],
        line["products.trade_name"],
        line["products.packages.count"] or None,
        line["products.packages.kind"],
        str(line["products.lots"]).split("; "),
        line["products.net_mass"],
        line["products.net_mass.unit"],
        line["products.processing"],
    )


def _parts(row: Row, path: str, between: str) -> list[str]:
    return [part for part in row.shipment[path].split(between) if part]
