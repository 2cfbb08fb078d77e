"""Extracts as records: what the list, the export and the audit tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from certgen.register.records import CertificateKey, Owner, Record, Status
from certgen.register.rows import Row, damaged, storable

if TYPE_CHECKING:
    from certgen.register.search.asked import Condition, Search
    from certgen.register.stores import Store

_MADE = """
    SELECT extracts.entry AS entry, extracts.original AS original, extracts.serial AS serial,
        extracts.status AS status, extracts.why AS why, extracts.fingerprint AS fingerprint,
        extracts.pdf_sha256 AS pdf_sha256,
        made.line AS line, made.after_entry AS after_entry, made.issuer AS issuer,
        made.exporter AS exporter, made.reference AS reference, made.part AS part,
        made.variant AS variant, made.workbook AS workbook, made.output_name AS output_name,
        made.output_folder AS output_folder, made.pages AS pages, made.paper AS paper,
        told.form AS form, told.edition AS edition, told.form_hash AS form_hash,
        told.issue_date AS issue_date, told.input_sha256 AS input_sha256, told.time AS time,
        told.user AS owner_user, told.machine AS machine, told.process AS process,
        told.command AS command, told.version AS version
    FROM extracts JOIN extract_papers AS made ON made.extract = extracts.entry
        JOIN journal AS told ON told.entry = made.line
"""


class Place(NamedTuple):
    """Where something stands in the list: certificates by their entry, extracts after the one before them.

    `line` is the journal's that accounts for an extract.
    """

    after_entry: int
    extract: int = 0
    line: int = 0


Listed = tuple[Place, Record]


def each_extract(store: Store) -> Iterator[Listed]:
    """Every extract, in the order in which they were made."""
    return map(_listed, store.each_row(f"{_MADE} ORDER BY extracts.entry"))


def find_extract(store: Store, serial: str) -> Listed | None:
    """The newest extract with this serial."""
    rows = store.rows(f"{_MADE} WHERE extracts.serial = ? ORDER BY extracts.entry DESC", storable(serial))
    return _listed(rows[0]) if rows else None


def find_extract_at(store: Store, entry: int) -> Record | None:
    """The extract of this entry."""
    rows = store.rows(f"{_MADE} WHERE extracts.entry = ?", entry)
    return _record(rows[0]) if rows else None


def list_extracts(
    store: Store, search: Search, limit: int, before: Place | None, since: Place
) -> list[Listed]:
    """The newest extracts first that stand between two places of the list."""
    conditions: list[Condition] = [("after_entry >= ?", (since.after_entry,)), *search.conditions]
    if before is not None:
        values = (before.after_entry, before.after_entry, before.extract)
        conditions.append(("(after_entry < ? OR (after_entry = ? AND entry < ?))", values))
    where = " AND ".join(condition for condition, _ in conditions)
    sql = f"SELECT * FROM ({_MADE}) AS told WHERE {where} ORDER BY after_entry DESC, entry DESC LIMIT ?"  # noqa: S608 - our own words
    rows = store.rows(sql, *(value for _, given in conditions for value in given), limit)
    return [_listed(row) for row in rows]


def merge(records: Sequence[Listed], limit: int) -> tuple[Record, ...]:
    """A page of both, the newest first."""
    return tuple(record for _, record in sorted(records, key=lambda each: each[0], reverse=True)[:limit])


def _listed(row: Row) -> Listed:
    return Place(row["after_entry"], row["entry"], row["line"]), _record(row)


def _record(row: Row) -> Record:
    """Raises RegisterError for a row that certgen cannot have written."""
    try:
        return _extract(row)
    except (TypeError, ValueError) as error:
        raise damaged(row["serial"], error) from error


def _extract(row: Row) -> Record:
    """As a certificate that is issued as soon as it is numbered, and numbered by its original and batch."""
    time = datetime.fromisoformat(row["time"])
    plain = ("serial", "edition", "variant", "form_hash", "fingerprint", "input_sha256", "workbook")
    return Record(
        key=CertificateKey(row["issuer"], row["form"], row["exporter"], row["reference"], row["part"]),
        pattern="",
        number=0,
        issue_date=date.fromisoformat(row["issue_date"]),
        status=Status(row["status"]),
        made_at=time,
        issued_at=time,
        lease_until=time,
        owner=Owner(row["machine"], row["process"], "", row["owner_user"], row["command"], row["version"]),
        extract_of=row["original"],
        **{name: row[name] for name in (*plain, "output_name", "output_folder", "pdf_sha256")},
        **{name: row[name] for name in ("paper", "pages", "why")},
    )
