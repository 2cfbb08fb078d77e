"""File rights and full disks as Linux and macOS have them (conftest leaves this out on Windows)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from certgen.errors import RegisterError
from certgen.register import Owner, Register, Request, open_register
from certgen.register.place import path_of

NOBODY = 65534
ON_DISK = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

UNTIL_THE_DISK_IS_FULL = """
import resource, runpy, sys
from certgen.errors import RegisterError
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
office = runpy.run_path(sys.argv[1])
try:
    office["main"](sys.argv[2], "full", 10_000, 3)
except RegisterError as error:
    sys.exit(str(error))
"""


@contextmanager
def without_an_administrator_s_rights() -> Iterator[None]:
    """File rights do not bind an administrator, so one works as nobody meanwhile."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.fixture
def office() -> Iterator[Path]:
    """A folder that everybody may enter, whoever the test works as."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    for entry in folder.iterdir():
        entry.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_register_is_read_and_not_written(
    office: Path, ask: Callable[..., Request], anna: Owner, noon: datetime
) -> None:
    url = f"sqlite:///{office / 'register.sqlite'}"
    with open_register(url) as register:
        (record,) = register.reserve([ask("A")], anna, noon, 60)
    (office / "register.sqlite").chmod(0o444)
    office.chmod(0o555)
    with without_an_administrator_s_rights(), open_register(url, must_exist=True) as register:
        assert register.show(record.serial) == record
        with pytest.raises(RegisterError, match="may only be read"):
            register.reserve([ask("B")], anna, noon, 60)


def test_a_folder_that_may_not_be_entered_is_told(office: Path) -> None:
    (office / "closed").mkdir(mode=0o700)
    office.joinpath("closed").chmod(0o000)
    with (
        without_an_administrator_s_rights(),
        pytest.raises(RegisterError, match=r"is out of reach \(Permission denied\)"),
    ):
        open_register(f"sqlite:///{office / 'closed' / 'register.sqlite'}", must_exist=True)
    with (
        without_an_administrator_s_rights(),
        pytest.raises(RegisterError, match=r"is out of reach \(Permission denied\)"),
    ):
        open_register(f"sqlite:///{office / 'closed' / 'register.sqlite'}")


def test_a_folder_that_may_only_be_read_takes_no_register(office: Path) -> None:
    office.chmod(0o555)
    with without_an_administrator_s_rights():
        with pytest.raises(RegisterError, match=r"register\.sqlite cannot be opened"):
            open_register(f"sqlite:///{office / 'register.sqlite'}")
        with pytest.raises(RegisterError, match=r"The folder .* cannot be made \(Permission denied\)"):
            open_register(f"sqlite:///{office / 'deeper' / 'register.sqlite'}")


@ON_DISK
def test_a_file_that_may_not_grow_is_told_and_finished_later(url: str) -> None:
    office = str(Path(__file__).with_name("run_office.py"))
    full = subprocess.run(
        [sys.executable, "-c", UNTIL_THE_DISK_IS_FULL, office, url],
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 1
    assert "its disk is full, failing or gone" in full.stderr
    assert "Traceback" not in full.stderr
    subprocess.run([sys.executable, office, url, "later", "1", "3"], check=True, capture_output=True)
    with open_register(url, must_exist=True) as register:
        records = register.list_records(limit=100_000)
        assert sorted(record.number for record in records) == list(range(1, len(records) + 1))
        assert not register.list_records(status="pending")
        assert register.journal.find_first_false_line() is None


@ON_DISK
def test_a_new_folder_is_for_its_user_alone(register: Register, url: str) -> None:
    assert path_of(url).parent.stat().st_mode & 0o777 == 0o700


BACK_UP_TO_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from certgen.errors import RegisterError
from certgen.register import open_register
from certgen.register.keeping import back_up
with open_register(sys.argv[1]) as register:
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
    try:
        back_up(register, Path(sys.argv[2]))
    except RegisterError as error:
        sys.exit(str(error))
"""


@ON_DISK
def test_a_backup_for_which_there_is_no_room_does_not_blame_the_register_s_disk(
    register: Register, url: str, tmp_path: Path
) -> None:
    target = tmp_path / "copies" / "copy.sqlite"
    words = [sys.executable, "-c", BACK_UP_TO_A_FULL_DISK, url, str(target)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "cannot be copied" in done.stderr
    assert "room for the copy" in done.stderr
    assert list(target.parent.iterdir()) == []
