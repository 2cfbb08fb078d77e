"""Organic percentages are exact on every basis, never rounded up, and not known rather than guessed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from certgen.consignment import Quantity
from certgen.rules.labels import Label, shown
from certgen.rules.labels.recipe import percentages
from certgen.rules.labels.recipe_faults import find_recipe_faults


def faults(*rows: dict[str, Any], counts_agricultural: bool = True, **fields: Any) -> list[str]:
    found = find_recipe_faults(Label("b", fields, rows), counts_agricultural=counts_agricultural)
    return [finding.code for finding in found]


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
    assert found["EXCL_WS"] == Fraction(9000, 93)
    assert found["EXCL_WS_INCL_ADD"] == Fraction(9000, 98)
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
    rice = {"name": "rice", "agricultural": True}
    assert percentages(Label("b", {}, (OATS, rice)))["EXCL_WS"] is None
    assert faults(OATS, rice) == ["CG472"]


def test_an_additive_without_amount_leaves_open_only_what_counts_additives() -> None:
    found = percentages(Label("b", {}, (OATS, RICE, {"name": "lecithin", "kind": "additive"})))
    assert found["EXCL_WS"] == Fraction(9000, 93)
    assert found["EXCL_WS_INCL_ADD"] is None


def test_weight_and_volume_make_no_sum() -> None:
    oil = {"name": "oil", "mass": Quantity(Decimal(3), "l"), "organic": True}
    assert percentages(Label("b", {}, (OATS, oil)))["EXCL_WS"] is None
    assert faults(OATS, oil) == ["CG471"]


def test_an_ingredient_that_leaves_its_origin_open_is_asked_about() -> None:
    label = Label("b", {}, (OATS, kg("rice", "3")))
    assert percentages(label)["AGRI"] is None
    assert percentages(label)["EXCL_WS"] == Fraction(9000, 93)
    assert faults(*label.recipe) == ["CG473"]


def test_nobody_is_asked_what_is_agricultural_where_no_rule_counts_it() -> None:
    assert faults(OATS, kg("rice", "3"), counts_agricultural=False) == []


def test_shares_of_the_recipe_serve_instead_of_amounts() -> None:
    rows = (
        {"name": "oats", "share": Decimal(95), "organic": True},
        {"name": "rice", "share": Decimal(4), "agricultural": True},
    )
    whole = ({**rows[0], "share": Decimal(96)}, rows[1])
    assert percentages(Label("b", {}, whole))["EXCL_WS"] == 96
    assert faults(*whole) == []


def test_what_shares_leave_unsaid_counts_as_not_organic() -> None:
    for column, value in (("share", Decimal("94.9")), ("mass", Quantity(Decimal("94.9"), "%"))):
        oats = {"name": "oats", column: value, "organic": True}
        assert percentages(Label("b", {}, (oats,)))["EXCL_WS"] == Fraction(949, 10)
        assert faults(oats) == ["CG474"]


def test_water_and_salt_are_known_by_their_names_and_nothing_else_is() -> None:
    for name in ("Water", "eau", "Sea salt", "食塩"):
        assert faults(OATS, kg(name, "3")) == ["CG489"]
        assert percentages(Label("b", {}, (OATS, kg(name, "3"))))["EXCL_WS"] == 100
    for name in ("coconut water", "celery salt"):
        assert percentages(Label("b", {}, (OATS, kg(name, "10"))))["EXCL_WS"] == 90


def test_water_that_is_called_an_ingredient_is_one() -> None:
    assert percentages(Label("b", {}, (OATS, kg("water", "10", kind="ingredient"))))["EXCL_WS"] == 90


def test_what_is_said_to_be_organic_and_not_to_be_is_told() -> None:
    assert faults({**OATS, "certified_as": "made-with-organic"}) == ["CG491"]
    assert faults({**OATS, "contains": ("irradiation",)}) == ["CG492"]
    assert faults(OATS, {**WATER, "organic": True}) == ["CG493"]
    part = {**RICE, "organic": True, "certified_as": "made-with-organic"}
    assert percentages(Label("b", {}, (OATS, part)))["EXCL_WS"] == Fraction(9000, 93)
    assert faults({**OATS, "certified_as": "organic", "contains": ("sulphite",)}) == []


def test_amounts_that_come_to_nothing_are_told() -> None:
    assert faults(kg("oats", "0", organic=True)) == ["CG490", "CG494"]
    assert faults(OATS, kg("rice", "0", agricultural=True)) == ["CG490"]


def test_a_label_without_recipe_is_told() -> None:
    assert faults() == ["CG470"]


def test_an_amount_below_zero_counts_for_nothing_and_is_told() -> None:
    rice = kg("rice", "-5", agricultural=True)
    assert percentages(Label("b", {}, (OATS, rice)))["EXCL_WS"] is None
    assert faults(OATS, rice) == ["CG478"]
    assert faults({"name": "oats", "share": Decimal(-5), "organic": True}) == ["CG478", "CG474"]
