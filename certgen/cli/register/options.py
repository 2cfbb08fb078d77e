"""What the commands of the register share: where it lies, who acts, and a record as it is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from certgen import __version__
from certgen.cli.options import PATH
from certgen.desk import find_profile
from certgen.errors import RegisterError
from certgen.pipeline import Order, register_url
from certgen.register import Owner, Record, this_owner

if TYPE_CHECKING:
    from certgen.register.acts.splitting import Amount

Command = TypeVar("Command", bound=Callable[..., Any])

WHY = click.option("--why", required=True, metavar="REASON", help="The reason, kept in the register.")


def certificate_folders(meaning: str) -> Callable[[Command], Command]:
    """`--certificates DIR`, any number of times, given as `folders`."""
    return click.option("--certificates", "folders", multiple=True, type=PATH, metavar="DIR", help=meaning)


def find_url(url: str, profile: Path | None) -> str:
    """The address of the register: as asked, else as the profile says, else the usual one."""
    return register_url(Order(workbooks=(), profile=find_profile(profile, ()), register_url=url))


def actor(command: str) -> Owner:
    """Who acts, by which command."""
    return this_owner(command, __version__)


def true_time() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


def as_record(record: Record) -> dict[str, Any]:
    """A certificate as `--json` prints it."""
    first = record.first_issue_date
    return {
        "serial": record.serial,
        "status": str(record.status),
        "why": record.why,
        "replaces": record.replaces,
        "replaced_by": record.replaced_by,
        "extract_of": record.extract_of,
        "form": record.key.form,
        "variant": record.variant,
        "reason": reason_of(record),
        "edition": record.edition,
        "issuer": record.key.issuer,
        "exporter": exporter_of(record),
        "reference": reference_of(record),
        "issue_date": record.issue_date.isoformat(),
        "first_issue_date": first.isoformat() if first else "",
        "made_at": record.made_at.isoformat(),
        "issued_at": record.issued_at.isoformat() if record.issued_at else "",
        "workbook": record.workbook,
        "input_sha256": record.input_sha256,
        "pdf_sha256": record.pdf_sha256,
        "sealed_sha256": record.sealed_sha256,
        "pages": record.pages,
        "user": record.owner.user,
        "machine": record.owner.machine,
        "version": record.owner.version,
    }


def amount_as_record(amount: Amount) -> dict[str, Any]:
    """What remains of a product line, as `--json` prints it."""
    return {"line": amount.line, "amount": f"{amount.amount:f}", "unit": amount.unit}


def exporter_of(record: Record) -> str:
    """The exporter as printed; the key of the register folds the letters."""
    exporter = _consignment_of(record).get("exporter") or {}
    return str(exporter.get("name") or record.key.exporter)


def reference_of(record: Record) -> str:
    """The shipment reference, else the invoice number, as printed."""
    consignment = _consignment_of(record)
    return str(consignment.get("reference") or consignment.get("invoice_number") or record.key.reference)


def _consignment_of(record: Record) -> dict[str, Any]:
    consignment: dict[str, Any] = _paper_of(record).get("consignment") or {}
    return consignment


def _paper_of(record: Record) -> dict[str, Any]:
    try:
        paper: dict[str, Any] = json.loads(record.paper)
    except ValueError as error:
        raise RegisterError(
            f"What {record.serial} was made of is damaged ({error}). Run certgen register audit."
        ) from error
    return paper


def reason_of(record: Record) -> str:
    """Why a variant that asks for a reason was made, as a contingency paper; "" for any other."""
    return str(_paper_of(record)["issue"].get("reason", "")) if record.paper else ""


def ended(record: Record | None) -> str:
    """Where a certificate stands that is in force no more, beside its serial; "" for any other."""
    return f"  [{standing(record)}]" if record and record.why else ""


def standing(record: Record) -> str:
    """Where a certificate stands, with its successor or the reason where it is in force no more."""
    if record.replaced_by:
        return f"{record.status} by {record.replaced_by}: {record.why}"
    if record.why:
        return f"{record.status}: {record.why}"
    return f"{record.status}, replaces {record.replaces}" if record.replaces else str(record.status)
