"""More than a blank has room for: on sheets that the blank names, on further blanks, or refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest
from official_blanks import BLANKS, CONSIGNMENT, GOODS, GOODS_TABLE

from certgen.consignment import Consignment
from certgen.errors import FormError
from certgen.forms.model import Form
from certgen.page import Layout, compile_form
from certgen.page.document import Document

Import = Callable[..., Form]
Fill = Callable[..., tuple[bytes, Document]]
REPEAT = 'overflow = "repeat"'
LONG_TITLE = "Goods, by the name under which they are sold in the country of destination"


def box(number: int, field: str, text: str) -> str:
    return (
        f'[[box]]\nnumber = "{number}"\ntitle = "Box {number}"\npage = 1\nat = [10, 10, 50, 10]\n'
        f"  [[box.official]]\n  field = \"{field}\"\n  text = '''{text}'''\n"
    )


def of_lines(count: int) -> Consignment:
    """A consignment in which each line can be told from every other."""
    lines = (replace(GOODS, trade_name=f"Flax of field {number}") for number in range(1, count + 1))
    return replace(CONSIGNMENT, products=tuple(lines))


def words_of(pdf: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(pdf)) as pages:
        return [page.extract_text() for page in pages.pages]


@pytest.mark.parametrize(("count", "pages"), [(3, 1), (4, 2), (40, 2), (300, 7)])
def test_lines_go_on_sheets_that_the_blank_names(
    count: int, pages: int, import_form: Import, fill: Fill
) -> None:
    said = words_of(fill(import_form(BLANKS / "reportlab.pdf"), of_lines(count))[0])
    assert len(said) == pages
    everything = "\n".join(said) + "\n"
    for number in range(1, count + 1):
        assert (
            everything.count(f"Flax of field {number}\n")
            + everything.count(f"Flax of field {number} 12000 kg")
            == 1
        ), number
    assert ("From line 4 on: see sheet 2 (page 2)" in said[0]) is (count > 3)
    for number, page in enumerate(said[1:], 2):
        assert f"Sheet {number}: continuation NFG-2026-014" in page
        assert f"Page {number} of {pages}" in page
    assert count == 3 or "4 Flax of field 4 12000 kg" in said[1]


def test_a_further_blank_is_filled_alike_with_the_next_lines(import_form: Import, fill: Fill) -> None:
    boxes = box(1, "exporter", "{{ exporter.name }}")
    boxes += box(2, "description_1", "{{ products[0].trade_name }}")
    boxes += box(3, "description_2", "{{ products[1].trade_name }}")
    boxes += box(4, "net_weight_1", "{{ products | total_net }}")
    form = import_form(BLANKS / "reportlab.pdf", boxes, '"exporter", "products"', REPEAT)
    pdf, document = fill(form, of_lines(5), is_draft=True)
    said = words_of(pdf)
    assert [page.form_page for page in document.pages] == [1, 1, 1]
    for number, page in enumerate(said):
        assert CONSIGNMENT.exporter.name in page
        assert "60000 kg" in page
        assert f"Sheet {number + 1} of 3" in page
        for line in range(1, 6):
            assert (f"Flax of field {line}" in page) is (line - 1 in {2 * number, 2 * number + 1})
    assert len(words_of(fill(form, of_lines(2))[0])) == 1


def test_a_table_of_a_blank_goes_on_with_its_titles_and_its_total(import_form: Import, fill: Fill) -> None:
    table = GOODS_TABLE.replace("width_mm = 120", "width_mm = 30").replace("width_mm = 40", "width_mm = 130")
    table = table.replace('title = "Goods"\n    width', f'title = "{LONG_TITLE}"\n    width')
    table += '    total = "{{ products | total_net }}"\n'
    form = import_form(BLANKS / "flat.pdf", table, '"products"')
    said = words_of(fill(form, of_lines(30))[0])
    assert "Carried forward" in said[0]
    assert "Brought forward" in said[1]
    assert "sold in the" in said[1]
    assert "360000 kg" in said[1]


def test_a_text_too_long_for_its_field_stands_on_a_sheet(import_form: Import, fill: Fill) -> None:
    lots = "{% for item in products %}{{ item.trade_name }}{% if not loop.last %}; {% endif %}{% endfor %}"
    form = import_form(BLANKS / "reportlab.pdf", box(7, "description_1", lots), '"products"')
    said = words_of(fill(form, of_lines(60))[0])
    assert "see sheet 2 (page 2)" in said[0]
    assert "7 Box 7" in said[1]
    joined = " ".join(said[1].split())
    assert all(f"Flax of field {number}" in joined for number in range(1, 61))


def test_a_band_and_a_draft_are_told_on_every_sheet(import_form: Import, fill: Fill) -> None:
    form = replace(import_form(BLANKS / "reportlab.pdf"), captions={"band": "A BAND"})
    for page in words_of(fill(form, of_lines(5), is_draft=True)[0]):
        assert "A BAND" in page


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ products[0].trade_name }} {{ products[1].trade_name }}", "more than one line of products"),
        ("{{ products[0].trade_name }} of {{ products | total_net }}", "more than one line of products"),
        ("{{ products[1].trade_name }}", r"no box shows products\[0\]"),
    ],
)
def test_a_box_without_a_line_of_its_own_is_refused(text: str, reason: str, import_form: Import) -> None:
    form = import_form(BLANKS / "reportlab.pdf", box(1, "description_1", text), '"products"')
    with pytest.raises(FormError, match=reason):
        compile_form(form, form.editions[-1])


@pytest.mark.parametrize(
    ("official", "reason"),
    [
        ('overflow = "repeet"', "did you mean 'repeat'"),
        ("note = { page = 2, at = [10, 10, 50, 5] }", "not on page 2 of the blank"),
        ("note = { at = [10, 280, 190, 5, 5] }", "note.at"),
        (f"{REPEAT}\nkeep_fields = true", "cannot stay fields"),
    ],
)
def test_what_official_says_wrongly_is_refused(official: str, reason: str, import_form: Import) -> None:
    with pytest.raises(FormError, match=reason):
        import_form(BLANKS / "reportlab.pdf", official=official)


def test_the_note_stands_where_the_author_says(
    import_form: Import, lay_out_form: Callable[..., Layout]
) -> None:
    official = 'overflow = "continue"\nnote = { at = [100, 200, 90, 5] }'
    layout = lay_out_form(import_form(BLANKS / "reportlab.pdf", official=official), of_lines(9))
    (note,) = [run for run in layout.document.pages[0].texts if run.text.startswith("From line 4")]
    assert note.x_mm == 100
    assert 200 < note.y_mm < 205


def test_titles_too_long_for_their_columns_give_way_to_numbers(import_form: Import, fill: Fill) -> None:
    boxes = box(1, "description_1", "{{ products[0].trade_name }}") + box(
        2, "net_weight_1", "{{ products[0].net_mass | mass }}"
    )
    long = boxes.replace('"Box 1"', f'"{"Warenbezeichnung" * 5}"').replace('"Box 2"', f'"{"Gewicht" * 9}"')
    form = import_form(BLANKS / "reportlab.pdf", long, '"products"')
    said = words_of(fill(form, of_lines(2))[0])
    assert "1 2\n2 Flax of field 2 12000 kg" in said[1]
