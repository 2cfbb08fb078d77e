"""The words that headers and values are made of, as `words.toml` has them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from certgen.toml_file import Field, Record


class Unit(Record):
    """Words of one unit; an amount in it times `times` is in `base` (`kg`, `l`, of a recipe `%`), exactly."""

    base: Literal["kg", "l", "%"]
    times: str
    words: list[str]

    @property
    def factor(self) -> Decimal:
        return Decimal(self.times)

    @property
    def is_kg(self) -> bool:
        return self.base == "kg" and self.factor == 1


class UnclearUnit(Record):
    """Words that mean more than one unit, and why."""

    words: list[str]
    because: str


class PostalCode(Record):
    """A pattern at the end of an address that tells its country."""

    code: str
    pattern: str


class DividedCountry(Record):
    """A name that covers two customs territories, told apart by the address."""

    words: list[str]
    name: str
    otherwise: str
    part: list[PostalCode]


class UnclearCountry(Record):
    """Words that are written for more than one country: their codes."""

    words: list[str]
    codes: list[str]


class AsideSheets(Record):
    """Sheets that belong to another kind of workbook: the headers that tell them, and their names.

    Without names a header alone tells.
    """

    headers: list[str]
    sheets: list[str] = Field(default_factory=list)


class Words(Record):
    """The words that headers and values are made of (`words.toml`)."""

    format: Literal[1]
    small: list[str]
    before_units: list[str]
    number: list[str]
    ignorable: list[str]
    totals: list[str]
    remarks: list[str]
    yes: list[str]
    no: list[str]
    in_bulk: list[str]
    unsaid: list[str]
    mass_qualifiers: list[str]
    company_suffixes: list[str]
    control_body_code: str
    package_kinds: list[str]
    counts: list[str]
    same_as_importer: list[str]
    package_headers: list[str]
    load_units: list[str] = Field(default_factory=list)
    inexact: list[str] = Field(default_factory=list)
    ditto: list[str] = Field(default_factory=list)
    needless: list[str] = Field(default_factory=list)
    proposed: dict[str, list[str]] = Field(default_factory=dict)
    parts: dict[str, list[str]]
    date_formats: dict[str, Literal["day", "month", "year"]]
    day_order: dict[str, Literal["day", "month", "year"]]
    decimal_mark: dict[str, Literal[".", ","]]
    months: dict[str, list[str]]
    unit: list[Unit]
    unclear_unit: list[UnclearUnit]
    divided_country: list[DividedCountry]
    unclear_country: list[UnclearCountry]
    postal_code: list[PostalCode]
    aside: AsideSheets
