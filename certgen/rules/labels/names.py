"""The names that a label rule may read: the label, its recipe, the percentages, what its texts show."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from certgen.forms.folder.codelists import load_code_list
from certgen.forms.label_fields import labels_folder
from certgen.forms.language.kinds import (
    NUMBER,
    TEXT,
    TRUTH,
    Kind,
    Scope,
    code_list_kind,
    list_of,
    own_kind,
    table_kind,
)
from certgen.forms.language.words import fold
from certgen.forms.model import CodeList
from certgen.rules.labels.label import Label, Row, label_types
from certgen.rules.labels.listing import stands_in_order, unmarked, wrongly_marked
from certgen.rules.labels.recipe import BASES, amounts_of, is_agricultural, kind_of, percentages, shown

_FACTS: dict[str, Kind] = {
    "unmarked": list_of(TEXT),
    "wrongly_marked": list_of(TEXT),
    "both_forms": list_of(TEXT),
    "unlisted": list_of(TEXT),
    "plain_agricultural": list_of(TEXT),
    "named_groups": list_of(TEXT),
    "is_in_order": TRUTH,
    "largest": TEXT,
    "is_largest_hunted": TRUTH,
    "is_of_several": TRUTH,
    "agricultural_count": NUMBER,
    "is_grown_inside": TRUTH,
    "is_grown_outside": TRUTH,
}
"""What is worked out of recipe and texts: `largest` is the ingredient with the largest amount, `unlisted`
what is neither organic, water nor salt and in no list, `plain_agricultural` what is neither organic nor
hunted or fished."""


@cache
def label_scope() -> Scope:
    """The names with their kinds, to read rules with."""
    types = label_types()
    kinds = {
        "label": table_kind("label", {"name": TEXT, **_kinds_below("extra.", types)}),
        "recipe": list_of(_row_kind()),
        "percent": table_kind("percentages", {basis.lower(): NUMBER for basis in BASES}),
        "shown": table_kind("percentages in words", {basis.lower(): TEXT for basis in BASES}),
        "facts": table_kind("facts", _FACTS),
        "codes": table_kind("codes", {name: _code_kind(item) for name, item in label_codes().items()}),
    }
    return Scope(kinds, {"label": "label", "recipe": "recipe"})


@cache
def row_scope() -> Scope:
    """The same with `item`, a row of the recipe."""
    return label_scope().with_name("item", _row_kind(), "recipe")


def _row_kind() -> Kind:
    own = _kinds_below("tables.recipe.", label_types())
    return table_kind("row of the recipe", {**own, "is_named": TRUTH})


def _kinds_below(prefix: str, types: Mapping[str, str]) -> dict[str, Kind]:
    return {
        path.removeprefix(prefix): own_kind(kind) for path, kind in types.items() if path.startswith(prefix)
    }


def _code_kind(codes: CodeList) -> Kind:
    return code_list_kind(next(iter(codes.rows.values()), {}))


@cache
def label_codes() -> Mapping[str, CodeList]:
    """The code lists that label rules read, by name."""
    lists = [load_code_list(path) for path in sorted((labels_folder() / "codes").glob("*.csv"))]
    return {item.name: item for item in lists}


def names_of(label: Label) -> dict[str, Any]:
    """The values of the names for one label."""
    percents = percentages(label)
    return {
        "label": {"package": "retail", **label.fields, "claim": label.claim},
        "recipe": _rows(label),
        "percent": {basis.lower(): percent for basis, percent in percents.items()},
        "shown": {basis.lower(): shown(percent) for basis, percent in percents.items()},
        "facts": _facts(label),
        "codes": {name: codes.rows for name, codes in label_codes().items()},
    }


def _rows(label: Label) -> tuple[dict[str, Any], ...]:
    """The rows of the recipe, what they plainly imply filled in."""
    named = {fold(word) for word in label.fields.get("named", ())}
    return tuple(
        {
            **row,
            "kind": kind_of(row),
            "organic": bool(row.get("organic")),
            "agricultural": is_agricultural(row),
            "is_named": bool(named & {fold(word) for word in (row.get("name", ""), *row["derivative_of"])}),
        }
        for row in label.recipe
    )


def _facts(label: Label) -> dict[str, Any]:
    text, organic_words = label.fields.get("ingredient_list", ""), label_codes()["organic_words"].rows
    rows, amounts = label.recipe, amounts_of(label)
    weighed = [(amount, row) for row, amount in zip(rows, amounts, strict=True) if amount is not None]
    largest = max(weighed, key=lambda item: item[0], default=(Fraction(0), {}))[1]
    return {
        "unmarked": unmarked(rows, text, organic_words),
        "wrongly_marked": wrongly_marked(rows, text, organic_words),
        "both_forms": _both_forms(label),
        "unlisted": [row.get("name", "") for row in rows if _is_unlisted(row)],
        "plain_agricultural": [
            row.get("name", "")
            for row in rows
            if is_agricultural(row) and not row.get("organic") and not row.get("hunted")
        ],
        "named_groups": _named_groups(label),
        "is_in_order": stands_in_order(rows, amounts, text, organic_words),
        "largest": largest.get("name", ""),
        "is_largest_hunted": bool(largest.get("hunted")),
        "is_of_several": sum(kind_of(row) != "aid" for row in rows) > 1,
        "agricultural_count": sum(bool(is_agricultural(row)) for row in rows),
        **_places(label),
    }


def _both_forms(label: Label) -> list[str]:
    """Ingredients that stand in the recipe organic and not organic."""
    organic = {fold(row.get("name", "")) for row in label.recipe if row.get("organic")}
    plain = [row.get("name", "") for row in label.recipe if not row.get("organic")]
    return [name for name in plain if fold(name) in organic]


def _is_unlisted(row: Row) -> bool:
    is_listed = bool(row["listed"]) and "none" not in row["listed"]
    return not (row.get("organic") or is_listed or kind_of(row) in ("water", "salt"))


def _named_groups(label: Label) -> list[str]:
    """What a claim names that is no single ingredient of the recipe: food groups."""
    ingredients = {fold(row.get("name", "")) for row in label.recipe}
    return [word for word in label.fields.get("named", ()) if fold(word) not in ingredients]


def _places(label: Label) -> dict[str, bool | None]:
    """Whether ingredients grew inside and outside the Union; None when an origin is not stated."""
    inside = label_codes()["union_countries"].rows
    grown = [row.get("origin") for row in label.recipe if is_agricultural(row)]
    if not grown or None in grown:
        return {"is_grown_inside": None, "is_grown_outside": None}
    codes = [country.code for country in grown if country is not None]
    return {
        "is_grown_inside": any(code in inside for code in codes),
        "is_grown_outside": any(code not in inside for code in codes),
    }
