"""What each piece of the form language's syntax means, and which pieces it has.

`read_operand` walks the syntax tree of an expression once and gives a plain Python function over the names of
a paper. A piece that does not stand in the table at the end is refused, so nothing else can be reached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter
from typing import Any

from certgen.errors import FormError
from certgen.forms.language.calls import read_call
from certgen.forms.language.functions import FUNCTIONS
from certgen.forms.language.kinds import DATE, NOTHING, NUMBER, OPEN, TEXT, TRUTH, Kind, list_of
from certgen.forms.language.operand import (
    Operand,
    Setting,
    are_alike,
    check_askable,
    check_printable,
    part_of,
)
from certgen.forms.language.operations import calculate, compare, is_empty, is_within, printed
from certgen.toml_file import nearest_word

MOST_NESTED = 40
LARGEST_NUMBER = 10**12

_REFUSED = {
    "Pow": "**",
    "Mod": "%",
    "FloorDiv": "//",
    "Pos": "+ before a number",
    "Dict": "{…: …}",
    "TemplateData": "text outside quotes",
}


def read_operand(node: Any, setting: Setting) -> Operand:
    """The meaning of an expression; raises FormError for what the form language does not have."""
    if setting.depth > MOST_NESTED:
        raise FormError("is nested too deeply; make it simpler.")
    reader = _OPERANDS.get(type(node).__name__)
    if reader is None:
        name = type(node).__name__
        raise FormError(f"uses {_REFUSED.get(name, name.lower())}, which the form language does not have.")
    return reader(node, replace(setting, depth=setting.depth + 1))


def _read_constant(node: Any, _setting: Setting) -> Operand:
    value: Any = node.value
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, int | Decimal) and not abs(Decimal(value)) <= LARGEST_NUMBER:
        raise FormError(f"the number {value} is too large.")
    kinds: dict[type, Kind] = {bool: TRUTH, str: TEXT, int: NUMBER, Decimal: NUMBER}
    return Operand(kinds.get(type(value), NOTHING), lambda _names: value, is_constant=True)


def _read_name(node: Any, setting: Setting) -> Operand:
    name, kinds = node.name, setting.scope.kinds
    if name not in kinds:
        kind = "function" if name in FUNCTIONS else "name"
        hint = (
            f"; {name} is a function: write {name}(…)"
            if kind == "function"
            else nearest_word(name, list(kinds))
        )
        raise FormError(f"unknown name {name!r}{hint}.")
    path = setting.scope.paths.get(name, "")
    return Operand(kinds[name], itemgetter(name), path, frozenset({path} - {""}), written=name)


def _read_part(node: Any, setting: Setting) -> Operand:
    return part_of(read_operand(node.node, setting), node.attr)


def _read_item(node: Any, setting: Setting) -> Operand:
    """`wording['x']`, `codes.units[unit]`, `lots[0]`, `cn_code[:6]`."""
    whole, key = read_operand(node.node, setting), node.arg
    if type(key).__name__ == "Slice":
        return _read_slice(whole, key)
    index = read_operand(key, setting)
    if whole.kind.is_mapping and index.is_constant and index.kind is TEXT:
        return part_of(whole, index.value({}))
    if whole.kind.name == "code list" and whole.kind.item is not None and index.kind is TEXT:
        rows, code = whole.value, index.value
        return Operand(
            whole.kind.item, lambda names: rows(names).get(code(names)), "", whole.reads | index.reads
        )
    if whole.kind.is_list and whole.kind.item is not None and index.is_constant and index.kind is NUMBER:
        return _item_at(whole, whole.kind.item, index.value({}))
    raise FormError(
        f"[…] takes a code after a code list or a number after a list, not after {whole.kind.name}."
    )


def _item_at(whole: Operand, kind: Kind, place: Any) -> Operand:
    if not isinstance(place, int):
        raise FormError(f"[{place}] is no place in a list; write a whole number.")
    items = whole.value

    def item(names: Mapping[str, Any]) -> Any:
        found = items(names)
        return found[place] if found is not None and -len(found) <= place < len(found) else None

    return Operand(kind, item, whole.path, whole.reads)


def _read_slice(whole: Operand, key: Any) -> Operand:
    ends = [getattr(end, "value", end) for end in (key.start, key.stop)]
    if (
        whole.kind is not TEXT
        or key.step is not None
        or not all(end is None or type(end) is int for end in ends)
    ):
        raise FormError("[a:b] cuts a text at whole numbers, as in product.cn_code[:6].")
    text, cut = whole.value, slice(*ends)

    def piece(names: Mapping[str, Any]) -> Any:
        found = text(names)
        return found[cut] if found is not None else ""

    return Operand(TEXT, piece, "", whole.reads)


def _read_comparison(node: Any, setting: Setting) -> Operand:
    """`a < b`, also in a chain `a < b < c`."""
    sides = [read_operand(side, setting) for side in (node.expr, *(operand.expr for operand in node.ops))]
    signs = [operand.op for operand in node.ops]
    for sign, (one, other) in zip(signs, pairwise(sides), strict=True):
        _check_comparison(sign, one, other)
    steps = [
        (_test_for(sign), one.value, other.value)
        for sign, (one, other) in zip(signs, pairwise(sides), strict=True)
    ]
    reads = frozenset[str]().union(*(side.reads for side in sides))
    return Operand(
        TRUTH, lambda names: all(test(one(names), other(names)) for test, one, other in steps), "", reads
    )


def _test_for(sign: str) -> Callable[[Any, Any], bool]:
    if sign == "in":
        return is_within
    if sign == "notin":
        return lambda item, whole: not is_within(item, whole)
    return lambda one, other: compare(sign, one, other)


def _check_comparison(sign: str, one: Operand, other: Operand) -> None:
    if OPEN in (one.kind, other.kind):
        return
    if sign in ("in", "notin"):
        _check_within(one.kind, other.kind)
    elif sign in ("eq", "ne"):
        if NOTHING not in (one.kind, other.kind) and not are_alike(one.kind, other.kind):
            raise FormError(f"compares {one.kind.name} with {other.kind.name}, which are never the same.")
    elif one.kind is not other.kind or one.kind not in (NUMBER, DATE):
        hint = "; write .amount after it" if "mass" in (one.kind.name, other.kind.name) else ""
        raise FormError(f"{one.kind.name} is neither above nor below {other.kind.name}{hint}.")


def _check_within(item: Kind, whole: Kind) -> None:
    is_right = (
        (whole.is_list and whole.item is not None and are_alike(whole.item, item))
        or (whole is TEXT and item is TEXT)
        or (whole.name == "code list" and item is TEXT)
    )
    if not is_right:
        raise FormError(f"`in` looks for a text in a list or code list, not for {item.name} in {whole.name}.")


def _read_calculation(node: Any, setting: Setting) -> Operand:
    one, other = read_operand(node.left, setting), read_operand(node.right, setting)
    for side in (one, other):
        if side.kind not in (NUMBER, OPEN):
            hint = "; join texts with ~" if side.kind is TEXT else "; write .amount after a mass"
            raise FormError(f"{side.kind.name} cannot be calculated with{hint}.")
    sign, left, right = type(node).__name__, one.value, other.value
    return Operand(
        NUMBER, lambda names: calculate(sign, left(names), right(names)), "", one.reads | other.reads
    )


def _read_negative(node: Any, setting: Setting) -> Operand:
    inner = read_operand(node.node, setting)
    if inner.kind is not NUMBER:
        raise FormError(f"- takes a number, not {inner.kind.name}.")
    value = inner.value
    if inner.is_constant:
        number = -value({})
        return Operand(NUMBER, lambda _names: number, is_constant=True)
    return Operand(NUMBER, lambda names: calculate("Sub", 0, value(names)), "", inner.reads)


def _read_choice_of_two(node: Any, setting: Setting) -> Operand:
    """`a and b`, `a or b`; between two of one kind they give that kind, as in `a.name or b.name`."""
    one, other = (check_askable(read_operand(side, setting)) for side in (node.left, node.right))
    kind = one.kind if are_alike(one.kind, other.kind) else TRUTH
    left, right = one.value, other.value
    reads = one.reads | other.reads
    if type(node).__name__ == "And":
        return Operand(kind, lambda names: left(names) and right(names), "", reads)
    return Operand(kind, lambda names: left(names) or right(names), "", reads)


def _read_not(node: Any, setting: Setting) -> Operand:
    inner = check_askable(read_operand(node.node, setting))
    value = inner.value
    return Operand(TRUTH, lambda names: not value(names), "", inner.reads)


def _read_conditional(node: Any, setting: Setting) -> Operand:
    test, yes = check_askable(read_operand(node.test, setting)), read_operand(node.expr1, setting)
    no = read_operand(node.expr2, setting) if node.expr2 else Operand(NOTHING, lambda _names: None)
    if NOTHING not in (yes.kind, no.kind) and not are_alike(yes.kind, no.kind):
        raise FormError(f"gives {yes.kind.name} in one case and {no.kind.name} in the other.")
    kind = no.kind if yes.kind is NOTHING else yes.kind
    asked, first, second = test.value, yes.value, no.value
    return Operand(
        kind,
        lambda names: first(names) if asked(names) else second(names),
        "",
        test.reads | yes.reads | no.reads,
    )


def _read_joined(node: Any, setting: Setting) -> Operand:
    """`a ~ b ~ c`"""
    sides = [read_operand(side, setting) for side in node.nodes]
    for side in sides:
        check_printable(side)
    values = [side.value for side in sides]
    reads = frozenset[str]().union(*(side.reads for side in sides))
    return Operand(TEXT, lambda names: "".join(printed(value(names)) for value in values), "", reads)


def _read_list(node: Any, setting: Setting) -> Operand:
    sides = [read_operand(side, setting) for side in node.items]
    if not sides or any(not are_alike(side.kind, sides[0].kind) for side in sides):
        raise FormError("a list […] holds one or more things of one kind.")
    values = [side.value for side in sides]
    reads = frozenset[str]().union(*(side.reads for side in sides))
    return Operand(list_of(sides[0].kind), lambda names: [value(names) for value in values], "", reads)


def _read_test(node: Any, setting: Setting) -> Operand:
    """`x is empty`, `x is none`."""
    if node.name not in ("empty", "none") or node.args or node.kwargs:
        raise FormError(f"unknown test `is {node.name}`; the tests are `is empty` and `is none`.")
    inner = read_operand(node.node, setting)
    value, kind = inner.value, inner.kind
    if node.name == "none":
        return Operand(TRUTH, lambda names: value(names) is None, "", inner.reads)
    if kind.is_mapping:
        return Operand(TRUTH, lambda names: not value(names), "", inner.reads)
    return Operand(TRUTH, lambda names: is_empty(value(names)), "", inner.reads)


def _read_filter(node: Any, setting: Setting) -> Operand:
    if node.node is None:
        raise FormError("{% filter %} is not part of the form language; write {{ value | function }}.")
    return read_call(node.name, [node.node, *node.args], node, setting, read_operand)


def _read_function(node: Any, setting: Setting) -> Operand:
    if type(node.node).__name__ != "Name":
        raise FormError("calls something that is not a function of the form language.")
    return read_call(node.node.name, list(node.args), node, setting, read_operand)


_OPERANDS: dict[str, Callable[[Any, Setting], Operand]] = {
    "Const": _read_constant,
    "Name": _read_name,
    "Getattr": _read_part,
    "Getitem": _read_item,
    "Compare": _read_comparison,
    "Add": _read_calculation,
    "Sub": _read_calculation,
    "Mul": _read_calculation,
    "Div": _read_calculation,
    "Neg": _read_negative,
    "And": _read_choice_of_two,
    "Or": _read_choice_of_two,
    "Not": _read_not,
    "CondExpr": _read_conditional,
    "Concat": _read_joined,
    "List": _read_list,
    "Tuple": _read_list,
    "Test": _read_test,
    "Filter": _read_filter,
    "Call": _read_function,
}
