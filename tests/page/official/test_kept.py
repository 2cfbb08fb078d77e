"""Blanks whose fields stay fields: the right values in them, and looks that every viewer shows alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from official_blanks import BLANKS, CONSIGNMENT, GOODS
from PIL import Image, ImageChops

from certgen.consignment import Country, Party
from certgen.errors import PageError
from certgen.forms.model import Form
from certgen.page import read_back
from certgen.page.document import Document
from certgen.page.official.blank import open_blank
from certgen.page.official.fields import read_fields
from certgen.page.official.kept import KeptField, check_kept
from certgen.page.printing.merge import merge_pdfs

Import = Callable[..., Form]
Fill = Callable[..., tuple[bytes, Document]]
KEEP = 'overflow = "continue"\nkeep_fields = true'
CLEARLY_OTHER = 64
MAKERS = sorted(path.stem for path in BLANKS.glob("*.pdf") if path.stem != "flat")


def box(number: int, field: str, says: str) -> str:
    return (
        f'[[box]]\nnumber = "{number}"\ntitle = "Box {number}"\npage = 1\nat = [10, 10, 50, 10]\n'
        f'  [[box.official]]\n  field = "{field}"\n  {says}\n'
    )


def values_in(pdf: bytes) -> dict[str, object]:
    """The value of each field by its full name, as pikepdf reads them."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return dict(_values(opened.Root.AcroForm.Fields, ""))


def _values(fields: object, above: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for field in fields:
        name = f"{above}{field.T}"
        if "/FT" in field:
            value = field.get("/V")
            found.append((name, list(map(str, value)) if isinstance(value, pikepdf.Array) else str(value)))
        else:
            found += _values(field.Kids, f"{name}.")
    return found


@pytest.mark.parametrize("maker", MAKERS)
def test_every_field_is_there_with_what_was_asked_for(maker: str, import_form: Import, fill: Fill) -> None:
    form = import_form(BLANKS / f"{maker}.pdf", official=KEEP)
    pdf, document = fill(form)
    with open_blank(BLANKS / f"{maker}.pdf") as blank:
        fields = read_fields(blank)
    found = values_in(pdf)
    assert set(found) == {field.name for field in fields}
    by_place = {(place, frame): asked.text for asked in document.asked for place, frame in asked.places}
    for field in fields:
        first = field.widgets[0]
        text = by_place.get((first.page, first.frame))
        if text is not None and not field.choices:
            assert found[field.name] == text
    assert set(by_place.values()) <= {*map(str, found.values()), ""} | {
        choice.words for field in fields for choice in field.choices
    }


@pytest.mark.parametrize("maker", MAKERS)
def test_it_looks_like_the_flattened_one(maker: str, import_form: Import, fill: Fill) -> None:
    kept = _render(fill(import_form(BLANKS / f"{maker}.pdf", official=KEEP))[0])
    flat = _render(fill(import_form(BLANKS / f"{maker}.pdf"))[0])
    for one, other in zip(kept, flat, strict=True):
        assert sum(ImageChops.difference(one, other).histogram()[CLEARLY_OTHER:]) == 0


def test_ticks_choices_and_several_places_hold_what_the_blank_calls_them(
    import_form: Import, fill: Fill
) -> None:
    found = values_in(fill(import_form(BLANKS / "reportlab.pdf", official=KEEP))[0])
    assert (found["tick1"], found["means"], found["field9"]) == ("/Yes", "/Vessel", "Canada")
    boxes = box(1, "reference", 'text = "{{ reference }}"') + box(2, "eori", 'text = "{{ importer.eori }}"')
    form = import_form(BLANKS / "pypdf.pdf", boxes, '"reference", "importer"', KEEP)
    pdf, _ = fill(form)
    with pikepdf.open(BytesIO(pdf)) as opened:
        by_name = {str(field.T): field for field in opened.Root.AcroForm.Fields}
        assert str(by_name["reference"].V) == "NFG-2026-014"
        assert len(by_name["reference"].Kids) == 3
        assert all(kid.Parent.objgen == by_name["reference"].objgen for kid in by_name["reference"].Kids)
        assert (by_name["eori"].MaxLen, bool(by_name["eori"].Ff & 1 << 24)) == (17, True)
        assert "/V" not in by_name["ausfuehrer"]


def test_letters_that_the_blank_has_no_font_for_are_embedded(import_form: Import, fill: Fill) -> None:
    exporter = Party("Çağlayan Şahin 株式会社やまなみ")
    boxes = box(1, "exporter", 'text = "{{ exporter.name }}"')
    form = import_form(BLANKS / "reportlab.pdf", boxes, '"exporter"', KEEP)
    pdf, _ = fill(form, replace(CONSIGNMENT, exporter=exporter))
    assert values_in(pdf)["exporter"] == exporter.name
    with pikepdf.open(BytesIO(pdf)) as opened:
        (field,) = [field for field in opened.Root.AcroForm.Fields if str(field.T) == "exporter"]
        fonts = [*field.AP.N.Resources.Font.values(), *opened.Root.AcroForm.DR.Font.values()]
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_what_the_blank_says_in_a_field_left_alone_stays_in_it(import_form: Import, fill: Fill) -> None:
    boxes = box(1, "exporter", 'text = "{{ reference }}"')
    pdf, _ = fill(import_form(BLANKS / "reportlab.pdf", boxes, '"reference"', KEEP))
    assert values_in(pdf)["field9"] == "Peru"


def test_a_choice_holds_its_value_and_shows_its_words(import_form: Import, fill: Fill) -> None:
    boxes = box(1, "goods", 'text = "{{ reference }}"').replace("page = 1", "page = 2")
    form = import_form(BLANKS / "pypdf.pdf", boxes, '"reference"', KEEP)
    with open_blank(BLANKS / "pypdf.pdf") as blank:
        (field,) = [field for field in read_fields(blank) if field.name == "goods"]
    choice = next(choice for choice in field.choices if choice.value != choice.words)
    pdf, document = fill(form, replace(CONSIGNMENT, reference=choice.value))
    assert document.asked[0].text == choice.words
    assert values_in(pdf)["goods"] == choice.value


def test_a_text_that_went_to_a_sheet_names_it_in_its_field(import_form: Import, fill: Fill) -> None:
    lots = "{{ products | each('trade_name') | join }}"
    boxes = box(1, "description_1", f'text = "{lots}"')
    form = import_form(BLANKS / "reportlab.pdf", boxes, '"products"', KEEP)
    pdf, _ = fill(form, replace(CONSIGNMENT, products=(GOODS,) * 30))
    assert values_in(pdf)["description_1"] == "see sheet 2 (page 2)"


def test_a_value_that_is_not_what_was_asked_never_leaves(import_form: Import, fill: Fill) -> None:
    form = import_form(BLANKS / "reportlab.pdf", official=KEEP)
    pdf, document = fill(form)
    with open_blank(BLANKS / "reportlab.pdf") as blank:
        kept = [
            KeptField(field, field.name, frozenset(map(str, range(1, 20)))) for field in read_fields(blank)
        ]
    check_kept(pdf, kept, document)
    with pytest.raises(PageError, match="The field 'field2' holds"):
        check_kept(pdf.replace(b"/V(INV-26-311)", b"/V(INV-26-312)"), kept, document)
    others = replace(CONSIGNMENT, invoice_number="INV-26-312", country_of_destination=Country("Peru"))
    with pytest.raises(PageError, match="INV-26-312"):
        read_back(pdf, fill(form, others)[1])


def test_a_merged_file_prints_what_stands_in_fields(import_form: Import, fill: Fill, tmp_path: Path) -> None:
    form = import_form(BLANKS / "reportlab.pdf", official=KEEP)
    sources = []
    for number in (1, 2):
        sources.append(tmp_path / f"{number}.pdf")
        sources[-1].write_bytes(fill(form, replace(CONSIGNMENT, invoice_number=f"INV-{number}"))[0])
    merged = merge_pdfs(sources)
    assert merge_pdfs(sources) == merged
    pages = list(pypdfium2.PdfDocument(merged))
    for number, page in enumerate(pages, 1):
        text = page.get_textpage().get_text_bounded()
        assert f"INV-{number}" in text
        assert "Çağlayan Şahin Çiftliği" in text
    shown = pages[0].render(scale=1).to_pil().convert("L")
    (alone,) = _render(sources[0].read_bytes())
    assert sum(ImageChops.difference(shown, alone).histogram()[CLEARLY_OTHER:]) == 0
    with pikepdf.open(BytesIO(merged)) as opened:
        assert not any("/Annots" in page for page in opened.pages)


def _render(pdf: bytes) -> list[Image.Image]:
    opened = pypdfium2.PdfDocument(pdf)
    opened.init_forms()
    return [page.render(scale=1).to_pil().convert("L") for page in opened]
