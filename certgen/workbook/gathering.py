"""From understood sheets to one draft for each shipment: which rows belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from certgen.consignment import Cell
from certgen.forms.vocabulary import Words
from certgen.workbook.building import Draft
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.sheets import Sheet
from certgen.workbook.table_rows import TableReader, TableRow, exporter_in

_LISTED = frozenset({"list", "codes", "countries", "parties", "control-bodies", "choices"})
_LISTED_PARTS = ("producers.", "control_bodies.")


class Gatherer:
    """Collects drafts from all sheets of a workbook, in reading order."""

    def __init__(self, sheets: Sequence[Sheet], words: Words, notes: Notebook) -> None:
        self._sheets = sheets
        self._words = words
        self._notes = notes
        self.drafts: list[Draft] = []
        self._keys: list[tuple[str, str, str]] = []

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
        return self.drafts

    def _gather_shipments(self, sheet: Sheet) -> None:
        for row in self._rows_of(sheet):
            if self._continues(row):
                self.drafts[-1].rows.append(row.shipment)
            else:
                self._start(row)

    def _continues(self, row: TableRow) -> bool:
        """A row without a key that holds nothing but further producers, containers and the like."""
        filled = [entry for entry in row.shipment if entry.is_filled]
        return bool(self.drafts) and not any(row.key) and all(_is_listed(entry) for entry in filled)

    def _gather_flat(self, sheet: Sheet) -> None:
        shared = [_label_entries(sheet)] if sheet.labels and sheet.labels.placed else []
        current: Draft | None = None
        known: dict[tuple[str, str, str], Draft] = {}
        for row in self._rows_of(sheet):
            draft = self._find_current(row, current, known)
            if draft is None:
                draft = self._start(row)
                draft.rows[:0] = shared
                known[self._keys[-1]] = draft
            else:
                draft.rows.append(row.shipment)
            if row.is_line:
                draft.lines.append(row.product)
            current = draft

    def _find_current(
        self, row: TableRow, current: Draft | None, known: dict[tuple[str, str, str], Draft]
    ) -> Draft | None:
        """The shipment a flat row belongs to: the one it names, else the one above it."""
        if not any(row.key):
            is_other = row.exporter and current and row.exporter != _exporter_of(current)
            return None if is_other else current
        exact = known.get((row.exporter, *row.key))
        if exact or row.exporter:
            return exact or self._by_part_of_key(row, known)
        same = [draft for (_, *key), draft in known.items() if _is_same_key(row.key, (key[0], key[1]))]
        return current if current in same else (same[0] if len(same) == 1 else None)

    def _by_part_of_key(self, row: TableRow, known: dict[tuple[str, str, str], Draft]) -> Draft | None:
        """A row that gives only one of reference and invoice number."""
        return next(
            (
                draft
                for (exporter, *key), draft in known.items()
                if exporter == row.exporter and _is_same_key(row.key, (key[0], key[1]))
            ),
            None,
        )

    def _gather_form(self, sheet: Sheet) -> None:
        draft = Draft(rows=[_label_entries(sheet)])
        self.drafts.append(draft)
        self._keys.append(("", "", ""))
        for row in self._rows_of(sheet):
            draft.rows.append(row.shipment)
            if row.is_line:
                draft.lines.append(row.product)
        if not draft.lines and (
            alone := [entry for entry in draft.rows[0] if entry.place.field.on == "product"]
        ):
            draft.lines.append(alone)
        draft.rows[0] = [entry for entry in draft.rows[0] if entry.place.field.on != "product"]

    def _gather_lines(self, sheet: Sheet) -> None:
        owners: list[Draft] = []
        for row in self._rows_of(sheet):
            if any(row.key) or not owners:
                owners = self._owners_of(row, sheet)
            for draft in owners:
                draft.rows.append([entry for entry in row.shipment if entry.path not in _EXPORTER])
                if row.is_line:
                    draft.lines.append(row.product)

    def _owners_of(self, row: TableRow, sheet: Sheet) -> list[Draft]:
        """The shipments a product row names; a finding where there is none, or where two have it."""
        if not any(row.key) and sheet.table and not sheet.table.has_key and len(self.drafts) == 1:
            return list(self.drafts)
        found = [
            (key[0], draft)
            for key, draft in zip(self._keys, self.drafts, strict=True)
            if any(row.key) and _is_same_key(row.key, (key[1], key[2]))
        ]
        if row.exporter:
            found = [(exporter, draft) for exporter, draft in found if exporter == row.exporter]
        if not found:
            self._tell_row("CG164", row, sheet, self._notes)
        elif len({exporter for exporter, _ in found}) > 1:
            self._tell_ambiguous(row, sheet, [draft for _, draft in found])
            return []
        return [draft for _, draft in found]

    def _tell_ambiguous(self, row: TableRow, sheet: Sheet, drafts: Iterable[Draft]) -> None:
        """The lines could be of either exporter, so neither may be certified."""
        notes = Notebook()
        self._tell_row("CG165", row, sheet, notes)
        for draft in drafts:
            draft.findings.extend(notes.findings)

    def _tell_row(self, code: str, row: TableRow, sheet: Sheet, notes: Notebook) -> None:
        entries = [*row.shipment, *row.product]
        keyed = [entry for entry in entries if entry.path in ("reference", "invoice_number")]
        entry = next((entry for entry in keyed + entries if entry.is_filled), None)
        cell = entry.as_cell() if entry else Cell(sheet.sense.workbook, sheet.grid.name)
        value = cell.text if keyed and any(row.key) else ""
        notes.tell_of(code, cell, value=value or "(empty)", row=row.number)

    def _start(self, row: TableRow) -> Draft:
        self.drafts.append(Draft(rows=[row.shipment]))
        self._keys.append((row.exporter, *row.key))
        return self.drafts[-1]

    def _rows_of(self, sheet: Sheet) -> Iterator[TableRow]:
        return TableReader(sheet, self._words, self._notes).read()


_EXPORTER = frozenset({"exporter", "exporter.name", "reference", "invoice_number"})


def _is_same_key(wanted: tuple[str, str], key: tuple[str, str]) -> bool:
    """Reference and invoice number agree where both give them; one number may stand for the other."""
    if wanted[0] and key[0]:
        return wanted[0] == key[0]
    if wanted[1] and key[1]:
        return wanted[1] == key[1]
    return any(wanted) and (wanted[0] or wanted[1]) in key


def _label_entries(sheet: Sheet) -> list[Entry]:
    placed = sheet.labels.placed if sheet.labels else ()
    return [Entry(place, sheet.sense, cell.name, cell) for place, cell in placed]


def _exporter_of(draft: Draft) -> str:
    return next((named for row in draft.rows if (named := exporter_in(row))), "")


def _is_listed(entry: Entry) -> bool:
    return entry.place.field.type in _LISTED or entry.path.startswith(_LISTED_PARTS)
