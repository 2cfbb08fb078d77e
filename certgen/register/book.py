"""What every act of the register stands on: a certificate's row found, a number given, a change written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from certgen.errors import RegisterError
from certgen.register.journal import Act, Journal
from certgen.register.records import CertificateKey, Owner, Record, Request, Status, render_serial
from certgen.register.rows import Row, key_as_row, paper_as_row, record_as_row, record_from_row, storable
from certgen.register.search.nearest import hint_at

if TYPE_CHECKING:
    from certgen.register.stores import Store

WHOLE = "SELECT * FROM records JOIN papers USING (serial)"
_OF_KEY = "issuer = ? AND form = ? AND exporter = ? AND reference = ? AND part = ?"
_PAGE = 50
_LAST_ENTRY = 2**62
_IN_FORCE = "status IN ('pending', 'issued', 'depleted')"


class Book:
    """The records and the journal of one store; acts change both within one transaction of theirs."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.journal = Journal(store)

    def find_earlier(self, key: CertificateKey) -> Iterator[Record]:
        """What the issuer has in force on this form for this exporter from before the key, newest first."""
        own = f"SELECT MIN(entry) AS entry FROM records WHERE {_OF_KEY}"  # noqa: S608  fixed words only
        first = self.store.rows(own, *key_as_row(key).values())[0]["entry"] or _LAST_ENTRY
        same = [storable(value) for value in (key.issuer, key.form, key.exporter)]
        sql = f"{WHOLE} WHERE issuer = ? AND form = ? AND exporter = ? AND status = 'issued' AND entry < ?"
        while rows := self.store.rows(f"{sql} ORDER BY entry DESC LIMIT {_PAGE}", *same, first):
            yield from map(record_from_row, rows)
            first = rows[-1]["entry"]

    def show(self, serial: str) -> Record:
        """The certificate with this serial; refuses an unknown one by naming the nearest."""
        rows = self.store.rows(f"{WHOLE} WHERE serial = ?", storable(serial))
        if not rows:
            hint = hint_at(self.store, serial)
            raise RegisterError(f"The register {self.store.name} has no certificate {serial!r}. {hint}")
        return record_from_row(rows[0])

    def find_newest(self, key: CertificateKey) -> Record | None:
        """The newest certificate of a key, in force or not."""
        return self._first(f"{WHOLE} WHERE {_OF_KEY} ORDER BY entry DESC LIMIT 1", *key_as_row(key).values())

    def find_in_force(self, key: CertificateKey) -> Record | None:
        """The one certificate of a key that is in force."""
        return self._first(f"{WHOLE} WHERE {_OF_KEY} AND {_IN_FORCE}", *key_as_row(key).values())

    def find(self, serial: str) -> Record | None:
        """The certificate with this serial, if it was numbered here."""
        return self._first(f"{WHOLE} WHERE serial = ?", storable(serial))

    def find_pending(self) -> tuple[Record, ...]:
        """What has a number and is not issued, in the order of the numbers."""
        rows = self.store.rows(f"{WHOLE} WHERE status = 'pending' ORDER BY entry")
        return tuple(record_from_row(row) for row in rows)

    def find_extracts(self, serial: str) -> tuple[str, ...]:
        """The extracts of a certificate that are in force, in their order."""
        sql = "SELECT serial FROM extracts WHERE original = ? AND status = 'issued' ORDER BY entry"
        return tuple(row["serial"] for row in self.store.rows(sql, storable(serial)))

    def give_number(
        self,
        request: Request,
        owner: Owner,
        now: datetime,
        lease_until: datetime,
        said: Mapping[str, str] | None = None,
    ) -> Record:
        """The next number of the request's series with its pending row; `said` goes into the journal."""
        number = self._last_number(request.series) + 1
        serial = render_serial(request.pattern, number)
        if self.store.rows("SELECT 1 FROM records WHERE serial = ?", storable(serial)):
            raise RegisterError(
                f"{serial} was already given in another series than {request.series}. "
                "Change the serial pattern in the profile so that no two series can meet."
            )
        why = "; ".join(filter(None, [(said or {}).get("why", ""), self._backdated(request)]))
        record = Record(
            **{item.name: getattr(request, item.name) for item in fields(Request)},
            serial=serial,
            number=number,
            status=Status.PENDING,
            made_at=now,
            owner=owner,
            lease_until=lease_until,
        )
        self.store.insert("records", record_as_row(record))
        self.store.insert("papers", paper_as_row(record))
        self._know("exporters", {"name": record.key.exporter})
        self._know("patterns", {"pattern": record.pattern, "series": record.series})
        self.journal.add(Act.RESERVE, record, owner, now, **{**(said or {}), "why": why})
        return record

    def write_down(self, record: Record, *changed: str) -> None:
        """Write what changed of a record into its row."""
        row = record_as_row(record)
        self.store.change("records", row["serial"], {name: row[name] for name in changed})

    def _know(self, table: str, row: Row) -> None:
        """What many certificates share stands once in a table of its own, and is soon found there."""
        name, value = next(iter(row.items()))
        if not self.store.rows(f"SELECT 1 FROM {table} WHERE {name} = ?", storable(value)):  # noqa: S608 - our names
            self.store.insert(table, {column: storable(each) for column, each in row.items()})

    def _first(self, sql: str, *values: object) -> Record | None:
        rows = self.store.rows(sql, *values)
        return record_from_row(rows[0]) if rows else None

    def last_issue_date(self, series: str) -> date | None:
        """The latest issue date in a series, pending ones included."""
        sql = "SELECT MAX(issue_date) AS last FROM records WHERE series = ?"
        last = self.store.rows(sql, storable(series))[0]["last"]
        return date.fromisoformat(last) if last else None

    def _backdated(self, request: Request) -> str:
        """For the journal: that the date is before the last one given, as was known when it was given."""
        last = self.last_issue_date(request.series)
        return f"dated before {last}, the last of its series" if last and request.issue_date < last else ""

    def _last_number(self, series: str) -> int:
        sql = "SELECT MAX(number) AS last FROM records WHERE series = ?"
        return self.store.rows(sql, storable(series))[0]["last"] or 0
