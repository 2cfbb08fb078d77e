"""`register audit`: the register held against itself and its files, and what is pending finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from certgen.errors import OutputError
from certgen.findings import Finding, Severity, make_finding
from certgen.forms import load_forms
from certgen.pipeline.files import TEMPORARY_PREFIX, has_content
from certgen.pipeline.numbering import Numbering
from certgen.pipeline.order import CertificateResult, Order, Surroundings
from certgen.pipeline.press import Press
from certgen.pipeline.results import file_name
from certgen.pipeline.run import register_url
from certgen.register import Record, Register, open_register
from certgen.register.audit.report import Audit


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit tells: the register, what it found there and among the files, and what it finished."""

    register: str
    audit: Audit
    file_findings: tuple[Finding, ...]
    finished: tuple[CertificateResult, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.audit.findings, *self.file_findings)

    @property
    def exit_code(self) -> int:
        """7 when something was found that somebody must look into."""
        failed = any(result.exit_code for result in self.finished)
        return 7 if failed or any(item.severity is not Severity.NOTE for item in self.findings) else 0

    def as_record(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {
            "schema": 1,
            "register": self.register,
            "head": {"entry": self.audit.head.entry, "hash": self.audit.head.hash},
            "certificates": self.audit.counts,
            "series": [series.as_record() for series in self.audit.series],
            "finished": [result.as_record() for result in self.finished],
            "findings": [finding.as_record() for finding in self.findings],
            "exit_code": self.exit_code,
        }


def audit_register(
    order: Order, surroundings: Surroundings, *, is_repair: bool = False, head: str = ""
) -> AuditReport:
    """Audit the register; with `is_repair`, first finish what stopped runs left with a number and no page.

    `head` is the hash of a journal line noted elsewhere. Raises CertgenError when it cannot be read at all.
    """
    with open_register(register_url(order), must_exist=True, patience=surroundings.patience) as register:
        finished: list[CertificateResult] = []
        if is_repair:
            forms = load_forms(order.templates)
            finished = Numbering(order, surroundings, forms, Press(), register).finish_abandoned()
        audit = register.audit(surroundings.clock(), surroundings.is_alive, head)
        return AuditReport(register.name, audit, tuple(_find_in_files(register)), tuple(finished))


def _find_in_files(register: Register) -> Iterator[Finding]:
    """Certificates that are no longer what was written, or no longer where; and leftovers of killed runs."""
    gone: Counter[Path] = Counter()
    folders: dict[Path, bool] = {}
    for record in register.each_record():
        folder = Path(record.output_folder)
        if folder not in folders:
            folders[folder] = folder.is_dir()
        if record.pdf_sha256 and folders[folder]:
            state = _state_of(folder / file_name(record), record)
            gone[folder] += state == "gone"
            if state == "altered":
                yield make_finding("CG441", consignment=record.serial, path=folder / file_name(record))
    for folder in sorted(folder for folder, is_there in folders.items() if is_there):
        if gone[folder]:
            yield make_finding("CG442", folder=folder, count=gone[folder])
        for leftover in sorted(folder.glob(f"{TEMPORARY_PREFIX}*")):
            yield make_finding("CG443", path=leftover)


def _state_of(path: Path, record: Record) -> str:
    if not path.exists():
        return "gone"
    try:
        return "sound" if has_content(path, record.pdf_sha256) else "altered"
    except OutputError:
        return "altered"
