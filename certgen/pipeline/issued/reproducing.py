"""`register show --pdf`: the kept original, or the same certificate printed again from the kept record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from certgen.errors import RegisterError
from certgen.forms import load_forms
from certgen.forms.model import Form
from certgen.pipeline.known import paper_of
from certgen.pipeline.order import Order, Surroundings
from certgen.pipeline.press import Press, Printed
from certgen.pipeline.run import register_url
from certgen.register import Record, Register, open_register


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A certificate's PDF, and what must be said of it ("" for the kept original)."""

    pdf: bytes
    remark: str


def reproduce(serial: str, order: Order, surroundings: Surroundings, *, is_copy: bool = False) -> Reproduced:
    """The original that the register keeps, else the same values at the same places from its record.

    With `is_copy` it is printed with COPY on every page. Raises RegisterError when the certificate is not
    issued, its record was altered or its form is not installed; PageError when it cannot be printed.
    """
    with open_register(register_url(order), must_exist=True) as register:
        record = register.find_serial(serial) or register.find_extract(serial) or register.show(serial)
        original = None if record.extract_of else register.find_pdf(serial)
        if original is not None and not is_copy:
            return Reproduced(original, "")
        forms = load_forms(order.templates)
        printed = print_again(record, register, forms, is_copy=is_copy)
    if is_copy:
        return Reproduced(printed.pdf, "")
    return Reproduced(printed.pdf, _remark(record, printed, forms, surroundings.owner.version))


def print_again(
    record: Record, register: Register, forms: Mapping[str, Form], *, is_copy: bool = False
) -> Printed:
    """The same values at the same places; raises RegisterError or PageError where that cannot be."""
    if not register.is_as_journalled(record):
        raise RegisterError(
            f"What {record.serial} was made of was altered in the register, so it cannot be printed again. "
            "Take the certificate from a backup."
        )
    if not record.paper:
        raise RegisterError(
            f"{record.serial} was made before the register kept what extracts are made of. Make it again: "
            f"certgen register extract {record.extract_of} WORKBOOK"
        )
    paper = paper_of(record, forms)
    if paper.edition.id != record.edition:
        raise RegisterError(
            f"{record.serial} was issued in the edition {record.edition!r} of {record.key.form}, which the "
            "installed form no longer has. Install the form as it was, or take the certificate from a backup."
        )
    serial = "" if record.extract_of else record.serial
    return Press().print(replace(paper, issue=replace(paper.issue, serial=serial, is_copy=is_copy)))


def _remark(record: Record, printed: Printed, forms: Mapping[str, Form], version: str) -> str:
    """What stands in for a lost original, told honestly."""
    lost = (
        f"Of {record.serial}, an extract, no PDF is kept"
        if record.extract_of
        else f"The kept PDF of {record.serial} is lost or was altered"
    )
    if printed.sha256 == record.pdf_sha256:
        return f"{lost}; it was printed again, and is the same to the last byte."
    why = why_it_differs(record, forms, version)
    return f"{lost}; it was printed again with the same values, but is not the same file{why}."


def why_it_differs(record: Record, forms: Mapping[str, Form], version: str) -> str:
    """What has changed since that may make the file another, in brackets; "" when nothing is known."""
    reasons = []
    if version != record.owner.version:
        reasons.append(f"it was issued by certgen {record.owner.version}, this is {version}")
    if forms[record.key.form].folder_hash != record.form_hash:
        reasons.append("the files of its form have changed since")
    return f" ({'; '.join(reasons)})" if reasons else ""
