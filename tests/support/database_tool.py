"""A register changed behind its back, as somebody with a database tool and every right can."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg

from certgen.register.place import is_on_server, path_of
from certgen.register.stores.postgres.words import spelled


def ask(url: str, sql: str) -> list[tuple[object, ...]]:
    """What the database itself answers, its own guards standing."""
    if is_on_server(url):
        with psycopg.connect(url, options="-c search_path=certgen", autocommit=True) as connection:
            cursor = connection.execute(_in_postgres(sql))
            return cursor.fetchall() if cursor.description else []
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as tool:
        return tool.execute(sql).fetchall()


def tamper_with(url: str, sql: str) -> None:
    """Do what the triggers forbid."""
    if is_on_server(url):
        ask(url, f"SET session_replication_role = replica; {sql}")
        return
    with closing(sqlite3.connect(path_of(url), isolation_level=None)) as tool:
        guards = tool.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            tool.execute(f"DROP TRIGGER {name}")
        tool.execute(sql)
        for _, guard in guards:
            tool.execute(guard)


def _in_postgres(sql: str) -> str:
    return spelled(sql).replace("x'", "'\\x")


def load_dump(url: str, sql: str) -> None:
    """What `pg_dump` wrote, put into an empty database."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql)
