"""Workbooks read with the words of every form that they, or the command, or their trade lanes ask for."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Set
from pathlib import Path

from certgen.forms import load_vocabulary
from certgen.forms.model import Form
from certgen.forms.shelf import FormShelf
from certgen.pipeline.order import Order
from certgen.rules.arrangements import Arrangements, forms_on_lane
from certgen.workbook import (
    GridBook,
    HeaderIndex,
    Reading,
    bears_name,
    find_forms_named,
    find_forms_with_sheets,
    find_mentioned,
    load_book,
    read_book,
)

log = logging.getLogger(__name__)


def read_for_papers(
    path: Path, order: Order, forms: FormShelf, arrangements: Arrangements, *, by_lane: bool = False
) -> Reading:
    """The workbook by the common fields and those of the forms that it and the command ask for.

    A sheet for a form that the workbook names, or whose headers it has, is known as such, even when the
    command or the workbook asks for another one: a line of a batch is never taken for a shipment.
    A consignment that names none may need any of those that its trade lane can owe; with `by_lane`, so may
    every other one.
    """
    book = load_book(path)
    asked = {form_id for form_id in order.forms if form_id in forms}
    known = asked | _named_in(book, forms)
    rest = [form_id for form_id in forms if form_id not in known and _may_have_sheets(book, forms, form_id)]
    known |= find_forms_with_sheets(book, [forms[form_id] for form_id in rest], order.maps)
    reading = _read_for(book, path, order, forms, known)
    named = {
        form_id for consignment in reading.consignments for form_id in consignment.forms if form_id in forms
    }
    if not asked:
        named |= _owed_on_lanes(reading, arrangements, by_lane=by_lane)
    if any(forms[form_id].own_fields for form_id in named - known):
        reading = _read_for(book, path, order, forms, known | named)
    log.info("%s: %d consignments in %d sheets", path.name, len(reading.consignments), len(reading.sheets))
    return reading


def _may_have_sheets(book: GridBook, forms: FormShelf, form_id: str) -> bool:
    """Whether a sheet is called like one of the form's own; the form itself is not loaded to tell."""
    return any(bears_name(grid, table) for table in forms.head(form_id).tables for grid in book.sheets)


def _named_in(book: GridBook, forms: Mapping[str, Form]) -> set[str]:
    """Those of the forms with sheets of their own that the workbook names."""
    own = {form_id for form_id in find_mentioned(book, forms.keys()) if forms[form_id].tables}
    if not own:
        return set()
    vocabulary = load_vocabulary()
    return find_forms_named(book, own, vocabulary.words, HeaderIndex(vocabulary, {}))


def _owed_on_lanes(reading: Reading, arrangements: Arrangements, *, by_lane: bool) -> set[str]:
    return {
        form_id
        for consignment in reading.consignments
        if by_lane or not consignment.forms
        for form_id in forms_on_lane(consignment, arrangements)
    }


def _read_for(
    book: GridBook, path: Path, order: Order, forms: Mapping[str, Form], asked: Set[str]
) -> Reading:
    vocabulary = load_vocabulary([forms[form_id] for form_id in sorted(asked)])
    return read_book(book, path, vocabulary, HeaderIndex(vocabulary, order.maps))
