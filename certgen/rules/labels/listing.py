"""What the list of ingredients on a label shows: which are marked organic, and in which order they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from certgen.forms.language.words import find_longest_words, fold
from certgen.rules.labels.label import Row
from certgen.rules.labels.recipe import kind_of

_MARKS = frozenset("*†‡#^°¹²³※＊")
_BETWEEN = re.compile(r"[,;:、，；\n]")


def unmarked(rows: Iterable[Row], text: str, organic_words: Mapping[str, Any]) -> list[str]:
    """The organic ingredients that the list does not show as organic, or does not name."""
    named = _marks_of([row for row in rows if row.get("organic")], text, organic_words)
    return [name for name, is_marked in named.items() if not is_marked]


def wrongly_marked(rows: Iterable[Row], text: str, organic_words: Mapping[str, Any]) -> list[str]:
    """What the list shows as organic and the recipe does not."""
    plain = [row for row in rows if not row.get("organic")]
    return [name for name, is_marked in _marks_of(plain, text, organic_words).items() if is_marked]


def _marks_of(rows: Iterable[Row], text: str, organic_words: Mapping[str, Any]) -> dict[str, bool | None]:
    """Whether each ingredient stands in the list with a mark or the word beside it; None if not named."""
    pieces = _pieces(text)
    marked: dict[str, bool | None] = {}
    for row in rows:
        name = row.get("name", "")
        piece = _piece_of(name, pieces, organic_words)
        is_marked = piece is not None and _is_marked(piece, organic_words)
        marked[name] = None if piece is None else is_marked
    return marked


def _is_marked(piece: str, organic_words: Mapping[str, Any]) -> bool:
    return bool(_MARKS & set(piece)) or bool(find_longest_words(piece, organic_words))


def _pieces(text: str) -> list[str]:
    return [piece for piece in _BETWEEN.split(text) if fold(piece)]


def _piece_of(name: str, pieces: Sequence[str], organic_words: Mapping[str, Any]) -> str | None:
    """The piece of the list that names an ingredient, the shortest first: `oats`, then `rolled oats`."""
    wanted = bare_name(name, organic_words)
    found = [piece for piece in pieces if f" {wanted} " in f" {fold(piece)} "]
    return min(found, key=len, default=None) if wanted else None


def bare_name(name: str, organic_words: Mapping[str, Any]) -> str:
    """The name of an ingredient without the word for organic."""
    words = {fold(word) for word in organic_words}
    return " ".join(word for word in fold(name).split() if word not in words)


def stands_in_order(
    rows: Sequence[Row], amounts: Sequence[Fraction | None], text: str, organic_words: Mapping[str, Any]
) -> bool | None:
    """Whether the list names the ingredients by falling amount; None when one is not named or not weighed.

    Water and processing aids, which many rules let a list leave out, are passed over where it does.
    """
    pieces = _pieces(text)
    placed: list[tuple[int, Fraction]] = []
    for row, amount in zip(rows, amounts, strict=True):
        piece = _piece_of(row.get("name", ""), pieces, organic_words)
        if piece is not None and amount is not None:
            placed.append((pieces.index(piece), amount))
        elif kind_of(row) not in ("water", "aid"):
            return None
    in_list = [amount for _, amount in sorted(placed, key=lambda item: item[0])]
    return in_list == sorted(in_list, reverse=True) if in_list else None
