"""Serials come from a pattern, and no pattern can give the same serial to two series."""

from __future__ import annotations

import pytest

from certgen.errors import FormError
from certgen.forms.serials import check_serial_pattern, is_serial_of, serial_of, series_of

PATTERN = "COI.{code}.{year}.{number:07}"


def test_a_serial_is_the_pattern_with_code_year_and_padded_number() -> None:
    assert serial_of(PATTERN, 42, code="CA-ORG-006", year=2026, form="x") == "COI.CA-ORG-006.2026.0000042"
    assert serial_of("{form}/{number}", 42, code="", year=2026, form="x-y") == "x-y/42"


def test_a_series_is_the_pattern_without_its_number() -> None:
    assert series_of(PATTERN, code="CA-ORG-006", year=2026, form="x") == "COI.CA-ORG-006.2026.{number}"
    assert series_of(PATTERN, code="A", year=2026, form="x") != series_of(
        PATTERN, code="A", year=2027, form="x"
    )


def test_a_number_longer_than_its_padding_is_not_cut() -> None:
    assert serial_of("N-{number:02}", 12345, code="", year=2026, form="").endswith("-12345")


def test_a_serial_is_recognised() -> None:
    assert is_serial_of("COI.CA-ORG-006.2026.0000042", PATTERN, code="CA-ORG-006", year=2026, form="x")
    assert not is_serial_of("COI.CA-ORG-006.2025.0000042", PATTERN, code="CA-ORG-006", year=2026, form="x")


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
        ("X.{code}.{number}", "must begin with"),
        ("COI.{code}.*.{number}", "may hold letters"),
    ],
)
def test_a_wrong_pattern_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(FormError) as refusal:
        check_serial_pattern(pattern, "COI.{code}.")
    assert why in str(refusal.value)
