"""What a label for a container says: the words of a product line, and what keeps a line from having one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from certgen.consignment import Consignment, Party, Product
from certgen.findings import Finding, make_finding
from certgen.page.labels import Code, GoodsLabel, LabelStock
from certgen.profile import Issuer

FOR_EXPORT = "For Export Only"
"""The mark of goods whose label is made for another market, word for word.

Source: WSDA Organic Program, Organic Label Requirements, on export labels.
"""
_STATUS = "label_status"


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
class LineTelling:
    """Findings at the cells of one product line."""

    consignment: Consignment
    place: int

    def tell(self, code: str, field: str, **words: object) -> Finding:
        path = f"products.{self.place}.{field}"
        return make_finding(
            code,
            cell=self.consignment.find_cell(path),
            field=path,
            consignment=self.consignment.name,
            line=self.place + 1,
            **words,  # type: ignore[arg-type]  # words of the sentence, not its place
        )


def doubts_of(product: Product, order: LabelOrder, told: LineTelling) -> Iterator[Finding]:
    """What keeps a line from getting labels, whatever their size."""
    if not product.lots:
        yield told.tell("CG480", "lots")
    if not product.trade_name:
        yield told.tell("CG481", "trade_name")
    if not _status_of(product, order):
        yield told.tell("CG482", f"extra.{_STATUS}")
    if not told.consignment.exporter.name:
        yield told.tell("CG483", "exporter")
    if order.is_per_package and len(product.lots) > 1:
        yield told.tell("CG484", "lots", lots=len(product.lots))


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
