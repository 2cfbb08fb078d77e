"""Which profile a run uses, and what one that merely lies beside a workbook may not change."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from certgen.errors import ProfileError
from certgen.profile import FormSettings, Profile, load_profile

FILE_NAME = "certgen.toml"
GUARDED = ("issuer", "signatories", "register_place", "templates")


def find_profile(asked: Path | None, workbooks: tuple[Path, ...]) -> Profile:
    """The profile asked for, else the user's own, else one beside the workbook or in the working folder.

    Raises ProfileError when a profile beside a workbook contradicts the user's own about issuer, register or
    forms, or when workbooks of one run have different profiles beside them.
    """
    if asked is not None:
        return load_profile(asked)
    own_path = platformdirs.user_config_path("certgen", appauthor=False) / FILE_NAME
    near = _near(workbooks)
    if not own_path.is_file():
        return load_profile(near) if near else Profile()
    own = load_profile(own_path)
    if near is None or near.resolve() == own_path.resolve():
        return own
    return _joined(own, load_profile(near))


def _near(workbooks: tuple[Path, ...]) -> Path | None:
    beside = {workbook.resolve().parent / FILE_NAME for workbook in workbooks}
    found = sorted(path for path in beside if path.is_file())
    if len(found) > 1:
        raise ProfileError(
            f"The workbooks have different profiles beside them ({found[0]} and {found[1]}). "
            "Fill them one after another, or choose one with --profile."
        )
    here = Path(FILE_NAME)
    return found[0] if found else here if here.is_file() else None


def _joined(own: Profile, near: Profile) -> Profile:
    """The user's own profile with what a nearby one may add: settings of forms, and operators."""
    for key in GUARDED:
        if getattr(near, key) and getattr(near, key) != getattr(own, key):
            word = {"register_place": "register"}.get(key, key)
            raise _contradiction(near, own, word)
    forms = {form_id: _joined_settings(form_id, own, near) for form_id in {**own.form, **near.form}}
    return own.model_copy(update={"form": forms, "operator": (*own.operator, *near.operator)})


def _joined_settings(form_id: str, own: Profile, near: Profile) -> FormSettings:
    """One form's settings: a nearby profile adds to the user's own and changes nothing."""
    mine, theirs = own.settings_for(form_id), near.settings_for(form_id)
    if theirs.serial and theirs.serial != mine.serial:
        raise _contradiction(near, own, f"form.{form_id}.serial")
    merged = {
        key: {**getattr(theirs, key), **getattr(mine, key)}
        for key in FormSettings.model_fields
        if isinstance(getattr(mine, key), dict)
    }
    return mine.model_copy(update=merged)


def _contradiction(near: Profile, own: Profile, word: str) -> ProfileError:
    return ProfileError(
        f"{near.source} would change [{word}] of your own profile {own.source}. "
        "Use one of them with --profile, or take the entry out."
    )
