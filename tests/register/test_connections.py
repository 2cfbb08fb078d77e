"""Sixty-four connections to one register on a server: no gap, no repeat, and the waiting measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import database_tool
import pytest
from postgres_server import Server

from certgen.errors import RegisterError
from certgen.register import Done, Owner, Patience, Record, Register, Request, Status, open_register
from certgen.register.keeping import back_up

CONNECTIONS, ROUNDS, GROUP = 64, 5, 4
Ask = Callable[..., Request]


@pytest.mark.long
def test_sixty_four_connections_give_no_gap_and_no_repeat(
    postgres_server: Server, ask: Ask, anna: Owner, noon: datetime
) -> None:
    url = postgres_server.new_database()

    def work(desk: int) -> float:
        owner, patience = replace(anna, process=desk), Patience(clock=time.monotonic)
        with open_register(url, patience=patience) as register:
            for turn in range(ROUNDS):
                references = [*(f"{desk}-{turn}-{line}" for line in range(GROUP)), f"shared-{turn}"]
                given = register.reserve([ask(each) for each in references], owner, noon, 600)
                mine = [record for record in given if record.owner == owner]
                register.issue(
                    [Done(record.serial, record.serial.encode() * 50, 1) for record in mine], owner, noon
                )
        return patience.waited

    started = time.monotonic()
    with ThreadPoolExecutor(CONNECTIONS) as desks:
        waited = list(desks.map(work, range(CONNECTIONS)))
    seconds = time.monotonic() - started
    with open_register(url) as register:
        records = sorted(register.list_records(limit=10_000), key=lambda record: record.number)
        assert [record.number for record in records] == list(
            range(1, CONNECTIONS * ROUNDS * GROUP + ROUNDS + 1)
        )
        assert {record.status for record in records} == {Status.ISSUED}
        assert register.audit(noon, lambda _: True).is_clean
    assert 0 < max(waited) < min(seconds, 60), (max(waited), seconds)


def test_whoever_makes_a_register_is_told_that_its_numbers_begin_at_one(url: str, tmp_path: Path) -> None:
    told: list[str] = []
    for time_opened in (1, 2):
        with open_register(url, patience=Patience(2, told.append)) as register:
            back_up(register, tmp_path / f"copy-{time_opened}.sqlite")
            name = register.name
    [sentence] = told
    assert sentence.startswith(f"A new register was made at {name}; its numbers begin at 1.")
    assert "name the register in which they stand with --register" in sentence


def test_a_run_whose_register_was_upgraded_under_it_stops_before_it_writes(
    register: Register, url: str, ask: Ask, anna: Owner, noon: datetime
) -> None:
    register.reserve([ask("A")], anna, noon, 60)
    of_newer = "UPDATE register SET version = 99" if "postgres" in url else "PRAGMA user_version = 99"
    database_tool.ask(url, of_newer)
    with pytest.raises(RegisterError, match=r"newer certgen.*pip install --upgrade certgen"):
        register.reserve([ask("B")], anna, noon, 60)
    assert len(register.list_records()) == 1


def test_a_full_disk_of_the_server_takes_no_number(
    postgres_server: Server, ask: Ask, anna: Owner, noon: datetime
) -> None:
    """The server's own word for a full disk, said by a trigger: a real one would end every other test."""
    url = postgres_server.new_database()
    with open_register(url) as register:
        (record,) = register.reserve([ask("A")], anna, noon, 60)
        database_tool.ask(
            url,
            "CREATE FUNCTION certgen.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file'; END $$",
        )
        database_tool.ask(
            url,
            "CREATE TRIGGER is_full BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION certgen.full()",
        )
        with pytest.raises(RegisterError, match=r"no room left on its server's disk.*no serial is lost"):
            register.issue([Done(record.serial, b"%PDF", 1)], anna, noon)
        database_tool.ask(url, "DROP TRIGGER is_full ON journal")
        assert register.show(record.serial).status is Status.PENDING
        register.issue([Done(record.serial, b"%PDF", 1)], anna, noon)
        assert register.reserve([ask("B")], anna, noon, 60)[0].number == 2


def test_an_act_on_two_stores_leaves_the_same_line(
    register: Register, issue_one: Callable[..., Record]
) -> None:
    """A journal is proved by its head wherever the register lies."""
    issue_one(paper="{}", pdf=b"%PDF")
    head = "b278944aa88ad6c8"
    assert register.journal.head().hash.startswith(head)
