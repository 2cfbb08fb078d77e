"""Marks that point to another cell are no values, and rows that call themselves totals are no lines."""

from __future__ import annotations

import pytest

HEADER = ["Reference", "Exporter name", "CN code", "Trade name", "Lot number", "Bags", "Net weight (kg)"]
LINE = ["R1", "Acme", "12040090", "Flax", "L1", 40, 1000]
MARKS = [
    '"',
    "''",
    "\u3003",
    "\u2033",
    '-"-',
    '" " "',
    "ditto",
    "-do-",
    "id.",
    "as above",
    "siehe oben",
    "同上",
    "↓",
]


@pytest.mark.parametrize("mark", [*MARKS, "see packing list", "voir annexe", "lt. Liste"])
def test_what_only_points_elsewhere_is_never_a_value_of_a_line(read, mark: str) -> None:
    reading = read([HEADER, LINE, ["R1", "Acme", "12040090", mark, mark, 40, 500]])
    second = reading.consignments[0].products[1]
    assert (second.trade_name, second.lots) == ("", ())
    assert [(finding.code, finding.cell.cell) for finding in reading.findings] == [
        ("CG189", "D3"),
        ("CG189", "E3"),
    ]


def test_a_mark_among_several_lots_is_none_of_them(read) -> None:
    reading = read([HEADER, [*LINE[:4], 'L1; "', 40, 500]])
    assert reading.consignments[0].products[0].lots == ()
    assert [finding.code for finding in reading.findings] == ["CG189"]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_under_a_shipment_repeats_it(read, mark: str) -> None:
    reading = read([HEADER, LINE, [mark, mark, "10040000", "Oats", "L2", 40, 500]])
    [one] = reading.consignments
    assert (one.reference, one.exporter.name) == ("R1", "Acme")
    assert [line.lots for line in one.products] == [("L1",), ("L2",)]
    assert [(finding.code, finding.cell.cell) for finding in reading.findings] == [
        ("CG190", "A3"),
        ("CG190", "B3"),
    ]


def test_a_mark_in_the_first_row_of_another_shipment_is_asked_about(read) -> None:
    header = [*HEADER, "Container no."]
    reading = read(
        [header, [*LINE, "MSCU6639870"], ["R2", "Acme", "10040000", "Oats", "L2", 40, 500, "as above"]]
    )
    assert [one.containers for one in reading.consignments] == [("MSCU6639870",), ()]
    assert [(finding.code, finding.cell.cell) for finding in reading.findings] == [("CG189", "H3")]


def test_a_mark_in_a_list_of_shipments_is_asked_about(read) -> None:
    header = [
        "Shipment reference",
        "Exporter name",
        "Point of entry",
        "First consignee name",
        "Importer name",
    ]
    reading = read([header, ["R1", "Acme", "Leith", "Avon", "Severn"], ["R2", '"', '"', '"', '"']])
    assert reading.consignments[1].exporter.name == ""
    assert reading.consignments[1].first_consignee.name == ""
    assert [(finding.code, finding.cell.cell) for finding in reading.findings] == [
        ("CG189", f"{column}3") for column in "BCDE"
    ]


@pytest.mark.parametrize("code", ["ID", "DO"])
def test_a_country_is_no_mark(read, code: str) -> None:
    header = ["Reference", "Exporter name", "Trade name", "Country of production"]
    reading = read([header, ["R1", "Acme", "Flax", code]])
    assert reading.consignments[0].products[0].country_of_production.code == code


TOTALS = [
    "Total net weight",
    "TOTAL KG",
    "Grand Total (kg)",
    "TOTAL / TOTAUX",
    "Sub-total lentils",
    "Total 2 lines",
    "Peso total",
    "Gesamt netto",
    "Carried forward",
    "Übertrag",
    "合計重量",
    "Total: 40 bags",
]


@pytest.mark.parametrize("words", TOTALS)
def test_a_row_that_begins_or_ends_with_a_total_is_no_line(read, words: str) -> None:
    for row in ([None, None, None, words, None, 40, 1000], [words, None, None, None, None, None, 1000]):
        reading = read([HEADER, LINE, row])
        assert [line.lots for line in reading.consignments[0].products] == [("L1",)]
        assert [finding.code for finding in reading.findings] == ["CG163"]


def test_a_total_of_a_shipment_may_name_it(read) -> None:
    reading = read([HEADER, LINE, ["R1", "Acme", None, "Total R1", None, 40, 1000]])
    assert [finding.code for finding in reading.findings] == ["CG163"]


def test_sums_without_a_word_are_a_total_though_packages_are_words(read) -> None:
    header = [*HEADER[:5], "Packages", HEADER[6]]
    lines = [[*LINE[:5], "40 bags", 1000], [*LINE[:4], "L2", "20 bags", 500]]
    reading = read([header, *lines, [*[None] * 5, "60 bags", 1500]])
    assert [line.lots for line in reading.consignments[0].products] == [("L1",), ("L2",)]
    reading = read([header, *lines, [*[None] * 5, "60 bags", 1501]])
    assert len(reading.consignments[0].products) == 3


def test_goods_called_total_with_a_code_or_a_lot_are_a_line(read) -> None:
    reading = read([HEADER, LINE, ["R1", "Acme", None, "Total muesli", "L2", 40, 500]])
    assert [line.trade_name for line in reading.consignments[0].products] == ["Flax", "Total muesli"]
