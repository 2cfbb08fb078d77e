"""A new file: whole or not at all, and never in the place of another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from certgen.errors import OutputError


@contextmanager
def new_file(target: Path) -> Iterator[IO[bytes]]:
    """A file beside the target to write to, which gets the target's name once everything is written.

    Raises OutputError when anything stands at the target or it cannot be written; whatever stops the writing,
    nothing half written stays behind.
    """
    temporary = target.with_name(f".certgen-{os.getpid()}-{target.name}")
    check_free(target)
    try:
        with temporary.open("xb") as file:
            yield file
        check_free(target)
        temporary.replace(target)
    except OSError as error:
        raise OutputError(
            f"{target} cannot be written: {error.strerror or error}. "
            "Free space there, or choose a folder that takes it."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_new_file(target: Path, content: bytes) -> None:
    """A new file of these bytes; errors as for `new_file`."""
    with new_file(target) as file:
        file.write(content)


def check_free(target: Path) -> None:
    """Raises OutputError when anything stands at the target."""
    if os.path.lexists(target):
        raise OutputError(f"{target} exists already. Choose another name, or move it away first.")
