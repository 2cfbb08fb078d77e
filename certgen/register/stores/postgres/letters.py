"""Which stretches of entries have which six letters: PostgreSQL's index of words knows no newest one."""

from __future__ import annotations

from certgen.register.stores.schema import Searched

STRETCH = 10_000
"""So many entries are noted together."""
_LETTERS = 6
# Stretch by stretch, as a new certificate's stand side by side there: ordered by letters first, each of them
# stood on another page. A longer text in groups, all of them; a shorter one as the beginning of a group.
_NEWEST = """
    SELECT stretch FROM generate_series(LEAST(%s, (SELECT MAX(stretch) FROM letters)), 0, -1) AS stretch
    WHERE (SELECT {what} FROM letters WHERE letters.stretch = stretch.stretch AND {which}) LIMIT 1
"""
_HOLDING = _NEWEST.format(what="COUNT(*) = %s", which="letters = ANY(%s)")
_BEGINNING = _NEWEST.format(what="TRUE", which="letters >= %s AND letters < %s LIMIT 1")


def letters_of(searched: Searched) -> tuple[str, ...]:
    """The table of them, filled."""
    return (
        "DROP TABLE IF EXISTS letters",
        'CREATE TABLE letters (letters TEXT COLLATE "C", stretch BIGINT, PRIMARY KEY (stretch, letters))',
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
        return _BEGINNING, (before, small, small + "\U0010ffff")
    groups = sorted({small[place : place + _LETTERS] for place in range(len(small) - _LETTERS + 1)})
    return _HOLDING, (before, len(groups), groups)
