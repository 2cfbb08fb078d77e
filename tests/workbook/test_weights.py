"""Weights that could silently be another weight: signs, number formats and units that contradict."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from certgen.consignment import Quantity
from certgen.workbook.values.number_dress import read_dress, shown_text

BEFORE = ["Reference", "Exporter name", "Trade name"]
KEY = ["R1", "Acme", "Flax"]


@pytest.fixture
def weigh(read):
    """One weight under one header: the amount in kg, and what is told of it."""

    def weigh_one(header: str, value: Any, unit: str = ""):
        reading = read([[*BEFORE, header, "Unit"], [*KEY, value, unit]])
        mass = reading.consignments[0].products[0].net_mass
        assert mass is None or mass.unit == "kg"
        return mass and mass.amount, [(finding.code, finding.cell.cell) for finding in reading.findings]

    return weigh_one


@pytest.mark.parametrize(
    "value", ["1200-", "~1200", "<1200", "> 1200", "$1200", "1200?", "1200*", "1200 kg?"]
)
def test_a_sign_around_a_weight_is_an_error(weigh, value) -> None:
    assert weigh("Net weight (kg)", value) == (None, [("CG204", "D2")])


@pytest.mark.parametrize(
    "value", ["approx 8000", "approx. 8000 kg", "8000 kg ca.", "environ 8000", "rund 8000 kg", "約8000kg"]
)
@pytest.mark.parametrize("unit", ["", "kg"])
def test_a_weight_that_is_about_so_much_is_told_as_no_exact_number(weigh, value: str, unit: str) -> None:
    assert weigh("Net weight (kg)", value, unit) == (None, [("CG236", "D2")])


@pytest.mark.parametrize("value", ["①", "½", "9²", "1200 kg①"])
def test_odd_digits_are_no_weight(weigh, value) -> None:
    amount, told = weigh("Net weight (kg)", value)
    assert amount is None
    assert [place for _, place in told] == ["D2"]


def test_a_weight_beyond_anything_that_is_shipped_is_an_error(weigh) -> None:
    assert weigh("Net weight (kg)", "123456789012345678901234567890") == (None, [("CG200", "D2")])
    assert weigh("Net weight (kg)", "123456789012.125") == (Decimal("123456789012.125"), [])


def test_a_gross_weight_is_no_net_weight(weigh, read) -> None:
    assert weigh("Net weight", "1200 kg gross") == (None, [("CG227", "D2")])
    assert weigh("Net weight", "1200 kg net") == (Decimal(1200), [])
    gross = read([[*BEFORE, "Line gross weight"], [*KEY, "1200 kg brutto"]]).consignments[0].products[0]
    assert gross.gross_mass == Quantity(Decimal(1200), "kg")


@pytest.mark.parametrize(
    ("header", "value", "amount", "codes"),
    [
        ("Net weight", (8000, '0.0," t"'), 8000, ["CG202"]),
        ("Net weight (kg)", (8000, '0.0," t"'), 8000, ["CG202"]),
        ("Net weight (t)", (8000, '0.0," t"'), None, ["CG226"]),
        ("Net weight (kg)", (8000, "0.0,"), None, ["CG226"]),
        ("Net weight", (8000, '[>=1000]0.0," t";0" kg"'), None, ["CG226"]),
        ("Net weight", (8000, '[<500]0" t";0" kg"'), None, ["CG226"]),
        ("Net weight (kg)", (Decimal("0.5"), "0%"), None, ["CG226"]),
        ("Net weight (kg)", (8000, '0" tons"'), None, ["CG218"]),
        ("Net weight", (8000, '0" bushels"'), None, ["CG204"]),
        ("Net weight (kg)", (8000, '"$"#,##0'), None, ["CG218"]),
        ("Net weight (kg)", (8000, '#,##0" kg net"_)'), 8000, []),
        ("Net weight (kg)", (8000, "_-* #,##0_-;-* #,##0_-"), 8000, []),
        ("Net weight (kg)", (8000, "#\\ ##0"), 8000, []),
    ],
)
def test_a_number_format_is_read_as_the_eye_reads_it(weigh, header, value, amount, codes) -> None:
    found, told = weigh(header, value)
    assert (found, [code for code, _ in told]) == (amount, codes)


@pytest.mark.parametrize(
    ("header", "value", "unit", "told"),
    [
        ("Net weight (kg)", 800, "lb", [("CG209", "E2")]),
        ("Net weight", "8000 lb", "kg", [("CG209", "E2")]),
        ("Net weight", (8, '0" t"'), "kg", [("CG209", "E2")]),
        ("Net weight (kg)", (8, '0" t"'), "", [("CG218", "D2")]),
        ("Net weight", (8000, '0.0," t"'), "kg", [("CG226", "D2")]),
    ],
)
def test_units_that_contradict_are_never_settled(weigh, header, value, unit, told) -> None:
    assert weigh(header, value, unit) == (None, told)


def test_a_unit_written_in_the_cell_outweighs_the_header_with_a_warning(weigh) -> None:
    assert weigh("Net weight (kg)", "2 t") == (Decimal(2000), [("CG219", "D2"), ("CG202", "D2")])


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('"PL25"-0000', "PL25-0091"),
        ('"L-"0000', "L-0091"),
        ('"Lentils grade "0', "Lentils grade 91"),
        ("00-00", "00-91"),
        ("0000", "91"),
        ('"L"#,##0', None),
        ('[>9]"L"0', None),
    ],
)
def test_a_format_of_words_and_zeros_shows_its_number(grid, code, shown) -> None:
    cell = grid([[(91, code)]]).cells[1, 1]
    assert shown_text(cell) == (cell.text if code == "0000" else shown)


def test_a_quoted_semicolon_ends_no_section() -> None:
    assert read_dress('0";kg"').words == ";kg"
    assert read_dress('0" kg";[Red]0" lb"').words == "kg"
