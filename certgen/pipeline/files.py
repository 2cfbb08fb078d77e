"""Writing finished certificates: safe names, a temporary file, one sync for the group, a rename."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from certgen.errors import OutputError
from certgen.forms.file_names import open_file_name
from certgen.forms.paper import Paper

RESERVED_NAMES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)),
}
LONGEST_NAME_BYTES = 180
TEMPORARY_PREFIX = ".certgen-"


def safe_name(text: str, longest_bytes: int = LONGEST_NAME_BYTES) -> str:
    """A file name from what a user wrote, usable on every system and never a path.

    Letters of any script stay; whatever a file system may stumble over becomes `-`.
    """
    kept = unicodedata.normalize("NFC", text)
    kept = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', "-", kept)
    kept = re.sub(r"\s+", " ", kept).strip(" .-")
    kept = kept.encode()[:longest_bytes].decode(errors="ignore").rstrip(" .-")
    if not kept or kept.split(".")[0].lower() in RESERVED_NAMES:
        return f"certificate {kept}".strip()
    return kept


def output_name_of(paper: Paper) -> str:
    """What the form calls the file of this paper, its serial left open."""
    return open_file_name(
        paper.form.output_name,
        form=paper.form.id,
        variant=paper.variant.name if paper.variant else "",
        reference=paper.consignment.name,
        part=paper.part,
        exporter=paper.consignment.exporter.name,
    )


def prepare_folder(folder: Path) -> None:
    """Make the output folder, and know that files can be written there, before any number is given."""
    probe = folder / f"{TEMPORARY_PREFIX}probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise _cannot_write(folder, error) from error


def write_files(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write a group of new files so that each is there whole or not at all; existing ones stay untouched.

    Raises OutputError (nothing temporary stays behind).
    """
    written: list[tuple[Path, Path]] = []
    try:
        for path, content in files:
            temporary = path.with_name(f"{TEMPORARY_PREFIX}{os.getpid()}-{path.name}")
            written.append((temporary, path))
            temporary.write_bytes(content)
        for temporary, _ in written:
            _sync(temporary)
        for temporary, path in written:
            temporary.replace(path)
        for folder in {path.parent for _, path in written}:
            _sync_folder(folder)
    except OSError as error:
        raise _cannot_write(Path(error.filename or files[0][0]), error) from error
    finally:
        for temporary, _ in written:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def has_content(path: Path, sha256: str) -> bool:
    """Whether a file with exactly these bytes stands there; raises OutputError when it cannot be read."""
    return not path.is_dir() and hashlib.sha256(read_file(path)).hexdigest() == sha256


def in_the_way(path: Path) -> str:
    """Why a file was not written where another one, or a folder, stands."""
    what = "a folder" if path.is_dir() else "another file"
    return f"{what} stands at {path} and is left as it is. Move it away and run again"


def read_file(path: Path) -> bytes:
    """What an earlier run wrote there; raises OutputError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be read ({error.strerror}). Make it readable or move it away, and run again."
        ) from error


def sweep_leftovers(folder: Path, name: str) -> None:
    """Remove what a run that no longer lives left here of the file `name`."""
    for leftover in folder.glob(f"{TEMPORARY_PREFIX}*"):
        if leftover.name.endswith(f"-{name}"):
            with suppress(OSError):
                leftover.unlink()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # other systems cannot open a folder, and write its entries through
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot be written ({error.strerror}). Free space or choose another folder with --out, "
        "then run the same command again: every number already given is kept for its certificate."
    )
