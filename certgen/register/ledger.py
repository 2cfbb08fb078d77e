"""The acts of the register: give numbers, issue, take over what a stopped run left, end and split."""

from __future__ import annotations

import typing
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache

from certgen.errors import RegisterError
from certgen.register.acts.ending import make_void, seal
from certgen.register.acts.issuing import adopt_one, complete_late, issue_one
from certgen.register.acts.replacing import Reason, reserve_successor
from certgen.register.looking import OpenRegister
from certgen.register.originals import Originals
from certgen.register.records import Done, Owner, Record, Request
from certgen.register.rows import owner_as_text, time_as_text
from certgen.register.stores import NoRegisterError, open_store
from certgen.register.stores.patience import Patience

if typing.TYPE_CHECKING:
    from certgen.register.acts.splitting import Amount, Extract


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


class Register(OpenRegister):
    """An open register; every act is one transaction, and every method may raise RegisterError."""

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
        self,
        owner: Owner,
        now: datetime,
        is_alive: Callable[[Owner], bool],
        lease_seconds: float = 600.0,
        forms: Container[str] | None = None,
    ) -> tuple[Record, ...]:
        """Take over the pending certificates that nobody will finish, for this owner to finish them.

        Those whose lease is over and those of runs that no longer live; in the order of their numbers. With
        `forms` only those of these forms: whoever lacks a form leaves its certificates to who has it.
        """
        if not self._store.rows("SELECT 1 FROM records WHERE status = 'pending' LIMIT 1"):
            return ()
        ask_once = cache(is_alive)
        lease_until = now + timedelta(seconds=lease_seconds)
        with self._store.transaction():
            pending = [each for each in self._book.find_pending() if forms is None or each.key.form in forms]
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
        from certgen.register.acts.splitting import make_extract_void  # noqa: PLC0415 - only where it is used

        with self._store.transaction():
            if not make_extract_void(self._book, serial, why, owner, now):
                make_void(self._book, serial, why, owner, now)

    def seal(self, serial: str, sealed_sha256: str, owner: Owner, now: datetime) -> Record:
        """Keep the hash of the sealed file beside that of the one that was issued."""
        with self._store.transaction():
            return seal(self._book, serial, sealed_sha256, owner, now)

    def put_back(self, serial: str, pdf: bytes, whence: str, owner: Owner, now: datetime) -> None:
        """Keep a PDF anew that is lost or was altered; refused unless it is the one that was issued."""
        from certgen.register.acts.mending import put_back  # noqa: PLC0415 - only where it is used

        with self._store.transaction():
            put_back(self._book, serial, pdf, whence, owner, now)

    def acknowledge(self, line: int, why: str, owner: Owner, now: datetime) -> None:
        """Say why the clock went back, up to this line of the journal; the audit tells it as a note then."""
        from certgen.register.acts.acknowledging import acknowledge  # noqa: PLC0415 - only where it is used

        with self._store.transaction():
            acknowledge(self._book, line, why, owner, now)

    def split(
        self,
        original: str,
        covered: Sequence[Amount],
        extracts: Sequence[Extract],
        owner: Owner,
        now: datetime,
    ) -> tuple[Amount, ...]:
        """Write down the extracts of a certificate, numbered here or elsewhere; returns what remains."""
        from certgen.register.acts.splitting import split  # noqa: PLC0415 - only where it is used

        with self._store.transaction():
            return split(self._book, original, covered, extracts, owner, now)

    def take_over(self, other: Register) -> None:
        """Write everything that another register holds into this one; refused unless this one is empty."""
        with self._store.transaction():
            if self.journal.head().entry:
                raise RegisterError(
                    f"A register stands at {self.name} and is left as it is. A backup is restored only "
                    "where there is none, or an empty one."
                )
            other.write_into(self._store)
