"""The sample consignments as values by field, read from the plain tables in `sources/`."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parent / "sources"
FORM = "gb-coi"


@dataclass(frozen=True)
class Row:
    """One consignment: its own values and those of its lines, by the paths of the consignment fields."""

    shipment: dict[str, Any]
    lines: list[dict[str, Any]]


def load_rows(name: str) -> list[Row]:
    """The consignments of one file in `sources/`, companies and goods filled in."""
    companies, goods = _load("companies"), _load("goods")
    return [_row(entry, companies, goods) for entry in _load(name)["consignment"]]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((SOURCES / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal)


def _row(entry: dict[str, Any], companies: dict[str, Any], goods: dict[str, Any]) -> Row:
    lines = [_line(line, goods[line["goods"]]) for line in entry["lines"]]
    gross = sum(_gross_kg(line, goods[line["goods"]]) for line in entry["lines"])
    shipment = {
        "reference": entry["reference"],
        "forms": FORM,
        "invoice_number": entry["invoice"],
        "issue_date": entry["issue"],
        "departure_date": entry["departure"],
        "countries_of_origin": "Canada",
        "country_of_export": "Canada",
        "country_of_destination": "Great Britain",
        "point_of_entry": entry["entry"],
        "containers": "; ".join(entry.get("containers", [])),
        "seals": "; ".join(entry.get("seals", [])),
        "gross_mass": math.ceil(gross),
    }
    return Row(shipment | _parties(entry, companies) | _transport(entry["transport"]), lines)


def _parties(entry: dict[str, Any], companies: dict[str, Any]) -> dict[str, Any]:
    exporter = companies["exporter"][entry["exporter"]]
    importer = companies["importer"][entry["importer"]]
    consignee = companies["consignee"][entry["consignee"]] if "consignee" in entry else importer
    producers = [companies["producer"][key] for key in entry["producers"]]
    bodies = [companies["control_body"][key] for key in entry["control_bodies"]]
    return {
        **_party("exporter", exporter, "Canada"),
        "producers.name": ";\n".join(item["name"] for item in producers),
        "producers.address": ";\n".join(item["address"] for item in producers),
        "producers.country": "; ".join("Canada" for _ in producers),
        "control_bodies.name": ";\n".join(item["name"] for item in bodies),
        "control_bodies.address": ";\n".join(item["address"] for item in bodies),
        "control_bodies.code": "; ".join(item["code"] for item in bodies),
        **_party("importer", importer, "Great Britain"),
        "importer.eori": importer["eori"],
        **_party("first_consignee", consignee, "Great Britain"),
    }


def _party(path: str, company: dict[str, Any], country: str) -> dict[str, Any]:
    return {
        f"{path}.name": company["name"],
        f"{path}.address": company["address"],
        f"{path}.country": country,
    }


def _transport(transport: dict[str, Any]) -> dict[str, Any]:
    return {
        "transport.modes": transport["mode"],
        "transport.vessels": transport.get("vessel", ""),
        "transport.flight_number": transport.get("flight", ""),
        "transport.train": transport.get("train", ""),
        "transport.wagons": "; ".join(transport.get("wagons", [])),
        "transport.road_plate": transport.get("plate", ""),
        "transport.trailer_plate": transport.get("trailer", ""),
        "transport.documents": transport["document"],
    }


def _line(line: dict[str, Any], goods: dict[str, Any]) -> dict[str, Any]:
    processed = goods.get("processed", False)
    in_bulk = goods["packages"] == "in bulk"
    return {
        "products.cn_code": goods["cn"],
        "products.trade_name": goods["name"],
        "products.packages.count": "" if in_bulk else line["packages"],
        "products.packages.kind": goods["packages"],
        "products.lots": "; ".join(line["lots"]),
        "products.net_mass": _number(line["packages"] * Decimal(goods["net"])),
        "products.net_mass.unit": goods.get("unit", "kg"),
        "products.category": goods["category"],
        "products.processing": "processed" if processed else "unprocessed",
        "products.country_of_production": "Canada",
        "products.country_of_processing": "Canada" if processed else "",
        "products.ingredients_confirmed": "yes" if processed else "",
    }


def _gross_kg(line: dict[str, Any], goods: dict[str, Any]) -> Decimal:
    return Decimal(line["packages"] * (Decimal(goods["net"]) + Decimal(goods["tare"])))


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value
