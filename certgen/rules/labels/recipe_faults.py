"""What keeps a recipe from being reckoned, or makes it say two things at once, told at its cells."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from certgen.findings import Finding, make_finding
from certgen.rules.labels.label import Label, Row
from certgen.rules.labels.recipe import (
    amounts_of,
    contradictions_of,
    is_agricultural,
    is_by_share,
    kind_by_name,
    kind_of,
    shown,
)

_WHOLE = 100
_CONTRADICTED = {"certified_as": "CG491", "contains": "CG492", "organic": "CG493"}


def find_recipe_faults(label: Label, *, counts_agricultural: bool) -> list[Finding]:
    """What is wrong with a recipe; what is agricultural is asked only where a rule on this label needs it."""
    faults = [] if label.recipe else [_fault("CG470", label, None, "name")]
    for place, (row, amount) in enumerate(zip(label.recipe, amounts_of(label), strict=True)):
        faults += _amount_faults(label, place, row, amount)
        faults += _contradictions(label, place, row)
        if counts_agricultural and is_agricultural(row) is None:
            faults.append(_fault("CG473", label, place, "agricultural", name=row.get("name", "")))
        if kind := kind_by_name(row):
            faults.append(_fault("CG489", label, place, "name", name=row.get("name", ""), kind=kind))
    return faults + _wrong_sum(label)


def _amount_faults(label: Label, place: int, row: Row, amount: Fraction | None) -> Iterator[Finding]:
    name = row.get("name", "")
    if amount is None and kind_of(row) != "aid":
        yield _fault(_code_of(row), label, place, "mass", name=name)
    if amount == 0:
        yield _fault("CG490", label, place, "mass", name=name)


def _code_of(row: Row) -> str:
    """Why an amount does not count: none is there, it is below zero, or in another measure."""
    mass, share = row.get("mass"), row.get("share")
    if (mass and mass.amount < 0) or (share is not None and share < 0):
        return "CG478"
    return "CG471" if mass else "CG472"


def _contradictions(label: Label, place: int, row: Row) -> Iterator[Finding]:
    """An ingredient that is said to be organic and not to be; it counts as not organic."""
    for column in contradictions_of(row):
        yield _fault(_CONTRADICTED[column], label, place, column, name=row.get("name", ""))


def _wrong_sum(label: Label) -> list[Finding]:
    """Amounts that come to nothing, shares that do not make a whole."""
    known = [amount for amount in amounts_of(label) if amount is not None]
    total = sum(known, Fraction(0))
    if known and not total:
        return [_fault("CG494", label, 0, "mass")]
    if is_by_share(label) and total != _WHOLE:
        return [_fault("CG474", label, 0, "share", total=shown(total))]
    return []


def _fault(code: str, label: Label, row: int | None, column: str, **words: str) -> Finding:
    path = f"extra.{column}" if row is None else f"tables.recipe.{row}.{column}"
    cell = label.find_cell(column, row)
    return make_finding(code, cell=cell, field=path, consignment=label.name, label=label.name, **words)
