"""How findings, sheets and certificates are told in plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import click

from certgen.findings import Finding, Severity
from certgen.pipeline import CertificateResult, Elsewhere, Outcome, Routes
from certgen.workbook import SheetReading

PLACES_SHOWN = 3
FOLDERS_SHOWN = 10
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
INDENT = " " * 9
LONG_WAIT_SECONDS = 1.0


def tell_sheets(outcome: Outcome | Routes) -> None:
    """How each sheet was read, on stderr."""
    tell_sheet_readings(outcome.sheets)


def tell_sheet_readings(sheets: Iterable[SheetReading]) -> None:
    """The same of any workbook."""
    for sheet in sheets:
        click.echo(_sheet_line(sheet), err=True)


def tell_findings(findings: Sequence[Finding]) -> None:
    """All findings on stderr, ordered as the eye reads, repeats grouped."""
    for group in _grouped(findings):
        _tell_group(group)


def report_findings(findings: Sequence[Finding]) -> None:
    """Findings that are the answer, on stdout: each alone, for each must be looked into; notes grouped."""
    for finding in findings:
        if finding.severity is not Severity.NOTE:
            _tell_group([finding], is_answer=True)
    for group in _grouped([finding for finding in findings if finding.severity is Severity.NOTE]):
        _tell_group(group, is_answer=True)


def tell_certificates(outcome: Outcome, seconds: float) -> None:
    """What was made, and the summary, on stdout."""
    asked = {certificate.serial for certificate in outcome.certificates}
    for certificate in outcome.finished_earlier:
        if certificate.serial not in asked:
            click.echo(_line(certificate) + "  (left unfinished by an earlier run)")
    for certificate in outcome.certificates:
        click.echo(_line(certificate))
    for item in outcome.owed_elsewhere:
        click.echo(_elsewhere_line(item))
    click.echo(summary(outcome, seconds))


def summary(outcome: Outcome, seconds: float) -> str:
    """Counts by status, why drafts are drafts, where things are, how long it took."""
    statuses = [status for status in STATUS_WORDS if outcome.count(status)]
    counts = ", ".join(counted(outcome.count(status), STATUS_WORDS[status]) for status in statuses)
    lines = [f"{counts or 'nothing to make'}; {_counted_findings(outcome.findings)}; {seconds:.1f} s"]
    reasons = [item.reason for item in outcome.certificates if item.status == "draft"]
    lines += [f"{counted(reasons.count(reason), DRAFT)}: {reason}" for reason in dict.fromkeys(reasons)]
    lines += _places(outcome)
    if outcome.waited_seconds >= LONG_WAIT_SECONDS:
        lines.append(f"{outcome.waited_seconds:.1f} s of it waiting for other runs at the register")
    if outcome.finished_earlier:
        lines.append(
            f"{len(outcome.finished_earlier)} of them left unfinished by an earlier run, now finished"
        )
    lines += [
        f"of {each['consignment']}, together: {', '.join(Path(path).name for path in each['papers'])}"
        for each in outcome.together()
    ]
    return "\n".join(lines)


def _places(outcome: Outcome) -> list[str]:
    """Where the papers are; of many folders to send the first few."""
    sent = [str(item.folder) for item in outcome.to_send]
    plain = {str(item.path.parent) for item in outcome.certificates if item.path} - set(sent)
    rest = len(sent) - FOLDERS_SHOWN
    return [
        *(f"in {folder}" for folder in sorted(plain)),
        *(f"to send, with workbook and list of enclosures: {folder}" for folder in sent[:FOLDERS_SHOWN]),
        *([f"and {rest} more to send"] if rest > 0 else []),
    ]


DRAFT = "draft|drafts"
STATUS_WORDS = {
    "issued": "issued",
    "made": "made",
    "draft": DRAFT,
    "unchanged": "unchanged",
    "checked": "without error",
    "refused": "refused",
    "failed": "failed",
}


def _line(certificate: CertificateResult) -> str:
    words = [f"{certificate.status:<9}", certificate.serial or certificate.form, certificate.consignment]
    if certificate.path:
        words.append(certificate.path.name)
    elif certificate.reason:
        words.append(certificate.reason)
    return "  ".join(word for word in words if word)


def _elsewhere_line(item: Elsewhere) -> str:
    paper = item.owed.paper
    words = ["elsewhere", item.consignment, paper.name, f"from {paper.issued_by}, {paper.by}", paper.where]
    return "  ".join(word for word in words if word)


def _counted_findings(findings: Iterable[Finding]) -> str:
    severities = [finding.severity for finding in findings]
    return ", ".join(counted(severities.count(severity), f"{severity}|{severity}s") for severity in Severity)


def counted(count: int, words: str) -> str:
    """`1 draft`, `2 drafts`; words without a bar serve any count."""
    one, _, many = words.partition("|")
    return f"{count} {one if count == 1 or not many else many}"


def _sheet_line(sheet: SheetReading) -> str:
    """`Shipments: shipments, header in row 1, 24 columns known, 40 rows`, or why it was left out."""
    if sheet.shape == "unused":
        return f"sheet {sheet.name!r}: not used ({sheet.reason})"
    header = f", header in row {sheet.header_row}" if sheet.header_row else ""
    unknown = f", not known: {', '.join(column.header for column in sheet.unknown)}" if sheet.unknown else ""
    known = f"{len(sheet.known)} columns known{unknown}"
    rows = counted(sheet.rows_read, "row|rows")
    return f"sheet {sheet.name!r}: read as {sheet.shape}{header}, {known}, {rows}"


def _grouped(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one kind about one field under one header stand together, where the first of them stood.

    Fields whose columns are missing are all shown at the reference, and each is another thing to do.
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        cell = finding.cell
        field = ".".join(step for step in finding.field.split(".") if not step.isdigit())
        key = (finding.code, finding.form, field, *((cell.workbook, cell.sheet, cell.header) if cell else ()))
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def _tell_group(group: list[Finding], *, is_answer: bool = False) -> None:
    tell = partial(click.echo, err=not is_answer)
    first = group[0]
    head = click.style(f"{first.severity:<8}", fg=COLOURS[first.severity], bold=True)
    tell(f"{head} {first.code} {first.slug}   {_place(first)}")
    for line in f"{first.message} {first.fix}".strip().splitlines():
        tell(INDENT + line)
    if len(group) > 1:
        tell(INDENT + _also(group))
    source = " · ".join(word for word in (_feeds(first), first.cites) if word)
    if source:
        tell(INDENT + source)


def _place(finding: Finding) -> str:
    cell = finding.cell
    if cell is None:
        return finding.consignment
    words = [_short_place(finding)]
    if cell.header:
        words.append(f'"{_one_line(cell.header)}"')
    if cell.text:
        words.append(f"= {_one_line(cell.text)}")
    return "  ".join(words)


def _also(group: list[Finding]) -> str:
    """Where else it was found: the first places and the count of the others."""
    _, *others = dict.fromkeys(map(_short_place, group))
    shown = others[: PLACES_SHOWN - 1]
    rest = len(group) - 1 - len(shown)
    if not shown:
        return f"and {rest} more of this kind, shown at the same place"
    return f"also {', '.join(shown)}" + (f" and {rest} more" if rest else "")


def _short_place(finding: Finding) -> str:
    cell = finding.cell
    if cell is None:
        return finding.consignment
    return f"{cell.sheet}!{cell.cell}" if cell.sheet else cell.cell


def _feeds(finding: Finding) -> str:
    return f"feeds box {finding.box} of {finding.form}" if finding.box and finding.form else ""


def _one_line(text: str, longest: int = 60) -> str:
    """A value on one line; control characters are shown, not sent to the terminal."""
    line = " ".join(text.split())
    line = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in line)
    return line if len(line) <= longest else line[: longest - 1] + "…"
