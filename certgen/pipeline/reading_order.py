"""Findings in the order in which the eye reads the workbooks they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from certgen.findings import Finding
from certgen.workbook import Reading


def in_reading_order(findings: Iterable[Finding], readings: Sequence[Reading]) -> list[Finding]:
    """As the eye reads: workbook, sheet, row, column; what has no cell comes first. Each thing once."""
    sheets = {
        (reading.path.name, sheet.name): (number, position)
        for number, reading in enumerate(readings)
        for position, sheet in enumerate(reading.sheets)
    }
    return sorted(dict.fromkeys(findings), key=lambda finding: _place_of(finding, sheets))


def _place_of(finding: Finding, sheets: Mapping[tuple[str, str], tuple[int, int]]) -> tuple[int, ...]:
    if finding.cell is None:
        return (-1,)
    letters = finding.cell.cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(finding.cell.cell[len(letters) :] or 0)
    return (*sheets.get((finding.cell.workbook, finding.cell.sheet), (0, 0)), row, column)
