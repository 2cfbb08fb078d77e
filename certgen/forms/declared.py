"""What a form declares for itself, with values of their type again after they were plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from certgen.consignment import Consignment, Country, GatheredConsignment, Product, Quantity
from certgen.errors import FormError
from certgen.forms.model import Form


def with_own_fields(consignment: Consignment, form: Form) -> Consignment:
    """The consignment as this form sees it: its own fields and tables typed, those of other forms left out.

    A table that the workbook lacks is an empty one. Raises FormError for a value that is not of the type
    declared, which happens only when the declaration changed after the value was kept.
    """
    types = form.own_types
    if form.gathering and not isinstance(consignment, GatheredConsignment):
        consignment = _alone(consignment)
    if isinstance(consignment, GatheredConsignment):
        shipments = tuple(_typed(shipment, form, types) for shipment in consignment.shipments)
        consignment = replace(consignment, shipments=shipments)
    return _typed(consignment, form, types)


def with_types(consignment: Consignment, types: Mapping[str, str]) -> Consignment:
    """The consignment with the fields of these types beside its own, and without tables."""
    extra = typed_row(consignment.extra, "extra", types)
    return _with_products(replace(consignment, extra=extra, tables={}), types)


def _typed(consignment: Consignment, form: Form, types: Mapping[str, str]) -> Consignment:
    if types or consignment.extra or consignment.tables:
        consignment = replace(
            consignment,
            extra=typed_row(consignment.extra, "extra", types),
            tables={table.name: _typed_rows(consignment, table.name, types) for table in form.tables},
        )
    return _with_products(consignment, types)


def _alone(consignment: Consignment) -> GatheredConsignment:
    """A shipment that no other joins on its paper."""
    whole = {item.name: getattr(consignment, item.name) for item in fields(consignment)}
    return GatheredConsignment(**whole, shipments=(consignment,))


def _typed_rows(
    consignment: Consignment, name: str, types: Mapping[str, str]
) -> tuple[Mapping[str, Any], ...]:
    return tuple(typed_row(row, f"tables.{name}", types) for row in consignment.tables.get(name, ()))


def _with_products(consignment: Consignment, types: Mapping[str, str]) -> Consignment:
    if not any(product.extra for product in consignment.products):
        return consignment
    return replace(
        consignment, products=tuple(_typed_product(product, types) for product in consignment.products)
    )


def _typed_product(product: Product, types: Mapping[str, str]) -> Product:
    return replace(product, extra=typed_row(product.extra, "products.extra", types))


def typed_row(row: Mapping[str, Any], path: str, types: Mapping[str, str]) -> dict[str, Any]:
    """The declared fields of one row; what another form declared is none of this one's business.

    A list that is not there is an empty one.
    """
    lists = [place.removeprefix(f"{path}.") for place, kind in types.items() if kind in ("list", "choices")]
    empty: dict[str, Any] = {name: () for name in lists if f"{path}.{name}" in types}
    filled = {
        name: _typed_value(value, types[f"{path}.{name}"], f"{path}.{name}")
        for name, value in row.items()
        if f"{path}.{name}" in types and value is not None
    }
    return empty | filled


def _typed_value(value: Any, type_name: str, path: str) -> Any:
    try:
        return _TYPED[type_name](value)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise FormError(f"{path}: {value!r} is no {type_name}.") from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: Any) -> Decimal:
    """A whole number or a decimal one; never a float, whose digits are not those of the cell."""
    if isinstance(value, bool | float) or not (number := Decimal(value)).is_finite():
        raise TypeError("not a number")
    return number


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _mass(value: Any) -> Quantity:
    return value if isinstance(value, Quantity) else Quantity(_number(value["amount"]), _text(value["unit"]))


def _country(value: Any) -> Country:
    return value if isinstance(value, Country) else Country(_text(value["name"]), value.get("code", ""))


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not yes or no")
    return value


def _texts(value: Iterable[Any]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError("not a list")
    return tuple(_text(item) for item in value)


_TYPED: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "choice": _text,
    "list": _texts,
    "choices": _texts,
    "code": _text,
    "number": _number,
    "percent": _number,
    "date": _date,
    "mass": _mass,
    "country": _country,
    "yes-no": _truth,
}
