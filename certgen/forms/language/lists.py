"""Functions of the form language over lists: items found, counted, and set in lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from certgen.forms.language.functions import are_same, form_function
from certgen.forms.language.words import fold

Getter = Callable[[Any], Any]


@form_function("list", "field", gives="list of field")
def each(items: Iterable[Any], get: Getter) -> list[Any]:
    """One field of every item, empty ones left out; fields that are lists make one list."""
    found: list[Any] = []
    for value in map(get, items):
        if isinstance(value, list | tuple):
            found.extend(value)
        elif value is not None and value != "":
            found.append(value)
    return found


@form_function("list", "field", "any", gives="same")
def where(items: Iterable[Any], get: Getter, value: Any) -> list[Any]:
    """The items whose field is this value (letter case and accents aside)."""
    return [item for item in items if are_same(get(item), value)]


@form_function("list", "field", "any", gives="item")
def find(items: Iterable[Any], get: Getter, value: Any) -> Any:
    """The first item whose field is this value (letter case and accents aside), else nothing."""
    return next((item for item in items if are_same(get(item), value)), None)


@form_function("list", gives="item")
def first(items: Sequence[Any]) -> Any:
    """The first item, or nothing."""
    return items[0] if items else None


@form_function("list", gives="item")
def last(items: Sequence[Any]) -> Any:
    """The last item, or nothing."""
    return items[-1] if items else None


@form_function("list", "number", gives="item")
def at(items: Sequence[Any], place: Decimal) -> Any:
    """The item at this place, counted from 1, or nothing where there is none."""
    is_there = place == int(place) and 1 <= place <= len(items)
    return items[int(place) - 1] if is_there else None


@form_function("list", gives="same")
def unique(items: Iterable[Any]) -> list[Any]:
    """The items without repetition, in their order."""
    found: list[Any] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


@form_function("texts", "texts", gives="list of text")
def missing_in(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those of the texts that the others do not hold (letter case and accents aside)."""
    known = set(map(fold, others))
    return [text for text in texts if fold(text) not in known]


@form_function("list", "any", gives="number")
def count_of(items: Iterable[Any], value: Any) -> int:
    """How often the list holds exactly this item."""
    return sum(1 for item in items if item == value)


@form_function("list or text", gives="number")
def length(value: Sequence[Any]) -> int:
    """How many items a list has, or characters a text."""
    return len(value)


@form_function("texts", "constant", gives="text", optional=1)
def join(items: Iterable[str], between: str = ", ") -> str:
    """The texts in one line, a comma and a space (or what is given) between them."""
    return between.join(filter(None, items))


@form_function("texts", gives="text")
def lines(items: Iterable[str]) -> str:
    """The texts under one another."""
    return "\n".join(filter(None, items))
