"""Consignments that nobody typed: three hundred lines, five scripts, and whatever Hypothesis thinks of."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from independent import Word, missing_values, words_by_pdfplumber, words_by_pdftotext
from papers import (
    CANADA,
    base_consignment,
    gb_form,
    long_consignment,
    make_paper,
    press,
    print_paper,
)

from certgen.consignment import Consignment, Packages, Party, Product, Quantity
from certgen.findings import has_errors

READERS = [words_by_pdfplumber, pytest.param(words_by_pdftotext, marks=pytest.mark.system)]
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,-/&'()<>%"
    "ÀÂÇÉÈÊËÎÏÔÛÜŸàâçéèêëîïôûüÿñÑßøåÅŁłĄąĘęŻżŚśŠšŽžČčŘřĞğİıŞş"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψωάέήίόύώ"
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгдежзийклмнопрстуфхцчшщьюяІіЇїЄєҐґЁё"
    "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
)


def words(longest: int) -> st.SearchStrategy[str]:
    text = st.text(LETTERS, min_size=1, max_size=longest)
    return text.map(lambda value: " ".join(unicodedata.normalize("NFC", value).split())).filter(bool)


def parties() -> st.SearchStrategy[Party]:
    address = st.lists(words(40), min_size=1, max_size=4).map("\n".join)
    return st.builds(Party, name=words(80), address=address, country=st.just(CANADA))


def products() -> st.SearchStrategy[Product]:
    return st.builds(
        Product,
        cn_code=st.from_regex(r"[0-9]{8}", fullmatch=True),
        trade_name=words(120),
        packages=st.builds(Packages, st.integers(1, 99999), st.just("bags")),
        lots=st.lists(st.from_regex(r"[A-Z0-9/-]{3,18}", fullmatch=True), min_size=1, max_size=4).map(tuple),
        net_mass=st.builds(Quantity, st.decimals(Decimal("0.001"), Decimal(90000), places=3), st.just("kg")),
    )


def consignments() -> st.SearchStrategy[Consignment]:
    return st.builds(
        lambda exporter, producers, importer, goods: replace(
            base_consignment(),
            exporter=exporter,
            producers=tuple(producers),
            importer=replace(importer, eori="GB284619370000"),
            products=tuple(goods),
        ),
        parties(),
        st.lists(parties(), min_size=1, max_size=6),
        parties(),
        st.lists(products(), min_size=1, max_size=40),
    )


@pytest.mark.parametrize("find_words", READERS)
def test_three_hundred_lines_and_five_scripts_are_all_on_paper(
    tmp_path: Path, find_words: Callable[[Path], list[Word]]
) -> None:
    consignment = long_consignment(300)
    path = print_paper(make_paper(consignment), tmp_path)
    assert missing_values(find_words(path), gb_form(), consignment) == []


def test_three_hundred_lines_carry_their_total_to_the_last_sheet(tmp_path: Path) -> None:
    consignment = long_consignment(300)
    found = words_by_pdfplumber(print_paper(make_paper(consignment), tmp_path))
    total = sum(product.net_mass.amount for product in consignment.products if product.net_mass)
    last = max(word.page for word in found if word.text == f"{total:f}")
    assert last == max(word.page for word in found)


def test_every_page_bears_serial_and_page_number(tmp_path: Path) -> None:
    path = print_paper(make_paper(long_consignment(120)), tmp_path)
    pdf = pypdfium2.PdfDocument(path)
    for number in range(len(pdf)):
        text = pdf[number].get_textpage().get_text_range()
        assert "COI.CA-ORG-016.2026.0000001" in text
        assert f"{number + 1} of {len(pdf)}" in text


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(consignments())
def test_any_consignment_is_printed_whole_or_refused(consignment: Consignment) -> None:
    paper = make_paper(consignment)
    if has_errors(press().proof(paper).findings):
        return
    with tempfile.TemporaryDirectory() as folder:
        found = words_by_pdfplumber(print_paper(paper, Path(folder)))
        assert missing_values(found, gb_form(), consignment) == []


def test_the_same_paper_twice_is_the_same_bytes() -> None:
    paper = make_paper(long_consignment(12))
    assert press().print(paper).pdf == press().print(paper).pdf
