"""What each box of the certificate must show of a consignment, said without the form's own texts."""

from __future__ import annotations

from collections.abc import Iterator

from certgen.consignment import Consignment, ControlBody, Party


def expected_values(consignment: Consignment) -> Iterator[tuple[str, str]]:
    """Box number and value for everything that boxes 4 to 17 must show."""
    yield from (("4", value) for value in party(consignment.exporter))
    yield from (("5", value) for producer in consignment.producers for value in party(producer))
    yield from (("6", value) for body in consignment.control_bodies for value in control_body(body))
    yield from (("7", country.name) for country in consignment.countries_of_origin)
    for number, country in (("8", consignment.country_of_export), ("10", consignment.country_of_destination)):
        if country:
            yield number, country.name
    yield "9", consignment.point_of_entry
    yield from (("11", value) for value in [*party(consignment.importer), consignment.importer.eori])
    yield from (("12", value) for value in party(consignment.first_consignee))
    for product in consignment.products:
        yield "13", product.cn_code
        yield "13", product.trade_name
        if product.packages:
            yield "13", str(product.packages.count or "")
            yield "13", product.packages.kind
        yield from (("13", lot) for lot in product.lots)
        if product.net_mass:
            yield "13", f"{product.net_mass.amount:f}"
    yield from (("14", container) for container in consignment.containers)
    yield from (("15", seal) for seal in consignment.seals)
    if consignment.gross_mass:
        yield "16", f"{consignment.gross_mass.amount:f}"
    transport = consignment.transport
    yield from (
        ("17", value)
        for value in [
            transport.flight_number,
            *transport.vessels,
            transport.train,
            *transport.wagons,
            transport.road_plate,
            transport.trailer_plate,
            transport.other,
            *transport.documents,
        ]
    )


def party(company: Party) -> list[str]:
    return [company.name, *company.address.splitlines()]


def control_body(body: ControlBody) -> list[str]:
    return [body.name, *body.address.splitlines(), body.code]
