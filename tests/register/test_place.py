"""Where a register lies, and what its address may be."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.errors import RegisterError
from certgen.register import default_url, open_existing, open_register
from certgen.register.advice import check_apart, find_network_share
from certgen.register.place import (
    _is_under_remote_mount,
    _mounts_of_linux,
    is_on_network_share,
    path_of,
    server_of,
)


def test_a_relative_address_opens_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert path_of("sqlite:///office/register.sqlite") == tmp_path / "office" / "register.sqlite"


def test_an_absolute_address_keeps_its_slash(tmp_path: Path) -> None:
    assert path_of(f"sqlite:///{tmp_path / 'a b.sqlite'}") == tmp_path / "a b.sqlite"


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("office.sqlite", "Write sqlite:///office.sqlite"),
        ("sqlite://office.sqlite", "names no file"),
        ("sqlite:///", "names no file"),
        ("mysql://office/register", "not in 'mysql'"),
        ("", "not the address"),
        ("sqlite:///office\0.sqlite", "names no file"),
        ("sqlite:///~nobody-of-this-name/register.sqlite", "home folder of nobody"),
    ],
)
def test_any_other_address_is_refused_with_the_right_spelling(url: str, advice: str) -> None:
    with pytest.raises(RegisterError, match=advice):
        path_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql//anna:secret@office/register",
        "host=office password=secret",
        "anna:secret@office://register",
    ],
)
def test_an_address_that_may_hold_a_password_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(RegisterError, match=r"postgresql://user@host") as refused:
        path_of(url)
    assert "secret" not in str(refused.value)


@given(st.text().map(lambda rest: "sqlite:///" + rest) | st.text())
def test_no_address_makes_anything_but_a_path_or_a_refusal(url: str) -> None:
    with suppress(RegisterError):
        assert path_of(url).is_absolute()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://anna:secret@office/register", "postgresql://anna@office/register"),
        ("postgres://anna:secret@office:5432/register", "postgres://anna@office:5432/register"),
        ("postgresql://:secret@office", "postgresql://office"),
        ("postgresql://anna@office/register?password=secret@x", "postgresql://anna@office/register"),
        ("postgresql:///register?host=/run/secret", "postgresql:///register"),
        (
            "postgresql://anna:secret@[::1]:5432,office/register",
            "postgresql://anna@[::1]:5432,office/register",
        ),
    ],
)
def test_a_server_is_named_without_its_password(url: str, told: str) -> None:
    assert server_of(url) == told


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://anna:secret/register",
        "postgresql://anna:se@cret@office/register",
        "postgresql://anna:sec/ret@office/register",
        "postgresql://anna:secret#@office/register",
        "postgresql:secret",
    ],
)
def test_an_address_that_cannot_be_right_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(RegisterError, match="not one of PostgreSQL") as refusal:
        open_register(url)
    assert "cret" not in str(refusal.value)


def test_the_usual_place_is_a_file_in_the_user_s_own_data_folder() -> None:
    assert default_url().startswith("sqlite:///")
    assert path_of(default_url()).parent.name == "certgen"


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv/office nfs4 rw 0 0
//server/share /media/our\\040files cifs rw 0 0
/dev/sdb1 /srv/office/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/anna/register.sqlite", False),
        ("/srv/office/register.sqlite", True),
        ("/srv/officer/register.sqlite", False),
        ("/srv/office/local/register.sqlite", False),
        ("/media/our files/2026/register.sqlite", True),
    ],
)
def test_a_network_share_is_known_by_its_nearest_mount(tmp_path: Path, path: str, *, expected: bool) -> None:
    table = tmp_path / "mounts"
    table.write_text(MOUNTS, encoding="utf-8")
    assert _is_under_remote_mount(Path(path), _mounts_of_linux(table)) is expected


def test_asking_whether_a_register_exists_makes_none(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office' / 'register.sqlite'}"
    with open_existing(url) as register:
        assert register is None
    assert not list(tmp_path.iterdir())
    open_register(url).close()
    with open_existing(url) as register:
        assert register is not None


def test_a_local_register_needs_no_warning(tmp_path: Path) -> None:
    assert not is_on_network_share(tmp_path / "register.sqlite")
    assert find_network_share(f"sqlite:///{tmp_path}/register.sqlite") is None


def test_a_register_on_a_share_is_warned_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("certgen.register.place._mounts_of_linux", lambda _: {tmp_path.resolve(): "cifs"})
    monkeypatch.setattr("certgen.register.place._mounts_of_macos", lambda: {tmp_path.resolve(): "smbfs"})
    monkeypatch.setattr("certgen.register.place._is_remote_drive", lambda _: True)
    finding = find_network_share(f"sqlite:///{tmp_path}/register.sqlite")
    assert finding is not None
    assert (finding.code, finding.slug) == ("CG701", "register-on-network-share")
    assert str(tmp_path) in finding.message


def test_a_register_inside_the_output_folder_is_refused(tmp_path: Path) -> None:
    check_apart(f"sqlite:///{tmp_path}/register.sqlite", tmp_path / "certificates")
    with pytest.raises(RegisterError, match="inside the output folder"):
        check_apart(f"sqlite:///{tmp_path}/certificates/register.sqlite", tmp_path / "certificates")
