"""SQLite's index of words, a table of its own."""

from __future__ import annotations

from certgen.register.stores.schema import SEARCHED, Searched

# Every three letters that follow each other (sqlite.org/fts5.html, "The Trigram Tokenizer"); not where.
WORDS_TABLE = (
    "CREATE VIRTUAL TABLE words USING fts5 "
    "(line, content = 'lines_of_words', content_rowid = 'entry', tokenize = 'trigram', detail = 'none')"
)
# All letters may be there and not side by side. LOWER knows the letters from A to Z, as LIKE does.
NEWEST_HOLDING = f"""
    SELECT words.rowid FROM words CROSS JOIN {SEARCHED.table} ON entry = words.rowid
    WHERE words MATCH ? AND words.rowid < ? AND INSTR(LOWER({SEARCHED.words}), LOWER(?))
    ORDER BY words.rowid DESC LIMIT 1
"""  # noqa: S608 - our names


def view_of_words(searched: Searched) -> str:
    """What the index reads its words from."""
    return f"CREATE VIEW lines_of_words AS SELECT entry, {searched.words} AS line FROM {searched.table}"  # noqa: S608 - our names


def groups_of(text: str) -> str:
    """Every third group of three letters and the last, as the index is asked for them.

    What is found so is looked at again.
    """
    places = dict.fromkeys((*range(0, len(text) - 2, 3), len(text) - 3))
    groups = (text[place : place + 3].replace('"', '""') for place in places)
    return " AND ".join(f'"{group}"' for group in groups)
