"""What a header means: an exact match after folding, or a proposal that the user must confirm."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from certgen.errors import UsageError
from certgen.forms.value_words import Words
from certgen.forms.vocabulary import Field, Vocabulary
from certgen.toml_file import nearest_word
from certgen.workbook.folding import fold, squeeze
from certgen.workbook.sheets.party_headers import PARTIES, PartyHeaders, headers_of
from certgen.workbook.sheets.two_in_one import as_written, divide_header

_BRACKETED = re.compile(r"[(\[（［{]([^()\[\]（）［］{}]*)[)\]）］}]")
_DIVIDED = re.compile(
    r"[/|\n／]|(?<=[\u3040-\u9fff）])\s*(?=[A-Za-z(])|(?<=[A-Za-z.)])\s*(?=[\u3040-\u9fff])"
)
_LONGEST_HEADER = 160
_COMPOUND_NUMBERS = ("nummern", "nummer", "nrs", "nr")
_SHORTEST_STEM = 3
_TWO = 2
_MEASURED = frozenset({"mass"})
_REPEATABLE = frozenset({"list", "parties", "control-bodies", "countries", "name", "address", "codes"})


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What a header names: its field (two where only the sheet can tell), and what else it says.

    `unit` is the unit it gives, `kind` the kind of packages it counts, `date_order` the order of day, month
    and year, `position` its number among equal headers (`Producer 2`), `languages` those it may be in.
    """

    fields: tuple[Field, ...]
    unit: str = ""
    kind: str = ""
    date_order: str = ""
    position: int = 0
    languages: frozenset[str] = frozenset()
    is_mapped: bool = False

    def field_on(self, on: str) -> Field:
        """The meaning that suits a table of lines (`product`) or of shipments (`shipment`)."""
        return next((item for item in self.fields if item.on == on), self.fields[0])


class HeaderIndex:
    """Every header that a sheet may have, by its folded form; made once for a workbook.

    The further tables that forms ask for have headers of their own: `table` names one of them.
    """

    def __init__(self, vocabulary: Vocabulary, maps: Mapping[str, str], table: str = "") -> None:
        self._whole, self._given = vocabulary, maps
        meant = {squeeze(header): _field_meant(word, vocabulary) for header, word in maps.items()}
        vocabulary = vocabulary.for_sheet(table)
        self._words = vocabulary.words
        self._small = frozenset(vocabulary.words.small)
        self._numbers = frozenset(vocabulary.words.number)
        self._units = {squeeze(word) for word in _unit_words(vocabulary.words)}
        self._before_units = frozenset(vocabulary.words.before_units)
        self._ignorable = {squeeze(word) for word in vocabulary.words.ignorable}
        self._counts = {squeeze(word) for word in vocabulary.words.counts}
        self._packages = {squeeze(word) for word in vocabulary.words.package_headers}
        self._count = vocabulary.find("products.packages.count")
        self._known: dict[str, HeaderMatch] = {}
        self._written: set[str] = set()
        self._cache: dict[str, HeaderMatch | None] = {}
        self._fields, self._unused = vocabulary.fields, vocabulary.unused
        self._choices = {
            item.path: {squeeze(word) for words in item.choices.values() for word in words} | {*item.choices}
            for item in vocabulary.fields
            if item.choices
        }
        self._choices["products.packages.kind"] = self._packages
        for item in vocabulary.fields:
            self._learn(item)
        self._proposed = tuple(self._known)
        self._parties = PartyHeaders(vocabulary, self._key)
        self._maps = {header: item for header, item in meant.items() if item in vocabulary.fields}

    def for_table(self, table: str) -> HeaderIndex:
        """The headers of a further table that a form asks for."""
        return HeaderIndex(self._whole, self._given, table)

    def match(self, header: str) -> HeaderMatch | None:
        """What a header means, or None; never a guess."""
        if header not in self._cache:
            self._cache[header] = self._match(header) if len(header) <= _LONGEST_HEADER else None
        return self._cache[header]

    def match_part(self, group: Field, header: str) -> HeaderMatch | None:
        """What `Name` or `Address` means beneath the heading of a party."""
        part = self._parties.find_part(self._key(fold(header)))
        if not part or group.type not in PARTIES:
            return None
        found = next((item for item in self._fields if item.path == f"{group.path}.{part}"), None)
        return HeaderMatch((found,)) if found else None

    def is_choice(self, group: Field, text: str) -> bool:
        """Whether a text is one of the words that a field expects, though it may be a header elsewhere."""
        return squeeze(text) in self._choices.get(group.path, ())

    def read_hint(self, text: str) -> HeaderMatch | None:
        """What a cell under a header adds to it: a unit, a kind of packages, an order of dates; else None."""
        bare = text.strip(" ()[]（）")
        hint = HeaderMatch(
            (),
            unit=bare if squeeze(bare) in self._units else "",
            kind=bare if squeeze(bare) in self._packages else "",
            date_order=self._words.date_formats.get(" ".join(fold(bare)), ""),
        )
        return hint if hint != HeaderMatch(()) or squeeze(bare) in self._ignorable else None

    def propose(self, header: str) -> Field | None:
        """The field whose header is nearest to an unknown one, for the user to confirm."""
        key = self._key(self._without_units(fold(_BRACKETED.sub(" ", header))))
        near = difflib.get_close_matches(key, self._proposed, n=1, cutoff=0.8) if len(key) > 3 else []
        return self._known[near[0]].fields[0] if near else None

    def _match(self, header: str) -> HeaderMatch | None:
        mapped = self._maps.get(squeeze(header))
        plain = self._match_whole(header)
        if mapped is None and self.find_two(header):
            return None
        if mapped is not None:
            return replace(plain or self._hints_of(header, mapped), fields=(mapped,), is_mapped=True)
        return plain or self._match_divided(header)

    def find_two(self, header: str) -> tuple[Field, ...]:
        """The different things that a header names at once; none where it is known to be one."""
        parts = divide_header(header) if len(header) <= _LONGEST_HEADER else []
        if len(parts) < _TWO or as_written(header) in self._written:
            return ()
        found = [self._match_whole(part) for part in parts]
        if any(match is None for match in found):
            return ()
        named = {match.fields[0].path: match.fields[0] for match in found if match}
        return tuple(named.values()) if len(named) >= _TWO else ()

    def _hints_of(self, header: str, item: Field) -> HeaderMatch:
        """Unit and date order of a header whose field is known from elsewhere."""
        bare, hints = self._read_brackets(header)
        tokens = fold(bare)
        unit = "" if self._without_units(tokens) == tokens else tokens[-1]
        return HeaderMatch((item,), unit=hints["unit"] or unit, date_order=hints["date_order"])

    def _match_whole(self, header: str) -> HeaderMatch | None:
        if known := self._find(self._key(fold(header))):
            return known
        bare, hints = self._read_brackets(header)
        found = self._match_tokens(fold(bare))
        if found is None:
            return None
        return replace(
            found, unit=hints["unit"] or found.unit, date_order=hints["date_order"] or found.date_order
        )

    def _match_tokens(self, tokens: tuple[str, ...]) -> HeaderMatch | None:
        if known := self._find(self._key(tokens)):
            return known
        unitless = self._without_units(tokens)
        known = self._find(self._key(unitless))
        if known and unitless != tokens and known.fields[0].type in _MEASURED:
            return replace(known, unit=tokens[-1])
        return self._match_numbered(tokens) or self._match_packages(tokens)

    def _match_numbered(self, tokens: tuple[str, ...]) -> HeaderMatch | None:
        """`Producer 2 name`, `Container 3`: only where there may be several."""
        words = tuple(_joined_letters(tokens))
        digits = [word for word in words if word.isdecimal()]
        if len(digits) != 1 or len(digits[0]) > 2:
            return None
        known = self._find(self._key(tuple(word for word in words if word != digits[0])))
        if known is None or known.fields[0].type not in _REPEATABLE:
            return None
        return replace(known, position=int(digits[0]))

    def _match_packages(self, tokens: tuple[str, ...]) -> HeaderMatch | None:
        """`No. of bags`, `Cartons`: a count whose header names the kind."""
        dropped = self._numbers | self._small | self._counts | {"#"}
        words = [word for word in tokens if word not in dropped]
        if self._count is None or "".join(words) not in self._packages:
            return None
        return HeaderMatch((self._count,), kind=" ".join(words))

    def _match_divided(self, header: str) -> HeaderMatch | None:
        """`Lot number / Numéro de lot`: taken when every part means the same."""
        parts = [part for part in _DIVIDED.split(header) if fold(part)]
        found = [self._match_whole(part) for part in parts]
        if len(found) < 2 or any(match is None for match in found):
            return None
        first, *others = [match for match in found if match is not None]
        if any(match.fields != first.fields for match in others):
            return None
        unit = next((match.unit for match in (first, *others) if match.unit), "")
        return replace(first, unit=unit, languages=frozenset())

    def _read_brackets(self, header: str) -> tuple[str, dict[str, str]]:
        """The header without brackets that hold a unit, a date order or a word that changes nothing."""
        hints = {"unit": "", "date_order": ""}

        def judge(found: re.Match[str]) -> str:
            tokens = fold(found[1])
            if "".join(tokens) in self._units:
                hints["unit"] = found[1].strip()
            elif order := self._words.date_formats.get(" ".join(tokens)):
                hints["date_order"] = order
            elif "".join(tokens) not in self._ignorable and tokens:
                return found[0]
            return " "

        return _BRACKETED.sub(judge, header), hints

    def _without_units(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """The words of a header without a unit at the end (`in kg`)."""
        if len(tokens) < 2 or tokens[-1] not in self._units:
            return tokens
        has_link = tokens[-2] in self._before_units
        return tokens[:-2] if has_link else tokens[:-1]

    def _key(self, tokens: Sequence[str]) -> str:
        """Words as headers are compared: abbreviations joined (`H. S.`), articles dropped, numbers alike."""
        words = [word for word in self._without_compounds(_joined_letters(tokens)) if word not in self._small]
        key = "".join("#" if word in self._numbers else word for word in words)
        return "" if key == "#" else key

    def _without_compounds(self, words: Iterable[str]) -> Iterator[str]:
        """`Auftragsnr` and `Auftragsnummer` are `Auftrags-Nr.`"""
        for word in words:
            end = next((end for end in _COMPOUND_NUMBERS if word.endswith(end)), "")
            stem = word.removesuffix(end)
            yield from (stem, end) if end and len(stem) >= _SHORTEST_STEM else (word,)

    def _learn(self, item: Field) -> None:
        for language, words in headers_of(item):
            for word in words:
                self._written.add(as_written(word))
                self._remember(self._key(fold(word)), item, language)

    def _remember(self, key: str, item: Field, language: str) -> None:
        """The first field to claim a header keeps it; a second one beside it only on the other level.

        A form's own field takes it from those that no form reads.
        """
        known = self._known.get(key)
        if not key:
            return
        if known is None or (item.form and all(other.path in self._unused for other in known.fields)):
            self._known[key] = HeaderMatch((item,), languages=frozenset({language}))
        elif item in known.fields:
            self._known[key] = replace(known, languages=known.languages | {language})
        elif all(item.on != other.on for other in known.fields):
            self._known[key] = replace(known, fields=(*known.fields, item))

    def _find(self, key: str) -> HeaderMatch | None:
        """What the words of a header mean: a field's own, else those of a party with one of its parts."""
        known = self._known.get(key)
        if known or not key:
            return known
        found = self._parties.find(key)
        return HeaderMatch(found[:1], languages=frozenset(found[1:])) if found else None


def _joined_letters(tokens: Sequence[str]) -> Iterator[str]:
    """`N. o` is `no` and `B/L` is `bl`; a letter by itself stays one."""
    letters = ""
    for token in tokens:
        if len(token) == 1 and token.isascii() and token.isalpha():
            letters += token
            continue
        if letters:
            yield letters
            letters = ""
        yield token
    if letters:
        yield letters


def _unit_words(words: Words) -> Iterator[str]:
    for unit in words.unit:
        yield from unit.words
    for unclear in words.unclear_unit:
        yield from unclear.words


def _field_meant(word: str, vocabulary: Vocabulary) -> Field:
    """The field that the right side of `--map` names, by path or label; raises UsageError."""
    wanted = squeeze(word)
    for item in vocabulary.fields:
        if wanted in {squeeze(item.path), *(squeeze(label) for label in item.labels.values())}:
            return item
    near = nearest_word(word, [item.label() for item in vocabulary.fields])
    raise UsageError(f"There is no field {word!r}{near}; a header is mapped to a field by its name.")
