"""The answer for one label: percentages, claims, seals, what to say, open questions, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from certgen.consignment import as_plain
from certgen.findings import Finding, has_errors
from certgen.rules.labels.claims import NOT_KNOWN, ClaimVerdict, claim_verdicts
from certgen.rules.labels.label import Label
from certgen.rules.labels.names import names_of
from certgen.rules.labels.outcome import Outcome, State, outcomes_of
from certgen.rules.labels.recipe import percentages, shown
from certgen.rules.labels.recipe_faults import find_recipe_faults
from certgen.rules.labels.ruleset import LabelRule, Standard
from certgen.rules.labels.seals import SealVerdict, seal_verdicts
from certgen.rules.labels.telling import (
    find_answer_faults,
    question_of,
    tell,
    tell_question,
    tell_unjudged,
)


@dataclass(frozen=True, slots=True)
class Saying:
    """What a rule demands, permits or forbids of this label, and whether it is so."""

    rule: str
    modality: str
    about: str
    says: str
    state: str
    cites: str
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can tell: the rule to answer under, or the column to fill in."""

    rule: str
    question: str
    column: str
    cites: str


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """Everything about one label; `status` is `right`, `open` (questions are left) or `wrong`.

    Where no rules are known it is open, too. `is_misread` says that a cell of the label, or of its recipe,
    was not understood.
    """

    label: Label
    standards: tuple[Standard, ...]
    percents: dict[str, Fraction | None]
    claims: tuple[ClaimVerdict, ...]
    seals: tuple[SealVerdict, ...]
    sayings: tuple[Saying, ...]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]
    remedies: tuple[str, ...]
    is_misread: bool = False

    @property
    def status(self) -> str:
        if self.is_misread or has_errors(self.findings):
            return "wrong"
        return "open" if self.questions or not self.standards else "right"

    def as_record(self) -> dict[str, Any]:
        """The answer as `--json` prints it."""
        market = self.label.fields.get("market")
        return {
            "label": self.label.name,
            "product": self.label.fields.get("product_name", ""),
            "market": market.name if market else "",
            "claim": self.label.claim,
            "status": self.status,
            "standards": [{"id": item.id, "title": item.title, "note": item.note} for item in self.standards],
            "percentages": {
                basis: {"exact": str(percent) if percent is not None else "", "shown": shown(percent)}
                for basis, percent in self.percents.items()
            },
            "claims": [as_plain(item) for item in self.claims],
            "seals": [as_plain(item) for item in self.seals],
            "says": [as_plain(item) for item in self.sayings],
            "questions": [as_plain(item) for item in self.questions],
            "remedies": list(self.remedies),
        }


def answer_label(label: Label, standards: tuple[Standard, ...], day: date) -> LabelAnswer:
    """Judge a label by every standard that binds it on this day; raises FormError when a rule fails."""
    binding = _binding(label, standards)
    outcomes = outcomes_of(label, binding, day)
    claims = tuple(claim_verdicts(label, binding, day))
    own = next((item for item in claims if item.claim == label.claim), None)
    asked = [outcome for outcome in outcomes if _is_question(outcome)]
    findings = [
        *find_recipe_faults(label, counts_agricultural=_counts_agricultural(label, binding, day)),
        *find_answer_faults(label, standards),
        *(tell(outcome, label) for outcome in outcomes if _is_wrong(outcome)),
        *(tell_question(outcome, label) for outcome in asked),
        *tell_unjudged(label, is_bound=bool(binding), is_claim_known=own is None or own.verdict != NOT_KNOWN),
    ]
    return LabelAnswer(
        label=label,
        standards=binding,
        percents=percentages(label),
        claims=claims,
        seals=tuple(seal_verdicts(label, binding, day, own)),
        sayings=tuple(_sayings(outcomes)),
        questions=tuple(_questions(asked, own)),
        findings=tuple(dict.fromkeys(findings)),
        remedies=tuple(_remedies(findings, claims, label)),
    )


def _binding(label: Label, standards: tuple[Standard, ...]) -> tuple[Standard, ...]:
    """The standards that bind a label, its own before that of its market."""
    names, own = names_of(label), label.fields.get("standard")
    found = (standard for standard in standards if standard.applies.evaluate(names))
    return tuple(sorted(found, key=lambda standard: own not in standard.schemes))


def _counts_agricultural(label: Label, binding: tuple[Standard, ...], day: date) -> bool:
    """Whether a rule on the claim entered depends on what is agricultural."""
    rules = (rule for standard in binding for rule in standard.rules if rule.is_in_force(day))
    return any(rule.counts_agricultural and (not rule.claims or label.claim in rule.claims) for rule in rules)


def _is_wrong(outcome: Outcome) -> bool:
    return outcome.state is State.BROKEN or (outcome.state is State.DOUBTFUL and not _is_idle(outcome))


def _is_question(outcome: Outcome) -> bool:
    return outcome.state is State.OPEN and not _is_idle(outcome)


def _is_idle(outcome: Outcome) -> bool:
    """Whether it is a permission of which nobody can see if the label makes use of it."""
    rule = outcome.rule
    return rule.modality == "may" and rule.uses is None and not rule.ask


def _sayings(outcomes: Iterable[Outcome]) -> Iterable[Saying]:
    """What concerns this label, each rule once with the gravest state of its rows."""
    found: dict[str, tuple[LabelRule, State]] = {}
    order = list(State)
    for outcome in outcomes:
        rule, state = outcome.rule, outcome.state
        known = found.get(rule.id, (rule, State.UNCONCERNED))[1]
        found[rule.id] = (rule, max(known, state, key=order.index))
    for rule, state in found.values():
        if state is not State.UNCONCERNED:
            yield Saying(rule.id, rule.modality, rule.about, rule.says, str(state), rule.cites, rule.seals)


def _questions(outcomes: Iterable[Outcome], own: ClaimVerdict | None) -> list[Question]:
    found = [
        Question(item.rule.id, question_of(item), "" if item.rule.ask else item.rule.field, item.rule.cites)
        for item in outcomes
    ]
    if own is not None and own.verdict == NOT_KNOWN:
        found.append(Question("", own.because[0], "claim", ""))
    return list(dict.fromkeys(found))


def _remedies(findings: Iterable[Finding], claims: Sequence[ClaimVerdict], label: Label) -> list[str]:
    """What would make it right: the fixes, and the claims that this recipe may make instead."""
    fixes = dict.fromkeys(finding.fix for finding in findings if finding.is_error and finding.fix)
    is_refused = any(item.claim == label.claim and item.verdict == "may not" for item in claims)
    possible = [item.title for item in claims if item.verdict == "may"]
    if not is_refused:
        return list(fixes)
    instead = f"Claim what this recipe may: {'; '.join(possible)}." if possible else "Make no organic claim."
    return [*fixes, instead]
