"""Every label rule keeps to its cases, which stand beside the rules as data."""

from __future__ import annotations

import pytest

from certgen.forms.label_fields import labels_folder
from certgen.rules.labels import CaseOutcome, LabelRule, load_label_rules, run_label_cases

OUTCOMES = run_label_cases(load_label_rules(), labels_folder() / "cases")
RULES = [rule for standard in load_label_rules() for rule in standard.rules]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda item: f"{item.rule}: {item.name}")
def test_a_rule_keeps_to_its_case(outcome: CaseOutcome) -> None:
    assert outcome.is_right, outcome.sentence


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_its_source_and_says_what_it_demands(rule: LabelRule) -> None:
    assert rule.cites
    assert rule.says.endswith(".")
    assert rule.quote or "unverified" in rule.cites or rule.id.endswith("-X")
