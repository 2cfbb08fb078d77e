"""Which stretches of entries have which six letters: PostgreSQL's index of words knows no newest one."""

from __future__ import annotations

from certgen.register.stores.schema import Searched

STRETCH = 10_000
"""So many entries are noted together."""
_LETTERS = 6
# The whole of a longer text in groups; a shorter one as the beginning of a group.
_NEWEST_HOLDING = """
    SELECT stretch FROM letters WHERE letters = ANY(%s) AND stretch <= %s
    GROUP BY stretch HAVING COUNT(*) = %s ORDER BY stretch DESC LIMIT 1
"""
_NEWEST_BEGINNING = """
    SELECT MAX(stretch) AS stretch FROM letters WHERE letters >= %s AND letters < %s AND stretch <= %s
"""


def letters_of(searched: Searched) -> tuple[str, ...]:
    """The table of them, filled."""
    return (
        "DROP TABLE IF EXISTS letters",
        'CREATE TABLE letters (letters TEXT COLLATE "C", stretch BIGINT, PRIMARY KEY (letters, stretch))',
        letters_from(searched, "TRUE"),
    )


def letters_from(searched: Searched, condition: str) -> str:
    """The statement that notes the letters of the entries of which this is true."""
    lines = f"SELECT entry, lower({searched.words}) AS line FROM {searched.table} WHERE {condition}"  # noqa: S608 - our names
    return (
        f"INSERT INTO letters SELECT DISTINCT substr(line, place, {_LETTERS}), entry / {STRETCH} "  # noqa: S608 - same
        f"FROM ({lines}) AS lines, generate_series(1, length(line)) AS place ON CONFLICT DO NOTHING"
    )


def newest_stretch(text: str, before: int) -> tuple[str, tuple[object, ...]]:
    """What to ask for the newest stretch, not after this one, that has all letters of the text."""
    # As `lower` writes them in the order of the codes.
    small = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    if len(small) < _LETTERS:
        return _NEWEST_BEGINNING, (small, small + "\U0010ffff", before)
    groups = sorted({small[place : place + _LETTERS] for place in range(len(small) - _LETTERS + 1)})
    return _NEWEST_HOLDING, (groups, before, len(groups))
