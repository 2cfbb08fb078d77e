"""Data classes as JSON: what `consignment.as_plain` gives, written without making it first.

How a class is written is found out once for each shape it comes in; a product line of a certificate has some
twenty values, and making dictionaries of them for the library's encoder took more than a third more time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring as quote
from operator import attrgetter
from types import NoneType
from typing import Any

from certgen.consignment import write_digits

Writer = Callable[[Any], str]
Getter = Callable[[Any], Sequence[Any]]


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
    """A class has as many shapes as its fields have kinds: a line of goods without a gross mass is one."""
    names = _names_of(kind)
    get = _getter(names)
    shapes: dict[tuple[type, ...], tuple[str, Getter]] = {}

    def write(value: Any) -> str:
        kinds = tuple(map(type, get(value)))
        shape = shapes.get(kinds)
        if shape is None:
            shape = shapes[kinds] = _shape_of(names, kinds)
        form, get_leaves = shape
        return form % tuple([_WRITERS[type(leaf)](leaf) for leaf in get_leaves(value)])

    return write


def _shape_of(names: Sequence[str], kinds: Sequence[type]) -> tuple[str, Getter]:
    """How fields of these kinds are written, and what gets the values for it.

    What is empty stands in the form, and so do the names of a data class within this one.
    """
    members, leaves = [], []
    for name, kind in zip(names, kinds, strict=True):
        form, inside = ("null", []) if kind is NoneType else _part_of(name, kind)
        members.append(f'"{name}":{form}')
        leaves += inside
    return f"{{{','.join(members)}}}", _getter(leaves)


def _part_of(name: str, kind: Any) -> tuple[str, list[str]]:
    """A field in a form, and the paths to what goes into it."""
    if not is_dataclass(kind):
        return "%s", [name]
    inside = _names_of(kind)
    members = ",".join([f'"{part}":%s' for part in inside])
    return f"{{{members}}}", [f"{name}.{part}" for part in inside]


def _names_of(kind: Any) -> list[str]:
    return [item.name for item in fields(kind) if item.name != "cells"]


def _getter(paths: Sequence[str]) -> Getter:
    """What gets the values at these paths from a data class, always as a sequence."""
    if len(paths) > 1:
        return attrgetter(*paths)
    return lambda value: [attrgetter(path)(value) for path in paths]


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
