"""One consignment on several papers: `one_per` of a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from certgen.consignment import Cell, Consignment
from certgen.findings import Finding
from certgen.forms.model import Form
from certgen.pipeline.identity import fold, value_at, written

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


def dividing_field(form: Form) -> str:
    """The field that names a part of a consignment, in the first row of that part; else the reference."""
    table, _, column = form.one_per[0].rpartition(".") if form.one_per else ("", "", "")
    return f"{table}.0.{column}" if table else "reference"


def _name_of(item: Any, path: str, paths: Sequence[str]) -> str:
    """The values that an item is divided by, as written."""
    steps = [other.removeprefix(path).removeprefix(".") for other in paths]
    return " / ".join(written(value_at(item, step)) for step in steps)


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
