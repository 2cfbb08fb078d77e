"""Every function of the form language, by example, and in the guide."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from certgen.consignment import write_digits
from certgen.forms.language.expressions import compile_expression
from certgen.forms.language.functions import FUNCTIONS

GUIDE = Path(__file__).parents[2] / "docs" / "forms-reference.md"

EXAMPLES: dict[str, list[tuple[str, Any]]] = {
    "amount_in": [("products | each('net_mass') | amount_in('kg') == 22000.5", True)],
    "block": [
        ("exporter | block", "Prairie Lark Organics Ltd.\n410 Grain Street\nSaskatoon\nCanada"),
        ("producers[0] | block", "Moose Creek Organic Farms Ltd.\nRange Road 21\nRosthern, Canada"),
        ("control_bodies[0] | block", "Pro-Cert Organic Systems Ltd\nSaskatoon\nCA-ORG-016"),
        ("importer | block", ""),
    ],
    "category_of": [("'F' | category_of(codes.categories, 'equivalence')", "seeds")],
    "contains_word": [
        ("'Pure MAPLE  syrup, grade A' | contains_word(codes.words)", True),
        ("'flours' | contains_word(codes.words)", False),
    ],
    "missing_in": [
        ("products | each('lots') | missing_in(products[1].lots)", ["FX26-311", "FX26-312"]),
        ("products[1].lots | missing_in(products | each('lots'))", []),
    ],
    "count_of": [("containers | count_of('CSQU3054383')", 1)],
    "covering": [
        ("operators | covering(products[1]) | length", 1),
        ("operators | covering(products[0]) | length", 2),
    ],
    "date": [
        ("departure_date | date", "8 December 2026"),
        ("departure_date | date('iso')", "2026-12-08"),
        ("issue_date | date", ""),
        ("issue_date | date('iso')", ""),
    ],
    "days_between": [
        ("days_between(departure_date, departure_date)", 0),
        ("days_between(departure_date, departure_date | plus_months(1))", 31),
        ("days_between(issue_date, departure_date)", None),
    ],
    "digits": [("'1204 00.90' | digits", "12040090")],
    "each": [
        ("producers | each('country.code')", ["CA", "CA"]),
        ("products | each('lots')", ["FX26-311", "FX26-312", "MS-9"]),
        ("products | each('country_of_production.name')", ["Canada"]),
    ],
    "earliest": [
        ("[departure_date, departure_date | plus_months(1)] | earliest | date('iso')", "2026-12-08"),
        ("operators | each('valid_until') | earliest | date('iso')", "2020-01-01"),
    ],
    "ends_with": [("reference | ends_with('0147')", True)],
    "find": [
        ("(producers | find('name', 'ERABLIERE du ruisseau clair INC')).address", "88, rang Sainte-Anne"),
        ("producers | find('name', 'nobody')", None),
    ],
    "find_words": [("'maple syrup and flour' | find_words(codes.words)", ["maple syrup", "flour"])],
    "at": [
        ("(products | at(2)).cn_code", "17022010"),
        ("products | at(0)", None),
        ("products | at(9)", None),
        ("products | at(1.5)", None),
    ],
    "entries": [
        (
            "codes.control_bodies | entries('name', ['CA-ORG-016', 'XX-ORG-999'])",
            ["Pro-Cert"],
        )
    ],
    "first": [("(products | first).cn_code", "12040090"), ("seals | first", None)],
    "held_by": [("operators | held_by(producers) | length", 0)],
    "holds": [
        ("'10 Quay St\nBelfast BT1 3ES' | holds('BT[0-9]{1,2} ?[0-9][A-Z][A-Z]')", True),
        ("'Bristol BS1 3ES' | holds('BT[0-9]{1,2} ?[0-9][A-Z][A-Z]')", False),
    ],
    "is_called": [
        ("'Ecocert Canada' | is_called('Fraser Valley Organic Producers Association (FVOPA)')", False),
        ("'FVOPA' | is_called('Fraser Valley Organic Producers Association (FVOPA)')", True),
        ("'PRO CERT Organic Systems' | is_called('Pro-Cert Organic Systems Ltd (Pro-Cert)')", True),
        ("'Organisme Quebec Vrai inc.' | is_called('Organisme de Certification Québec Vrai')", True),
        ("'QAI' | is_called('Quality Assurance International')", True),
        ("'LETIS S.A.' | is_called('Letis SA')", True),
        ("'Control Union' | is_called('Ecocert')", False),
    ],
    "is_successor": [("issue | is_successor", False)],
    "is_whole": [("is_whole(12)", True), ("is_whole(12.5)", False), ("is_whole(12.0)", True)],
    "join": [
        ("products | each('lots') | join", "FX26-311, FX26-312, MS-9"),
        ("transport.vessels | join(' / ')", "Dalian Express"),
        ("seals | join", ""),
    ],
    "known": [
        ("'CA-ORG-016' | known(codes.control_bodies)", True),
        ("'CA-ORG-16' | known(codes.control_bodies)", False),
    ],
    "last": [("products[0].lots | last", "FX26-312")],
    "latest": [("operators | each('valid_until') | latest | date('iso')", "2027-03-31")],
    "length": [("products | length", 2), ("reference | length", 12)],
    "lines": [("products[0].lots | lines", "FX26-311\nFX26-312")],
    "listed_as": [("'CA-ORG-16' | listed_as(codes.control_bodies)", "CA-ORG-016")],
    "lower": [("'ÉTÉ' | lower", "été")],
    "mass": [("products[0].net_mass | mass", "22000.50 kg"), ("products[1].net_mass | mass", "900 l")],
    "matches": [
        ("'GB123456789000' | matches('(GB|XI)[0-9]{12}([0-9]{3})?')", True),
        ("'GB1234567890001' | matches('(GB|XI)[0-9]{12}([0-9]{3})?')", False),
        ("'x' | matches('[^a]')", True),
    ],
    "packages": [
        ("products[0].packages | packages", "880 bags"),
        ("products[1].packages | packages", "in bulk"),
    ],
    "place_of": [("products | place_of(products[1])", 2)],
    "plus_months": [
        ("departure_date | plus_months(3) | date('iso')", "2027-03-08"),
        ("departure_date | plus_months(-10) | date('iso')", "2026-02-08"),
    ],
    "processing_of": [("products[1] | processing_of('', codes.processing)", "processed")],
    "same": [
        ("same('Érablière', 'erabliere')", True),
        ("same(exporter, producers[0])", False),
        ("same(exporter, exporter)", True),
    ],
    "starts_with": [("reference | starts_with('PL-')", True)],
    "pieces": [
        ("['440 bags', '40 bags', 'in bulk'] | pieces", 480),
        ("['1.5 pallets', '1,200 bags', '7'] | pieces", 7),
    ],
    "sum_of": [
        ("products | each('packages.count') | sum_of", 880),
        ("[1.5, 2] | sum_of == 3.5", True),
    ],
    "total": [("products | each('net_mass') | total", "22000.50 kg and 900 l")],
    "total_net": [("products | total_net", "22000.50 kg and 900 l")],
    "unique": [("producers | each('country.code') | unique", ["CA"])],
    "valid_container": [
        ("'CSQU3054383' | valid_container", True),
        ("'csqu 305438-3' | valid_container", True),
        ("'CSQU3054384' | valid_container", False),
        ("'HLBU1794609' | valid_container", True),
        ("'CSQ3054383' | valid_container", False),
    ],
    "valid_on": [("operators | valid_on(departure_date) | length", 1)],
    "where": [("(products | where('processing', 'Processed') | first).cn_code", "17022010")],
}


@pytest.mark.parametrize(
    ("source", "value"), [example for examples in EXAMPLES.values() for example in examples]
)
def test_the_example_gives(source: str, value: Any, names: dict[str, Any], scope: Any) -> None:
    assert compile_expression(source, "here", scope).evaluate(names) == value


def test_every_function_has_an_example() -> None:
    assert set(EXAMPLES) == set(FUNCTIONS)


def test_every_function_stands_in_the_guide_with_a_meaning() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for name, function in FUNCTIONS.items():
        assert f"| {name}" in guide or f"`{name}(" in guide, name
        assert function.meaning, name


@pytest.mark.parametrize("digits", ["0", "0.00", "900", "22000.50", "0.0000001", "1234567890123456789012.5"])
def test_an_amount_is_written_with_the_digits_it_has(digits):
    assert write_digits(Decimal(digits)) == digits


@pytest.mark.parametrize(("amount", "digits"), [("1E+3", "1000"), ("2.5E-9", "0.0000000025"), ("0E+2", "0")])
def test_an_amount_is_never_written_with_an_exponent(amount, digits):
    assert write_digits(Decimal(amount)) == digits == f"{Decimal(amount):f}"
