"""What each box of the request to the certifier must show, said without the form's own texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from expected import control_body, party

from certgen.consignment import Consignment
from certgen.forms.language.functions import date as long_date

Values = Iterator[tuple[str, str]]
NAMES = {
    "invoice": "Commercial invoice",
    "packing-list": "Packing list",
    "booking": "Booking",
    "transport-document": "Transport document",
    "organic-certificate": "Organic certificate",
    "laboratory-result": "Laboratory result",
}


def request_to_certifier(consignment: Consignment) -> Values:
    transport = consignment.transport
    yield from _in("2", party(consignment.exporter))
    yield from _in("3", party(consignment.importer))
    yield from _in("4", control_body(consignment.issuing_body))
    yield from _in("5", [consignment.extra["organic_certificate"]])
    yield from _in("6", [consignment.reference, consignment.invoice_number, consignment.point_of_entry])
    yield from _in("6", [long_date(day) for day in [consignment.departure_date] if day])
    yield from _in("6", [country.name for country in [consignment.country_of_destination] if country])
    yield from _in("6", [transport.flight_number, *transport.vessels, *transport.documents])
    yield from _in("6", consignment.containers)
    for product in consignment.products:
        yield from _in("7", [product.trade_name, product.cn_code, *product.lots])
        if product.packages and product.net_mass:
            yield from _in("7", [product.packages.count, f"{product.net_mass.amount:f}"])
    for document in consignment.tables["documents"]:
        yield from _in("8", [NAMES[document["kind"]], document.get("number"), document.get("file")])
        yield from _in("8", [day.isoformat() for day in [document.get("date")] if day])
        yield from _in("8", ["enclosed" if document["enclosed"] else "to come"])
        if not document["enclosed"]:
            yield from _in("9", [f"{NAMES[document['kind']]}, {document['number']}"])
    yield from _in("10", [consignment.extra.get("remarks")])


def _in(box: str, values: Any) -> Values:
    return ((box, str(value)) for value in values if value)
