"""A register on a PostgreSQL server, in a schema of its own: one writer at a time, by the lock of one row.

Statements come in SQLite's spelling and are put into PostgreSQL's here; a connection that is lost, or that
rests for a minute with the lock in its hand, is undone by the server.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from psycopg.rows import tuple_row

from certgen.errors import RegisterError
from certgen.register.stores import NoRegisterError, Row, copy_tables, tell_of_new
from certgen.register.stores.guards import Alone, quoted
from certgen.register.stores.patience import Patience
from certgen.register.stores.postgres.letters import STRETCH, letters_from, letters_of, newest_stretch
from certgen.register.stores.postgres.server import Connection, check_letters, connect, sentence
from certgen.register.stores.postgres.words import (
    FIND_TRIGGERS,
    expected_triggers,
    function_for_triggers,
    index_of_words,
    spelled,
    trigger,
)
from certgen.register.stores.schema import APPLICATION, SEARCHED, STEPS, VERSION, Searched, check_version

log = logging.getLogger(__name__)
_NUMBERED = frozenset({"records", "pdfs", "pieces", "extracts", "mended"})
# The tables of the catalogue are asked and not functions, whose answer may be older than the lock.
_FIND = """
    SELECT COUNT(*) FILTER (WHERE relname = 'register') AS register, COUNT(relname) AS tables,
        COUNT(*) AS place
    FROM pg_namespace LEFT JOIN pg_class ON relnamespace = pg_namespace.oid WHERE nspname = 'certgen'
"""


class PostgresStore:
    """An open register on a server; the acts are those of `Store`."""

    def __init__(
        self, url: str, name: str, *, must_exist: bool, patience: Patience, may_upgrade: bool = False
    ) -> None:
        self.name = name
        self._url = url
        self._patience = patience
        self._numbers = count()
        self._reader: Connection | None = None
        with self._told():
            self._connection = connect(url, name, patience)
        try:
            with self._told():
                self._prepare(must_exist=must_exist, may_upgrade=may_upgrade)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._connection.close()

    @property
    def version(self) -> int:
        rows = self.rows("SELECT version FROM register")
        if len(rows) != 1:
            raise RegisterError(
                f"The register {self.name} is not as certgen made it: its table register must have one row. "
                "Put the last backup in its place and compare the two."
            )
        return int(rows[0]["version"])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, while no other process writes; waits for its turn."""
        with self._told(), self._turn():
            check_version(self.name, self.version)
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One state of the tables for everything that `each_row` reads inside; nobody waits for it."""
        with self._told(), self._snapshot() as reader:
            self._reader = reader
            try:
                yield
            finally:
                self._reader = None

    def rows(self, sql: str, *values: object) -> list[Row]:
        with self._told():
            return self._connection.execute(spelled(sql), values).fetchall()

    def numbers(self, sql: str, *values: object) -> list[int]:
        with self._told(), self._connection.cursor(row_factory=tuple_row) as cursor:
            return [number for (number,) in cursor.execute(spelled(sql), values)]

    def each_row(self, sql: str, *values: object) -> Generator[Row, None, None]:
        name = f"rows_{next(self._numbers)}"
        with self._told(), self._snapshot() as reader, reader.cursor(name) as cursor:
            cursor.execute(spelled(sql), values)
            yield from cursor

    def run(self, sql: str, *values: object) -> int:
        with self._told():
            return self._connection.execute(spelled(sql), values).rowcount

    def insert(self, table: str, row: Row) -> int:
        """Entries are counted here and not by a sequence, which would leave gaps where an act is undone."""
        marks = ", ".join(["%s"] * len(row))
        if table not in _NUMBERED:
            sql = f"INSERT INTO {table} ({_names(row)}) VALUES ({marks}) RETURNING 0 AS entry"  # noqa: S608 - our names
        else:
            entry = f"(SELECT COALESCE(MAX(entry), 0) + 1 FROM {table})"  # noqa: S608 - same
            sql = f"INSERT INTO {table} ({_names(row)}, entry) VALUES ({marks}, {entry}) RETURNING entry"  # noqa: S608 - same
        with self._told():
            [entered] = self._connection.execute(sql, tuple(row.values())).fetchall()
            if table == SEARCHED.table:
                self._connection.execute(letters_from(SEARCHED, "entry = %s"), (entered["entry"],))
        return int(entered["entry"])

    def insert_all(self, table: str, rows: Iterable[Row]) -> None:
        remaining = iter(rows)
        first = next(remaining, None)
        if first is None:
            return
        sql = f"COPY {table} ({_names(first)}) FROM STDIN"
        with self._told(), self._connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in chain([first], remaining):
                copy.write_row(tuple(row.values()))
        if table == SEARCHED.table:
            self.run(letters_from(SEARCHED, "TRUE"))

    def change(self, table: str, serial: str, row: Row) -> None:
        settings = ", ".join(f'"{name}" = ?' for name in row)
        self.run(f"UPDATE {table} SET {settings} WHERE serial = ?", *row.values(), serial)  # noqa: S608 - our names

    def words_holding(self, text: str) -> str:  # noqa: ARG002 - the index is one of the table itself
        return ""

    def newest_holding(self, text: str, end: int) -> int:
        with self._told():
            found = self._connection.execute(*newest_stretch(text, (end - 1) // STRETCH)).fetchall()
        stretch = found[0]["stretch"] if found else None
        return 0 if stretch is None else min(end - 1, (stretch + 1) * STRETCH - 1)

    def copy_to(self, path: Path) -> None:
        from certgen.register.stores.sqlite import SqliteStore  # noqa: PLC0415 - for a backup only

        copy = SqliteStore(path, must_exist=False, patience=Patience(self._patience.seconds))
        try:
            with copy.transaction():
                copy_tables(self, copy)
        finally:
            copy.close()

    def _prepare(self, *, must_exist: bool, may_upgrade: bool) -> None:
        if not self.rows(_FIND)[0]["register"]:
            self._make_tables(must_exist=must_exist)
        found = self.version
        check_version(self.name, found, may_upgrade=may_upgrade)
        if found < VERSION or (may_upgrade and self.differing_guards()):
            with self._turn():
                self._take_steps(self.version)
                self._put_guards_back()
        self.version_found = found

    def _make_tables(self, *, must_exist: bool) -> None:
        """Make the tables, unless another process was quicker."""
        found = self.rows(_FIND)[0]
        if found["register"]:
            return
        if found["tables"]:
            raise RegisterError(
                f"{self.name} has a schema named certgen that is not a register. Name another database."
            )
        if must_exist:
            raise NoRegisterError(self.name)
        check_letters(self._connection, self.name)
        with self._undone_on_error():
            self.run("SELECT pg_advisory_xact_lock(?)", APPLICATION)
            now = self.rows(_FIND)[0]
            if now["register"]:
                return
            if not now["place"]:
                self.run("CREATE SCHEMA certgen")
            self._connection.execute(function_for_triggers())
            self.run("CREATE TABLE register (application INTEGER NOT NULL, version INTEGER NOT NULL)")
            self.run("INSERT INTO register VALUES (?, 0)", APPLICATION)
            self._take_steps(0)
        tell_of_new(self.name, self._patience)

    def differing_guards(self) -> tuple[str, ...]:
        """Triggers that are missing or switched off, or are nobody's we know."""
        return tuple(sorted({row["name"] for row in self.rows(FIND_TRIGGERS)} ^ expected_triggers().keys()))

    def find_damage(self) -> str:
        """Nothing: a server tells of a damaged page when it reads it, and looks after its own indexes."""
        return ""

    def _put_guards_back(self) -> None:
        expected, differing = expected_triggers(), self.differing_guards()
        for row in self.rows(FIND_TRIGGERS):
            if row["name"] in differing:
                self._connection.execute(f"DROP TRIGGER {quoted(row['name'])} ON {quoted(row['place'])}")
        for name in expected.keys() & differing:
            table, statement = expected[name]
            self._connection.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            self._connection.execute(statement)

    def _take_steps(self, taken: int) -> None:
        for step in STEPS[taken:]:
            for statement in step:
                if isinstance(statement, Searched):
                    self._index_words(statement)
                elif isinstance(statement, str):
                    self._connection.execute(spelled(statement))
                elif not isinstance(statement, Alone):
                    self._connection.execute(trigger(statement))
        self.run("UPDATE register SET version = ?", VERSION)

    def _index_words(self, searched: Searched) -> None:
        """Where the server has no such index, or will not give it, a search reads the table."""
        for statement in letters_of(searched):
            self._connection.execute(statement)
        try:
            with self._connection.transaction():
                for statement in index_of_words(searched):
                    self._connection.execute(statement)
        except psycopg.Error as error:
            log.info("%s: without an index for searching (%s)", self.name, error.diag.message_primary)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Whoever has locked the register's own row may write."""

        def attempt(seconds: float) -> bool:
            self._connection.execute("BEGIN")
            try:
                self._connection.execute(f"SET LOCAL lock_timeout = {max(1, int(seconds * 1000))}")
                self._connection.execute("SELECT version FROM register FOR UPDATE")
            except errors.LockNotAvailable:
                self._connection.execute("ROLLBACK")
                return False
            return True

        if not self._patience.take_turn(f"The register {self.name}", attempt):
            raise RegisterError(sentence(self.name, errors.LockNotAvailable("no turn came")))
        with self._ended():
            yield

    @contextmanager
    def _undone_on_error(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        with self._ended():
            yield

    @contextmanager
    def _ended(self) -> Iterator[None]:
        """What was begun is written whole, or undone."""
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(psycopg.Error):
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        """A second connection on which one state of the tables stands still."""
        if self._reader is not None:
            yield self._reader
            return
        reader = connect(self._url, self.name, self._patience)
        try:
            reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield reader
        finally:
            reader.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise RegisterError(sentence(self.name, error)) from error


def _names(row: dict[str, Any]) -> str:
    return ", ".join(f'"{name}"' for name in row)
