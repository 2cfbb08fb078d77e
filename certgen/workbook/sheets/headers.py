"""What a header means: an exact match after folding, or a proposal that the user must confirm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from certgen.forms.vocabulary import Field, Vocabulary
from certgen.workbook.folding import fold, squeeze
from certgen.workbook.sheets.beginnings import Beginnings
from certgen.workbook.sheets.confirmed import require_field
from certgen.workbook.sheets.header_keys import HeaderKeys, join_letters
from certgen.workbook.sheets.party_headers import PARTIES, PartyHeaders, headers_of
from certgen.workbook.sheets.strange_headers import BRACKETED, StrangeHeaders
from certgen.workbook.sheets.two_in_one import as_written, divide_header

_DIVIDED = re.compile(
    r"[/|\n／]|(?<=[\u3040-\u9fff）])\s*(?=[A-Za-z(])|(?<=[A-Za-z.)])\s*(?=[\u3040-\u9fff])"
)
_LONGEST_HEADER = 160
_WORD = re.compile(r"[^\W\d_]+")
_TWO = 2
_MEASURED = frozenset({"mass"})
_COUNTED = frozenset({"package-count"})
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
        meant = {squeeze(header): require_field(word, vocabulary) for header, word in maps.items()}
        vocabulary = vocabulary.for_sheet(table)
        self._words = vocabulary.words
        self._keys = HeaderKeys(vocabulary.words)
        self._ignorable = {squeeze(word) for word in vocabulary.words.ignorable}
        self._counts = {squeeze(word) for word in vocabulary.words.counts}
        self._packages = {squeeze(word) for word in vocabulary.words.package_headers}
        self._load_units = {squeeze(word) for word in vocabulary.words.load_units}
        self._kg = {squeeze(word) for unit in vocabulary.words.unit if unit.is_kg for word in unit.words}
        self._spellings = {squeeze(word): word for word in vocabulary.words.package_kinds}
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
        known = {key: match.fields[0] for key, match in self._known.items()}
        self._strange = StrangeHeaders(vocabulary, known, self._keys.of_header)
        self._parties = PartyHeaders(vocabulary, self._keys.of)
        self._maps = {header: item for header, item in meant.items() if item in vocabulary.fields}
        self._beginnings = Beginnings(
            (*self._known, *self._parties.words, *self._packages, *self._maps),
            ("#", *self._keys.dropped, *self._keys.units, *self._counts, *self._ignorable),
        )

    def for_table(self, table: str) -> HeaderIndex:
        """The headers of a further table that a form asks for."""
        return HeaderIndex(self._whole, self._given, table)

    def match(self, header: str) -> HeaderMatch | None:
        """What a header means, or None; never a guess."""
        if header not in self._cache:
            may_be_one = len(header) <= _LONGEST_HEADER and self._beginnings.may_begin(header)
            self._cache[header] = self.take_apart(header) if may_be_one else None
        return self._cache[header]

    def match_part(self, group: Field, header: str) -> HeaderMatch | None:
        """What `Name` or `Address` means beneath the heading of a party."""
        part = self._parties.find_part(self._keys.of(fold(header)))
        if not part or group.type not in PARTIES:
            return None
        found = next((item for item in self._fields if item.path == f"{group.path}.{part}"), None)
        return HeaderMatch((found,)) if found else None

    def is_choice(self, group: Field, text: str) -> bool:
        """Whether a text is one of the words that a field expects, though it may be a header elsewhere."""
        return squeeze(text) in self._choices.get(group.path, ())

    def with_unit_of(self, match: HeaderMatch, heading: str) -> HeaderMatch:
        """A weight without a unit of its own takes that of the heading over it."""
        if match.unit or match.fields[0].type not in _MEASURED:
            return match
        bare, hints = self._read_brackets(heading)
        return replace(match, unit=hints["unit"] or self._keys.divide_unit(fold(bare))[1])

    def counts_load_units(self, match: HeaderMatch) -> bool:
        """Whether a header counts pallets, on which packages stand that another column may count."""
        return squeeze(match.kind) in self._load_units

    def is_in_kg(self, match: HeaderMatch) -> bool:
        """Whether a header gives its weight in kg."""
        return squeeze(match.unit) in self._kg

    def read_hint(self, text: str) -> HeaderMatch | None:
        """What a cell under a header adds to it: a unit, a kind of packages, an order of dates; else None."""
        bare = text.strip(" ()[]（）")
        hint = HeaderMatch(
            (),
            unit=bare if squeeze(bare) in self._keys.units else "",
            kind=bare if squeeze(bare) in self._packages else "",
            date_order=self._words.date_formats.get(" ".join(fold(bare)), ""),
        )
        return hint if hint != HeaderMatch(()) or squeeze(bare) in self._ignorable else None

    def propose(self, header: str) -> Field | None:
        """The field whose header is nearest to an unknown one, for the user to confirm."""
        return self._strange.propose(header)

    def take_apart(self, header: str) -> HeaderMatch | None:
        """What a header means, however it begins."""
        mapped = self._maps.get(squeeze(header))
        if mapped is None and self._strange.is_needless(header) and not self._is_of_a_form(header):
            return None
        plain = self._match_whole(header)
        if mapped is None and self.find_two(header):
            return None
        if mapped is not None:
            return replace(plain or self._hints_of(header, mapped), fields=(mapped,), is_mapped=True)
        return plain or self._match_divided(header)

    def _is_of_a_form(self, header: str) -> bool:
        """Whether a form asks for a column that most others have no use for."""
        known = self._known.get(self._keys.of(fold(header)))
        return known is not None and any(item.form for item in known.fields)

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
        unit = "" if self._keys.without_units(tokens) == tokens else tokens[-1]
        return HeaderMatch((item,), unit=hints["unit"] or unit, date_order=hints["date_order"])

    def _match_whole(self, header: str) -> HeaderMatch | None:
        if known := self._find(self._keys.of(fold(header))):
            return known
        bare, hints = self._read_brackets(header)
        tokens = fold(bare)
        known = self._find(self._keys.of(tokens)) if bare != header else None
        found = known or self._match_tokens(tokens)
        if found is None:
            return None
        return replace(
            found,
            unit=hints["unit"] or found.unit,
            date_order=hints["date_order"] or found.date_order,
            kind=self._kind_as_written(found.kind, bare),
        )

    def _kind_as_written(self, kind: str, header: str) -> str:
        """The kind of packages as lists spell it, else with the letters that the header has (`Säcke`)."""
        if not kind:
            return ""
        folded = set(kind.split())
        written = [word for word in _WORD.findall(header) if folded.issuperset(fold(word))]
        return self._spellings.get(squeeze(kind)) or " ".join(written)

    def _match_tokens(self, tokens: tuple[str, ...]) -> HeaderMatch | None:
        """What words say that are no field's own name: a weight with its unit, one of several, a count."""
        return self._match_measured(tokens) or self._match_numbered(tokens) or self._match_packages(tokens)

    def _match_measured(self, tokens: tuple[str, ...]) -> HeaderMatch | None:
        """`Net weight kg`, `Net weight in kg`, `Kg net`: a weight with its unit."""
        rest, unit = self._keys.divide_unit(tokens)
        known = self._find(self._keys.of(rest)) if unit else None
        return replace(known, unit=unit) if known and known.fields[0].type in _MEASURED else None

    def _match_numbered(self, tokens: tuple[str, ...]) -> HeaderMatch | None:
        """`Producer 2 name`, `Container 3`: only where there may be several."""
        words = tuple(join_letters(tokens))
        digits = [word for word in words if word.isdecimal()]
        if len(digits) != 1 or len(digits[0]) > 2:
            return None
        known = self._find(self._keys.of(tuple(word for word in words if word != digits[0])))
        if known is None or known.fields[0].type not in _REPEATABLE:
            return None
        return replace(known, position=int(digits[0]))

    def _match_packages(self, tokens: tuple[str, ...]) -> HeaderMatch | None:
        """`No. of bags`, `Cartons`: a count whose header names the kind."""
        dropped = self._keys.dropped | self._counts | {"#"}
        words = [word for word in join_letters(tokens) if word not in dropped]
        if self._count is None or "".join(words) not in self._packages:
            return None
        return HeaderMatch((self._count,), kind=" ".join(words))

    def _match_divided(self, header: str) -> HeaderMatch | None:
        """`Lot number / Numéro de lot`: taken when every part means the same."""
        parts = [part for part in _DIVIDED.split(header) if fold(part)]
        if len(parts) < _TWO:
            return None
        found = [self._match_whole(part) for part in parts]
        if any(match is None for match in found):
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
            if "".join(tokens) in self._keys.units:
                hints["unit"] = found[1].strip()
            elif order := self._words.date_formats.get(" ".join(tokens)):
                hints["date_order"] = order
            elif "".join(tokens) not in self._ignorable and tokens:
                return found[0]
            return " "

        return BRACKETED.sub(judge, header), hints

    def _learn(self, item: Field) -> None:
        for language, words in headers_of(item):
            for word in words:
                self._written.add(as_written(word))
                self._remember(self._keys.of(fold(word)), item, language)

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
        known = self._known.get(key) or self._find_numbered(key)
        if known or not key:
            return known
        found = self._parties.find(key)
        return HeaderMatch(found[:1], languages=frozenset(found[1:])) if found else None

    def _find_numbered(self, key: str) -> HeaderMatch | None:
        """`Lot n°` is `N° de lot`; not the other way round, where it may count (`Number of seals`)."""
        known = self._known.get(f"#{key.removesuffix('#')}") if key.endswith("#") else None
        return known if known and known.fields[0].type not in _COUNTED else None
