"""The typed shipment: what one certificate may cover, with the cell each value came from.

Field names are the words of the trade; nothing here knows a box number. Which headers mean which field is
data (`templates/_common/fields.toml`), whose paths are the attribute paths of these classes.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value stood: `cell` as Excel names it, `header` and `text` as the user wrote them."""

    workbook: str = ""
    sheet: str = ""
    cell: str = ""
    header: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A country as it is printed, and its code.

    `code` is ISO 3166-1 alpha-2, except that the United Kingdom is told apart as `GB` (Great Britain) and
    `XI` (Northern Ireland); it is empty when the name is not recognised.
    """

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A company: name, address in lines as written, the country of the address, EORI where it has one."""

    name: str = ""
    address: str = ""
    country: Country | None = None
    eori: str = ""


@dataclass(frozen=True, slots=True)
class ControlBody:
    """A control body or authority; `code` keeps its zeros (`GB-ORG-05`, `CA-ORG-006`)."""

    name: str = ""
    address: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in `kg` or `l`, with the precision of its cell."""

    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Packages:
    """A count and a kind (`880`, `bags`); in bulk the count is None and the kind says so."""

    count: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Product:
    """One line of goods.

    `category` is a letter or a word of `templates/_common/codes/categories.csv` as the sheet gives it; a
    letter means something only within a scheme, which the form names. `processing` is `processed`,
    `unprocessed` or empty. `country_of_production` is where it was grown or raised,
    `country_of_processing` where it was fully or finally processed. `ingredients_confirmed` says that the
    ingredients were confirmed to meet the rules of the arrangement (None when the sheet is silent).
    `for_export_only` says that the label is not made for the market at home, which containers and papers say.
    """

    cn_code: str = ""
    trade_name: str = ""
    packages: Packages | None = None
    lots: tuple[str, ...] = ()
    net_mass: Quantity | None = None
    gross_mass: Quantity | None = None
    category: str = ""
    processing: str = ""
    country_of_production: Country | None = None
    country_of_processing: Country | None = None
    standard: str = ""
    organic_percent: Decimal | None = None
    ingredients_confirmed: bool | None = None
    for_export_only: bool | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transport:
    """How the goods arrive at the point of entry.

    `modes` holds `aeroplane`, `vessel`, `railways`, `road`, `other`; a ferry is vessel and road together.
    `documents` are bill of lading, air waybill or consignment note numbers.
    """

    modes: tuple[str, ...] = ()
    flight_number: str = ""
    vessels: tuple[str, ...] = ()
    train: str = ""
    wagons: tuple[str, ...] = ()
    road_plate: str = ""
    trailer_plate: str = ""
    other: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consignment:
    """The goods one certificate covers.

    `forms` are the form ids the workbook itself asks for; `issue_date` is the one it asks for.
    `procedures` are the legal ways of import it claims, as short keys (`33(2)`). `extra` and `tables` hold
    what a form declared for itself. `cells` maps a field path (`products.0.lots`, counting from 0) to the
    cell it came from, and does not belong to the data: two consignments differ by their fields alone.
    """

    reference: str = ""
    invoice_number: str = ""
    forms: tuple[str, ...] = ()
    issue_date: date | None = None
    departure_date: date | None = None
    exporter: Party = Party()
    producers: tuple[Party, ...] = ()
    control_bodies: tuple[ControlBody, ...] = ()
    issuing_body: ControlBody = ControlBody()
    procedures: tuple[str, ...] = ()
    countries_of_origin: tuple[Country, ...] = ()
    country_of_export: Country | None = None
    country_of_destination: Country | None = None
    point_of_entry: str = ""
    importer: Party = Party()
    first_consignee: Party = Party()
    products: tuple[Product, ...] = ()
    containers: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    gross_mass: Quantity | None = None
    transport: Transport = Transport()
    extra: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    cells: Mapping[str, Cell] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What people call it: the shipment reference, else the invoice number."""
        return self.reference or self.invoice_number

    def find_cell(self, path: str) -> Cell | None:
        """The cell of this field, else of a part of it, else of what it is a part of, else of the reference.

        A neighbour's cell would be blamed for what is missing beside it.
        """
        inside = (cell for key, cell in self.cells.items() if key.startswith(path + "."))
        found = self.cells.get(path) or next(inside, None)
        while path and found is None:
            path = path.rpartition(".")[0]
            found = self.cells.get(path) or self.cells.get(f"{path}.reference")
        own = self.cells.get("reference") or self.cells.get("invoice_number")
        return found or own or next(iter(self.cells.values()), None)


@dataclass(frozen=True, slots=True)
class GatheredConsignment(Consignment):
    """Several shipments on one paper.

    Its own fields hold what the shipments have in common and all of their goods; `shipments` are the
    consignments as each stood alone.
    """

    shipments: tuple[Consignment, ...] = ()


def without_positions(path: str) -> str:
    """`products.lots` of `products.0.lots`: a field, whichever item it belongs to."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


def write_digits(amount: Decimal) -> str:
    """An amount with its digits as they are and no exponent (`:f` does the same, thrice as slow)."""
    digits = str(amount)
    return f"{amount:f}" if "E" in digits else digits


def as_plain(value: Any) -> Any:
    """A consignment (or any part of one) as JSON data: masses as strings, dates in ISO form, no cells."""
    if value is None or isinstance(value, str | int):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {name: as_plain(getattr(value, name)) for name in _names_of_data(type(value))}
    if isinstance(value, Mapping):
        return {key: as_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_plain(item) for item in value]
    if isinstance(value, Decimal):
        return write_digits(value)
    return value.isoformat() if isinstance(value, date) else value


@cache
def _names_of_data(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind) if item.name != "cells")


def consignment_from_plain(data: Mapping[str, Any]) -> Consignment:
    """The consignment that `as_plain` wrote down; what a form declared for itself stays plain data."""
    kind = GatheredConsignment if "shipments" in data else Consignment
    return typing.cast("Consignment", _typed(kind, data))


def _typed(kind: Any, value: Any) -> Any:
    """Give plain JSON data back the type that an annotation names."""
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        kind = next(item for item in typing.get_args(kind) if item is not type(None))
    if value is None:
        return None
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        value = tuple(_typed(inner[0], item) for item in value)
    elif origin is Mapping:
        value = {key: _typed(inner[1], item) for key, item in value.items()}
    elif is_dataclass(kind):
        hints = _hints(typing.cast("type", kind))
        value = kind(**{name: _typed(hints[name], item) for name, item in value.items()})  # type: ignore[operator]  # a dataclass
    elif kind is Decimal:
        value = Decimal(value)
    elif kind is date:
        value = date.fromisoformat(value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
