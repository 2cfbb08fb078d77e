"""What each box of the request for a NOP import certificate must show, said without the form's own texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from expected import control_body, party

from certgen.consignment import Consignment, Product
from certgen.forms.language.functions import date as long_date

Values = Iterator[tuple[str, str]]


def nop_request(consignment: Consignment) -> Values:
    yield from _companies(consignment)
    yield from _way(consignment)
    for product in consignment.products:
        yield from _in("11", [product.trade_name])
        yield from _in("12", [product.cn_code])
        yield from _in("13", [product.standard])
        yield from _in("14", [*product.lots, *_packages(product), f"{_kilograms([product]):f}"])
        yield from _in("15", [product.extra.get("import_certificate") or "not issued yet"])
    yield from _in("15", [f"{_kilograms(consignment.products):f} kg"])


def of_product(consignment: Consignment, part: str) -> Consignment:
    """The lines of one tariff code and product, which one request is about."""
    lines = (line for line in consignment.products if f"{line.cn_code} / {line.trade_name}" == part)
    return replace(consignment, products=tuple(lines))


def _companies(consignment: Consignment) -> Values:
    extra = consignment.extra
    yield from _in("1", [line for body in consignment.control_bodies for line in control_body(body)])
    yield from _in("1", [extra.get("certifier_nop_id")])
    yield from _in("3", [*party(consignment.exporter), extra["exporter_nop_id"]])
    yield from _in("4", [*party(consignment.importer), extra["importer_nop_id"]])
    yield from _in("5", [*str(extra.get("final_handler") or "").splitlines()])
    yield from _in("5", [extra.get("final_handler_nop_id"), extra.get("final_handler_certifier")])
    yield from _in("6", [*party(consignment.first_consignee), extra.get("consignee_nop_id")])


def _way(consignment: Consignment) -> Values:
    extra, transport = consignment.extra, consignment.transport
    days = (extra.get("period_from"), extra.get("period_until"), consignment.departure_date)
    yield from _in("2", [long_date(day) for day in days[:2] if day])
    yield from _in("7", [country.name for country in consignment.countries_of_origin])
    yield from _in("8", [consignment.country_of_export and consignment.country_of_export.name])
    yield from _in("9", [extra["destination_place"]])
    yield from _in("10", [consignment.reference, consignment.invoice_number])
    yield from _in("10", [*(long_date(day) for day in days[2:] if day)])
    yield from _in("10", [consignment.point_of_entry, transport.road_plate, *transport.vessels])
    yield from _in("10", [*transport.documents, *consignment.containers])


def _in(box: str, values: Iterable[Any]) -> Values:
    yield from ((box, str(value)) for value in values if value)


def _packages(product: Product) -> list[str]:
    return [str(product.packages.count or ""), product.packages.kind] if product.packages else []


def _kilograms(products: Iterable[Product]) -> Decimal:
    return sum((line.net_mass.amount for line in products if line.net_mass), Decimal(0))
