"""What a cell of the blank workbook may be chosen from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from certgen.forms.model import Form
from certgen.forms.vocabulary import Field, Vocabulary

_CATEGORIES = "categories"


def find_choices(item: Field, forms: Sequence[Form], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words a drop-down list offers for this field; empty when it is free."""
    if item.path == "products.category":
        return _category_letters(forms)
    words = vocabulary.words
    offered: dict[str, Iterable[str]] = {
        "form-ids": (form.id for form in forms),
        "choice": item.offered,
        "choices": item.offered,
        "package-kind": words.package_kinds,
        "unit": (unit.words[0] for unit in words.unit),
        "yes-no": (words.yes[0], words.no[0]),
    }
    return tuple(offered.get(item.type, ()))


def _category_letters(forms: Sequence[Form]) -> tuple[str, ...]:
    """The letters of the forms' own schemes, in order, each once."""
    letters = {
        row[form.category_scheme]
        for form in forms
        if form.category_scheme and _CATEGORIES in form.codes
        for row in form.codes[_CATEGORIES].rows.values()
        if row.get(form.category_scheme)
    }
    return tuple(sorted(letters))
