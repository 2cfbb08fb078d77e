"""PostgreSQL's spelling of the statements, which are written as SQLite reads them."""

from __future__ import annotations

import re
from functools import cache

from certgen.register.stores.guards import Alone, Ended, Fixed, Kept
from certgen.register.stores.schema import GUARDS, Searched

# Texts sort by their letters' codes, as in SQLite, whatever the language of the server.
_WORDS = {
    "?": "%s",
    "BLOB": "BYTEA",
    "INTEGER": "BIGINT",
    "LIKE": "ILIKE",
    "user": '"user"',
    "WITHOUT ROWID": "",
}
_WORD = re.compile(
    r"\?|\b(?:BLOB|INTEGER|LIKE|WITHOUT ROWID|(?<![\"'])user)\b|\bTEXT(?= NOT NULL| PRIMARY KEY|,)"
)


@cache
def spelled(sql: str) -> str:
    """The statement as PostgreSQL reads it."""
    return _WORD.sub(lambda found: _WORDS.get(found[0], 'TEXT COLLATE "C"'), sql)


def function_for_triggers() -> str:
    """What refuses an act, with the sentence that the trigger hands over."""
    return (
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$"
    )


def trigger(guard: Kept | Fixed | Ended) -> str:
    """A trigger that refuses what is guarded against; to empty a table whole is to delete, too."""
    if not isinstance(guard, Kept):
        rows = f"FOR EACH ROW WHEN ({_condition(guard)})"
        return _trigger(guard, guard.name, "UPDATE", rows)
    acts = f"{guard.act} OR TRUNCATE" if guard.act == "DELETE" else guard.act
    return _trigger(guard, f"no_{guard.act}", acts, "FOR EACH STATEMENT")


# One that is switched off guards nothing.
FIND_TRIGGERS = """
    SELECT tgname AS name, relname AS place FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid
        JOIN pg_namespace ON relnamespace = pg_namespace.oid
    WHERE nspname = 'certgen' AND NOT tgisinternal AND tgenabled IN ('O', 'A')
"""


def expected_triggers() -> dict[str, tuple[str, str]]:
    """The table and the statement of every trigger, by its name, which the server keeps in small letters."""
    guards = [guard for guard in GUARDS if not isinstance(guard, Alone)]
    named = ((trigger(guard), guard.table) for guard in guards)
    return {sql.split(maxsplit=3)[2].lower(): (table, sql) for sql, table in named}


def _condition(guard: Fixed | Ended) -> str:
    """Tables have no row numbers of their own here."""
    words = guard.condition.replace("NEW.rowid IS NOT OLD.rowid OR ", "")
    return words.replace(" IS NOT ", " IS DISTINCT FROM ")


def _trigger(guard: Kept | Fixed | Ended, name: str, acts: str, rows: str) -> str:
    return (
        f"CREATE TRIGGER {guard.table}_{name} BEFORE {acts} ON {guard.table} "
        f"{rows} EXECUTE FUNCTION refuse('{guard.sentence}')"
    )


def index_of_words(searched: Searched) -> tuple[str, ...]:
    """Every three letters that follow each other, by the extension that PostgreSQL brings along."""
    table, words = searched.table, searched.words
    return (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public",
        f"DROP INDEX IF EXISTS {table}_by_words",
        f"CREATE INDEX {table}_by_words ON {table} USING gin (({words}) gin_trgm_ops)",
    )
