"""Labels of containers: nothing is cut, the page says what was asked, and a scanner reads the lot."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.errors import FormError, PageError
from certgen.page.labels import (
    Code,
    GoodsLabel,
    LabelStock,
    LaidLabel,
    fits_code,
    lay_out_label,
    letters_not_on_labels,
    load_stocks,
    made_printable,
    print_labels,
)
from certgen.page.labels.reading import read_labels_back
from certgen.pipeline.labels.printing import list_stocks

LENTILS = GoodsLabel(
    product="Organic red lentils, whole",
    status="organic",
    lot="PL25-0091",
    handler="Last handled by Prairie Lantern Organics Ltd., 214 Railway Avenue West, Rosetown, SK, Canada",
    certifier="Certified organic by Pro-Cert Organic Systems Ltd (CA-ORG-016)",
    origin="Canada",
    notice="For Export Only",
    count="Package 3 of 320",
)
STOCKS = list_stocks()
SHEET = STOCKS["a4-8"]


@pytest.fixture
def narrow() -> LabelStock:
    return STOCKS["single-100x50"]


def laid(label: GoodsLabel, stock: LabelStock = SHEET, code: Code = Code.QR) -> LaidLabel:
    found = lay_out_label(label, stock, code)
    assert found is not None
    return found


def words_in(page: pdfplumber.page.Page, stock: LabelStock, number: int) -> str:
    """What an independent reader finds on one label, without blanks."""
    left, top = stock.corner(number)
    box = (left, top, left + stock.label_width_mm, top + stock.label_height_mm)
    area = page.crop(tuple(length / 25.4 * 72 for length in box), strict=False)
    return "".join((area.extract_text() or "").split())


def codes_in(pdf: bytes) -> list[str]:
    """The codes on the first page, as a scanner reads them at 300 dots per inch."""
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("stock", STOCKS.values(), ids=list(STOCKS))
def test_every_word_stands_on_its_own_label(stock: LabelStock) -> None:
    labels = [laid(replace(LENTILS, lot=f"L-{number}"), stock) for number in range(stock.on_a_page + 1)]
    with pdfplumber.open(BytesIO(print_labels(labels, stock))) as pdf:
        assert len(pdf.pages) == 2
        for number, label in enumerate(labels):
            page = pdf.pages[number // stock.on_a_page]
            assert words_in(page, stock, number) == "".join(
                "".join(line.text for line in label.lines).split()
            )


@pytest.mark.parametrize("code", [Code.QR, Code.BARS])
def test_a_scanner_reads_the_lot_number(code: Code) -> None:
    stock = STOCKS["single-100x150"]
    assert codes_in(print_labels([laid(LENTILS, stock, code)], stock)) == ["PL25-0091"]


def test_the_code_of_each_label_on_a_sheet_is_its_own() -> None:
    lots = [f"PL25-{number:04}" for number in range(SHEET.on_a_page)]
    pdf = print_labels([laid(replace(LENTILS, lot=lot)) for lot in lots], SHEET)
    assert sorted(codes_in(pdf)) == lots


def test_words_that_do_not_fit_are_refused_and_never_cut() -> None:
    assert lay_out_label(replace(LENTILS, product="Organic lentils " * 60), SHEET, Code.QR) is None


def test_a_lot_number_is_never_parted() -> None:
    assert lay_out_label(replace(LENTILS, lot="L" * 90), SHEET, Code.QR) is None


@given(product=st.text("abcdefghij klmnopqrstuvwxyzÄéğπж", min_size=1, max_size=120).map(str.strip))
@settings(max_examples=60, deadline=None)
def test_no_letter_of_a_name_is_lost(product: str) -> None:
    label = lay_out_label(replace(LENTILS, product=f"x{product}"), SHEET, Code.NONE)
    assert label is not None
    printed = "".join(line.text for line in label.lines)
    assert "".join(printed.split()).startswith("".join(f"x{product}".split()))
    print_labels([label], SHEET)


TEA = GoodsLabel(
    product="有機緑茶 (organic green tea)",
    status="有機 organic",
    lot="ロット-25/091",
    handler="Last handled by 株式会社みどり茶園, 静岡県静岡市葵区1-2-3",
    certifier="Certified organic by 가나다 인증",
)


@pytest.mark.parametrize("stock", ["a4-8", "a4-14", "single-100x150"])
def test_chinese_japanese_and_korean_letters_are_printed(stock: str) -> None:
    assert letters_not_on_labels(TEA) == ""
    pdf = print_labels([laid(TEA, STOCKS[stock])], STOCKS[stock])
    found = "".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split())
    for words in (TEA.product, TEA.status, TEA.lot, TEA.handler, TEA.certifier):
        assert "".join(words.split()) in found
    assert codes_in(pdf) == [TEA.lot]
    assert print_labels([laid(TEA, STOCKS[stock])], STOCKS[stock]) == pdf


def test_a_lot_in_letters_that_may_be_parted_is_not(narrow: LabelStock) -> None:
    assert lay_out_label(replace(TEA, lot="ロ" * 30), narrow, Code.QR) is None
    assert lay_out_label(replace(TEA, lot="ロ" * 3), STOCKS["single-100x150"], Code.QR) is not None


def test_letters_are_composed_and_spaces_made_plain() -> None:
    label = replace(LENTILS, product="Cafe\u0301\u00a0bio", lot="PL\u200b25")
    assert (made_printable(label).product, made_printable(label).lot) == ("Café bio", "PL25")


def test_letters_beyond_the_first_plane_are_refused() -> None:
    assert letters_not_on_labels(replace(LENTILS, product="𠮷野")) == "𠮷"


def test_a_large_label_is_set_in_large_letters() -> None:
    small, large = laid(LENTILS), laid(LENTILS, STOCKS["single-100x150"])
    assert min(line.size_pt for line in large.lines) > max(10, min(line.size_pt for line in small.lines))


def test_letters_that_the_face_lacks_are_named() -> None:
    assert letters_not_on_labels(replace(LENTILS, product="Lentilles عدس")) == "عدس"
    assert letters_not_on_labels(LENTILS) == ""


@pytest.mark.parametrize(
    ("lot", "code", "fits"),
    [
        ("PL25-0091", Code.BARS, True),
        ("L" * 60, Code.BARS, False),
        ("Ł-1", Code.BARS, False),
        ("Ł-1", Code.QR, True),
    ],
)
def test_a_code_that_no_scanner_reads_is_not_drawn(lot: str, code: Code, *, fits: bool) -> None:
    label = laid(LENTILS, SHEET, code)
    assert fits_code(lot, code, label.code_area) is fits


def test_the_same_labels_give_the_same_bytes() -> None:
    assert print_labels([laid(LENTILS)], SHEET) == print_labels([laid(LENTILS)], SHEET)


@pytest.mark.parametrize(
    "changed",
    [replace(LENTILS, lot="PL25-0092"), replace(LENTILS, notice=""), replace(LENTILS, handler="")],
    ids=["another lot", "a word too many", "a line too many"],
)
def test_a_page_that_says_something_else_is_refused(changed: GoodsLabel) -> None:
    pdf = print_labels([laid(LENTILS)], SHEET)
    with pytest.raises(PageError):
        read_labels_back(pdf, [laid(changed)], SHEET)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("label_width_mm = 300.0", "reach over the edge"),
        ("label_width_mm = 60.0\ncolumns = 3\npitch_x_mm = 50.0", "overlap"),
        ("label_width_mm = 60.0\nrow = 3", "did you mean 'rows'?"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(tmp_path, line: str, words: str) -> None:
    path = tmp_path / "stock.toml"
    path.write_text(
        'format = 1\n[[stock]]\nid = "x"\ntitle = "x"\npage_width_mm = 210.0\npage_height_mm = 297.0\n'
        f"label_height_mm = 50.0\n{line}\n"
    )
    with pytest.raises(FormError, match=words.replace("?", "\\?")):
        load_stocks(path)


def test_the_guide_lists_every_sheet() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "label-printing.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z][a-z0-9-]+)` \| (.+) \|$", guide, re.MULTILINE)
    assert dict(listed) == {stock.id: stock.title for stock in STOCKS.values()}
