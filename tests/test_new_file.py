"""What certgen writes for people is there whole or not at all, and never in the place of another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from certgen.errors import OutputError
from certgen.new_file import new_file, write_new_file


def test_it_has_its_name_only_once_everything_is_written(tmp_path: Path) -> None:
    target = tmp_path / "register.csv"
    with new_file(target) as file:
        file.write(b"Serial")
        assert not target.exists()
    assert target.read_bytes() == b"Serial"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_whatever_stops_the_writing_leaves_nothing_behind(tmp_path: Path, stop: type[BaseException]) -> None:
    def write_half() -> None:
        with new_file(tmp_path / "register.csv") as file:
            file.write(b"Serial")
            raise stop

    with pytest.raises(stop):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_another_file_stays_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "mine.csv"
    target.write_bytes(b"mine")
    with pytest.raises(OutputError, match="exists already"):
        write_new_file(target, b"other")
    assert target.read_bytes() == b"mine"


def test_a_file_that_came_meanwhile_stays_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "mine.csv"
    with pytest.raises(OutputError, match="exists already"), new_file(target):
        target.write_bytes(b"mine")
    assert target.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(OutputError, match="exists already"):
        write_new_file(tmp_path / "link.csv", b"text")
    assert not (tmp_path / "elsewhere.csv").exists()


def test_a_folder_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"No such file or directory\. Free space there, or choose a folder"
    ):
        write_new_file(tmp_path / "no" / "register.csv", b"")
