"""The consignment fields, what people call them in five languages, and the words their values are made of.

Read from `templates/_common/`: `fields.toml`, `words.toml`, `codes/countries.csv`; forms add their own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from certgen.consignment import without_positions
from certgen.errors import FormError
from certgen.forms.model import ExtraField, Form, FurtherTable
from certgen.forms.roots import COMMON, find_forms_root
from certgen.forms.value_words import Words
from certgen.toml_file import Field as Key
from certgen.toml_file import Record, load_toml

FieldType = Literal[
    "text",
    "name",
    "address",
    "party",
    "parties",
    "control-body",
    "control-bodies",
    "country",
    "countries",
    "eori",
    "code",
    "codes",
    "tariff-code",
    "date",
    "mass",
    "unit",
    "packages",
    "package-count",
    "package-kind",
    "list",
    "choice",
    "choices",
    "number",
    "percent",
    "yes-no",
    "form-ids",
]
Doubt = Literal["error", "warning"]
TABLE_KEYS = frozenset({"reference", "invoice_number", "exporter", "exporter.name"})
"""The fields that tie a row of a further table to its shipment."""
ALWAYS_USED = TABLE_KEYS | {"forms", "issue_date", "departure_date"}
"""The shared fields that every paper has to do with."""


@dataclass(frozen=True, slots=True)
class Field:
    """One consignment field.

    `path` is an attribute path of `certgen.consignment` without positions (`products.lots`); a part of a
    value may have a column of its own (`products.packages.kind`). `on` is `shipment` or `product`. `labels`
    and `synonyms` are by language; `choices` gives each key the words that mean it. `form` names the form
    that declared the field for itself. `doubt` is how much it weighs when a word means none of the choices,
    `shown` words of the choices, by language, for whoever wrote such a word.
    """

    path: str
    type: str
    on: str
    labels: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    help: str = ""
    example: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    form: str = ""
    doubt: Doubt = "error"
    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def offered_in(self, language: str) -> tuple[str, ...]:
        """A word for each choice in a language, in English where it has none."""
        return self.shown.get(language, self.offered)

    @property
    def offered(self) -> tuple[str, ...]:
        """A word that people write for each choice: its key where it is one, else the first of its words."""
        return tuple(words[0] if words and not key.isalpha() else key for key, words in self.choices.items())

    def label(self, language: str = "en") -> str:
        """What the field is called in a language, in English where it has no word there."""
        return self.labels.get(language) or self.labels.get("en") or self.path


@dataclass(frozen=True, slots=True)
class CountryWords:
    """A country: its code, the English name that is printed, and every other name it goes by."""

    code: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every field a workbook may fill, in the order people expect, with the words of their values.

    `unused` are the shared fields that no form at hand reads; a form's own field takes a header from them.
    """

    fields: tuple[Field, ...]
    words: Words
    countries: tuple[CountryWords, ...]
    tables: tuple[FurtherTable, ...] = ()
    unused: frozenset[str] = frozenset()

    def for_sheet(self, table: str = "") -> Vocabulary:
        """What the headers of one sheet may mean: columns of a further table, or anything but these."""
        if not table:
            fields = tuple(item for item in self.fields if not item.path.startswith("tables."))
        else:
            own = tuple(item for item in self.fields if item.path.startswith(f"tables.{table}."))
            keys = TABLE_KEYS | {item.tied_by for item in self.tables if item.name == table}
            fields = own + tuple(item for item in self.fields if item.path in keys)
        return replace(self, fields=fields)

    @property
    def ties(self) -> frozenset[str]:
        """The fields that tie rows of further tables to a paper of several shipments."""
        return frozenset(table.tied_by for table in self.tables if table.tied_by)

    def find(self, path: str) -> Field | None:
        """The field of this path, with or without positions; of a gathered shipment that of any."""
        plain = without_positions(path).removeprefix("shipments.")
        return next((item for item in self.fields if item.path == plain), None)

    def label(self, path: str, language: str = "en") -> str:
        """What a field is called; the path itself when it is not known."""
        found = self.find(path)
        return found.label(language) if found else path


class _FieldRecord(Record):
    path: str
    type: FieldType
    on: Literal["shipment", "product"]
    labels: dict[str, str]
    synonyms: dict[str, list[str]] = Key(default_factory=dict)
    help: str = ""
    example: str = ""
    choices: dict[str, list[str]] = Key(default_factory=dict)
    doubt: Doubt = "error"
    shown: dict[str, list[str]] = Key(default_factory=dict)


class _FieldsFile(Record):
    format: Literal[1]
    field: list[_FieldRecord]


def load_vocabulary(forms: Iterable[Form] = ()) -> Vocabulary:
    """The shared fields and those that these forms declare; raises FormError naming file and key.

    A form may declare a shared field too, to name it in its texts; its words are then those of all.
    """
    common = find_forms_root() / COMMON
    shared = load_fields(common / "fields.toml")
    forms = tuple(forms)
    own = tuple(_as_extra(extra, form.id) for form in forms for extra in form.own_fields)
    return Vocabulary(
        fields=_without_repeats(shared + own),
        unused=_unused(shared, forms) if forms else frozenset(),
        tables=tuple(table for form in forms for table in form.tables),
        words=load_toml(common / "words.toml", Words, FormError),
        countries=tuple(_load_countries(common / "codes" / "countries.csv")),
    )


def _unused(shared: Iterable[Field], forms: Iterable[Form]) -> frozenset[str]:
    """The shared fields that none of these forms reads, neither whole nor in part."""
    used = {path.removeprefix("shipments.") for form in forms for path in form.fields} | ALWAYS_USED
    return frozenset(
        item.path
        for item in shared
        if not any(
            path.startswith(f"{item.path}.") or f"{item.path}.".startswith(f"{path}.") for path in used
        )
    )


def load_fields(path: Path) -> tuple[Field, ...]:
    """The fields that a file describes, in its order; raises FormError naming file and key."""
    records = load_toml(path, _FieldsFile, FormError).field
    seen: set[str] = set()
    for record in records:
        if record.path in seen:
            raise FormError(f"{path}: the field {record.path!r} is described twice.")
        seen.add(record.path)
    return tuple(_as_field(record) for record in records)


def _as_field(record: _FieldRecord) -> Field:
    return Field(
        path=record.path,
        type=record.type,
        on=record.on,
        labels=record.labels,
        synonyms={language: tuple(words) for language, words in record.synonyms.items()},
        help=record.help,
        example=record.example,
        choices={key: tuple(words) for key, words in record.choices.items()},
        doubt=record.doubt,
        shown={language: tuple(words) for language, words in record.shown.items()},
    )


def _as_extra(extra: ExtraField, form_id: str) -> Field:
    return Field(
        path=extra.path,
        type=extra.type,
        on="product" if extra.path.startswith("products.") else "shipment",
        labels=extra.labels,
        synonyms={"en": extra.synonyms},
        help=extra.help,
        example=extra.example,
        choices=extra.choices,
        form=form_id,
    )


def _without_repeats(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Two forms may declare the same field, of the same type; the first description holds."""
    first: dict[str, Field] = {}
    for item in fields:
        known = first.setdefault(item.path, item)
        if (known.type, set(known.choices)) != (item.type, set(item.choices)):
            where = f"in the form {known.form}" if known.form else "in every workbook"
            raise FormError(
                f"{item.path} is {known.type} {where}, and in {item.form} {item.type}, "
                "or it has other choices there; give it the same type and choices, or another name."
            )
    return tuple(first.values())


def _load_countries(path: Path) -> Iterable[CountryWords]:
    """Rows of `countries.csv`: code, English name, names in four languages, other words divided by `|`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FormError(f"{path}: cannot be read ({error}).") from error
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        others = [row[language] for language in ("fr", "es", "de", "ja")] + row["other"].split("|")
        yield CountryWords(row["code"], row["name"], tuple(word for word in others if word))
