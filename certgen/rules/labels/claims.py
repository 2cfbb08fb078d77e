"""Which claims the recipe of a label may make: each is tried, as if the label made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from certgen.rules.labels.label import Label, label_vocabulary
from certgen.rules.labels.outcome import Outcome, State, outcomes_of
from certgen.rules.labels.ruleset import Claim, Standard
from certgen.rules.labels.telling import question_of

NOT_KNOWN = "not known"
_NO_CLAIM = "none"
_VERDICTS = {State.BROKEN: "may not", State.OPEN: "open", State.DOUBTFUL: "in doubt"}
_BASIS = frozenset({State.KEPT, State.OPEN, State.DOUBTFUL})
_UNTOLD = "No rule here says when this claim may be made; ask the certifier."


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """Whether this recipe may make a claim, and by which rules.

    `may` is said only where a rule that allows the claim was found to hold; else it is `may not`, `open`
    (something is not stated), `in doubt` (sources differ) or `not known` (no rule speaks of it).
    """

    claim: str
    title: str
    verdict: str
    rules: tuple[str, ...]
    because: tuple[str, ...]


def claim_verdicts(label: Label, binding: tuple[Standard, ...], day: date) -> Iterator[ClaimVerdict]:
    """The claims of the label's own standard and the one entered, and what its market allows beside them."""
    own = {claim.key for item in binding if _is_own(item, label) for claim in item.claims} | {label.claim}
    for claim in _claims_offered(label, binding):
        outcomes = _try(claim, label, binding, day)
        basis = [item for item in outcomes if item.rule.id in claim.rests_on and item.state in _BASIS]
        if basis or claim.key in own:
            yield _judge(claim, outcomes, basis)


def _is_own(standard: Standard, label: Label) -> bool:
    return label.fields.get("standard") in standard.schemes


def _claims_offered(label: Label, binding: Iterable[Standard]) -> list[Claim]:
    """Every claim that a binding standard knows, each once, with all the rules it rests on."""
    offered: dict[str, Claim] = {}
    for claim in (claim for item in binding for claim in item.claims):
        known = offered.get(claim.key, Claim(claim.key, claim.title))
        offered[claim.key] = replace(known, rests_on=(*known.rests_on, *claim.rests_on))
    if label.claim != _NO_CLAIM and label.claim not in offered:
        offered[label.claim] = Claim(label.claim, f"“{_words_of(label.claim)}”")
    return list(offered.values())


def _words_of(claim: str) -> str:
    field = label_vocabulary().find("extra.claim")
    return field.choices.get(claim, (claim,))[0] if field else claim


def _try(claim: Claim, label: Label, binding: tuple[Standard, ...], day: date) -> list[Outcome]:
    """What becomes of the rules on claims, and of those that this claim rests on, if the label makes it."""
    rules = tuple(
        replace(
            item,
            rules=tuple(rule for rule in item.rules if rule.about == "claim" or rule.id in claim.rests_on),
        )
        for item in binding
    )
    return outcomes_of(label.with_claim(claim.key), rules, day)


def _judge(claim: Claim, outcomes: Sequence[Outcome], basis: Sequence[Outcome]) -> ClaimVerdict:
    against = [item for item in outcomes if item.rule.about == "claim" and item.state in _VERDICTS]
    if against:
        return _verdict(claim, against)
    if not basis:
        return ClaimVerdict(claim.key, claim.title, NOT_KNOWN, (), (_UNTOLD,))
    if any(item.state is State.KEPT for item in basis):
        return ClaimVerdict(claim.key, claim.title, "may", (), ())
    return _verdict(claim, basis)


def _verdict(claim: Claim, against: Sequence[Outcome]) -> ClaimVerdict:
    """The gravest word of the rules that stand against a claim."""
    worst = next(state for state in _VERDICTS if any(item.state is state for item in against))
    because = [item for item in against if item.state is worst]
    return ClaimVerdict(
        claim.key,
        claim.title,
        _VERDICTS[worst],
        tuple(dict.fromkeys(item.rule.id for item in because)),
        tuple(dict.fromkeys(_reason(item) for item in because)),
    )


def _reason(outcome: Outcome) -> str:
    rule = outcome.rule
    if outcome.state is State.OPEN:
        return question_of(outcome)
    text = rule.doubt_message if outcome.state is State.DOUBTFUL else rule.message
    return text.render(outcome.names)
