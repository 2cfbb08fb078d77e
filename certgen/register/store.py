"""The SQLite file under the register: one writer at a time, every failure told in a sentence.

The rollback journal is kept (no WAL): one file holds everything, a read-only copy can be read, and with
`synchronous = EXTRA` what was committed is still there after the power fails.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from certgen.errors import RegisterError
from certgen.register.place import is_there
from certgen.register.schema import APPLICATION, STEPS, VERSION

Row = dict[str, Any]

_IN_USE = (
    "is in use and no turn came",
    "Wait until the other run is done, then start this one again.",
)
_DAMAGED = (
    "is damaged, or no register at all",
    "Nothing was written. Keep the file, put the last backup in its place and compare the two.",
)
_NOT_TO_BE_WRITTEN = (
    "may only be read",
    "Get the right to write the file and its folder.",
)
_ANY_OTHER = ("refused", "Nothing was written. Keep a copy of the file and report this.")
# By SQLite's primary result code (sqlite.org/rescode.html).
_SENTENCES = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_READONLY: _NOT_TO_BE_WRITTEN,
    sqlite3.SQLITE_PERM: _NOT_TO_BE_WRITTEN,
    sqlite3.SQLITE_CANTOPEN: (
        "cannot be opened",
        "See that its folder exists and that you may read and write there.",
    ),
    sqlite3.SQLITE_FULL: (
        "has no room left on its disk",
        "Make room and start again: what was being done has been undone, no serial is lost.",
    ),
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written: its disk is full, failing or gone",
        "Put that right and start again: what was being done has been undone, no serial is lost.",
    ),
}


class Store:
    """An open register file; not to be shared between processes or threads.

    Raises RegisterError, in every method, for whatever the file or its disk refuses.
    """

    def __init__(
        self, path: Path, *, must_exist: bool, wait_seconds: float, may_upgrade: bool = False
    ) -> None:
        self.path = path
        _check_place(path, must_exist=must_exist)
        with self._told():
            self._connection = sqlite3.connect(path, timeout=wait_seconds, isolation_level=None)
            self._connection.row_factory = _as_dict
        try:
            self._prepare(may_upgrade=may_upgrade)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, while no other process writes; waits for its turn."""
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, sql: str, *values: object) -> list[Row]:
        with self._told(), closing(self._connection.execute(sql, values)) as cursor:
            return cursor.fetchall()

    def each_row(self, sql: str, *values: object) -> Iterator[Row]:
        """The rows one after the other, for answers too long to hold."""
        with self._told(), closing(self._connection.execute(sql, values)) as cursor:
            yield from cursor

    def run(self, sql: str, *values: object) -> int:
        """Run one statement; the number of rows it touched."""
        with self._told(), closing(self._connection.execute(sql, values)) as cursor:
            return cursor.rowcount

    def insert(self, table: str, row: Row) -> int:
        """Put a row into the table; its entry number."""
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our names
        with self._told(), closing(self._connection.execute(sql, tuple(row.values()))) as cursor:
            return int(cursor.lastrowid or 0)

    def change(self, table: str, serial: str, row: Row) -> None:
        """Write new values into the row of this serial."""
        settings = ", ".join(f"{name} = ?" for name in row)
        self.run(f"UPDATE {table} SET {settings} WHERE serial = ?", *row.values(), serial)  # noqa: S608 - our names

    @property
    def version(self) -> int:
        """How many steps its tables have taken."""
        return self._pragma("user_version")

    def copy_to(self, path: Path) -> None:
        """Write a sound copy to an empty place while others go on; they wait where they would write."""
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as copy, self._reading():
                self._connection.backup(copy, sleep=0.01)
        except sqlite3.Error as error:
            raise RegisterError(f"The register {self.path} cannot be copied to {path} ({error}).") from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One state of the tables, held until it is read; those who would change it wait."""
        self._connection.execute("BEGIN")
        try:
            self._connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchall()
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def _prepare(self, *, may_upgrade: bool) -> None:
        for setting in ("foreign_keys = ON", "synchronous = EXTRA", "trusted_schema = OFF"):
            self.run(f"PRAGMA {setting}")
        if not self._pragma("application_id"):
            self._make_tables()
        if self._pragma("application_id") != APPLICATION:
            raise RegisterError(
                f"{self.path} is a database, but not a register. Name another with --register."
            )
        if self.version > VERSION:
            raise RegisterError(
                f"The register {self.path} was written by a newer certgen and is left alone. "
                "Get that version with: pip install --upgrade certgen"
            )
        self.version_found = self.version
        if self.version < VERSION and not may_upgrade:
            raise RegisterError(
                f"The register {self.path} was written by an older certgen and is left as it is. "
                "Bring it up to date, once for everybody who uses it, with: certgen register upgrade"
            )
        if self.version < VERSION:
            self._upgrade()

    def _make_tables(self) -> None:
        """Make the tables in an empty file, unless another process was quicker."""
        with self.transaction():
            if self.rows("SELECT name FROM sqlite_master LIMIT 1"):
                return
            self._take_steps(0)
            self.run(f"PRAGMA application_id = {APPLICATION}")

    def _upgrade(self) -> None:
        """Take the steps that the tables lack, all or none, unless another process was quicker."""
        with self.transaction():
            self._take_steps(self.version)

    def _take_steps(self, taken: int) -> None:
        for step in STEPS[taken:]:
            for statement in step:
                self.run(statement)
        self.run(f"PRAGMA user_version = {VERSION}")

    def _pragma(self, name: str) -> int:
        return int(self.rows(f"PRAGMA {name}")[0][name])

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code is None:
                raise
            raise RegisterError(self._sentence(code & 0xFF, error)) from error

    def _sentence(self, code: int, error: sqlite3.Error) -> str:
        said, advice = _SENTENCES.get(code, _ANY_OTHER)
        return f"The register {self.path} {said} ({error}). {advice}"


def _check_place(path: Path, *, must_exist: bool) -> None:
    """Make the folder where it is missing, for its user alone."""
    exists = is_there(path)
    if path.is_dir():
        raise RegisterError(f"{path} is a folder. Name a file for the register: {path / 'register.sqlite'}.")
    if must_exist and not exists:
        raise RegisterError(
            f"There is no register at {path}. The first certificate makes one; name another with --register."
        )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RegisterError(
            f"The folder {path.parent} for the register cannot be made ({error.strerror}). "
            "Get the rights there, or name another place with --register or in the profile."
        ) from error


def _as_dict(cursor: sqlite3.Cursor, values: Sequence[Any]) -> Row:
    return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}
