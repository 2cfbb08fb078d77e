"""`register replace`: a corrected certificate in the place of one that was issued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from certgen.errors import RegisterError
from certgen.forms import load_forms
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.pipeline.files import prepare_folder
from certgen.pipeline.identity import field_hashes, fingerprint, key_of
from certgen.pipeline.issued.correction import compare
from certgen.pipeline.known import header_of, paper_of
from certgen.pipeline.numbering import LEASE_SECONDS, Numbering
from certgen.pipeline.order import CertificateResult, Order, Outcome, Surroundings
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.press import Press
from certgen.pipeline.request import request_for
from certgen.pipeline.results import result_of
from certgen.pipeline.run import proof_all, refused, register_url
from certgen.register import Reason, Record, Register, Status, check_replaceable, open_register
from certgen.register.advice import check_apart


def replace_certificate(
    serial: str, why: str, order: Order, surroundings: Surroundings, *, is_confirmed: bool
) -> Outcome:
    """Issue what the workbook now says in the place of the certificate with this serial.

    1. finish what a stopped run left, which may be this very successor
    2. judge the consignment by the first certificate's date, its own date being today's
    3. see that nothing changed but what the form lets a replacement change
    4. end the old one and number the new one in one step, print, write, mark as issued

    Raises CertgenError for what stops it before anything is changed.
    """
    forms = load_forms(order.templates)
    url = register_url(order)
    with open_register(url, must_exist=True, patience=surroundings.patience) as register:
        check_apart(url, order.out)
        prepare_folder(order.out)
        press = Press()
        numbering = Numbering(order, surroundings, forms, press, register)
        finished = numbering.finish_abandoned()
        old = _Old(register.show(serial), register, forms)
        asked = old.order(order, surroundings)
        proofs = proof_all(asked, surroundings, press, lambda items, _url: old.successors(items))
        candidate = proofs.candidates[0] if proofs.candidates else old.refuse_workbook(asked)
        result = _refusal(candidate, old, is_confirmed=is_confirmed)
        warnings = [] if result else numbering.backdated([candidate])
        result = result or _make(candidate, old, why, numbering)
    outcome = replace(proofs.outcome([result]), finished_earlier=tuple(finished))
    return outcome.with_findings(tuple(warnings))


@dataclass(frozen=True, slots=True)
class _Old:
    """The certificate to be replaced."""

    record: Record
    register: Register
    forms: Mapping[str, Form]

    @property
    def paper(self) -> Paper:
        return paper_of(self.record, self.forms)

    def order(self, order: Order, surroundings: Surroundings) -> Order:
        """For this one paper, dated today unless another day is asked for: the workbook's date is the old."""
        return replace(
            order,
            forms=(self.record.key.form,),
            variant=self.record.variant,
            issue_date=order.issue_date or surroundings.today,
            why=self.paper.issue.reason,
        )

    def successors(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """The candidate of the same consignment, measured by the date of the first certificate."""
        return [
            replace(item, paper=replace(item.paper, issue=self._issue(item.paper.issue)))
            for item in candidates
            if replace(key_of(item.paper), issuer=self.record.key.issuer) == self.record.key
        ]

    def refuse_workbook(self, order: Order) -> NoReturn:
        """Say that the workbook holds no such consignment."""
        key, names = self.record.key, ", ".join(str(path) for path in order.workbooks)
        raise RegisterError(
            f"{names} holds no consignment {key.reference!r} of {key.exporter!r}, for which "
            f"{self.record.serial} was issued. Exporter and reference stay; if they were wrong: "
            f"certgen register void {self.record.serial} --why ..., then certgen fill."
        )

    def _issue(self, issue: Issue) -> Issue:
        return replace(issue, first_issue_date=self.record.first_issue_date or self.record.issue_date)


def _refusal(candidate: Candidate, old: _Old, *, is_confirmed: bool) -> CertificateResult | None:
    """Why there is no new successor; None when there may be one."""
    if candidate.is_refused:
        return refused(candidate)
    if candidate.draft_reason:
        return _refuse(candidate, old, f"only its issuer replaces it: {candidate.draft_reason}")
    done = _find_done(candidate, old)
    if done:
        return result_of(candidate.paper, "unchanged", record=done, reason=f"replaces {old.record.serial}")
    check_replaceable(old.record, old.register.extracts(old.record.serial))
    reason = _judge_date(candidate, old) or _judge(candidate, old, is_confirmed=is_confirmed)
    return _refuse(candidate, old, reason) if reason else None


def _find_done(candidate: Candidate, old: _Old) -> Record | None:
    """The successor, if this very correction was made before."""
    if old.record.status is not Status.REPLACED:
        return None
    successor = old.register.show(old.record.replaced_by)
    hashes = field_hashes(candidate.paper.form, candidate.paper.consignment)
    return successor if successor.fingerprint == fingerprint(hashes) else None


def _judge_date(candidate: Candidate, old: _Old) -> str:
    """Why the successor cannot bear its date; empty when it can."""
    record, asked = old.record, candidate.paper.issue.issue_date
    if asked is None or asked >= record.issue_date:
        return ""
    return (
        f"the issue date {asked} is before {record.issue_date}, that of {record.serial}, and no certificate "
        f"comes before the one it replaces. Give --issue-date {record.issue_date} or later; if that of "
        f"{record.serial} is wrong: certgen register void {record.serial} --why ..., then certgen fill"
    )


def _judge(candidate: Candidate, old: _Old, *, is_confirmed: bool) -> str:
    """Why this correction may not be made; empty when it may."""
    serial, form = old.record.serial, candidate.paper.form
    if form.replacement is None:
        return f"{form.id} names nothing that a replacement may change; make it void and issue anew"
    correction = compare(form, form.replacement, old.paper.consignment, candidate.paper.consignment)
    if not correction.changed:
        return f"nothing differs from {serial}, so there is nothing to replace"
    if correction.forbidden:
        return (
            f"{_named(correction.forbidden, candidate)} may not change ({form.replacement.cites}). "
            f"Make it void (certgen register void {serial} --why ...) and issue anew with certgen fill"
        )
    if correction.to_confirm and not is_confirmed:
        return (
            f"{_named(correction.to_confirm, candidate)} changes only when an officer confirms it "
            f"({form.replacement.cites}). If it is right, run the same command with --confirm"
        )
    return ""


def _named(paths: Iterable[str], candidate: Candidate) -> str:
    """Fields by the headers that they have in the workbook."""
    return ", ".join(dict.fromkeys(header_of(path, candidate.paper.consignment) for path in paths))


def _make(candidate: Candidate, old: _Old, why: str, numbering: Numbering) -> CertificateResult:
    """Number the successor as the old one ends, and make it."""
    form, surroundings = candidate.paper.form, numbering.surroundings
    request = request_for(candidate, numbering.order.out)
    record = old.register.reserve_successor(
        old.record.serial,
        request,
        Reason(why, _confirmed(form, old, candidate)),
        surroundings.owner,
        surroundings.clock(),
        LEASE_SECONDS,
    )
    issue = replace(candidate.paper.issue, serial=record.serial)
    [result] = numbering.make([record], [replace(candidate.paper, issue=issue)])
    return replace(result, reason=result.reason or f"replaces {old.record.serial}")


def _confirmed(form: Form, old: _Old, candidate: Candidate) -> tuple[str, ...]:
    if form.replacement is None:
        return ()
    return compare(form, form.replacement, old.paper.consignment, candidate.paper.consignment).to_confirm


def _refuse(candidate: Candidate, old: _Old, reason: str) -> CertificateResult:
    return result_of(candidate.paper, "refused", record=old.record, reason=reason, exit_code=7)
