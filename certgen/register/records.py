"""What the register is asked for and what it keeps, as plain data.

Times are true UTC times and are handed in; dates are the dates printed on the certificate.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from certgen.errors import RegisterError

NUMBER_RE = re.compile(r"\{number(?::0?(?P<width>\d{1,2}))?\}")

LONGEST_REASON = 1000
"""The most characters that a reason may have; a cell of a spreadsheet would cut a much longer one."""


class Status(StrEnum):
    """Where a certificate stands.

    Pending: its number is given and its PDF still to be made. Issued: it is out and in force. Depleted: in
    force, and wholly split into extracts. Replaced and void ones are in force no more.
    """

    PENDING = "pending"
    ISSUED = "issued"
    DEPLETED = "depleted"
    REPLACED = "replaced"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class CertificateKey:
    """What makes a certificate the same one: a key has at most one certificate in force.

    `issuer` is the issuing code (or the name of an exporter that issues itself), `exporter` its folded name,
    `reference` the shipment reference, else the invoice number, `part` what a form splits a consignment by.
    """

    issuer: str
    form: str
    exporter: str
    reference: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """The run that makes a certificate.

    `process` is its number on `machine`, and `started` tells it from a later process of the same number.
    """

    machine: str
    process: int
    started: str
    user: str
    command: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A certificate that asks for a number.

    `pattern` is the serial with everything filled in but `{number}` or `{number:07}`. `fingerprint` is the
    SHA-256 of the fields the form uses and `fields` that of each by its path (empty fields left out).
    `paper` is the JSON that prints the certificate again without the workbook. `input_sha256` is the hash of
    the workbook named `workbook`; the PDF goes to `output_name` in `output_folder`. A successor names the
    serial it `replaces` and the date of the first certificate.
    """

    key: CertificateKey
    pattern: str
    issue_date: date
    edition: str
    form_hash: str
    fingerprint: str
    paper: str
    input_sha256: str
    workbook: str
    output_name: str
    output_folder: str
    variant: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    replaces: str = ""
    first_issue_date: date | None = None

    @property
    def series(self) -> str:
        return series_of(self.pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Request):
    """A certificate in the register: the request as it was granted, and what became of it.

    `owner` is the run that holds it while pending (until `lease_until`), afterwards the run that issued it.
    `sealed_sha256` is the hash of the file once it was sealed, `pdf_sha256` that of the one before the seal;
    `why` is the reason given when it was replaced or made void, `replaced_by` the serial of its successor. An
    extract has no number of its own: it names the original that it is an `extract_of`.
    """

    serial: str
    number: int
    status: Status
    made_at: datetime
    owner: Owner
    lease_until: datetime
    issued_at: datetime | None = None
    pdf_sha256: str = ""
    sealed_sha256: str = ""
    pages: int = 0
    replaced_by: str = ""
    why: str = ""
    extract_of: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A finished certificate: its serial, the bytes that were written, how many pages."""

    serial: str
    pdf: bytes = field(repr=False)
    pages: int

    @property
    def pdf_sha256(self) -> str:
        return hashlib.sha256(self.pdf).hexdigest()


@dataclass(frozen=True, slots=True)
class Changes:
    """How a consignment differs from its certificate: paths newly filled, and paths otherwise changed."""

    filled: tuple[str, ...]
    changed: tuple[str, ...]


def compare_fields(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """What changed between the kept fingerprints of the fields and those of today."""
    filled = sorted(after.keys() - before.keys())
    changed = sorted(path for path, fingerprint in before.items() if after.get(path) != fingerprint)
    return Changes(tuple(filled), tuple(changed))


def series_of(pattern: str) -> str:
    """The series that a serial pattern counts in: the pattern with its number left open.

    Raises RegisterError unless the pattern has exactly one `{number}`.
    """
    if len(NUMBER_RE.findall(pattern)) != 1:
        raise RegisterError(
            f"The serial pattern {pattern!r} needs exactly one number. "
            "Write it once, as {number} or with a width: {number:07}."
        )
    return NUMBER_RE.sub("{number}", pattern)


def render_serial(pattern: str, number: int) -> str:
    """The serial with this number, filled with zeros to the width of its pattern."""
    return NUMBER_RE.sub(lambda match: str(number).zfill(int(match["width"] or 0)), pattern)
