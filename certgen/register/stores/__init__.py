"""Where a register is kept: one module for each kind of database, behind the same few acts.

Statements are written as SQLite reads them, with `?` for each value; another store spells them its own way.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any, Protocol

from certgen.errors import RegisterError
from certgen.register.place import is_on_server, path_of, server_of
from certgen.register.stores.patience import Patience
from certgen.register.stores.schema import TABLES

Row = dict[str, Any]
_BEFORE_ALL = -(2**63)


class NoRegisterError(RegisterError):
    """There is no register where one must be."""

    def __init__(self, place: object) -> None:
        super().__init__(
            f"There is no register at {place}. The first certificate makes one; name another with --register."
        )


def tell_of_new(name: str, patience: Patience) -> None:
    """A misspelt address would otherwise give the first serials a second time, without a word."""
    patience.tell(
        f"A new register was made at {name}; its numbers begin at 1. If certificates were numbered before, "
        "name the register in which they stand with --register."
    )


class Store(Protocol):
    """The tables of one register; not to be shared between processes or threads.

    `name` is how it is called in a sentence, `version_found` how many steps its tables had taken before it
    was opened. Raises RegisterError, in every method, for whatever the database refuses.
    """

    name: str
    version_found: int

    @property
    def version(self) -> int:
        """How many steps its tables have taken."""
        ...

    def close(self) -> None: ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, while no other process writes; waits for its turn."""
        ...

    def reading(self) -> AbstractContextManager[None]:
        """One state of the tables for everything that `each_row` reads inside."""
        ...

    def rows(self, sql: str, *values: object) -> list[Row]: ...

    def numbers(self, sql: str, *values: object) -> list[int]:
        """The one number of each row, for answers of many thousands."""
        ...

    def each_row(self, sql: str, *values: object) -> Generator[Row, None, None]:
        """The rows one after the other, for answers too long to hold."""
        ...

    def run(self, sql: str, *values: object) -> int:
        """Run one statement; the number of rows it touched."""
        ...

    def insert(self, table: str, row: Row) -> int:
        """Put a row into the table; its entry number, where it gets one."""
        ...

    def insert_all(self, table: str, rows: Iterable[Row]) -> None:
        """Put whole rows into the table, with the entry numbers they have."""
        ...

    def change(self, table: str, serial: str, row: Row) -> None:
        """Write new values into the row of this serial."""
        ...

    def differing_guards(self) -> tuple[str, ...]:
        """Guards of the tables that are missing, were changed, or are nobody's we know."""
        ...

    def find_damage(self) -> str:
        """What the database itself finds wrong with its file and indexes, the first of it; "" for nothing."""
        ...

    def words_holding(self, text: str) -> str:
        """What to ask the index of words, a table of its own, for this text; "" where there is none."""
        ...

    def newest_holding(self, text: str, end: int) -> int:
        """The newest entry below `end` that may have this text among its words."""
        ...

    def copy_to(self, path: Path) -> None:
        """Write a sound copy, as a SQLite register at an empty place, while others go on."""
        ...


def each_page(store: Store, sql: str, most: int = 2_000) -> Iterator[list[Row]]:
    """The rows of a long answer, so many at once: others may write in between.

    The statement asks for the rows after an entry (`?`), in the order of their entries.
    """
    rows = store.rows(f"{sql} LIMIT ?", _BEFORE_ALL, most)
    while rows:
        yield rows
        rows = store.rows(f"{sql} LIMIT ?", rows[-1]["entry"], most)


def copy_tables(source: Store, target: Store) -> None:
    """Write one state of the one store's tables into the other's, which must be empty."""
    with source.reading():
        for table in TABLES:
            with closing(source.each_row(f"SELECT * FROM {table}")) as rows:  # noqa: S608 - our names
                target.insert_all(table, map(_ours, rows))


def _ours(row: Row) -> Row:
    """Raises RegisterError for a column that no register has: a backup may come from anywhere."""
    if not all(name.isidentifier() for name in row):
        raise RegisterError("The copy is not sound: its tables are not those of a register.")
    return row


def open_store(url: str, *, must_exist: bool, patience: Patience, may_upgrade: bool = False) -> Store:
    """Open the register at this address; raises RegisterError."""
    if not is_on_server(url):
        from certgen.register.stores.sqlite import SqliteStore  # noqa: PLC0415 - only the driver that is used

        return SqliteStore(path_of(url), must_exist=must_exist, patience=patience, may_upgrade=may_upgrade)
    name = server_of(url)
    try:
        from certgen.register.stores.postgres.store import PostgresStore  # noqa: PLC0415 - same
    except ImportError as error:
        raise RegisterError(
            f"The register {name} needs the driver for PostgreSQL. "
            'Get it with: pip install "certgen[postgres]"'
        ) from error
    return PostgresStore(url, name, must_exist=must_exist, patience=patience, may_upgrade=may_upgrade)
