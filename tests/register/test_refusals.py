"""Whatever is wrong with the file, its place or its disk is told in a sentence; nothing is half done."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from certgen.errors import RegisterError
from certgen.register import Done, Owner, Patience, Record, Register, Request, open_register
from certgen.register.place import path_of

Ask = Callable[..., Request]


def address(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return address(tmp_path / "office" / "register.sqlite")


def a_pdf_like_no_other(number: int) -> bytes:
    """Bytes that can be neither packed nor shared."""
    return hashlib.shake_256(bytes([number])).digest(40_000)


def test_a_register_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"There is no register at .*none\.sqlite.*--register"):
        open_register(address(tmp_path / "none.sqlite"), must_exist=True)
    assert not list(tmp_path.iterdir())


def test_a_text_file_is_not_a_register(tmp_path: Path) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_text("Dear Anna, " * 100, encoding="utf-8")
    with pytest.raises(RegisterError, match=r"letter\.sqlite is damaged, or no register at all.*backup"):
        open_register(address(path))
    assert path.read_text(encoding="utf-8") == "Dear Anna, " * 100


def test_a_register_whose_making_was_stopped_is_made_by_the_next_run(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("certgen.register.stores.sqlite.SqliteStore._take_steps", stop)
        with pytest.raises(KeyboardInterrupt):
            open_register(url)
    assert not path_of(url).exists()
    open_register(url).close()
    assert [path.name for path in path_of(url).parent.iterdir()] == ["register.sqlite"]


def test_where_the_disk_gives_no_second_name_a_register_is_made_in_its_place(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("certgen.register.stores.sqlite_place.os.link", refuse)
    told: list[str] = []
    open_register(url, patience=Patience(tell=told.append)).close()
    open_register(url, must_exist=True).close()
    assert len(told) == 1
    assert [path.name for path in path_of(url).parent.iterdir()] == ["register.sqlite"]


@pytest.mark.parametrize("must_exist", [True, False])
def test_a_register_that_was_emptied_does_not_begin_again_at_1(
    url: str, monkeypatch: pytest.MonkeyPatch, *, must_exist: bool
) -> None:
    monkeypatch.setattr("certgen.register.stores.sqlite_place._PAUSE_SECONDS", 0.001)
    path_of(url).parent.mkdir()
    path_of(url).touch()
    with pytest.raises(RegisterError, match=r"is an empty file.*last backup.*remove the file"):
        open_register(url, must_exist=must_exist)
    assert path_of(url).stat().st_size == 0


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "stock.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE stock (item TEXT)")
    with pytest.raises(RegisterError, match="is a database, but not a register"):
        open_register(address(path))
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("stock",)]


def test_a_register_of_a_newer_certgen_is_refused_with_the_command_to_run(
    register: Register, url: str
) -> None:
    with closing(sqlite3.connect(path_of(url))) as tool:
        tool.execute("PRAGMA user_version = 99")
    with pytest.raises(RegisterError, match=r"newer certgen.*pip install --upgrade certgen"):
        open_register(url)


def test_a_register_torn_in_the_middle_says_so(
    register: Register, url: str, issue_one: Callable[..., Record]
) -> None:
    for number in range(30):
        record = issue_one(f"S-{number}", pdf=a_pdf_like_no_other(number))
    register.close()
    content = bytearray(path_of(url).read_bytes())
    half = len(content) // 2
    content[half:] = b"\xa5" * (len(content) - half)
    path_of(url).write_bytes(content)
    with open_register(url) as torn, pytest.raises(RegisterError, match="is damaged, or no register at all"):
        torn.pdf(record.serial)


def test_a_register_torn_at_its_beginning_does_not_open(
    register: Register, url: str, issue_one: Callable[..., Record]
) -> None:
    issue_one()
    register.close()
    content = path_of(url).read_bytes()
    path_of(url).write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    with pytest.raises(RegisterError, match="is damaged, or no register at all"):
        open_register(url)
    assert path_of(url).read_bytes()[:4096] == content[:4096]


def test_a_record_edited_into_nonsense_says_so(
    register: Register, tool: Callable[[str], None], issue_one: Callable[..., Record]
) -> None:
    record = issue_one()
    tool("UPDATE records SET issue_date = 'soon'")
    with pytest.raises(RegisterError, match=f"record '{record.serial}' in the register is damaged"):
        register.show(record.serial)


def test_a_text_of_bytes_that_are_no_letters_says_so_and_repeats_nothing_of_it(
    register: Register, tool: Callable[[str], None], issue_one: Callable[..., Record]
) -> None:
    record = issue_one()
    tool("UPDATE papers SET paper = CAST(x'526f73611fff' AS TEXT)")
    with pytest.raises(RegisterError, match=r"is damaged.*a text in it has bytes.*last backup") as refusal:
        register.show(record.serial)
    assert "Rosa" not in str(refusal.value)


def test_a_register_whose_tables_are_named_in_no_letters_does_not_open(url: str, register: Register) -> None:
    register.close()
    content = path_of(url).read_bytes()
    path_of(url).write_bytes(content.replace(b"tablerecords", b"tablerec\xfcrds"))
    with pytest.raises(RegisterError, match="is damaged, or no register at all"):
        open_register(url)


def test_a_pending_certificate_has_no_pdf_yet(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    (record,) = register.reserve([ask()], anna, noon, 60)
    with pytest.raises(RegisterError, match="not issued yet"):
        register.pdf(record.serial)


def test_a_folder_is_not_a_register(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"is a folder.*register\.sqlite"):
        open_register(address(tmp_path))


def test_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"is out of reach|cannot be opened"):
        open_register(address(tmp_path / ("r" * 5000)))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(RegisterError, match=r"The folder .*desk.* cannot be made"):
        open_register(address(tmp_path / "desk" / "deeper" / "register.sqlite"))


def test_a_register_that_may_only_be_read_is_read_and_not_written(
    register: Register, url: str, ask: Ask, issue_one: Callable[..., Record], anna: Owner, noon: datetime
) -> None:
    """SQLite's own switch stands in for file rights, which do not bind an administrator."""
    record = issue_one("A")
    register._store.run("PRAGMA query_only = ON")
    assert register.pdf(record.serial)
    with pytest.raises(RegisterError, match="may only be read"):
        register.reserve([ask("B")], anna, noon, 60)


def test_a_register_in_use_is_waited_for_and_then_told(
    register: Register, url: str, ask: Ask, anna: Owner, noon: datetime
) -> None:
    with (
        open_register(url, patience=Patience(0.1)) as impatient,
        register._store.transaction(),
        pytest.raises(RegisterError, match=r"is in use and no turn came.*Wait"),
    ):
        impatient.reserve([ask()], anna, noon, 60)
    with open_register(url) as register_again:
        assert register_again.reserve([ask()], anna, noon, 60)[0].number == 1


def test_a_full_disk_takes_no_number(
    register: Register, ask: Ask, issue_one: Callable[..., Record], anna: Owner, noon: datetime
) -> None:
    (record,) = register.reserve([ask("A")], anna, noon, 60)
    pages = register._store.rows("PRAGMA page_count")[0]["page_count"]
    register._store.run(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(RegisterError, match=r"no room left on its disk.*no serial is lost"):
        register.issue([Done(record.serial, a_pdf_like_no_other(1), 1)], anna, noon)
    with pytest.raises(RegisterError, match="no room left on its disk"):
        register.reserve([ask(f"S-{number}", paper="{}" * 5000) for number in range(9)], anna, noon, 60)
    register._store.run(f"PRAGMA max_page_count = {pages + 1000}")
    assert register.reserve([ask("B")], anna, noon, 60)[0].number == 2
    register.issue([Done(record.serial, a_pdf_like_no_other(1), 1)], anna, noon)


def test_an_unknown_serial_is_refused_with_the_nearest(
    register: Register, issue_one: Callable[..., Record]
) -> None:
    with pytest.raises(RegisterError, match="The register is empty"):
        register.show("COI.CA-ORG-006.2026.0000002")
    for number in range(12):
        issue_one(f"S-{number}")
    with pytest.raises(RegisterError, match=r"Did you mean COI\.CA-ORG-006\.2026\.0000002"):
        register.show("coi.ca-org-006.2026.000002")
