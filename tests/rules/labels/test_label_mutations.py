"""A condition of a label rule with one sign, number or word wrong does not pass the cases of its rule."""

from __future__ import annotations

from collections import Counter

from certgen.rules.labels import load_label_rules
from tests.rules.labels.mutations import mutations_of, survivors

DOUBT_FIRST = "exactly on the end the rule is in doubt, before its check is asked"
HOLDS_BEFORE = "from 50 on the check holds, before the use is asked"
PLAIN_JOIN = "the pattern is looked for anywhere, so that what joins two texts does not matter"
REASONS = {
    "COR-UK-01": (1, DOUBT_FIRST),
    "GB-02": (1, DOUBT_FIRST),
    "IBD-MWO-01": (2, DOUBT_FIRST),
    "CCPBNOP-MWO-01": (2, DOUBT_FIRST),
    "NOP-MWO-09": (1, DOUBT_FIRST),
    "IBD-ORG-03": (2, HOLDS_BEFORE),
    "IBD-EU-05": (3, PLAIN_JOIN),
    "JAS-CLAIM-02-X": (1, PLAIN_JOIN),
}
"""What may survive: how many errors in a rule make no difference, and why."""


def test_no_small_error_in_a_rule_survives_its_cases_without_a_reason() -> None:
    left = survivors()
    allowed = {rule: count for rule, (count, _) in REASONS.items()}
    assert Counter(item.rule.id for item in left) == allowed, "\n".join(item.name for item in left)


def test_every_rule_with_a_condition_is_mutated() -> None:
    untouched = [
        rule.id
        for standard in load_label_rules()
        for rule in standard.rules
        if (rule.when or rule.check) and not list(mutations_of(rule))
    ]
    assert untouched == []
