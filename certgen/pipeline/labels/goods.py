"""What a label for a container says: the words of a product line, and what keeps a line from having one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from certgen.consignment import Consignment, Party, Product
from certgen.findings import Finding, make_finding_at
from certgen.page.labels import Code, GoodsLabel, LabelStock
from certgen.profile import Issuer
from certgen.rules.labels import Label

FOR_EXPORT = "For Export Only"
"""The mark of goods whose label is made for another market, word for word.

Source: WSDA Organic Program, Organic Label Requirements, on export labels.
"""
_STATUS = "label_status"
_PRINTED_OF_LINE = ("trade_name", "lots", "for_export_only", f"extra.{_STATUS}")
_PRINTED_OF_SHIPMENT = (
    *("exporter.name", "exporter.address", "exporter.country", "countries_of_origin"),
    *("issuing_body.name", "issuing_body.code", "control_bodies.0.name", "control_bodies.0.code"),
)
_PRINTED_OF_ROW = (
    *("product_name", "status_shown", "lot", "last_handler", "handler", "certifier"),
    *("shipping_mark", "home_rules_met"),
)


@dataclass(frozen=True, slots=True)
class LabelOrder:
    """What is asked: `status` holds for lines that do not say their own; `copies` of each label.

    `is_per_package` asks for one label on each package of a line instead of `copies` on each lot.
    """

    workbook: Path
    out: Path
    stock: LabelStock
    code: str = Code.QR
    status: str = ""
    copies: int = 1
    is_per_package: bool = False
    with_frames: bool = False
    issuer: Issuer | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """Findings about one label: how its line is called, and the cell of each of its parts."""

    line: str
    consignment: Consignment
    paths: Mapping[str, str]

    def tell(self, code: str, part: str, **words: str) -> Finding:
        return make_finding_at(self.consignment, self.paths[part], code, line=self.line, **words)


def telling_of_line(consignment: Consignment, place: int) -> Telling:
    """Where the parts of a label stand on a product line; lines count from 0."""
    own = {"lot": "lots", "name": "trade_name", "status": f"extra.{_STATUS}"}
    paths = {part: f"products.{place}.{field}" for part, field in own.items()}
    return Telling(f"Line {place + 1}", consignment, {**paths, "handler": "exporter"})


def telling_of_label(consignment: Consignment) -> Telling:
    """Where the parts of a label stand in a label workbook."""
    own = {"lot": "lot", "name": "product_name", "status": "status_shown", "handler": "last_handler"}
    paths = {part: f"extra.{field}" for part, field in own.items()}
    return Telling(f"The label {consignment.name}", consignment, paths)


def doubts_of_words(words: GoodsLabel, told: Telling) -> Iterator[Finding]:
    """What every container says and this label would not."""
    if not words.lot:
        yield told.tell("CG480", "lot")
    if not words.product:
        yield told.tell("CG481", "name")
    if not words.status:
        yield told.tell("CG482", "status")
    if not words.handler:
        yield told.tell("CG483", "handler")


def is_misread(consignment: Consignment, place: int, told: Iterable[Finding]) -> bool:
    """Whether a cell that the labels of a line (or of a label workbook's row) print was not understood.

    Such a label would lack a word of its cell, “For Export Only” too, or bear another.
    """
    line = tuple(f"products.{place}.{field}" for field in _PRINTED_OF_LINE)
    printed = (*line, *_PRINTED_OF_SHIPMENT, *(f"extra.{field}" for field in _PRINTED_OF_ROW))
    cells = {cell for path, cell in consignment.cells.items() if _is_part(path, printed)}
    return any(finding.is_error and finding.cell in cells for finding in told)


def _is_part(path: str, of: Iterable[str]) -> bool:
    return any(path == whole or path.startswith(f"{whole}.") for whole in of)


def words_of_label(label: Label, order: LabelOrder) -> GoodsLabel:
    """What a row of a label workbook says of its container, as its cells have it."""

    def said(*columns: str) -> str:
        return next((text for column in columns if (text := str(label.fields.get(column) or "").strip())), "")

    handler, certifier = said("last_handler", "handler"), said("certifier")
    return GoodsLabel(
        product=said("product_name"),
        status=said("status_shown") or order.status,
        lot=said("lot"),
        handler=f"Last handled by {handler}" if handler else "",
        certifier=f"Certified organic by {certifier}" if certifier else "",
        notice=_mark_of(said("shipping_mark"), label),
    )


def _mark_of(written: str, label: Label) -> str:
    """The mark of the container; where the label does not meet the home rules, in the words prescribed."""
    if label.fields.get("home_rules_met") is not False:
        return written
    is_said = FOR_EXPORT.casefold() in written.casefold()
    return FOR_EXPORT if is_said or not written else f"{FOR_EXPORT}\n{written}"


def is_of_container(label: Label) -> bool:
    """Whether a row of a label workbook is about a container and not a package for the consumer."""
    return label.fields.get("package") == "non-retail" or bool(label.fields.get("lot"))


def _status_of(product: Product, order: LabelOrder) -> str:
    return str(product.extra.get(_STATUS) or order.status).strip()


def words_of(consignment: Consignment, product: Product, lot: str, order: LabelOrder) -> GoodsLabel:
    """What the labels of one lot of a line say."""
    return GoodsLabel(
        product=product.trade_name,
        status=_status_of(product, order),
        lot=lot,
        handler=_handler(consignment.exporter),
        certifier=_certifier(consignment, order.issuer),
        origin=", ".join(country.name for country in consignment.countries_of_origin),
        notice=FOR_EXPORT if is_for_export_only(product) else "",
    )


def is_for_export_only(product: Product) -> bool:
    """Whether the workbook says that the label of this line is not made for the market at home."""
    return product.for_export_only is True


def _handler(party: Party) -> str:
    """The last certified handler in one run of words; the country unless the address ends with it."""
    if not party.name:
        return ""
    lines = [party.name, *party.address.splitlines()]
    if party.country and party.country.name not in lines[-1]:
        lines.append(party.country.name)
    return "Last handled by " + ", ".join(line.strip(" ,") for line in lines if line.strip(" ,"))


def _certifier(consignment: Consignment, issuer: Issuer | None) -> str:
    """`Certified organic by …`: the body that the workbook names, else the control body of the profile."""
    for body in (consignment.issuing_body, *consignment.control_bodies[:1]):
        if body.name:
            return f"Certified organic by {body.name}{f' ({body.code})' if body.code else ''}"
    is_body = issuer is not None and issuer.role == "control-body"
    return f"Certified organic by {issuer.name}" if issuer and is_body else ""


def counts_of(product: Product, order: LabelOrder, most: int) -> list[str]:
    """What each label of a lot says of its package, up to one more than `most`; empty where all are alike."""
    packages = product.packages.count if product.packages else None
    if not order.is_per_package:
        return [""] * order.copies
    if not packages:
        return [""]
    return [f"Package {number} of {packages}" for number in range(1, min(packages, most + 1) + 1)]
