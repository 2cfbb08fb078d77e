"""Whether a form had an edition on the day when the goods leave."""

from __future__ import annotations

from datetime import date

from certgen.consignment import Consignment
from certgen.findings import Finding, make_finding_at
from certgen.forms.model import Edition, Form


def judge_edition(
    form: Form, edition: Edition, departure: date | None, consignment: Consignment
) -> list[Finding]:
    """A warning where the edition that is taken does not hold on the day of departure, because none does."""
    since, until = form.editions[0].valid_from, form.editions[-1].valid_until
    if departure is None:
        return []
    if since and departure < since:
        code, limit = "CG416", since
    elif until and departure > until:
        code, limit = "CG417", until
    else:
        return []
    days = {"departure": departure.isoformat(), "limit": limit.isoformat()}
    return [make_finding_at(consignment, "departure_date", code, form=form.id, edition=edition.id, **days)]
