"""No consignment, however strange or empty, makes a shipped form's own texts and rules fail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.consignment import (
    Consignment,
    ControlBody,
    Country,
    Packages,
    Party,
    Product,
    Quantity,
    Transport,
)
from certgen.forms import load_forms
from certgen.forms.language.expressions import compile_expression
from certgen.forms.language.kinds import consignment_kind, make_scope
from certgen.forms.model import Form, TablePart, TextPart, TickPart
from certgen.forms.paper import Issue, Paper
from certgen.profile import Operator

FORMS = load_forms()
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["GB", "CA", "CA-ORG-006", "33(2)", "vessel", "12040090", "maple syrup", "in bulk", "F"]),
)
DATES = st.dates(date(2020, 1, 1), date(2030, 1, 1))
AMOUNTS = st.decimals(-1000, 100000, places=2, allow_nan=False)
TUPLES = st.lists(WORDS, max_size=2).map(tuple)
COUNTRIES = st.builds(Country, WORDS, WORDS)
PARTIES = st.builds(Party, WORDS, WORDS, st.none() | COUNTRIES, WORDS)
BODIES = st.builds(ControlBody, WORDS, WORDS, WORDS)
MASSES = st.none() | st.builds(Quantity, AMOUNTS, st.sampled_from(["kg", "l"]))
PRODUCTS = st.builds(
    Product,
    cn_code=WORDS,
    trade_name=WORDS,
    packages=st.none() | st.builds(Packages, st.none() | st.integers(-1, 900), WORDS),
    lots=TUPLES,
    net_mass=MASSES,
    gross_mass=MASSES,
    category=WORDS,
    processing=st.sampled_from(["", "processed", "unprocessed"]),
    country_of_production=st.none() | COUNTRIES,
    country_of_processing=st.none() | COUNTRIES,
    organic_percent=st.none() | st.decimals(0, 100, places=1),
    ingredients_confirmed=st.none() | st.booleans(),
)
CONSIGNMENTS = st.builds(
    Consignment,
    reference=WORDS,
    departure_date=st.none() | DATES,
    exporter=PARTIES,
    producers=st.lists(PARTIES, max_size=2).map(tuple),
    control_bodies=st.lists(BODIES, max_size=2).map(tuple),
    issuing_body=BODIES,
    procedures=TUPLES,
    countries_of_origin=st.lists(COUNTRIES, max_size=2).map(tuple),
    country_of_export=st.none() | COUNTRIES,
    country_of_destination=st.none() | COUNTRIES,
    point_of_entry=WORDS,
    importer=PARTIES,
    first_consignee=PARTIES,
    products=st.lists(PRODUCTS, max_size=3).map(tuple),
    containers=TUPLES,
    seals=TUPLES,
    gross_mass=MASSES,
    transport=st.builds(Transport, modes=TUPLES, vessels=TUPLES, documents=TUPLES, wagons=TUPLES),
)
ISSUES = st.builds(
    Issue, BODIES, WORDS, st.none() | DATES, st.none() | DATES, WORDS, st.booleans(), st.booleans()
)
OPERATOR = Operator(
    name="CA", certificate="1", valid_until=date(2025, 1, 1), products=("maple syrup", "1204")
)


def printed_values(form: Form, names: dict[str, Any]) -> Iterator[Any]:
    for part in (part for box in form.boxes for part in box.parts):
        match part:
            case TextPart(text=text):
                yield text.render(names)
            case TickPart(when=when) if when is not None:
                yield when.evaluate(names)
            case TablePart(rows=rows, row_name=row_name, columns=columns):
                for number, row in enumerate(rows.evaluate(names), start=1):
                    inner = {**names, row_name: row, "number": number}
                    yield from (column.text.render(inner) for column in columns)
                yield from (column.total.render(names) for column in columns if column.total)


def judged_values(form: Form, names: dict[str, Any]) -> Iterator[Any]:
    own = consignment_kind(form.own_types)
    scope = make_scope(own=form.own_types, gathers=form.gathering is not None).with_name("whole", own)
    for rule in form.rules:
        items = compile_expression(rule.each, "each", scope).evaluate(names) if rule.each else [None]
        for number, item in enumerate(items, start=1):
            inner = {**names, "item": item, "number": number}
            if rule.when is None or rule.when.evaluate(inner):
                yield rule.must.evaluate(inner)
                yield rule.message.render(inner) + rule.fix.render(inner)


def values_of(form: Form, names: dict[str, Any]) -> Iterator[Any]:
    yield from printed_values(form, names)
    yield from judged_values(form, names)


@pytest.mark.parametrize("form_id", FORMS)
@settings(max_examples=120, deadline=None)
@given(consignment=CONSIGNMENTS, issue=ISSUES)
def test_a_shipped_form_works_for_any_consignment(
    form_id: str, consignment: Consignment, issue: Issue
) -> None:
    form = FORMS[form_id]
    paper = Paper(
        form, form.edition_for(consignment.departure_date), consignment, issue, operators=(OPERATOR,)
    )
    for value in values_of(form, {**paper.names(), "whole": paper.whole}):
        assert isinstance(value, str | bool)


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_shipped_form_works_for_an_empty_consignment(form: Form) -> None:
    paper = Paper(form, form.editions[-1], Consignment(products=(Product(),)), Issue())
    assert all("None" not in str(value) for value in values_of(form, {**paper.names(), "whole": paper.whole}))
