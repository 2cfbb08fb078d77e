"""A blank without fields, filled by places in millimetres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest
from official_blanks import BLANKS, CONSIGNMENT, GOODS, GOODS_TABLE

from certgen.errors import FormError
from certgen.forms.model import Form, TextPart
from certgen.page import Layout
from certgen.page.document import Document

BOXES = """
[[box]]
number = "1"
title = "Exporter"
page = 1
at = [60, 24, 120, 25]
  [[box.text]]
  at = [1, 1, 118, 23]
  text = "{{ exporter | block }}"

"""
BOXES += (
    GOODS_TABLE
    + """
[[box]]
number = "3"
title = "By vessel"
page = 1
at = [60, 87, 4, 4]
  [[box.tick]]
  at = [0, 0, 4, 4]
  label = "by vessel"
  when = "'vessel' in transport.modes"
"""
)
USED = '"exporter", "products", "transport", "reference"'


@pytest.fixture(scope="module")
def form(import_form: Callable[..., Form]) -> Form:
    return import_form(BLANKS / "flat.pdf", BOXES, USED)


def test_labels_of_a_flat_blank_are_proposed(import_form: Callable[..., Form]) -> None:
    form = import_form(BLANKS / "flat.pdf")
    texts = {
        box.title: part.text.source for box in form.boxes for part in box.parts if isinstance(part, TextPart)
    }
    assert texts == {
        "Exporter": "{{ exporter | block }}",
        "Invoice number": "{{ invoice_number }}",
        "Departure date": "{{ departure_date | date }}",
    }


def test_values_stand_at_their_places(form: Form, fill: Callable[..., tuple[bytes, Document]]) -> None:
    pdf, document = fill(form, replace(CONSIGNMENT, products=(GOODS,) * 3))
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()

    def inside(x: float, y: float, width: float, height: float) -> str:
        points, top = 72 / 25.4, page.get_height()
        corners = (x * points, top - (y + height) * points, (x + width) * points, top - y * points)
        return " ".join(text.get_text_bounded(*corners).split())

    assert inside(60, 24, 120, 25) == "Çağlayan Şahin Çiftliği 77 Işık Road Milton ON L9T 2X5 Canada"
    assert inside(20, 110, 120, 40) == " ".join(["Organic brown flaxseed"] * 3)
    assert inside(140, 110, 40, 40) == " ".join(["12000 kg"] * 3)
    assert [(tick.x_mm, tick.y_mm, tick.size_mm) for tick in document.pages[0].ticks] == [(60, 87, 4)]


def test_goods_that_do_not_fit_their_place_are_told(
    import_form: Callable[..., Form], lay_out_form: Callable[..., Layout]
) -> None:
    form = import_form(BLANKS / "flat.pdf", BOXES, USED, 'overflow = "refuse"')
    layout = lay_out_form(form, replace(CONSIGNMENT, products=(GOODS,) * 12))
    assert [finding.code for finding in layout.findings] == ["CG613"]


def test_a_text_that_does_not_fit_its_place_is_told(
    import_form: Callable[..., Form], lay_out_form: Callable[..., Layout]
) -> None:
    boxes = BOXES[: BOXES.index('[[box]]\nnumber = "2"')].replace("[1, 1, 118, 23]", "[1, 1, 12, 4]")
    layout = lay_out_form(import_form(BLANKS / "flat.pdf", boxes, USED, 'overflow = "refuse"'))
    assert [finding.code for finding in layout.findings] == ["CG611"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "page = 1\nat = [60, 87, 4, 4]",
            "page = 2\nat = [60, 87, 4, 4]",
            "page 2 is not in the official blank",
        ),
        ("at = [60, 87, 4, 4]", "at = [208, 87, 4, 4]", "is off the page of 210 x 297 mm"),
        (
            "  [[box.tick]]",
            '  [[box.fill]]\n  at = [0, 0, 1, 1]\n  name = "x"\n  [[box.tick]]',
            "the blank's own fields",
        ),
        (
            "  [[box.text]]",
            '  [[box.official]]\n  field = "a"\n  text = "x"\n  [[box.text]]',
            "has no field 'a'",
        ),
    ],
)
def test_boxes_that_the_blank_cannot_hold_are_refused(
    old: str,
    new: str,
    reason: str,
    import_form: Callable[..., Form],
    fill: Callable[..., tuple[bytes, Document]],
) -> None:
    assert old in BOXES
    with pytest.raises(FormError, match=reason):
        fill(import_form(BLANKS / "flat.pdf", BOXES.replace(old, new, 1), USED))
