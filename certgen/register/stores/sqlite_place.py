"""Where a register file may lie."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from certgen.errors import RegisterError
from certgen.register.place import is_there
from certgen.register.stores import NoRegisterError

_MOST_LOOKS = 50
_PAUSE_SECONDS = 0.1


def check_place(path: Path, *, must_exist: bool) -> None:
    """Make the folder where it is missing, for its user alone."""
    exists = is_there(path)
    if path.is_dir():
        raise RegisterError(f"{path} is a folder. Name a file for the register: {path / 'register.sqlite'}.")
    if must_exist and not exists:
        raise NoRegisterError(path)
    if exists:
        _check_not_emptied(path)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RegisterError(
            f"The folder {path.parent} for the register cannot be made ({error.strerror}). "
            "Get the rights there, or name another place with --register or in the profile."
        ) from error


def place_beside(path: Path) -> Path:
    """Where a register is made before it gets its name: one place for all, so that each goes on with it."""
    return path.with_name(f".certgen-making-{path.name}")


def put_in_place(path: Path) -> bool:
    """Give the register beside it its name; False where one has it, or the disk gives no second name.

    It is then made in its place.
    """
    try:
        os.link(place_beside(path), path)
    except OSError:
        return False
    return True


def sweep_beside(path: Path) -> None:
    """Remove what was made beside a register that stands: nothing can come of it any more."""
    beside = place_beside(path)
    for each in (beside, beside.with_name(f"{beside.name}-journal")):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _check_not_emptied(path: Path) -> None:
    """A register that is just being made is an empty file for a moment; one that stays so was emptied.

    Numbers given from it would begin at 1 again.
    """
    for _ in range(_MOST_LOOKS):
        if path.stat().st_size:
            return
        time.sleep(_PAUSE_SECONDS)
    raise RegisterError(
        f"The register {path} is an empty file: what stood in it is gone, or its making was cut off. Put the "
        "last backup in its place. Only if no certificate was ever numbered there, remove the file."
    )
