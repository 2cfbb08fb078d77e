"""The profile (`certgen.toml`): who issues, who signs, where the register is.

Its schema is `docs/profile.md`; every key that is not named there is an error.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from certgen.errors import ProfileError
from certgen.toml_file import ConfigDict, Field, Record, Words, load_toml


class Issuer(Record):
    """The house that runs certgen: a control body with its codes, or an exporter."""

    role: Literal["control-body", "exporter"]
    name: Words
    address: Words
    codes: tuple[Words, ...] = Field(default=(), strict=False)


class RegisterPlace(Record):
    """Where serials are kept: `sqlite:///path` or `postgresql://…`."""

    url: Words


class FormSettings(Record):
    """What this house settles for one form.

    `serial` replaces the form's serial pattern (it must keep the form's fixed beginning); `defaults` gives
    consignment fields that the issuer supplies a value when the workbook is silent; `settings` replace
    values that the form lets a house settle, as the last day of a recognition.
    """

    serial: Words | None = None
    defaults: dict[str, str | list[str]] = Field(default_factory=dict)
    settings: dict[str, date | bool | int | str] = Field(default_factory=dict)


class Operator(Record):
    """A certified operator, with what its certificate covers; an empty product list covers everything."""

    name: Words
    certificate: Words
    valid_until: date
    products: tuple[Words, ...] = Field(default=(), strict=False)


FORMAT = 1


class Profile(Record):
    """One house's settings; `source` is the file it was read from (None for a house without one)."""

    format: Literal[1] = 1
    issuer: Issuer | None = None
    signatories: tuple[Words, ...] = Field(default=(), strict=False)
    register_place: RegisterPlace | None = Field(default=None, alias="register")
    templates: tuple[Words, ...] = Field(default=(), strict=False)
    form: dict[str, FormSettings] = Field(default_factory=dict)
    operator: tuple[Operator, ...] = Field(default=(), strict=False)
    source: Path | None = Field(default=None, exclude=True, init=False)

    @property
    def role(self) -> str:
        """What the house is: `control-body`, `exporter`, or empty where no profile says."""
        return self.issuer.role if self.issuer else ""

    def settings_for(self, form_id: str) -> FormSettings:
        return self.form.get(form_id, FormSettings())


class _FormatRecord(Record):
    """Only the format number, read first: a newer profile is refused before its keys are judged."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)
    format: int | None = None


def load_profile(path: Path) -> Profile:
    """Read one profile; raises ProfileError naming file, key and the nearest right word."""
    stated = load_toml(path, _FormatRecord, ProfileError).format
    if stated is None:
        raise ProfileError(f"{path}: key 'format' is missing; a profile begins with `format = {FORMAT}`.")
    if stated != FORMAT:
        raise ProfileError(
            f"{path}: format {stated} is not one that this certgen knows, which is {FORMAT}; "
            "if it was written for a newer certgen, upgrade."
        )
    profile = load_toml(path, Profile, ProfileError)
    return profile.model_copy(update={"source": path})
