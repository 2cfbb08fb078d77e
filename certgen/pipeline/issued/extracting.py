"""`register extract`: a consignment split into batches, each with its extract, and what remains of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from certgen.consignment import Product, consignment_from_plain
from certgen.errors import PageError, RegisterError
from certgen.forms import load_forms
from certgen.forms.model import Extraction, Form
from certgen.forms.paper import Paper
from certgen.pipeline.files import has_content, in_the_way, prepare_folder, write_files
from certgen.pipeline.known import paper_of
from certgen.pipeline.order import CertificateResult, Order, Outcome, Surroundings
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.press import Press, Printed, Printer
from certgen.pipeline.request import request_for
from certgen.pipeline.results import result_of
from certgen.pipeline.run import proof_all, refused, register_url
from certgen.pipeline.takings import amounts_of, covered_by, find_kept, original_of
from certgen.pipeline.unnumbered import file_names
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
    3. print them; one in whose way another file stands is left out
    4. write them down in the register, which never lets a line go below zero
    5. write their files; what a stopped run did not write the next one writes

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
        covered = covered_by(whole.consignment.products)
        for candidate in proofs.candidates:
            goods = candidate.paper.consignment.products
            _check_goods(original, _known_goods(original, record, register), goods)
        batches = _prepare(proofs.candidates, fields, register, press, asked)
        able = [batch.extract for batch in batches if batch.kept or not batch.is_in_the_way]
        remaining = register.split(original, covered, able, surroundings.owner, surroundings.clock())
        return Split(proofs.outcome([batch.write() for batch in batches]), remaining)


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
    return [item for item in candidates if original_of(item.paper, fields) == original]


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


def _prepare(
    candidates: Sequence[Candidate], fields: Extraction, register: Register, press: Printer, order: Order
) -> list[_Batch]:
    """The batches as they would be printed, and where; raises PageError when one cannot be."""
    prepare_folder(order.out)
    batches = []
    printed = press.print_all([item.paper for item in candidates])
    for candidate, name, sheets in zip(candidates, file_names(candidates), printed, strict=True):
        if isinstance(sheets, PageError):
            raise sheets
        amounts = amounts_of(candidate.paper, fields)
        request = request_for(candidate, order.out)
        extract = Extract(candidate.paper.part, amounts, request, sheets.sha256, sheets.pages)
        kept = find_kept(candidate.paper, fields, register)
        batches.append(_Batch(candidate.paper, extract, sheets, order.out / name, kept))
    return batches


@dataclass(frozen=True, slots=True)
class _Batch:
    """An extract on its way to its file; `kept` is its record, where it was made before."""

    paper: Paper
    extract: Extract
    printed: Printed
    path: Path
    kept: Record | None

    @property
    def is_in_the_way(self) -> bool:
        """Whether another file stands at its place."""
        hashes = {self.printed.sha256, self.kept.pdf_sha256 if self.kept else ""}
        return self.path.exists() and not any(has_content(self.path, each) for each in hashes)

    def write(self) -> CertificateResult:
        """The file that is not there yet; one in its way is left as it is."""
        if self.is_in_the_way:
            return result_of(self.paper, "failed", reason=self._obstacle(), exit_code=9)
        made = result_of(self.paper, "made", printed=self.printed, path=self.path)
        if not self.path.exists():
            write_files([(self.path, self.printed.pdf)])
        elif self.kept:
            made = replace(made, sha256=self.kept.pdf_sha256)
        return made

    def _obstacle(self) -> str:
        where = in_the_way(self.path)
        if self.kept is None:
            return f"{where}; of this batch nothing was written down"
        return f"{where}, or get it with: certgen register show {self.kept.serial} --pdf FILE.pdf"
