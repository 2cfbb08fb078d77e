"""Headers that are not known: those kept for other purposes (`Unit price`), and those nearly ours."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping

from certgen.forms.vocabulary import Field, Vocabulary
from certgen.workbook.folding import squeeze
from certgen.workbook.sheets.party_headers import headers_of

BRACKETED = re.compile(r"[(\[（［{]([^()\[\]（）［］{}]*)[)\]）］}]")
_LIKENESS = 0.8
_SHORTEST_KEY = 4


class StrangeHeaders:
    """What may be said of a header that means no field; `key_of` makes headers comparable."""

    def __init__(
        self, vocabulary: Vocabulary, known: Mapping[str, Field], key_of: Callable[[str], str]
    ) -> None:
        words = vocabulary.words
        fields = {item.path: item for item in vocabulary.fields}
        named = {
            squeeze(word) for item in vocabulary.fields for _, listed in headers_of(item) for word in listed
        }
        self._needless = {squeeze(word) for word in words.needless} - named
        self._meant = {
            key_of(word): fields[path]
            for path, listed in words.proposed.items()
            for word in listed
            if path in fields
        }
        self._known, self._key_of = known, key_of

    def is_needless(self, header: str) -> bool:
        """Whether exporters keep such a column for other purposes, with or without its brackets."""
        return not self._needless.isdisjoint((squeeze(header), squeeze(BRACKETED.sub(" ", header))))

    def propose(self, header: str) -> Field | None:
        """The field that an unknown header may mean, for the user to confirm; None for a needless one."""
        if self.is_needless(header):
            return None
        key = self._key_of(BRACKETED.sub(" ", header))
        if key in self._meant:
            return self._meant[key]
        near = difflib.get_close_matches(key, self._known, n=1, cutoff=_LIKENESS)
        return self._known[near[0]] if near and len(key) >= _SHORTEST_KEY else None
