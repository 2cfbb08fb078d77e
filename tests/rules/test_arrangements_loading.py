"""Whatever is wrong with an arrangement is told with its file, its key and the nearest right word."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from certgen.errors import FormError
from certgen.forms import load_forms
from certgen.rules.arrangements import find_arrangements_folder, load_arrangements

FORMS = load_forms()
Load = Callable[[str, str], None]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """The arrangement of Canada with Japan with one thing changed, loaded."""
    for name in ("facts.toml", "canada-japan.toml"):
        shutil.copy(find_arrangements_folder() / name, tmp_path)

    def change(old: str, new: str) -> None:
        path = tmp_path / "canada-japan.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        load_arrangements(FORMS, folder=tmp_path)

    return change


def test_the_unchanged_file_loads(load: Load) -> None:
    load("format = 1", "format = 1")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("standing =", "standings =", r"canada-japan\.toml: .*'standings'.*did you mean 'standing'"),
        ('from = ["CA"]', 'from = ["CAN"]', r"canada-japan\.toml: from: 'CAN' is no code of a country"),
        ('to = ["JP"]', 'to = ["UEE"]', r"to: 'UEE' is no code .*zone"),
        ("valid_from = 2021-01-01\n", "", r"canada-japan\.toml: valid_from: every arrangement has the day"),
        (
            'form = "japan-export-request"',
            'form = "japan-export-reqest"',
            r"did you mean 'japan-export-request'",
        ),
        (
            "grown_in or processed_in",
            "grown_im or processed_in",
            r"CA-JP-MADE.*unknown name 'grown_im'.*grown_in",
        ),
        ('field = "standard"', 'field = "standart"', r"CA-JP-STANDARD: field: .*did you mean"),
        (
            'slug = "non-food"\noutcome = "out"',
            'slug = "non-food"\noutcome = "out"\nconfidence = "unverified"',
            r"CA-JP-NON-FOOD: outcome: what is unverified refuses nothing",
        ),
        (
            'slug = "kind-not-named"\noutcome = "ask"',
            'slug = "kind-not-named"\noutcome = "ask"\nconfidence = "disputed"',
            r"CA-JP-UNNAMED: cites: a dispute names both sources",
        ),
        ('id = "CA-JP-MADE-UNSAID"', 'id = "CA-JP-MADE"', r"CA-JP-MADE"),
        ('standing = "arrangement"', 'standing = "open"', r"ask: who knows must be named"),
        ("cites = [", "cites = [] # [", r"cites"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(load: Load, old: str, new: str, told: str) -> None:
    with pytest.raises(FormError, match=told):
        load(old, new)


def test_a_paper_without_a_form_says_where_it_is_made(load: Load) -> None:
    with pytest.raises(FormError, match="CA-JP-CERTIFICATE: where"):
        load('where = "the CFIA-accredited certification body\'s own certificate"\n', "")


def test_a_day_is_taken_from_the_setting_of_a_form(load: Load) -> None:
    with pytest.raises(FormError, match=r"setting 'equivalence_til' of eu-coi is no day.*equivalence_until"):
        load(
            "valid_from = 2021-01-01",
            'valid_from = 2021-01-01\nends_with = { form = "eu-coi", setting = "equivalence_til" }',
        )
