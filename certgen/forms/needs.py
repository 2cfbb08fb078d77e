"""Which fields of a consignment a form prints, judges or goes by, and which it could as well not know."""

from __future__ import annotations

from collections.abc import Iterator

from certgen.forms.language.kinds import consignment_kind, find_kind
from certgen.forms.model import Form

KNOWN_BY = (
    *("reference", "invoice_number", "forms", "issue_date", "departure_date", "exporter", "issuing_body"),
    *("country_of_export", "country_of_destination"),
)
"""What tells certificates and their issuer apart, whatever the form shows of it."""


def needs_field(form: Form, field: str) -> bool:
    """Whether anything on the paper or said of it can depend on this field, named without positions.

    A list that is only counted, or whose lines are compared as wholes, does not need each of their fields.
    """
    whole = consignment_kind(form.own_types, gathers=form.gathering is not None)
    for read in _reads(form):
        if read == field or read.startswith(f"{field}."):
            return True
        kind = find_kind(whole, read)
        if field.startswith(f"{read}.") and not (kind is not None and kind.is_list):
            return True
    return False


def _reads(form: Form) -> Iterator[str]:
    yield from (*KNOWN_BY, *form.required, *form.late, *form.issuer_fields, *form.defaults, *form.one_per)
    for edition in form.editions:
        yield from (path for box in edition.boxes or form.boxes for path in box.paths)
    for rule in form.rules:
        for part in (rule.when, rule.must, rule.message, rule.fix):
            yield from (path.removeprefix("whole.") for path in (part.paths if part else ()))
    yield from (earlier.same for earlier in form.history if earlier.same)
    if form.gathering:
        yield from (*form.gathering.by, *form.gathering.same)
    if form.extraction:
        yield from (form.extraction.original, form.extraction.line, form.extraction.amount)
