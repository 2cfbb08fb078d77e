"""How a rule comes out for a label: kept, broken, open until something is known, or left in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from certgen.rules.labels.label import Label
from certgen.rules.labels.names import names_of
from certgen.rules.labels.ruleset import LabelRule, Standard


class State(StrEnum):
    """What became of a rule; a permission that holds is `KEPT`, one that does not apply `UNCONCERNED`."""

    UNCONCERNED = "does not apply"
    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule with its state, the names it was judged with, and the row of the recipe it is about."""

    rule: LabelRule
    state: State
    names: Mapping[str, Any]
    row: int | None = None


def outcomes_of(label: Label, standards: tuple[Standard, ...], day: date) -> list[Outcome]:
    """Every rule in force that binds this label, in the order of the files; rows of the recipe one by one."""
    names = names_of(label)
    binding = [standard for standard in standards if standard.applies.evaluate(names)]
    rules = [rule for standard in binding for rule in standard.rules if rule.is_in_force(day)]
    return [outcome for rule in rules for outcome in judge_rule(rule, label, names)]


def judge_rule(rule: LabelRule, label: Label, names: Mapping[str, Any]) -> list[Outcome]:
    """One outcome, or for a rule on each row those of the rows it concerns."""
    if rule.claims and label.claim not in rule.claims:
        return [Outcome(rule, State.UNCONCERNED, names)]
    if not rule.each:
        return [Outcome(rule, _state(rule, label, names), names)]
    found = []
    for row, item in enumerate(names["recipe"]):
        inside = {**names, "item": item}
        state = _state(rule, label, inside)
        if state is not State.UNCONCERNED:
            found.append(Outcome(rule, state, inside, row))
    return found or [Outcome(rule, State.UNCONCERNED, names)]


def _state(rule: LabelRule, label: Label, names: Mapping[str, Any]) -> State:
    if rule.when is not None and not rule.when.evaluate(names):
        return State.UNCONCERNED
    if rule.ask:
        return _answered(label.answers.get(rule.id))
    return _judged(rule, names)


def _judged(rule: LabelRule, names: Mapping[str, Any]) -> State:
    if any(is_unstated(need.evaluate(names)) for need in rule.needs):
        return State.OPEN
    if rule.doubt is not None and rule.doubt.evaluate(names):
        return State.DOUBTFUL
    if rule.check is None or rule.check.evaluate(names):
        return State.KEPT
    if rule.modality == "may" and not (rule.uses is not None and rule.uses.evaluate(names)):
        return State.UNCONCERNED
    return State.BROKEN


def _answered(answer: bool | None) -> State:  # noqa: FBT001 - what a person answered
    if answer is None:
        return State.OPEN
    return State.KEPT if answer else State.BROKEN


def is_unstated(value: Any) -> bool:
    """Whether nothing is said: no value, no text, no item."""
    return value is None or (isinstance(value, str | tuple | list) and not value)
