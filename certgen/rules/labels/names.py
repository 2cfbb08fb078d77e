"""The names that a label rule may read: the label, its recipe, the percentages, what its texts show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

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
from certgen.forms.model import CodeList
from certgen.rules.labels.codes import label_codes
from certgen.rules.labels.facts import FACTS, facts_of, key_of, named_in_claim
from certgen.rules.labels.label import Label, label_types
from certgen.rules.labels.recipe import BASES, is_agricultural, kind_of, percentages, shown


@cache
def label_scope() -> Scope:
    """The names with their kinds, to read rules with."""
    types = label_types()
    kinds = {
        "label": table_kind("label", {"name": TEXT, **_kinds_below("extra.", types)}),
        "recipe": list_of(_row_kind()),
        "percent": table_kind("percentages", {basis.lower(): NUMBER for basis in BASES}),
        "shown": table_kind("percentages in words", {basis.lower(): TEXT for basis in BASES}),
        "facts": table_kind("facts", FACTS),
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


def names_of(label: Label) -> dict[str, Any]:
    """The values of the names for one label."""
    percents = percentages(label)
    return {
        "label": {"package": "retail", **label.fields, "claim": label.claim},
        "recipe": _rows(label),
        "percent": {basis.lower(): percent for basis, percent in percents.items()},
        "shown": {basis.lower(): shown(percent) for basis, percent in percents.items()},
        "facts": facts_of(label),
        "codes": {name: codes.rows for name, codes in label_codes().items()},
    }


def _rows(label: Label) -> tuple[dict[str, Any], ...]:
    """The rows of the recipe, what they plainly imply filled in."""
    named = {key_of(word) for word in named_in_claim(label)}
    return tuple(
        {
            **row,
            "kind": kind_of(row),
            "organic": bool(row.get("organic")),
            "agricultural": is_agricultural(row),
            "is_named": bool(named & {key_of(word) for word in (row.get("name", ""), *row["derivative_of"])}),
        }
        for row in label.recipe
    )
