"""Which cell a finding points to, also where there is nothing to point at, and which were refused already."""

from __future__ import annotations

from collections.abc import Set

from certgen.consignment import Cell, Consignment


def find_cell(consignment: Consignment, path: str) -> Cell | None:
    """The cell of a field, else the column's cell for a list that shares one row, else the consignment's.

    A second producer without an address has no cell of its own, but the column of addresses has one; product
    lines, table rows and gathered shipments have rows of their own, where the column's first cell would be
    another row's.
    """
    if path not in consignment.cells and not path.startswith(("products.", "tables.", "shipments.")):
        column = column_of(path)
        if column in consignment.cells:
            return consignment.cells[column]
    return consignment.find_cell(path)


def is_unread(consignment: Consignment, path: str, unread: Set[str]) -> bool:
    """Whether a field could not be read: it or a part of it, or the cell it would have had to come from."""
    if not path or path in unread:
        return bool(path)
    if any(other.startswith(f"{path}.") for other in unread):
        return True
    is_elsewhere = path in consignment.cells
    return not is_elsewhere and any(
        path.startswith(f"{other}.") or column_of(path) == other for other in unread
    )


def column_of(path: str) -> str:
    """The path without positions: `producers.address` for the second producer's address."""
    return ".".join(step for step in path.split(".") if not step.isdigit())
