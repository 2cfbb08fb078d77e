"""The order of the steps: `check` says what is wrong, `fill` is `check` and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from certgen.errors import FormError, ProfileError, UsageError
from certgen.findings import Finding
from certgen.forms import load_forms
from certgen.forms.model import Form
from certgen.forms.serials import check_serial_pattern
from certgen.pipeline.files import prepare_folder
from certgen.pipeline.issue_dates import judge_issue_dates
from certgen.pipeline.meanings import find_unused_maps
from certgen.pipeline.numbering import Numbering
from certgen.pipeline.order import CertificateResult, Order, Outcome, Surroundings
from certgen.pipeline.papers.asked import papers_asked
from certgen.pipeline.papers.making import Candidate, settled_for
from certgen.pipeline.past import proof_in_order
from certgen.pipeline.press import Press, Printer
from certgen.pipeline.proofing import settle_repeats
from certgen.pipeline.reading import read_for_papers
from certgen.pipeline.reading_order import in_reading_order
from certgen.pipeline.recall import recall_first_issues
from certgen.pipeline.results import result_of
from certgen.pipeline.sending.folders import lay_folders, plan_folders
from certgen.pipeline.trade.routes import Elsewhere
from certgen.pipeline.unnumbered import make_unnumbered
from certgen.register import default_url, open_existing, open_register
from certgen.register.advice import check_apart, find_network_share
from certgen.rules.arrangements import find_house_folders, load_arrangements
from certgen.toml_file import nearest_word
from certgen.workbook import Reading

Recall = Callable[[Sequence[Candidate], str], Sequence[Candidate]]
"""What is known of the candidates from the register at this address, and which of them are wanted."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is known before anything is made: the papers, how each sheet was read, and all findings."""

    forms: Mapping[str, Form]
    readings: tuple[Reading, ...]
    candidates: tuple[Candidate, ...]
    unplaced: tuple[CertificateResult, ...]
    findings: tuple[Finding, ...]
    elsewhere: tuple[Elsewhere, ...]

    def outcome(self, certificates: Sequence[CertificateResult]) -> Outcome:
        sheets = tuple(sheet for reading in self.readings for sheet in reading.sheets)
        told = (*certificates, *self.unplaced)
        return Outcome(told, self.findings, sheets, owed_elsewhere=self.elsewhere)


def check(order: Order, surroundings: Surroundings) -> Outcome:
    """Say everything that is wrong, and make nothing; of what the register has, what `fill` would say.

    Raises CertgenError for what stops the run: an unreadable workbook, a wrong form folder or profile.
    """
    press = Press()
    proofs = proof_all(order, surroundings, press)
    numbered = [item for item in proofs.candidates if item.is_numbered and not item.is_refused]
    known, warnings = _foretell(numbered, order, surroundings, proofs.forms, press)
    outcome = proofs.outcome(
        [
            refused(item) if item.is_refused else known.get(id(item)) or _checked(item)
            for item in proofs.candidates
        ]
    )
    return outcome.with_findings(tuple(warnings))


def fill(order: Order, surroundings: Surroundings, press: Printer | None = None) -> Outcome:
    """Make every certificate whose consignment has no error, each under its number.

    1. read the workbooks, judge every paper and lay it out, as `check` does
    2. see that the output folder can be written, and that the register lies apart from it
    3. finish what a stopped run left with a number and no certificate
    4. number, print and write the certificates of the profile's own series
    5. print and write drafts and papers that take no number
    6. lay workbook and list of enclosures beside those that an exporter sends its certifier

    Raises CertgenError for what stops the run.
    """
    press = press or Press()
    proofs = proof_all(order, surroundings, press)
    good = [item for item in proofs.candidates if not item.is_refused]
    if order.all_or_nothing and (len(good) < len(proofs.candidates) or proofs.unplaced):
        return proofs.outcome([refused(item) for item in proofs.candidates])
    numbered = [item for item in good if item.is_numbered]
    others = [item for item in good if not (item.is_numbered or _lacks_original(item, order))]
    results, finished, warnings = _make_numbered(numbered, order, surroundings, proofs.forms, press)
    folders = plan_folders(others, order, results)
    results += make_unnumbered(others, order, surroundings, press, folders)
    made = {id(item): result for item, result in zip([*numbered, *others], results, strict=True)}
    certificates = [made.get(id(item)) or _unmade(item, order) for item in proofs.candidates]
    papers = [item.paper for item in proofs.candidates]
    sent = lay_folders(folders, list(zip(papers, certificates, strict=True)), proofs.forms.values())
    outcome = replace(
        proofs.outcome(certificates),
        finished_earlier=tuple(finished),
        waited_seconds=surroundings.patience.waited,
        to_send=sent,
    )
    return outcome.with_findings(tuple(warnings))


def proof_all(
    order: Order, surroundings: Surroundings, press: Printer, recall: Recall = recall_first_issues
) -> Proofs:
    """Read the workbooks, judge every paper that `recall` keeps, and lay it out."""
    forms = load_forms(order.templates)
    _check_profile(order, forms)
    arrangements = load_arrangements(
        forms, settled_for(order.profile, forms), own=find_house_folders(order.templates)
    )
    readings = tuple(read_for_papers(path, order, forms, arrangements) for path in order.workbooks)
    wanted = [papers_asked(reading, order, forms, arrangements, surroundings.today) for reading in readings]
    candidates = recall([item for asked in wanted for item in asked.candidates], register_url(order))
    candidates = judge_issue_dates(candidates, order, surroundings.today)
    unplaced = tuple(result for asked in wanted for result in asked.unplaced)
    settled = tuple(settle_repeats(proof_in_order(candidates, press, register_url(order))))
    findings = [
        *find_unused_maps(order.maps, readings),
        *(finding for reading in readings for finding in reading.general),
        *(finding for asked in wanted for finding in asked.findings),
        *(finding for item in settled for finding in item.findings),
    ]
    elsewhere = tuple(owed for asked in wanted for owed in asked.elsewhere)
    in_order = tuple(in_reading_order(findings, readings))
    return Proofs(forms, readings, settled, unplaced, in_order, elsewhere)


def _foretell(
    candidates: Sequence[Candidate],
    order: Order,
    surroundings: Surroundings,
    forms: Mapping[str, Form],
    press: Printer,
) -> tuple[dict[int, CertificateResult], list[Finding]]:
    """What `fill` would say of those that the register knows, and warn of the dates of the others."""
    with open_existing(register_url(order)) as register:
        if register is None:
            return {}, []
        numbering = Numbering(order, surroundings, forms, press, register)
        told = zip(candidates, numbering.foretell(candidates), strict=True)
        return {id(item): result for item, result in told if result}, numbering.date_findings(candidates)


def _make_numbered(
    candidates: Sequence[Candidate],
    order: Order,
    surroundings: Surroundings,
    forms: Mapping[str, Form],
    press: Printer,
) -> tuple[list[CertificateResult], list[CertificateResult], list[Finding]]:
    """The certificates with numbers, those an earlier run left unfinished, and warnings of their dates."""
    if not candidates:
        return [], [], []
    url = register_url(order)
    check_apart(url, order.out)
    prepare_folder(order.out)
    share = find_network_share(url)
    with open_register(url, patience=surroundings.patience) as register:
        numbering = Numbering(order, surroundings, forms, press, register)
        finished = numbering.finish_abandoned()
        warnings = numbering.date_findings(candidates) + ([share] if share else [])
        results = numbering.make_all(candidates)
        return results, [*finished, *numbering.finished_meanwhile], warnings


def register_url(order: Order) -> str:
    """Where the numbers are kept: as asked, else as the profile says, else in the user's data folder."""
    place = order.profile.register_place
    return order.register_url or (place.url if place else default_url())


def _check_profile(order: Order, forms: Mapping[str, Form]) -> None:
    """Refuse a profile that settles things for a form or field that does not exist."""
    source = order.profile.source
    for form_id, settings in order.profile.form.items():
        if form_id not in forms:
            raise ProfileError(f"{source}: form.{form_id}: no such form{nearest_word(form_id, list(forms))}")
        if settings.serial:
            _check_serial(settings.serial, forms[form_id], f"{source}: form.{form_id}.serial")
        for path in settings.defaults:
            allowed = [field for field in forms[form_id].issuer_fields if "." not in field]
            if path not in allowed:
                raise ProfileError(
                    f"{source}: form.{form_id}.defaults.{path}: not a field that the issuer supplies"
                    f"{nearest_word(path, allowed)} (these are: {', '.join(allowed)})"
                )
    if order.profile.issuer is None and order.signatory:
        raise UsageError("--signatory needs a profile that says who issues (--profile).")
    if order.is_draft and order.is_copy:
        raise UsageError(
            "--copy prints again what was issued, and --draft what is not issued yet. Leave one of them out."
        )
    if order.profile.role == "control-body" and order.is_to_send and not order.is_draft:
        raise UsageError(
            f"--to-send lays what goes to a certifier, and {source} is the profile of one. Leave it out, or "
            "ask for drafts (--draft)."
        )


def _check_serial(pattern: str, form: Form, where: str) -> None:
    try:
        check_serial_pattern(pattern, form.serial_prefix)
    except FormError as error:
        raise ProfileError(f"{where}: {error}") from error


def refused(candidate: Candidate) -> CertificateResult:
    """What is told of a paper with errors."""
    errors = [finding for finding in candidate.findings if finding.is_error]
    reason = ", ".join(sorted({f"{finding.code} {finding.slug}" for finding in errors}))
    return replace(
        _checked(candidate),
        status="refused",
        reason=reason or "another consignment was refused (--all-or-nothing)",
        exit_code=_exit_code(errors),
    )


def _lacks_original(candidate: Candidate, order: Order) -> bool:
    """Whether a copy is asked for of what was never issued and would be a draft."""
    return order.is_copy and bool(candidate.draft_reason)


def _unmade(candidate: Candidate, order: Order) -> CertificateResult:
    """What is told of a paper that was not made."""
    if candidate.is_refused or not _lacks_original(candidate, order):
        return refused(candidate)
    reason = f"a copy needs an original, and this would be a draft: {candidate.draft_reason}"
    return result_of(candidate.paper, "refused", reason=reason, exit_code=7)


def _exit_code(errors: Sequence[Finding]) -> int:
    """3 for wrong data, 6 when the page alone refuses."""
    return 6 if errors and all(finding.code.startswith("CG6") for finding in errors) else 3


def _checked(candidate: Candidate) -> CertificateResult:
    return result_of(candidate.paper, "checked", reason=candidate.draft_reason)
