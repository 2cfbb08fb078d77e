"""What is told of a paper, and the name of the file of one with a number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from certgen.consignment import Consignment
from certgen.findings import Finding
from certgen.forms.paper import Paper
from certgen.pipeline import files
from certgen.pipeline.order import CertificateResult
from certgen.pipeline.press import Printed
from certgen.register import Record


def file_name(record: Record) -> str:
    """The name under which the certificate is written."""
    return (
        files.safe_name(record.output_name.replace("{serial}", record.serial).removesuffix(".pdf")) + ".pdf"
    )


def issued(paper: Paper, record: Record, printed: Printed, path: Path) -> CertificateResult:
    """A certificate that was just made."""
    return result_of(paper, "issued", record=record, printed=printed, path=path)


def in_the_way(path: Path) -> str:
    """Why a certificate was not written where another file stands, and that it is not lost."""
    return f"{files.in_the_way(path)}; the certificate is kept in the register"


def result_of(
    paper: Paper,
    status: str,
    *,
    record: Record | None = None,
    printed: Printed | None = None,
    path: Path | None = None,
    reason: str = "",
    exit_code: int = 0,
) -> CertificateResult:
    """What became of a paper: its serial by its record; hash and pages as `printed`, else by its record."""
    sheets = printed or record
    return CertificateResult(
        consignment=paper.consignment.name,
        exporter=paper.consignment.exporter.name,
        form=paper.form.id,
        edition=record.edition if record else paper.edition.id,
        status=status,
        serial=record.serial if record else "",
        path=path,
        sha256=printed.sha256 if printed else record.pdf_sha256 if record else "",
        pages=sheets.pages if sheets else 0,
        reason=reason,
        exit_code=exit_code,
        part=paper.part,
    )


def unplaced(consignment: Consignment, findings: Sequence[Finding]) -> CertificateResult:
    """What is told of a consignment that asks for no paper there is."""
    name, exporter = consignment.name, consignment.exporter.name
    reason = ", ".join(f"{finding.code} {finding.slug}" for finding in findings)
    return CertificateResult(name, exporter, "", "", "refused", reason=reason, exit_code=3)
