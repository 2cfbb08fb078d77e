"""The papers that a workbook asks for: forms chosen, consignments divided or gathered as each form says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from certgen.findings import Finding
from certgen.forms.model import Form, Gathering
from certgen.pipeline.order import CertificateResult, Order
from certgen.pipeline.papers.gathered import disagreements, gather, groups_of
from certgen.pipeline.papers.making import Candidate, check_variant, choose_forms, make_candidate
from certgen.pipeline.papers.parts import Part, divide
from certgen.pipeline.papers.unneeded import spare_unneeded
from certgen.pipeline.proofing import place_in_boxes
from certgen.pipeline.results import unplaced
from certgen.pipeline.trade.additions import Trade, judge_consignment
from certgen.pipeline.trade.routes import Elsewhere
from certgen.rules.arrangements import Arrangements
from certgen.workbook import Reading, find_example

Placed = tuple[int, Candidate]
"""A paper with the position of its first consignment in the workbook."""


@dataclass(slots=True)
class Asked:
    """The papers of a workbook, the consignments that get none, and findings that belong to no paper.

    `missing` are the forms that a consignment asks for in vain, told with its other papers; `trade` is what
    the arrangements say of each, and `elsewhere` what it owes that certgen has no form for.
    """

    candidates: list[Candidate] = field(default_factory=list)
    unplaced: list[CertificateResult] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    missing: dict[int, list[Finding]] = field(default_factory=dict)
    trade: dict[int, Trade] = field(default_factory=dict)
    elsewhere: list[Elsewhere] = field(default_factory=list)


def papers_asked(
    reading: Reading, order: Order, forms: Mapping[str, Form], arrangements: Arrangements, today: date
) -> Asked:
    """Every paper in the order of the workbook; one of several shipments stands where its first one does.

    A consignment that names no form gets those of the papers that the arrangements say it owes.
    An error about the workbook as a whole refuses all of them: nobody knows which of them it touches.
    Raises UsageError for a form or variant of the command that does not exist.
    """
    asked = Asked()
    wanted: dict[str, list[int]] = {}
    for position, consignment in enumerate(reading.consignments):
        is_asked = bool(order.forms or consignment.forms)
        trade = judge_consignment(consignment, arrangements, today, is_asked=is_asked)
        asked.trade[position] = trade
        for form in _choose(reading, position, order, forms, asked):
            wanted.setdefault(form.id, []).append(position)
    making = _Making(reading, order, today, asked.missing, asked.trade)
    placed = [paper for form_id, places in wanted.items() for paper in making.make(forms[form_id], places)]
    doubts = [finding for finding in reading.general if finding.is_error]
    asked.candidates = [
        candidate.with_findings(doubts) for _, candidate in sorted(placed, key=lambda paper: paper[0])
    ]
    return asked


def _choose(
    reading: Reading, position: int, order: Order, forms: Mapping[str, Form], asked: Asked
) -> list[Form]:
    """The forms one consignment is to be printed on; what keeps it from some or all goes to `asked`."""
    consignment = reading.consignments[position]
    if example := find_example(consignment):
        asked.findings.append(example)
        return []
    chosen, missing = choose_forms(consignment, order, forms)
    trade = asked.trade[position]
    chosen += trade.forms(forms)
    asked.missing[position] = missing
    asked.elsewhere += trade.elsewhere()
    if chosen:
        check_variant(chosen, order)
    else:
        _tell_unplaced(reading, position, [*missing, *trade.findings()], asked)
    return chosen


def _tell_unplaced(reading: Reading, position: int, why: Sequence[Finding], asked: Asked) -> None:
    """A consignment without a paper is refused where that is an error, and not where nothing is owed here."""
    asked.findings += [*reading.findings_of[position], *why]
    errors = [finding for finding in why if finding.is_error]
    if errors:
        asked.unplaced.append(unplaced(reading.consignments[position], errors))


@dataclass(frozen=True, slots=True)
class _Making:
    """Candidates of one workbook."""

    reading: Reading
    order: Order
    today: date
    missing: Mapping[int, Sequence[Finding]]
    trade: Mapping[int, Trade]

    def make(self, form: Form, positions: Sequence[int]) -> Iterable[Placed]:
        """The papers of these consignments on one form."""
        if form.gathering is not None:
            return self._together(form, form.gathering, positions)
        return (paper for position in positions for paper in self._alone(form, position))

    def _alone(self, form: Form, position: int) -> Iterator[Placed]:
        trade = self.trade[position].findings(form.id)
        found = [*self._read(form, position), *self.missing[position], *trade]
        for part in divide(self.trade[position].named(), found, form):
            yield position, self._candidate(form, part, trade)

    def _together(self, form: Form, gathering: Gathering, positions: Sequence[int]) -> Iterator[Placed]:
        """One paper for the shipments that belong together, with the findings of them all."""
        for group in groups_of([self.reading.consignments[position] for position in positions], gathering):
            places = [positions[number] for number in group]
            shipments = [self.trade[place].named() for place in places]
            read = [finding for place in places for finding in self._read(form, place)]
            missing = [finding for place in places for finding in self.missing[place]]
            trade = [finding for place in places for finding in self.trade[place].findings(form.id)]
            found = [*read, *missing, *disagreements(shipments, gathering, form), *trade]
            for part in divide(gather(shipments, gathering), found, form):
                yield places[0], self._candidate(form, part, trade)

    def _read(self, form: Form, position: int) -> list[Finding]:
        """What the reading found, as it concerns this form; a form still to be found may need any field."""
        found = place_in_boxes(self.reading.findings_of[position], form)
        is_named = self.order.forms or self.reading.consignments[position].forms
        return spare_unneeded(found, form) if is_named else found

    def _candidate(self, form: Form, part: Part, trade: Sequence[Finding]) -> Candidate:
        """The paper of a part; what the arrangements say of it waits for what the rules of the form say."""
        codes = {finding.code for finding in trade}
        waiting = tuple(finding for finding in part.findings if finding.code in codes)
        candidate = make_candidate(part, form, self.order, self.today, self.reading)
        candidate = replace(candidate, trade=waiting)
        return candidate.with_findings([finding for finding in part.findings if finding.code not in codes])
