"""A shipment workbook as typed consignments, with how it was read and everything that is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from certgen.consignment import Cell, Consignment
from certgen.findings import Finding
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.building import Builder
from certgen.workbook.cell_name import cell_name, column_letters, parse_cell_name
from certgen.workbook.entries import Notebook, Place
from certgen.workbook.folding import squeeze
from certgen.workbook.formats.load import load_book
from certgen.workbook.gathering import Gatherer
from certgen.workbook.grid import CellKind, Grid, GridBook, GridCell
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.sense import Placed
from certgen.workbook.sheets.shapes import Sheet, SheetReading, describe, settle_together, understand
from certgen.workbook.sheets.tables import GOODS, KEYS

_FEWEST_OF_A_SHIPMENT = 3


@dataclass(frozen=True)
class Reading:
    """What a workbook says.

    `consignments` stand in workbook order; `findings_of` holds the findings of each, `general` those that
    concern none of them alone, and `findings` all of them as the eye reads the workbook.
    """

    path: Path
    sha256: str
    sheets: tuple[SheetReading, ...]
    consignments: tuple[Consignment, ...]
    findings_of: tuple[tuple[Finding, ...], ...]
    general: tuple[Finding, ...]
    findings: tuple[Finding, ...]


def read_workbook(path: Path, vocabulary: Vocabulary, maps: Mapping[str, str]) -> Reading:
    """Read a workbook file; `maps` gives headers the field (path or label) that the user confirmed.

    Raises UnreadableInputError for a file that cannot be read, UsageError for a map to no known field.
    """
    index = HeaderIndex(vocabulary, maps)
    with _without_collector():
        return read_book(load_book(path), path, vocabulary, index)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Reading makes a million small things and no circles of them: looking for circles is a quarter of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_book(book: GridBook, path: Path, vocabulary: Vocabulary, index: HeaderIndex) -> Reading:
    """What the sheets of a workbook say, however its file was written."""
    indexes = [_index_for(grid, vocabulary, index) for grid in book.sheets]
    sheets = [
        understand(book.name, grid, position, own, vocabulary.words, is_further=own is not index)
        for position, (grid, own) in enumerate(zip(book.sheets, indexes, strict=True))
    ]
    settle_together(sheets)
    notes = Notebook()
    for sheet, own in zip(sheets, indexes, strict=True):
        _tell_sheet(sheet, own, notes)
    drafts = Gatherer(sheets, vocabulary, notes).gather()
    if not drafts:
        notes.tell_of("CG168", None, workbook=book.name)
    builder = Builder(vocabulary)
    built = [builder.build(draft) for draft in drafts]
    findings_of = tuple(_ordered(findings, sheets) for _, findings in built)
    general = (*book.findings, *_ordered(notes.findings, sheets))
    return Reading(
        path=path,
        sha256=book.sha256,
        sheets=tuple(describe(sheet, own) for sheet, own in zip(sheets, indexes, strict=True)),
        consignments=tuple(consignment for consignment, _ in built),
        findings_of=findings_of,
        general=general,
        findings=_ordered(_distinct([*general, *(item for found in findings_of for item in found)]), sheets),
    )


def _index_for(grid: Grid, vocabulary: Vocabulary, index: HeaderIndex) -> HeaderIndex:
    """The headers of the further table whose name the sheet bears, else the common ones."""
    for table in vocabulary.tables:
        if squeeze(grid.name) in {squeeze(name) for name in (*table.sheets.values(), *table.synonyms)}:
            return index.for_table(table.name)
    return index


def _tell_sheet(sheet: Sheet, index: HeaderIndex, notes: Notebook) -> None:
    """What is to be told of a sheet as a whole: hidden parts, headers nearly known, mapped or doubled."""
    if not sheet.grid.is_visible:
        notes.tell_of("CG167", _corner(sheet), sheet=sheet.grid.name)
    _tell_hidden_rows(sheet, notes)
    table = sheet.table
    for cell in sheet.unknown:
        if near := index.propose(cell.text):
            header = cell.text.strip()
            notes.tell_of("CG159", sheet.cell(cell, header), header=header, meaning=near.label())
    for cell, place in table.doubled if table else ():
        notes.tell_of(
            "CG161", sheet.cell(cell, place.header), header=place.header, meaning=place.field.label()
        )
    _tell_columns_of_lines(sheet, notes)
    _tell_labels(sheet, notes)
    for match in [*(table.matches if table else ()), *(sheet.labels.matches if sheet.labels else ())]:
        if match.is_mapped:
            notes.tell_of("CG160", _corner(sheet), meaning=match.fields[0].label(), sheet=sheet.grid.name)


def _tell_labels(sheet: Sheet, notes: Notebook) -> None:
    """Values beside a label that were read or left over, and labels that nothing on the sheet needs."""
    labels = sheet.labels
    if labels is None:
        return
    told = [("CG174", labels.listed), ("CG173", labels.unread)]
    if sheet.shape in ("products", "table"):
        told = [("CG175", labels.placed)]
    for code, found in told:
        for place, cell in found:
            notes.tell_of(code, sheet.cell(cell, place.header), header=place.header)
    if sheet.shape == "form":
        _tell_second_column([*labels.listed, *labels.unread], sheet, notes)


def _tell_second_column(beside: Sequence[Placed], sheet: Sheet, notes: Notebook) -> None:
    """A further column of values, not of remarks, is a second shipment that would go unread."""
    columns: dict[int, list[Placed]] = {}
    for place, cell in beside:
        columns.setdefault(cell.column, []).append((place, cell))
    for column, found in columns.items():
        if len(found) >= _FEWEST_OF_A_SHIPMENT and any(_is_second_value(*item) for item in found):
            notes.tell_of("CG176", sheet.cell(found[0][1]), column=column_letters(column))


def _is_second_value(place: Place, cell: GridCell) -> bool:
    is_key = place.field.path in KEYS and any(map(str.isdigit, cell.text))
    return is_key or cell.kind in (CellKind.NUMBER, CellKind.DATE)


def _tell_columns_of_lines(sheet: Sheet, notes: Notebook) -> None:
    """In a sheet of shipments a column of the product lines goes unread; goods named there are a summary."""
    if sheet.table is None or sheet.shape != "shipments":
        return
    filled = {cell.column for cells in sheet.rows.values() for cell in cells}
    for column, place in sheet.table.columns.items():
        if place.field.on == "product" and place.field.path not in GOODS and column in filled:
            name = cell_name(sheet.table.bottom, column)
            cell = Cell(sheet.sense.workbook, sheet.grid.name, name, place.header)
            notes.tell_of("CG172", cell, header=place.header)


def _tell_hidden_rows(sheet: Sheet, notes: Notebook) -> None:
    hidden = sorted(row for row in sheet.grid.hidden_rows if row in sheet.rows)
    if not hidden:
        return
    first = sheet.rows[hidden[0]][0]
    rows = ", ".join(str(row) for row in hidden[:5]) + (
        f" and {len(hidden) - 5} more" if len(hidden) > 5 else ""
    )
    notes.tell_of("CG157", sheet.cell(first), sheet=sheet.grid.name, rows=rows)


def _corner(sheet: Sheet) -> Cell:
    return Cell(sheet.sense.workbook, sheet.grid.name, "A1")


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    """A finding that refuses two consignments is told once."""
    return list(dict.fromkeys(findings))


def _ordered(findings: Iterable[Finding], sheets: Sequence[Sheet]) -> tuple[Finding, ...]:
    """As the eye reads: by sheet, row and column; what has no cell comes first."""
    positions = {sheet.grid.name: sheet.sense.position for sheet in sheets}

    def place(finding: Finding) -> tuple[int, int, int]:
        cell = finding.cell
        if cell is None or not cell.cell:
            return (-1, 0, 0)
        return (positions.get(cell.sheet, -1), *parse_cell_name(cell.cell))

    return tuple(sorted(findings, key=place))
