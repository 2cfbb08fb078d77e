"""Where a register lies: its address, the usual place, and whether that is a network share."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from certgen.errors import RegisterError

_SQLITE = "sqlite:///"
_HOST = r"(?:[\w.\-%]*|\[[\w:.%]*\])(?::\d*)?"
_SERVER = (
    rf"(postgres(?:ql)?://)(?:([^\s:@/?#]*)(?::[^\s@/?#]*)?@)?({_HOST}(?:,{_HOST})*(?:/[^\s?#@]*)?)(?:\?\S*)?"
)
_NETWORK_FILE_SYSTEMS = frozenset(
    {"9p", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs"}
    | {"lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs", "vboxsf", "virtiofs"}
)
_DRIVE_REMOTE = 4


def default_url() -> str:
    """The register in the user's own data folder."""
    import platformdirs  # noqa: PLC0415 - only needed without a profile

    folder = platformdirs.user_data_path("certgen", appauthor=False)
    return _SQLITE + (folder / "register.sqlite").as_posix()


def path_of(url: str) -> Path:
    """The file of a `sqlite:///` address; a relative one opens from the working folder.

    Raises RegisterError for any other address; one that may hold a password is not repeated.
    """
    scheme, separator, _ = url.partition("://")
    if re.search("[:@=]", scheme):
        raise RegisterError(
            "This is not the address of a register. Write sqlite:///path/to/register.sqlite for a file, "
            "postgresql://user@host/database for a server."
        )
    if not separator:
        raise RegisterError(f"{url!r} is not the address of a register. Write {_SQLITE}{url} for a file.")
    if scheme != "sqlite":
        raise RegisterError(
            f"Registers are kept in SQLite or PostgreSQL, not in {scheme!r}. Write the address as "
            f"{_SQLITE}path/to/register.sqlite or postgresql://user@host/database."
        )
    path = url.removeprefix(_SQLITE)
    if path == url or not path or "\0" in path:
        raise RegisterError(f"{url!r} names no file. Write {_SQLITE}path/to/register.sqlite.")
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError as error:
        raise RegisterError(f"{url!r} names the home folder of nobody. Write the whole path.") from error


def is_on_server(url: str) -> bool:
    """Whether this is the address of a PostgreSQL server."""
    return url.startswith(("postgresql:", "postgres:"))


def server_of(url: str) -> str:
    """The address of a server as it may be told: without password and settings.

    Raises RegisterError for one that cannot be right; nothing of it is repeated, since it may be a password.
    """
    found = re.fullmatch(_SERVER, url)
    if found is None:
        raise RegisterError(
            "The address of the register is not one of PostgreSQL. "
            "Write postgresql://user@host:5432/database; in a password, letters such as @ / : ? # % are "
            "written as %40 %2F %3A %3F %23 %25, or leave it out and keep it in ~/.pgpass."
        )
    scheme, user, place = found.groups()
    return f"{scheme}{user}@{place}" if user else scheme + place


def real_path(path: Path) -> Path:
    """The path without links; as it stands where links lead nowhere."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def is_there(path: Path) -> bool:
    """Whether there is anything at this path; raises RegisterError where one may not look."""
    try:
        return path.exists()
    except OSError as error:
        raise RegisterError(
            f"The register {path} is out of reach ({error.strerror}). "
            "Get the rights there, or name another place with --register or in the profile."
        ) from error


def is_on_network_share(path: Path) -> bool:
    """Whether the file (or where it would be made) lies on a drive that other machines serve.

    Where the system does not say, the answer is no: it is asked for a warning only.
    """
    path = path.absolute()
    if sys.platform == "win32":
        return _is_remote_drive(path)
    if sys.platform == "darwin":
        return _is_under_remote_mount(path, _mounts_of_macos())
    return _is_under_remote_mount(path, _mounts_of_linux(Path("/proc/self/mounts")))


def _is_under_remote_mount(path: Path, mounts: dict[Path, str]) -> bool:
    real = real_path(path)
    for folder in (real, *real.parents):
        if folder in mounts:
            return mounts[folder] in _NETWORK_FILE_SYSTEMS
    return False


def _mounts_of_linux(table: Path) -> dict[Path, str]:
    """Mount points and their file systems; a space in a path is written there as its octal number."""
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return {}
    fields = [line.split(" ") for line in lines]
    return {Path(_unescape(entry[1])): entry[2] for entry in fields if len(entry) > 2}


def _unescape(text: str) -> str:
    for octal, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(octal, letter)
    return text


def _mounts_of_macos() -> dict[Path, str]:
    """`mount` prints `//user@server/share on /Volumes/share (smbfs, nodev)`."""
    import subprocess  # noqa: PLC0415 - macOS only

    try:
        answer = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return {}
    mounts = {}
    for line in answer.stdout.splitlines():
        place, _, kind = line.partition(" on ")[2].rpartition(" (")
        mounts[Path(place)] = kind.partition(",")[0].rstrip(")")
    return mounts


def _is_remote_drive(path: Path) -> bool:
    if str(path).startswith("\\\\"):
        return True
    import ctypes  # noqa: PLC0415 - Windows only

    kind = ctypes.windll.kernel32.GetDriveTypeW(path.drive + os.sep)  # type: ignore[attr-defined]  # Windows only
    return bool(kind == _DRIVE_REMOTE)
