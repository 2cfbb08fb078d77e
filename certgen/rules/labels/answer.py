"""The answer for one label: percentages, claims, seals, what to say, open questions, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from certgen.consignment import as_plain
from certgen.findings import Finding, has_errors
from certgen.rules.labels.label import Label
from certgen.rules.labels.names import names_of
from certgen.rules.labels.outcome import Outcome, State, outcomes_of
from certgen.rules.labels.recipe import find_recipe_faults, percentages, shown
from certgen.rules.labels.ruleset import Claim, LabelRule, Standard
from certgen.rules.labels.seals import SealVerdict, seal_verdicts
from certgen.rules.labels.telling import (
    find_answer_faults,
    question_of,
    tell,
    tell_marketless,
    tell_question,
    tell_unbound,
)

_VERDICTS = {State.BROKEN: "may not", State.OPEN: "open", State.DOUBTFUL: "in doubt"}


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """Whether this recipe may make a claim: `may`, `may not`, `open`, `in doubt`; and by which rules."""

    claim: str
    title: str
    verdict: str
    rules: tuple[str, ...]
    because: tuple[str, ...]


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
    """Everything about one label; `status` is `right`, `open` (questions are left) or `wrong`."""

    label: Label
    standards: tuple[Standard, ...]
    percents: dict[str, Fraction | None]
    claims: tuple[ClaimVerdict, ...]
    seals: tuple[SealVerdict, ...]
    sayings: tuple[Saying, ...]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]
    remedies: tuple[str, ...]

    @property
    def status(self) -> str:
        if has_errors(self.findings):
            return "wrong"
        return "open" if self.questions else "right"

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
    names = names_of(label)
    own = label.fields.get("standard")
    binding = tuple(
        sorted(
            (standard for standard in standards if standard.applies.evaluate(names)),
            key=lambda standard: own not in standard.schemes,
        )
    )
    outcomes = outcomes_of(label, binding, day)
    claims = tuple(_claim_verdicts(label, binding, day))
    questions = [outcome for outcome in outcomes if outcome.state is State.OPEN]
    told = [outcome for outcome in outcomes if outcome.state in (State.BROKEN, State.DOUBTFUL)]
    findings = [
        *find_recipe_faults(label),
        *find_answer_faults(label, standards),
        *(tell(outcome, label) for outcome in told),
        *(tell_question(outcome, label) for outcome in questions),
        *([] if binding else [tell_unbound(label)]),
        *([] if label.fields.get("market") else [tell_marketless(label)]),
    ]
    return LabelAnswer(
        label=label,
        standards=binding,
        percents=percentages(label),
        claims=claims,
        seals=tuple(seal_verdicts(label, binding, day)),
        sayings=tuple(_sayings(outcomes)),
        questions=tuple(_questions(questions)),
        findings=tuple(dict.fromkeys(findings)),
        remedies=tuple(_remedies(findings, claims, label)),
    )


def _claim_verdicts(label: Label, binding: tuple[Standard, ...], day: date) -> Iterable[ClaimVerdict]:
    """Each claim of the label's own standard, as if the label made it."""
    rules = tuple(
        replace(item, rules=tuple(rule for rule in item.rules if rule.about == "claim")) for item in binding
    )
    for claim in _claims_offered(label, binding):
        outcomes = outcomes_of(label.with_claim(claim.key), rules, day)
        yield _verdict(claim, [item for item in outcomes if item.state in _VERDICTS])


def _claims_offered(label: Label, binding: Sequence[Standard]) -> list[Claim]:
    own = [item for item in binding if label.fields.get("standard") in item.schemes]
    return list({claim.key: claim for item in own for claim in item.claims}.values())


def _verdict(claim: Claim, against: Sequence[Outcome]) -> ClaimVerdict:
    """The gravest word of the rules that stand against a claim; none is `may`."""
    worst = next((state for state in _VERDICTS if any(item.state is state for item in against)), None)
    because = [item for item in against if item.state is worst]
    return ClaimVerdict(
        claim.key,
        claim.title,
        _VERDICTS[worst] if worst else "may",
        tuple(dict.fromkeys(item.rule.id for item in because)),
        tuple(dict.fromkeys(_reason(item) for item in because)),
    )


def _reason(outcome: Outcome) -> str:
    rule = outcome.rule
    if outcome.state is State.OPEN:
        return question_of(outcome)
    text = rule.doubt_message if outcome.state is State.DOUBTFUL else rule.message
    return text.render(outcome.names)


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


def _questions(outcomes: Iterable[Outcome]) -> list[Question]:
    found = (
        Question(item.rule.id, question_of(item), "" if item.rule.ask else item.rule.field, item.rule.cites)
        for item in outcomes
    )
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
