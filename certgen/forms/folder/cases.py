"""The trials of a form's rules as they stand in its folder: `cases/<rule id>.toml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from certgen.errors import FormError
from certgen.profile import Operator
from certgen.toml_file import Field, Record, load_toml


class CaseIssue(Record):
    """What the issuer adds in a trial; without a date the certificate is issued on the day of departure."""

    issuer: dict[str, str] | None = None
    issue_date: date | None = None
    first_issue_date: date | None = None
    is_draft: bool = False
    reason: str = ""


class Case(Record):
    """One trial of a rule: what it changes in the base consignment, and whether the rule lets it pass.

    `changes` gives field paths with positions their values; `without` empties fields. `issue`, `operators`,
    `settings` and `history` are what the issuer, the profile and the register add.
    """

    name: str
    passes: bool
    changes: dict[str, Any] = Field(default_factory=dict)
    without: Annotated[tuple[str, ...], Field(strict=False)] = ()
    issue: CaseIssue = CaseIssue()
    operators: Annotated[tuple[Operator, ...], Field(strict=False)] = ()
    history: dict[str, Any] = Field(default_factory=dict)
    settings: dict[str, Any] = Field(default_factory=dict)


class CasesFile(Record):
    """`cases/<rule id>.toml`."""

    case: Annotated[tuple[Case, ...], Field(strict=False, min_length=1)]


def load_cases(path: Path) -> tuple[Case, ...]:
    """The trials of one rule; raises FormError naming file and key."""
    return load_toml(path, CasesFile, FormError).case
