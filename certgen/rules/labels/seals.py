"""Which seals a label must, may and must not carry: each is tried on it, and taken off it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from certgen.rules.labels.claims import NOT_KNOWN, ClaimVerdict
from certgen.rules.labels.label import Label
from certgen.rules.labels.outcome import Outcome, State, outcomes_of
from certgen.rules.labels.ruleset import Standard

_WORDS = {State.BROKEN: "must not", State.DOUBTFUL: "in doubt", State.OPEN: "open"}
_NO_SEAL = "none"
_SETTLES = frozenset({"seal", "claim", "wording"})


@dataclass(frozen=True, slots=True)
class SealVerdict:
    """Whether a label `must`, `may`, `may not` or `must not` carry a seal, or that is `open` or `in doubt`.

    `may not` is said where the permission that the claim could give does not apply, `not known` of a seal
    on the label of which no rule speaks.
    """

    seal: str
    verdict: str
    rules: tuple[str, ...]


def seal_verdicts(
    label: Label, binding: tuple[Standard, ...], day: date, own: ClaimVerdict | None
) -> list[SealVerdict]:
    """A verdict for each seal that the binding standards speak of under the label's claim, and each carried.

    A seal goes with its claim: what a claim permits is no better than the claim itself (`own`).
    """
    spoken = {seal: None for item in binding for rule in item.rules for seal in rule.seals}
    carried = {seal: None for seal in label.fields.get("seals", ()) if seal != _NO_SEAL}
    found = {seal: _verdict(seal, label, _about(seal, binding), day) for seal in spoken | carried}
    untold = {seal: SealVerdict(seal, NOT_KNOWN, ()) for seal in carried}
    told = (found[seal] or untold.get(seal) for seal in found)
    return [_beside_claim(verdict, own) for verdict in told if verdict is not None]


def _beside_claim(verdict: SealVerdict, own: ClaimVerdict | None) -> SealVerdict:
    """A permission is no better than the claim it belongs to; a duty falls with the claim alone."""
    is_permitted = verdict.verdict == "may" or (
        verdict.verdict == "must" and own and own.verdict == "may not"
    )
    if own is None or own.verdict == "may" or not is_permitted:
        return verdict
    return replace(verdict, verdict=own.verdict, rules=own.rules)


def _about(seal: str, binding: tuple[Standard, ...]) -> tuple[Standard, ...]:
    return tuple(
        replace(
            item, rules=tuple(rule for rule in item.rules if seal in rule.seals and rule.about in _SETTLES)
        )
        for item in binding
    )


def _verdict(seal: str, label: Label, rules: tuple[Standard, ...], day: date) -> SealVerdict | None:
    others = [other for other in label.fields.get("seals", ()) if other != seal]
    carried = outcomes_of(label.with_seals([*others, seal]), rules, day)
    for state, verdict in _WORDS.items():
        if against := _in_state(carried, state):
            return SealVerdict(seal, verdict, against)
    bare = outcomes_of(label.with_seals(others), rules, day)
    if demanding := _in_state(bare, State.BROKEN):
        return SealVerdict(seal, "must", demanding)
    allowing = _in_state([item for item in carried if item.rule.modality == "may"], State.KEPT)
    if allowing:
        return SealVerdict(seal, "may", allowing)
    withheld = tuple(item.rule.id for item in carried if _is_withheld(item, label))
    return SealVerdict(seal, "may not", withheld) if withheld else None


def _is_withheld(outcome: Outcome, label: Label) -> bool:
    """Whether a permission for this very claim was asked and does not apply."""
    rule = outcome.rule
    is_asked = rule.modality == "may" and rule.check is not None and label.claim in rule.claims
    return is_asked and outcome.state is State.UNCONCERNED


def _in_state(outcomes: Sequence[Outcome], state: State) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.rule.id for item in outcomes if item.state is state))
