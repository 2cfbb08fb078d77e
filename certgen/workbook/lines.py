"""One row of a product table as a product line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from certgen.consignment import Cell, Product, as_plain
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import squeeze
from certgen.workbook.values.choices import Choices, read_percent
from certgen.workbook.values.codes import read_code, read_codes, read_eori, read_tariff_code
from certgen.workbook.values.dates import Months
from certgen.workbook.values.masses import Units
from certgen.workbook.values.numbers import read_number
from certgen.workbook.values.packages import PackageWords
from certgen.workbook.values.parties import Parties
from certgen.workbook.values.places import Places
from certgen.workbook.values.texts import read_items, read_text
from certgen.workbook.values.unread import Unread

Filled = Mapping[str, Sequence[Entry]]
"""The filled cells by field path."""

_COUNT = "products.packages.count"
_KIND = "products.packages.kind"
_UNIT = "products.net_mass.unit"


@dataclass(frozen=True)
class Readers:
    """Everything that understands values; made once for a workbook."""

    choices: Choices
    packages: PackageWords
    months: Months
    parties: Parties
    places: Places
    units: Units
    unread: Unread
    same_as_importer: frozenset[str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Readers:
        places = Places(vocabulary)
        words = vocabulary.words
        parties, unread = Parties(words, places), Unread(words)
        same = frozenset(map(squeeze, words.same_as_importer))
        return cls(
            Choices(words), PackageWords(words), Months(words), parties, places, Units(words), unread, same
        )

    def read_plain(self, entry: Entry, notes: Notebook) -> Any:
        """The value of a field that a form declared for itself, as plain data."""
        read = self._reader_of(entry.place.field.type)
        return as_plain(read(entry, notes))

    def _reader_of(self, kind: str) -> Callable[[Entry, Notebook], Any]:
        readers: dict[str, Callable[[Entry, Notebook], Any]] = {
            "date": self.months.read_date,
            "mass": lambda entry, notes: self.units.read_mass(entry, None, notes),
            "country": self.places.read_country,
            "countries": self.places.read_countries,
            "choice": self.choices.read_choice,
            "choices": self.choices.read_choices,
            "yes-no": self.choices.read_yes_no,
            "number": read_number,
            "percent": read_percent,
            "list": read_codes,
            "codes": read_codes,
            "form-ids": read_items,
            "code": read_code,
            "tariff-code": read_tariff_code,
            "eori": read_eori,
            "packages": lambda entry, notes: self.packages.read_packages(entry, None, notes),
            "package-count": lambda entry, notes: self.packages.read_packages(entry, None, notes),
        }
        return readers.get(kind, read_text)


class LineReader:
    """Turns the cells of one row into a product line."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def read_line(self, filled: Filled, notes: Notebook) -> Product:
        """The product of one row; every fault is a finding and leaves its field empty."""
        first = {path: entries[0] for path, entries in filled.items()}
        text = {path: read_text(first[path], notes) for path in _TEXTS if path in first}
        readers, unit = self._readers, first.get(_UNIT)
        net, gross = first.get("products.net_mass"), first.get("products.gross_mass")
        made, processed = (
            first.get("products.country_of_production"),
            first.get("products.country_of_processing"),
        )
        code, processing = first.get("products.cn_code"), first.get("products.processing")
        percent = first.get("products.organic_percent")
        return Product(
            cn_code=read_tariff_code(code, notes) if code else "",
            trade_name=text.get("products.trade_name", ""),
            packages=readers.packages.read_packages(*_count_and_kind(first), notes),
            lots=_distinct(
                lot for entry in filled.get("products.lots", ()) for lot in read_codes(entry, notes)
            ),
            net_mass=readers.units.read_mass(net, unit, notes) if net else None,
            gross_mass=readers.units.read_mass(gross, None if gross.place.unit else unit, notes)
            if gross
            else None,
            category=text.get("products.category", ""),
            processing=readers.choices.read_choice(processing, notes) if processing else "",
            country_of_production=readers.places.read_country(made, notes) if made else None,
            country_of_processing=readers.places.read_country(processed, notes) if processed else None,
            standard=text.get("products.standard", ""),
            organic_percent=read_percent(percent, notes) if percent else None,
            ingredients_confirmed=self._yes_or_no(first.get("products.ingredients_confirmed"), notes),
            for_export_only=self._yes_or_no(first.get("products.for_export_only"), notes),
            extra={
                path.removeprefix("products.extra."): readers.read_plain(entry, notes)
                for path, entry in first.items()
                if path.startswith("products.extra.")
            },
        )

    def _yes_or_no(self, entry: Entry | None, notes: Notebook) -> bool | None:
        return self._readers.choices.read_yes_no(entry, notes) if entry else None


_TEXTS = ("products.trade_name", "products.category", "products.standard")


def cells_of_line(position: int, row: Sequence[Entry]) -> dict[str, Cell]:
    """Each field of a line with its cell, the empty ones too: what is missing is shown there."""
    cells: dict[str, Cell] = {}
    for entry in row:
        path = f"products.{position}.{entry.path.removeprefix('products.').removesuffix('.count')}"
        if path not in cells or (entry.is_filled and not cells[path].text):
            cells[path] = entry.as_cell()
    return cells


def _count_and_kind(first: Mapping[str, Entry]) -> tuple[Entry | None, Entry | None]:
    """Beside a column of counts, a column for both (`Packing`) holds the kind."""
    both, count, kind = first.get("products.packages"), first.get(_COUNT), first.get(_KIND)
    return (count, kind or both) if count else (both, kind)


def _distinct(items: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
