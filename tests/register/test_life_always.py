"""Whatever is issued, replaced, made void and split in whatever order, the audit has nothing to say."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from certgen.errors import RegisterError
from certgen.register import (
    CertificateKey,
    Done,
    Owner,
    Reason,
    Record,
    Register,
    Request,
    Status,
    open_register,
)
from certgen.register.acts.splitting import Amount, Extract

ANNA = Owner("desk", 1, "1", "anna", "certgen", "0.1.0")
COVERED = (Amount(1, Decimal(10), "kg"),)
REFERENCES = st.integers(0, 5)
IN_FORCE = {Status.PENDING, Status.ISSUED, Status.DEPLETED}


def request(reference: int, fingerprint: str = "a") -> Request:
    return Request(
        key=CertificateKey("CA-ORG-006", "coi", "red river", f"S-{reference}"),
        pattern="COI.CA-ORG-006.2026.{number:07}",
        issue_date=date(2026, 1, 1),
        edition="2023",
        form_hash="f",
        fingerprint=fingerprint,
        paper="{}",
        input_sha256="b",
        workbook="shipment.xlsx",
        output_name="{serial}.pdf",
        output_folder="/certificates",
    )


class Life(RuleBasedStateMachine):
    """One desk and six consignments."""

    register: Register

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.register = open_register(f"sqlite:///{self.folder / 'register.sqlite'}")
        self.now = datetime(2026, 3, 2, tzinfo=UTC)
        self.ended: dict[str, Status] = {}

    def later(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def newest(self, reference: int) -> Record | None:
        key = request(reference).key
        return self.register.find([key]).get(key)

    def attempt(self, record: Record | None, may: set[Status], act: Callable[[Record], object]) -> bool:
        """Do it; it is refused exactly when the certificate's status does not allow it."""
        if record is None:
            return False
        before = self.register.journal.head()
        try:
            act(record)
        except RegisterError:
            assert record.status not in may
            assert self.register.journal.head() == before
            return False
        assert record.status in may
        return True

    @rule(reference=REFERENCES)
    def reserve(self, reference: int) -> None:
        before = self.newest(reference)
        [record] = self.register.reserve([request(reference)], ANNA, self.later(), 60)
        assert (record == before) == (before is not None and before.status in IN_FORCE)

    @rule(reference=REFERENCES)
    def issue(self, reference: int) -> None:
        record = self.newest(reference)
        if record and record.status is Status.PENDING:
            self.register.issue([Done(record.serial, record.serial.encode(), 1)], ANNA, self.later())

    @rule(reference=REFERENCES)
    def replace(self, reference: int) -> None:
        def act(record: Record) -> None:
            reason = Reason("misspelt", ("products.lots",))
            new = self.register.reserve_successor(
                record.serial, request(reference, "c"), reason, ANNA, self.later(), 60
            )
            assert (new.replaces, self.register.show(record.serial).replaced_by) == (
                record.serial,
                new.serial,
            )
            self.ended[record.serial] = Status.REPLACED

        record = self.newest(reference)
        whole = not record or not self.register.extracts(record.serial)
        self.attempt(record, {Status.ISSUED} if whole else set(), act)

    @rule(reference=REFERENCES)
    def void(self, reference: int) -> None:
        def act(record: Record) -> None:
            self.register.void(record.serial, "cancelled", ANNA, self.later())
            self.ended[record.serial] = Status.VOID

        self.attempt(self.newest(reference), {Status.ISSUED, Status.DEPLETED}, act)

    @rule(reference=REFERENCES, batch=st.sampled_from("12345"), amount=st.integers(1, 6))
    def split(self, reference: int, batch: str, amount: int) -> None:
        record = self.newest(reference)
        if record is None:
            return
        taken = Extract(
            batch, (Amount(1, Decimal(amount), "kg"),), request(reference, f"{batch}-{amount}"), "c"
        )
        left = self.register.remaining(record.serial) or COVERED
        try:
            [rest] = self.register.split(record.serial, COVERED, [taken], ANNA, self.later())
        except RegisterError:
            made = f"{record.serial}/{batch}" in self.register.extracts(record.serial)
            assert made or left[0].amount < amount or record.status not in {Status.ISSUED, Status.DEPLETED}
        else:
            assert rest.amount >= 0

    @rule(reference=REFERENCES, batch=st.sampled_from("12345"))
    def give_back(self, reference: int, batch: str) -> None:
        record = self.newest(reference)
        if record and f"{record.serial}/{batch}" in self.register.extracts(record.serial):
            self.register.void(f"{record.serial}/{batch}", "weighed wrongly", ANNA, self.later())

    @invariant()
    def a_consignment_has_one_certificate_in_force_at_most(self) -> None:
        listed = self.register.list_records(limit=1000)
        records = [record for record in listed if not record.extract_of]
        in_force = Counter(record.key for record in records if record.status in IN_FORCE)
        assert max(in_force.values(), default=0) <= 1
        assert all(self.register.show(serial).status is status for serial, status in self.ended.items())

    def teardown(self) -> None:
        audit = self.register.audit(self.now, lambda _: True)
        assert audit.is_clean, audit.findings
        self.register.close()
        shutil.rmtree(self.folder)


Life.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestLife = Life.TestCase
