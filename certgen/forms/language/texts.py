"""The texts of the form language: fixed words, `{{ … }}`, `{% if %}` and `{% for %}`, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from certgen.errors import FormError
from certgen.forms.language.functions import FUNCTIONS
from certgen.forms.language.kinds import NUMBER, TRUTH, table_kind
from certgen.forms.language.operand import Setting, check_askable, check_printable
from certgen.forms.language.operations import printed
from certgen.forms.language.syntax import MOST_NESTED, read_operand

Emit = Callable[[Mapping[str, Any], list[str]], None]
Text = Callable[[Mapping[str, Any]], str]
MOST_LOOPS = 2
MOST_PIECES = 50_000
"""Of one printed text; a thousand lines with ten words each are far below."""
LOOP = table_kind("loop", {"first": TRUTH, "last": TRUTH, "index": NUMBER})


@dataclass(frozen=True, slots=True)
class Body:
    """A piece of a text: what it adds to the printed pieces, and the fields it reads.

    `alone` gives the text of a piece that stands alone without making pieces of it.
    """

    emit: Emit
    reads: frozenset[str]
    alone: Text | None = None

    def as_text(self) -> Text:
        """The whole as one text."""
        return self.alone or _joined(self.emit)


def _joined(emit: Emit) -> Text:
    def text(names: Mapping[str, Any]) -> str:
        pieces: list[str] = []
        emit(names, pieces)
        return "".join(pieces)

    return text


def plain_words(words: str) -> Body:
    """A text that says the same on every paper."""
    return Body(lambda _names, out: out.append(words), frozenset(), lambda _names: words)


def read_body(nodes: Sequence[Any], setting: Setting) -> Body:
    """The meaning of a text; raises FormError for what the form language does not have."""
    if setting.depth > MOST_NESTED:
        raise FormError("is nested too deeply; make it simpler.")
    bodies = [_read_statement(node, replace(setting, depth=setting.depth + 1)) for node in nodes]
    if len(bodies) == 1:
        return bodies[0]
    emits = [body.emit for body in bodies]
    reads = frozenset[str]().union(*(body.reads for body in bodies))

    def emit(names: Mapping[str, Any], pieces: list[str]) -> None:
        for each in emits:
            each(names, pieces)

    return Body(emit, reads)


def _read_statement(node: Any, setting: Setting) -> Body:
    name = type(node).__name__
    if name == "Output":
        return _read_output(node, setting)
    if name == "If":
        return _read_if(node, setting)
    if name == "For":
        return _read_for(node, setting)
    raise FormError(
        f"uses {name.lower()}, which the form language does not have; it has {{% if %}} and {{% for %}}."
    )


def _read_output(node: Any, setting: Setting) -> Body:
    pieces = [_read_piece(piece, setting) for piece in node.nodes]
    reads = frozenset[str]().union(*(piece.reads for piece in pieces))
    if len(pieces) == 1:
        return pieces[0]
    emits = [piece.emit for piece in pieces]

    def emit(names: Mapping[str, Any], out: list[str]) -> None:
        for each in emits:
            each(names, out)

    return Body(emit, reads)


def _read_piece(node: Any, setting: Setting) -> Body:
    if type(node).__name__ == "TemplateData":
        return plain_words(node.data)
    operand = read_operand(node, setting)
    check_printable(operand)
    value = operand.value

    def text(names: Mapping[str, Any]) -> str:
        found = value(names)
        return found if type(found) is str else printed(found)

    return Body(lambda names, out: out.append(text(names)), operand.reads, text)


def _read_if(node: Any, setting: Setting) -> Body:
    branches = [
        (check_askable(read_operand(branch.test, setting)), read_body(branch.body, setting))
        for branch in (node, *node.elif_)
    ]
    otherwise = read_body(node.else_, setting)
    reads = otherwise.reads.union(*(test.reads | body.reads for test, body in branches))
    steps = [(test.value, body.emit) for test, body in branches]
    last = otherwise.emit if node.else_ else None

    def emit(names: Mapping[str, Any], out: list[str]) -> None:
        for test, then in steps:
            if test(names):
                then(names, out)
                return
        if last is not None:
            last(names, out)

    return Body(emit, reads)


def _read_for(node: Any, setting: Setting) -> Body:
    name = _loop_name(node, setting)
    rows = read_operand(node.iter, setting)
    if not rows.kind.is_list or rows.kind.item is None:
        raise FormError(f"{rows.written} is {rows.kind.name}; `for` goes through lists.")
    scope = setting.scope.with_name(name, rows.kind.item, rows.path).with_name("loop", LOOP)
    inside = replace(setting, scope=scope, loops=setting.loops + 1)
    test = check_askable(read_operand(node.test, inside)) if node.test else None
    body, otherwise = read_body(node.body, inside), read_body(node.else_, setting)
    reads = rows.reads | body.reads | otherwise.reads | (test.reads if test else frozenset())
    return Body(_looped(name, rows.value, test.value if test else None, body.emit, otherwise.emit), reads)


def _loop_name(node: Any, setting: Setting) -> str:
    if setting.loops >= MOST_LOOPS:
        raise FormError("has a loop inside two others; two deep is the most.")
    if node.recursive or type(node.target).__name__ != "Name":
        raise FormError("`for` goes through a list with one name: {% for product in products %}.")
    name: str = node.target.name
    if name in setting.scope.kinds or name in FUNCTIONS or name.startswith("_") or name == "loop":
        raise FormError(f"`for {name}`: the name is taken; choose another.")
    return name


def _looped(
    name: str, rows: Callable[..., Any], test: Callable[..., Any] | None, body: Emit, otherwise: Emit
) -> Emit:
    def emit(names: Mapping[str, Any], out: list[str]) -> None:
        inner = dict(names)
        items = list(rows(names) or ())
        if test is not None:
            items = [item for item in items if test({**names, name: item})]
        for index, item in enumerate(items, start=1):
            if len(out) > MOST_PIECES:
                raise ValueError(f"it prints more than {MOST_PIECES} pieces")
            inner[name] = item
            inner["loop"] = {"first": index == 1, "last": index == len(items), "index": index}
            body(inner, out)
        if not items:
            otherwise(names, out)

    return emit
