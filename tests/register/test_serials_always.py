"""Whatever the order of reserving, issuing, dying and taking over: no serial repeats, none is left out."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from certgen.errors import RegisterError
from certgen.register import CertificateKey, Done, Owner, Register, Request, Status, open_register

LEASE_SECONDS = 60.0
RUNS = st.integers(0, 2)
REFERENCES = st.integers(0, 30)
YEARS = st.sampled_from([2026, 2027])


def request(reference: int, year: int) -> Request:
    return Request(
        key=CertificateKey("CA-ORG-006", "coi", "red river", f"S-{reference}"),
        pattern=f"COI.CA-ORG-006.{year}.{{number:07}}",
        issue_date=date(year, 1, 1),
        edition="2023",
        form_hash="f",
        fingerprint="a",
        paper="{}",
        input_sha256="b",
        workbook="shipment.xlsx",
        output_name="{serial}.pdf",
        output_folder="/certificates",
    )


class Office(RuleBasedStateMachine):
    """Three desks with one register; a desk that dies is started again as a new process."""

    register: Register

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.register = open_register(f"sqlite:///{self.folder / 'register.sqlite'}")
        self.owners = [Owner("desk", number, "1", "anna", "certgen fill", "0.1.0") for number in range(3)]
        self.now = datetime(2026, 3, 2, tzinfo=UTC)
        self.serials: dict[CertificateKey, str] = {}
        self.pdfs: dict[str, bytes] = {}

    @rule(run=RUNS, wanted=st.lists(st.tuples(REFERENCES, YEARS), min_size=1, max_size=6))
    def reserve(self, run: int, wanted: list[tuple[int, int]]) -> None:
        requests = [request(*each) for each in wanted]
        records = self.register.reserve(requests, self.owners[run], self.now, LEASE_SECONDS)
        fresh: dict[str, list[int]] = defaultdict(list)
        for asked, record in zip(requests, records, strict=True):
            assert record.key == asked.key
            if record.key not in self.serials:
                fresh[record.series].append(record.number)
            assert self.serials.setdefault(record.key, record.serial) == record.serial
        assert all(numbers == sorted(numbers) for numbers in fresh.values())

    @rule(run=RUNS, data=st.data())
    def issue(self, run: int, data: st.DataObject) -> None:
        pending = [
            each for each in self.register.list_records(status="pending") if self.holds(run, each.owner)
        ]
        chosen = (
            data.draw(st.lists(st.sampled_from(pending), unique_by=lambda each: each.serial))
            if pending
            else []
        )
        done = [Done(record.serial, record.serial.encode(), 1) for record in chosen]
        self.register.issue(done, self.owners[run], self.now)
        self.pdfs |= {each.serial: each.pdf for each in done}

    @rule(run=RUNS)
    def issue_what_is_another_run_s(self, run: int) -> None:
        for record in self.register.list_records(status="pending"):
            if not self.holds(run, record.owner):
                try:
                    self.register.issue([Done(record.serial, b"stolen", 1)], self.owners[run], self.now)
                except RegisterError:
                    continue
                raise AssertionError(record.serial)

    @rule(run=RUNS)
    def die(self, run: int) -> None:
        self.owners[run] = replace(self.owners[run], started=self.owners[run].started + "1")

    @rule(run=RUNS)
    def adopt(self, run: int) -> None:
        adopted = self.register.adopt_abandoned(
            self.owners[run], self.now, lambda owner: owner in self.owners, LEASE_SECONDS
        )
        assert all(self.serials[record.key] == record.serial for record in adopted)
        for record in self.register.list_records(status="pending"):
            assert record.owner in self.owners
            assert record.lease_until > self.now

    @rule(seconds=st.sampled_from([-30, 1, 59, 61]))
    def time_passes_or_the_clock_is_set_back(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def holds(self, run: int, owner: Owner) -> bool:
        return owner == self.owners[run]

    @invariant()
    def each_series_is_counted_through(self) -> None:
        numbers: dict[str, list[int]] = defaultdict(list)
        for record in self.register.list_records(limit=1000):
            numbers[record.series].append(record.number)
            assert self.serials[record.key] == record.serial
        for given in numbers.values():
            assert sorted(given) == list(range(1, len(given) + 1))

    @invariant()
    def what_is_issued_stays_as_it_is(self) -> None:
        issued = {record.serial for record in self.register.list_records(status=Status.ISSUED, limit=1000)}
        assert issued == self.pdfs.keys()
        assert all(self.register.pdf(serial) == pdf for serial, pdf in self.pdfs.items())

    def teardown(self) -> None:
        assert self.register.journal.find_first_false_line() is None
        self.register.close()
        shutil.rmtree(self.folder)


Office.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestOffice = Office.TestCase
