"""PostgreSQL's spelling of the statements, which are written as SQLite reads them."""

from __future__ import annotations

import re
from functools import cache

from certgen.register.stores.schema import Kept, Searched

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


def trigger(kept: Kept) -> str:
    """A trigger that refuses an act on a table; to empty it whole is to delete, too."""
    acts = f"{kept.act} OR TRUNCATE" if kept.act == "DELETE" else kept.act
    return (
        f"CREATE TRIGGER {kept.table}_no_{kept.act} BEFORE {acts} ON {kept.table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse('{kept.sentence}')"
    )


def index_of_words(searched: Searched) -> tuple[str, ...]:
    """Every three letters that follow each other, by the extension that PostgreSQL brings along."""
    table, words = searched.table, searched.words
    return (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public",
        f"DROP INDEX IF EXISTS {table}_by_words",
        f"CREATE INDEX {table}_by_words ON {table} USING gin (({words}) gin_trgm_ops)",
    )
