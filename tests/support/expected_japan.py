"""What each box of the papers to Japan must show of a consignment, said without the forms' own texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from expected import party

from certgen.consignment import Consignment
from certgen.forms.language.functions import date as long_date

Values = Iterator[tuple[str, str]]
PAPERS_SENT = ("sent_to_certifier", "training_to_importer", "training_to_certifier", "labels_submitted")


def seal_report(consignment: Consignment) -> Values:
    extra = consignment.extra
    yield from _in("1", party(consignment.exporter))
    yield from _in("2", party(consignment.importer))
    yield from _in("3", [*(body.name for body in consignment.control_bodies), extra["organic_certificate"]])
    yield from _in("4", [consignment.reference, consignment.invoice_number, extra.get("export_certificate")])
    yield from _in("4", consignment.transport.documents)
    for contract in consignment.tables["seal_contracts"]:
        yield from _in("5", _words(contract, "contract", "importer", "importer_number", "jas_certifier"))
        yield from _in("5", [contract["responsible_person"], long_date(contract["signed_on"])])
        yield from _in("5", [long_date(contract["trained_on"]), *_days(contract, *PAPERS_SENT)])
        yield from _in("5", _words(contract, "attached_this_year", "spoiled_this_year"))
    for stock in consignment.tables["seals"]:
        yield from _in("6", _words(stock, "stock", "contract", "design", "seal_certifier"))
        yield from _in("6", _words(stock, "kind", "origin_of_opening", "opening", "received", "attached"))
        yield from _in("6", _words(stock, "spoiled", "returned", "closing"))
    for seal in consignment.tables["attached_seals"]:
        yield from _in("7", _words(seal, "lot", "stock", "unit", "attached", "spoiled", "spoiled_reason"))
        yield from _in("7", _days(seal, "attached_on", "attached_until"))
        if seal.get("line"):
            product = consignment.products[int(seal["line"]) - 1]
            yield from _in("7", [product.trade_name, f"{seal['net_mass'].amount:f}"])


def export_request(consignment: Consignment) -> Values:
    extra, transport = consignment.extra, consignment.transport
    yield from _in("2", party(consignment.exporter))
    yield from _in("3", party(consignment.importer))
    yield from _in("4", [consignment.issuing_body.name, *consignment.issuing_body.address.splitlines()])
    yield from _in("5", [extra["organic_certificate"]])
    yield from _in("6", [consignment.reference, consignment.invoice_number, extra["exported_from"]])
    yield from _in("6", [transport.flight_number, *transport.vessels, *transport.documents])
    yield from _in("6", consignment.containers)
    for product in consignment.products:
        yield from _in("7", [product.trade_name, product.extra["japan_kind"], *product.lots])
        if product.packages and product.net_mass:
            yield from _in("7", [product.packages.count, f"{product.net_mass.amount:f}"])


def _words(row: Mapping[str, Any], *names: str) -> Iterator[str]:
    return (str(row[name]) for name in names if row.get(name) not in (None, ""))


def _days(row: Mapping[str, Any], *names: str) -> Iterator[str]:
    return (row[name].isoformat() for name in names if row.get(name))


def _in(box: str, values: Any) -> Values:
    return ((box, str(value)) for value in values if value)
