"""What a label may, must and must not say: recipes reckoned on every basis, and judged by the standards."""

from certgen.rules.labels.answer import LabelAnswer, answer_label
from certgen.rules.labels.cases import CaseOutcome, run_label_cases
from certgen.rules.labels.label import Label, read_label
from certgen.rules.labels.load import load_label_rules
from certgen.rules.labels.recipe import BASES, shown
from certgen.rules.labels.ruleset import LabelRule, Standard

__all__ = [
    "BASES",
    "CaseOutcome",
    "Label",
    "LabelAnswer",
    "LabelRule",
    "Standard",
    "answer_label",
    "load_label_rules",
    "read_label",
    "run_label_cases",
    "shown",
]
