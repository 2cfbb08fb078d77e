"""What the commands on labels tell alike: their exit code, and the record that `--json` prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from certgen.findings import Finding, has_errors
from certgen.workbook import SheetReading

_REFUSED = 3


def exit_code_of(findings: Iterable[Finding]) -> int:
    """3 where a label was refused, else 0."""
    return _REFUSED if has_errors(findings) else 0


def record_of(
    labels: Sequence[dict[str, Any]],
    findings: Iterable[Finding],
    sheets: Iterable[SheetReading],
    **more: Any,
) -> dict[str, Any]:
    """What `--json` prints: the labels, what a command adds of its own, findings and how sheets were read."""
    return {
        "schema": 1,
        "labels": list(labels),
        **more,
        "findings": [finding.as_record() for finding in findings],
        "sheets": [sheet.as_record() for sheet in sheets],
    }
