"""The status list: serials, where each stands and the hashes of its PDF, for those who have no register."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from certgen.errors import UnreadableInputError
from certgen.new_file import new_file
from certgen.register.journal import Head
from certgen.register.records import Status
from certgen.register.standing import Standing

_FORMAT = "certgen-status-list"
_VERSION = 1
_COLUMNS = tuple(item.name for item in fields(Standing))


class StatusList:
    """A status list as it was read: what was known at one moment."""

    def __init__(self, as_of: datetime, standings: Iterable[Standing]) -> None:
        self.as_of = as_of
        self._by_serial: dict[str, Standing] = {}
        self._by_hash: dict[str, Standing] = {}
        for standing in standings:
            self._by_serial[standing.serial] = standing
            for sha256 in (*standing.earlier, standing.sha256, standing.sealed_sha256):
                self._by_hash[sha256] = standing

    def find_with_hash(self, sha256: str) -> Standing | None:
        """The certificate that went out as these bytes."""
        return self._by_hash.get(sha256)

    def find_standing(self, serial: str) -> Standing | None:
        """Where the certificate with this serial stands."""
        return self._by_serial.get(serial)


def write_status_list(target: Path, standings: Iterable[Standing], head: Head, now: datetime) -> int:
    """Write the list to a new file; returns how many it holds. Raises OutputError."""
    with new_file(target) as file, TextIOWrapper(file, "utf-8", newline="\n") as text:
        return _write(text, standings, head, now)


def _write(file: TextIO, standings: Iterable[Standing], head: Head, now: datetime) -> int:
    """One certificate a line, so that two lists can be compared."""
    top = {
        "format": _FORMAT,
        "version": _VERSION,
        "as_of": now.astimezone(UTC).isoformat(timespec="seconds"),
        "head": f"{head.entry}:{head.hash}",
        "columns": _COLUMNS,
    }
    file.write(json.dumps(top)[:-1] + ', "certificates": [')
    count = 0
    for count, standing in enumerate(standings, 1):
        row = [getattr(standing, name) for name in _COLUMNS]
        while not row[-1]:
            row.pop()
        file.write(",\n" if count > 1 else "\n")
        file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    file.write("\n]}\n")
    return count


def read_status_list(path: Path) -> StatusList:
    """Raises UnreadableInputError for a file that cannot be read or is no status list of this version."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableInputError(f"{path}: cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(f"{path}: is not a status list. {_ADVICE}") from error
    try:
        return _read(content)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableInputError(
            f"{path}: is not a status list that this certgen reads. {_ADVICE}"
        ) from error


_ADVICE = "Ask the certifier for one made with: certgen register export --status-list FILE"


def _read(content: dict[str, Any]) -> StatusList:
    if (content["format"], content["version"], tuple(content["columns"])) != (_FORMAT, _VERSION, _COLUMNS):
        raise ValueError(content["version"])
    as_of = datetime.fromisoformat(content["as_of"]).astimezone(UTC)
    return StatusList(as_of, [_standing(row) for row in content["certificates"]])


def _standing(row: list[Any]) -> Standing:
    values = dict(zip(_COLUMNS, row, strict=False))
    earlier = values.pop("earlier", [])
    if not all(isinstance(value, str) for value in (*values.values(), *earlier)):
        raise TypeError(row)
    return Standing(**{**values, "status": Status(values["status"]), "earlier": tuple(earlier)})
