"""The organic percentage of a recipe, on every basis that a standard reckons on, as exact fractions.

Nothing is rounded, so that 94.99 is not 95; for people it is written out downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from certgen.forms.language.words import fold
from certgen.rules.labels.codes import kinds_by_name
from certgen.rules.labels.label import Label, Row

EXCL_WS = "EXCL_WS"
AGRI = "AGRI"
EXCL_WS_INCL_ADD = "EXCL_WS_INCL_ADD"
EXCL_WS_INCL_AIDS = "EXCL_WS_INCL_AIDS"
RAW = "RAW"
ALL = "ALL"
STATED = "STATED"
BASES = {
    EXCL_WS: "of the ingredients, water, salt and additives left out",
    AGRI: "of the agricultural ingredients",
    EXCL_WS_INCL_ADD: "of the ingredients and additives, water and salt left out",
    EXCL_WS_INCL_AIDS: "of the ingredients, additives and processing aids, water and salt left out",
    RAW: "of the raw material weight",
    ALL: "of everything that goes in",
    STATED: "with or without water and salt, as the certifier answered",
}
"""The bases that standards reckon on, in words. Where the first and the third fall on two sides of a
threshold, the rules on the first leave it in doubt: their sources do not say whether additives count."""

_PLACES_SHOWN = 2
_HUNDRED = 100
_INGREDIENTS = frozenset({"ingredient"})
_WITH_ADDITIVES = _INGREDIENTS | {"additive"}
_WITH_AIDS = _WITH_ADDITIVES | {"aid"}
_WITH_WATER_AND_SALT = _WITH_ADDITIVES | {"water", "salt"}
_PERCENT = "%"
_IN_PART_ONLY = frozenset({"made-with-organic", "none"})
_NEVER_ORGANIC = frozenset({"gmo", "sewage-sludge", "irradiation"})


def kind_of(row: Row) -> str:
    """What a row of the recipe is: as its column says, or plainly by its name; else an ingredient."""
    return str(row.get("kind") or kind_by_name(row) or "ingredient")


def kind_by_name(row: Row) -> str:
    """`water` or `salt` where no kind is given and the name says nothing else; what is organic is neither."""
    if row.get("kind") or row.get("organic"):
        return ""
    return kinds_by_name().get(fold(row.get("name", "")), "")


def is_agricultural(row: Row) -> bool | None:
    """Whether it is of agricultural origin, None when an ingredient leaves it open."""
    if row.get("organic"):
        return True
    stated: bool | None = row.get("agricultural")
    return stated if stated is not None or kind_of(row) == "ingredient" else False


def contradictions_of(row: Row) -> list[str]:
    """The columns that say an ingredient is not organic throughout, though it is called organic."""
    if not row.get("organic"):
        return []
    against = {
        "certified_as": row.get("certified_as") in _IN_PART_ONLY,
        "contains": bool(_NEVER_ORGANIC & set(row.get("contains", ()))),
        "organic": row.get("kind") in ("water", "salt"),
    }
    return [column for column, is_so in against.items() if is_so]


def percentages(label: Label) -> dict[str, Fraction | None]:
    """The organic share of the recipe in percent by basis; None where it cannot be known."""
    rows = [(kind_of(row), row, amount) for row, amount in zip(label.recipe, amounts_of(label), strict=True)]
    missing = missing_share(label)

    def share(kinds: frozenset[str]) -> Fraction | None:
        return _share([(row, amount) for kind, row, amount in rows if kind in kinds], missing)

    stated = _as_stated(label, share(_WITH_ADDITIVES), share(_WITH_WATER_AND_SALT))
    return {
        EXCL_WS: share(_INGREDIENTS),
        AGRI: _agricultural_share(label, missing),
        EXCL_WS_INCL_ADD: share(_WITH_ADDITIVES),
        EXCL_WS_INCL_AIDS: share(_WITH_AIDS),
        RAW: stated if label.fields.get("amounts_are") == "raw" else None,
        ALL: share(_WITH_WATER_AND_SALT),
        STATED: stated,
    }


def _as_stated(label: Label, excluded: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """With or without water and salt, as the certifier answers; where there is neither, no answer needed."""
    if not any(kind_of(row) in ("water", "salt") for row in label.recipe):
        return whole
    return {"excluded": excluded, "included": whole}.get(str(label.fields.get("water_and_salt", "")))


def _agricultural_share(label: Label, missing: Fraction) -> Fraction | None:
    counted = [
        (row, amount)
        for row, amount in zip(label.recipe, amounts_of(label), strict=True)
        if kind_of(row) != "aid" and is_agricultural(row) is not False
    ]
    if any(is_agricultural(row) is None for row, _ in counted):
        return None
    return _share(counted, missing)


def _share(counted: Sequence[tuple[Row, Fraction | None]], missing: Fraction) -> Fraction | None:
    known = [amount for _, amount in counted if amount is not None]
    if len(known) < len(counted) or not sum(known):
        return None
    organic = sum(
        (amount for row, amount in counted if amount and row.get("organic") and not contradictions_of(row)),
        Fraction(0),
    )
    return organic * _HUNDRED / (sum(known) + missing)


def missing_share(label: Label) -> Fraction:
    """What a recipe given in percent leaves unsaid below the whole; it counts as not organic everywhere."""
    if not is_by_share(label):
        return Fraction(0)
    known = sum((amount for amount in amounts_of(label) if amount is not None), Fraction(0))
    return max(_HUNDRED - known, Fraction(0))


def is_by_share(label: Label) -> bool:
    """Whether a recipe is given in percent of the whole, in the column of shares or in that of amounts."""
    masses = [mass for row in label.recipe if (mass := row.get("mass"))]
    if masses:
        return all(mass.unit == _PERCENT for mass in masses)
    return any("share" in row for row in label.recipe)


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
    return [Fraction(share) if share is not None and share >= 0 else None for share in shares]


def shown(percent: Fraction | None) -> str:
    """A percentage for people, cut after two places, with a sign when more follows: `94.99… %`."""
    if percent is None:
        return "not known"
    scaled = percent * 10**_PLACES_SHOWN
    whole, rest = divmod(int(scaled), 10**_PLACES_SHOWN)
    digits = f"{whole}.{rest:0{_PLACES_SHOWN}}".rstrip("0").rstrip(".") if scaled.denominator == 1 else ""
    return f"{digits or f'{whole}.{rest:0{_PLACES_SHOWN}}…'} %"
