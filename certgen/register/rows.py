"""Records as rows of the tables, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from certgen.errors import RegisterError
from certgen.register.records import CertificateKey, Owner, Record, Status

Row = dict[str, Any]

_KEY = tuple(item.name for item in fields(CertificateKey))
_OWNER = tuple(item.name for item in fields(Owner))
_PLAIN = (
    *("pattern", "edition", "variant", "form_hash", "fingerprint", "input_sha256", "workbook"),
    *("output_name", "output_folder", "serial", "number", "pdf_sha256", "sealed_sha256", "pages"),
    *("replaces", "replaced_by", "why"),
)


def record_as_row(record: Record) -> Row:
    """The row of `records`; paper and fields lie in `papers`."""
    row = key_as_row(record.key) | {name: getattr(record, name) for name in _PLAIN}
    row |= {
        "series": record.series,
        "issue_date": record.issue_date.isoformat(),
        "first_issue_date": record.first_issue_date.isoformat() if record.first_issue_date else "",
        "status": str(record.status),
        "made_at": time_as_text(record.made_at),
        "owner": owner_as_text(record.owner),
        "lease_until": time_as_text(record.lease_until),
        "issued_at": time_as_text(record.issued_at) if record.issued_at else None,
    }
    return {name: storable(value) for name, value in row.items()}


def paper_as_row(record: Record) -> Row:
    """The row of `papers`."""
    fields = json.dumps(dict(record.fields), sort_keys=True)
    return {"serial": storable(record.serial), "paper": storable(record.paper), "fields": fields}


def key_as_row(key: CertificateKey) -> Row:
    """The columns of the key, in its order."""
    return {name: storable(getattr(key, name)) for name in _KEY}


def record_from_row(row: Row) -> Record:
    """Raises RegisterError for a row that certgen cannot have written."""
    try:
        return _record_from_row(row)
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(row.get("serial"), error) from error


def damaged(serial: object, error: Exception) -> RegisterError:
    """What to say of a row that certgen cannot have written."""
    return RegisterError(
        f"The record {serial!r} in the register is damaged ({error}). Put the last backup in its place."
    )


def each_sound(rows: Iterable[Row], read: Callable[[Row], Record]) -> Iterator[Record]:
    """What the rows hold that can be read; the others are passed over."""
    for row in rows:
        with suppress(RegisterError):
            yield read(row)


def _record_from_row(row: Row) -> Record:
    return Record(
        key=CertificateKey(row["issuer"], row["form"], row["exporter"], row["reference"], row["part"]),
        issue_date=date.fromisoformat(row["issue_date"]),
        first_issue_date=date.fromisoformat(row["first_issue_date"]) if row["first_issue_date"] else None,
        status=Status(row["status"]),
        made_at=datetime.fromisoformat(row["made_at"]),
        owner=_owner_from_text(row["owner"]),
        lease_until=datetime.fromisoformat(row["lease_until"]),
        issued_at=datetime.fromisoformat(row["issued_at"]) if row["issued_at"] else None,
        paper=row.get("paper", ""),
        fields=json.loads(row.get("fields", "{}")),
        **{name: row[name] for name in _PLAIN},
    )


@lru_cache(256)
def _owner_from_text(text: str) -> Owner:
    """One run makes many certificates."""
    return Owner(**json.loads(text))


def owner_as_text(owner: Owner) -> str:
    """One spelling for one owner, so that owners can be compared in the tables."""
    plain = {name: getattr(owner, name) for name in _OWNER}
    return str(storable(json.dumps(plain, ensure_ascii=False, sort_keys=True)))


def time_as_text(time: datetime) -> str:
    """A true time in UTC, to the microsecond, so that texts sort as times do."""
    if time.tzinfo is None:
        raise ValueError("a time without its zone is not a true time")
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def storable(value: Any) -> Any:
    """File names may hold bytes that are no letters; they and the zero byte are kept as written-out codes."""
    if isinstance(value, str) and not (value.isascii() and "\0" not in value):
        plain = value if value.isascii() else value.encode("utf-8", "backslashreplace").decode("utf-8")
        return plain.replace("\0", "\\x00")
    return value
