"""What a sheet plainly implies, taken with a note: mode of transport, who issues, total gross weight."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from certgen.consignment import Cell, Consignment, ControlBody, Party, Quantity, Transport
from certgen.workbook.entries import Entry, Notebook
from certgen.workbook.folding import squeeze
from certgen.workbook.values.texts import read_items
from certgen.workbook.values.unread import Unread

if TYPE_CHECKING:
    from certgen.workbook.building import Draft

_MODE_TOLD_BY = {
    "transport.vessels": "vessel",
    "transport.flight_number": "aeroplane",
    "transport.train": "railways",
    "transport.wagons": "railways",
    "transport.road_plate": "road",
    "transport.trailer_plate": "road",
    "transport.other": "other",
}
_IDENTITY = "transport.identity"
_IDENTIFIED_BY: dict[str, tuple[str, bool]] = {
    "vessel": ("vessels", True),
    "aeroplane": ("flight_number", False),
    "railways": ("train", False),
    "road": ("road_plate", False),
    "other": ("other", False),
}


def complete(
    consignment: Consignment,
    draft: Draft,
    cells: dict[str, Cell],
    notes: Notebook,
    same_as_importer: Set[str],
    unread: Unread,
) -> Consignment:
    """The consignment with what is implied; each completion is a note, each doubt an error."""
    consignee, importer = consignment.first_consignee, consignment.importer
    if squeeze(consignee.name) in same_as_importer and importer.name and not consignee.address:
        consignment = replace(consignment, first_consignee=_importer_again(importer, draft, notes))
    told_by = {path: entry for path in _MODE_TOLD_BY if (entry := _find(draft, path, unread))}
    transport = _with_modes(consignment.transport, told_by, cells, notes)
    return replace(
        _with_gross_mass(consignment, draft, cells, notes),
        transport=_with_identity(transport, draft, cells, notes),
        issuing_body=_issuing_body(consignment, draft, cells, notes),
    )


def _importer_again(importer: Party, draft: Draft, notes: Notebook) -> Party:
    """The importer as the first consignee that the workbook says it is."""
    if entry := _find(draft, "first_consignee") or _find(draft, "first_consignee.name"):
        notes.tell("CG276", entry, importer=importer.name)
    return replace(importer, eori="")


def _with_modes(
    transport: Transport, told_by: Mapping[str, Entry], cells: dict[str, Cell], notes: Notebook
) -> Transport:
    modes: dict[str, Entry] = {}
    for path, entry in told_by.items():
        modes.setdefault(_MODE_TOLD_BY[path], entry)
    if transport.modes:
        _tell_other_modes(transport, modes, notes)
        return transport
    for mode, entry in modes.items():
        cells.setdefault("transport.modes", entry.as_cell())
        notes.tell("CG270", entry, mode=mode)
    return replace(transport, modes=tuple(modes))


def _tell_other_modes(transport: Transport, modes: Mapping[str, Entry], notes: Notebook) -> None:
    """A flight number beside a means of transport that is a ship alone: one of the two is wrong."""
    for mode, entry in modes.items():
        if mode not in transport.modes:
            both = "; ".join((*transport.modes, mode))
            notes.tell("CG275", entry, mode=mode, given=", ".join(transport.modes), both=both)


def _with_identity(transport: Transport, draft: Draft, cells: dict[str, Cell], notes: Notebook) -> Transport:
    """One column for every mode: its cell names a ship, a flight, a train or a plate by the mode."""
    entry = _find(draft, _IDENTITY)
    if entry is None:
        return transport
    cells["transport.identity"] = entry.as_cell()
    if len(transport.modes) != 1:
        notes.tell("CG274", entry)
        return transport
    items = tuple(read_items(entry, notes))
    name, is_list = _IDENTIFIED_BY[transport.modes[0]]
    named: dict[str, Any] = {name: items if is_list else "; ".join(items)}
    return transport if getattr(transport, name) else replace(transport, **named)


def _issuing_body(
    consignment: Consignment, draft: Draft, cells: dict[str, Cell], notes: Notebook
) -> ControlBody:
    if consignment.issuing_body != ControlBody() or len(consignment.control_bodies) != 1:
        return consignment.issuing_body
    body = consignment.control_bodies[0]
    paths = ("control_bodies", "control_bodies.name", "control_bodies.code", "control_bodies.address")
    entry = next((found for path in paths if (found := _find(draft, path))), None)
    if entry:
        cells["issuing_body"] = entry.as_cell()
        for part in ("name", "address", "code"):
            if own := _find(draft, f"control_bodies.{part}"):
                cells[f"issuing_body.{part}"] = own.as_cell()
        notes.tell("CG271", entry, body=body.name or body.code)
    return body


def _with_gross_mass(
    consignment: Consignment, draft: Draft, cells: dict[str, Cell], notes: Notebook
) -> Consignment:
    """Gross weights beside the lines: one weight repeated or given once is the total, else their sum is."""
    weights = [product.gross_mass for product in consignment.products]
    given = [weight for weight in weights if weight]
    if consignment.gross_mass or not given:
        return consignment
    entry = _find_line(draft, "products.gross_mass")
    if entry:
        cells["gross_mass"] = entry.as_cell()
    if entry and entry.place.is_shared and _is_total(consignment, given):
        notes.tell("CG273", entry, amount=format(given[0].amount, "f"), unit=given[0].unit)
        lines = tuple(replace(product, gross_mass=None) for product in consignment.products)
        return replace(consignment, gross_mass=given[0], products=lines)
    if len(given) < len(weights) or len({weight.unit for weight in given}) > 1:
        return consignment
    total = Quantity(sum((weight.amount for weight in given), Decimal(0)), given[0].unit)
    if entry:
        notes.tell("CG272", entry, amount=format(total.amount, "f"), unit=total.unit)
    return replace(consignment, gross_mass=total)


def _is_total(consignment: Consignment, given: list[Quantity]) -> bool:
    """Whether gross weights in the lines are one weight of them all."""
    lines = consignment.products
    if len(lines) == 1 or len(set(given)) > 1:
        return len(lines) == 1
    if len(given) == 1:
        return lines[0].gross_mass is not None
    net = sum((line.net_mass.amount for line in lines if line.net_mass), Decimal(0))
    return len(given) == len(lines) and given[0].amount >= net


def _find(draft: Draft, path: str, unread: Unread | None = None) -> Entry | None:
    """The first filled cell of a field, of those that say something where `unread` is given."""
    filled = (entry for row in draft.rows for entry in row if entry.path == path and entry.is_filled)
    return next((entry for entry in filled if unread is None or not unread.says_nothing(entry)), None)


def _find_line(draft: Draft, path: str) -> Entry | None:
    return next(
        (entry for row in draft.lines for entry in row if entry.path == path and entry.is_filled), None
    )
