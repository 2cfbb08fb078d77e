"""Whether a text may be a header at all, by the letters it begins with: most texts of a sheet are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from certgen.workbook.folding import fold
from certgen.workbook.sheets.header_keys import COMPOUND_NUMBERS

_LETTERS = 4
_OPENING_BRACKETS = frozenset("([（［{")


class Beginnings:
    """The first letters of everything that headers are made of; it may be wrong only by saying yes.

    `keys` are what headers are compared by, parties and their parts included; `skipped` are words that may
    stand before them: articles, numbers, units, words for counting.
    """

    def __init__(self, keys: Iterable[str], skipped: Collection[str]) -> None:
        words = {key.lstrip("#") for key in keys}
        self._beginnings = {word[:length] for word in words for length in range(1, _LETTERS + 1)}
        self._short = {word for word in words if 0 < len(word) < _LETTERS}
        self._skipped = frozenset(skipped)

    def may_begin(self, header: str) -> bool:
        """Whether a header may begin so; yes where brackets or single letters leave it open."""
        if not _OPENING_BRACKETS.isdisjoint(header):
            return True
        for word in fold(header):
            if self._may_begin_with(word):
                return True
            if word not in self._skipped and not word.isdecimal():
                return False
        return True

    def _may_begin_with(self, word: str) -> bool:
        """Whether some key begins with this word, or this word with a short key."""
        is_letter = len(word) == 1 and word.isascii() and word.isalpha()
        if is_letter or word[:_LETTERS] in self._beginnings or word.endswith(COMPOUND_NUMBERS):
            return True
        return any(word[:length] in self._short for length in range(1, _LETTERS))
