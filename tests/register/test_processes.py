"""Real processes against one register: side by side, and killed in the middle."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from certgen.register import (
    Owner,
    Patience,
    Record,
    Register,
    Request,
    Status,
    is_alive,
    open_register,
    this_owner,
)
from certgen.register.place import is_on_server, path_of

OFFICE = Path(__file__).with_name("run_office.py")


def start(url: str, task: str, rounds: int, group_size: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(OFFICE), url, task, str(rounds), str(group_size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill(process: subprocess.Popen[str]) -> str:
    process.kill()
    return process.communicate(timeout=10)[0]


def everything_in(register: Register) -> list[Record]:
    return sorted(register.list_records(limit=100_000), key=lambda record: record.number)


def assert_serials_are_sound(records: list[Record]) -> None:
    assert [record.number for record in records] == list(range(1, len(records) + 1))
    assert len({record.key for record in records}) == len(records)


def test_eight_processes_reserve_without_gap_repeat_or_failure(url: str) -> None:
    offices = [start(url, f"office{number}", rounds=10, group_size=5) for number in range(8)]
    for office in offices:
        _, complaint = office.communicate(timeout=60)
        assert (office.returncode, complaint) == (0, "")
    with open_register(url, must_exist=True) as register:
        records = everything_in(register)
        assert_serials_are_sound(records)
        assert len(records) == 8 * 10 * 4 + 10, "the shared consignments have one certificate each"
        assert {record.status for record in records} == {Status.ISSUED}
        assert register.journal.find_first_false_line() is None


def test_a_run_killed_between_reserve_and_issue_is_finished_with_the_same_serials(url: str) -> None:
    office = start(url, "stall", rounds=1, group_size=4)
    assert office.stdout is not None
    given = office.stdout.readline().split()
    owner, now = this_owner("certgen fill", "0.1.0"), datetime.now(UTC)
    with open_register(url) as register:
        assert register.adopt_abandoned(owner, now, is_alive) == (), "a live run keeps what it holds"
        kill(office)
        adopted = register.adopt_abandoned(owner, now, is_alive)
        assert [record.serial for record in adopted] == given
        assert {record.owner for record in adopted} == {owner}


@pytest.mark.parametrize("seed", range(3))
def test_runs_killed_at_any_moment_leave_nothing_behind_that_the_next_does_not_finish(
    url: str, seed: int
) -> None:
    moments = random.Random(seed)
    for attempt in range(4):
        office = start(url, f"try{attempt}", rounds=10_000, group_size=3)
        time.sleep(moments.uniform(0.05, 0.5))
        kill(office)
    last = start(url, "last", rounds=1, group_size=3)
    assert last.communicate(timeout=60)[1] == ""
    with open_register(url) as register:
        records = everything_in(register)
        assert_serials_are_sound(records)
        assert {record.status for record in records} == {Status.ISSUED}
        assert all(register.pdf(record.serial).startswith(record.serial.encode()) for record in records)
        assert register.journal.find_first_false_line() is None
    assert is_on_server(url) or [entry.name for entry in path_of(url).parent.iterdir()] == ["register.sqlite"]


def test_others_go_on_while_the_register_is_read_from_end_to_end(
    register: Register, url: str, issue_one: Callable[..., Record], ask: Callable[..., Request], bruno: Owner
) -> None:
    """An audit of many certificates takes longer than anybody would wait for a number."""
    now = issue_one("S-1").made_at
    issue_one("S-2")
    read = (register.each_record(), register.journal.lines())
    for each in read:
        next(each)
    with open_register(url, patience=Patience(0.2)) as other:
        (record,) = other.reserve([ask("S-3")], bruno, now, 60)
    assert all(list(each) for each in read)
    assert record.number == 3
