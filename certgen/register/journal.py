"""The journal of the register: a line for every act, each chained to the one before by its hash.

Whoever keeps a copy of the head (the last line's hash) elsewhere can prove later that no line before it was
changed, left out or put in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from certgen.register.records import Owner, Record
from certgen.register.rows import Row, storable, time_as_text
from certgen.register.stores import each_page

if TYPE_CHECKING:
    from certgen.register.stores import Store


class Act(StrEnum):
    """What can be done to a certificate, and what can be said of the journal."""

    RESERVE = "reserve"
    ADOPT = "adopt"
    ISSUE = "issue"
    COMPLETE = "complete"
    REPLACE = "replace"
    VOID = "void"
    EXTRACT = "extract"
    DEPLETE = "deplete"
    REOPEN = "reopen"
    SEAL = "seal"
    MEND = "mend"
    ACKNOWLEDGE = "acknowledge"


# Columns of the register's later versions: an empty one is no part of a line's hash, so that lines written
# before there were such columns keep theirs.
_LATER = frozenset(
    {"other", "why", "data_sha256", "input_sha256_before", "pdf_sha256_before", "sealed_sha256"}
)
# What somebody wrote there by hand may be of any type: it is no reason to stop, and has another hash.
_AS_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str).encode


class Line(NamedTuple):
    """One line of the journal, as it stands there."""

    entry: int
    act: str
    serial: str
    time: str
    issue_date: str
    user: str
    machine: str
    process: int
    command: str
    version: str
    form: str
    edition: str
    form_hash: str
    fingerprint: str
    input_sha256: str
    pdf_sha256: str
    other: str
    why: str
    data_sha256: str
    input_sha256_before: str
    pdf_sha256_before: str
    sealed_sha256: str
    previous_hash: str
    hash: str

    def as_record(self) -> dict[str, Any]:
        """The line as `--json` prints it."""
        return self._asdict()


_SAID = tuple(name for name in Line._fields if name not in ("entry", "previous_hash", "hash"))


@dataclass(frozen=True, slots=True)
class Head:
    """The last line: how many there are, and the hash that stands for them all."""

    entry: int = 0
    hash: str = ""


class Journal:
    """The journal of one register; lines are only ever added, within the act's own transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self, act: Act, record: Record, owner: Owner, now: datetime, *, why: str = "", **more: str
    ) -> None:
        """Add the line of an act.

        `more` may name the `other` certificate it concerns, and the hashes of input and PDF before it
        (`input_sha256_before`, `pdf_sha256_before`).
        """
        said = {
            "why": storable(why),
            "data_sha256": data_sha256(record),
            "sealed_sha256": record.sealed_sha256,
        }
        later = dict.fromkeys(_LATER, "") | said | more
        self._append(_line(act, record, owner, now) | later)

    def add_again(self, act: Act, last: Line, owner: Owner, now: datetime, *, why: str = "") -> None:
        """Add the line of an act upon what the `last` line was about."""
        acting = {"act": str(act), "time": time_as_text(now), "why": storable(why)} | _actor(owner)
        self._append({**last.as_record(), **acting})

    def add_remark(self, act: Act, other: str, owner: Owner, now: datetime, *, why: str) -> None:
        """Add the line of an act that is about no certificate."""
        said = {"act": str(act), "time": time_as_text(now), "other": other, "why": storable(why)}
        self._append(dict.fromkeys(_SAID, "") | _actor(owner) | said)

    def _append(self, line: Row) -> None:
        head = self.head()
        chained = {**line, "entry": head.entry + 1, "previous_hash": head.hash}
        self._store.insert("journal", chained | {"hash": _hash(chained)})

    def head(self) -> Head:
        rows = self._store.rows("SELECT entry, hash FROM journal ORDER BY entry DESC LIMIT 1")
        return Head(**rows[0]) if rows else Head()

    def lines(self) -> Iterator[Row]:
        pages = each_page(self._store, "SELECT * FROM journal WHERE entry > ? ORDER BY entry")
        return chain.from_iterable(pages)

    def lines_of(self, serial: str) -> tuple[Line, ...]:
        """What was done to one certificate, in its order."""
        sql = "SELECT * FROM journal WHERE serial = ? ORDER BY entry"
        return tuple(Line(**row) for row in self._store.rows(sql, storable(serial)))

    def find_first_false_line(self) -> int | None:
        """The first line that is not what was written then, or does not follow the one before it."""
        before = Head()
        for line in self.lines():
            if not follows(line, before):
                return before.entry + 1
            before = Head(line["entry"], line["hash"])
        return None


def follows(line: Row, before: Head) -> bool:
    """Whether a line is what was written then, and stands right after this one."""
    place = (line["entry"], line["previous_hash"]) == (before.entry + 1, before.hash)
    return place and bool(line["hash"] == _hash(line))


def data_sha256(record: Record) -> str:
    """SHA-256 of what the certificate was made of: its key, its variant and its paper."""
    key = record.key
    said = [key.issuer, key.form, key.exporter, key.reference, key.part, record.variant, record.paper]
    return hashlib.sha256(_AS_JSON([storable(each) for each in said]).encode("ascii")).hexdigest()


def _line(act: Act, record: Record, owner: Owner, now: datetime) -> Row:
    line = {
        "act": str(act),
        "serial": record.serial,
        "time": time_as_text(now),
        "issue_date": record.issue_date.isoformat(),
        **_actor(owner),
        "form": record.key.form,
        "edition": record.edition,
        "form_hash": record.form_hash,
        "fingerprint": record.fingerprint,
        "input_sha256": record.input_sha256,
        "pdf_sha256": record.pdf_sha256,
    }
    return {name: storable(value) for name, value in line.items()}


def _actor(owner: Owner) -> Row:
    names = ("user", "machine", "process", "command", "version")
    return {name: storable(getattr(owner, name)) for name in names}


def _hash(line: Row) -> str:
    """SHA-256 of the line as JSON, keys in order, without its own hash."""
    said = {name: value for name, value in line.items() if (value or name not in _LATER) and name != "hash"}
    return hashlib.sha256(_AS_JSON(said).encode("ascii")).hexdigest()
