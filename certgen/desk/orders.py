"""What was asked, completed by what lies on this desk: the profile and the confirmed column meanings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from certgen.desk.maps import recall_maps, save_maps
from certgen.desk.profiles import find_profile
from certgen.errors import UsageError
from certgen.pipeline import Order, require_fields
from certgen.profile import Profile


def make_order(
    workbooks: Sequence[Path],
    *,
    profile: Path | None = None,
    templates: Sequence[Path] = (),
    issue_date: date | None = None,
    maps: Sequence[str] = (),
    **more: Any,
) -> Order:
    """The order for these workbooks; `maps` are typed as `Header=field` and saved beside each workbook.

    Raises UsageError, ProfileError, and OutputError when a meaning cannot be saved.
    """
    books = tuple(workbooks)
    found = find_profile(profile, books)
    folders = (*_house_forms(found), *templates)
    return Order(
        workbooks=books,
        profile=found,
        templates=folders,
        issue_date=issue_date,
        maps=maps_of(books, maps, folders),
        **more,
    )


def maps_of(books: tuple[Path, ...], typed: Sequence[str], templates: Sequence[Path] = ()) -> dict[str, str]:
    """What was confirmed of the headers before, and what is `typed` now (`Header=field`), which is saved.

    Raises UsageError, also for a field that neither a form, of `templates` too, nor a label workbook has;
    nothing is saved then. Raises OutputError when a meaning cannot be saved.
    """
    meant = dict(_split_map(words) for words in typed)
    if meant:
        require_fields(meant.values(), templates)
        save_maps(books, meant)
    return {**recall_maps(books), **meant}


def find_templates(templates: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The folders of forms that a run here knows: those of the profile, then those asked for."""
    return (*_house_forms(find_profile(None, ())), *templates)


def _house_forms(profile: Profile) -> list[Path]:
    """Folders named in a profile are found from where the profile lies."""
    here = Path() if profile.source is None else profile.source.parent
    return [here / folder for folder in profile.templates]


def _split_map(words: str) -> tuple[str, str]:
    header, separator, field = words.rpartition("=")
    if not separator or not header.strip() or not field.strip():
        raise UsageError(f'--map {words!r}: write it as --map "Header=field".')
    return header.strip(), field.strip()
