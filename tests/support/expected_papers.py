"""What each box of the other papers must show of a consignment, said without the forms' own texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from expected import control_body, party

from certgen.consignment import Consignment, Product, Transport
from certgen.forms.language.functions import date as long_date

Values = Iterator[tuple[str, str]]


def eu_certificate(consignment: Consignment) -> Values:
    extra = consignment.extra
    yield from _in("1", control_body(consignment.issuing_body))
    yield from _in("3", [extra.get("traces_number"), extra.get("certificate_language")])
    yield from _in("4", [line for company in consignment.producers for line in party(company)])
    yield from _in("5", party(consignment.exporter))
    yield from _in("6", str(extra.get("traders") or "").splitlines())
    yield from _in("7", [line for body in consignment.control_bodies for line in control_body(body)])
    yield from _in("8", [country.name for country in consignment.countries_of_origin])
    yield from _in("9", [consignment.country_of_export and consignment.country_of_export.name])
    yield from _in("10", [consignment.point_of_entry, extra.get("entry_code")])
    yield from _in("11", [consignment.country_of_destination and consignment.country_of_destination.name])
    yield from _in("12", [*party(consignment.importer), consignment.importer.eori])
    for product in consignment.products:
        yield from _in("13", [product.extra.get("organic_status"), product.cn_code, product.trade_name])
        yield from _in("13", [*_packages(product), *product.lots, _net(product)])
    yield from _in("14", consignment.containers)
    yield from _in("15", consignment.seals)
    yield from _in("16", [consignment.gross_mass and f"{consignment.gross_mass.amount:f}"])
    yield from _in("17", _transport(consignment.transport))
    yield from _in("20", [_day(extra.get("arrival_date")), extra.get("arrival_time")])
    yield from _in("24", party(consignment.first_consignee))


def eu_extract(consignment: Consignment) -> Values:
    extra, batches = consignment.extra, consignment.tables["batches"]
    yield from _in("1", control_body(consignment.issuing_body))
    yield from _in("3", [extra["traces_number"]])
    yield from _in("4", extra["splitting_control_body"].splitlines())
    yield from _in("5", [*party(consignment.importer), consignment.importer.eori])
    yield from _in("8", [consignment.point_of_entry, extra.get("entry_code")])
    yield from _in("10", batches[0]["consignee"].splitlines())
    for batch in batches:
        product = consignment.products[int(batch["line"]) - 1]
        yield from _in("11", [product.extra["organic_status"], product.cn_code, batch["packages"]])
        yield from _in("11", batch.get("lots") or product.lots)
        yield from _in("11", [f"{batch['net_mass'].amount:f}", _net(product)])


def eu_operator(consignment: Consignment) -> Values:
    extra = consignment.extra
    yield from _in("I.1", [extra["document_number"]])
    yield from _in("I.3", party(consignment.exporter))
    yield from _in("I.4", control_body(consignment.issuing_body))
    for product in consignment.products:
        yield from _in("I.7", [product.trade_name, product.cn_code, product.extra["organic_status"]])
    yield from _in("I.8", [extra["place"]])
    yield from _in("I.9", [_day(extra["valid_from"]), _day(extra["valid_until"])])
    for member in consignment.tables.get("members", ()):
        yield from _in("I.10", [member["name"], member["identification"]])


def food_transaction(consignment: Consignment) -> Values:
    extra = consignment.extra
    export, destination = consignment.country_of_export, consignment.country_of_destination
    yield from _in("1", control_body(consignment.issuing_body))
    yield from _in("3", party(consignment.exporter))
    yield from _in("4", [extra["seller_certificate"], _day(extra["seller_certificate_until"])])
    yield from _in("5", party(consignment.importer))
    yield from _in("6", party(consignment.first_consignee))
    yield from _in("7", [export and export.name, extra["place_of_dispatch"]])
    yield from _in("8", [destination and destination.name, extra["place_of_destination"]])
    yield from _in("9", [consignment.invoice_number, _day(extra["invoice_date"]), extra["order_number"]])
    yield from _in("10", [_day(consignment.departure_date), *consignment.transport.modes])
    yield from _in("10", [*_transport(consignment.transport), *consignment.containers, *consignment.seals])
    for product in consignment.products:
        yield from _in("11", [product.cn_code, product.trade_name, product.extra["organic_grade"]])
        yield from _in("11", [product.standard, *_packages(product), *product.lots, _net(product)])
        yield from _in("11", [product.organic_percent and f"{product.organic_percent:f}"])
    yield from _in("12", [consignment.gross_mass and f"{consignment.gross_mass.amount:f}"])
    yield from _in("13", extra["papers_examined"])


def uk_export(consignment: Consignment) -> Values:
    extra = consignment.extra
    yield from _in("1", control_body(consignment.issuing_body))
    yield from _in("2", [extra["product_certificate"], _day(extra["product_certificate_until"])])
    yield from _in("3", party(consignment.exporter))
    yield from _in("4", party(consignment.importer))
    yield from _in("5", [line for company in consignment.producers for line in party(company)])
    yield from _in("6", [line for body in consignment.control_bodies for line in control_body(body)])
    yield from _in("7", [country.name for country in consignment.countries_of_origin])
    yield from _in("9", [consignment.invoice_number, *_transport(consignment.transport)])
    for product in consignment.products:
        yield from _in("10", [product.cn_code, product.trade_name, *_packages(product), *product.lots])
        yield from _in("10", [_net(product), product.organic_percent and f"{product.organic_percent:f}"])


def of_batch(consignment: Consignment, batch: str) -> Mapping[str, Any]:
    """The tables of a consignment with the rows of one batch alone."""
    return {"batches": tuple(row for row in consignment.tables["batches"] if row["batch"] == batch)}


def _in(box: str, values: Iterable[Any]) -> Values:
    yield from ((box, str(value)) for value in values if value)


def _packages(product: Product) -> list[str]:
    return [str(product.packages.count or ""), product.packages.kind] if product.packages else []


def _net(product: Product) -> str:
    return f"{product.net_mass.amount:f}" if product.net_mass else ""


def _day(value: date | str | None) -> str:
    return long_date(value) if value else ""


def _transport(transport: Transport) -> list[str]:
    named = (transport.flight_number, *transport.vessels, transport.road_plate, *transport.documents)
    return [value for value in named if value]
