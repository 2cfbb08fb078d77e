"""The SQLite file under the register: one writer at a time, every failure told in a sentence.

The rollback journal is kept (no WAL): one file holds everything, a read-only copy can be read, and with
`synchronous = EXTRA` what was committed is still there after the power fails.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from certgen.errors import RegisterError
from certgen.register.stores import Row, tell_of_new
from certgen.register.stores.guards import quoted
from certgen.register.stores.patience import Patience
from certgen.register.stores.schema import (
    APPLICATION,
    LEAST_LETTERS,
    SEARCHED,
    STEPS,
    VERSION,
    Searched,
    check_version,
)
from certgen.register.stores.sqlite_errors import is_no_text, sentence
from certgen.register.stores.sqlite_place import check_place, place_beside, put_in_place, sweep_beside
from certgen.register.stores.sqlite_triggers import FIND_TRIGGERS, TRIGGERS, trigger
from certgen.register.stores.sqlite_words import NEWEST_HOLDING, WORDS_TABLE, groups_of, view_of_words

log = logging.getLogger(__name__)


class SqliteStore:
    """An open register file; the acts are those of `Store`."""

    def __init__(
        self, path: Path, *, must_exist: bool, patience: Patience, may_upgrade: bool = False
    ) -> None:
        self.path = path
        self.name = str(path)
        self._patience = patience
        check_place(path, must_exist=must_exist)
        if not path.exists():
            self._make_whole()
        self._connect(path)
        try:
            self._prepare(may_upgrade=may_upgrade)
            sweep_beside(path)
        except BaseException:
            self.close()
            raise

    def _connect(self, path: Path) -> None:
        with self._told():
            self._connection = sqlite3.connect(path, timeout=self._patience.seconds, isolation_level=None)

    def _make_whole(self) -> None:
        """Make the register beside its place, so that a run that is stopped leaves no empty file there."""
        self._connect(place_beside(self.path))
        try:
            self._settle()
            self._make_tables()
        finally:
            self.close()
        if put_in_place(self.path):
            tell_of_new(self.name, self._patience)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, while no other process writes; waits for its turn."""
        with self._turn():
            check_version(self.name, self.version)
            yield

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._told():
            self._begin()
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One state of the tables, held until it is read; those who would change it wait."""
        with self._told():
            self._connection.execute("BEGIN")
            try:
                self._connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchall()
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def rows(self, sql: str, *values: object) -> list[Row]:
        with self._told(), closing(self._connection.execute(sql, values)) as cursor:
            return list(_each(cursor))

    def numbers(self, sql: str, *values: object) -> list[int]:
        """The one number of each row."""
        with self._told(), closing(self._connection.execute(sql, values)) as cursor:
            return [number for (number,) in cursor]

    def each_row(self, sql: str, *values: object) -> Generator[Row, None, None]:
        """The rows one after the other, for answers too long to hold."""
        with self._told(), closing(self._connection.execute(sql, values)) as cursor:
            yield from _each(cursor)

    def run(self, sql: str, *values: object) -> int:
        """Run one statement; the number of rows it touched."""
        with self._told(), closing(self._connection.execute(sql, values)) as cursor:
            return cursor.rowcount

    def insert(self, table: str, row: Row) -> int:
        """Put a row into the table; its entry number."""
        sql = _insertion(table, row)
        with self._told(), closing(self._connection.execute(sql, tuple(row.values()))) as cursor:
            entry = int(cursor.lastrowid or 0)
        if table == SEARCHED.table and self._has_words:
            self.run("INSERT INTO words (rowid, line) SELECT * FROM lines_of_words WHERE entry = ?", entry)
        return entry

    def insert_all(self, table: str, rows: Iterable[Row]) -> None:
        for row in rows:
            self.insert(table, row)

    def change(self, table: str, serial: str, row: Row) -> None:
        """Write new values into the row of this serial."""
        settings = ", ".join(f"{name} = ?" for name in row)
        self.run(f"UPDATE {table} SET {settings} WHERE serial = ?", *row.values(), serial)  # noqa: S608 - our names

    @property
    def version(self) -> int:
        """How many steps its tables have taken."""
        return self._pragma("user_version")

    def words_holding(self, text: str) -> str:
        """Every third group of three letters and the last; what is found so is looked at again."""
        return groups_of(text) if len(text) >= LEAST_LETTERS and self._has_words else ""

    def newest_holding(self, text: str, end: int) -> int:
        """The newest entry below `end` that may have this text among its words."""
        holding = self.words_holding(text)
        if not holding:
            return end - 1
        return next(iter(self.numbers(NEWEST_HOLDING, holding, end, text.lower())), 0)

    def copy_to(self, path: Path) -> None:
        """Write a sound copy to an empty place while others go on; they wait where they would write."""
        with closing(sqlite3.connect(path, isolation_level=None)) as copy, self.reading():
            try:
                self._connection.backup(copy, sleep=0.01)
            except sqlite3.Error as error:
                raise RegisterError(
                    f"The register {self.path} cannot be copied ({error}). "
                    "See that there is room for the copy, and whether certgen register audit finds anything."
                ) from error

    def _prepare(self, *, may_upgrade: bool) -> None:
        self._settle()
        if not self._pragma("application_id") and self._make_tables():
            tell_of_new(self.name, self._patience)
        if self._pragma("application_id") != APPLICATION:
            raise RegisterError(
                f"{self.path} is a database, but not a register. Name another with --register."
            )
        found = self.version
        check_version(self.name, found, may_upgrade=may_upgrade)
        if found < VERSION or (may_upgrade and self.differing_guards()):
            self._upgrade()
        self.version_found = found
        self._has_words = bool(self.rows("SELECT 1 FROM sqlite_master WHERE name = 'words'"))

    def _settle(self) -> None:
        for setting in ("foreign_keys = ON", "synchronous = EXTRA", "trusted_schema = OFF"):
            self.run(f"PRAGMA {setting}")

    def _make_tables(self) -> bool:
        """Make the tables in an empty file; False where another process was quicker."""
        with self._turn():
            if self.rows("SELECT name FROM sqlite_master LIMIT 1"):
                return False
            self._take_steps(0)
            self.run(f"PRAGMA application_id = {APPLICATION}")
        return True

    def _upgrade(self) -> None:
        """Take the steps that the tables lack, all or none, unless another process was quicker."""
        with self._turn():
            self._take_steps(self.version)
            self._put_guards_back()

    def differing_guards(self) -> tuple[str, ...]:
        """Triggers that are missing, are not as they were made, or are nobody's we know."""
        found = {row["name"]: row["sql"] for row in self.rows(FIND_TRIGGERS)}
        return tuple(sorted({name for name, _ in TRIGGERS.items() ^ found.items()}))

    def find_damage(self) -> str:
        """What SQLite finds on reading every page and holding each index against its table."""
        [found] = self.rows("PRAGMA integrity_check(1)")
        said = str(found["integrity_check"])
        return "" if said == "ok" else " ".join(said.split())

    def _put_guards_back(self) -> None:
        for name in self.differing_guards():
            self.run(f"DROP TRIGGER IF EXISTS {quoted(name)}")
            if name in TRIGGERS:
                self.run(TRIGGERS[name])

    def _take_steps(self, taken: int) -> None:
        for step in STEPS[taken:]:
            for statement in step:
                if isinstance(statement, Searched):
                    self._index_words(statement)
                else:
                    self.run(statement if isinstance(statement, str) else trigger(statement))
        self.run(f"PRAGMA user_version = {VERSION}")

    def _index_words(self, searched: Searched) -> None:
        """Where SQLite was built without such an index, a search reads the table."""
        self.run("DROP TABLE IF EXISTS words")
        self.run("DROP VIEW IF EXISTS lines_of_words")
        self.run(view_of_words(searched))
        try:
            self._connection.execute(WORDS_TABLE)
        except sqlite3.OperationalError as error:
            log.info("%s: without an index for searching (%s)", self.path, error)
        else:
            self.run("INSERT INTO words (words) VALUES ('rebuild')")

    def _begin(self) -> None:
        """Take the turn to write; a short wait is silent, a longer one is told."""

        def attempt(seconds: float) -> bool:
            self._wait_at_most(seconds)
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                return False
            return True

        is_begun = self._patience.take_turn(f"The register {self.path}", attempt)
        self._wait_at_most(self._patience.seconds)
        if not is_begun:
            raise RegisterError(sentence(self.path, sqlite3.SQLITE_BUSY, "database is locked"))

    def _wait_at_most(self, seconds: float) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}").close()

    def _pragma(self, name: str) -> int:
        return int(self.rows(f"PRAGMA {name}")[0][name])

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if is_no_text(error):
                said = sentence(
                    self.path, sqlite3.SQLITE_CORRUPT, "a text in it has bytes that are no letters"
                )
                raise RegisterError(said) from error
            code = getattr(error, "sqlite_errorcode", None)
            if code is None:
                raise
            raise RegisterError(sentence(self.path, code & 0xFF, error)) from error


def _insertion(table: str, row: Row) -> str:
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    return f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our names


def _each(cursor: sqlite3.Cursor) -> Iterator[Row]:
    names = [column[0] for column in cursor.description or ()]
    return (dict(zip(names, values, strict=True)) for values in cursor)
