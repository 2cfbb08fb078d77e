"""Headers that export desks really use: each understood, proposed for, or read over without a question."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from certgen.forms import find_forms_root, load_form, load_vocabulary
from certgen.forms.label_fields import load_label_vocabulary
from certgen.forms.vocabulary import Vocabulary
from certgen.workbook.folding import squeeze
from certgen.workbook.sheets.headers import HeaderIndex

DESK = tomllib.loads((Path(__file__).parent / "desk_headers.toml").read_text(encoding="utf-8"))
BEFORE = ["Reference", "Exporter name", "Trade name"]
KEY = ["R1", "Acme", "Flax"]


@pytest.mark.parametrize(
    ("path", "header"), [(path, word) for path, words in DESK["known"].items() for word in words]
)
def test_a_header_of_the_desk_is_understood(index: HeaderIndex, path: str, header: str) -> None:
    found = index.match(header)
    assert found is not None
    assert found.field_on("product").path == path


@pytest.mark.parametrize(
    ("path", "header"), [(path, word) for path, words in DESK["proposed"].items() for word in words]
)
def test_a_loose_header_is_proposed_and_never_taken(index: HeaderIndex, path: str, header: str) -> None:
    assert index.match(header) is None
    near = index.propose(header)
    assert near is not None
    assert near.path == path


@pytest.mark.parametrize("header", DESK["needless"])
def test_a_column_for_other_purposes_is_told_once_and_asks_nothing(read, header: str) -> None:
    reading = read([[*BEFORE, header], [*KEY, "2026"]])
    assert not reading.findings
    assert [(column.header, column.proposal) for column in reading.sheets[0].unknown] == [(header, "")]


def test_no_column_for_other_purposes_is_a_word_of_a_field(vocabulary: Vocabulary) -> None:
    needless = {squeeze(word) for word in vocabulary.words.needless}
    named = {
        squeeze(word)
        for item in vocabulary.fields
        for word in (*item.labels.values(), *(word for words in item.synonyms.values() for word in words))
    }
    assert not needless & named


def test_a_form_gets_the_column_it_asks_for_itself() -> None:
    own = load_vocabulary([load_form(find_forms_root() / "te-transaction-certificate")])
    asked = {
        squeeze(word)
        for item in own.fields
        if item.form and not item.path.startswith("tables.")
        for word in (*item.labels.values(), *(word for words in item.synonyms.values() for word in words))
    }
    wanted = [word for word in own.words.needless if squeeze(word) in asked]
    assert wanted
    assert all(HeaderIndex(own, {}).match(word) for word in wanted)


def test_a_recipe_has_its_amounts(read) -> None:
    words = load_label_vocabulary()
    assert "Amount" in words.words.needless
    for header in ("Amount", "Amount (g)", "Amount (%)"):
        assert HeaderIndex(words, {}, "recipe").match(header) is not None


def test_a_count_of_lots_is_no_lot(read) -> None:
    reading = read([[*BEFORE, "Number of lots", "Lot n°"], [*KEY, 3, "L-1"]])
    assert reading.consignments[0].products[0].lots == ("L-1",)


@pytest.mark.parametrize(
    ("header", "unit"), [("Kgs net", "kgs"), ("Kg netos", "kg"), ("Net kg", "kg"), ("Net weight in kg", "kg")]
)
def test_a_unit_may_stand_before_or_behind_the_weight(index: HeaderIndex, header: str, unit: str) -> None:
    found = index.match(header)
    assert found is not None
    assert (found.fields[0].path, found.unit) == ("products.net_mass", unit)


@pytest.mark.parametrize("beside", [("Bags", 880), ("Packages", "880 bags"), ("Number of bags", 880)])
@pytest.mark.parametrize("pallets", ["Pallets", "No. of pallets", "Nb palettes", "Paletten"])
def test_pallets_beside_packages_are_no_packages(read, beside, pallets: str) -> None:
    header, value = beside
    for columns, cells in (((pallets, header), (20, value)), ((header, pallets), (value, 20))):
        reading = read([[*BEFORE, *columns], [*KEY, *cells]])
        assert reading.consignments[0].products[0].packages is not None
        assert (reading.consignments[0].products[0].packages.count) == 880
        assert [finding.code for finding in reading.findings] == ["CG187"]


@pytest.mark.parametrize("other", ["Net weight (lbs)", "Net weight (MT)"])
def test_a_weight_in_kg_is_taken_before_the_same_in_another_unit(read, other: str) -> None:
    for header, cells in (
        (["Net weight (kg)", other], [1000, 2204.62]),
        ([other, "Net wt kg"], [2204.62, 1000]),
    ):
        reading = read([[*BEFORE, *header], [*KEY, *cells]])
        mass = reading.consignments[0].products[0].net_mass
        assert (str(mass.amount), mass.unit) == ("1000", "kg")
        assert [finding.code for finding in reading.findings] == ["CG191"]


def test_two_weights_in_kg_stay_a_question(read) -> None:
    reading = read([[*BEFORE, "Net weight (kg)", "Total net weight (kg)"], [*KEY, 25, 1000]])
    assert [finding.code for finding in reading.findings] == ["CG161"]


def test_pallets_alone_are_the_packages(read) -> None:
    reading = read([[*BEFORE, "Pallets"], [*KEY, 20]])
    packages = reading.consignments[0].products[0].packages
    assert packages is not None
    assert (packages.count, packages.kind) == (20, "pallets")
