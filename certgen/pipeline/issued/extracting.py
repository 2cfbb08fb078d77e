"""`register extract`: a consignment split into batches, each with its extract, and what remains of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from certgen.consignment import Product, Quantity, consignment_from_plain
from certgen.errors import PageError, RegisterError
from certgen.forms import load_forms
from certgen.forms.model import Extraction, Form
from certgen.pipeline.identity import value_at
from certgen.pipeline.known import paper_of
from certgen.pipeline.order import Order, Outcome, Surroundings
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.press import Press, Printer
from certgen.pipeline.request import request_for
from certgen.pipeline.run import proof_all, refused, register_url
from certgen.pipeline.unnumbered import make_unnumbered
from certgen.register import Record, Register, open_register
from certgen.register.acts.splitting import Amount, Extract


@dataclass(frozen=True, slots=True)
class Split:
    """What came of a split: its extracts, and what remains of each line of the original."""

    outcome: Outcome
    remaining: tuple[Amount, ...] = ()


def extract_certificate(original: str, order: Order, surroundings: Surroundings) -> Split:
    """Make an extract for each batch that the workbook names of this certificate, numbered here or elsewhere.

    1. find the extract form that the certificate's own form names
    2. judge the batches as `check` does; one with an error refuses them all
    3. write them down in the register, which never lets a line go below zero
    4. print and write them

    Raises CertgenError when nothing can be split.
    """
    forms = load_forms(order.templates)
    with open_register(register_url(order), patience=surroundings.patience) as register:
        record = register.find_serial(original)
        form = _extract_form(original, record, register, forms)
        if form.extraction is None:
            raise RegisterError(f"The form {form.id} does not say what it splits: it has no [extract].")
        fields, press = form.extraction, Press()
        asked = replace(order, forms=(form.id,))
        proofs = proof_all(
            asked, surroundings, press, lambda items, _url: _of_original(items, fields, original)
        )
        if not proofs.candidates:
            raise RegisterError(
                f"{', '.join(map(str, order.workbooks))} names no batch of {original} ({fields.original})."
            )
        if any(item.is_refused for item in proofs.candidates):
            return Split(proofs.outcome([refused(item) for item in proofs.candidates]))
        whole = paper_of(record, forms) if record else proofs.candidates[0].paper
        covered = _covered(whole.consignment.products)
        for candidate in proofs.candidates:
            goods = candidate.paper.consignment.products
            _check_goods(original, _known_goods(original, record, register), goods)
        extracts = _extracts(proofs.candidates, fields, press, asked)
        remaining = register.split(original, covered, extracts, surroundings.owner, surroundings.clock())
        made = make_unnumbered(proofs.candidates, asked, surroundings, press, {})
        return Split(proofs.outcome(made), remaining)


def _extract_form(
    original: str, record: Record | None, register: Register, forms: Mapping[str, Form]
) -> Form:
    """The form of the extracts; for an original numbered elsewhere the only one there is."""
    if record is None:
        named = sorted({form.extract_form for form in forms.values() if not form.serial_pattern} - {""})
        if len(named) != 1 or named[0] not in forms:
            register.show(original)
        return forms[named[0]]
    form_id = record.key.form
    if form_id in forms and not forms[form_id].extract_form:
        raise RegisterError(
            f"{original} is on the form {form_id}, which names no form for extracts, so it is not split "
            "here: the dossier of the form tells why."
        )
    if form_id not in forms or forms[form_id].extract_form not in forms:
        raise RegisterError(f"The form of {original}, or that of its extracts, is not installed.")
    return forms[forms[form_id].extract_form]


def _of_original(candidates: Iterable[Candidate], fields: Extraction, original: str) -> list[Candidate]:
    """The batches of this certificate; a workbook may hold others."""
    return [
        item
        for item in candidates
        if str(value_at(item.paper.consignment, fields.original) or "") == original
    ]


def _known_goods(original: str, record: Record | None, register: Register) -> tuple[Product, ...]:
    """The original's product lines as it was issued here, else as an extract in force has them; else none."""
    extracts = filter(None, map(register.find_extract, register.extracts(original)))
    known = record or next(extracts, None)
    return consignment_from_plain(json.loads(known.paper)["consignment"]).products if known else ()


def _check_goods(original: str, known: Sequence[Product], goods: Sequence[Product]) -> None:
    """Raises RegisterError where a line would take other goods than the original covers there."""
    for line, (before, now) in enumerate(zip(known, goods, strict=False), start=1):
        if _named(before) != _named(now):
            raise RegisterError(
                f"Line {line} of {original} is {_named(before)}; this workbook says {_named(now)}. "
                "Nothing was written. Correct the product lines of the workbook."
            )


def _named(product: Product) -> str:
    return f"{product.cn_code} {product.trade_name}".strip()


def _covered(products: Sequence[Product]) -> tuple[Amount, ...]:
    """What the original covers, line by line; a line without a mass covers nothing that could be taken."""
    masses = [product.net_mass or Quantity(Decimal(), "kg") for product in products]
    return tuple(Amount(line, mass.amount, mass.unit) for line, mass in enumerate(masses, start=1))


def _extracts(
    candidates: Sequence[Candidate], fields: Extraction, press: Printer, order: Order
) -> list[Extract]:
    extracts = []
    printed = press.print_all([item.paper for item in candidates])
    for candidate, sheets in zip(candidates, printed, strict=True):
        if isinstance(sheets, PageError):
            raise sheets
        amounts = _amounts(candidate, fields)
        request = request_for(candidate, order.out)
        extracts.append(Extract(candidate.paper.part, amounts, request, sheets.sha256, sheets.pages))
    return extracts


def _amounts(candidate: Candidate, fields: Extraction) -> tuple[Amount, ...]:
    """What the batch takes of each line, its rows added up."""
    consignment = candidate.paper.consignment
    taken: dict[int, Amount] = {}
    rows = zip(value_at(consignment, fields.line), value_at(consignment, fields.amount), strict=True)
    for line, mass in rows:
        before = taken.get(int(line))
        if before and before.unit != mass.unit:
            raise RegisterError(f"Batch {candidate.paper.part} takes kg and l of one line. Write one unit.")
        amount = mass.amount + (before.amount if before else 0)
        taken[int(line)] = Amount(int(line), amount, mass.unit)
    return tuple(taken.values())
