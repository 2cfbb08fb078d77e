"""The fields and tables that a form declares for itself, built from `[[extra]]` and `[[table]]`."""

from __future__ import annotations

from collections import Counter

from certgen.forms.folder.problems import Problems
from certgen.forms.folder.records import ExtraRecord, FormFile, FurtherTableRecord, OwnFieldRecord
from certgen.forms.model import ExtraField, FurtherTable


def build_extras(file: FormFile) -> tuple[ExtraField, ...]:
    """The form's own fields of a shipment or a product line."""
    return tuple(_own_field(record.path, record) for record in file.extra)


def build_tables(file: FormFile) -> tuple[FurtherTable, ...]:
    """The further sheets that the form asks for."""
    return tuple(_table(record) for record in file.table)


def check_own_fields(file: FormFile, where: str, problems: Problems) -> None:
    """What is wrong with the form's own fields and tables goes to `problems`."""
    for path, count in Counter(extra.path for extra in file.extra).items():
        if count > 1:
            problems.add(where, f"extra {path!r} stands there twice.")
    for name, count in Counter(table.name for table in file.table).items():
        if count > 1:
            problems.add(where, f"table {name!r} stands there twice.")
    for extra in file.extra:
        _check_field(extra, f"{where}: extra {extra.path!r}", problems)
    for table in file.table:
        _check_table(table, f"{where}: table {table.name!r}", problems)
        _check_tie(file, table, f"{where}: table {table.name!r}", problems)


def _own_field(path: str, record: ExtraRecord | OwnFieldRecord) -> ExtraField:
    return ExtraField(
        path=path,
        type=record.type,
        labels=record.labels,
        synonyms=record.synonyms,
        choices=record.choices,
        help=record.help,
        example=record.example,
    )


def _table(record: FurtherTableRecord) -> FurtherTable:
    columns = tuple(_own_field(f"tables.{record.name}.{column.name}", column) for column in record.column)
    return FurtherTable(
        record.name, record.sheets, record.synonyms, columns, record.help, record.tied_by or ""
    )


def _check_table(table: FurtherTableRecord, where: str, problems: Problems) -> None:
    if "en" not in table.sheets:
        problems.add(where, 'sheets: needs a name in English, as sheets = { en = "Seals" }.')
    for name, count in Counter(column.name for column in table.column).items():
        if count > 1:
            problems.add(where, f"column {name!r} stands there twice.")
    for column in table.column:
        _check_field(column, f"{where}: column {column.name!r}", problems)


def _check_tie(file: FormFile, table: FurtherTableRecord, where: str, problems: Problems) -> None:
    gathered = [path for path in (file.gather.by if file.gather else ()) if path.startswith("extra.")]
    if table.tied_by and table.tied_by not in gathered:
        choices = ", ".join(gathered) or "none here"
        problems.add(
            where,
            f"tied_by: {table.tied_by!r} is no field of the form's own by which shipments are gathered;"
            f" there are: {choices}.",
        )


def _check_field(record: OwnFieldRecord, where: str, problems: Problems) -> None:
    if "en" not in record.labels:
        problems.add(where, 'labels: needs a header in English, as labels = { en = "Permit number" }.')
    if (record.type == "choice") != bool(record.choices):
        problems.add(
            where, "a choice, and only a choice, has `choices`: each key with the words that mean it."
        )
