"""A day on which a form had no edition is told: most often its year is mistyped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from certgen.consignment import Consignment
from certgen.forms import load_form
from certgen.pipeline.papers.editions import judge_edition

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.mark.parametrize(("departure", "told"), [(date(2020, 12, 31), 1), (date(2021, 1, 1), 0)])
def test_goods_that_left_before_the_first_edition_are_told(
    certgen, sample: Path, edit, cell_of, departure: date, told: int
) -> None:
    days = {"Departure date": departure, "Issue date": departure - timedelta(days=1)}
    edit(sample, {cell_of(sample, "Shipments", header, 2): day for header, day in days.items()})
    run = certgen("check", sample, "--json")
    found = [item for item in run.record["findings"] if item["slug"] == "before-first-edition"]
    assert [item["header"] for item in found] == ["Departure date"] * told
    assert run.exit_code == 0


@pytest.mark.parametrize(("departure", "told"), [(date(2027, 1, 1), 1), (date(2026, 12, 31), 0)])
def test_goods_that_leave_after_the_last_edition_are_told(departure: date, told: int) -> None:
    form = load_form(TEMPLATES / "gb-coi")
    ended = replace(form.editions[-1], valid_until=date(2026, 12, 31))
    form = replace(form, editions=(form.editions[0], ended))
    found = judge_edition(form, ended, departure, Consignment())
    assert [item.slug for item in found] == ["after-last-edition"] * told


def test_a_departure_that_is_not_known_is_left_to_the_form() -> None:
    form = load_form(TEMPLATES / "gb-coi")
    assert judge_edition(form, form.editions[-1], None, Consignment()) == []
