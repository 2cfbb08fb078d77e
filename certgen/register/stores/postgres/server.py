"""A connection to a PostgreSQL server, and every way it can fail, in a sentence without a password."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from psycopg import conninfo
from psycopg.rows import dict_row

from certgen.errors import RegisterError
from certgen.register.stores import Row
from certgen.register.stores.patience import Patience

Connection = psycopg.Connection[Row]

# Where the address does not say otherwise: a server that is gone is noticed within a minute.
_DEFAULTS = {"connect_timeout": 10, "keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 4}
# Whoever waited for the lock must see what was written meanwhile, whatever the server isolates by itself.
_SETTINGS = """
    SET search_path = certgen, public;
    SET default_transaction_isolation = 'read committed';
    SET client_min_messages = error;
    SET lock_timeout = '60s';
    SET idle_in_transaction_session_timeout = '60s';
    SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') = 'off'
"""
# The driver has no SQLSTATE for a connection that was refused, only the server's words.
_BUSY = ("too many", "connection slots", "is starting up")
_PAUSE_SECONDS = 0.2

_IN_USE = (
    "is in use and no turn came",
    "Wait until the other run is done, then start this one again.",
)
_OUT_OF_REACH = (
    "is out of reach",
    "See that the server runs, then start again: what was being done has been undone, no serial is lost.",
)
_NOT_TO_BE_WRITTEN = ("may only be read", "Get the right to write to it from whoever keeps the server.")
_ANY_OTHER = ("refused", "Nothing was written. Keep what it says and show it to whoever keeps the server.")
# By SQLSTATE, the longest beginning that fits (PostgreSQL's documentation, appendix A).
_SENTENCES = {
    "08": _OUT_OF_REACH,
    "25006": _NOT_TO_BE_WRITTEN,
    "25P03": _OUT_OF_REACH,
    "42501": _NOT_TO_BE_WRITTEN,
    "42P01": (
        "may not be used by this user, or lacks a table",
        "Get the rights to the schema certgen and its tables from whoever keeps the server.",
    ),
    "53100": (
        "has no room left on its server's disk",
        "Make room there and start again: what was being done has been undone, no serial is lost.",
    ),
    "55P03": _IN_USE,
    "57P": _OUT_OF_REACH,
}


def connect(url: str, name: str, patience: Patience) -> Connection:
    """A connection as certgen uses it; waits while the server has none to give or is starting up."""
    settings = _settings(url)
    opened: list[Connection] = []

    def attempt(seconds: float) -> bool:
        for _ in range(int(seconds / _PAUSE_SECONDS) + 1):
            try:
                opened.append(psycopg.connect(**settings, autocommit=True, row_factory=dict_row))
            except psycopg.OperationalError as error:
                if not any(words in str(error) for words in _BUSY):
                    raise RegisterError(_unreached(name, error)) from error
                time.sleep(_PAUSE_SECONDS)
            else:
                return True
        return False

    if not patience.take_turn(f"The server of the register {name}", attempt):
        raise RegisterError(f"The register {name} {_IN_USE[0]} (no connection to be had). {_IN_USE[1]}")
    [connection] = opened
    connection.execute(_SETTINGS)
    return connection


def _unreached(name: str, error: psycopg.Error) -> str:
    return (
        f"The register {name} cannot be reached ({_in_one_line(str(error))}). "
        "See that the server runs, and that host, user, password and database are right."
    )


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


def _settings(url: str) -> dict[str, Any]:
    """What the driver is given; every letter passes, whatever the user's other programs ask for."""
    default = {**_DEFAULTS, "application_name": "certgen"}
    try:
        return {**default, **conninfo.conninfo_to_dict(url), "client_encoding": "utf8"}
    except psycopg.Error:
        # The driver's own words may repeat a part of the password.
        raise RegisterError(
            "The address of the register is not one that PostgreSQL reads. Write "
            "postgresql://user@host:5432/database, with % in a password written as %25."
        ) from None


def check_letters(connection: Connection, name: str) -> None:
    """Raises RegisterError for a database that cannot hold every letter."""
    [row] = connection.execute("SHOW server_encoding").fetchall()
    if row["server_encoding"] != "UTF8":
        raise RegisterError(
            f"The database {name} is kept in {row['server_encoding']}, which has not every letter. "
            "Make one with: createdb --encoding UTF8 --template template0 certgen"
        )


def sentence(name: str, error: psycopg.Error) -> str:
    """What went wrong and what to do; the server's detail is left out, since it may name parties."""
    said, advice = _said_of(error.sqlstate)
    words = _in_one_line(error.diag.message_primary or str(error))
    return f"The register {name} {said} ({words}). {advice}"


def _said_of(state: str | None) -> tuple[str, str]:
    """By the longest beginning that is known; a lost connection has no state."""
    if state is None:
        return _OUT_OF_REACH
    known = [beginning for beginning in _SENTENCES if state.startswith(beginning)]
    return _SENTENCES[max(known, key=len)] if known else _ANY_OTHER
