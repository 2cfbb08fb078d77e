"""A workbook file that is a zip archive, opened with bounds: nothing is extracted, every byte is counted."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.limits import (
    MAX_EXPANDED_BYTES,
    MAX_EXPANSION_RATIO,
    MAX_PACKAGE_ENTRIES,
    MAX_WHOLE_PART_BYTES,
    RATIO_MATTERS_FROM_BYTES,
)

CHUNK_BYTES = 256 * 1024
DAMAGED = (
    "is damaged or was cut short. Open it in Excel or LibreOffice and save it again, or ask for it again."
)
BOMB = (
    "expands to far more than a workbook holds, so it was not opened."
    " Copy the sheet's cells into a new workbook and send that."
)
_DIRECTORY_ENTRY = b"PK\x01\x02"


class Package:
    """The parts of a zip archive by name; names are looked up without regard to case, as Excel does."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableInputError for an archive that is damaged or has too many entries."""
        if data.count(_DIRECTORY_ENTRY) > MAX_PACKAGE_ENTRIES:
            raise UnreadableInputError(BOMB)
        self._size = len(data)
        self._expanded = 0
        self._packed = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise UnreadableInputError(DAMAGED) from error
        self._parts = {_folded(info.filename): info for info in self._archive.infolist()}

    @property
    def names(self) -> tuple[str, ...]:
        """All part names, lower case, with forward slashes."""
        return tuple(self._parts)

    @property
    def entries(self) -> tuple[zipfile.ZipInfo, ...]:
        """What the archive's directory says of each part, in its order."""
        return tuple(self._parts.values())

    def __contains__(self, name: str) -> bool:
        return _folded(name) in self._parts

    def written_name(self, name: str) -> str:
        """The part's name as the archive writes it; as given for one that is not there."""
        info = self._parts.get(_folded(name))
        return info.filename if info else name

    def stream(self, name: str) -> Iterator[bytes]:
        """The bytes of one part, in pieces.

        Raises UnreadableInputError when the part is missing, damaged, or expands beyond bounds; what the
        archive's headers say of sizes is not believed.
        """
        info = self._parts.get(_folded(name))
        if info is None:
            raise UnreadableInputError(DAMAGED)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableInputError(DAMAGED)
        packed = max(1, min(info.compress_size, self._size))
        self._packed += packed
        produced = 0
        try:
            with self._archive.open(info) as part:
                while piece := part.read(CHUNK_BYTES):
                    produced += len(piece)
                    self._count(len(piece), produced, packed)
                    yield piece
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
            OSError,
        ) as error:
            raise UnreadableInputError(DAMAGED) from error

    def read(self, name: str) -> bytes:
        """One part whole; the same refusals as `stream`, and of a part too large to hold."""
        pieces: list[bytes] = []
        size = 0
        for piece in self.stream(name):
            size += len(piece)
            if size > MAX_WHOLE_PART_BYTES:
                raise UnreadableInputError(BOMB)
            pieces.append(piece)
        return b"".join(pieces)

    def read_beginning(self, name: str) -> bytes:
        """The first piece of one part."""
        return next(self.stream(name), b"")

    def _count(self, size: int, produced: int, packed: int) -> None:
        self._expanded += size
        absurd = _is_absurd(produced, packed) or _is_absurd(self._expanded, self._packed)
        if absurd or self._expanded > MAX_EXPANDED_BYTES:
            raise UnreadableInputError(BOMB)


def resolve_target(source: str, target: str) -> str:
    """The part that a relationship of the part `source` points at."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def _is_absurd(expanded: int, packed: int) -> bool:
    return expanded > RATIO_MATTERS_FROM_BYTES and expanded > packed * MAX_EXPANSION_RATIO


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
