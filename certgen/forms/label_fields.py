"""The fields of a label workbook: labels, recipes and answers, read as those of shipments are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from certgen.errors import FormError
from certgen.forms.asks import FurtherTable
from certgen.forms.roots import COMMON, find_forms_root
from certgen.forms.value_words import AsideSheets, Unit
from certgen.forms.vocabulary import Vocabulary, load_fields, load_vocabulary
from certgen.toml_file import Field as Key
from certgen.toml_file import Record, Words, load_toml

FOLDER = "labels"


class _LabelSheet(Record):
    sheets: dict[str, Words]
    help: str


class _Table(_LabelSheet):
    name: Words
    synonyms: Annotated[tuple[Words, ...], Key(strict=False)] = ()


class _WordsFile(Record):
    format: Literal[1]
    unit: list[Unit]


class _SheetsFile(Record):
    format: Literal[1]
    labels: _LabelSheet
    table: Annotated[tuple[_Table, ...], Key(strict=False)]


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of a label workbook and what stands on it; `table` is empty for that of the labels."""

    name: str
    help: str
    table: str = ""


def labels_folder() -> Path:
    """Where everything about labels lies as data."""
    return find_forms_root() / COMMON / FOLDER


def load_label_vocabulary() -> Vocabulary:
    """The fields of a label workbook with the words that all workbooks share; raises FormError."""
    folder = labels_folder()
    file = load_toml(folder / "sheets.toml", _SheetsFile, FormError)
    tables = tuple(FurtherTable(item.name, item.sheets, item.synonyms, (), item.help) for item in file.table)
    shared = load_vocabulary()
    units = load_toml(folder / "words.toml", _WordsFile, FormError).unit
    words = shared.words.model_copy(
        update={"unit": [*shared.words.unit, *units], "aside": _of_shipments(shared)}
    )
    return replace(shared, fields=load_fields(folder / "fields.toml"), tables=tables, words=words)


def _of_shipments(shared: Vocabulary) -> AsideSheets:
    """What tells a sheet of shipments in a workbook of labels: the header that ties its rows together."""
    reference = shared.find("reference")
    return AsideSheets(headers=list(reference.labels.values()) if reference else [])


def load_label_sheets() -> tuple[LabelSheet, ...]:
    """The sheets of a blank label workbook, that of the labels first."""
    file = load_toml(labels_folder() / "sheets.toml", _SheetsFile, FormError)
    first = LabelSheet(file.labels.sheets["en"], file.labels.help)
    return (first, *(LabelSheet(item.sheets["en"], item.help, item.name) for item in file.table))
