"""Calls of the form language's functions: who may be called, with what, and what that gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import certgen.forms.language.goods
import certgen.forms.language.lists
import certgen.forms.language.sums  # noqa: F401  (their functions enter themselves)
from certgen.errors import FormError
from certgen.forms.language.functions import FUNCTIONS, Function
from certgen.forms.language.kinds import DATE, NUMBER, OPEN, TEXT, TRUTH, Kind, list_of
from certgen.forms.language.operand import Operand, Setting, find_part, part_getter
from certgen.forms.language.patterns import MOST_WAYS_MATCHED, MOST_WAYS_SEARCHED, compile_pattern
from certgen.toml_file import nearest_word

Read = Callable[[Any, Setting], Operand]

_INSTEAD = {
    "default": "an empty field prints as nothing; for another word write `x or 'word'`",
    "map": "write each('field')",
    "select": "write where('field', value)",
    "selectattr": "write where('field', value)",
    "sum": "write sum_of for numbers, total or amount_in('kg') for masses",
    "range": "go through a list of the consignment",
    "format": "join texts with ~",
    "upper": "text is printed as it stands in the workbook",
    "title": "text is printed as it stands in the workbook",
    "replace": "text is printed as it stands in the workbook",
    "safe": "texts are plain and need no escape",
    "escape": "texts are plain and need no escape",
    "count": "write length",
    "trim": "texts have no white space around them",
}
"""What a form author who knows Jinja may reach for, and what to write here."""

_TAKES: dict[str, tuple[str, Callable[[Kind], bool]]] = {
    "any": ("anything", lambda _kind: True),
    "text": ("a text", lambda kind: kind is TEXT),
    "number": ("a number", lambda kind: kind is NUMBER),
    "date": ("a date", lambda kind: kind.name == "date"),
    "mass": ("a mass such as product.net_mass", lambda kind: kind.name == "mass"),
    "packages": ("the packages of a product", lambda kind: kind.name == "packages"),
    "party": ("a party or control body", lambda kind: kind.name in ("party", "control body")),
    "issue": ("issue", lambda kind: kind.name == "issue"),
    "codes": ("a code list such as codes.units", lambda kind: kind.name == "code list"),
    "list": ("a list", lambda kind: kind.is_list),
    "list or text": ("a list or a text", lambda kind: kind.is_list or kind is TEXT),
    "texts": ("a list of texts", lambda kind: kind.name == "list of text"),
    "numbers": (
        "a list of numbers, as tables.seals | each('attached')",
        lambda kind: kind.name == "list of number",
    ),
    "dates": ("a list of dates", lambda kind: kind.name == "list of date"),
    "masses": ("a list of masses, as products | each('net_mass')", lambda kind: kind.name == "list of mass"),
    "products": ("products", lambda kind: kind.name == "list of product"),
    "product": ("a product line", lambda kind: kind.name == "product"),
    "parties": ("a list of parties, as producers", lambda kind: kind.name == "list of party"),
    "operators": ("a list of certified operators", lambda kind: kind.name == "list of operator"),
}
_GOES_THROUGH_A_LIST = {"list", "texts", "numbers", "dates", "masses", "products", "operators"}
_MOST_WAYS = {"pattern": MOST_WAYS_MATCHED, "search pattern": MOST_WAYS_SEARCHED}
_EMPTY: dict[str, Any] = {"text": "", "yes or no": False, "list of text": (), "same": (), "list of field": ()}
_GIVES: dict[str, Kind] = {
    "text": TEXT,
    "number": NUMBER,
    "date": DATE,
    "yes or no": TRUTH,
    "list of text": list_of(TEXT),
}


def read_call(name: str, arguments: list[Any], node: Any, setting: Setting, read: Read) -> Operand:
    """The meaning of `f(x, y)` or `x | f(y)`; raises FormError for anything that is not in the table."""
    function = find_function(name)
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise FormError(f"{name} takes its arguments one after another, without names or stars.")
    _check_count(function, len(arguments))
    if setting.loops >= 2 and function.takes[0] in _GOES_THROUGH_A_LIST:
        raise FormError(f"{name} goes through a list inside two loops; two deep is the most.")
    whole = read(arguments[0], setting)
    _check_kind(function, 0, whole)
    given = [
        _read_argument(function, place, node, whole, setting, read) for place, node in _numbered(arguments)
    ]
    return _operand_of(function, whole, given)


def find_function(name: str) -> Function:
    """The function of this name; raises FormError with the nearest one or what to write instead."""
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    hint = f"; {_INSTEAD[name]}" if name in _INSTEAD else nearest_word(name, list(FUNCTIONS))
    hint = hint or "; there are " + ", ".join(sorted(FUNCTIONS))
    raise FormError(f"unknown function {name!r}{hint}.")


def _numbered(arguments: list[Any]) -> list[tuple[int, Any]]:
    return list(enumerate(arguments))[1:]


def _check_count(function: Function, count: int) -> None:
    most = len(function.takes)
    if not most - function.optional <= count <= most:
        raise FormError(
            f"{function.name} takes {most} argument(s), with the one before | counted, not {count}."
        )


def _check_kind(function: Function, place: int, operand: Operand) -> None:
    words, is_right = _TAKES[function.takes[place]]
    if operand.kind is not OPEN and not is_right(operand.kind):
        raise FormError(f"{function.name} takes {words}, and {operand.written} is {operand.kind.name}.")


def _read_argument(
    function: Function, place: int, node: Any, whole: Operand, setting: Setting, read: Read
) -> Operand:
    operand, takes = read(node, setting), function.takes[place]
    if takes not in ("field", "constant", *_MOST_WAYS):
        _check_kind(function, place, operand)
        return operand
    if not operand.is_constant or operand.kind is not TEXT:
        raise FormError(f"{function.name} takes a text in quotes here, as in {function.name}('…').")
    word = operand.value({})
    if takes in _MOST_WAYS:
        pattern = compile_pattern(word, _MOST_WAYS[takes])
        return Operand(TEXT, lambda _names: pattern)
    return _field_of(whole, word) if takes == "field" else operand


def _field_of(whole: Operand, path: str) -> Operand:
    """A field of the list's items, given as the function that takes it from an item."""
    kind, getters = whole.kind.item or OPEN, []
    for step in path.split("."):
        part = find_part(kind, step, kind.name)
        getters.append(part_getter(kind, step))
        kind = part

    def get(item: Any) -> Any:
        for getter in getters:
            item = None if item is None else getter(item)
        return item

    reads = frozenset({f"{whole.path}.{path}"}) if whole.path else frozenset[str]()
    return Operand(kind, lambda _names: get, "", reads)


def _operand_of(function: Function, whole: Operand, given: list[Operand]) -> Operand:
    kind, path = _result_of(function, whole, given)
    reads = whole.reads.union(*(operand.reads for operand in given))
    if function.reads and whole.path:
        known = (whole.kind.item or whole.kind).fields
        reads |= {f"{whole.path}.{name}" for name in function.reads if name in known}
        reads -= {whole.path}
    values = [whole.value, *(operand.value for operand in given)]
    return Operand(kind, _caller(function, values), path, reads, written=function.name)


def _result_of(function: Function, whole: Operand, given: list[Operand]) -> tuple[Kind, str]:
    """What kind a call gives, and the field it still stands for."""
    if function.gives == "same":
        return whole.kind, whole.path
    if function.gives == "item":
        return whole.kind.item or OPEN, whole.path
    if function.gives == "list of field":
        field = given[0].kind
        steps = next(iter(given[0].reads), "")
        return (field if field.is_list else list_of(field)), steps
    return _GIVES[function.gives], ""


def _caller(function: Function, values: list[Callable[[Mapping[str, Any]], Any]]) -> Callable[..., Any]:
    """The call itself; with an empty argument it gives nothing without being made."""
    apply, empty = function.apply, _EMPTY.get(function.gives)
    if len(values) == 1:
        only = values[0]

        def call_one(names: Mapping[str, Any]) -> Any:
            given = only(names)
            return empty if given is None else apply(given)

        return call_one

    def call(names: Mapping[str, Any]) -> Any:
        given = [value(names) for value in values]
        return empty if None in given else apply(*given)

    return call
