"""`register audit`: the register held against itself and its files, and what is pending finished."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

from certgen.errors import OutputError
from certgen.findings import Finding, Severity, make_finding
from certgen.forms import load_forms
from certgen.pipeline.files import TEMPORARY_PREFIX, read_file
from certgen.pipeline.issued.mending import LOST, Mending, PutBack
from certgen.pipeline.numbering import Numbering
from certgen.pipeline.order import CertificateResult, Order, Surroundings
from certgen.pipeline.press import Press
from certgen.pipeline.results import file_name
from certgen.pipeline.run import register_url
from certgen.register import Record, Register, Status, open_register
from certgen.register.audit.report import Audit


@dataclass(slots=True)
class Folder:
    """What was seen of the certificates written to a folder; none of them where there is no such folder."""

    path: Path
    is_there: bool
    certificates: int = 0
    sound: int = 0
    gone: int = 0
    outdated: int = 0
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def at(cls, path: Path) -> Self:
        return cls(path, path.is_dir())

    def look_at(self, record: Record, was_issued: Callable[[str], bool]) -> None:
        """Whether the certificate is as it was issued, or as it was sealed since.

        `was_issued` tells, by its hash, what the certificate was before late fields completed it.
        """
        self.certificates += 1
        if not self.is_there:
            return
        path = self.path / file_name(record)
        if not path.exists():
            self.gone += 1
        elif (content := _hash_of(path)) and content in (record.pdf_sha256, record.sealed_sha256):
            self.sound += 1
        elif was_issued(content):
            self.outdated += 1
            self.findings.append(make_finding("CG445", consignment=record.serial, path=path))
        else:
            self.findings.append(make_finding("CG441", consignment=record.serial, path=path))

    @property
    def altered(self) -> int:
        """Files that never were what was issued."""
        return len(self.findings) - self.outdated

    def all_findings(self) -> Iterator[Finding]:
        """Certificates that were altered or are gone, and leftovers of killed runs."""
        yield from self.findings
        if self.gone:
            yield make_finding("CG442", folder=self.path, count=self.gone)
        for leftover in sorted(self.path.glob(f"{TEMPORARY_PREFIX}*")) if self.is_there else ():
            yield make_finding("CG443", path=leftover)

    def as_record(self) -> dict[str, Any]:
        """The folder as `--json` prints it."""
        seen = {"folder": str(self.path), "is_there": self.is_there, "certificates": self.certificates}
        return {**seen, "sound": self.sound, "altered": self.altered, "gone": self.gone}


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair finished that stopped runs left, and what of the lost PDFs it put back."""

    finished: tuple[CertificateResult, ...] = ()
    put_back: tuple[PutBack, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit tells: the register, what it found there and in the folders, and what it repaired."""

    register: str
    audit: Audit
    folders: tuple[Folder, ...]
    repair: Repair

    @property
    def findings(self) -> tuple[Finding, ...]:
        of_files = (finding for folder in self.folders for finding in folder.all_findings())
        return (*self.audit.findings, *of_files)

    @property
    def exit_code(self) -> int:
        """7 when something was found that somebody must look into."""
        failed = any(result.exit_code for result in self.repair.finished)
        return 7 if failed or any(item.severity is not Severity.NOTE for item in self.findings) else 0

    def as_record(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {
            "schema": 1,
            "register": self.register,
            "head": {"entry": self.audit.head.entry, "hash": self.audit.head.hash},
            "certificates": self.audit.counts,
            "extracts": self.audit.extracts,
            "pdfs": self.audit.pdfs,
            "folders": [folder.as_record() for folder in self.folders],
            "series": [series.as_record() for series in self.audit.series],
            "finished": [result.as_record() for result in self.repair.finished],
            "put_back": [item.as_record() for item in self.repair.put_back],
            "findings": [finding.as_record() for finding in self.findings],
            "exit_code": self.exit_code,
        }


def audit_register(
    order: Order,
    surroundings: Surroundings,
    *,
    is_repair: bool = False,
    head: str = "",
    folders: Sequence[Path] = (),
) -> AuditReport:
    """Audit the register; `head` is the hash of a journal line noted elsewhere.

    With `is_repair`, put back what kept PDFs were lost, as they lie in the folders they were written to or in
    `folders`, or printed again, and finish what stopped runs left with a number and no page. Raises
    CertgenError when the register cannot be read at all.
    """
    with open_register(register_url(order), must_exist=True, patience=surroundings.patience) as register:
        audit = register.audit(surroundings.clock(), surroundings.is_alive, head)
        repair = Repair()
        if is_repair:
            repair = _repair(register, audit, order, surroundings, folders)
        if repair != Repair():
            audit = register.audit(surroundings.clock(), surroundings.is_alive, head)
        return AuditReport(register.name, audit, _look_into_folders(register), repair)


def _repair(
    register: Register, audit: Audit, order: Order, surroundings: Surroundings, folders: Sequence[Path]
) -> Repair:
    """What was lost first: new certificates rest on what they have in common with those that are kept."""
    forms = load_forms(order.templates)
    lost = [finding.consignment for finding in audit.findings if finding.code in LOST]
    mending = Mending(register, forms, folders, surroundings)
    put_back = tuple(mending.put_back_all(lost)) if _may_be_mended(audit) else ()
    finished = Numbering(order, surroundings, forms, Press(), register).finish_abandoned()
    return Repair(tuple(finished), put_back)


def _may_be_mended(audit: Audit) -> bool:
    """A journal that does not hold cannot say which PDF was issued."""
    return all(finding.code != "CG710" for finding in audit.findings)


def _look_into_folders(register: Register) -> tuple[Folder, ...]:
    folders: dict[str, Folder] = {}
    for record in register.each_record(is_whole=False):
        if record.output_folder not in folders:
            folders[record.output_folder] = Folder.at(Path(record.output_folder))
        if record.pdf_sha256:
            folders[record.output_folder].look_at(record, partial(_was_issued, register, record.serial))
    for extract in register.each_extract():
        if extract.status is Status.ISSUED and extract.output_folder:
            folder = folders.setdefault(extract.output_folder, Folder.at(Path(extract.output_folder)))
            folder.look_at(extract, _comes_whole)
    return tuple(folder for _, folder in sorted(folders.items()))


def _comes_whole(_content: str) -> bool:
    """An extract has no late fields, so it never was anything else."""
    return False


def _was_issued(register: Register, serial: str, content: str) -> bool:
    standing = register.find_with_hash(content) if content else None
    return standing is not None and standing.serial == serial


def _hash_of(path: Path) -> str:
    """The SHA-256 of a file; "" for one that cannot be read."""
    try:
        return hashlib.sha256(read_file(path)).hexdigest()
    except OutputError:
        return ""
