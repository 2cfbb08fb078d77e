"""The form language: texts and expressions that always end and reach nothing but the consignment.

Jinja only reads the words here; what they mean is settled by `language`, which knows every piece of syntax it
allows and refuses all others. Nothing of Jinja runs when a certificate is made.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

import jinja2
import jinja2.parser

from certgen.errors import FormError
from certgen.forms.language.kinds import TRUTH, Kind, Scope, make_scope
from certgen.forms.language.operand import Setting, check_askable, trim_paths
from certgen.forms.language.syntax import read_operand
from certgen.forms.language.texts import Body, plain_words, read_body

LONGEST_SOURCE = 4000
"""Characters of one text or expression."""

LONGEST_PRINT = 1_000_000
"""Characters that one text may print; some three hundred pages."""

_REMEMBERED = 2000
"""Sources that were parsed; forms have many rules in common."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class CompiledExpression:
    """An expression, found right at load; `kind` is what it gives, `path` the field it stands for."""

    source: str
    where: str
    paths: frozenset[str]
    kind: Kind
    path: str
    value: Callable[[Mapping[str, Any]], Any]

    def evaluate(self, names: Mapping[str, Any]) -> Any:
        try:
            return self.value(names)
        except _FAILURES as error:
            raise _failed(self.where, self.source, error) from error


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """A text, found right when it was loaded; white space at its end is not printed."""

    source: str
    where: str
    paths: frozenset[str]
    text: Callable[[Mapping[str, Any]], str]

    def render(self, names: Mapping[str, Any]) -> str:
        try:
            text = self.text(names)
            if len(text) > LONGEST_PRINT:
                raise ValueError(f"it prints more than {LONGEST_PRINT} characters")
        except _FAILURES as error:
            raise _failed(self.where, self.source, error) from error
        return text.strip()


_FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, decimal.DecimalException)


def _failed(where: str, source: str, error: Exception) -> FormError:
    return FormError(f"{where}: {source!r} cannot be worked out ({type(error).__name__}: {error}).")


def compile_expression(source: str, where: str, scope: Scope | None = None) -> CompiledExpression:
    """Read one expression; `where` (file and key) opens every error.

    Raises FormError for anything outside the form language, for an unknown name or field (with the nearest
    right one), and for kinds that do not go together.
    """
    scope = scope or _plain_scope()
    operand = _guarded(source, where, lambda: read_operand(_parse_expression(source), Setting(scope)))
    return CompiledExpression(
        source, where, trim_paths(operand.reads, scope), operand.kind, operand.path, operand.value
    )


def compile_condition(source: str, where: str, scope: Scope | None = None) -> CompiledExpression:
    """Read an expression that is asked yes or no; also refuses one that could only be yes."""
    scope = scope or _plain_scope()
    operand = _guarded(
        source, where, lambda: check_askable(read_operand(_parse_expression(source), Setting(scope)))
    )
    value = operand.value
    reads = trim_paths(operand.reads, scope)
    return CompiledExpression(source, where, reads, TRUTH, "", lambda names: bool(value(names)))


def compile_template(source: str, where: str, scope: Scope | None = None) -> CompiledTemplate:
    """Read one text with its `{{ … }}` and `{% … %}`; errors as for `compile_expression`."""
    scope = scope or _plain_scope()
    body = _guarded(source, where, lambda: _read_text(source, Setting(scope)))
    return CompiledTemplate(source, where, trim_paths(body.reads, scope), body.as_text())


def _guarded(source: str, where: str, read: Callable[[], Result]) -> Result:
    """Turn whatever is wrong with a source into one FormError that begins with `where`."""
    if len(source) > LONGEST_SOURCE:
        raise FormError(
            f"{where}: is longer than {LONGEST_SOURCE} characters; put fixed words into [wording]."
        )
    try:
        return read()
    except FormError as error:
        raise FormError(f"{where}: {error}") from error
    except jinja2.TemplateError as error:
        raise FormError(f"{where}: cannot be read: {error.message}") from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise FormError(f"{where}: cannot be read ({type(error).__name__}); make it simpler.") from error


def _read_text(source: str, setting: Setting) -> Body:
    """The meaning of a text; one without a brace is all words, as are more than half in rules."""
    if "{" not in source:
        return plain_words(source.replace("\r\n", "\n").replace("\r", "\n"))
    return read_body(_parse_text(source), setting)


@lru_cache(maxsize=_REMEMBERED)
def _parse_text(source: str) -> Any:
    return _syntax().parse(source).body


@lru_cache(maxsize=_REMEMBERED)
def _parse_expression(source: str) -> Any:
    parser = jinja2.parser.Parser(_syntax(), source, state="variable")
    expression = parser.parse_expression()
    if not parser.stream.eos:
        raise FormError(f"cannot be read after the expression, at {str(parser.stream.current)!r}.")
    return expression


@cache
def _syntax() -> jinja2.Environment:
    """Jinja as a reader only: it compiles and renders nothing here."""
    return jinja2.Environment(autoescape=False)  # noqa: S701  plain text, and never rendered


@cache
def _plain_scope() -> Scope:
    return make_scope()
