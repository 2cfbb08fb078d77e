"""A backup made while others write is a whole register; an older register is brought up to date."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import database_tool
import pytest
from postgres_server import Server

from certgen.errors import OutputError, RegisterError, UnreadableInputError
from certgen.register import Owner, Record, Register, Request, open_register
from certgen.register.keeping import back_up, restore
from certgen.register.place import is_on_server, path_of
from certgen.register.stores.schema import VERSION

VERSION_1 = Path(__file__).parent / "registers" / "version-1.sqlite"
HEAD_OF_VERSION_1 = "10ccf22fb7654378d8ff6be65a0230a27ebf8a21835bcffd60388e66394775fa"
HEAD_OF_VERSION_2 = "9c4d41d03342d4b95333fac2b2be12ee895ca1f88c6c3b502f0ce7f8409b9ef0"
Issue = Callable[..., Record]
ON_DISK = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def address(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_backup_is_restored_with_everything_in_it(
    register: Register, issue_one: Issue, tmp_path: Path
) -> None:
    record = issue_one(pdf=b"%PDF original")
    head = back_up(register, tmp_path / "copy.sqlite")
    assert head == register.journal.head()
    place = tmp_path / "new" / "register.sqlite"
    assert restore(tmp_path / "copy.sqlite", address(place)) == head
    with open_register(address(place), must_exist=True) as again:
        assert again.show(record.serial) == record
        assert again.pdf(record.serial) == b"%PDF original"
    assert list(tmp_path.rglob(".certgen-*")) == []


def test_a_backup_made_while_others_write_is_whole(
    register: Register,
    url: str,
    ask: Callable[..., Request],
    anna: Owner,
    noon: datetime,
    tmp_path: Path,
    issue_one: Issue,
) -> None:
    issue_one("first")
    stop = threading.Event()
    counts: list[int] = []

    def write() -> None:
        with open_register(url) as other:
            while not stop.is_set():
                other.reserve([ask(f"W-{len(counts)}")], anna, noon, 60)
                counts.append(1)
                time.sleep(0.005)  # as long as the page of one certificate takes

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            while len(counts) < 3 * number:
                time.sleep(0.005)
            path = tmp_path / f"copy-{number}.sqlite"
            head = back_up(register, path)
            with open_register(address(path), must_exist=True) as copy:
                assert copy.audit(noon, lambda _: True).is_clean
                assert copy.journal.head() == head
    finally:
        stop.set()
        writer.join()
    assert len(counts) > 10


def test_a_backup_replaces_no_file(register: Register, issue_one: Issue, tmp_path: Path) -> None:
    issue_one()
    (tmp_path / "mine").write_bytes(b"mine")
    with pytest.raises(OutputError, match="stands already"):
        back_up(register, tmp_path / "mine")
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_a_register_whose_journal_is_broken_makes_no_backup(
    register: Register, issue_one: Issue, tool: Callable[[str], None], tmp_path: Path
) -> None:
    issue_one()
    tool("UPDATE journal SET user = 'nobody' WHERE entry = 1")
    with pytest.raises(RegisterError, match="line 1 of its journal"):
        back_up(register, tmp_path / "copy.sqlite")
    assert list(tmp_path.glob("*copy*")) == []


def test_nothing_is_restored_over_a_register(
    register: Register, url: str, issue_one: Issue, tmp_path: Path
) -> None:
    record = issue_one()
    back_up(register, tmp_path / "copy.sqlite")
    with pytest.raises(RegisterError, match="is left as it is"):
        restore(tmp_path / "copy.sqlite", url)
    assert register.show(record.serial) == record


def test_what_is_no_backup_is_not_restored(tmp_path: Path) -> None:
    place = address(tmp_path / "new" / "register.sqlite")
    with pytest.raises(UnreadableInputError, match="no such file"):
        restore(tmp_path / "nothing.sqlite", place)
    (tmp_path / "letter.txt").write_text("Dear Anna, " * 100, encoding="utf-8")
    with pytest.raises(RegisterError, match=r"letter\.txt is damaged, or no register at all"):
        restore(tmp_path / "letter.txt", place)
    assert not (tmp_path / "new" / "register.sqlite").exists()


def test_a_backup_with_columns_of_a_stranger_s_is_not_restored(
    register: Register, issue_one: Issue, postgres_server: Server, tmp_path: Path
) -> None:
    issue_one()
    back_up(register, tmp_path / "copy.sqlite")
    forged = "ALTER TABLE extracts ADD COLUMN 'x\") VALUES (1); --' TEXT"
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as tool:
        tool.execute(forged)
        tool.execute("INSERT INTO extracts VALUES (1, '', '', '', '', '', '', '', '')")
        tool.commit()
    with pytest.raises(RegisterError, match="not those of a register"):
        restore(tmp_path / "copy.sqlite", postgres_server.new_database())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(VERSION_1, tmp_path / "old.sqlite"))


def test_a_register_of_an_older_certgen_is_refused_with_the_command_to_run(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(RegisterError, match="certgen register upgrade"):
        open_register(address(old))
    assert old.read_bytes() == before


def test_an_upgraded_register_keeps_its_records_and_its_journal(
    old: Path, ask: Callable[..., Request], anna: Owner, noon: datetime
) -> None:
    with open_register(address(old), may_upgrade=True) as register:
        assert register.versions == (1, VERSION)
        assert register.journal.head().hash == HEAD_OF_VERSION_1
        first, second = reversed(register.list_records())
        assert register.pdf(first.serial) == b"%PDF original"
        assert register.audit(noon, lambda _: True).is_clean
        register.void(first.serial, "cancelled", anna, noon)
        assert register.reserve([ask("S-3")], anna, noon, 60)[0].number == second.number + 1
        assert register.audit(noon, lambda _: True).is_clean
    with open_register(address(old)) as again:
        assert again.versions == (VERSION, VERSION)


@ON_DISK
def test_an_upgraded_register_has_the_tables_of_a_new_one(old: Path, register: Register, url: str) -> None:
    open_register(address(old), may_upgrade=True).close()

    def tables(path: Path) -> set[tuple[str, ...]]:
        with closing(sqlite3.connect(path)) as tool:
            return set(tool.execute("SELECT type, name, sql FROM sqlite_master").fetchall())

    assert tables(old) == tables(path_of(url))


def test_a_backup_of_an_older_certgen_is_restored_up_to_date(old: Path, tmp_path: Path) -> None:
    place = address(tmp_path / "register.sqlite")
    assert restore(old, place).hash == HEAD_OF_VERSION_1
    with open_register(place) as register:
        assert register.versions == (VERSION, VERSION)


def test_what_was_split_before_is_found_by_its_bytes_once_upgraded(url: str, noon: datetime) -> None:
    """Version 2 on both stores, with a certificate of each standing."""
    if is_on_server(url):
        database_tool.load_dump(url, (VERSION_1.parent / "version-2.sql").read_text(encoding="utf-8"))
    else:
        path_of(url).parent.mkdir()
        shutil.copy(VERSION_1.parent / "version-2.sqlite", path_of(url))
    with pytest.raises(RegisterError, match="certgen register upgrade"):
        open_register(url)
    with open_register(url, may_upgrade=True) as register:
        assert register.versions == (2, VERSION)
        assert register.journal.head().hash == HEAD_OF_VERSION_2
        assert register.audit(noon, lambda _: True).is_clean
        found = [register.find_with_hash(letter * 64) for letter in "cd"]
        assert [(each.status, each.sha256[0]) for each in found if each] == [("void", "c"), ("issued", "d")]
        assert [record.key.reference for record in register.list_records(text="s-3")] == ["S-3", "S-3"]
        assert register.audit(noon, lambda _: True).extracts == {"issued": 1, "void": 1}
        extracts = list(register.each_extract())
        assert {record.extract_of for record in extracts} <= {each.serial for each in register.list_records()}
        assert all(record in register.list_records() for record in extracts)


def test_a_backup_that_cannot_be_written_is_told_of_its_own_name(
    register: Register, issue_one: Issue, tmp_path: Path
) -> None:
    issue_one()
    (tmp_path / "a file").write_text("where a folder should be", encoding="utf-8")
    for target in (tmp_path / "a file" / "copy.sqlite", tmp_path / ("c" * 250 + ".sqlite")):
        with pytest.raises(OutputError, match="cannot be written") as told:
            back_up(register, target)
        assert str(target) in str(told.value)
        assert ".certgen-" not in str(told.value)
        assert "Choose another place" in str(told.value)
