"""A shipment workbook as typed consignments, with how it was read and everything that is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from certgen.consignment import Consignment
from certgen.findings import Finding
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.building import Builder
from certgen.workbook.cell_name import parse_cell_name
from certgen.workbook.entries import Notebook
from certgen.workbook.formats.load import load_book
from certgen.workbook.gathering import Gatherer
from certgen.workbook.grid import Grid, GridBook
from certgen.workbook.hidden import settle_hidden, tell_hidden
from certgen.workbook.sheets.blocks import divide_forms
from certgen.workbook.sheets.described import SheetReading, describe
from certgen.workbook.sheets.headers import HeaderIndex
from certgen.workbook.sheets.notes import tell_sheet
from certgen.workbook.sheets.scouting import bears_name
from certgen.workbook.sheets.shapes import Sheet, settle_together, understand
from certgen.workbook.sheets.stacked import divide


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
    grids = [
        block for grid in book.sheets for part in divide(grid, index) for block in divide_forms(part, index)
    ]
    indexes = [_index_for(grid, vocabulary, index) for grid in grids]
    sheets = [
        understand(book.name, grid, position, own, vocabulary.words, is_further=own is not index)
        for position, (grid, own) in enumerate(zip(grids, indexes, strict=True))
    ]
    settle_together(sheets)
    settle_hidden(sheets)
    notes = Notebook()
    for sheet, own in zip(sheets, indexes, strict=True):
        tell_sheet(sheet, own, notes)
    drafts = Gatherer(sheets, vocabulary, notes).gather()
    tell_hidden(sheets, drafts, notes)
    if not drafts and not any(finding.is_error for finding in notes.findings):
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
        if bears_name(grid, table):
            return index.for_table(table.name)
    return index


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
