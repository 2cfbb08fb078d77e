"""Whether the form that a form names for its extracts exists, and says what it splits."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from certgen.forms.folder.problems import Problems
from certgen.forms.model import Form
from certgen.forms.roots import find_forms_root
from certgen.toml_file import nearest_word


def check_extract_forms(forms: Iterable[Form], among: Mapping[str, Form], problems: Problems) -> None:
    """An `extract_form` of theirs that is not at hand, or that splits nothing, goes to `problems`."""
    naming = [form for form in forms if form.extract_form]
    splits = {form.id: form.extraction is not None for form in among.values()} if naming else {}
    for form in naming:
        _check(form, splits, problems)


def check_extract_form(form: Form) -> list[str]:
    """The same for one form among the shipped ones and those in the folders beside it."""
    problems = Problems()
    if form.extract_form:
        _check(form, dict(_neighbours(form.folder)), problems)
    return problems.sentences


def _check(form: Form, splits: Mapping[str, bool], problems: Problems) -> None:
    named, where = form.extract_form, f"{form.folder / 'form.toml'}: extract_form"
    if named and named not in splits:
        near = nearest_word(named, [other for other, is_one in splits.items() if is_one])
        problems.add(where, f"there is no form {named!r}{near}.")
    elif named and not splits[named]:
        problems.add(where, f"{named!r} is no form for extracts: it has no [extract].")


def _neighbours(folder: Path) -> Iterator[tuple[str, bool]]:
    """The ids of forms that lie beside a folder or come with certgen, and whether each splits another."""
    for root in (find_forms_root(), folder.resolve().parent):
        for path in sorted(root.glob("*/form.toml")):
            try:
                data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
            except (OSError, ValueError, RecursionError):
                continue
            yield str(data.get("id", "")), "extract" in data
