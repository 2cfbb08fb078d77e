"""Name every empty field that a form cannot do without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from certgen.consignment import Consignment
from certgen.findings import Finding, make_finding
from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.forms.vocabulary import Vocabulary, load_vocabulary
from certgen.rules.places import column_of, find_cell

LONGEST_QUOTE = 40
"""Letters of a cell that a finding repeats."""


def find_missing(paper: Paper, names: Mapping[str, Any]) -> list[Finding]:
    """A finding for each empty required field, at the nearest cell, naming the box that would stay empty.

    What only the issuer can supply is not demanded of a draft. Of an empty list only the list is told, with
    all the fields its items need.
    """
    form = paper.form
    waived = form.issuer_fields if paper.issue.is_draft else ()
    missing: dict[str, list[str]] = {}
    for path in form.required:
        if path not in waived:
            first, *steps = path.split(".")
            for place in _empty_places(names[first], steps, first):
                missing.setdefault(place, []).append(path)
    return [_tell(paper, place, paths) for place, paths in missing.items()]


def _empty_places(value: Any, steps: list[str], done: str) -> Iterator[str]:
    """Where a path ends in nothing; paths with positions."""
    if not _is_filled(value):
        yield done
    elif steps and isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _empty_places(item, steps, f"{done}.{place}")
    elif steps:
        step, *rest = steps
        part = value.get(step) if isinstance(value, Mapping) else getattr(value, step)
        yield from _empty_places(part, rest, f"{done}.{step}")


def _is_filled(value: Any) -> bool:
    """Whether there is something to print: not None, no blank text, no list of blanks."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, tuple):
        return any(_is_filled(item) for item in value)
    return value is not None


def _tell(paper: Paper, place: str, paths: list[str]) -> Finding:
    form = paper.form
    box = next(iter(form.boxes_showing(paths[0])), None)
    source = f"{form.title}, box {box.number}" if box else form.title
    written = paper.consignment.cells[place].text if place in paper.consignment.cells else ""
    finding = make_finding(
        "CG421" if written.strip() else "CG420",
        cell=find_cell(paper.consignment, place),
        field=place,
        form=form.id,
        box=box.number if box else "",
        consignment=paper.consignment.name,
        labels=_labels(_vocabulary_of(form), place, paths),
        place=_numbered(paper.consignment, place),
        todo="Fill in" if _has_cells(paper.consignment, place) else "Add a column or label, and fill it in:",
        written=written if len(written) <= LONGEST_QUOTE else written[:LONGEST_QUOTE] + "…",
        feeds=f"Box {box.number} ({box.title.split(' (')[0]})" if box else f"The paper ({form.title})",
    )
    return replace(finding, cites=source)


def _has_cells(consignment: Consignment, place: str) -> bool:
    """Whether the sheet has cells for this field; rows of goods that are missing are not missing columns."""
    column = column_of(place)
    is_row = place == column and place.startswith(("products", "tables.", "shipments"))
    return is_row or any(f"{path}.".startswith((f"{place}.", f"{column}.")) for path in consignment.cells)


def _labels(vocabulary: Vocabulary, place: str, paths: list[str]) -> str:
    """What the empty field is called; of an empty list, what the list or else its columns are called."""
    if vocabulary.find(place):
        return f"“{vocabulary.label(place)}”"
    columns = [path for path in paths if vocabulary.find(path)] or paths
    return ", ".join(f"“{vocabulary.label(path)}”" for path in columns)


def _numbered(consignment: Consignment, place: str) -> str:
    """` in line 3` for the third product, ` in row 3` of a table, ` of number 2` for the second producer."""
    first, *steps = place.split(".")
    number = next((int(step) + 1 for step in steps if step.isdigit()), 0)
    if number and first == "tables":
        return f" in row {number}"
    if not number or (first != "products" and len(getattr(consignment, first)) == 1):
        return ""
    return f" in line {number}" if first == "products" else f" of number {number}"


_vocabularies: dict[str, Vocabulary] = {}


def _vocabulary_of(form: Form) -> Vocabulary:
    """The words of a form's fields, read once for each state of its folder."""
    if form.folder_hash not in _vocabularies:
        _vocabularies[form.folder_hash] = load_vocabulary([form])
    return _vocabularies[form.folder_hash]
