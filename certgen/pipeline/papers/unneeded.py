"""A value that cannot be read, and that the paper has no use for, is no reason to refuse the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from certgen.findings import Finding, Severity, make_finding
from certgen.forms.model import Form
from certgen.forms.needs import needs_field

_VALUES = "CG2"
"""Findings about what one cell holds."""


def spare_unneeded(findings: Iterable[Finding], form: Form) -> list[Finding]:
    """The findings for this form: an error about a value that it neither prints nor judges only warns."""
    return [_spared(finding) if _is_unneeded(finding, form) else finding for finding in findings]


def _is_unneeded(finding: Finding, form: Form) -> bool:
    if not (finding.is_error and finding.field and finding.cell and finding.code.startswith(_VALUES)):
        return False
    steps = (step for step in finding.field.split(".") if not step.isdigit())
    return not needs_field(form, ".".join(steps))


def _spared(finding: Finding) -> Finding:
    why = make_finding("CG412", form=finding.form)
    return replace(finding, severity=Severity.WARNING, message=f"{finding.message} {why.message}")
