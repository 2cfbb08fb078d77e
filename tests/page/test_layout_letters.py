"""No letter is lost: each is printed as it is, or the certificate is refused at the cell that holds it."""

import pytest

from certgen.errors import PageError
from certgen.page import compile_form, print_document
from certgen.page.fonts.letters import describe, make_printable
from certgen.page.layout.certificate import lay_out


def told(layout):
    return [(finding.code, finding.cell.cell if finding.cell else None) for finding in layout.findings]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Québec", "Québec"),
        ("Que\u0301bec", "Québec"),
        ("\u212bngström", "Ångström"),
        ("two\u00a0words", "two words"),
        ("narrow\u202fspace\tand tab", "narrow space and tab"),
        ("first\r\nsecond\u2028third\vfourth", "first\nsecond\nthird\nfourth"),
        ("  edges  \n\n", "edges"),
        ("line end  \nnext", "line end\nnext"),
        ("Đắk Lắk, Ελλάδα, Київ, Iğdır", "Đắk Lắk, Ελλάδα, Київ, Iğdır"),
    ],
)
def test_texts_are_composed_and_their_spaces_made_plain(written, printed):
    printable = make_printable(written)
    assert (printable.text, printable.refused, printable.left_out) == (printed, "", "")


@pytest.mark.parametrize("nothing", ["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060"])
def test_what_the_eye_does_not_miss_is_left_out_and_told(nothing):
    printable = make_printable(f"LOT{nothing}-7")
    assert (printable.text, printable.refused, printable.left_out) == ("LOT-7", "", nothing)


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ("ع", "CG601"),
        ("ש", "CG601"),
        ("ไ", "CG601"),
        ("😀", "CG601"),
        ("\u200f", "CG602"),
        ("\u202e", "CG602"),
        ("\x07", "CG602"),
        ("\u0315", "CG603"),
    ],
)
def test_a_letter_that_cannot_be_printed_refuses_at_its_cell(plan, make_paper, letter, code):
    exporter = {"name": "Prairie Lark", "address": f"410 Grain Street {letter}"}
    paper = make_paper({"exporter": exporter}, {"exporter.name": "D2", "exporter.address": "E2"})
    layout = lay_out(plan, paper)
    assert told(layout) == [(code, "E2")]
    assert layout.findings[0].is_error
    assert f"U+{ord(letter):04X}" in layout.findings[0].message
    assert not any(letter in run.text for page in layout.document.pages for run in page.runs)


def test_a_letter_in_a_product_line_is_told_at_its_own_cell(plan, make_paper, many_lines):
    changes = many_lines(3)
    changes["products"][1] = changes["products"][1] | {"trade_name": "ไทย oats"}
    cells = {f"products.{line}.trade_name": f"C{line + 2}" for line in range(3)}
    layout = lay_out(plan, make_paper(changes, cells))
    assert told(layout) == [("CG601", "C3")]
    assert "ไ (U+0E44" in layout.findings[0].message
    assert "ท (U+0E17" in layout.findings[0].message


@pytest.mark.parametrize(
    "changes",
    [
        {"exporter": {"name": "ع"}},
        {"products": [{"cn_code": "12040090", "trade_name": "ไทย"}]},
        {"products": [{"cn_code": "12040090", "trade_name": "oats " * 6000}]},
    ],
)
def test_a_page_without_a_refused_value_never_passes_for_whole(plan, make_paper, form, changes):
    paper = make_paper(changes)
    with pytest.raises(PageError):
        print_document(compile_form(form, form.editions[-1]), lay_out(plan, paper).document, paper)


def test_nor_does_one_whose_text_was_too_long(plan, make_paper, form):
    paper = make_paper(signatory="Marie-Ève Tremblay " * 12)
    with pytest.raises(PageError):
        print_document(compile_form(form, form.editions[-1]), lay_out(plan, paper).document, paper)


def test_every_cell_that_holds_the_letter_is_told(plan, make_paper):
    producers = [{"name": "ع One", "address": "x"}, {"name": "ع Two", "address": "y"}]
    cells = {"producers.0.name": "F2", "producers.1.name": "F3"}
    layout = lay_out(plan, make_paper({"producers": producers}, cells))
    assert told(layout) == [("CG601", "F2"), ("CG601", "F3")]


def test_a_letter_in_the_issuers_own_words_has_no_cell(plan, make_paper):
    layout = lay_out(plan, make_paper(signatory="ไทย"))
    finding = layout.findings[0]
    assert (finding.code, finding.cell, finding.box) == ("CG601", None, "18")


def test_a_note_tells_of_what_was_left_out(plan, make_paper):
    layout = lay_out(plan, make_paper({"seals": ["CA88\u200b4213"]}, {"seals.0": "K2"}))
    assert told(layout) == [("CG604", "K2")]
    assert not layout.findings[0].is_error
    assert any(run.text == "CA884213" for run in layout.document.pages[0].runs)


def test_many_letters_are_counted():
    assert describe("абвгдежз").endswith("and 3 more")
