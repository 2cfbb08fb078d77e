"""Which thousands of entries have which three letters: PostgreSQL's index of words knows no newest one."""

from __future__ import annotations

from certgen.register.stores.schema import Searched

THOUSAND = 1000
"""So many entries are noted together."""
NEWEST_HOLDING = """
    SELECT thousand FROM letters WHERE letters = ANY(%s) AND thousand <= %s
    GROUP BY thousand HAVING COUNT(*) = %s ORDER BY thousand DESC LIMIT 1
"""


def letters_of(searched: Searched) -> tuple[str, ...]:
    """The table of them, filled."""
    return (
        "DROP TABLE IF EXISTS letters",
        'CREATE TABLE letters (letters TEXT COLLATE "C", thousand BIGINT, PRIMARY KEY (letters, thousand))',
        letters_from(searched, "TRUE"),
    )


def letters_from(searched: Searched, condition: str) -> str:
    """The statement that notes the letters of the entries of which this is true."""
    lines = f"SELECT entry, {searched.words} AS line FROM {searched.table} WHERE {condition}"  # noqa: S608 - our names
    return (
        f"INSERT INTO letters SELECT DISTINCT substr(lower(line), place, 3), entry / {THOUSAND} "  # noqa: S608 - same
        f"FROM ({lines}) AS lines, generate_series(1, length(line) - 2) AS place ON CONFLICT DO NOTHING"
    )


def letters_in(text: str) -> list[str]:
    """Every three letters that follow each other, as `lower` writes them in the order of the codes."""
    small = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    return sorted({small[place : place + 3] for place in range(len(small) - 2)})
