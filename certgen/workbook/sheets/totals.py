"""Words by which a row calls itself a total."""

from __future__ import annotations

from certgen.forms.value_words import Words
from certgen.workbook.folding import fold, squeeze

_SHORTEST_JOINED = 2


class Totals:
    """The words for totals, folded for lookup; made once for a workbook."""

    def __init__(self, words: Words) -> None:
        self._whole = frozenset(squeeze(word) for word in words.totals)
        self._tokens = frozenset(fold(word) for word in words.totals)
        self._joined = tuple(
            word for word in self._whole if not word.isascii() and len(word) >= _SHORTEST_JOINED
        )

    def is_total(self, text: str) -> bool:
        """`Total`, `TOTAL: 40 bags`: the word stands alone or before a colon."""
        return squeeze(text.partition(":")[0]) in self._whole

    def is_headed_total(self, text: str) -> bool:
        """`Total net weight`, `Sub-total lentils`, `Peso total`: the word comes first or last."""
        tokens = fold(text)
        ends = {part for length in (1, 2) for part in (tokens[:length], tokens[-length:])}
        return not ends.isdisjoint(self._tokens) or squeeze(text).startswith(self._joined)
