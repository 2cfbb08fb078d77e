"""`register export`: the register as a table, in the order of the serials."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from certgen.errors import RegisterError, UsageError
from certgen.new_file import new_file
from certgen.pipeline.order import Order, Surroundings
from certgen.pipeline.run import register_url
from certgen.register import Record, Register, open_register, write_status_list
from certgen.workbook.plain_table import write_csv, write_xlsx

COLUMNS = {
    "serial": "Serial",
    "status": "Status",
    "issue_date": "Issue date",
    "issued_at": "Issued at (true time, UTC)",
    "form": "Form",
    "edition": "Edition",
    "variant": "Variant",
    "issuer": "Issuer",
    "signatory": "Signatory",
    "exporter": "Exporter",
    "reference": "Shipment reference",
    "invoice_number": "Invoice number",
    "importer": "Importer",
    "first_consignee": "First consignee",
    "countries_of_origin": "Countries of origin",
    "country_of_destination": "Country of destination",
    "goods": "Goods",
    "cn_codes": "CN codes",
    "lots": "Lots",
    "net": "Net, by unit",
    "replaces": "Replaces",
    "replaced_by": "Replaced by",
    "extract_of": "Extract of",
    "first_issue_date": "First issue date",
    "why": "Reason",
    "workbook": "Workbook",
    "input_sha256": "SHA-256 of the workbook",
    "pdf_sha256": "SHA-256 of the PDF",
    "pages": "Pages",
    "user": "User",
    "machine": "Machine",
    "version": "certgen version",
}
FORMATS = (".csv", ".xlsx", ".json")


def export_register(
    target: Path, order: Order, *, since: date | None = None, until: date | None = None
) -> int:
    """Write the certificates issued between two days as `.csv`, `.xlsx` or `.json`; returns how many.

    The order is that of the serials, series by series; then the extracts, as they were made. Raises
    UsageError for another kind of file, and OutputError when the file stands already or cannot be written.
    """
    if target.suffix.lower() not in FORMATS:
        raise UsageError(f"{target}: the register is written as {', '.join(FORMATS)}; name such a file.")
    with open_register(register_url(order), must_exist=True) as register:
        counted = _Counted(_rows(register, since, until))
        _write(target, counted)
    return counted.count


def export_status_list(target: Path, order: Order, surroundings: Surroundings) -> int:
    """Write where each certificate stands, without any party's name; returns how many.

    Raises OutputError when the file stands already or cannot be written.
    """
    with open_register(register_url(order), must_exist=True) as register:
        head = register.journal.head()
        return write_status_list(target, register.each_standing(), head, surroundings.clock())


class _Counted:
    """Rows that know how many of them went by."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            self.count += 1
            yield row


def _write(target: Path, rows: Iterable[dict[str, Any]]) -> None:
    if target.suffix.lower() == ".json":
        _write_json(target, rows)
        return
    titles = list(COLUMNS.values())
    values = ([row[name] for name in COLUMNS] for row in rows)
    if target.suffix.lower() == ".csv":
        write_csv(titles, values, target)
    else:
        write_xlsx(titles, values, "Register", target)


def _write_json(target: Path, rows: Iterable[dict[str, Any]]) -> None:
    with new_file(target) as file:
        file.write(b'{"schema": 1, "certificates": [')
        for number, row in enumerate(rows):
            file.write(b",\n" if number else b"\n")
            file.write(json.dumps(row, ensure_ascii=False, default=str).encode())
        file.write(b"\n]}\n")


def _rows(register: Register, since: date | None, until: date | None) -> Iterator[dict[str, Any]]:
    for record in chain(register.each_record(), register.each_extract()):
        if (since or date.min) <= record.issue_date <= (until or date.max):
            yield {**_paper_or_refuse(record), **_of_record(record)}


def _paper_or_refuse(record: Record) -> dict[str, Any]:
    """What the certificate says; of extracts made before their papers were kept nothing is known."""
    if record.extract_of and not record.paper:
        return dict.fromkeys(COLUMNS, "")
    try:
        return _of_paper(json.loads(record.paper))
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        raise RegisterError(
            f"What {record.serial} was made of is damaged ({error!r}). Run certgen register audit."
        ) from error


def _of_record(record: Record) -> dict[str, Any]:
    return {
        "serial": record.serial,
        "status": str(record.status),
        "issue_date": record.issue_date,
        "issued_at": record.issued_at.isoformat(timespec="seconds") if record.issued_at else "",
        "form": record.key.form,
        "issuer": record.key.issuer,
        "first_issue_date": record.first_issue_date,
        "user": record.owner.user,
        "machine": record.owner.machine,
        "version": record.owner.version,
        **{name: getattr(record, name) for name in ("edition", "variant", "replaces", "replaced_by")},
        **{name: getattr(record, name) for name in ("extract_of", "why")},
        **{name: getattr(record, name) for name in ("workbook", "input_sha256", "pdf_sha256")},
        "pages": record.pages,
    }


def _of_paper(paper: Mapping[str, Any]) -> dict[str, Any]:
    """What the certificate says, as far as a register is asked for it."""
    said, products = paper["consignment"], paper["consignment"]["products"]
    return {
        "signatory": paper["issue"]["signatory"],
        "exporter": said["exporter"]["name"],
        "reference": said["reference"],
        "invoice_number": said["invoice_number"],
        "importer": said["importer"]["name"],
        "first_consignee": said["first_consignee"]["name"],
        "countries_of_origin": _joined(country["name"] for country in said["countries_of_origin"]),
        "country_of_destination": (said["country_of_destination"] or {}).get("name", ""),
        "goods": _joined(product["trade_name"] for product in products),
        "cn_codes": _joined(product["cn_code"] for product in products),
        "lots": _joined(lot for product in products for lot in product["lots"]),
        "net": _totals(product["net_mass"] for product in products),
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _totals(quantities: Iterable[Mapping[str, str] | None]) -> str:
    """The sum of each unit: `30200.5 kg; 900 l`."""
    sums: dict[str, Decimal] = {}
    for quantity in quantities:
        if quantity:
            sums[quantity["unit"]] = sums.get(quantity["unit"], Decimal()) + Decimal(quantity["amount"])
    return "; ".join(f"{amount:f} {unit}" for unit, amount in sums.items())
