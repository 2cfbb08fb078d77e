"""Organic percentages are exact on every basis, never rounded up, and not known rather than guessed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from certgen.consignment import Quantity
from certgen.rules.labels import Label, shown
from certgen.rules.labels.recipe import find_recipe_faults, percentages


def kg(name: str, amount: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "mass": Quantity(Decimal(amount), "kg"), **more}


OATS = kg("oats", "90", organic=True)
RICE = kg("rice", "3", agricultural=True)
LECITHIN = kg("lecithin", "5", kind="additive")
WATER = kg("water", "20", kind="water")
SALT = kg("salt", "2", kind="salt")
FILTER = kg("filter aid", "10", kind="aid")
BREAD = Label("bread", {}, (OATS, RICE, LECITHIN, WATER, SALT, FILTER))


def test_each_basis_counts_what_it_names() -> None:
    found = percentages(BREAD)
    assert found["EXCL_WS"] == found["EXCL_WS_INCL_ADD"] == Fraction(9000, 98)
    assert found["AGRI"] == Fraction(9000, 93)
    assert found["EXCL_WS_INCL_AIDS"] == Fraction(9000, 108)
    assert found["ALL"] == Fraction(9000, 120)


def test_water_and_salt_are_asked_about_where_the_standard_is_silent() -> None:
    assert percentages(BREAD)["STATED"] is None
    for answer, expected in (("excluded", Fraction(9000, 98)), ("included", Fraction(9000, 120))):
        assert percentages(Label("b", {"water_and_salt": answer}, BREAD.recipe))["STATED"] == expected


def test_without_water_and_salt_nothing_is_asked() -> None:
    assert percentages(Label("b", {}, (OATS, RICE)))["STATED"] == Fraction(9000, 93)


def test_raw_material_weight_is_known_only_when_said() -> None:
    assert percentages(Label("b", {}, (OATS, RICE)))["RAW"] is None
    assert percentages(Label("b", {"amounts_are": "finished"}, (OATS, RICE)))["RAW"] is None
    assert percentages(Label("b", {"amounts_are": "raw"}, (OATS, RICE)))["RAW"] == Fraction(9000, 93)


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (Fraction(95), "95 %"),
        (Fraction(9499, 100), "94.99 %"),
        (Fraction(94999999, 1000000), "94.99… %"),
        (Fraction(1899999, 20000), "94.99… %"),
        (Fraction(100) - Fraction(1, 10**9), "99.99… %"),
        (Fraction(475, 10), "47.5 %"),
        (None, "not known"),
    ],
)
def test_a_percentage_is_cut_and_never_rounded_up(percent: Fraction | None, words: str) -> None:
    assert shown(percent) == words


def test_an_amount_that_is_missing_makes_every_share_unknown_and_is_told() -> None:
    label = Label("b", {}, (OATS, {"name": "rice", "agricultural": True}))
    assert percentages(label)["EXCL_WS"] is None
    assert [finding.code for finding in find_recipe_faults(label)] == ["CG472"]


def test_weight_and_volume_make_no_sum() -> None:
    oil = {"name": "oil", "mass": Quantity(Decimal(3), "l"), "organic": True}
    label = Label("b", {}, (OATS, oil))
    assert percentages(label)["EXCL_WS"] is None
    assert [finding.code for finding in find_recipe_faults(label)] == ["CG471"]


def test_an_ingredient_that_leaves_its_origin_open_is_asked_about() -> None:
    label = Label("b", {}, (OATS, kg("rice", "3")))
    assert percentages(label)["AGRI"] is None
    assert percentages(label)["EXCL_WS"] == Fraction(9000, 93)
    assert [finding.code for finding in find_recipe_faults(label)] == ["CG473"]


def test_shares_of_the_recipe_serve_instead_of_amounts() -> None:
    rows = (
        {"name": "oats", "share": Decimal(95), "organic": True},
        {"name": "rice", "share": Decimal(4), "agricultural": True},
    )
    label = Label("b", {}, rows)
    assert percentages(label)["EXCL_WS"] == Fraction(9500, 99)
    assert [finding.code for finding in find_recipe_faults(label)] == ["CG474"]


def test_a_label_without_recipe_is_told() -> None:
    assert [finding.code for finding in find_recipe_faults(Label("b", {}))] == ["CG470"]


def test_an_amount_below_zero_counts_for_nothing_and_is_told() -> None:
    label = Label("b", {}, (OATS, kg("rice", "-5", agricultural=True)))
    assert percentages(label)["EXCL_WS"] is None
    assert [finding.code for finding in find_recipe_faults(label)] == ["CG478"]
