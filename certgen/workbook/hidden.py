"""Hidden sheets: none is read, and one that the rest of the workbook waits for is an error that names it."""

from __future__ import annotations

from collections.abc import Sequence

from certgen.consignment import Cell
from certgen.findings import make_finding
from certgen.workbook.building import Draft
from certgen.workbook.entries import Notebook
from certgen.workbook.sheets.shapes import Sheet, says_little_of_shipments

_SHIPMENTS = ("shipments", "form")
_OF_GOODS = ("flat", "products")
_LINES_OF_GOODS, _ALL = "product lines", "shipments"


def settle_hidden(sheets: Sequence[Sheet]) -> None:
    """Lines of goods whose shipments stand on a hidden sheet are no shipments of their own."""
    is_waiting = not any(sheet.shape in _SHIPMENTS for sheet in sheets)
    if is_waiting and _hidden(sheets, _SHIPMENTS):
        for sheet in sheets:
            if sheet.shape == "flat" and says_little_of_shipments(sheet):
                sheet.shape, sheet.reason = "unused", "the shipments of its lines are hidden"


def tell_hidden(sheets: Sequence[Sheet], drafts: Sequence[Draft], notes: Notebook) -> None:
    """Hidden sheets: an error for what lacks their content, else a note."""
    needed: list[Sheet] = []
    if not drafts:
        needed = _hidden(sheets, _SHIPMENTS) or _hidden(sheets, _OF_GOODS)
        for sheet in needed:
            notes.tell_of("CG186", _corner(sheet), sheet=sheet.grid.name, what=_ALL)
    elif goods := _hidden(sheets, _OF_GOODS):
        waiting = [draft for draft in drafts if not draft.lines]
        needed = goods if waiting else []
        for draft in waiting:
            _tell_lines_hidden(draft, goods[0])
    for sheet in sheets:
        if not sheet.grid.is_visible and sheet not in needed:
            notes.tell_of("CG167", _corner(sheet), sheet=sheet.grid.name)


def _tell_lines_hidden(draft: Draft, sheet: Sheet) -> None:
    """Nothing more is said of the lines that a shipment lacks: they are unread, not missing."""
    cell = _corner(sheet)
    draft.unread["products"] = cell
    draft.findings.append(
        make_finding("CG186", cell=cell, field="products", sheet=sheet.grid.name, what=_LINES_OF_GOODS)
    )


def _hidden(sheets: Sequence[Sheet], shapes: Sequence[str]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.hidden_as in shapes]


def _corner(sheet: Sheet) -> Cell:
    return Cell(sheet.sense.workbook, sheet.grid.name, "A1")
