"""One consignment on several papers, and several consignments on one: `one_per` and `gather` of a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from certgen.consignment import Cell, Consignment, GatheredConsignment, Product, Quantity
from certgen.findings import Finding, make_finding
from certgen.forms.model import Form, Gathering
from certgen.pipeline.identity import fold, value_at

_EMPTY = Consignment()
Move = Callable[[str], str | None]
"""Where a field of a consignment stands on its paper; None when it stands on another one."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one paper is made of: its name among the papers of the consignment, and the goods on it.

    `undivided` is the consignment with the goods of the other papers too, None when there is but one.
    """

    name: str
    consignment: Consignment
    findings: tuple[Finding, ...] = ()
    undivided: Consignment | None = None


def divide(consignment: Consignment, findings: Sequence[Finding], form: Form) -> list[Part]:
    """The parts of a consignment, one for each value of the fields the form divides by, as they come.

    A gross mass of the whole is none of a part's, so that a part of several has none. Findings follow the
    items they are about.
    """
    if not form.one_per:
        return [Part("", consignment, tuple(findings))]
    path = _list_of(consignment, form.one_per)
    found = value_at(consignment, path)
    names = [_name_of(item, path, form.one_per) for item in (found if isinstance(found, tuple) else ())]
    groups: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        groups.setdefault(fold(name), []).append(position)
    if len(groups) < 2:
        return [Part(next(iter(names), ""), consignment, tuple(findings))]
    placed = [_at_its_item(finding, consignment, path) for finding in findings]
    return [_part(names[places[0]], consignment, placed, path, places) for places in groups.values()]


def _name_of(item: Any, path: str, paths: Sequence[str]) -> str:
    """The values that an item is divided by, as written."""
    steps = [other.removeprefix(path).removeprefix(".") for other in paths]
    return " / ".join(_words(value_at(item, step)) for step in steps)


def _at_its_item(finding: Finding, consignment: Consignment, path: str) -> Finding:
    """A finding about a column (`products.net_mass`) as one about the item whose cell it names."""
    cell, step = finding.cell, finding.field.removeprefix(f"{path}.").partition(".")[0]
    if step == finding.field or step.isdigit():
        return finding
    for place, known in consignment.cells.items():
        if cell and place.startswith(f"{path}.") and (known.sheet, known.cell) == (cell.sheet, cell.cell):
            return replace(finding, field=place)
    return finding


def _part(
    name: str, consignment: Consignment, findings: Iterable[Finding], path: str, places: Sequence[int]
) -> Part:
    move = _mover(path, {old: new for new, old in enumerate(places)})
    kept = [value_at(consignment, path)[place] for place in places]
    alone = replace(_with_list(consignment, path, tuple(kept)), gross_mass=None)
    alone = replace(alone, cells=_moved_cells(consignment.cells, move))
    moved = [replace(item, field=move(item.field) or "") for item in findings if move(item.field) is not None]
    return Part(name, alone, tuple(moved), consignment)


def _list_of(consignment: Consignment, paths: Sequence[str]) -> str:
    """The list that the fields belong to: `products` of `products.cn_code`."""
    steps = paths[0].split(".")
    for count in range(1, len(steps) + 1):
        if isinstance(value_at(consignment, ".".join(steps[:count])), tuple):
            return ".".join(steps[:count])
    return paths[0]


def _words(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str("" if value is None else value)


def _with_list(consignment: Consignment, path: str, items: tuple[Any, ...]) -> Consignment:
    head, _, name = path.partition(".")
    changed: Any = {**getattr(consignment, head), name: items} if name else items
    return replace(consignment, **{head: changed})


def _mover(path: str, places: Mapping[int, int]) -> Move:
    """Paths below items of the list, with the places the items have on the paper."""

    def move(field: str) -> str | None:
        if not field.startswith(f"{path}."):
            return field
        number, dot, rest = field.removeprefix(f"{path}.").partition(".")
        if not number.isdigit():
            return field
        return f"{path}.{places[int(number)]}{dot}{rest}" if int(number) in places else None

    return move


def _moved_cells(cells: Mapping[str, Cell], move: Move) -> dict[str, Cell]:
    return {new: cell for path, cell in cells.items() if (new := move(path)) is not None}


def groups_of(consignments: Sequence[Consignment], gathering: Gathering) -> list[list[int]]:
    """The positions of consignments that make one paper together, in workbook order.

    One that leaves a field empty by which they are gathered stands alone.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for position, consignment in enumerate(consignments):
        key = tuple(fold(_words(value_at(consignment, path))) for path in gathering.by)
        groups.setdefault(key if all(key) else (str(position),), []).append(position)
    return list(groups.values())


def gather(consignments: Sequence[Consignment], gathering: Gathering) -> GatheredConsignment:
    """One consignment of several shipments: what they agree in, and all of their goods.

    A field in which they differ is empty, save one that must be the same, which is told. Lists are joined
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
    joined |= {path: getattr(consignments[0], path) for path in gathering.same if path in joined}
    whole = GatheredConsignment(
        **joined,
        gross_mass=_total([one.gross_mass for one in consignments]),
        extra=_agreed([one.extra for one in consignments]),
        tables=_stacked([one.tables for one in marked]),
        shipments=tuple(replace(one, cells={}) for one in consignments),
    )
    reference = _reference_of(consignments, gathering)
    return replace(whole, reference=reference, cells=_joined_cells(consignments, marked, whole))


def disagreements(consignments: Sequence[Consignment], gathering: Gathering, form: Form) -> list[Finding]:
    """What keeps these shipments from standing on one paper: a field they must share, or their number."""
    first = consignments[0]
    found = [
        _finding("CG410", other, path, form, first=first.name, field_name=path)
        for path in gathering.same
        for other in consignments[1:]
        if value_at(other, path) != value_at(first, path)
    ]
    if gathering.most and len(consignments) > gathering.most:
        surplus = consignments[gathering.most]
        found.append(
            _finding("CG411", surplus, "reference", form, count=len(consignments), most=gathering.most)
        )
    return found


def _finding(code: str, consignment: Consignment, path: str, form: Form, **words: Any) -> Finding:
    cell = consignment.find_cell(path)
    return make_finding(code, cell=cell, field=path, form=form.id, consignment=consignment.name, **words)


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
    words = [_words(value_at(consignments[0], path)) for path in gathering.by if path != "exporter.name"]
    return " / ".join(word for word in words if word) or consignments[0].name


def _joined_cells(
    consignments: Sequence[Consignment], marked: Sequence[Consignment], whole: GatheredConsignment
) -> dict[str, Cell]:
    """Each cell as that of its shipment, and as that of the place its value has on the joined paper."""
    cells: dict[str, Cell] = {}
    lines = 0
    rows: dict[str, int] = {}
    for number, (one, known) in enumerate(zip(consignments, marked, strict=True)):
        for path, cell in one.cells.items():
            cells[f"shipments.{number}.{path}"] = cell
            place = _place_on(path, known, whole, lines, rows)
            cells.setdefault(place, cell)
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
