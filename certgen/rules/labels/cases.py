"""The trials of the label rules, as data: each rule with labels that keep it and labels that break it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from certgen.errors import FormError
from certgen.forms.declared import typed_row
from certgen.rules.labels.label import Label, label_types
from certgen.rules.labels.names import names_of
from certgen.rules.labels.outcome import State, judge_rule
from certgen.rules.labels.records import LabelBaseRecord, LabelCaseRecord, LabelCasesFile
from certgen.rules.labels.ruleset import LabelRule, Standard
from certgen.toml_file import load_toml

_ROW = re.compile(r"(?P<amount>[0-9.]+|-) (?P<name>[^:]+)(?::(?P<marks>.*))?")
_MARKS: Mapping[str, tuple[str, Any]] = {
    "organic": ("organic", True),
    "agricultural": ("agricultural", True),
    "mineral": ("agricultural", False),
    "raw": ("raw", True),
    "processed": ("raw", False),
    "available": ("available", True),
    "unavailable": ("available", False),
    "hunted": ("hunted", True),
    "additive": ("kind", "additive"),
    "aid": ("kind", "aid"),
    "water": ("kind", "water"),
    "salt": ("kind", "salt"),
}
"""What a word after the colon of a row means; others are written as `column=value`."""
_LISTS = frozenset({"listed", "contains", "derivative_of"})


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How one trial came out beside how it should have."""

    rule: str
    name: str
    should_be: State
    came_out: State

    @property
    def is_right(self) -> bool:
        return self.came_out is self.should_be

    @property
    def sentence(self) -> str:
        return f"{self.rule}: {self.name}: should be {self.should_be}, and came out {self.came_out}."


def run_label_cases(standards: Iterable[Standard], folder: Path) -> list[CaseOutcome]:
    """Try every rule; raises FormError for a rule without a case on either side, a case without a rule."""
    found: list[CaseOutcome] = []
    for standard in standards:
        path = folder / f"{standard.id}.toml"
        file = load_toml(path, LabelCasesFile, FormError)
        _check_complete(standard, file.case, path)
        rules = {rule.id: rule for rule in standard.rules}
        found += [_try(rules[case.rule], case, standard, file.base[case.base]) for case in file.case]
    return found


def _check_complete(standard: Standard, cases: Iterable[LabelCaseRecord], path: Path) -> None:
    tried = {(case.rule, case.passes) for case in cases if not _is_aside(case)}
    wanted = {(rule.id, passes) for rule in standard.rules for passes in (True, False)}
    words = {True: "passes", False: "fails"}
    missing = [f"{path}: {rule}: no case that {words[passes]}." for rule, passes in sorted(wanted - tried)]
    missing += [f"{path}: there is no rule {rule!r}." for rule, _ in sorted(tried - wanted)]
    if missing:
        raise FormError("\n".join(missing))


def _try(rule: LabelRule, case: LabelCaseRecord, standard: Standard, base: LabelBaseRecord) -> CaseOutcome:
    label = case_label(case, base)
    names = names_of(label)
    states = [State.UNCONCERNED]
    if standard.applies.evaluate(names):
        states += [outcome.state for outcome in judge_rule(rule, label, names)]
    return CaseOutcome(rule.id, case.name, state_wanted(rule, case), max(states, key=list(State).index))


def state_wanted(rule: LabelRule, case: LabelCaseRecord) -> State:
    """How a case should come out."""
    aside = {State.DOUBTFUL: case.is_doubt, State.UNCONCERNED: case.is_unconcerned, State.OPEN: case.is_open}
    for state, is_so in aside.items():
        if is_so:
            return state
    if case.passes:
        return State.KEPT
    is_idle = rule.modality == "may" and not case.is_misused
    return State.UNCONCERNED if is_idle else State.BROKEN


def _is_aside(case: LabelCaseRecord) -> bool:
    """Whether a case is about something else than keeping or breaking its rule."""
    return case.is_doubt or case.is_unconcerned or case.is_open


def case_label(case: LabelCaseRecord, base: LabelBaseRecord) -> Label:
    """The label of a trial: the base with what the trial changes."""
    types = label_types()
    rows = base.recipe if case.recipe is None else case.recipe
    given = {**base.label, **case.label}
    fields = {name: value for name, value in given.items() if value != ""}
    unknown = [name for name in fields if f"extra.{name}" not in types]
    if unknown:
        raise FormError(f"{case.rule}: {case.name}: there is no column {', '.join(unknown)} of a label.")
    return Label(
        name=case.name,
        fields={"name": case.name, **typed_row(_with_countries(fields), "extra", types)},
        recipe=tuple(typed_row(_row(text), "tables.recipe", types) for text in rows),
        answers=case.answers,
    )


def _with_countries(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Trials give countries by code, and numbers as they are written."""
    types = label_types()
    made: dict[str, Any] = {}
    for name, value in fields.items():
        kind = types[f"extra.{name}"]
        made[name] = {"name": value, "code": value} if kind == "country" else _plain(value)
    return made


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, float | date) else value


def _row(text: str) -> dict[str, Any]:
    """`62 oats: organic raw origin=US`: amount in kg, name, marks; `-` where no amount is given."""
    found = _ROW.fullmatch(text)
    if found is None:
        raise FormError(f"{text!r} is no row of a recipe; write it as `62 oats: organic raw`.")
    row: dict[str, Any] = {"name": found["name"].strip()}
    if found["amount"] != "-":
        row["mass"] = {"amount": found["amount"], "unit": "kg"}
    for mark in (found["marks"] or "").split():
        column, value = _MARKS.get(mark) or _written(mark)
        row[column] = [*row.get(column, []), value] if column in _LISTS else value
    return row


def _written(mark: str) -> tuple[str, Any]:
    column, is_pair, value = mark.partition("=")
    if not is_pair:
        raise FormError(f"{mark!r} is no mark of a row; there are {', '.join(_MARKS)}, and column=value.")
    value = value.replace("_", " ")
    return column, {"name": value, "code": value} if column == "origin" else value
