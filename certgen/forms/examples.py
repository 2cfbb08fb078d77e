"""What the example row of a blank workbook says, where a form has words of its own for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from certgen.forms.folder.problems import Problems
from certgen.forms.folder.records import ExtraRecord, FormFile, OwnFieldRecord
from certgen.forms.language.kinds import DATE, Kind, field_paths, find_kind
from certgen.toml_file import nearest_word

_FIXED = frozenset({"reference", "forms"})
"""What certgen itself writes into every example row."""


def check_examples(file: FormFile, whole: Kind, where: str, problems: Problems) -> None:
    """Every example is of a field that there is, and that of a date is a day; else it goes to `problems`."""
    for path, text in file.examples.items():
        _check_shared(path, text, whole, f"{where}: examples", problems)
    for place, record in _own_fields(file):
        if record.type == "date" and record.example:
            _check_day(record.example, f"{where}: {place}: example", problems)


def find_example(path: str, examples: Iterable[Mapping[str, str]], otherwise: str) -> str:
    """What the first of these says of the field; what is said of it elsewhere, where none does."""
    return next((each[path] for each in examples if path in each), otherwise)


def _check_shared(path: str, text: str, whole: Kind, where: str, problems: Problems) -> None:
    kind = find_kind(whole, path)
    if kind is None or path in _FIXED:
        near = nearest_word(path, field_paths(whole)) if kind is None else ""
        problems.add(where, f"there is no field {path!r} to give an example of{near}.")
    elif kind is DATE and text:
        _check_day(text, f"{where}: {path!r}", problems)


def _check_day(text: str, where: str, problems: Problems) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        problems.add(where, f"{text!r} is no day; write it as 2026-12-08.")


def _own_fields(file: FormFile) -> Iterable[tuple[str, ExtraRecord | OwnFieldRecord]]:
    yield from ((f"extra {extra.path!r}", extra) for extra in file.extra)
    for table in file.table:
        yield from ((f"table {table.name!r}: column {column.name!r}", column) for column in table.column)
