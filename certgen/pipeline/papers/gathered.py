"""Several consignments on one paper: `gather` of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from certgen.consignment import Cell, Consignment, GatheredConsignment, Product, Quantity
from certgen.findings import Finding, make_finding_at
from certgen.forms.model import Form, Gathering
from certgen.pipeline.identity import fold, value_at, written

MOST_EXCEEDED = "CG411"
_EMPTY = Consignment()
_NOTHING = (None, "", ())


def groups_of(consignments: Sequence[Consignment], gathering: Gathering) -> list[list[int]]:
    """The positions of consignments that make one paper together, in workbook order.

    One that leaves a field empty by which they are gathered stands alone.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for position, consignment in enumerate(consignments):
        key = tuple(fold(written(value_at(consignment, path))) for path in gathering.by)
        groups.setdefault(key if all(key) else (str(position),), []).append(position)
    return list(groups.values())


def gather(consignments: Sequence[Consignment], gathering: Gathering) -> GatheredConsignment:
    """One consignment of several shipments: what they agree in, and all of their goods.

    A field in which they differ is empty, save one that must be the same: some of them may leave it out, and
    it is told where they contradict each other. Lists are joined
    without repetition, product lines and table rows all kept with the reference of their shipment as
    `shipment`; gross masses of one unit are added up. It is called by the values it was gathered by, or by
    its own name when it is alone.
    """
    marked = [_with_reference(consignment) for consignment in consignments]
    joined = {
        item.name: _join([getattr(one, item.name) for one in marked], getattr(_EMPTY, item.name))
        for item in fields(Consignment)
        if item.name not in ("cells", "gross_mass", "tables", "extra")
    }
    stated = {path: _stated(consignments, path) for path in gathering.same}
    joined |= {path: values[0] for path, values in stated.items() if values and path in joined}
    whole = GatheredConsignment(
        **joined,
        gross_mass=_total([one.gross_mass for one in consignments]),
        extra=_agreed([one.extra for one in consignments]) | _shared_extra(stated),
        tables=_stacked([one.tables for one in marked]),
        shipments=tuple(replace(one, cells={}) for one in consignments),
    )
    reference = _reference_of(consignments, gathering)
    return replace(whole, reference=reference, cells=_joined_cells(consignments, marked, whole))


def disagreements(consignments: Sequence[Consignment], gathering: Gathering, form: Form) -> list[Finding]:
    """What keeps these shipments from standing on one paper: a field they must share, or their number."""
    found = [
        make_finding_at(
            other, path, "CG410", form=form.id, first=first.name, field_name=_header_of(other, path)
        )
        for path in gathering.same
        for first, other in _contradictions(consignments, path)
    ]
    if gathering.most and len(consignments) > gathering.most:
        surplus, count = consignments[gathering.most], len(consignments)
        found.append(
            make_finding_at(
                surplus, "reference", MOST_EXCEEDED, form=form.id, count=count, most=gathering.most
            )
        )
    return found


def _stated(consignments: Sequence[Consignment], path: str) -> list[Any]:
    """What the shipments say of a field; those that leave it out say nothing."""
    return [
        value
        for one in consignments
        if (value := value_at(one, path)) not in (*_NOTHING, getattr(_EMPTY, path, None))
    ]


def _shared_extra(stated: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The form's own fields that hold for all shipments, whichever of them says so."""
    return {
        path.removeprefix("extra."): values[0]
        for path, values in stated.items()
        if values and path.startswith("extra.")
    }


def _contradictions(consignments: Sequence[Consignment], path: str) -> list[tuple[Consignment, Consignment]]:
    """The first shipment that states a field, with each that states another value."""
    telling = [one for one in consignments if _stated([one], path)]
    return [
        (telling[0], other) for other in telling[1:] if value_at(other, path) != value_at(telling[0], path)
    ]


def _header_of(consignment: Consignment, path: str) -> str:
    """A field by the header it has in the workbook, else by its path."""
    cell = consignment.cells.get(path)
    return f'"{cell.header}"' if cell and cell.header else path


def _with_reference(consignment: Consignment) -> Consignment:
    mark = {"shipment": consignment.name}
    return replace(
        consignment,
        products=tuple(replace(line, extra={**line.extra, **mark}) for line in consignment.products),
        tables={name: tuple({**row, **mark} for row in rows) for name, rows in consignment.tables.items()},
    )


def _join(values: Sequence[Any], empty: Any) -> Any:
    """Lists joined without repetition; anything else as it is where all agree, and empty where not."""
    if not isinstance(empty, tuple):
        return values[0] if all(value == values[0] for value in values) else empty
    joined: list[Any] = []
    for value in values:
        joined += [item for item in value if _is_line(item) or item not in joined]
    return tuple(joined)


def _is_line(item: Any) -> bool:
    """Product lines stand as often as they were written."""
    return isinstance(item, Product)


def _agreed(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in rows[0].items() if all(row.get(key) == value for row in rows)}


def _stacked(tables: Sequence[Mapping[str, tuple[Any, ...]]]) -> dict[str, tuple[Any, ...]]:
    names = dict.fromkeys(name for each in tables for name in each)
    return {name: tuple(row for each in tables for row in each.get(name, ())) for name in names}


def _total(masses: Sequence[Quantity | None]) -> Quantity | None:
    known = [mass for mass in masses if mass is not None]
    if len(known) < len(masses) or len({mass.unit for mass in known}) != 1:
        return None
    return Quantity(sum((mass.amount for mass in known), Decimal(0)), known[0].unit)


def _reference_of(consignments: Sequence[Consignment], gathering: Gathering) -> str:
    words = [written(value_at(consignments[0], path)) for path in gathering.by if path != "exporter.name"]
    return " / ".join(word for word in words if word) or consignments[0].name


def _joined_cells(
    consignments: Sequence[Consignment], marked: Sequence[Consignment], whole: GatheredConsignment
) -> dict[str, Cell]:
    """Each cell as that of its shipment, and as that of the place its value has on the joined paper.

    Of a field that holds for all of them, the first filled cell.
    """
    cells: dict[str, Cell] = {}
    lines = 0
    rows: dict[str, int] = {}
    for number, (one, known) in enumerate(zip(consignments, marked, strict=True)):
        for path, cell in one.cells.items():
            cells[f"shipments.{number}.{path}"] = cell
            place = _place_on(path, known, whole, lines, rows)
            if place not in cells or (cell.text and not cells[place].text):
                cells[place] = cell
        lines += len(one.products)
        for name, found in one.tables.items():
            rows[name] = rows.get(name, 0) + len(found)
    return cells


def _place_on(
    path: str, one: Consignment, whole: GatheredConsignment, lines: int, rows: Mapping[str, int]
) -> str:
    """Where the field of one shipment stands on the joined paper."""
    head, *steps = path.split(".")
    if head == "products" and steps and steps[0].isdigit():
        return ".".join((head, str(int(steps[0]) + lines), *steps[1:]))
    if head == "tables" and len(steps) > 1 and steps[1].isdigit():
        return ".".join((head, steps[0], str(int(steps[1]) + rows.get(steps[0], 0)), *steps[2:]))
    items = getattr(one, head, None)
    if isinstance(items, tuple) and steps and steps[0].isdigit() and int(steps[0]) < len(items):
        return ".".join((head, str(getattr(whole, head).index(items[int(steps[0])])), *steps[1:]))
    return path
