"""An open register, looked at: certificates found, listed and shown, where they stand, and the audit."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from certgen.errors import RegisterError
from certgen.register.book import WHOLE, Book
from certgen.register.extracts import Place, each_extract, find_extract, list_extracts, merge
from certgen.register.journal import Line, data_sha256
from certgen.register.originals import Originals
from certgen.register.records import CertificateKey, Owner, Record
from certgen.register.rows import each_sound, record_from_row, storable
from certgen.register.search.asked import Search
from certgen.register.search.listing import list_rows
from certgen.register.standing import Standing, each_standing, find_standing, find_with_hash
from certgen.register.stores import Store, copy_tables

if typing.TYPE_CHECKING:
    from certgen.register.acts.splitting import Amount
    from certgen.register.audit.report import Audit

_PAGE = 2_000


class OpenRegister:
    """A register as it may be read; every method may raise RegisterError."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._book = Book(store)
        self.journal = self._book.journal

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    @property
    def name(self) -> str:
        """How the register is called in a sentence: its file, or its server without a password."""
        return self._store.name

    @property
    def versions(self) -> tuple[int, int]:
        """The version of its tables as it was found, and as it is now."""
        return self._store.version_found, self._store.version

    def earlier(self, key: CertificateKey) -> Iterator[Record]:
        """Certificates in force of the same issuer, form and exporter, from before this one, newest first."""
        return self._book.find_earlier(key)

    def find(self, keys: Iterable[CertificateKey]) -> dict[CertificateKey, Record]:
        """The newest certificate of each key that has one; at most that one is in force."""
        found = {key: self._book.find_newest(key) for key in keys}
        return {key: record for key, record in found.items() if record}

    def remaining(self, original: str) -> tuple[Amount, ...]:
        """What the extracts leave of each line of a certificate; nothing when it was never split."""
        from certgen.register.acts.splitting import remaining_of  # noqa: PLC0415 - only where it is used

        return remaining_of(self._book, original)

    def last_issue_date(self, series: str) -> date | None:
        """The latest issue date in a series (`Request.series`), pending ones included."""
        return self._book.last_issue_date(series)

    def list_records(
        self,
        *,
        form: str | None = None,
        status: str | None = None,
        since: date | None = None,
        until: date | None = None,
        exporter: str | None = None,
        text: str | None = None,
        limit: int = 100,
        after: str | None = None,
    ) -> tuple[Record, ...]:
        """A page of the register, the newest certificate first.

        `since` and `until` are issue dates, both included; `exporter` and `text` are found anywhere in the
        exporter's name, and in serial, reference, exporter or file name. `after` is the serial that the page
        before ended with.
        """
        search = Search(form, status, since, until, exporter, text)
        before = self._place(after) if after else None
        rows = list_rows(self._store, search, limit, _end_of(before))
        records = [(Place(row["entry"]), record_from_row(row)) for row in rows]
        since_place = records[-1][0] if len(records) == limit else Place(0)
        extracts = list_extracts(self._store, search, limit, before, since_place)
        return merge([*records, *extracts], limit)

    def find_serial(self, serial: str) -> Record | None:
        """The certificate with this serial, if it was numbered here."""
        return self._book.find(serial)

    def find_extract(self, serial: str) -> Record | None:
        """The extract with this serial; the newest, where one was made void and made again."""
        found = find_extract(self._store, serial)
        return found[1] if found else None

    def each_extract(self) -> Iterator[Record]:
        """Every extract, in the order in which they were made."""
        return (record for _, record in each_extract(self._store))

    def show(self, serial: str) -> Record:
        """The certificate with this serial; refuses an unknown one by naming the nearest."""
        return self._book.show(serial)

    def each_record(self, *, is_whole: bool = True) -> Iterator[Record]:
        """Every certificate in the order of the serials, series by series; others may write in between.

        One that need not be whole comes without its paper and the hashes of its fields, and is passed over
        where its row was damaged: the audit names it.
        """
        records = WHOLE if is_whole else "SELECT * FROM records"
        sql = f"{records} WHERE (series, number) > (?, ?) ORDER BY series, number LIMIT {_PAGE}"
        rows = self._store.rows(sql, "", 0)
        while rows:
            yield from map(record_from_row, rows) if is_whole else each_sound(rows, record_from_row)
            rows = self._store.rows(sql, rows[-1]["series"], rows[-1]["number"])

    def find_with_hash(self, sha256: str) -> Standing | None:
        """Where the certificate stands that went out as the bytes with this SHA-256."""
        return find_with_hash(self._book, sha256)

    def find_standing(self, serial: str) -> Standing | None:
        """Where the certificate or extract with this serial stands, as others may know it."""
        return find_standing(self._book, serial)

    def each_standing(self) -> Iterator[Standing]:
        """Where every certificate stands that is not being made just now."""
        return each_standing(self._book)

    def audit(self, now: datetime, is_alive: Callable[[Owner], bool], head: str = "") -> Audit:
        """Hold journal, records and PDFs against each other; changes nothing.

        `head` is the hash of a journal line noted elsewhere, which the journal must still hold.
        """
        from certgen.register.audit.report import audit  # noqa: PLC0415 - findings only for an audit

        return audit(self._book, now, is_alive, head)

    def copy_to(self, path: Path) -> None:
        """Write a sound copy, as a SQLite register at an empty place, while others go on."""
        self._store.copy_to(path)

    def write_into(self, store: Store) -> None:
        """Write everything, as it stands at one moment, into the empty tables of a store."""
        copy_tables(self._store, store)

    def extracts(self, serial: str) -> tuple[str, ...]:
        """The extracts of a certificate that are in force, in their order."""
        return self._book.find_extracts(serial)

    def splits(self, serial: str) -> tuple[tuple[str, str, str], ...]:
        """Serial, status and reason of each extract of a certificate, or of the extract with this serial."""
        sql = "SELECT serial, status, why FROM extracts WHERE original = ? OR serial = ? ORDER BY entry"
        rows = self._store.rows(sql, storable(serial), storable(serial))
        return tuple((row["serial"], row["status"], row["why"]) for row in rows)

    def history(self, serial: str) -> tuple[Line, ...]:
        """What was done to a certificate, by whom and when, in its order."""
        return self.journal.lines_of(self.show(serial).serial)

    def pdf(self, serial: str) -> bytes:
        """The PDF as it was issued, proved by its hash."""
        pdf = self.find_pdf(serial)
        if pdf is None:
            raise RegisterError(
                f"The kept PDF of {serial} is lost or was altered. "
                "Put it back with: certgen register audit --repair"
            )
        return pdf

    def find_pdf(self, serial: str) -> bytes | None:
        """The PDF as it was issued; None when it is lost or was altered."""
        record = self.show(serial)
        if not record.pdf_sha256:
            raise RegisterError(
                f"{serial} is not issued yet. Run certgen fill again: it finishes what is pending."
            )
        return Originals(self._store).find(record.serial, record.pdf_sha256)

    def find_lost(self, serial: str) -> tuple[str, ...]:
        """The SHA-256 of each PDF that was issued under this serial and is lost or was altered."""
        from certgen.register.acts.mending import find_lost  # noqa: PLC0415 - only where it is used

        return find_lost(self._book, serial)

    def is_as_journalled(self, record: Record) -> bool:
        """Whether what the certificate was made of is still what the journal says of it."""
        said = [line.data_sha256 for line in self.journal.lines_of(record.serial) if line.data_sha256]
        return not said or said[-1] == data_sha256(record)

    def _place(self, serial: str) -> Place:
        """Where a certificate or an extract stands in the list."""
        extract = find_extract(self._store, serial)
        if extract:
            return extract[0]
        record = self.show(serial)
        rows = self._store.rows("SELECT entry FROM records WHERE serial = ?", record.serial)
        return Place(rows[0]["entry"])


def _end_of(before: Place | None) -> int | None:
    """The entry at which a page of certificates ends: an extract stands after that of its place."""
    return before and before.after_entry + (1 if before.extract else 0)
