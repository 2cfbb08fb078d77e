"""The blank workbook: the sheets that these forms need, with lists, hints and one example row each.

The same fields that the reader looks for make its columns, so that what is filled in is what is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from certgen.consignment import Consignment
from certgen.findings import Finding, make_finding
from certgen.forms.label_fields import load_label_sheets
from certgen.forms.model import Form
from certgen.forms.vocabulary import Vocabulary
from certgen.new_file import write_new_file
from certgen.workbook.blank.plan import (
    EXAMPLE_REFERENCE,
    BlankSheet,
    plan_blank_workbook,
    plan_label_sheets,
)
from certgen.workbook.fixed_bytes import workbook_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook

_CHECK, _CHECK_LABELS = "certgen check", "certgen label check"
_LABELS = "labels of organic products, with their recipes"


def write_blank_workbook(
    forms: Sequence[Form], vocabulary: Vocabulary, path: Path, labels: Vocabulary | None = None
) -> None:
    """Write a workbook to be filled for these forms; with the vocabulary of labels, their sheets too.

    The same forms give the same bytes. Raises OutputError when the file exists already or cannot be written.
    """
    titles, plans = [form.title for form in forms], plan_blank_workbook(forms, vocabulary)
    if labels is None:
        write_new_file(path, _fill(titles, plans, _CHECK))
        return
    plans = (*plans, *plan_label_sheets(load_label_sheets(), labels))
    write_new_file(path, _fill([*titles, _LABELS], plans, f"{_CHECK} and {_CHECK_LABELS}"))


def write_blank_labels(vocabulary: Vocabulary, path: Path) -> None:
    """Write a workbook to be filled with labels, their recipes and answers; errors as above."""
    plans = plan_label_sheets(load_label_sheets(), vocabulary)
    write_new_file(path, _fill([_LABELS], plans, _CHECK_LABELS))


def find_example(consignment: Consignment) -> Finding | None:
    """A note when this is the example row that a blank workbook came with; nothing is to be made of it."""
    if consignment.reference.strip().upper() != EXAMPLE_REFERENCE:
        return None
    cell = consignment.find_cell("reference")
    return make_finding("CG390", cell=cell, field="reference", consignment=consignment.reference)


def _fill(titles: Sequence[str], sheets: Sequence[BlankSheet], command: str) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, needed here alone

    from certgen.workbook.blank.style import fill_read_me, fill_sheet  # noqa: PLC0415 - loads openpyxl

    book = Workbook()
    fill_read_me(book.worksheets[0], titles, sheets, command)
    for sheet in sheets:
        fill_sheet(book.create_sheet(sheet.name), sheet)
    _keep_as_texts(book)
    book.active = 1
    return workbook_bytes(book)


def _keep_as_texts(book: Workbook) -> None:
    """Words of a form that look like a formula stay words: forms come from strangers too."""
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            cell.data_type = "s"
