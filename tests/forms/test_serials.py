"""Serials come from a pattern, and no pattern can give the same serial to two series."""

from __future__ import annotations

import pytest

from certgen.errors import FormError
from certgen.forms import load_forms
from certgen.forms.serials import check_serial_pattern, open_pattern

PATTERN = "COI.{code}.{year}.{number:07}"


def test_all_but_the_number_is_rendered() -> None:
    assert open_pattern(PATTERN, code="CA-ORG-006", year=2026, form="x") == "COI.CA-ORG-006.2026.{number:07}"
    assert open_pattern("{form}/{year}/{number}", code="", year=987, form="x-y") == "x-y/0987/{number}"


def test_the_patterns_of_the_guide_and_the_shipped_forms_are_right() -> None:
    check_serial_pattern(PATTERN, "COI.{code}.")
    check_serial_pattern("{number}", "")
    for form in load_forms().values():
        for paper in (form, *form.variants):
            if paper.serial_pattern:
                check_serial_pattern(paper.serial_pattern, paper.serial_prefix)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("COI.{code}.{year}", "must hold {number} once"),
        ("COI.{code}.{number}.{number:03}", "must hold {number} once"),
        ("COI.{code}.{month}.{number}", "{month} is no word"),
        ("COI.{code}.{number:7}", "{number:7} is no word"),
        ("COI.{code}.{number:099}", "is no word"),
        ("COI.{code}.{code.__class__}.{number}", "is no word"),
        ("COI.{code}.{year}{number}", "needs a sign between two words"),
        ("COI.{code}.2{number}", "around the number"),
        ("COI.{code}.{number}x", "around the number"),
        ("X.{code}.{number}", "must begin with"),
        ("COI.{code}.*.{number}", "may hold letters"),
    ],
)
def test_a_wrong_pattern_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(FormError) as refusal:
        check_serial_pattern(pattern, "COI.{code}.")
    assert why in str(refusal.value)
