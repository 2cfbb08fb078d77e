"""The acts of the register: give numbers, issue, take over what a stopped run left, look things up."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from types import TracebackType

from certgen.errors import RegisterError
from certgen.register.book import WHOLE, Book
from certgen.register.ending import make_void
from certgen.register.issuing import adopt_one, complete_late, issue_one
from certgen.register.journal import Line, data_sha256
from certgen.register.originals import Originals
from certgen.register.records import (
    CertificateKey,
    Done,
    Owner,
    Record,
    Request,
)
from certgen.register.replacing import Reason, reserve_successor
from certgen.register.rows import (
    owner_as_text,
    record_from_row,
    time_as_text,
)
from certgen.register.search import Search, list_rows
from certgen.register.stores import NoRegisterError, Store, copy_tables, open_store
from certgen.register.stores.patience import Patience

if typing.TYPE_CHECKING:
    from certgen.register.audit import Audit
    from certgen.register.splitting import Amount, Extract


def open_register(
    url: str, *, must_exist: bool = False, patience: Patience | None = None, may_upgrade: bool = False
) -> Register:
    """Open the register at this address, making it where there is none unless it `must_exist`.

    `patience` says how long an act waits for its turn while others write. One of an older certgen is refused
    unless this `may_upgrade` it. Raises RegisterError.
    """
    return Register(
        open_store(url, must_exist=must_exist, patience=patience or Patience(), may_upgrade=may_upgrade)
    )


@contextmanager
def open_existing(url: str) -> Iterator[Register | None]:
    """The register at this address, None where there is none; makes nothing."""
    try:
        register = open_register(url, must_exist=True)
    except NoRegisterError:
        yield None
        return
    with register:
        yield register


class Register:
    """An open register; every act is one transaction, and every method may raise RegisterError."""

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

    def reserve(
        self, requests: Sequence[Request], owner: Owner, now: datetime, lease_seconds: float
    ) -> tuple[Record, ...]:
        """Give each request the next number of its series, in their order, with its pending row.

        A key that already has a certificate in force gets that record as it stands, whoever holds it and
        whatever its data: the caller compares.
        """
        lease_until = now + timedelta(seconds=lease_seconds)
        with self._store.transaction():
            return tuple(
                self._book.find_in_force(request.key)
                or self._book.give_number(request, owner, now, lease_until)
                for request in requests
            )

    def issue(self, done: Sequence[Done], owner: Owner, now: datetime) -> None:
        """Keep the finished PDFs and mark their certificates issued.

        Refuses (and then changes nothing) when one of them is not this owner's to finish. One that another
        run has meanwhile issued with the same bytes is in order and left as it is.
        """
        with self._store.transaction():
            originals = Originals(self._store)
            for each in done:
                issue_one(self._book, each, originals, owner, now)

    def adopt_abandoned(
        self, owner: Owner, now: datetime, is_alive: Callable[[Owner], bool], lease_seconds: float = 600.0
    ) -> tuple[Record, ...]:
        """Take over the pending certificates that nobody will finish, for this owner to finish them.

        Those whose lease is over and those of runs that no longer live; in the order of their numbers.
        """
        if not self._store.rows("SELECT 1 FROM records WHERE status = 'pending' LIMIT 1"):
            return ()
        ask_once = cache(is_alive)
        lease_until = now + timedelta(seconds=lease_seconds)
        with self._store.transaction():
            pending = self._book.find_pending()
            abandoned = [each for each in pending if each.lease_until <= now or not ask_once(each.owner)]
            return tuple(adopt_one(self._book, record, owner, now, lease_until) for record in abandoned)

    def extend_lease(
        self, serials: Iterable[str], owner: Owner, now: datetime, lease_seconds: float
    ) -> tuple[str, ...]:
        """Keep these pending certificates longer; returns those that are still this owner's."""
        sql = "UPDATE records SET lease_until = ? WHERE serial = ? AND owner = ? AND status = 'pending'"
        until = time_as_text(now + timedelta(seconds=lease_seconds))
        with self._store.transaction():
            return tuple(
                serial for serial in serials if self._store.run(sql, until, serial, owner_as_text(owner))
            )

    def complete_late(self, serial: str, request: Request, done: Done, owner: Owner, now: datetime) -> Record:
        """Fill, under the same serial, fields that were empty when it was issued; keeps both PDFs.

        Which fields may come late is the form's to say, and the caller's to check; a field that was filled
        before and now differs is refused here in any case.
        """
        with self._store.transaction():
            return complete_late(self._book, serial, request, done, owner, now)

    def reserve_successor(
        self,
        serial: str,
        request: Request,
        reason: Reason,
        owner: Owner,
        now: datetime,
        lease_seconds: float,
    ) -> Record:
        """Number the certificate that replaces this one, which is in force no more from here on.

        What may differ between the two is the form's to say, and the caller's to check.
        """
        lease_until = now + timedelta(seconds=lease_seconds)
        with self._store.transaction():
            return reserve_successor(self._book, serial, request, reason, owner, now, lease_until)

    def void(self, serial: str, why: str, owner: Owner, now: datetime) -> None:
        """Take a certificate, or an extract, out of force for good; no number is given again."""
        from certgen.register.splitting import make_extract_void  # noqa: PLC0415 - only where it is used

        with self._store.transaction():
            if not make_extract_void(self._book, serial, why, owner, now):
                make_void(self._book, serial, why, owner, now)

    def split(
        self,
        original: str,
        covered: Sequence[Amount],
        extracts: Sequence[Extract],
        owner: Owner,
        now: datetime,
    ) -> tuple[Amount, ...]:
        """Write down the extracts of a certificate, numbered here or elsewhere; returns what remains."""
        from certgen.register.splitting import split  # noqa: PLC0415 - only where it is used

        with self._store.transaction():
            return split(self._book, original, covered, extracts, owner, now)

    def remaining(self, original: str) -> tuple[Amount, ...]:
        """What the extracts leave of each line of a certificate; nothing when it was never split."""
        from certgen.register.splitting import remaining_of  # noqa: PLC0415 - only where it is used

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
        entry = self._entry(after) if after else None
        return tuple(record_from_row(row) for row in list_rows(self._store, search, limit, entry))

    def find_serial(self, serial: str) -> Record | None:
        """The certificate with this serial, if it was numbered here."""
        return self._book.find(serial)

    def show(self, serial: str) -> Record:
        """The certificate with this serial; refuses an unknown one by naming the nearest."""
        return self._book.show(serial)

    def each_record(self) -> Iterator[Record]:
        """Every certificate in the order of the serials, series by series."""
        return map(record_from_row, self._store.each_row(f"{WHOLE} ORDER BY series, number"))

    def audit(self, now: datetime, is_alive: Callable[[Owner], bool], head: str = "") -> Audit:
        """Hold journal, records and PDFs against each other; changes nothing.

        `head` is the hash of a journal line noted elsewhere, which the journal must still hold.
        """
        from certgen.register.audit import audit  # noqa: PLC0415 - findings only for an audit

        return audit(self._book, now, is_alive, head)

    def copy_to(self, path: Path) -> None:
        """Write a sound copy, as a SQLite register at an empty place, while others go on."""
        self._store.copy_to(path)

    def take_over(self, other: Register) -> None:
        """Write everything that another register holds into this one; refused unless this one is empty."""
        with self._store.transaction():
            if self.journal.head().entry:
                raise RegisterError(
                    f"A register stands at {self.name} and is left as it is. A backup is restored only "
                    "where there is none, or an empty one."
                )
            other.write_into(self._store)

    def write_into(self, store: Store) -> None:
        """Write everything, as it stands at one moment, into the empty tables of a store."""
        copy_tables(self._store, store)

    def extracts(self, serial: str) -> tuple[str, ...]:
        """The extracts of a certificate that are in force, in their order."""
        return self._book.find_extracts(serial)

    def history(self, serial: str) -> tuple[Line, ...]:
        """What was done to a certificate, by whom and when, in its order."""
        return self.journal.lines_of(self.show(serial).serial)

    def pdf(self, serial: str) -> bytes:
        """The PDF as it was issued, proved by its hash."""
        pdf = self.find_pdf(serial)
        if pdf is None:
            raise RegisterError(
                f"The kept PDF of {serial} is lost or was altered. Take it from a backup of {self.name}, "
                f"or print it again with: certgen register show {serial} --pdf FILE.pdf"
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

    def is_as_journalled(self, record: Record) -> bool:
        """Whether what the certificate was made of is still what the journal says of it."""
        said = [line.data_sha256 for line in self.journal.lines_of(record.serial) if line.data_sha256]
        return not said or said[-1] == data_sha256(record)

    def _entry(self, serial: str) -> int:
        record = self.show(serial)
        return int(self._store.rows("SELECT entry FROM records WHERE serial = ?", record.serial)[0]["entry"])
