"""Data classes as JSON: what `consignment.as_plain` gives, written without making it first.

How a class is written is found out once; a product line of a certificate has some twenty values, and making
dictionaries of them for the library's encoder took a third more time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring as quote
from operator import attrgetter
from typing import Any

from certgen.consignment import write_digits

Writer = Callable[[Any], str]


def write_json(value: Any) -> str:
    """A value as compact JSON in which letters stand as they are; raises TypeError for a kind it cannot tell.

    The `cells` of a data class are left out: they say where a value came from, not what it is.
    """
    return _WRITERS[type(value)](value)


class _Writers(dict[type, Writer]):
    def __missing__(self, kind: type) -> Writer:
        self[kind] = _learn(kind)
        return self[kind]


def _learn(kind: type) -> Writer:
    if is_dataclass(kind):
        return _writer_of_class(kind)
    if issubclass(kind, str):
        return quote
    if issubclass(kind, Mapping):
        return _write_mapping
    if issubclass(kind, tuple | list):
        return _write_items
    raise TypeError(f"no JSON for {kind.__name__}")


def _writer_of_class(kind: Any) -> Writer:
    names = tuple(item.name for item in fields(kind) if item.name != "cells")
    get = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    members = ",".join([f'"{name}":%s' for name in names])
    form = f"{{{members}}}"
    return lambda value: form % tuple([_WRITERS[type(item)](item) for item in get(value)])


def _write_mapping(value: Mapping[str, Any]) -> str:
    if not value:
        return "{}"
    members = [f"{quote(key)}:{_WRITERS[type(item)](item)}" for key, item in value.items()]
    return f"{{{','.join(members)}}}"


def _write_items(value: tuple[Any, ...] | list[Any]) -> str:
    if not value:
        return "[]"
    items = [_WRITERS[type(item)](item) for item in value]
    return f"[{','.join(items)}]"


_WRITERS = _Writers(
    {
        str: quote,
        int: str,
        float: float.__repr__,
        bool: {True: "true", False: "false"}.__getitem__,
        type(None): {None: "null"}.__getitem__,
        Decimal: lambda value: f'"{write_digits(value)}"',
        date: lambda value: f'"{value.isoformat()}"',
    }
)
