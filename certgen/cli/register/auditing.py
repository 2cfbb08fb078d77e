"""`certgen register audit`."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import JSON, PROFILE, REGISTER, TEMPLATES, make_surroundings
from certgen.cli.register.options import certificate_folders
from certgen.cli.text import report_findings
from certgen.desk import make_order
from certgen.errors import UsageError
from certgen.findings import Severity
from certgen.pipeline import AuditReport, Surroundings, audit_register
from certgen.pipeline.issued.auditing import Folder
from certgen.pipeline.issued.mending import PutBack
from certgen.register.audit.report import Series


@click.command("audit")
@click.option(
    "--repair",
    "is_repair",
    is_flag=True,
    help="First finish what stopped runs left pending, and put back lost PDFs.",
)
@certificate_folders("With --repair: a folder that may hold lost PDFs; may be repeated.")
@click.option("--head", default="", metavar="HASH", help="A head noted earlier, which must still be there.")
@TEMPLATES
@REGISTER
@PROFILE
@JSON
def audit(
    *,
    is_repair: bool,
    folders: tuple[Path, ...],
    head: str,
    templates: tuple[Path, ...],
    register_url: str,
    profile: Path | None,
    as_json: bool,
) -> int:
    """Prove the register: its journal, its serials, its PDFs. Exit code 7 when something was found.

    \b
    Example:
      certgen register audit --repair
    """
    if folders and not is_repair:
        raise UsageError("--certificates names folders to put lost PDFs back from; give --repair too.")
    surroundings = make_surroundings("register audit")
    order = make_order([], profile=profile, templates=templates, register_url=register_url)
    report = audit_register(
        order, surroundings, is_repair=is_repair, head=head.rpartition(":")[2], folders=folders
    )
    if as_json:
        echo_json(report.as_record())
    else:
        for line in _lines(report, surroundings, surroundings.clock(), head):
            click.echo(line)
        report_findings(report.findings)
    return report.exit_code


def _lines(report: AuditReport, surroundings: Surroundings, now: datetime, head: str) -> list[str]:
    """The report as an auditor reads it: who looked at what, how much there is, what was found."""
    audit, owner = report.audit, surroundings.owner
    who = f"{owner.user} on {owner.machine}, certgen {owner.version}"
    return [
        f"Register      {report.register}",
        f"Audited       {now:%Y-%m-%d %H:%M:%S} UTC by {who}",
        f"Journal       {audit.head.entry} lines, head {audit.head.entry}:{audit.head.hash}",
        f"Noted head    {head or 'none given: lines cut off at the end would not be noticed'}",
        f"Certificates  {_counted(audit.counts)}",
        *([f"Extracts      {_counted(audit.extracts)}"] if audit.extracts else []),
        *(f"Series        {_series_line(series)}" for series in audit.series),
        f"Kept PDFs     {audit.pdfs}, each put together and held against its SHA-256",
        *(f"Folder        {_folder_line(folder)}" for folder in report.folders),
        *(
            f"Finished      {item.serial}  {item.status}  {item.reason}".rstrip()
            for item in report.repair.finished
        ),
        *(_put_back_line(item) for item in report.repair.put_back),
        f"Found         {_found_line(report)}",
    ]


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {status}" for status, count in counts.items()) or "none"


def _put_back_line(item: PutBack) -> str:
    if item.whence:
        return f"Put back      {item.serial}  {item.whence}"
    return f"Not put back  {item.serial}  {item.reason}"


def _series_line(series: Series) -> str:
    numbers = f"{series.first} to {series.last}, {series.count} in the register"
    return f"{series.series}: {numbers}, dated {series.first_date} to {series.last_date}"


def _folder_line(folder: Folder) -> str:
    if not folder.is_there:
        return f"{folder.path}: not on this machine, {folder.certificates} certificates not looked at"
    seen = f"{folder.sound} as issued, {folder.altered} altered, {folder.gone} no longer there"
    return f"{folder.path}: {seen}{f', {folder.outdated} from before late fields' if folder.outdated else ''}"


def _found_line(report: AuditReport) -> str:
    """How much must be looked into; notes are beside that."""
    found = Counter(finding.severity for finding in report.findings)
    words = [
        f"{found[severity]} {severity}{'s' if found[severity] > 1 else ''}"
        for severity in Severity
        if found[severity]
    ]
    serious = found.total() - found[Severity.NOTE]
    return "; ".join((["nothing"] if not serious else []) + ([", ".join(words)] if words else []))
