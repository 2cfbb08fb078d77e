"""Chinese, Japanese and Korean: with the extra each letter is printed as it is, without it none is."""

import unicodedata

import pytest
from cjk_extra import LETTERS, without_cjk
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.page.document import Face, Ink
from certgen.page.fonts.faces import find_missing, load_face
from certgen.page.fonts.letters import make_printable
from certgen.page.layout.certificate import lay_out
from certgen.page.layout.line_breaks import split_pieces
from certgen.page.layout.measure import set_text
from certgen.page.layout.plan import plan_form
from certgen.page.layout.text import run_on

FACE = load_face(Face.REGULAR)

words = st.text(st.sampled_from(LETTERS) | st.sampled_from("Kyoto AB12-3（）、。ー"), min_size=1, max_size=60)
texts = st.lists(words.map(str.strip).filter(bool), min_size=1, max_size=4).map("\n".join)


def bare(text):
    return "".join(text.split())


def pieces(text):
    return [piece for piece, _ in split_pieces(text)]


@pytest.mark.parametrize(
    "text",
    [
        "株式会社やまなみ有機農産物輸入センター",
        "〒107-0052 東京都港区赤坂一丁目２番３号㈱「みどり」館",
        "北京绿色田野有机农业发展有限公司",
        "臺灣有機農業股份有限公司",
        "한살림유기농식품 주식회사 ㈜",
        "𠮷田 次郎",
        "ﾔﾏﾅﾐ ｵｰｶﾞﾆｯｸ ①Ⅱ→★",
    ],
)
def test_the_face_has_what_companies_write(text):
    assert find_missing(text) == ""
    assert make_printable(text) == (text, "", "")


def test_advances_are_in_thousandths_as_those_of_the_other_faces():
    assert FACE.units_per_em == 1000
    assert FACE.advance("有機", 10) == pytest.approx(2 * 10 / 72 * 25.4)
    assert load_face(Face.BOLD).advance("有機", 10) == FACE.advance("有機", 10)


def test_letters_are_seen_and_stand_for_themselves():
    for letter in LETTERS:
        assert unicodedata.category(letter) not in {"Cc", "Cf", "Cn", "Me", "Mn", "Zs"}
        assert make_printable(letter).text == letter


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("か\u3099ん", "がん"),
        ("\u1112\u1161\u11ab\u1109\u1161\u11af", "한살"),
        ("全角\u3000空白", "全角 空白"),
        ("神\ufa19 Que\u0301bec", "神\ufa19 Québec"),
    ],
)
def test_letters_are_composed_but_a_variant_in_a_name_stays_that_variant(written, printed):
    assert make_printable(written) == (printed, "", "")


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("有機農産物", ["有", "機", "農", "産", "物"]),
        ("豆（赤）です。", ["豆", "（赤）", "で", "す。"]),
        ("センター、ショップ", ["セ", "ン", "ター、", "ショッ", "プ"]),
        ("「有機」JAS認証", ["「有", "機」", "JAS", "認", "証"]),
        ("南大街12号", ["南", "大", "街", "12", "号"]),
        ("ＬＯＴ１２－３", ["ＬＯＴ１２－３"]),
        ("赤豆-2026-0147号", ["赤", "豆-2026-0147", "号"]),
        ("유기농식품 주식회사", ["유기농식품", "주식회사"]),
        ("Québec bio", ["Québec", "bio"]),
    ],
)
def test_lines_end_between_letters_but_not_before_what_closes_or_after_what_opens(text, parted):
    assert pieces(text) == parted


def test_breaking_between_letters_is_no_reason_to_set_a_text_smaller():
    setting = set_text("有機農産物輸入センター東京都港区赤坂", FACE, 8.5, 20)
    assert len(setting.lines) > 1
    assert not setting.breaks_words
    assert "".join(line.text for line in setting.lines) == "有機農産物輸入センター東京都港区赤坂"


@settings(deadline=None)
@given(texts, st.floats(10, 90))
def test_no_letter_is_lost_in_breaking_and_no_line_is_too_wide(text, width_mm):
    setting = set_text(text, FACE, 8.5, width_mm)
    assert bare("".join(line.text for line in setting.lines)) == bare(text)
    assert all(line.width_mm <= width_mm + 0.001 for line in setting.lines)


@settings(max_examples=30, deadline=None)
@given(texts, st.lists(words, min_size=1, max_size=20), st.lists(texts, max_size=8))
def test_no_letter_is_lost_on_the_page(plan, make_paper, shipment, importer, goods, producers):
    changes = {
        "importer": shipment["importer"] | {"name": importer},
        "products": [shipment["products"][0] | {"trade_name": name} for name in goods],
        "producers": [{"name": name, "address": "x"} for name in producers],
    }
    document = lay_out(plan, make_paper(changes)).document
    asked = "".join(bare(value.text) for value in document.each_asked())
    runs = [run for page in document.pages for run in page.runs if run.ink is Ink.VALUE]
    printed = "".join(bare(run.text) for run in runs)
    for text in (importer, *goods, *producers):
        said = make_printable(text).text
        assert bare(said) in asked or bare(run_on(said)) in asked
    assert not set(bare(importer + "".join(goods) + "".join(producers))) - set(printed)


@pytest.mark.parametrize("letter", ["有", "ア", "유", "①"])
def test_without_the_extra_a_letter_is_refused_at_its_cell_with_what_to_install(form, make_paper, letter):
    paper = make_paper({"exporter": {"name": f"Lark {letter}", "address": "x"}}, {"exporter.name": "D2"})
    with without_cjk():
        [finding] = lay_out(plan_form(form, form.editions[-1]), paper).findings
    assert (finding.code, finding.cell.cell, finding.is_error) == ("CG605", "D2", True)
    assert f"{letter} (U+{ord(letter):04X}" in finding.message
    assert 'pip install "certgen[cjk]"' in finding.fix


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ("\U00031350", "CG601"),
        ("\u1112", "CG601"),
        ("ع", "CG601"),
        ("ש", "CG601"),
        ("ไ", "CG601"),
        ("\u3164", "CG601"),
        ("\U000e0100", "CG602"),
        ("\ufe00", "CG602"),
        ("\u3099", "CG603"),
    ],
)
def test_with_the_extra_what_no_font_has_is_still_refused(plan, make_paper, letter, code):
    paper = make_paper({"exporter": {"name": f"葛{letter}", "address": "x"}}, {"exporter.name": "D2"})
    [finding] = lay_out(plan, paper).findings
    assert (finding.code, finding.cell.cell) == (code, "D2")
    assert f"U+{ord(letter):04X}" in finding.message
    assert "certgen[cjk]" not in finding.fix


def test_arabic_beside_chinese_is_told_apart(form, make_paper):
    paper = make_paper({"exporter": {"name": "有 ع", "address": "x"}}, {"exporter.name": "D2"})
    with without_cjk():
        findings = lay_out(plan_form(form, form.editions[-1]), paper).findings
    assert sorted(finding.code for finding in findings) == ["CG601", "CG605"]
