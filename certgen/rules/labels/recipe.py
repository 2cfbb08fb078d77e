"""The organic percentage of a recipe, on every basis that a standard reckons on, as exact fractions.

Nothing is rounded, so that 94.99 is not 95; for people it is written out downwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from certgen.findings import Finding, make_finding
from certgen.rules.labels.label import Label, Row

EXCL_WS = "EXCL_WS"
AGRI = "AGRI"
EXCL_WS_INCL_ADD = "EXCL_WS_INCL_ADD"
EXCL_WS_INCL_AIDS = "EXCL_WS_INCL_AIDS"
RAW = "RAW"
ALL = "ALL"
STATED = "STATED"
BASES = {
    EXCL_WS: "of all ingredients, water and salt left out",
    AGRI: "of the agricultural ingredients",
    EXCL_WS_INCL_ADD: "of all ingredients and additives, water and salt left out",
    EXCL_WS_INCL_AIDS: "of all ingredients, additives and processing aids, water and salt left out",
    RAW: "of the raw material weight",
    ALL: "of everything that goes in",
    STATED: "with or without water and salt, as the certifier answered",
}
"""The bases that standards reckon on, in words. Additives count in the first as in the third: a publisher of
the same rules counts them among the remaining five percent, and no percentage may come out too high."""

_PLACES_SHOWN = 2
_HUNDRED = 100
_WS = frozenset({"water", "salt"})
_UNCOUNTED = frozenset({"aid"})

Amounts = Sequence[Fraction | None]


def kind_of(row: Row) -> str:
    """What a row of the recipe is; an ingredient when nothing is said."""
    return str(row.get("kind") or "ingredient")


def is_agricultural(row: Row) -> bool | None:
    """Whether it is of agricultural origin, None when an ingredient leaves it open."""
    if row.get("organic"):
        return True
    stated: bool | None = row.get("agricultural")
    return stated if stated is not None or kind_of(row) == "ingredient" else False


def percentages(label: Label) -> dict[str, Fraction | None]:
    """The organic share of the recipe in percent by basis; None where it cannot be known."""
    rows, amounts = label.recipe, amounts_of(label)
    excluded = _share(rows, amounts, lambda row: kind_of(row) not in _WS | _UNCOUNTED)
    whole = _share(rows, amounts, lambda row: kind_of(row) not in _UNCOUNTED)
    stated = _as_stated(label, excluded, whole)
    return {
        EXCL_WS: excluded,
        AGRI: _agricultural_share(rows, amounts),
        EXCL_WS_INCL_ADD: excluded,
        EXCL_WS_INCL_AIDS: _share(rows, amounts, lambda row: kind_of(row) not in _WS),
        RAW: stated if label.fields.get("amounts_are") == "raw" else None,
        ALL: whole,
        STATED: stated,
    }


def _as_stated(label: Label, excluded: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """With or without water and salt, as the certifier answers; where there is neither, no answer needed."""
    if not any(kind_of(row) in _WS for row in label.recipe):
        return whole
    return {"excluded": excluded, "included": whole}.get(str(label.fields.get("water_and_salt", "")))


def _agricultural_share(rows: Sequence[Row], amounts: Amounts) -> Fraction | None:
    counted = [row for row in rows if kind_of(row) not in _UNCOUNTED]
    if any(is_agricultural(row) is None for row in counted):
        return None
    return _share(rows, amounts, lambda row: kind_of(row) not in _UNCOUNTED and bool(is_agricultural(row)))


def _share(rows: Sequence[Row], amounts: Amounts, counts: Callable[[Row], bool]) -> Fraction | None:
    counted = [(row, amount) for row, amount in zip(rows, amounts, strict=True) if counts(row)]
    known = [amount for _, amount in counted if amount is not None]
    if len(known) < len(counted) or not sum(known):
        return None
    organic = sum((amount for row, amount in counted if row.get("organic") and amount), Fraction(0))
    return organic * _HUNDRED / sum(known)


def amounts_of(label: Label) -> list[Fraction | None]:
    """How much of each row goes in, all in one measure; None for a row whose amount is missing, below zero or
    in another.

    Amounts are taken before shares of the recipe; the first row settles the unit.
    """
    masses = [row.get("mass") for row in label.recipe]
    if any(masses):
        unit = next(mass.unit for mass in masses if mass)
        return [
            Fraction(mass.amount) if mass and mass.unit == unit and mass.amount >= 0 else None
            for mass in masses
        ]
    shares = [row.get("share") for row in label.recipe]
    return [Fraction(share) if share is not None else None for share in shares]


def shown(percent: Fraction | None) -> str:
    """A percentage for people, cut after two places, with a sign when more follows: `94.99… %`."""
    if percent is None:
        return "not known"
    scaled = percent * 10**_PLACES_SHOWN
    whole, rest = divmod(int(scaled), 10**_PLACES_SHOWN)
    digits = f"{whole}.{rest:0{_PLACES_SHOWN}}".rstrip("0").rstrip(".") if scaled.denominator == 1 else ""
    return f"{digits or f'{whole}.{rest:0{_PLACES_SHOWN}}…'} %"


def find_recipe_faults(label: Label) -> list[Finding]:
    """What keeps a recipe from being reckoned, at the cells where it stands."""
    faults = [] if label.recipe else [_fault("CG470", label, None, "name")]
    amounts = amounts_of(label)
    for place, (row, amount) in enumerate(zip(label.recipe, amounts, strict=True)):
        name = row.get("name", "")
        if amount is None and kind_of(row) not in _UNCOUNTED:
            faults.append(_fault(_code_of(row), label, place, "mass", name=name))
        if is_agricultural(row) is None:
            faults.append(_fault("CG473", label, place, "agricultural", name=name))
    return faults + _wrong_sum(label, amounts)


def _code_of(row: Row) -> str:
    """Why an amount does not count: none is there, it is below zero, or in another measure."""
    mass = row.get("mass")
    if not mass:
        return "CG472"
    return "CG478" if mass.amount < 0 else "CG471"


def _wrong_sum(label: Label, amounts: Iterable[Fraction | None]) -> list[Finding]:
    """Shares that do not make a whole."""
    known = [amount for amount in amounts if amount is not None]
    is_by_share = any("share" in row for row in label.recipe) and not any(
        row.get("mass") for row in label.recipe
    )
    if not is_by_share or sum(known) == _HUNDRED:
        return []
    return [_fault("CG474", label, 0, "share", total=shown(sum(known, Fraction(0))))]


def _fault(code: str, label: Label, row: int | None, column: str, **words: str) -> Finding:
    path = f"extra.{column}" if row is None else f"tables.recipe.{row}.{column}"
    cell = label.find_cell(column, row)
    return make_finding(code, cell=cell, field=path, consignment=label.name, label=label.name, **words)
