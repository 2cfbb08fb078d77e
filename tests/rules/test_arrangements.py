"""The shipped arrangements: every case comes out as it says, and every rule has cases on both sides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from certgen.forms import load_forms
from certgen.rules.arrangements import Arrangements, TradeTrial, load_arrangements, run_trade_cases


@pytest.fixture(scope="module")
def arrangements() -> Arrangements:
    return load_arrangements(load_forms())


TRIALS = run_trade_cases(load_arrangements(load_forms()))


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.case.name)
def test_a_case_comes_out_as_it_says(trial: TradeTrial) -> None:
    assert trial.found == trial.expected


def rules_told(trial: TradeTrial) -> set[str]:
    return {told.rule.id for told in trial.judgement.told}


def rules_kept(trial: TradeTrial) -> Iterator[str]:
    """The scope rules in force that say nothing of these goods."""
    judgement = trial.judgement
    for entry in judgement.applied:
        for rule in entry.scope:
            if rule.period.holds_on(judgement.day) and rule.id not in rules_told(trial):
                yield rule.id


def test_every_scope_rule_has_a_case_that_breaks_it_and_one_that_keeps_it(arrangements) -> None:
    rules = {rule.id for entry in arrangements.entries for rule in entry.scope}
    assert rules == {rule for trial in TRIALS for rule in rules_told(trial)}
    assert rules == {rule for trial in TRIALS for rule in rules_kept(trial)}


def test_every_arrangement_and_every_paper_has_a_case(arrangements) -> None:
    applied = {entry.id for trial in TRIALS for entry in trial.judgement.applied}
    assert applied == {entry.id for entry in arrangements.entries}
    owed = [*(owed for trial in TRIALS for owed in (*trial.judgement.owed, *trial.judgement.voluntary))]
    assert {item.paper.id for item in owed} == {
        paper.id for entry in arrangements.entries for paper in entry.papers
    }


def test_everything_to_be_minded_has_a_case(arrangements) -> None:
    minded = {mind.id for trial in TRIALS for mind in trial.judgement.minds}
    assert minded == {mind.id for entry in arrangements.entries for mind in entry.minds}


def test_what_only_a_name_says_refuses_nothing(arrangements) -> None:
    """A word in a trade name makes one ask, and never decides."""
    of_names = ("may_be_", "_words", "_kinds", "says_honey")
    for rule in (rule for entry in arrangements.entries for rule in entry.scope):
        if rule.outcome == "out":
            said = f"{rule.rule.when.source if rule.rule.when else ''} {rule.rule.must.source}"
            assert not any(name in said.replace("codes.tariff_kinds", "") for name in of_names), rule.id
