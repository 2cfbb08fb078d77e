"""What makes a consignment wrong for a form."""

from certgen.rules.cases import CaseResult, run_cases
from certgen.rules.judge import judge

__all__ = ["CaseResult", "judge", "run_cases"]
