"""The kinds of things the form language can name, taken from the types of the consignment itself."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from certgen.consignment import (
    Consignment,
    ControlBody,
    Country,
    Packages,
    Party,
    Product,
    Quantity,
    Transport,
)
from certgen.forms.paper import Issue
from certgen.profile import Operator


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: its name in the words of the trade, its parts by name, what a list of it holds.

    `is_mapping` tells parts that are keys of a table (`wording`, `codes`, `extra`) from attributes.
    """

    name: str
    fields: Mapping[str, Kind] = field(default_factory=dict)
    item: Kind | None = None
    is_mapping: bool = False

    @property
    def is_list(self) -> bool:
        return self.item is not None and self.name.startswith("list of ")


TEXT = Kind("text")
NUMBER = Kind("number")
DATE = Kind("date")
TRUTH = Kind("yes or no")
NOTHING = Kind("nothing")
OPEN = Kind("anything")

_SCALARS: dict[Any, Kind] = {str: TEXT, int: NUMBER, Decimal: NUMBER, date: DATE, bool: TRUTH}
_OWN_KINDS = {
    "text": TEXT,
    "choice": TEXT,
    "number": NUMBER,
    "percent": NUMBER,
    "date": DATE,
    "yes-no": TRUTH,
    "code": TEXT,
    "list": Kind("list of text", item=TEXT),
    "choices": Kind("list of text", item=TEXT),
}
_RECORD_NAMES: dict[Any, str] = {
    Quantity: "mass",
    Packages: "packages",
    Country: "country",
    Party: "party",
    ControlBody: "control body",
    Product: "product",
    Transport: "transport",
    Issue: "issue",
    Operator: "operator",
    Consignment: "consignment",
}


def list_of(item: Kind) -> Kind:
    """A list of this kind."""
    return Kind(f"list of {item.name}", item=item)


def own_kind(type_name: str) -> Kind:
    """The kind of a field that a form declares for itself, by the type it gives it."""
    records: dict[str, type] = {"mass": Quantity, "country": Country}
    return record_kind(records[type_name]) if type_name in records else _OWN_KINDS[type_name]


def code_list_kind(columns: Iterable[str]) -> Kind:
    """A code list: looked up by code, each row a table of texts."""
    row = Kind("row of a code list", dict.fromkeys(columns, TEXT), is_mapping=True)
    return Kind("code list", item=row)


def table_kind(name: str, keys: Mapping[str, Kind]) -> Kind:
    """A table with these keys."""
    return Kind(name, dict(keys), is_mapping=True)


@cache
def record_kind(kind: type) -> Kind:
    """The kind of a record class, with the kinds of its fields."""
    hints = typing.get_type_hints(kind)
    names = [item.name for item in fields(kind)] if is_dataclass(kind) else list(kind.model_fields)  # type: ignore[attr-defined]  # else a Record
    parts = {name: _kind_of(hints[name]) for name in names if name != "cells"}
    return Kind(_RECORD_NAMES[kind], parts)


def _kind_of(annotation: Any) -> Kind:
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        return _kind_of(next(item for item in inner if item is not type(None)))
    if origin is tuple:
        return list_of(_kind_of(inner[0]))
    return record_kind(annotation) if annotation in _RECORD_NAMES else table_kind("table", {})


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a text may use: their kinds, and the consignment field each stands for (if it does)."""

    kinds: Mapping[str, Kind]
    paths: Mapping[str, str]

    def with_name(self, name: str, kind: Kind, path: str = "") -> Scope:
        return Scope({**self.kinds, name: kind}, {**self.paths, name: path})


def consignment_kind(own: Mapping[str, str] | None = None, *, gathers: bool = False) -> Kind:
    """The consignment with a form's own fields added, by path and type.

    Paths are those of `extra.permit`, `products.extra.brand`, and `tables.seals.attached`, whose table is a
    list of rows. A paper that `gathers` several has them as the list `shipments`.
    """
    whole, own = record_kind(Consignment), own or {}
    for name in {path.split(".")[1] for path in own if path.startswith("tables.")}:
        rows = list_of(table_kind(f"row of {name}", {}))
        whole = _with_part(whole, ["tables", name], rows)
    for path, type_name in own.items():
        whole = _with_part(whole, path.split("."), own_kind(type_name))
    return _with_part(whole, ["shipments"], list_of(whole)) if gathers else whole


def _with_part(kind: Kind, steps: list[str], part: Kind) -> Kind:
    """A copy of this kind in which the path leads to `part`, through lists."""
    if not steps:
        return part
    if kind.item is not None:
        return list_of(_with_part(kind.item, steps, part))
    inner = kind.fields.get(steps[0], table_kind("table", {}))
    grown = {**kind.fields, steps[0]: _with_part(inner, steps[1:], part)}
    return Kind(kind.name, grown, is_mapping=kind.is_mapping)


def make_scope(
    *,
    wording: Iterable[str] = (),
    codes: Mapping[str, Iterable[str]] | None = None,
    own: Mapping[str, str] | None = None,
    history: Iterable[str] = (),
    gathers: bool = False,
    settings: Mapping[str, Any] | None = None,
) -> Scope:
    """The names of `Paper.names()`; `codes` maps each code list to its column titles."""
    parts = consignment_kind(own, gathers=gathers).fields
    beside = {
        "issue": record_kind(Issue),
        "issuer": record_kind(ControlBody),
        "wording": table_kind("wording", dict.fromkeys(wording, TEXT)),
        "codes": table_kind(
            "codes", {name: code_list_kind(columns) for name, columns in (codes or {}).items()}
        ),
        "operators": list_of(record_kind(Operator)),
        "history": table_kind("history", dict.fromkeys(history, list_of(consignment_kind(own)))),
        "part": TEXT,
        "settings": table_kind(
            "settings", {key: _SCALARS[type(value)] for key, value in (settings or {}).items()}
        ),
    }
    return Scope({**parts, **beside}, {name: name for name in parts})


def wording_scope(wording: Iterable[str]) -> Scope:
    """The one name a printed label may use."""
    return Scope({"wording": table_kind("wording", dict.fromkeys(wording, TEXT))}, {})


def find_kind(whole: Kind, path: str) -> Kind | None:
    """The kind of a field path without positions (`products.net_mass`), or None when there is none."""
    kind: Kind | None = whole
    for step in path.split("."):
        if kind is not None and kind.item is not None:
            kind = kind.item
        kind = kind.fields.get(step) if kind is not None else None
    return kind


def field_paths(kind: Kind, prefix: str = "") -> list[str]:
    """Every field path below this kind, to find the nearest right word."""
    kind = kind.item or kind
    paths = []
    for name, part in kind.fields.items():
        paths += [prefix + name, *field_paths(part, f"{prefix}{name}.")]
    return paths
