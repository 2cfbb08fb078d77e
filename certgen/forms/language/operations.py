"""What the signs of the form language do; an empty field makes no sum and is neither above nor below."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import Any

from certgen.consignment import write_digits

ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}
ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mul": operator.mul,
    "Div": operator.truediv,
}


def compare(sign: str, one: Any, other: Any) -> bool:
    """Whether `one <sign> other` holds; with an empty side only `==` and `!=` can."""
    if sign == "eq":
        return bool(one == other)
    if sign == "ne":
        return bool(one != other)
    if one is None or other is None:
        return False
    return ORDERINGS[sign](one, other)


def is_within(item: Any, whole: Any) -> bool:
    """Whether a list or code list has this item, or a text this text."""
    return item is not None and whole is not None and item in whole


def calculate(sign: str, one: Any, other: Any) -> Any:
    """The sum, difference, product or quotient; nothing when a side is empty or the divisor is zero."""
    if one is None or other is None:
        return None
    try:
        return ARITHMETIC[sign](Decimal(one), Decimal(other))
    except (DivisionByZero, InvalidOperation):
        return None


def is_empty(value: Any) -> bool:
    """Whether a field is not filled in: nothing, no text, no items, or a record of empty fields."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value
    if isinstance(value, int | Decimal | date):
        return False
    if isinstance(value, list | tuple | Mapping):
        return not value
    return all(is_empty(getattr(value, name)) for name in type(value).__dataclass_fields__)


def printed(value: Any) -> str:
    """A value as it stands on paper; an empty field prints as nothing.

    Raises TypeError for what has no words of its own; loading a form has refused it before.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        raise TypeError("yes or no cannot be printed")
    if isinstance(value, Decimal):
        return write_digits(value)
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be printed")
