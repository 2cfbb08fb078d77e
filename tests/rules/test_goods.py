"""What trade names say of processing, and what the code lists hold."""

from __future__ import annotations

from datetime import date

import pytest

from certgen.consignment import Party, Product
from certgen.forms.language.goods import category_of, covering, held_by, listed_as, processing_of, valid_on
from certgen.forms.language.words import find_longest_words, fold
from certgen.forms.model import Form
from certgen.profile import Operator

UNPROCESSED = """
Organic frozen wild blueberries | IQF cranberries, whole | Wheat flour, stone-ground | Whole wheat flour
Milled golden flaxseed | Hemp hearts | Hulled hemp seed | Split red peas | Yellow split peas
Dehulled lentils
Cleaned brown flaxseed | Fresh apples | Sugar snap peas, fresh | Frozen sweet corn, cut | Steel cut oats
Raw honey | Live lobsters | Oilseed rape, cleaned | Malting barley, cleaned | Pearled barley | Wheat bran
Minced bison, deep-frozen | Chilled beef, boned | Farine de blé
Bleuets sauvages congelés | Lentilles décortiquées
Gluten-free flour | Seed potatoes | Cracked wheat | Peeled garlic | Tiefgefrorene Himbeeren
"""
PROCESSED = """
Rolled oats | Large flake oats, kilned | Oat flakes | Maple syrup, amber, rich taste | Dried cranberries
Sweetened dried cranberries | Cold-pressed flax oil | Canola oil | Hemp protein concentrate
Roasted coffee beans
Smoked trout | Cured ham | Aged cheddar cheese | Apple juice concentrate | Apple cider vinegar
Freeze-dried strawberries
Soya lecithin | Pea starch | Pea protein isolate | Extruded pea crisps | Textured soy protein | Marinated tofu
Oat drink | Tomato ketchup | Pickled beetroot | Canned chickpeas | Toasted sesame | Dehydrated onion flakes
Raisins | Kelp, dried | Red wine | Whole milk powder | Salted butter | Raw cane sugar | Sunflower press cake
Granola | Bulgur, coarse | Quick oats | Beef jerky | Puffed quinoa | Sirop d'érable
Huile de tournesol | Canneberges séchées | Getrocknete Äpfel
"""
UNTOLD = """
Green lentils | Quinoa, white | Yellow peas, No. 1 Canada | Hard red spring wheat | Chickpeas | Mustard seed
Roasted and ground coffee | Frozen cooked rice | Dried apple slices, diced | Butternut squash
Gluten free oat groats
"""

NAMED_IN_POINT_M = "heated smoked cured matured dried marinated extracted extruded"
NAMED_IN_POINT_N = """divided parted severed sliced boned minced skinned ground cut cleaned trimmed husked
milled chilled frozen deep-frozen thawed"""


def names(text: str) -> list[str]:
    return [name.strip() for line in text.strip().splitlines() for name in line.split("|")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, "unprocessed") for name in names(UNPROCESSED)),
        *((name, "processed") for name in names(PROCESSED)),
        *((name, "unknown") for name in names(UNTOLD)),
    ],
)
def test_a_trade_name_tells_whether_the_goods_are_processed(form: Form, name: str, expected: str) -> None:
    words = form.codes["processing_words"].rows
    told = processing_of(Product(trade_name=f"Organic {name}"), "unsaid", words)
    assert told == expected, find_longest_words(name, words)


@pytest.mark.parametrize(
    ("name", "stated", "expected"),
    [
        ("Quinoa", "processed", "processed"),
        ("Roasted and ground coffee", "processed", "processed"),
        ("Roasted and ground coffee", "unprocessed", "unprocessed"),
        ("Frozen blueberries", "processed", "contradicted"),
        ("Smoked trout", "unprocessed", "contradicted"),
    ],
)
def test_what_the_sheet_states_goes_first(form: Form, name: str, stated: str, expected: str) -> None:
    assert processing_of(Product(trade_name=name), stated, form.codes["processing_words"].rows) == expected


def test_the_words_of_the_regulation_stand_in_the_list(form: Form) -> None:
    words = form.codes["processing_words"].rows
    for word in NAMED_IN_POINT_M.split():
        assert words[word]["standing"] == "processed"
    for word in NAMED_IN_POINT_N.split():
        assert words[word]["standing"] == "unprocessed"


def test_no_word_has_two_standings(form: Form) -> None:
    standings: dict[str, set[str]] = {}
    for word, row in form.codes["processing_words"].rows.items():
        standings.setdefault(fold(word), set()).add(row["standing"])
    assert {word: found for word, found in standings.items() if len(found) > 1} == {}
    assert set().union(*standings.values()) == {"processed", "unprocessed", "neither"}


def test_the_list_of_control_bodies_is_whole_and_keeps_every_zero(form: Form) -> None:
    rows = form.codes["control_bodies"].rows
    assert len(rows) == 373
    assert {"GB-ORG-05", "CA-ORG-006", "XK-BIO-171"} <= set(rows)
    for code, row in rows.items():
        assert row["country_code"] == code[:2]
        assert (row["status"] == "historic") == ("HISTORIC" in row["source"])
        assert row["source"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("US-ORG-062", "US-ORG-062"),
        ("US-ORG-62", "US-ORG-062"),
        ("GB-ORG-05", "GB-ORG-05"),
        ("GB-ORG-005", "GB-ORG-05"),
        ("CA-ORG-060", ""),
        ("CA-BIO-006", ""),
        ("CA-ORG-", ""),
        ("", ""),
    ],
)
def test_a_code_is_compared_by_its_number_when_its_zeros_differ(form: Form, code: str, expected: str) -> None:
    assert listed_as(code, form.codes["control_bodies"].rows) == expected


@pytest.mark.parametrize(
    ("written", "scheme", "expected"),
    [
        ("A", "equivalence", "unprocessed-plants"),
        ("f", "equivalence", "seeds"),
        ("F", "eu_2018_848", "wine"),
        ("Wine", "equivalence", "wine"),
        ("Processed agricultural products for use as feed", "equivalence", "processed-feed"),
        ("Aliments transformés", "equivalence", "processed-food"),
        ("aquaculture", "equivalence", "aquaculture"),
        ("G", "equivalence", ""),
        ("?", "equivalence", ""),
        ("", "equivalence", ""),
    ],
)
def test_a_letter_means_something_only_within_its_scheme(
    form: Form, written: str, scheme: str, expected: str
) -> None:
    assert category_of(written, form.codes["categories"].rows, scheme) == expected


FARM = Operator(
    name="Moose Creek Farms", certificate="1", valid_until=date(2026, 6, 30), products=("flaxseed", "1104 12")
)


def test_a_certificate_holds_on_its_last_day_and_not_after() -> None:
    assert valid_on([FARM], date(2026, 6, 30)) == [FARM]
    assert valid_on([FARM], date(2026, 7, 1)) == []


def test_an_operator_is_known_by_name_whatever_its_letter_case() -> None:
    assert held_by([FARM], [Party("MOOSE CREEK FARMS.")]) == [FARM]
    assert held_by([FARM], [Party("Moose Creek Farm")]) == []


@pytest.mark.parametrize(
    ("product", "covered"),
    [
        (Product("12040090", "Organic brown flaxseed"), "yes"),
        (Product("1104 12 90", "Organic oats"), "yes"),
        (Product("11041910", "Organic oats"), "no"),
        (Product("", ""), "no"),
    ],
)
def test_a_product_is_covered_by_a_word_of_its_name_or_the_first_digits_of_its_code(
    product: Product, covered: str
) -> None:
    assert ("yes" if covering([FARM], product) else "no") == covered


def test_of_words_that_differ_by_an_accent_alone_the_first_of_the_list_is_told(form: Form) -> None:
    assert find_longest_words("Atlantic salmon", form.codes["aquaculture_words"].rows) == ["salmon"]
