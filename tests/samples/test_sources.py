"""The plain tables behind the samples hold what the trade would: true codes, weights, dates and numbers."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from rows import Row, load_rows
from stdnum import iso6346

from certgen.forms.roots import find_forms_root
from certgen.profile import load_profile

SOURCES = ("shipment", "season", "flat", "one-shipment", "languages")


def all_rows() -> list[Row]:
    return [row for name in SOURCES for row in load_rows(name)]


def values(path: str) -> list[Any]:
    return [part for row in all_rows() for part in row.shipment[path].split("; ") if part]


def test_the_season_has_forty_consignments() -> None:
    assert len(load_rows("season")) == 40


def test_two_exporters_of_the_season_share_an_invoice_number() -> None:
    rows = load_rows("season")
    invoices = Counter(row.shipment["invoice_number"] for row in rows)
    [shared] = [number for number, times in invoices.items() if times > 1]
    assert (
        len({row.shipment["exporter.name"] for row in rows if row.shipment["invoice_number"] == shared}) == 2
    )


def test_no_exporter_uses_a_reference_twice() -> None:
    used = Counter((row.shipment["exporter.name"], row.shipment["reference"]) for row in all_rows())
    assert max(used.values()) == 1


def test_every_container_number_has_its_check_digit() -> None:
    assert all(iso6346.is_valid(number) for number in values("containers"))


def test_no_container_or_seal_stands_on_two_consignments() -> None:
    for path in ("containers", "seals"):
        assert max(Counter(values(path)).values()) == 1


def test_every_certificate_is_issued_before_the_goods_leave_and_in_order() -> None:
    for name in SOURCES:
        days = [row.shipment["issue_date"] for row in load_rows(name)]
        assert days == sorted(days)
    assert all(row.shipment["issue_date"] < row.shipment["departure_date"] for row in all_rows())


def test_gross_is_not_below_net_and_a_container_is_not_overloaded() -> None:
    for row in all_rows():
        net_kg = sum(
            line["products.net_mass"] for line in row.lines if line["products.net_mass.unit"] == "kg"
        )
        containers = len([number for number in row.shipment["containers"].split("; ") if number])
        assert row.shipment["gross_mass"] >= net_kg
        assert not containers or row.shipment["gross_mass"] <= 28_000 * containers


def test_every_code_of_goods_has_eight_digits() -> None:
    assert all(re.fullmatch(r"\d{8}", line["products.cn_code"]) for row in all_rows() for line in row.lines)


def test_every_control_body_is_a_current_canadian_one_under_its_published_name() -> None:
    path = find_forms_root() / "_common" / "codes" / "control-bodies.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    listed = {row["code"]: row for row in csv.DictReader(line for line in lines if not line.startswith("#"))}
    for row in all_rows():
        names = row.shipment["control_bodies.name"].split(";\n")
        codes = row.shipment["control_bodies.code"].split("; ")
        for name, code in zip(names, codes, strict=True):
            assert (listed[code]["name"], listed[code]["status"]) == (name, "current")


@pytest.mark.parametrize("script", ["Ї-ЯҐґЄєіїА-я", "Α-ω", "ığşİŞĞ", "łśżŁŚŻ", "éèêÉ"])
def test_the_season_holds_names_in_many_letters(script: str) -> None:
    text = "".join(str(value) for row in load_rows("season") for value in row.shipment.values())
    assert re.search(f"[{script}]", text)


def test_both_profiles_are_the_same_house(samples: Path, gb_coi: Path) -> None:
    small, large = load_profile(samples / "certgen.toml"), load_profile(gb_coi / "certgen.toml")
    assert small.issuer == large.issuer
    assert small.form == large.form


def test_the_list_of_operators_covers_every_exporter(gb_coi: Path) -> None:
    certified = {item.name: item for item in load_profile(gb_coi / "certgen.toml").operator}
    for row in all_rows():
        assert certified[row.shipment["exporter.name"]].valid_until > row.shipment["departure_date"]


def test_each_mistake_has_a_name_of_its_own(samples: Path) -> None:
    mistakes = tomllib.loads((samples / "sources" / "mistakes.toml").read_text(encoding="utf-8"))["mistake"]
    assert max(Counter(mistake["name"] for mistake in mistakes).values()) == 1
