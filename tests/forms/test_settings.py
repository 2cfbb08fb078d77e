"""What a form lets a house settle in its profile: a value of its own until the house says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from certgen.consignment import Consignment
from certgen.errors import FormError
from certgen.forms import load_forms
from certgen.forms.language.expressions import compile_condition
from certgen.forms.language.kinds import make_scope
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.forms.settings import settle

OWN = {"recognised_until": date(2026, 12, 31)}


@pytest.fixture
def form() -> Form:
    return replace(next(iter(load_forms().values())), settings=OWN)


def is_in_time(form: Form, given: dict[str, Any]) -> bool:
    """Whether goods that leave in March 2027 leave while the recognition holds."""
    condition = compile_condition(
        "departure_date <= settings.recognised_until", "here", make_scope(settings=form.settings)
    )
    consignment = Consignment(departure_date=date(2027, 3, 1))
    paper = Paper(form, form.editions[-1], consignment, Issue(), settings=settle(form, given))
    return bool(condition.evaluate(paper.names()))


def test_the_form_s_own_value_holds_until_the_house_replaces_it(form: Form) -> None:
    assert not is_in_time(form, {})
    assert is_in_time(form, {"recognised_until": date(2036, 12, 31)})


def test_a_setting_that_the_form_does_not_have_is_refused_with_the_nearest(form: Form) -> None:
    with pytest.raises(FormError, match="recognised_until"):
        settle(form, {"recognized_until": date(2036, 12, 31)})


def test_a_setting_of_another_kind_is_refused(form: Form) -> None:
    with pytest.raises(FormError, match="kind"):
        settle(form, {"recognised_until": "2036-12-31"})
