"""What is worked out of a label's recipe and texts before its rules are judged: the facts that they read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from certgen.forms.language.kinds import NUMBER, TEXT, TRUTH, Kind, list_of
from certgen.rules.labels.codes import label_codes
from certgen.rules.labels.label import Label, Row
from certgen.rules.labels.listing import bare_name, stands_in_order, unmarked, wrongly_marked
from certgen.rules.labels.recipe import amounts_of, is_agricultural, kind_of

_BETWEEN_NAMES = re.compile(r"[,;&、]|\band\b")
_MADE_WITH = re.compile(r"made with (100 ?% )?organic", re.IGNORECASE)
FACTS: dict[str, Kind] = {
    "unmarked": list_of(TEXT),
    "wrongly_marked": list_of(TEXT),
    "both_forms": list_of(TEXT),
    "unlisted": list_of(TEXT),
    "plain_agricultural": list_of(TEXT),
    "named": list_of(TEXT),
    "unknown_groups": list_of(TEXT),
    "beside_claim": TEXT,
    "honey_percent": NUMBER,
    "is_in_order": TRUTH,
    "largest": TEXT,
    "is_largest_hunted": TRUTH,
    "is_of_several": TRUTH,
    "agricultural_count": NUMBER,
    "is_grown_inside": TRUTH,
    "is_grown_outside": TRUTH,
}
"""What is worked out of recipe and texts: `largest` is the ingredient with the largest amount, `unlisted`
what is neither organic, water nor salt and not listed in the standard, `plain_agricultural` what is neither
organic nor hunted or fished, `named` what the claim names one by one, `unknown_groups` what of it is neither
an ingredient nor a food group, `beside_claim` the principal panel without the claim, `honey_percent` the
honey as stated or as the recipe has it, whichever is more."""


def facts_of(label: Label) -> dict[str, Any]:
    """The facts of one label by name; None for what cannot be known."""
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
        "named": named_in_claim(label),
        "unknown_groups": _unknown_groups(label),
        "beside_claim": _beside_claim(label),
        "honey_percent": _honey_percent(label),
        "is_in_order": stands_in_order(rows, amounts, text, organic_words),
        "largest": largest.get("name", ""),
        "is_largest_hunted": bool(largest.get("hunted")),
        "is_of_several": sum(kind_of(row) != "aid" for row in rows) > 1,
        "agricultural_count": _agricultural_count(rows),
        **_places(label),
    }


def key_of(name: str) -> str:
    """The name of an ingredient or food group as names are compared: without `organic`, in the singular."""
    return bare_name(name, label_codes()["organic_words"].rows).removesuffix("s")


def named_in_claim(label: Label) -> list[str]:
    """What the claim names, one by one, however its cell divides them; `salt and pepper` may be one."""
    whole = {key_of(row.get("name", "")) for row in label.recipe}
    texts = label.fields.get("named", ())
    parts = (
        text for each in texts for text in ([each] if key_of(each) in whole else _BETWEEN_NAMES.split(each))
    )
    return [part.strip() for part in parts if part.strip()]


def _agricultural_count(rows: Sequence[Row]) -> int | None:
    known = [is_agricultural(row) for row in rows]
    return None if None in known else sum(map(bool, known))


def _both_forms(label: Label) -> list[str]:
    """Ingredients that stand in the recipe organic and not organic."""
    organic = {key_of(row.get("name", "")) for row in label.recipe if row.get("organic")}
    plain = [row.get("name", "") for row in label.recipe if not row.get("organic")]
    return [name for name in plain if key_of(name) in organic]


def _is_unlisted(row: Row) -> bool:
    return not (row.get("organic") or "standard" in row["listed"] or kind_of(row) in ("water", "salt"))


def _unknown_groups(label: Label) -> list[str]:
    """What a claim names that is neither an ingredient of the recipe nor a food group."""
    known = {key_of(row.get("name", "")) for row in label.recipe}
    known |= {key_of(group) for group in label_codes()["food_groups"].rows}
    return [word for word in named_in_claim(label) if key_of(word) not in known]


def _beside_claim(label: Label) -> str:
    """What the principal panel says beside its claim “made with organic …”."""
    panel, claim = (str(label.fields.get(name, "")) for name in ("principal_panel", "claim_text"))
    return _MADE_WITH.sub(" ", panel.casefold().replace(claim.casefold(), " ") if claim else panel)


def _honey_percent(label: Label) -> Fraction | None:
    """Honey in percent of all that goes in; None where neither label nor recipe tells."""
    stated = label.fields.get("honey_percent")
    found = [percent for percent in (stated, _honey_in(label)) if percent is not None]
    return max(map(Fraction, found), default=None)


def _honey_in(label: Label) -> Fraction | None:
    counted = [(row, amount) for row, amount in zip(label.recipe, amounts_of(label), strict=True)]
    known = [amount for row, amount in counted if kind_of(row) != "aid"]
    if any(amount is None for amount in known) or not sum(amount for amount in known if amount):
        return None
    honey = (amount for row, amount in counted if amount and _is_honey(row))
    return sum(honey, Fraction(0)) * 100 / sum(amount for amount in known if amount)


def _is_honey(row: Row) -> bool:
    """Whether an ingredient is honey: `honey`, `clover honey`; not honeydew, nor what tastes of honey."""
    words = tuple(key_of(word) for word in label_codes()["honey_words"].rows)
    return f" {key_of(row.get('name', ''))}".endswith(tuple(f" {word}" for word in words))


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
