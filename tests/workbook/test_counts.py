"""Counts and shares that could silently be another one: packages, their kinds, percentages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from certgen.consignment import Packages

BEFORE = ["Reference", "Exporter name", "Trade name"]
KEY = ["R1", "Acme", "Flax"]


@pytest.fixture
def read_cells(read):
    """Values under headers: the product line, and what is told of it."""

    def read_line(**cells: Any):
        headers, values = [name.replace("_", " ") for name in cells], list(cells.values())
        reading = read([[*BEFORE, *headers], [*KEY, *values]])
        told = [(finding.code, finding.cell.cell) for finding in reading.findings]
        return reading.consignments[0].products[0], told

    return read_line


@pytest.mark.parametrize(
    ("kind", "packages"),
    [
        ("880 bags", Packages(880, "bags")),
        ("880 x 25 kg bags", Packages(880, "x 25 kg bags")),
        ("25 kg bags", Packages(880, "25 kg bags")),
        ("25kg/bag", Packages(880, "25kg/bag")),
        ("20 ft flexitanks", Packages(880, "20 ft flexitanks")),
        ("cartons of 12 x 500 g", Packages(880, "cartons of 12 x 500 g")),
    ],
)
def test_a_count_in_the_column_of_kinds_is_not_printed_twice(read_cells, kind, packages) -> None:
    line, told = read_cells(Packing=kind, Number_of_packages=880)
    assert (line.packages, told) == (packages, [])


@pytest.mark.parametrize("size", ["25 kg", "25kg", "x 25 kg", "880 x 25 kg"])
def test_a_size_without_a_kind_takes_the_kind_of_the_header(read_cells, size) -> None:
    line, told = read_cells(Bags=880, Packing=size)
    assert line.packages is not None
    assert (line.packages.kind.replace("25kg", "25 kg"), told) == ("x 25 kg bags", [])


@pytest.mark.parametrize("size", ["25 kg", "25kg", "880 x 25 kg", "12 x 500 g"])
def test_a_size_is_no_kind(read_cells, size) -> None:
    line, told = read_cells(Number_of_packages=880, Packing=size)
    assert line.packages is None
    assert [place for _, place in told] == ["E2"]


@pytest.mark.parametrize("kind", ["44 pallets", "12 x 500 g jars", "1,000 bags"])
def test_a_column_of_kinds_that_counts_otherwise_is_asked_about(read_cells, kind) -> None:
    line, told = read_cells(Packing=kind, Number_of_packages=880)
    assert (line.packages, told) == (None, [("CG255", "D2")])


@pytest.mark.parametrize(
    "value",
    [
        "3e2",
        "10²",
        "20x40 bags",
        "320-",
        "320?",
        "320 ?",
        "320*",
        "320 bags?",
        "320 x",
        "320 × 25 kg",
        "~320 bags",
    ],
)
def test_what_is_no_plain_count_and_kind_asks(read_cells, value) -> None:
    product, told = read_cells(Packages=value)
    assert (product.packages, told) == (None, [("CG251", "D2")])


@pytest.mark.parametrize(
    ("value", "packages"),
    [
        ("880bags", Packages(880, "bags")),
        ("320 袋", Packages(320, "袋")),
        ("880 x 25 kg bags", Packages(880, "x 25 kg bags")),
        ("320 (three) bags", Packages(320, "(three) bags")),
        ("320 bags of 25 kg", Packages(320, "bags of 25 kg")),
        ((320, '0" bags"'), Packages(320, "bags")),
        ((1320, '#,##0" bags"'), Packages(1320, "bags")),
    ],
)
def test_a_count_and_a_kind_are_printed_as_they_are_shown(read_cells, value, packages) -> None:
    assert read_cells(Packages=value) == (read_cells(Packages=value)[0], [])
    assert read_cells(Packages=value)[0].packages == packages


@pytest.mark.parametrize("count", [320, "320", "320 bags"])
def test_a_count_in_bulk_is_a_contradiction(read_cells, count) -> None:
    product, told = read_cells(Number_of_packages=count, Kind_of_packages="in bulk")
    assert (product.packages, told) == (None, [("CG252", "D2")])


@pytest.mark.parametrize("kind", ["20", "x", "bags?", "²"])
def test_a_kind_is_a_word(read_cells, kind) -> None:
    product, told = read_cells(Number_of_packages=320, Kind_of_packages=kind)
    assert (product.packages, told) == (None, [("CG254", "E2")])


@pytest.mark.parametrize("shown", ["0,", '[>9]0" bags"'])
def test_a_count_that_is_shown_otherwise_asks(read_cells, shown) -> None:
    assert read_cells(Packages=(32000, shown))[1] == [("CG251", "D2")]


@pytest.mark.parametrize(
    ("value", "code"), [("-5", "CG281"), (-5, "CG281"), (101, "CG281"), ("9500 %", "CG281"), ("9²", "CG200")]
)
def test_a_share_of_more_than_all_or_less_than_nothing_is_refused(read_cells, value, code) -> None:
    headers = {"Organic percentage": value}
    product, told = read_cells(**headers)
    assert (product.organic_percent, told) == (None, [(code, "D2")])


@pytest.mark.parametrize("value", ["98%", 98, (Decimal("0.98"), "0%"), (98, '0"%"'), "98 percent"])
def test_a_share_is_read_however_it_is_shown(read_cells, value) -> None:
    product, told = read_cells(**{"Organic percentage": value})
    assert (product.organic_percent, told) == (98, [])


def test_a_name_made_by_a_number_format_is_printed_as_shown_or_refused(read) -> None:
    names = [(91, '"Lentils grade "0'), (1, '"Grade "0.00')]
    reading = read(
        [["Reference", "Exporter name", "Lot", "Trade name"], *(["R", "A", "L", name] for name in names)]
    )
    assert [product.trade_name for product in reading.consignments[0].products] == [
        "Lentils grade 91",
        "1.00",
    ]
    assert [(finding.code, finding.cell.cell) for finding in reading.findings] == [("CG225", "D3")]


@pytest.mark.parametrize("code", ["00000000", (0, "00000000"), "0000"])
def test_a_code_of_zeros_is_no_code(read_cells, code) -> None:
    product, told = read_cells(**{"CN code": code})
    assert (product.cn_code, told) == ("", [("CG228", "D2")])


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Anzahl Säcke", "Säcke"),
        ("Fässer", "Fässer"),
        ("N° de fûts", "fûts"),
        ("IBCs", "IBCs"),
        ("No. of BAGS", "bags"),
        ("Big bags", "big bags"),
        ("Kartons (Stück)", "Kartons"),
    ],
)
def test_a_kind_from_the_header_keeps_its_letters(read, header, kind) -> None:
    [line] = read([[*BEFORE, header], [*KEY, 40]]).consignments[0].products
    assert line.packages == Packages(40, kind)


@pytest.mark.parametrize("value", ["320.000", "320.000 bags", "1.000"])
def test_three_zeros_behind_the_decimal_mark_may_be_thousands_and_ask(read_cells, value: str) -> None:
    line, told = read_cells(Number_of_packages=value)
    assert line.packages is None
    assert told == [("CG256", "D2")]


@pytest.mark.parametrize(
    ("value", "count"),
    [("1,000 bags", 1000), ("320.00 bags", 320), ("1.250 bags", 1250), ("1,000,000 bags", 10**6)],
)
def test_a_count_that_can_be_read_in_one_way_only_does_not_ask(read_cells, value: str, count: int) -> None:
    line, told = read_cells(Number_of_packages=value)
    assert line.packages.count == count
    assert told == []


def test_a_point_divides_thousands_where_the_sheet_writes_decimals_with_a_comma(read) -> None:
    headers = ["Sendungsnummer", "Name des Ausführers", "Handelsbezeichnung", "Anzahl der Packstücke"]
    reading = read([headers, ["R1", "Acme", "Leinsaat", "1.000 Säcke"]])
    assert reading.consignments[0].products[0].packages.count == 1000
