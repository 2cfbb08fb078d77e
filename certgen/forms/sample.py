"""A made-up consignment of the vocabulary's own examples, to see a form filled before anything is shipped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from certgen.consignment import Consignment, consignment_from_plain
from certgen.forms.vocabulary import Field, Vocabulary

_LISTS = ("producers", "control_bodies")


def make_sample(vocabulary: Vocabulary, lines: int = 2) -> Consignment:
    """A consignment with every field that has an example, and that many product lines."""
    data: dict[str, Any] = {}
    product: dict[str, Any] = {}
    for field in vocabulary.fields:
        if field.example and not field.form and field.path != "forms":
            into = product if field.path.startswith("products.") else data
            _put(into, field.path.removeprefix("products.").split("."), _value(field))
    for name in _LISTS:
        data[name] = [data[name]] if name in data else []
    for party in data["producers"]:
        party["country"] = next(iter(party.get("country") or ()), None)
    for body in data["control_bodies"]:
        body["code"] = next(iter(body.get("code") or ()), "")
    data["products"] = [product] * lines
    return consignment_from_plain(data)


def _put(data: dict[str, Any], steps: list[str], value: Any) -> None:
    *way, last = steps
    for step in way:
        data = data.setdefault(step, {})
    data[last] = value


def _value(field: Field) -> Any:
    """An example as plain data of its type."""
    make = _MAKERS.get(field.type)
    return make(field) if make is not None else field.example


def _choice(field: Field) -> str:
    for key, words in field.choices.items():
        if field.example in {key, *words}:
            return key
    return field.example


def _packages(field: Field) -> dict[str, Any]:
    count, _, kind = field.example.partition(" ")
    return {"count": int(count), "kind": kind}


_MAKERS: dict[str, Callable[[Field], Any]] = {
    "country": lambda field: {"name": field.example},
    "countries": lambda field: [{"name": field.example}],
    "codes": lambda field: [field.example],
    "list": lambda field: [field.example],
    "choice": _choice,
    "choices": lambda field: [_choice(field)],
    "mass": lambda field: {"amount": field.example, "unit": "kg"},
    "packages": _packages,
    "package-count": lambda field: int(field.example),
    "percent": lambda field: field.example.removesuffix("%"),
    "yes-no": lambda _field: True,
}
