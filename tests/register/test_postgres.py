"""A register on a server: what can go wrong there is told in a sentence, and never with the password."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import database_tool
import pytest
from postgres_server import PASSWORD, Server, running_server

from certgen.errors import RegisterError
from certgen.register import Done, Owner, Patience, Record, Register, Request, open_existing, open_register
from certgen.register.keeping import back_up, restore
from certgen.register.stores.schema import VERSION

Ask = Callable[..., Request]
VERSION_2 = Path(__file__).parent / "registers" / "version-2.sql"
A_TEST_RUN = """
import time
from postgres_server import running_server
with running_server() as server:
    print(server.port, server.folder, flush=True)
    time.sleep(600)
"""
WITHOUT_DRIVER = """
import sys
sys.modules["psycopg"] = None
from certgen.errors import RegisterError
from certgen.register import open_register
try:
    open_register("postgresql://anna:s3cret@office/register")
except RegisterError as error:
    print(error)
"""


@pytest.fixture
def url(postgres_server: Server) -> str:
    return postgres_server.new_database()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    with running_server() as server:
        yield server


def refusal_of(url: str) -> str:
    with pytest.raises(RegisterError) as refusal:
        open_register(url, patience=Patience(0.1))
    said = f"{refusal.value} {refusal.value.__cause__}"
    assert PASSWORD not in said
    return str(refusal.value)


def test_the_register_is_named_without_its_password(register: Register, url: str) -> None:
    assert register.name == url.replace(f":{PASSWORD}", "")


def test_nothing_that_is_logged_or_told_holds_the_password(
    url: str, issue_one: Callable[..., Record], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    issue_one()
    with open_register(url) as register, pytest.raises(RegisterError) as refusal:
        register.show("COI.X")
    assert PASSWORD not in caplog.text + str(refusal.value)


def test_a_server_that_is_not_there_is_told(url: str, postgres_server: Server) -> None:
    said = refusal_of(url.replace(str(postgres_server.port), "9"))
    assert "cannot be reached" in said
    assert "See that the server runs" in said


def test_a_wrong_password_is_told(url: str) -> None:
    assert "password authentication failed" in refusal_of(url.replace(PASSWORD, PASSWORD[:-1]))


def test_a_database_that_is_not_there_is_told(postgres_server: Server) -> None:
    assert 'database "nowhere" does not exist' in refusal_of(postgres_server.url("nowhere"))


def test_an_address_that_the_server_s_driver_cannot_read_is_not_repeated(url: str) -> None:
    assert "written as %25" in refusal_of(url.replace(PASSWORD, f"{PASSWORD}%"))
    assert "written as %25" in refusal_of(f"{url}?sslmod=require")


def test_asking_whether_there_is_a_register_makes_none(url: str) -> None:
    with open_existing(url) as register:
        assert register is None
    with pytest.raises(RegisterError, match="There is no register at postgresql://certgen@127"):
        open_register(url, must_exist=True)
    assert database_tool.ask(url, "SELECT 1 FROM pg_namespace WHERE nspname = 'certgen'") == []


def test_a_schema_of_something_else_is_left_alone(url: str) -> None:
    database_tool.ask(url, "CREATE SCHEMA certgen")
    database_tool.ask(url, "CREATE TABLE certgen.stock (item TEXT)")
    assert "is not a register. Name another database" in refusal_of(url)


def test_a_schema_that_was_made_ready_for_it_is_used(url: str) -> None:
    database_tool.ask(url, "CREATE SCHEMA certgen")
    with open_register(url) as register:
        assert register.versions == (VERSION, VERSION)


def indexes(url: str) -> set[tuple[object, ...]]:
    return set(database_tool.ask(url, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'certgen'"))


def test_an_upgraded_register_has_the_indexes_of_a_new_one(url: str, postgres_server: Server) -> None:
    database_tool.load_dump(url, VERSION_2.read_text(encoding="utf-8"))
    new = postgres_server.new_database()
    open_register(url, may_upgrade=True).close()
    open_register(new).close()
    assert indexes(url) == indexes(new)


def test_what_a_new_certificate_is_in_force_by_stands_beside_the_one_before(url: str) -> None:
    """Else each one is written to another page of a large register, and a serial takes twice as long."""
    open_register(url).close()
    [[in_force]] = (found for found in indexes(url) if "records_in_force" in str(found[0]))
    [[letters]] = (found for found in indexes(url) if "letters_pkey" in str(found[0]))
    assert "(reference, exporter, form, issuer, part) WHERE" in str(in_force)
    assert "(stretch, letters)" in str(letters)


def test_a_database_that_has_not_every_letter_is_refused(postgres_server: Server) -> None:
    postgres_server.run(
        "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    )
    assert "is kept in LATIN1" in refusal_of(postgres_server.url("latin"))


def test_a_register_of_a_newer_certgen_is_refused_with_the_command_to_run(
    register: Register, url: str, ask: Ask, anna: Owner, noon: datetime
) -> None:
    database_tool.ask(url, "UPDATE register SET version = 99")
    assert "newer certgen" in refusal_of(url)
    with pytest.raises(RegisterError, match=r"newer certgen.*pip install --upgrade certgen"):
        register.reserve([ask()], anna, noon, 60)


@pytest.mark.parametrize("act", ["DELETE FROM register", "INSERT INTO register SELECT * FROM register"])
def test_a_register_without_its_own_row_is_told(register: Register, url: str, act: str) -> None:
    database_tool.ask(url, act)
    assert "must have one row" in refusal_of(url)


def test_without_the_driver_it_is_told_how_to_get_it() -> None:
    told = subprocess.run([sys.executable, "-c", WITHOUT_DRIVER], capture_output=True, text=True, check=True)
    assert 'pip install "certgen[postgres]"' in told.stdout
    assert "s3cret" not in told.stdout + told.stderr


def test_who_may_only_read_reads_and_does_not_write(
    postgres_server: Server, url: str, issue_one: Callable[..., Record], ask: Ask, anna: Owner, noon: datetime
) -> None:
    record = issue_one()
    database_tool.ask(url, "CREATE ROLE reader LOGIN PASSWORD 'r3ader'")
    database_tool.ask(url, "GRANT USAGE ON SCHEMA certgen TO reader")
    database_tool.ask(url, "GRANT SELECT ON ALL TABLES IN SCHEMA certgen TO reader")
    with open_register(url.replace(f"certgen:{PASSWORD}", "reader:r3ader"), must_exist=True) as register:
        assert register.show(record.serial) == record
        with pytest.raises(RegisterError, match="may only be read"):
            register.reserve([ask("S-2")], anna, noon, 60)


def test_who_may_not_even_look_into_the_schema_is_told_which_right_is_missing(
    url: str, issue_one: Callable[..., Record]
) -> None:
    issue_one()
    database_tool.ask(url, "CREATE ROLE newcomer LOGIN PASSWORD 'n3w'")
    said = refusal_of(url.replace(f"certgen:{PASSWORD}", "newcomer:n3w"))
    assert "may not be used by this user" in said
    assert "rights to the schema certgen and its tables" in said


@pytest.mark.parametrize("letters", ["SQL_ASCII", "LATIN1", "WIN1252"])
def test_letters_that_the_user_s_own_settings_ask_for_are_not_the_register_s(
    url: str,
    issue_one: Callable[..., Record],
    letters: str,
    monkeypatch: pytest.MonkeyPatch,
    postgres_server: Server,
) -> None:
    record = issue_one(exporter="żółta & сын")
    monkeypatch.setenv("PGCLIENTENCODING", letters)
    for address in (url, f"{url}?client_encoding={letters}"):
        with open_register(address) as register:
            assert register.show(record.serial) == record
    open_register(postgres_server.new_database()).close()


def test_a_server_that_isolates_more_by_itself_lets_each_have_his_turn(
    url: str, ask: Ask, anna: Owner, noon: datetime
) -> None:
    open_register(url).close()
    database = url.rpartition("/")[2]
    database_tool.ask(url, f"ALTER DATABASE {database} SET default_transaction_isolation = 'repeatable read'")
    started = threading.Event()

    def reserve_meanwhile() -> Record:
        with open_register(url, patience=Patience(20)) as register:
            started.set()
            return register.reserve([ask("B")], anna, noon, 60)[0]

    with ThreadPoolExecutor(1) as other_desk, open_register(url) as register:
        with register._store.transaction():
            coming = other_desk.submit(reserve_meanwhile)
            started.wait()
            wait_for_a_waiting_one(url)
            register._book.give_number(ask("A"), anna, noon, noon)
        assert coming.result().number == 2


def wait_for_a_waiting_one(url: str) -> None:
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while not database_tool.ask(url, waiting):
        time.sleep(0.02)


def test_a_register_in_use_is_waited_for_with_a_word_and_then_told(
    register: Register, url: str, ask: Ask, anna: Owner, noon: datetime
) -> None:
    told: list[str] = []
    with (
        open_register(url, patience=Patience(0.3, told.append)) as impatient,
        register._store.transaction(),
        pytest.raises(RegisterError, match=r"is in use and no turn came.*Wait"),
    ):
        impatient.reserve([ask()], anna, noon, 60)
    assert [sentence for sentence in told if "waiting for a turn, 0.3 seconds at most" in sentence]
    assert register.reserve([ask()], anna, noon, 60)[0].number == 1


def test_a_server_that_has_no_connection_to_give_is_waited_for(url: str) -> None:
    open_register(url).close()
    database_tool.ask(url, "CREATE ROLE carla LOGIN PASSWORD 'c4rla' CONNECTION LIMIT 0 IN ROLE certgen")
    hers = url.replace(f"certgen:{PASSWORD}", "carla:c4rla")
    with pytest.raises(RegisterError, match="no connection to be had"):
        open_register(hers, patience=Patience(0.5))
    told: list[str] = []

    def make_room(sentence: str) -> None:
        told.append(sentence)
        database_tool.ask(url, "ALTER ROLE carla CONNECTION LIMIT 5")

    open_register(hers, must_exist=True, patience=Patience(20, make_room)).close()
    assert len(told) == 1


def test_a_server_that_goes_away_takes_no_number_with_it(
    own_server: Server, ask: Ask, anna: Owner, noon: datetime
) -> None:
    url = own_server.new_database()
    with open_register(url) as register:
        (first,) = register.reserve([ask("A")], anna, noon, 60)
        own_server.control("restart", "-m", "immediate")
        with pytest.raises(RegisterError, match=r"is out of reach.*no serial is lost"):
            register.reserve([ask("B")], anna, noon, 60)
    with open_register(url) as again:
        again.issue([Done(first.serial, b"%PDF", 1)], anna, noon)
        assert again.reserve([ask("B")], anna, noon, 60)[0].number == 2
        assert again.audit(noon, lambda _: True).is_clean


def test_a_desk_s_register_moves_to_the_server_and_back_with_everything_in_it(
    issue_one: Callable[..., Record],
    register: Register,
    postgres_server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("certgen.register.search.listing._NEWEST", 0)
    record = issue_one(pdf=b"%PDF " + b"stream" + b"font" * 500 + b"endstream")
    head = back_up(register, tmp_path / "copy.sqlite")
    other = postgres_server.new_database()
    assert restore(tmp_path / "copy.sqlite", other) == head
    with open_register(other, must_exist=True) as moved:
        assert moved.show(record.serial) == record
        assert moved.list_records(exporter=record.key.exporter) == (record,)
        assert moved.pdf(record.serial) == register.pdf(record.serial)
        assert back_up(moved, tmp_path / "again.sqlite") == head


@pytest.mark.long
def test_a_test_run_that_is_killed_takes_its_server_along() -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.Popen(
        [sys.executable, "-c", A_TEST_RUN], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert run.stdout is not None
    port, _, folder = run.stdout.readline().strip().partition(" ")
    assert is_answered(int(port))
    run.kill()
    run.communicate()
    patience_ends = time.monotonic() + 60
    while is_answered(int(port)) or Path(folder).exists():
        assert time.monotonic() < patience_ends, "the server outlived the tests"
        time.sleep(0.1)


def is_answered(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
