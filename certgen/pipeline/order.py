"""What is asked of a run, and what came of it: plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from certgen.findings import Finding, Severity, has_errors
from certgen.pipeline.trade.routes import Elsewhere
from certgen.profile import Profile
from certgen.register import Owner, Patience
from certgen.workbook import SheetReading


@dataclass(frozen=True, slots=True)
class Order:
    """One call of `check` or `fill`: the workbooks and everything that settles what is made of them."""

    workbooks: tuple[Path, ...]
    forms: tuple[str, ...] = ()
    variant: str = ""
    why: str = ""
    out: Path = Path("certificates")
    profile: Profile = field(default_factory=Profile)
    register_url: str = ""
    templates: tuple[Path, ...] = ()
    is_draft: bool = False
    is_copy: bool = False
    issue_date: date | None = None
    signatory: str = ""
    maps: Mapping[str, str] = field(default_factory=dict)
    merge: Path | None = None
    all_or_nothing: bool = False
    is_to_send: bool = False

    @property
    def lays_folders(self) -> bool:
        """Whether what is made goes to a certifier, in a folder for each consignment."""
        return self.is_to_send or self.profile.role == "exporter"


def ignore_progress(_done: int, _of: int) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What only the outermost layer knows: the clock, who runs it, and whom to tell how far it is.

    `clock` gives the true time with its zone; `is_alive` tells whether another owner's process still runs;
    `patience` is for when another run is at the register.
    """

    clock: Callable[[], datetime]
    owner: Owner
    is_alive: Callable[[Owner], bool]
    progress: Callable[[int, int], None] = ignore_progress
    patience: Patience = field(default_factory=Patience)

    @property
    def today(self) -> date:
        return self.clock().astimezone().date()


@dataclass(frozen=True, slots=True)
class CertificateResult:
    """What became of one certificate; `reason` says why it is a draft, refused or failed.

    `status` is `issued`, `made`, `draft`, `unchanged`, `refused`, `failed`, or `checked` when nothing was to
    be made.
    """

    consignment: str
    exporter: str
    form: str
    edition: str
    status: str
    serial: str = ""
    path: Path | None = None
    sha256: str = ""
    pages: int = 0
    reason: str = ""
    exit_code: int = 0
    part: str = ""

    def as_record(self) -> dict[str, Any]:
        """The certificate as `--json` prints it."""
        return {
            "consignment": self.consignment,
            "exporter": self.exporter,
            "form": self.form,
            "part": self.part,
            "edition": self.edition,
            "serial": self.serial,
            "status": self.status,
            "path": str(self.path) if self.path else "",
            "sha256": self.sha256,
            "pages": self.pages,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Sent:
    """The folder that an exporter sends its certifier for one consignment, and what lies there."""

    consignment: str
    exporter: str
    folder: Path
    papers: tuple[Path, ...]
    workbooks: tuple[Path, ...]
    enclosures: Path

    def as_record(self) -> dict[str, Any]:
        """The folder as `--json` prints it."""
        return {
            "consignment": self.consignment,
            "exporter": self.exporter,
            "folder": str(self.folder),
            "papers": [str(path) for path in self.papers],
            "workbooks": [str(path) for path in self.workbooks],
            "enclosures": str(self.enclosures),
        }


CONSIGNMENT_EXITS = (3, 7, 6, 9)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a run has to tell."""

    certificates: tuple[CertificateResult, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[SheetReading, ...]
    finished_earlier: tuple[CertificateResult, ...] = ()
    waited_seconds: float = 0.0
    to_send: tuple[Sent, ...] = ()
    owed_elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def exit_code(self) -> int:
        """The code of the gravest refusal: data, then register, then page (design: the exit table)."""
        codes = {certificate.exit_code for certificate in self.certificates} - {0}
        if not codes and has_errors(self.findings):
            return 3
        return next((code for code in CONSIGNMENT_EXITS if code in codes), 0)

    def count(self, status: str) -> int:
        return sum(certificate.status == status for certificate in self.certificates)

    def as_record(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        statuses = sorted({certificate.status for certificate in self.certificates})
        return {
            "schema": 1,
            "certificates": [certificate.as_record() for certificate in self.certificates],
            "finished_earlier": [certificate.as_record() for certificate in self.finished_earlier],
            "findings": [finding.as_record() for finding in self.findings],
            "sheets": [sheet.as_record() for sheet in self.sheets],
            "together": self.together(),
            "to_send": [folder.as_record() for folder in self.to_send],
            "owed_elsewhere": [item.as_record() for item in self.owed_elsewhere],
            "summary": {
                "certificates": len(self.certificates),
                **{status: self.count(status) for status in statuses},
                **{
                    f"{severity}s": sum(finding.severity is severity for finding in self.findings)
                    for severity in Severity
                },
                "waited_seconds": round(self.waited_seconds, 3),
                "exit_code": self.exit_code,
            },
        }

    def together(self) -> list[dict[str, Any]]:
        """The consignments of which several papers were made, with the files that belong together."""
        papers: dict[tuple[str, str], list[str]] = {}
        for each in self.certificates:
            if each.path:
                papers.setdefault((each.consignment, each.exporter), []).append(str(each.path))
        return [
            {"consignment": consignment, "exporter": exporter, "papers": paths}
            for (consignment, exporter), paths in papers.items()
            if len(paths) > 1
        ]

    def with_findings(self, findings: tuple[Finding, ...]) -> Outcome:
        return replace(self, findings=self.findings + findings)
