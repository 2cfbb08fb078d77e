"""A piece of an expression while it is read: its kind, its value, and the consignment fields behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from certgen.errors import FormError
from certgen.forms.language.kinds import DATE, NOTHING, NUMBER, OPEN, TEXT, Kind, Scope, find_kind
from certgen.toml_file import nearest_word

Value = Callable[[Mapping[str, Any]], Any]


_PRINTED_BY = {
    "mass": "| mass",
    "packages": "| packages",
    "date": "| date",
    "party": "| block, or one of its parts",
    "control body": "| block, or one of its parts",
    "country": ".name after it",
    "list of text": "| join(', ') or | lines",
    "list of country": "| each('name') | join(', ')",
    "list of mass": "| total",
    "yes or no": "'yes' if … else 'no'",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a piece stands: the names it may use, and how many loops and brackets surround it."""

    scope: Scope
    loops: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Operand:
    """`path` is the consignment field it stands for ("" if none), `reads` every field it reads,
    `written` how the form author wrote it, for errors.
    """

    kind: Kind
    value: Value
    path: str = ""
    reads: frozenset[str] = frozenset()
    is_constant: bool = False
    written: str = "this"


def are_alike(one: Kind, other: Kind) -> bool:
    """Whether two kinds may be compared."""
    return one.name == other.name or OPEN in (one, other) or NOTHING in (one, other)


def part_of(whole: Operand, name: str) -> Operand:
    """One part of a record or table; of an empty one nothing."""
    kind = find_part(whole.kind, name, whole.written)
    get, value = part_getter(whole.kind, name), whole.value

    def part(names: Mapping[str, Any]) -> Any:
        found = value(names)
        return None if found is None else get(found)

    path = f"{whole.path}.{name}" if whole.path else ""
    reads = whole.reads - {whole.path} | ({path} if path else frozenset())
    return Operand(kind, part, path, reads, written=f"{whole.written}.{name}")


def find_part(whole: Kind, name: str, written: str) -> Kind:
    """The kind of a part; raises FormError naming the nearest right one."""
    if name in whole.fields:
        return whole.fields[name]
    if whole.is_list:
        raise FormError(
            f"{written} is a list; go through it with {{% for x in {written} %}} "
            f"or write {written} | each({name!r})."
        )
    if not whole.fields:
        raise FormError(f"{written} is {whole.name} and has no part {name!r}.")
    near = nearest_word(name, list(whole.fields)).replace("'", "").replace("mean ", f"mean {written}.")
    raise FormError(f"{written}.{name} is not known{near or '; there are ' + ', '.join(whole.fields)}.")


def part_getter(whole: Kind, name: str) -> Callable[[Any], Any]:
    """How a part is taken from its whole; a form's own fields may have become plain data on their way."""
    if not whole.is_mapping:
        return attrgetter(name)
    restore = _RESTORED.get(whole.fields[name].name)
    return (lambda table: restore(table.get(name))) if restore else (lambda table: table.get(name))


def _date_from(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _number_from(value: Any) -> Any:
    return Decimal(value) if isinstance(value, str) else value


_RESTORED: dict[str, Callable[[Any], Any]] = {DATE.name: _date_from, NUMBER.name: _number_from}


def check_askable(operand: Operand) -> Operand:
    """Refuse a condition that would always hold: a party is there even when all its parts are empty."""
    if operand.kind.name in _ALWAYS_THERE:
        raise FormError(
            f"{operand.written} is {operand.kind.name}; ask whether it `is empty`, or for a part of it."
        )
    return operand


_ALWAYS_THERE = {"party", "control body", "transport", "issue"}


def trim_paths(reads: frozenset[str], scope: Scope) -> frozenset[str]:
    """The fields read, without lists that are only gone through for the fields of their items."""
    whole = Kind("names", scope.kinds)

    def is_gone_through(path: str) -> bool:
        kind = find_kind(whole, path)
        return kind is not None and kind.is_list and any(other.startswith(path + ".") for other in reads)

    return frozenset(path for path in reads if not is_gone_through(path))


def check_printable(operand: Operand) -> None:
    """Refuse what has no words of its own, saying what to write."""
    if operand.kind in (TEXT, NUMBER, NOTHING, OPEN):
        return
    how = _PRINTED_BY.get(operand.kind.name, "one of its parts")
    raise FormError(f"{operand.written} is {operand.kind.name} and is not printed as it is; write {how}.")
