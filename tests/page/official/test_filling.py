"""What a field takes and what it refuses: measured, told at its cell, never cut."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from official_blanks import BLANKS, CONSIGNMENT, GOODS

from certgen.consignment import Cell, Consignment, Country, Party, Transport
from certgen.errors import FormError
from certgen.forms import load_form
from certgen.forms.model import Form, LegalStatus
from certgen.page import Layout, compile_form
from certgen.page.document import Document

Import = Callable[..., Form]
Fill = Callable[..., tuple[bytes, Document]]
LayOut = Callable[..., Layout]
REFUSE = 'overflow = "refuse"'


def box(number: int, field: str, says: str, more: str = "", page: int = 1) -> str:
    return (
        f'[[box]]\nnumber = "{number}"\ntitle = "Box {number}"\npage = {page}\nat = [10, 10, 50, 10]\n'
        f'  [[box.official]]\n  field = "{field}"\n  {says}\n  {more}\n'
    )


def codes(layout: Layout) -> list[str]:
    return [finding.code for finding in layout.findings]


@pytest.fixture(scope="module")
def comb(import_form: Import) -> Form:
    return import_form(BLANKS / "pypdf.pdf", box(1, "eori", 'text = "{{ importer.eori }}"'), '"importer"')


def test_a_comb_has_a_letter_in_the_middle_of_each_cell(comb: Form, fill: Fill) -> None:
    pdf, document = fill(comb)
    runs = document.pages[0].runs
    assert "".join(run.text for run in runs) == "GB123456789000"
    middles = [run.x_mm + run.width_mm / 2 for run in runs]
    steps = {round(later - earlier, 1) for earlier, later in itertools.pairwise(middles)}
    assert steps == {round(272 / 17 * 25.4 / 72, 1)}
    assert middles[0] == pytest.approx((200 + 8) * 25.4 / 72, abs=0.05)
    assert "GB123456789000" in "".join(
        pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().split()
    )


def test_a_comb_takes_no_more_than_it_has_cells(comb: Form, lay_out_form: LayOut) -> None:
    importer = replace(CONSIGNMENT.importer, eori="GB123456789000123456")
    cells = {"importer.eori": Cell("shipment.xlsx", "Shipments", "K2")}
    layout = lay_out_form(comb, replace(CONSIGNMENT, importer=importer, cells=cells))
    assert codes(layout) == ["CG641"]
    found = layout.findings[0]
    assert found.cell is not None
    assert found.cell.cell == "K2"
    assert "takes 17 characters" in found.message
    assert "'GB123456789000123456' has 20" in found.message


def test_every_place_of_a_field_says_the_same(import_form: Import, fill: Fill) -> None:
    form = import_form(BLANKS / "pypdf.pdf", box(1, "reference", 'text = "{{ reference }}"'), '"reference"')
    _, document = fill(form)
    assert [run.text for page in document.pages for run in page.runs] == ["NFG-2026-014"] * 3
    assert [place[0] for asked in document.asked for place in asked.places] == [1, 1, 2]


def test_a_text_too_long_for_its_field_is_told_with_the_room_there_is(
    import_form: Import, lay_out_form: LayOut
) -> None:
    form = import_form(
        BLANKS / "reportlab.pdf",
        box(4, "net_weight_1", 'text = "{{ exporter.name }}"'),
        '"exporter"',
        REFUSE,
    )
    name = "The Very Long Name of an Organic Grain Handling Company of Saskatchewan Limited"
    layout = lay_out_form(form, replace(CONSIGNMENT, exporter=Party(name)))
    assert codes(layout) == ["CG640"]
    assert (layout.findings[0].box, layout.findings[0].field) == ("4", "exporter.name")
    assert not layout.document.pages[0].runs
    room = int(layout.findings[0].fix.removeprefix("Shorten it to about ").split()[0])
    assert not codes(lay_out_form(form, replace(CONSIGNMENT, exporter=Party(name[:room]))))


def test_lines_become_one_line_with_commas_where_a_field_has_one(import_form: Import, fill: Fill) -> None:
    form = import_form(
        BLANKS / "reportlab.pdf", box(1, "description_1", 'text = "{{ exporter.address }}"'), '"exporter"'
    )
    _, document = fill(form)
    assert document.asked[0].text == "77 Işık Road, Milton ON  L9T 2X5"


def test_a_value_becomes_the_words_of_the_choice(import_form: Import, fill: Fill) -> None:
    form = import_form(
        BLANKS / "pdf_lib.pdf",
        box(1, "Country of destination", 'text = "{{ country_of_destination.name }}"'),
        '"country_of_destination"',
    )
    there = replace(CONSIGNMENT, country_of_destination=Country("great  britain"))
    assert fill(form, there)[1].asked[0].text == "Great Britain"


def test_a_value_that_is_no_choice_is_told_with_the_choices(
    import_form: Import, lay_out_form: LayOut
) -> None:
    form = import_form(
        BLANKS / "pdf_lib.pdf",
        box(1, "Country of destination", 'text = "{{ country_of_destination.name }}"'),
        '"country_of_destination"',
    )
    layout = lay_out_form(form, replace(CONSIGNMENT, country_of_destination=Country("Norway")))
    assert codes(layout) == ["CG642"]
    assert layout.findings[0].fix == "Write one of: 'Canada', 'Great Britain', 'Japan'."


def test_an_open_choice_takes_other_words_too(import_form: Import, fill: Fill) -> None:
    form = import_form(
        BLANKS / "pypdf.pdf", box(1, "goods", 'text = "{{ reference }}"', page=2), '"reference"'
    )
    assert fill(form)[1].asked[0].text == "NFG-2026-014"


MEANS = box(1, "means", "when = \"'road' in transport.modes\"", 'option = "Road"') + (
    '  [[box.official]]\n  field = "means"\n  option = "Vessel"\n  when = "\'vessel\' in transport.modes"\n'
)


def test_a_radio_button_takes_one_option(import_form: Import, fill: Fill, lay_out_form: LayOut) -> None:
    form = import_form(BLANKS / "reportlab.pdf", MEANS, '"transport"')
    assert [tick.label for tick in fill(form)[1].pages[0].ticks] == ["means Vessel"]
    both = replace(CONSIGNMENT, transport=Transport(modes=("vessel", "road")))
    layout = lay_out_form(form, both)
    assert codes(layout) == ["CG643"]
    assert "both 'Road' and 'Vessel' apply" in layout.findings[0].message


def test_lines_of_goods_beyond_those_of_the_blank_are_told(
    import_form: Import, fill: Fill, lay_out_form: LayOut
) -> None:
    boxes = box(1, "description_1", 'text = "{{ products[0].trade_name }}"')
    boxes += box(2, "description_2", 'text = "{{ products[1].trade_name }}"')
    form = import_form(BLANKS / "reportlab.pdf", boxes, '"products"', REFUSE)
    assert fill(form, replace(CONSIGNMENT, products=(GOODS,) * 2))
    layout = lay_out_form(form, replace(CONSIGNMENT, products=(GOODS,) * 5))
    assert codes(layout) == ["CG644"]
    assert "room for 2 of products, and there are 5" in layout.findings[0].message
    assert layout.findings[0].field == "products.2"


def test_lines_shown_together_elsewhere_are_not_missed(import_form: Import, fill: Fill) -> None:
    everything = (
        "{% for item in products %}{{ item.trade_name }}{% if not loop.last %}; {% endif %}{% endfor %}"
    )
    boxes = box(1, "description_1", 'text = "{{ products[0].trade_name }}"')
    boxes += box(2, "exporter", f'text = "{everything}"')
    form = import_form(BLANKS / "reportlab.pdf", boxes, '"products"')
    assert fill(form, replace(CONSIGNMENT, products=(GOODS,) * 3))


def test_lots_of_a_line_beyond_those_of_the_blank_are_told(import_form: Import, lay_out_form: LayOut) -> None:
    form = import_form(
        BLANKS / "reportlab.pdf", box(1, "description_1", 'text = "{{ products[0].lots[0] }}"'), '"products"'
    )
    goods = replace(GOODS, lots=("A-1", "A-2"))
    layout = lay_out_form(form, replace(CONSIGNMENT, products=(goods,)))
    assert codes(layout) == ["CG644"]
    assert layout.findings[0].field == "products.0.lots.1"


def test_a_letter_that_no_font_has_is_told(import_form: Import, lay_out_form: LayOut) -> None:
    form = import_form(
        BLANKS / "reportlab.pdf", box(1, "exporter", 'text = "{{ exporter.name }}"'), '"exporter"'
    )
    assert codes(lay_out_form(form, replace(CONSIGNMENT, exporter=Party("مزرعة")))) == ["CG601"]


def test_words_of_the_form_that_no_font_has_are_refused(import_form: Import) -> None:
    label = '  [[box.label]]\n  at = [0, 0, 40, 5]\n  text = "ภาษาไทย"\n'
    boxes = box(1, "exporter", 'text = "{{ exporter.name }}"') + label
    form = import_form(BLANKS / "reportlab.pdf", boxes, '"exporter"')
    with pytest.raises(FormError, match="box 1: label: no font has ภ"):
        compile_form(form, form.editions[-1])


def test_chinese_japanese_and_korean_values_are_filled_in(import_form: Import, fill: Fill) -> None:
    boxes = box(1, "exporter", 'text = "{{ exporter.name }}"') + box(
        2, "description_1", 'text = "{{ exporter.address }}"'
    )
    form = import_form(BLANKS / "reportlab.pdf", boxes, '"exporter"')
    exporter = Party("株式会社やまなみ 𠮷田", "한살림유기농식품 北京市海淀区")
    text = pypdfium2.PdfDocument(fill(form, replace(CONSIGNMENT, exporter=exporter))[0])[0].get_textpage()
    assert {exporter.name, exporter.address} <= set(text.get_text_bounded().split("\r\n"))


def test_a_comb_takes_letters_of_chinese_too(comb: Form, fill: Fill) -> None:
    importer = replace(CONSIGNMENT.importer, eori="赤豆-2026")
    _, document = fill(comb, replace(CONSIGNMENT, importer=importer))
    assert [run.text for run in document.pages[0].runs] == list("赤豆-2026")


def test_what_the_blank_says_in_a_field_left_alone_stays(import_form: Import, fill: Fill) -> None:
    form = import_form(
        BLANKS / "reportlab.pdf", box(1, "exporter", 'text = "{{ reference }}"'), '"reference"'
    )
    text = pypdfium2.PdfDocument(fill(form)[0])[0].get_textpage().get_text_bounded()
    assert "Peru" in text


def test_a_default_of_the_blank_never_stands_below_a_value(import_form: Import, fill: Fill) -> None:
    form = import_form(BLANKS / "reportlab.pdf")
    text = pypdfium2.PdfDocument(fill(form)[0])[0].get_textpage().get_text_bounded()
    assert "Peru" not in text
    assert "Canada" in text


def test_a_field_left_to_others_can_be_filled_and_acts_on_nothing(import_form: Import, fill: Fill) -> None:
    boxes = box(1, "form1.page1.exporter[0]", 'text = "{{ exporter | block }}"')
    boxes += box(2, "form1.page1.invoice_number[0]", "stays_fillable = true")
    form = import_form(BLANKS / "pikepdf.pdf", boxes, '"exporter"')
    with pikepdf.open(BytesIO(fill(form)[0])) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(field.T) for field in fields] == ["form1_page1_invoice_number[0]"]
        assert not {"/AA", "/A", "/JS", "/V"} & set(fields[0].keys())
        assert fields[0].objgen == pdf.pages[0].Annots[0].objgen


@pytest.mark.parametrize(
    ("says", "more", "reason"),
    [
        ('text = "x"', 'kind = "comb"', "kind is 'comb' here, but 'multiline' in the blank"),
        ('text = "x"', "max_length = 5", "max_length is 5 here, but 500 in the blank"),
        ("when = \"reference == 'x'\"", "", "is written in: give it `text`"),
        ('text = "x"', "stays_fillable = true", "stays_fillable is for a field that certgen leaves empty"),
        ('text = "x"', "when = \"reference == 'x'\"", "has both `text` and `when`"),
        ('text = "x"', 'option = "Road"', "`option` goes with `when`"),
    ],
)
def test_a_box_that_contradicts_the_blank_is_refused(
    says: str, more: str, reason: str, import_form: Import
) -> None:
    with pytest.raises(FormError, match=reason.replace("`", "[`]")):
        _compile(import_form(BLANKS / "reportlab.pdf", box(1, "exporter", says, more), '"reference"'))


@pytest.mark.parametrize(
    ("field", "says", "more", "reason"),
    [
        ("exportr", 'text = "x"', "", "has no field 'exportr' .*did you mean 'exporter'"),
        ("means", "when = \"reference == 'x'\"", "", "needs an `option`, one of Road, Aeroplane, Vessel"),
        (
            "means",
            "when = \"reference == 'x'\"",
            'option = "Vesel"',
            "no option 'Vesel' .did you mean 'Vessel'",
        ),
        ("tick1", 'text = "x"', "", "is ticked: give it `when`"),
        ("field9", "stays_fillable = true", "", "cannot stay fillable: only texts and ticks can"),
    ],
)
def test_a_field_that_the_blank_has_otherwise_is_refused(
    field: str, says: str, more: str, reason: str, import_form: Import
) -> None:
    form = import_form(BLANKS / "reportlab.pdf", box(1, field, says, more), '"reference"')
    with pytest.raises(FormError, match=reason):
        _compile(form)


def test_two_boxes_never_fill_one_field(import_form: Import) -> None:
    boxes = box(1, "exporter", 'text = "{{ reference }}"') + box(2, "exporter", 'text = "{{ reference }}"')
    with pytest.raises(FormError, match="box 2: the field 'exporter' is filled by box 1 already"):
        _compile(import_form(BLANKS / "reportlab.pdf", boxes, '"reference"'))


def test_fields_upon_each_other_are_refused(import_form: Import, tmp_path: Path) -> None:
    with pikepdf.open(BLANKS / "reportlab.pdf") as pdf:
        first, second = pdf.pages[0].Annots[0], pdf.pages[0].Annots[1]
        second.Rect = first.Rect
        pdf.save(tmp_path / "doubled.pdf")
    boxes = box(1, "exporter", 'text = "{{ reference }}"') + box(2, "field2", 'text = "{{ reference }}"')
    form = import_form(BLANKS / "reportlab.pdf", boxes, '"reference"')
    official = replace(form.official, path=tmp_path / "doubled.pdf") if form.official else None
    with pytest.raises(FormError, match="the field 'field2' lies upon 'exporter' in the blank"):
        _compile(replace(form, official=official))
    proposed = import_form(tmp_path / "doubled.pdf")
    assert [bool(box.paths) for box in proposed.boxes[:2]] == [True, False]


def test_the_first_of_several_can_be_meant(import_form: Import, fill: Fill) -> None:
    form = import_form(
        BLANKS / "reportlab.pdf",
        box(1, "exporter", 'text = "{{ (products | first).trade_name }}"'),
        '"products"',
    )
    assert fill(form, replace(CONSIGNMENT, products=(GOODS,) * 3))[1].asked[0].text == GOODS.trade_name


def test_a_hidden_field_cannot_be_named(import_form: Import) -> None:
    form = import_form(
        BLANKS / "pikepdf.pdf", box(1, "form1.page1.hidden[0]", 'text = "{{ reference }}"'), '"reference"'
    )
    with pytest.raises(FormError, match="can be seen and filled"):
        _compile(form)


def test_another_blank_under_the_same_name_is_refused(import_form: Import) -> None:
    form = import_form(BLANKS / "reportlab.pdf")
    (form.folder / "official.pdf").write_bytes((BLANKS / "pdf_lib.pdf").read_bytes())
    with pytest.raises(FormError, match=r"official\.pdf is another file"):
        _load(form.folder)


def test_a_blank_that_form_toml_does_not_name_is_refused(import_form: Import) -> None:
    form = import_form(BLANKS / "reportlab.pdf")
    path = form.folder / "form.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("[official]")] + text[text.index("[fields]") :], encoding="utf-8")
    with pytest.raises(FormError, match=r"there is no \[official\] that names it"):
        _load(form.folder)


def test_a_paper_with_a_number_must_show_it(import_form: Import) -> None:
    form = import_form(
        BLANKS / "reportlab.pdf", box(1, "exporter", 'text = "{{ reference }}"'), '"reference"'
    )
    with pytest.raises(FormError, match="no box shows it"):
        _compile(replace(form, serial_pattern="ORG.{year}.{number}"))


def test_a_draft_says_so_without_hiding_the_blank(import_form: Import, fill: Fill) -> None:
    form = import_form(BLANKS / "reportlab.pdf")
    before, draft = (
        pypdfium2.PdfDocument(fill(form, is_draft=is_draft)[0])[0].render().to_pil().convert("L").tobytes()
        for is_draft in (False, True)
    )
    darker = sum(one > other for one, other in zip(before, draft, strict=True))
    hidden = sum(one < 60 and other > 128 for one, other in zip(before, draft, strict=True))
    assert darker > 10_000
    assert hidden == 0


def test_a_worksheet_says_so_at_its_head(import_form: Import, fill: Fill) -> None:
    form = replace(import_form(BLANKS / "pypdf.pdf"), legal_status=LegalStatus.WORKSHEET)
    _, document = fill(form)
    heads = [[run.text for run in page.runs if run.y_mm < 8] for page in document.pages]
    assert heads == [["Worksheet to be entered elsewhere: this paper is not a certificate"]] * 2


def _compile(form: Form) -> None:
    compile_form(form, form.editions[-1])


def _load(folder: Path) -> None:
    load_form(folder)


def test_an_empty_consignment_leaves_the_blank_empty(import_form: Import, fill: Fill) -> None:
    form = import_form(BLANKS / "pdf_lib.pdf")
    _, document = fill(form, Consignment(reference="X"))
    assert not document.pages[0].runs
    assert not document.pages[0].ticks
