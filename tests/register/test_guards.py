"""What the tables refuse to anybody with a plain database tool, in new registers and upgraded ones."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import database_tool
import psycopg
import pytest

from certgen.errors import RegisterError
from certgen.register import Owner, Record, Register, Request, open_register
from certgen.register.acts.splitting import Amount, Extract
from certgen.register.place import is_on_server, path_of

ON_DISK = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
REFUSED = pytest.raises((sqlite3.Error, psycopg.Error), match="nothing in a register is ever")
TABLES = (
    *("records", "papers", "pdfs", "pieces", "pdf_pieces", "journal"),
    *("exporters", "originals", "extracts", "extract_lines"),
)
VERSION_2 = Path(__file__).parent / "registers" / "version-2.sqlite"
PIECE = b"a piece in common" * 100


@pytest.fixture
def full(
    register: Register,
    ask: Callable[..., Request],
    issue_one: Callable[..., Record],
    anna: Owner,
    noon: datetime,
) -> Register:
    """A register with rows in each of its tables: two certificates, a void one and one that is split."""
    first = issue_one("S-1", pdf=b"%PDF " + PIECE)
    issue_one("S-2", pdf=b"%PDF two" + PIECE)
    void = issue_one("S-3", pdf=b"%PDF three" + PIECE)
    register.void(void.serial, "cancelled", anna, noon)
    issue_one("S-3", pdf=b"%PDF four" + PIECE)
    covered = (Amount(1, Decimal(100), "kg"),)
    batches = [
        Extract(batch, (Amount(1, Decimal(40), "kg"),), ask(), digit * 64)
        for batch, digit in (("1", "c"), ("2", "d"))
    ]
    register.split(first.serial, covered, batches, anna, noon)
    register.void(f"{first.serial}/2", "weighed wrongly", anna, noon)
    return register


def content(url: str) -> dict[str, list[tuple[object, ...]]]:
    rows = {table: database_tool.ask(url, f"SELECT * FROM {table}") for table in TABLES}  # noqa: S608
    return {table: sorted(map(tuple, found), key=repr) for table, found in rows.items()}


def assert_refused(url: str, sql: str) -> None:
    before = content(url)
    with REFUSED:
        database_tool.ask(url, sql)
    assert content(url) == before


@ON_DISK
@pytest.mark.parametrize("table", TABLES)
def test_no_row_takes_the_place_of_another(full: Register, url: str, table: str) -> None:
    assert database_tool.ask(url, f"SELECT 1 FROM {table}")  # noqa: S608 - a table of ours
    assert_refused(url, f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")  # noqa: S608 - same


@ON_DISK
@pytest.mark.parametrize("table", ["papers", "originals", "extract_lines", "exporters"])
def test_no_row_takes_another_s_place_by_its_hidden_number(full: Register, url: str, table: str) -> None:
    columns = [str(row[1]) for row in database_tool.ask(url, f"PRAGMA table_info({table})")]
    values = ", ".join(f"{name} || '9'" for name in columns)
    names = ", ".join(columns)
    assert_refused(url, f"REPLACE INTO {table} (rowid, {names}) SELECT rowid, {values} FROM {table}")  # noqa: S608


@ON_DISK
@pytest.mark.parametrize(
    "other",
    [
        {"entry": "'2'"},
        {"serial": "'COI.CA-ORG-006.2026.0000002'"},
        {"series": "'COI.CA-ORG-006.2026.{number}'", "number": "2"},
        {"reference": "'S-2'"},
    ],
)
def test_no_record_takes_another_s_place_by_one_of_its_keys(
    full: Register, url: str, other: dict[str, str]
) -> None:
    own = {"entry": "99", "serial": "'X'", "series": "'X'", "number": "1", "reference": "'X'"} | other
    columns = [str(row[1]) for row in database_tool.ask(url, "PRAGMA table_info(records)")]
    values = ", ".join(own.get(name, name) for name in columns)
    assert_refused(url, f"REPLACE INTO records SELECT {values} FROM records WHERE number = 1")  # noqa: S608


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE records SET serial = 'X' WHERE number = 1",
        "UPDATE records SET number = 9 WHERE number = 1",
        "UPDATE records SET entry = 9 WHERE number = 1",
        "UPDATE records SET issue_date = '2026-03-01' WHERE number = 1",
        "UPDATE records SET reference = 'X' WHERE number = 1",
        "UPDATE records SET made_at = 'X' WHERE number = 1",
        "UPDATE records SET replaces = 'X' WHERE number = 1",
        "UPDATE records SET status = 'issued' WHERE status = 'void'",
        "UPDATE records SET why = 'no reason' WHERE status = 'void'",
        "UPDATE papers SET serial = 'X'",
        "UPDATE exporters SET name = 'X'",
        "DELETE FROM exporters",
        "UPDATE originals SET amount = '900'",
        "DELETE FROM originals",
        "UPDATE extracts SET pdf_sha256 = 'X' WHERE status = 'issued'",
        "UPDATE extracts SET original = 'X' WHERE status = 'issued'",
        "UPDATE extracts SET status = 'issued' WHERE status = 'void'",
        "DELETE FROM extracts",
        "UPDATE extract_lines SET amount = '0'",
        "DELETE FROM extract_lines",
    ],
)
def test_what_stays_cannot_be_rewritten(full: Register, url: str, act: str) -> None:
    assert_refused(url, act)


@ON_DISK
@pytest.mark.parametrize(
    "act",
    [
        "UPDATE records SET rowid = 99 WHERE number = 1",
        "UPDATE papers SET rowid = 99",
        "UPDATE extracts SET rowid = 99 WHERE status = 'issued'",
        "UPDATE OR REPLACE records SET number = 2 WHERE number = 1",
        "UPDATE OR REPLACE records SET status = 'issued' WHERE status = 'void'",
        "UPDATE OR REPLACE papers SET rowid = 2 WHERE rowid = 1",
        "INSERT INTO journal SELECT * FROM journal WHERE entry = 1 ON CONFLICT DO UPDATE SET user = 'nobody'",
    ],
)
def test_no_hidden_number_is_a_way_round(full: Register, url: str, act: str) -> None:
    assert_refused(url, act)


@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_emptied_whole(full: Register, url: str, table: str) -> None:
    act = "TRUNCATE TABLE {} CASCADE" if is_on_server(url) else "DELETE FROM {}"
    assert_refused(url, act.format(table))


@ON_DISK
def test_an_upgraded_register_refuses_the_same(url: str) -> None:
    path_of(url).parent.mkdir()
    shutil.copy(VERSION_2, path_of(url))
    open_register(url, may_upgrade=True).close()
    assert_refused(url, "REPLACE INTO journal SELECT * FROM journal LIMIT 1")


def test_acts_of_the_register_are_not_hindered(
    full: Register, issue_one: Callable[..., Record], anna: Owner, noon: datetime
) -> None:
    record = issue_one("S-9")
    full.seal(record.serial, "e" * 64, anna, noon)
    full.void(record.serial, "cancelled", anna, noon)
    assert full.audit(noon, lambda _: True).is_clean


@pytest.mark.parametrize("name", ["journal_no_UPDATE", "records_fixed", "mended_no_DELETE"])
def test_a_guard_that_was_taken_away_is_found_and_put_back(
    full: Register, url: str, noon: datetime, name: str
) -> None:
    table = name.partition("_")[0]
    place = f" ON {table}" if is_on_server(url) else ""
    database_tool.ask(url, f"DROP TRIGGER {name}{place}")
    [finding] = full.audit(noon, lambda _: True).findings
    assert (finding.slug, finding.severity) == ("guards-changed", "error")
    assert name.lower() in finding.message.lower()
    assert "certgen register upgrade" in finding.fix
    open_register(url).close()
    assert not full.audit(noon, lambda _: True).is_clean
    open_register(url, may_upgrade=True).close()
    assert full.audit(noon, lambda _: True).is_clean


SWITCHED = (
    "ALTER TABLE journal DISABLE TRIGGER journal_no_update",
    'CREATE TRIGGER "a ""guest""" AFTER INSERT ON journal FOR EACH ROW EXECUTE FUNCTION refuse()',
)
STRANGERS = (
    'CREATE TRIGGER "a ""guest""" AFTER INSERT ON journal BEGIN SELECT 1; END',
    "CREATE TRIGGER other AFTER INSERT ON records BEGIN DELETE FROM papers; END",
)


@pytest.mark.parametrize("number", [0, 1])
def test_a_guard_switched_off_and_a_stranger_s_trigger_are_found_and_mended(
    full: Register, url: str, noon: datetime, number: int
) -> None:
    database_tool.ask(url, (SWITCHED if is_on_server(url) else STRANGERS)[number])
    assert [each.slug for each in full.audit(noon, lambda _: True).findings] == ["guards-changed"]
    open_register(url, may_upgrade=True).close()
    assert full.audit(noon, lambda _: True).is_clean


@ON_DISK
def test_a_table_that_somebody_changed_is_told(full: Register, url: str, noon: datetime) -> None:
    database_tool.ask(url, "ALTER TABLE journal DROP COLUMN why")
    with pytest.raises(RegisterError, match=r"not as certgen made it.*Somebody changed its tables.*backup"):
        full.audit(noon, lambda _: True)
