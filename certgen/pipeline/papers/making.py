"""From consignments to papers: which form, which edition, who issues and signs, and why one is a draft."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from certgen.consignment import Consignment, ControlBody
from certgen.errors import FormError, ProfileError, UsageError
from certgen.findings import Finding, has_errors, make_finding_at
from certgen.forms.model import Form, LegalStatus, Variant
from certgen.forms.paper import Issue, Paper
from certgen.forms.serials import open_pattern
from certgen.forms.settings import settle
from certgen.pipeline.identity import fold
from certgen.pipeline.order import Order
from certgen.pipeline.papers.editions import judge_edition
from certgen.pipeline.papers.own_body import complete_own_body
from certgen.pipeline.papers.parts import Part
from certgen.profile import Profile
from certgen.register import LONGEST_REASON
from certgen.workbook import Reading

CONTROL_BODIES = "control_bodies"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that may be made: what is wrong with it so far, and why it can only be a draft ("" if not).

    `open_serial` is its serial with the number left open (empty for a paper that takes none). `trade` is
    what the arrangements say of its goods, to be told where the rules of the form do not.
    """

    paper: Paper
    workbook: str
    input_sha256: str
    findings: tuple[Finding, ...]
    draft_reason: str
    open_serial: str = ""
    trade: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        return has_errors(self.findings)

    @property
    def takes_serial(self) -> bool:
        form = self.paper.form
        return bool(form.serial_pattern) and self.paper.legal_status is LegalStatus.DOCUMENT

    @property
    def is_numbered(self) -> bool:
        """Whether it gets a number of this house."""
        return self.takes_serial and not self.draft_reason

    def with_findings(self, findings: Sequence[Finding]) -> Candidate:
        return replace(self, findings=(*self.findings, *findings))


def choose_forms(
    consignment: Consignment, order: Order, forms: Mapping[str, Form]
) -> tuple[list[Form], list[Finding]]:
    """The forms asked for: by the command, else by the workbook's own `Form` column, else none."""
    asked = [name.strip().casefold() for name in order.forms or consignment.forms]
    unknown = [name for name in asked if name not in forms]
    if unknown and order.forms:
        raise UsageError(
            f'There is no form "{unknown[0]}"{_nearest(unknown[0], forms)}. See: certgen form list'
        )
    findings = [
        make_finding_at(consignment, "forms", "CG402", asked=name, nearest=_nearest(name, forms))
        for name in unknown
    ]
    return [forms[name] for name in asked if name in forms], findings


def make_candidate(part: Part, form: Form, order: Order, today: date, reading: Reading) -> Candidate:
    """One consignment, or the part of it that is on this paper, with what the issuer adds to it."""
    settings = order.profile.settings_for(form.id)
    consignment = _with_defaults(part.consignment, {**form.defaults, **settings.defaults})
    consignment, completed = complete_own_body(consignment, form, order.profile.issuer)
    variant = find_variant(form, order)
    form = form.as_variant(variant) if variant else form
    issue, reason, findings = _make_issue(consignment, form, order, today)
    departure = last_departure(consignment)
    edition = form.edition_for(departure)
    findings += completed
    findings += judge_edition(form, edition, departure, consignment)
    paper = Paper(
        form=form,
        edition=edition,
        consignment=consignment,
        issue=issue,
        variant=variant,
        operators=order.profile.operator,
        settings=_settle(form, order.profile),
        part=part.name,
        undivided=part.undivided,
    )
    own = "" if variant and variant.serial_pattern else settings.serial
    year = (issue.issue_date or today).year
    serial = open_pattern(own or form.serial_pattern, code=issue.issuer.code, year=year, form=form.id)
    return Candidate(paper, reading.path.name, reading.sha256, tuple(findings), reason, serial)


def last_departure(consignment: Consignment) -> date | None:
    """The day of departure that settles the edition; of several shipments the last one's."""
    shipments = getattr(consignment, "shipments", ())
    days = [shipment.departure_date for shipment in shipments if shipment.departure_date]
    return consignment.departure_date or max(days, default=None)


def _make_issue(
    consignment: Consignment, form: Form, order: Order, today: date
) -> tuple[Issue, str, list[Finding]]:
    """What the issuer adds, and why it can only be a draft ("" if not).

    A request or worksheet asks for no issuer: whoever fills it in may make it.
    """
    known = _known_body(consignment, form)
    reason = _reason_for_draft(consignment, form, order)
    if reason and (form.legal_status is LegalStatus.DOCUMENT or order.is_draft):
        return Issue(issuer=known, is_draft=True, reason=order.why), reason, []
    issuer, findings = (known, []) if reason else _find_issuer(consignment, form, order)
    issue = Issue(
        issuer=issuer,
        signatory="" if reason else choose_signatory(order.profile, order.signatory),
        issue_date=order.issue_date or consignment.issue_date or today,
        reason=order.why,
    )
    return issue, "", findings


def choose_signatory(profile: Profile, asked: str) -> str:
    """Who signs: the one asked for, else the only one of the profile, else nobody yet.

    Raises UsageError for a name that the profile does not have.
    """
    names = profile.signatories
    if asked and names and asked not in names:
        raise UsageError(
            f'--signatory "{asked}" is not in the profile{_nearest(asked, dict.fromkeys(names))}. '
            f"There are: {', '.join(names)}."
        )
    return asked or (names[0] if len(names) == 1 else "")


def require_signatory(profile: Profile, asked: str) -> None:
    """Raise UsageError when a certificate is to be issued and it is open who of several signs it."""
    if profile.signatories and not choose_signatory(profile, asked):
        raise UsageError(
            "The profile has several signatories; choose one with --signatory: "
            f"{', '.join(profile.signatories)}."
        )


def _find_issuer(consignment: Consignment, form: Form, order: Order) -> tuple[ControlBody, list[Finding]]:
    """The issuer as the profile has it, under the code that the paper asks for."""
    issuer = order.profile.issuer
    if issuer is None or not issuer.codes or form.issued_by != "control-body":
        return ControlBody(issuer.name, issuer.address) if issuer else ControlBody(), []
    named = consignment.issuing_body.code
    codes = [named] if named else _codes_for(consignment, issuer.codes)
    if len(codes) == 1:
        return ControlBody(issuer.name, issuer.address, codes[0]), []
    listed = ", ".join(issuer.codes)
    asked = make_finding_at(consignment, "issuing_body.code", "CG403", form=form.id, codes=listed)
    return ControlBody(), [asked]


def _reason_for_draft(consignment: Consignment, form: Form, order: Order) -> str:
    """Why the profile cannot issue this paper itself; empty when it can."""
    issuer, named = order.profile.issuer, consignment.issuing_body.code
    if order.is_draft:
        return "asked for with --draft"
    if issuer is None:
        return (
            "no profile says who issues, and only the issuer gives numbers; "
            "fill --to-send lays a folder to send to the certifier"
        )
    if issuer.role != form.issued_by:
        own, other = _in_words(issuer.role), _in_words(form.issued_by)
        return f"issued by the {other}, and this profile is of the {own}"
    if form.issued_by == "exporter":
        exporter = consignment.exporter.name
        is_other = bool(exporter) and fold(exporter) != fold(issuer.name)
        return f"issued by {exporter}, and this profile is of {issuer.name}" if is_other else ""
    pattern = order.profile.settings_for(form.id).serial or form.serial_pattern
    return _reason_by_code(issuer.codes, named, pattern)


def _reason_by_code(codes: Sequence[str], named: str, pattern: str) -> str:
    """Why a body with these codes cannot issue it under the code that the workbook names, if any."""
    if not codes and "{code}" in pattern:
        return "its number holds the code of the issuing body, and the profile names none (codes of [issuer])"
    if codes and named and named not in codes:
        return f"issued by {named}, and this profile is of {', '.join(codes)}"
    return ""


def _codes_for(consignment: Consignment, codes: Sequence[str]) -> list[str]:
    """Which of a body's codes it issues under: its only one, else that of the country of export."""
    country = consignment.country_of_export.code if consignment.country_of_export else ""
    of_country = [code for code in codes if code.startswith(f"{country}-")]
    return list(codes) if len(codes) == 1 else of_country


def _known_body(consignment: Consignment, form: Form) -> ControlBody:
    """Who will issue it, as the consignment names them; a control body with what the code list knows."""
    if form.issued_by != "control-body":
        party = consignment.exporter if form.issued_by == "exporter" else consignment.importer
        return ControlBody(party.name, party.address)
    body = consignment.issuing_body
    listed = form.codes[CONTROL_BODIES].rows.get(body.code, {}) if CONTROL_BODIES in form.codes else {}
    return replace(body, name=body.name or listed.get("name", ""))


def find_variant(form: Form, order: Order) -> Variant | None:
    """The standing asked for, where this form has it; raises UsageError for a reason it lacks."""
    found = next((variant for variant in form.variants if variant.name == order.variant), None)
    if found and found.needs_reason and not order.why.strip():
        raise UsageError(f'{form.id}, variant {found.name}, is made for a reason only: --why "...".')
    if len(order.why) > LONGEST_REASON:
        raise UsageError(
            f"The reason (--why) is {len(order.why)} characters long; at most {LONGEST_REASON} are kept."
        )
    return found


def check_variant(forms: Sequence[Form], order: Order) -> None:
    """Raise UsageError when the standing asked for is none of these papers'."""
    if order.variant and all(order.variant not in _variants_of(form) for form in forms):
        known = "; ".join(f"{form.id} has: {', '.join(_variants_of(form)) or 'none'}" for form in forms)
        raise UsageError(f'There is no variant "{order.variant}" ({known}).')


def _variants_of(form: Form) -> list[str]:
    return [variant.name for variant in form.variants]


def settled_for(profile: Profile, forms: Mapping[str, Form]) -> Mapping[str, Mapping[str, Any]]:
    """What the house settles otherwise than its forms, by form and key; a form not there is told elsewhere.

    Raises ProfileError, naming the profile, for a setting that its form does not take.
    """
    settled = [form_id for form_id, given in profile.form.items() if given.settings and form_id in forms]
    return {form_id: _settle(forms[form_id], profile) for form_id in settled}


def _settle(form: Form, profile: Profile) -> Mapping[str, Any]:
    """What the house settles for this form; raises ProfileError naming the profile."""
    try:
        return settle(form, profile.settings_for(form.id).settings)
    except FormError as error:
        raise ProfileError(f"{profile.source}: {error}") from error


def _with_defaults(consignment: Consignment, defaults: Mapping[str, Any]) -> Consignment:
    """Fill what the sheet leaves open with what the issuer settled for all."""
    silent: dict[str, Any] = {
        path: tuple(value) if isinstance(value, list) else value
        for path, value in defaults.items()
        if not getattr(consignment, path)
    }
    return replace(consignment, **silent) if silent else consignment


def _in_words(role: str) -> str:
    """Who issues, as people say it: `control-body` is a control body."""
    return role.replace("-", " ")


def _nearest(word: str, words: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f' (did you mean "{near[0]}"?)' if near else ""
