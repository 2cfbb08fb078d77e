"""Keeping the register: a copy made while others write, and the copy put in the place of what was lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from certgen.errors import OutputError, RegisterError, UnreadableInputError
from certgen.register.journal import Head
from certgen.register.ledger import Register, open_register
from certgen.register.place import is_on_server, is_there, path_of


def back_up(register: Register, target: Path) -> Head:
    """Write a copy of the register, prove it, and return the head of its journal.

    Others may go on writing meanwhile. Raises OutputError when the file cannot be written or stands already.
    """
    temporary = target.with_name(f".certgen-{os.getpid()}-{target.name}")
    try:
        _check_free(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch()
        temporary.unlink()
        register.copy_to(temporary)
        head = _prove(temporary)
        _put(temporary, target)
    except OSError as error:
        raise OutputError(_unwritten(target, error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return head


def restore(backup: Path, url: str) -> Head:
    """Put a backup where no register stands, proved first, and return the head of its journal.

    Raises UnreadableInputError when the backup cannot be read, RegisterError when it is none or when anything
    stands at the address, OutputError when it cannot be written there.
    """
    if not backup.is_file():
        raise UnreadableInputError(f"{backup}: there is no such file.")
    if is_on_server(url):
        return _restore_on_server(backup, url)
    target = path_of(url)
    if is_there(target) or is_there(target.with_name(target.name + "-journal")):
        raise RegisterError(
            f"A register stands at {target} and is left as it is. Move it away, and keep it, "
            "before a backup is put in its place."
        )
    temporary = target.with_name(f".certgen-{os.getpid()}-{target.name}")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(backup, temporary)
        head = _prove_backup(temporary, backup)
        _put(temporary, target)
    except OSError as error:
        raise OutputError(_unwritten(target, error)) from error
    finally:
        temporary.unlink(missing_ok=True)
    return head


def _restore_on_server(backup: Path, url: str) -> Head:
    with tempfile.TemporaryDirectory(prefix="certgen-") as folder:
        copy = Path(shutil.copy(backup, folder))
        head = _prove_backup(copy, backup)
        with open_register(_address(copy), must_exist=True) as proved, open_register(url) as register:
            register.take_over(proved)
    return head


def _prove_backup(copy: Path, backup: Path) -> Head:
    """The head of a copy of the backup; what is wrong is told of the backup, which the user knows."""
    try:
        return _prove(copy)
    except RegisterError as error:
        raise RegisterError(str(error).replace(str(copy), str(backup))) from error


def _address(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def _prove(path: Path) -> Head:
    """The head of a register whose journal is whole; one of an older certgen is brought up to date."""
    with open_register(_address(path), must_exist=True, may_upgrade=True) as copy:
        false_line = copy.journal.find_first_false_line()
        if false_line is not None:
            raise RegisterError(
                f"The copy is not sound: line {false_line} of its journal is not what was written then. "
                "Run certgen register audit on the register, and look for an older backup."
            )
        return copy.journal.head()


def _put(temporary: Path, target: Path) -> None:
    """Sync the file and give it its name, which nothing may have taken meanwhile."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    _check_free(target)
    temporary.replace(target)


def _unwritten(target: Path, error: OSError) -> str:
    return (
        f"{target}: cannot be written ({error.strerror}). Choose another place, or get room and rights there."
    )


def _check_free(target: Path) -> None:
    if target.exists():
        raise OutputError(f"{target}: stands already and is left as it is. Choose another name.")
