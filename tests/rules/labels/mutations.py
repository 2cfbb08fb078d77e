"""Small errors made in the conditions of the label rules, one at a time: do the cases notice them?

`python -m tests.rules.labels.mutations` lists those that no case notices; the test beside it does the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from certgen.errors import FormError
from certgen.forms.label_fields import labels_folder
from certgen.forms.language.expressions import compile_condition, compile_expression
from certgen.rules.labels import Label, LabelRule, load_label_rules
from certgen.rules.labels.cases import case_label, state_wanted
from certgen.rules.labels.names import label_scope, names_of, row_scope
from certgen.rules.labels.outcome import State, judge_rule
from certgen.rules.labels.records import LabelBaseRecord, LabelCaseRecord, LabelCasesFile
from certgen.rules.labels.ruleset import Standard
from certgen.toml_file import load_toml

_TOKEN = re.compile(r"'[^']*'|[<>=!]=|[<>]|\bnot in\b|\w+|\S")
_SIGNS = {
    ">=": (">", "<"),
    "<=": ("<", ">"),
    ">": (">=", "<"),
    "<": ("<=", ">"),
    "==": ("!=",),
    "!=": ("==",),
    "and": ("or",),
    "or": ("and",),
    "not in": ("in",),
    "in": ("not in",),
    "not": ("",),
}
_PARTS = ("when", "check", "uses", "doubt")


@dataclass(frozen=True, slots=True)
class Trial:
    """A case of a rule: the label with its names, whether its standard binds it, what should come out."""

    label: Label
    names: dict[str, Any]
    is_bound: bool
    wanted: State


@dataclass(frozen=True, slots=True)
class Mutation:
    """A rule with one error in one of its conditions."""

    rule: LabelRule
    part: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.rule.id}: {self.part} = {self.source}"


def survivors() -> list[Mutation]:
    """The errors that every case of their rule lets pass."""
    return [
        mutation
        for standard in load_label_rules()
        for rule, tried in _trials(standard)
        for mutation in mutations_of(rule)
        if all(_comes_out(mutation.rule, trial) for trial in tried)
    ]


def mutations_of(rule: LabelRule) -> Iterator[Mutation]:
    """Each error of one sign, number or word that still makes a condition."""
    scope = row_scope() if rule.each else label_scope()
    for part in _PARTS:
        condition = getattr(rule, part)
        for source in _mutated(condition.source) if condition else ():
            try:
                changed = replace(rule, **{part: compile_condition(source, part, scope)})
            except FormError:
                continue
            yield Mutation(changed, part, source)
    for place, need in enumerate(rule.needs):
        without = (*rule.needs[:place], *rule.needs[place + 1 :])
        yield Mutation(replace(rule, needs=without), "needs", f"without {need.source}")
        for source in _mutated(need.source, only_signs=True):
            try:
                other = compile_expression(source, "needs", scope)
            except FormError:
                continue
            yield Mutation(replace(rule, needs=(*without, other)), "needs", source)


def _mutated(source: str, *, only_signs: bool = False) -> Iterator[str]:
    """The source turned round or with one token changed; where a value is asked for, any will do."""
    if not only_signs:
        yield f"not ({source})"
    for found in _TOKEN.finditer(source):
        for other in _SIGNS.get(found[0], ()) if only_signs else _others(found[0]):
            yield source[: found.start()] + other + source[found.end() :]


def _others(token: str) -> Iterable[str]:
    if token.isdecimal():
        return (str(int(token) + 1), str(int(token) - 1)) if int(token) else ("1",)
    if token.startswith("'"):
        return ("'another'",)
    return _SIGNS.get(token, ())


def _trials(standard: Standard) -> Iterator[tuple[LabelRule, list[Trial]]]:
    """Each rule of a standard with its cases."""
    file = load_toml(labels_folder() / "cases" / f"{standard.id}.toml", LabelCasesFile, FormError)
    for rule in standard.rules:
        cases = [case for case in file.case if case.rule == rule.id]
        yield rule, [_trial(standard, rule, case, file.base[case.base]) for case in cases]


def _trial(standard: Standard, rule: LabelRule, case: LabelCaseRecord, base: LabelBaseRecord) -> Trial:
    label = case_label(case, base)
    names = names_of(label)
    return Trial(label, names, bool(standard.applies.evaluate(names)), state_wanted(rule, case))


def _comes_out(rule: LabelRule, trial: Trial) -> bool:
    states = [State.UNCONCERNED]
    try:
        if trial.is_bound:
            states += [outcome.state for outcome in judge_rule(rule, trial.label, trial.names)]
    except FormError:
        return False
    return max(states, key=list(State).index) is trial.wanted


if __name__ == "__main__":
    for survivor in survivors():
        print(survivor.name)  # noqa: T201  (a list for whoever writes cases)
