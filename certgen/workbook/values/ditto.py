"""Cells that only point to another one (`"`, ditto, as above, see list): marks of a hand, no values."""

from __future__ import annotations

import re

from certgen.forms.value_words import Words
from certgen.workbook.folding import squeeze

_MARK = re.compile(r"""[\s\-–—_=.,]*(?:["'`´“”„‟″〃«»’]+[\s\-–—_=.,]*)+|[↑↓←→⇑⇓]+""")
_SHORTEST_FOLDED = 4
"""A shorter word is one only as it is written: `id.` points above, `ID` is Indonesia."""


class Dittos:
    """The words that point elsewhere, folded for lookup; made once for a workbook."""

    def __init__(self, words: Words) -> None:
        self._written = frozenset(word.casefold() for word in words.ditto)
        self._folded = frozenset(key for key in map(squeeze, words.ditto) if len(key) >= _SHORTEST_FOLDED)

    def is_ditto(self, text: str) -> bool:
        """Whether a text is nothing but a mark or a word that points to another cell or paper."""
        is_word = text.strip().casefold() in self._written or squeeze(text) in self._folded
        return is_word or _MARK.fullmatch(text.strip()) is not None
