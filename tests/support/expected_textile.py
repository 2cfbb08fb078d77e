"""What each box of a textile transaction certificate must show, said without the form's own texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from expected import party

from certgen.consignment import Consignment, Product, Quantity

Values = Iterator[tuple[str, str]]


def textile_certificate(shipments: Sequence[Consignment]) -> Values:
    """Everything on one certificate, from its shipments as each of them was read."""
    yield from _parties(shipments)
    yield from _weights(shipments)
    for shipment in shipments:
        yield from _in("9", [shipment.reference, shipment.invoice_number, *shipment.transport.documents])
        yield from _in("9", [shipment.departure_date, _amount(shipment.gross_mass)])
        yield from _in("9", [*party(shipment.first_consignee), shipment.extra.get("consignee_te_id")])
        for product in shipment.products:
            yield from _product(product)
    for row in _rows(shipments, "raw_materials"):
        yield from _in("11", [row["material"], _amount(row["certified_mass"]), *row["origins"]])


def product_numbers(shipments: Sequence[Consignment]) -> list[str]:
    """`2/5` for the fifth product, which is of the second shipment; in the order of printing."""
    places = [place for place, shipment in enumerate(shipments, start=1) for _ in shipment.products]
    return [f"{shipment}/{number}" for number, shipment in enumerate(places, start=1)]


def _parties(shipments: Sequence[Consignment]) -> Values:
    first = shipments[0]
    yield from _in("1", [first.extra["certificate_request"]])
    yield from _in("2", [*party(first.exporter), *_stated(shipments, "scope_certificate", "seller_te_id")])
    yield from _in("2", _stated(shipments, "seller_licence"))
    yield from _in("3", [*party(first.importer), *_stated(shipments, "buyer_te_id", "buyer_licence")])
    yield from _in("8", [row["number"] for row in _rows(shipments, "input_references")])


def _weights(shipments: Sequence[Consignment]) -> Values:
    products = [product for shipment in shipments for product in shipment.products]
    yield "4", f"{_total(shipment.gross_mass for shipment in shipments):f} kg"
    yield "5", f"{_total(product.net_mass for product in products):f} kg"
    yield "6", f"{_total(product.extra['certified_mass'] for product in products):f} kg"
    for standard in {product.standard for product in products}:
        certified = [item.extra["certified_mass"] for item in products if item.standard == standard]
        yield "6", f"({standard}): {_total(certified):f} kg"


def _product(product: Product) -> Values:
    extra = product.extra
    yield from _in("10", [product.trade_name, *product.lots, product.standard, _amount(product.net_mass)])
    if product.packages:
        yield from _in("10", [product.packages.count, product.packages.kind])
    yield from _in("10", [_amount(extra["certified_mass"]), _amount(extra.get("supplementary_mass"))])
    yield from _in("10", [extra[name] for name in ("product_category", "product_detail", "label_grade")])
    yield from _in("10", [extra["material_composition"], extra["last_processor"]])
    yield from _in("10", [extra["last_processor_te_id"], extra["last_processor_country"].name])
    named = ("purchase_order", "article_number", "production_date", "additional_information")
    yield from _in("10", [extra.get(name) for name in named])


def _stated(shipments: Sequence[Consignment], *names: str) -> list[Any]:
    return [shipment.extra.get(name) for shipment in shipments for name in names]


def _rows(shipments: Sequence[Consignment], table: str) -> list[Any]:
    return [row for shipment in shipments for row in shipment.tables.get(table, ())]


def _total(masses: Iterable[Quantity | None]) -> Decimal:
    return sum((mass.amount for mass in masses if mass), Decimal(0))


def _amount(mass: Quantity | None) -> str:
    return f"{mass.amount:f} {mass.unit}" if mass else ""


def _in(box: str, values: Iterable[Any]) -> Values:
    yield from ((box, str(value)) for value in values if value)
