"""The forms at hand, by id: a house's own are read and checked at once, a shipped one when first wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from certgen.errors import FormError
from certgen.forms.folder.extracts import check_extract_forms
from certgen.forms.folder.load import FormHead, load_form, load_head
from certgen.forms.folder.problems import Problems
from certgen.forms.model import Form
from certgen.forms.roots import ARRANGEMENTS, COMMON, find_forms_root


class FormShelf(Mapping[str, Form]):
    """Forms by id; which ids there are is known without loading any.

    A shipped form is loaded when it is first taken, since most commands need one of them; that raises
    FormError where its folder is damaged.
    """

    def __init__(self, shipped: Mapping[str, Path], own: Mapping[str, Form]) -> None:
        self._shipped = shipped
        self._ids = tuple(dict.fromkeys(chain(shipped, own)))
        self._loaded = dict(own)
        self._heads: dict[str, FormHead] = {}

    def __getitem__(self, form_id: str) -> Form:
        if form_id not in self._loaded:
            self._loaded[form_id] = load_form(self._shipped[form_id])
        return self._loaded[form_id]

    def __contains__(self, form_id: object) -> bool:
        return form_id in self._loaded or form_id in self._shipped

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def head(self, form_id: str) -> FormHead:
        """What a form says of itself before its boxes and rules, which are not read for it."""
        if form_id in self._loaded:
            form = self._loaded[form_id]
            return FormHead(form.own_types, form.settings, form.tables)
        if form_id not in self._heads:
            self._heads[form_id] = load_head(self._shipped[form_id])
        return self._heads[form_id]


def load_forms(folders: Sequence[Path] = ()) -> FormShelf:
    """The shipped forms and those in the user's folders.

    Each of `folders` holds form folders, or is one itself; one that holds arrangements alone has no form.
    Raises FormError listing everything wrong in them, also an id that two folders claim, and a form for
    extracts that is none of them.
    """
    shipped = {folder.name: folder for folder in _form_folders([find_forms_root()])}
    own: dict[str, Form] = {}
    problems = Problems()
    for folder in _form_folders(folders):
        with problems.gathered():
            form = load_form(folder)
            _check_unclaimed(form, shipped, own)
            own[form.id] = form
    shelf = FormShelf(shipped, own)
    if not problems.sentences:
        check_extract_forms(own.values(), shelf, problems)
    problems.raise_if_any()
    return shelf


def _check_unclaimed(form: Form, shipped: Mapping[str, Path], own: Mapping[str, Form]) -> None:
    other = own[form.id].folder if form.id in own else shipped.get(form.id)
    if other is not None and other.resolve() != form.folder.resolve():
        raise FormError(f"{form.folder}: form {form.id!r} is also in {other}; rename one.")


def _form_folders(roots: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for root in roots:
        if not root.is_dir():
            raise FormError(f"{root}: there is no such folder of forms.")
        inside = sorted(path.parent for path in root.glob("*/form.toml") if path.parent.name != COMMON)
        folders = [root] if (root / "form.toml").is_file() else inside
        if not folders and root != find_forms_root() and not (root / ARRANGEMENTS).is_dir():
            raise FormError(f"{root}: holds no form; a form is a folder with a form.toml.")
        found += folders
    return found
