"""From understood sheets to one draft for each shipment: which rows belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from certgen.consignment import Cell
from certgen.errors import UnreadableInputError
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.building import Draft
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.formats.limits import MAX_LINES, MAX_SHIPMENTS, MAX_SHIPMENTS_OF_A_NUMBER
from certgen.workbook.sheets.shapes import Sheet
from certgen.workbook.sheets.table_rows import TableReader, TableRow, exporter_in
from certgen.workbook.sheets.tables import KEYS
from certgen.workbook.ties import Ties
from certgen.workbook.undivided import find_second_form

_LISTED = frozenset({"list", "codes", "countries", "parties", "control-bodies", "choices"})
_LISTED_PARTS = ("producers.", "control_bodies.")


@dataclass(frozen=True, slots=True)
class _Known:
    """A shipment by the numbers and the exporter that its first row names."""

    reference: str
    invoice_number: str
    exporter: str
    draft: Draft

    def is_named_by(self, row: TableRow) -> bool:
        """Whether reference or invoice number agree; one number may stand for the other."""
        if row.reference and self.reference:
            return row.reference == self.reference
        if row.invoice_number and self.invoice_number:
            return row.invoice_number == self.invoice_number
        return (row.reference or row.invoice_number) in (self.reference, self.invoice_number)


class _Shipments:
    """The shipments met so far, to be found by any of their numbers."""

    def __init__(self, workbook: str) -> None:
        self._workbook = workbook
        self._by_number: dict[str, list[_Known]] = {}
        self._by_invoice: dict[str, list[_Known]] = {}

    def add(self, row: TableRow, draft: Draft) -> None:
        known = _Known(row.reference, row.invoice_number, row.exporter, draft)
        if row.reference and row.invoice_number:
            self._by_invoice.setdefault(row.invoice_number, []).append(known)
        if not row.has_key:
            return
        number = row.reference or row.invoice_number
        named = self._by_number.setdefault(number, [])
        named.append(known)
        if len(named) > MAX_SHIPMENTS_OF_A_NUMBER:
            raise UnreadableInputError(
                f"{self._workbook} gives more than {MAX_SHIPMENTS_OF_A_NUMBER} shipments the number"
                f" {number.upper()[:40]!r}. Give each shipment a reference of its own."
            )

    def find(self, row: TableRow) -> list[_Known]:
        """The shipments a row names, told apart by exporter where the row has one."""
        numbers = [number for number in (row.reference, row.invoice_number) if number]
        named = [known for number in numbers for known in self._by_number.get(number, ())]
        if not row.reference:
            named += self._by_invoice.get(row.invoice_number, ())
        found = {id(known): known for known in named if known.is_named_by(row)}
        if not row.exporter:
            return list(found.values())
        exact = [known for known in found.values() if known.exporter == row.exporter]
        near = [known for known in found.values() if _is_shortened(known.exporter, row.exporter)]
        return exact or near or [known for known in found.values() if not known.exporter]


class Gatherer:
    """Collects drafts from all sheets of a workbook, in reading order."""

    def __init__(self, sheets: Sequence[Sheet], vocabulary: Vocabulary, notes: Notebook) -> None:
        self._sheets = sheets
        self._words = vocabulary.words
        self._ties = Ties(vocabulary.ties)
        self._notes = notes
        self._workbook = sheets[0].sense.workbook if sheets else ""
        self._shipments = _Shipments(self._workbook)
        self._lines = 0
        self.drafts: list[Draft] = []

    def gather(self) -> list[Draft]:
        """First what makes shipments, then what adds to them."""
        for sheet in self._sheets:
            match sheet.shape:
                case "shipments":
                    self._gather_shipments(sheet)
                case "flat":
                    self._gather_flat(sheet)
                case "form":
                    self._gather_form(sheet)
        for sheet in self._sheets:
            if sheet.shape in ("products", "table"):
                self._gather_lines(sheet)
        self._tell_second_headers()
        return self.drafts

    def _tell_second_headers(self) -> None:
        """Whom the rows under a second header belong to is open, so nothing is certified."""
        for sheet in self._sheets:
            if sheet.second_header is None:
                continue
            notes = Notebook()
            notes.tell_of("CG169", sheet.cell(sheet.second_header), row=sheet.second_header.row)
            for draft in self.drafts:
                draft.findings.extend(notes.findings)

    def _gather_shipments(self, sheet: Sheet) -> None:
        shared = [entry for entry in _label_entries(sheet) if entry.is_filled and entry.path not in KEYS]
        for row in self._rows_of(sheet):
            if self.drafts and _only_adds(row):
                self.drafts[-1].rows.append(row.shipment)
            else:
                self._start(row).rows.append(shared)

    def _gather_flat(self, sheet: Sheet) -> None:
        """The labels around a flat table hold for all of its shipments."""
        shared = _label_entries(sheet)
        current: Draft | None = None
        here = _Shipments(self._workbook)
        for row in self._rows_of(sheet):
            draft = _find_owner(row, current, here)
            if draft is None:
                draft = self._start(row)
                here.add(row, draft)
                draft.rows.append(shared)
            else:
                draft.rows.append(row.shipment)
            self._add_line(draft, row)
            current = draft

    def _gather_form(self, sheet: Sheet) -> None:
        """Labels of a product without a table beneath are its only line."""
        entries = _label_entries(sheet)
        rows = list(self._rows_of(sheet))
        if again := find_second_form(sheet, entries, rows):
            self._notes.tell_of("CG188", again, header=again.header, sheet=sheet.grid.name)
            return
        product = [entry for entry in entries if entry.place.field.on == "product"]
        labels = [entry for entry in entries if entry.place.field.on != "product"]
        draft = self._start(TableRow.of(1, labels, product))
        for row in rows:
            draft.rows.append(row.shipment)
            self._add_line(draft, row)
        if not draft.lines and any(entry.is_filled for entry in product):
            draft.lines.append(product)

    def _gather_lines(self, sheet: Sheet) -> None:
        owners: list[Draft] = []
        labelled = [] if sheet.table else [TableRow.of(1, _label_entries(sheet), [])]
        for row in (*self._rows_of(sheet), *labelled):
            tie = self._ties.find(row) if sheet.shape == "table" else None
            if tie and not row.has_key:
                owners = self._tied_to(tie, row)
            elif row.has_key or not owners:
                owners = self._owners_of(row, sheet)
            elif row.is_line and sheet.table and sheet.table.has_key:
                self._tell_keyless(row, sheet, owners)
            for draft in owners:
                draft.rows.append(self._told_of(draft, row, sheet))
                self._add_line(draft, row)

    def _told_of(self, draft: Draft, row: TableRow, sheet: Sheet) -> list[Entry]:
        """What a row of lines says of its shipment, beside the cells that only name it."""
        naming = KEYS | (self._ties.paths if sheet.shape == "table" else frozenset())
        if not row.exporter or _is_shortened(_exporter_of(draft), row.exporter):
            naming |= _EXPORTER
        return [entry for entry in row.shipment if entry.path not in naming]

    def _tied_to(self, tie: Entry, row: TableRow) -> list[Draft]:
        """The first of the shipments that stand on one paper with this row."""
        owner = self._ties.owner(tie, self.drafts)
        if owner is None:
            self._notes.tell("CG180", tie, row=row.number, value=tie.text.strip())
        return [owner] if owner else []

    def _add_line(self, draft: Draft, row: TableRow) -> None:
        """A line more for a shipment; raises UnreadableInputError when there are too many in all."""
        self._lines += 1
        if self._lines > MAX_LINES:
            raise UnreadableInputError(
                f"{self._workbook} holds more than {MAX_LINES:,} product lines."
                " Split it into several workbooks."
            )
        draft.add_line(row)

    def _tell_keyless(self, row: TableRow, sheet: Sheet, drafts: Iterable[Draft]) -> None:
        """Whether a line without a number belongs to the shipment above it is for the user to say."""
        notes = Notebook()
        self._tell_row("CG179", row, sheet, notes)
        for draft in drafts:
            draft.findings.extend(notes.findings)

    def _owners_of(self, row: TableRow, sheet: Sheet) -> list[Draft]:
        """The shipments a product row names; a finding where there is none, or where two have it."""
        is_keyless = sheet.table is None or not sheet.table.has_key
        if not row.has_key and is_keyless and len(self.drafts) == 1:
            return list(self.drafts)
        found = self._shipments.find(row)
        if not found:
            self._tell_row("CG164", row, sheet, self._notes)
        elif len({known.exporter for known in found}) > 1:
            self._tell_ambiguous(row, sheet, [known.draft for known in found])
            return []
        return [known.draft for known in found]

    def _tell_ambiguous(self, row: TableRow, sheet: Sheet, drafts: Iterable[Draft]) -> None:
        """The lines could be of either exporter, so neither may be certified."""
        notes = Notebook()
        self._tell_row("CG165", row, sheet, notes)
        for draft in drafts:
            draft.findings.extend(notes.findings)

    def _tell_row(self, code: str, row: TableRow, sheet: Sheet, notes: Notebook) -> None:
        entries = [*row.shipment, *row.product]
        keyed = [entry for entry in entries if entry.path in KEYS]
        entry = next((entry for entry in keyed + entries if entry.is_filled), None)
        cell = entry.as_cell() if entry else Cell(sheet.sense.workbook, sheet.grid.name)
        value = cell.text if row.has_key else "(empty)"
        notes.tell_of(code, cell, value=value, row=row.number)

    def _start(self, row: TableRow) -> Draft:
        if len(self.drafts) >= MAX_SHIPMENTS:
            raise UnreadableInputError(
                f"{self._workbook} holds more than {MAX_SHIPMENTS:,} shipments."
                " Split it into several workbooks."
            )
        draft = Draft(rows=[row.shipment])
        self.drafts.append(draft)
        self._shipments.add(row, draft)
        return draft

    def _rows_of(self, sheet: Sheet) -> Iterator[TableRow]:
        return TableReader(sheet, self._words, self._notes).read()


_EXPORTER = frozenset({"exporter", "exporter.name"})


def _find_owner(row: TableRow, current: Draft | None, here: _Shipments) -> Draft | None:
    """The shipment a flat row belongs to: the one it names, else the one above it."""
    if not row.has_key:
        is_other = row.exporter and current and row.exporter != _exporter_of(current)
        return None if is_other else current
    found = [known.draft for known in here.find(row)]
    if current is not None and any(draft is current for draft in found):
        return current
    return found[0] if len(found) == 1 else None


def _only_adds(row: TableRow) -> bool:
    """A row without a key that holds nothing but further producers, containers and the like."""
    return not row.has_key and all(_is_listed(entry) for entry in row.shipment if entry.is_filled)


def _is_shortened(one: str, other: str) -> bool:
    """`Acme Ltd` is the beginning of `Acme Ltd, 12 Road, Regina`."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _label_entries(sheet: Sheet) -> list[Entry]:
    """The values of a sheet's labels, and the labels that have none."""
    if sheet.labels is None:
        return []
    filled = [Entry(place, sheet.sense, cell.name, cell) for place, cell in sheet.labels.placed]
    return filled + [Entry(place, sheet.sense, cell.name, None) for place, cell in sheet.labels.empty]


def _exporter_of(draft: Draft) -> str:
    return next((named for row in draft.rows if (named := exporter_in(row))), "")


def _is_listed(entry: Entry) -> bool:
    return entry.place.field.type in _LISTED or entry.path.startswith(_LISTED_PARTS)
