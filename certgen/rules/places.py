"""Which cell a finding points to, also where there is nothing to point at."""

from __future__ import annotations

from certgen.consignment import Cell, Consignment


def find_cell(consignment: Consignment, path: str) -> Cell | None:
    """The cell of a field, else the column's cell for a list that shares one row, else the nearest cell.

    A second producer without an address has no cell of its own, but the column of addresses has one; product
    lines, table rows and gathered shipments have rows of their own, where the column's first cell would be
    another row's.
    """
    if path not in consignment.cells and not path.startswith(("products.", "tables.", "shipments.")):
        column = ".".join(step for step in path.split(".") if not step.isdigit())
        if column in consignment.cells:
            return consignment.cells[column]
    return consignment.find_cell(path)
