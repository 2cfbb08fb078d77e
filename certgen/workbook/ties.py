"""Rows of further sheets that belong to several shipments together, by a value that these share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from certgen.workbook.building import Draft
from certgen.workbook.entries import Entry
from certgen.workbook.sheets.table_rows import TableRow, text_at


class Ties:
    """The fields by which such rows are tied, and the first shipment of each of their values."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)
        self._first: dict[tuple[str, str], Draft] | None = None

    def find(self, row: TableRow) -> Entry | None:
        """The cell of a row that names the shipments it belongs to."""
        return next((entry for entry in row.shipment if entry.path in self.paths and entry.is_filled), None)

    def owner(self, tie: Entry, drafts: Sequence[Draft]) -> Draft | None:
        """The first shipment with this value, letter case aside; all shipments must be known by now."""
        if self._first is None:
            self._first = {}
            for draft in drafts:
                for row in draft.rows:
                    for path in self.paths:
                        self._first.setdefault((path, text_at(row, path)), draft)
        return self._first.get((tie.path, tie.text.strip().casefold()))
