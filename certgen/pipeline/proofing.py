"""Everything that can be wrong with a paper before a number is given: rules, layout, repeated references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from certgen.findings import Finding, make_finding_at
from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.pipeline.identity import field_hashes, fold, key_of
from certgen.pipeline.papers.gathered import MOST_EXCEEDED
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.papers.parts import dividing_field
from certgen.pipeline.press import Printer
from certgen.pipeline.trade.additions import not_told_by_form
from certgen.register import render_serial
from certgen.rules import judge

LONGEST_REFERENCE = 200
LONGEST_NAME = 250
LONGEST_PART = 100
_BYTES_OF_A_LETTER = 3  # together they then fit the index of a PostgreSQL server, which takes 2,700 bytes


def proof(candidate: Candidate, press: Printer) -> Candidate:
    """Judge one paper by its rules and lay out its pages; nothing is printed.

    One of more shipments than its form takes is refused already, and would be long in judging.
    """
    if any(finding.code == MOST_EXCEEDED for finding in candidate.findings):
        return candidate
    paper = candidate.paper
    told = judge(paper, _unread(candidate))
    candidate = candidate.with_findings(told).with_findings(_key_findings(paper))
    candidate = candidate.with_findings(not_told_by_form(candidate.trade, told))
    return candidate.with_findings(press.proof(_with_any_serial(candidate)).findings)


def _unread(candidate: Candidate) -> frozenset[str]:
    """The fields whose cells are already told as errors, with their positions in the consignment."""
    told = {
        (finding.cell.workbook, finding.cell.sheet, finding.cell.cell)
        for finding in candidate.findings
        if finding.is_error and finding.cell and finding.field
    }
    cells = candidate.paper.consignment.cells
    return frozenset(path for path, cell in cells.items() if (cell.workbook, cell.sheet, cell.cell) in told)


def _with_any_serial(candidate: Candidate) -> Paper:
    """The paper with a serial of the length it will have: all digits are equally wide."""
    paper = candidate.paper
    if not candidate.is_numbered:
        return paper
    serial = render_serial(candidate.open_serial, 0)
    return replace(paper, issue=replace(paper.issue, serial=serial))


def place_in_boxes(findings: Sequence[Finding], form: Form) -> list[Finding]:
    """Findings of the reading, each with the box that its field feeds on this form."""
    return [
        replace(finding, form=form.id, box=", ".join(box.number for box in form.boxes_showing(finding.field)))
        if finding.field and not finding.box
        else finding
        for finding in findings
    ]


def settle_repeats(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates with one paper for each form, exporter, reference and part.

    The same consignment a second time is left out with a note; the same reference with other data is an
    error on both.
    """
    first: dict[tuple[str, ...], int] = {}
    settled: list[Candidate | None] = list(candidates)
    for position, candidate in enumerate(candidates):
        consignment = candidate.paper.consignment
        key = (
            candidate.paper.form.id,
            fold(consignment.exporter.name),
            fold(consignment.name),
            fold(candidate.paper.part),
        )
        if not consignment.name or key not in first:
            first.setdefault(key, position)
            continue
        earlier = settled[first[key]]
        if earlier is None:
            continue
        if _same_goods(earlier, candidate):
            settled[first[key]] = earlier.with_findings([_repeat("CG407", candidate, earlier)])
            settled[position] = None
        else:
            settled[first[key]] = earlier.with_findings([_repeat("CG406", earlier, candidate)])
            settled[position] = candidate.with_findings([_repeat("CG406", candidate, earlier)])
    return [candidate for candidate in settled if candidate is not None]


def _same_goods(one: Candidate, other: Candidate) -> bool:
    form = one.paper.form
    return field_hashes(form, one.paper.consignment) == field_hashes(form, other.paper.consignment)


def _key_findings(paper: Paper) -> list[Finding]:
    """What keeps the paper from being known in a register: no reference, or names longer than it takes."""
    consignment = paper.consignment
    if not consignment.name:
        return [make_finding_at(consignment, "reference", "CG404")]
    return [
        make_finding_at(consignment, path, "CG422", form=paper.form.id, what=what, count=len(text), most=most)
        for path, what, text, most in _names(paper)
        if len(text) > most or len(text.encode("utf-8", "surrogatepass")) > most * _BYTES_OF_A_LETTER
    ]


def _names(paper: Paper) -> Iterator[tuple[str, str, str, int]]:
    """The names by which a register knows the paper: field, words, text and the most letters of it."""
    key = key_of(paper)
    reference = "reference" if paper.consignment.reference else "invoice_number"
    yield reference, "The reference", key.reference, LONGEST_REFERENCE
    yield "exporter.name", "The name of the exporter", key.exporter, LONGEST_NAME
    yield "issuing_body.name", "The name of the issuer", key.issuer, LONGEST_NAME
    yield dividing_field(paper.form), "The name of this part", key.part, LONGEST_PART


def _repeat(code: str, candidate: Candidate, other: Candidate) -> Finding:
    paper, cell = candidate.paper, other.paper.consignment.find_cell("reference")
    there = f"{cell.sheet}!{cell.cell}" if cell else other.workbook
    who = paper.consignment.exporter.name
    return make_finding_at(
        paper.consignment, "reference", code, form=paper.form.id, exporter=who, other=there
    )
