"""What the batches of a split consignment take of it, and which of them the register keeps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from certgen.consignment import Product, Quantity
from certgen.errors import RegisterError
from certgen.forms.model import Extraction
from certgen.forms.paper import Paper
from certgen.pipeline.identity import value_at
from certgen.register import Record, Register, Status
from certgen.register.acts.splitting import Amount


def covered_by(products: Sequence[Product]) -> tuple[Amount, ...]:
    """What the original covers, line by line; a line without a mass covers nothing that could be taken."""
    masses = [product.net_mass or Quantity(Decimal(), "kg") for product in products]
    return tuple(Amount(line, mass.amount, mass.unit) for line, mass in enumerate(masses, start=1))


def amounts_of(paper: Paper, fields: Extraction) -> tuple[Amount, ...]:
    """What the batch takes of each line, its rows added up; raises RegisterError for two units."""
    consignment = paper.consignment
    taken: dict[int, Amount] = {}
    rows = zip(value_at(consignment, fields.line), value_at(consignment, fields.amount), strict=True)
    for line, mass in rows:
        before = taken.get(int(line))
        if before and before.unit != mass.unit:
            raise RegisterError(f"Batch {paper.part} takes kg and l of one line. Write one unit.")
        amount = mass.amount + (before.amount if before else 0)
        taken[int(line)] = Amount(int(line), amount, mass.unit)
    return tuple(taken.values())


def original_of(paper: Paper, fields: Extraction) -> str:
    """The number of the certificate that is split."""
    return str(value_at(paper.consignment, fields.original) or "")


def find_kept(paper: Paper, fields: Extraction, register: Register) -> Record | None:
    """The extract in force of this batch, whatever its data."""
    record = register.find_extract(f"{original_of(paper, fields)}/{paper.part}")
    return record if record and record.status is Status.ISSUED else None
