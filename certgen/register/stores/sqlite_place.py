"""Where a register file may lie."""

from __future__ import annotations

from pathlib import Path

from certgen.errors import RegisterError
from certgen.register.place import is_there
from certgen.register.stores import NoRegisterError


def check_place(path: Path, *, must_exist: bool) -> None:
    """Make the folder where it is missing, for its user alone."""
    exists = is_there(path)
    if path.is_dir():
        raise RegisterError(f"{path} is a folder. Name a file for the register: {path / 'register.sqlite'}.")
    if must_exist and not exists:
        raise NoRegisterError(path)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RegisterError(
            f"The folder {path.parent} for the register cannot be made ({error.strerror}). "
            "Get the rights there, or name another place with --register or in the profile."
        ) from error


def _is_no_text(error: Exception) -> bool:
    """Whether a text cannot be read; the driver gives no code then, but the text, which may name parties."""
    return isinstance(error, UnicodeDecodeError) or str(error).startswith("Could not decode to UTF-8")
