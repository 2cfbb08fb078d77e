"""Whether the arrangements of a folder are proven: every case comes out, every rule is tried both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from certgen.rules.arrangements.cases import TradeTrial
from certgen.rules.arrangements.model import Arrangement, Arrangements


def arrangements_of(folder: Path, arrangements: Arrangements) -> list[Arrangement]:
    """Those that a house added in this folder."""
    return [entry for entry in arrangements.entries if entry.house and Path(entry.house).parent == folder]


def find_unproven(entries: Sequence[Arrangement], trials: Sequence[TradeTrial]) -> list[str]:
    """What is wrong with the cases: one that comes out otherwise, and what no case tries."""
    wrong = [sentence for trial in trials for sentence in _differences(trial)]
    return [*wrong, *_untried(entries, trials)]


def _differences(trial: TradeTrial) -> Iterator[str]:
    for key, found in trial.found.items():
        if found != trial.expected[key]:
            yield f"case {trial.case.name!r}: {key}: it says {trial.expected[key]!r}, and it is {found!r}."


def _untried(entries: Iterable[Arrangement], trials: Sequence[TradeTrial]) -> Iterator[str]:
    applied = {entry.id for trial in trials for entry in trial.judgement.applied}
    broken = {told.rule.id for trial in trials for told in trial.judgement.told}
    kept = {rule for trial in trials for rule in _kept(trial)}
    owed = {item.paper.id for trial in trials for item in (*trial.judgement.owed, *trial.judgement.voluntary)}
    for entry in entries:
        if entry.id not in applied:
            yield f"{entry.house}: no case in which {entry.id} applies."
        for rule in entry.scope:
            if rule.id not in broken:
                yield f"{entry.house}: no case that breaks {rule.id}."
            if rule.id not in kept:
                yield f"{entry.house}: no case that keeps {rule.id}."
        for paper in entry.papers:
            if paper.id not in owed:
                yield f"{entry.house}: no case in which {paper.id} is owed."


def _kept(trial: TradeTrial) -> set[str]:
    """The scope rules in force that say nothing of these goods."""
    judgement = trial.judgement
    told = {item.rule.id for item in judgement.told}
    rules = [rule for entry in judgement.applied for rule in entry.scope]
    return {rule.id for rule in rules if rule.period.holds_on(judgement.day) and rule.id not in told}
