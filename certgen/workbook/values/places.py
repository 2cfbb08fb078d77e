"""Countries by any of their names, and the country that an address tells."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache

from certgen.consignment import Country
from certgen.forms.value_words import DividedCountry, PostalCode, UnclearCountry
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import fold
from certgen.workbook.values.texts import read_items, read_text

_BETWEEN_COUNTRIES = re.compile(r"[,、/&+]|\band\b|\bet\b|\bund\b|\by\b")
_ADDRESS_PARTS = re.compile(r"[\n,]")
_CODE_OR_TELEPHONE = re.compile(
    r"(?:\s*\S*\d\S*)+|.*@.*|(?:tel|phone|telephone|fax|mobile|mob|tél|téléphone|telefon|teléfono)\b.*",
    re.IGNORECASE,
)
_LONGEST_SHOWN = 60
_ARTICLES = frozenset({"the", "la", "le", "les", "die", "das"})


class Places:
    """Countries of the vocabulary, folded for lookup; made once for a workbook."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._english = {item.code: item.name for item in vocabulary.countries}
        self._codes: dict[str, str] = {}
        for item in vocabulary.countries:
            for word in (item.name, *item.words):
                self._codes.setdefault(_key(word), item.code)
        self._codes |= {item.code.casefold(): item.code for item in vocabulary.countries}
        self._divided = {
            _key(word): whole for whole in vocabulary.words.divided_country for word in whole.words
        }
        self._unclear = {_key(word): item for item in vocabulary.words.unclear_country for word in item.words}
        self._postal = [(item.code, _pattern(item)) for item in vocabulary.words.postal_code]

    def read_country(
        self, entry: Entry, notes: Notebook, address: str = "", *, is_place: bool = False
    ) -> Country | None:
        """The country of a cell as it is printed; a finding where it is unknown or was understood.

        `is_place` says that the country must be told apart as a customs territory, by the address.
        """
        return self._settle(read_text(entry, notes), entry, notes, address, is_place=is_place)

    def read_countries(self, entry: Entry, notes: Notebook) -> list[Country]:
        """Several countries of one cell."""
        texts = [part for item in read_items(entry, notes) for part in self._parts(item)]
        found = [self._settle(text, entry, notes, "", is_place=False) for text in texts]
        return [country for country in found if country]

    def find_in_address(
        self, address: str, entry: Entry | None = None, notes: Notebook | None = None
    ) -> Country | None:
        """The country that the end of an address names or its postal code tells, else None.

        With entry and notes, a part of a divided country that nothing tells is a warning there.
        """
        parts = _parts_of(address)
        last = parts[-1:] if parts and _names_a_place(parts[-1]) else parts[-2:]
        for text in reversed(last):
            if whole := self._divided.get(_key(text)):
                country, is_told = self._part_of(whole, address)
                if entry and notes and not is_told:
                    self._tell_untold(whole, text, country, entry, notes)
                return country
            code = self._codes.get(_key(text)) if len(text) > 2 else None
            if code:
                return Country(self._english[code], code)
        return self._by_postal_code(parts[-3:])

    def _by_postal_code(self, parts: list[str]) -> Country | None:
        for text in reversed(parts):
            for code, pattern in self._postal:
                if pattern.search(text):
                    return Country(self._english[code], code)
        return None

    def _parts(self, text: str) -> list[str]:
        """`Canada and Peru` is two countries when both are known; a name with a comma is one."""
        if self._is_known(text):
            return [text]
        parts = [part.strip() for part in _BETWEEN_COUNTRIES.split(text) if part.strip()]
        return parts if len(parts) > 1 and all(self._is_known(part) for part in parts) else [text]

    def _is_known(self, text: str) -> bool:
        return _key(text) in self._codes or _key(text) in self._divided

    def _settle(
        self, text: str, entry: Entry, notes: Notebook, address: str, *, is_place: bool
    ) -> Country | None:
        if whole := self._divided.get(_key(text)):
            return self._settle_divided(whole, text, entry, notes, address if is_place else None)
        if unclear := self._unclear.get(_key(text)):
            return self._settle_unclear(unclear, entry, notes, address)
        code = self._codes.get(_key(text))
        if code is None:
            notes.tell("CG230", entry, country=text[:_LONGEST_SHOWN], proposal=self._propose(text))
            return None
        return self._printed(text, self._english[code], code, entry, notes)

    def _settle_unclear(
        self, unclear: UnclearCountry, entry: Entry, notes: Notebook, address: str
    ) -> Country | None:
        country = self.find_in_address(address)
        if country is None or country.code not in unclear.codes:
            choices = " or ".join(self._english[code] for code in unclear.codes)
            notes.tell("CG235", entry, choices=choices)
            return None
        notes.tell("CG232", entry, country=country.name)
        return country

    def _settle_divided(
        self, whole: DividedCountry, text: str, entry: Entry, notes: Notebook, address: str | None
    ) -> Country | None:
        if address is None:
            return self._printed(text, whole.name, whole.otherwise, entry, notes)
        if not address:
            notes.tell("CG233", entry, choices=" or ".join(self._names_within(whole)))
            return None
        within = {whole.otherwise, *(part.code for part in whole.part)}
        elsewhere = self.find_in_address(address)
        if elsewhere and elsewhere.code not in within:
            notes.tell("CG233", entry, choices=" or ".join(self._names_within(whole)))
            return None
        country, is_told = self._part_of(whole, address)
        if is_told:
            notes.tell("CG232", entry, country=country.name)
        else:
            self._tell_untold(whole, text, country, entry, notes)
        return country

    def _part_of(self, whole: DividedCountry, address: str) -> tuple[Country, bool]:
        """The part that an address lies in, by its postal code, else by what it says; whether that tells."""
        within = {whole.otherwise, *(part.code for part in whole.part)}
        told = self._by_postal_code(_parts_of(address))
        if told and told.code in within:
            return told, True
        for part in whole.part:
            if re.search(part.pattern, address, re.IGNORECASE):
                return Country(self._english[part.code], part.code), True
        is_named = _key(self._english[whole.otherwise]) in {_key(part) for part in _parts_of(address)}
        return Country(self._english[whole.otherwise], whole.otherwise), is_named

    def _tell_untold(
        self, whole: DividedCountry, text: str, country: Country, entry: Entry, notes: Notebook
    ) -> None:
        choices = " or ".join(self._names_within(whole))
        notes.tell("CG234", entry, value=text, country=country.name, choices=choices)

    def _names_within(self, whole: DividedCountry) -> list[str]:
        return [self._english[code] for code in (whole.otherwise, *(part.code for part in whole.part))]

    def _printed(self, text: str, name: str, code: str, entry: Entry, notes: Notebook) -> Country:
        """The English name as the sheet writes it, else the English name with a note."""
        if _key(text) == _key(name):
            return Country(text, code)
        notes.tell("CG231", entry, country=name)
        return Country(name, code)

    def _propose(self, text: str) -> str:
        near = difflib.get_close_matches(_key(text), self._codes, n=1, cutoff=0.75)
        return f" (did you mean {self._english[self._codes[near[0]]]}?)" if near else ""


def _parts_of(address: str) -> list[str]:
    return [part.strip(" .") for part in _ADDRESS_PARTS.split(address) if part.strip(" .")]


def _names_a_place(text: str) -> bool:
    """Whether the last part of an address is a place, and not a postal code or telephone number."""
    return _CODE_OR_TELEPHONE.fullmatch(text) is None


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    return "".join(token for token in fold(text) if token not in _ARTICLES)


def _pattern(item: PostalCode) -> re.Pattern[str]:
    return re.compile(item.pattern, re.IGNORECASE)
