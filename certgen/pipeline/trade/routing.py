"""Which arrangement applies to each consignment, which papers are owed, and what the workbook still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from certgen.consignment import Consignment
from certgen.findings import Finding
from certgen.forms import load_forms
from certgen.forms.model import Form
from certgen.pipeline.meanings import find_unused_maps
from certgen.pipeline.order import Order, Surroundings
from certgen.pipeline.papers.making import make_candidate, settled_for
from certgen.pipeline.papers.parts import Part
from certgen.pipeline.reading import read_for_papers
from certgen.pipeline.trade.routes import Route, Routes
from certgen.rules import judge
from certgen.rules.arrangements import Arrangements, find_house_folders, judge_trade, load_arrangements
from certgen.workbook import Reading, find_example

MISSING = frozenset({"CG420", "CG421"})
"""The findings that name an empty or unread cell of a field that a form needs."""
LANE = frozenset({"country_of_export", "country_of_destination", "countries_of_origin", "departure_date"})
"""The fields on which the whole answer hangs."""


def route(order: Order, surroundings: Surroundings) -> Routes:
    """Answer for every consignment of the workbooks; makes nothing.

    Raises CertgenError for what stops the run: an unreadable workbook, a wrong form or arrangement.
    """
    forms = load_forms(order.templates)
    arrangements = load_arrangements(
        forms, settled_for(order.profile, forms), own=find_house_folders(order.templates)
    )
    readings = [read_for_papers(path, order, forms, arrangements, by_lane=True) for path in order.workbooks]
    today = surroundings.today
    return Routes(
        routes=tuple(
            found for reading in readings for found in _routes(reading, order, forms, arrangements, today)
        ),
        findings=(
            *find_unused_maps(order.maps, readings),
            *(finding for reading in readings for finding in reading.findings),
        ),
        sheets=tuple(sheet for reading in readings for sheet in reading.sheets),
    )


def _routes(
    reading: Reading, order: Order, forms: Mapping[str, Form], arrangements: Arrangements, today: date
) -> Iterator[Route]:
    for consignment, found in zip(reading.consignments, reading.findings_of, strict=True):
        if find_example(consignment) is None:
            unread = tuple(finding for finding in found if finding.is_error and finding.field in LANE)
            judgement = judge_trade(consignment, arrangements, today)
            owed = [forms[form_id] for form_id in judgement.forms]
            told = [item for form in owed for item in _judged(consignment, form, order, today, reading)]
            missing = dict.fromkeys(finding for finding in told if finding.code in MISSING)
            errors = sum(finding.is_error and finding.code not in MISSING for finding in told)
            yield Route(consignment, judgement, tuple(missing), errors, unread)


def _judged(
    consignment: Consignment, form: Form, order: Order, today: date, reading: Reading
) -> tuple[Finding, ...]:
    """What the rules of an owed form say of the consignment as it stands."""
    candidate = make_candidate(Part("", consignment), form, order, today, reading)
    return judge(candidate.paper)
