"""What an import proposes on a certificate as they really look: titles in the boxes, columns of goods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from blank_maker import Maker
from official_blanks import CONSIGNMENT, GOODS

from certgen.forms.model import Form, OfficialPart
from certgen.page.document import Document

Import = Callable[..., Form]
COLUMNS = {
    "Lot No.": "{{ products[%d].lots | join }}",
    "Description of goods": "{{ products[%d].trade_name }}",
    "Net weight \\(kg\\)": "{{ products[%d].net_mass | mass }}",
}


def proposed(form: Form) -> dict[str, str]:
    """What each field is to say, by its name in the blank."""
    return {
        part.field: part.text.source
        for box in form.boxes
        for part in box.parts
        if isinstance(part, OfficialPart) and part.text is not None
    }


def add_table(maker: Maker, rows: int, height: float = 18) -> None:
    """Columns of fields that bear no names worth the word, under their titles."""
    for column, title in enumerate(COLUMNS):
        left = 50 + 160 * column
        maker.words(title, left + 2, 624)
        for row in range(rows):
            bottom = 618 - height * (row + 1)
            maker.field(f"Text{column * 10 + row}", [left, bottom, left + 158, bottom + height - 2])


@pytest.mark.parametrize("height", [12, 18, 30])
def test_a_column_of_fields_shows_the_goods_line_by_line(
    height: float, tmp_path: Path, import_form: Import, fill: Callable[..., tuple[bytes, Document]]
) -> None:
    maker = Maker()
    add_table(maker, 4, height)
    form = import_form(maker.save(tmp_path))
    for column, source in enumerate(COLUMNS.values()):
        for row in range(4):
            assert proposed(form)[f"Text{column * 10 + row}"] == source % row
    assert [box.title for box in form.boxes[:6]] == [
        *("Lot No", "Description of goods", "Net weight (kg)"),
        *("Lot No 2", "Description of goods 2", "Net weight (kg) 2"),
    ]
    _, document = fill(form, replace(CONSIGNMENT, products=(GOODS,) * 6))
    assert len(document.pages) == 2


def test_fields_below_each_other_with_words_of_their_own_are_no_table(
    tmp_path: Path, import_form: Import
) -> None:
    maker = Maker()
    maker.words("Products", 202, 724)
    for number, label in enumerate(("Exporter", "Importer", "Invoice number")):
        maker.words(label, 50, 706 - 20 * number)
        maker.field(f"Text{number}", [200, 700 - 20 * number, 400, 716 - 20 * number])
    assert proposed(import_form(maker.save(tmp_path))) == {
        "Text0": "{{ exporter | block }}",
        "Text1": "{{ importer | block }}",
        "Text2": "{{ invoice_number }}",
    }


def test_words_beyond_another_field_belong_to_that(tmp_path: Path, import_form: Import) -> None:
    maker = Maker()
    maker.words("Country of origin", 50, 704)
    maker.field("Text1", [130, 700, 200, 716])
    maker.field("Text2", [210, 700, 280, 716])
    assert set(proposed(import_form(maker.save(tmp_path)))) == {"Text1"}


def test_a_total_is_a_sum_and_a_label_of_two_words_is_known_by_one(
    tmp_path: Path, import_form: Import
) -> None:
    maker = Maker()
    for number, label in enumerate(("Total net weight \\(kg\\)", "Vessel / Flight No.")):
        maker.words(label, 50, 704 - 40 * number)
        maker.field(f"Text{number}", [200, 700 - 40 * number, 400, 716 - 40 * number])
    assert proposed(import_form(maker.save(tmp_path))) == {
        "Text0": "{{ products | total_net }}",
        "Text1": "{{ transport.vessels | join }}",
    }


@pytest.mark.parametrize(
    ("name", "beside"),
    [("Text99", "TOTAL"), ("totalNet", ""), ("sum.net", ""), ("Net weight_5", "Sous-total")],
)
def test_the_total_below_a_column_is_no_further_line_of_goods(
    name: str, beside: str, tmp_path: Path, import_form: Import
) -> None:
    maker = Maker()
    add_table(maker, 4)
    maker.words(beside, 55, 528)
    maker.field("Text98", [210, 524, 368, 540])
    maker.field(name, [370, 524, 528, 540])
    form = import_form(maker.save(tmp_path))
    assert proposed(form)[name] == "{{ products | total_net }}"
    assert "Text98" not in proposed(form)
    assert not any("products[4]" in source for source in proposed(form).values())


def test_a_column_called_a_total_from_its_top_on_has_lines_like_any_other(
    tmp_path: Path, import_form: Import
) -> None:
    maker = Maker()
    maker.words("Net weight \\(kg\\)", 372, 624)
    for row in range(3):
        maker.field(f"total_{row}", [370, 600 - 18 * row, 528, 616 - 18 * row])
    assert proposed(import_form(maker.save(tmp_path))) == {
        f"total_{row}": f"{{{{ products[{row}].net_mass | mass }}}}" for row in range(3)
    }
