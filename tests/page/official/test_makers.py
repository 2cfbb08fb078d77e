"""Fillable PDFs of many makers: imported, filled and read again by other people's libraries."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from official_blanks import BLANKS, Filled
from PIL import Image, ImageChops

from certgen.forms.model import Frame, OfficialPart
from certgen.page.official.blank import open_blank
from certgen.page.official.fields import read_fields

FIELDS = {
    "reportlab": {
        "exporter": "multiline", "field2": "text", "field3": "text", "description_1": "text",
        "net_weight_1": "text", "description_2": "text", "net_weight_2": "text", "description_3": "text",
        "net_weight_3": "text", "tick1": "tick", "means": "radio", "field9": "choice",
    },
    "pypdf": {"ausfuehrer": "multiline", "reference": "text", "eori": "comb", "goods": "choice"},
    "pdf_lib": {
        "seller.name": "text", "seller.address": "multiline", "doc.invoiceNumber": "text",
        "TradeName1": "text", "TradeName2": "text", "txtImporter": "multiline",
        "transport.vessel": "tick", "transport.road": "tick",
        "processing": "radio", "Country of destination": "choice",
    },
    "pdfkit": {
        "parties.exporter name": "text", "parties.consignee": "multiline", "goods.lot1": "text",
        "goods.cn code1": "text", "goods.origin": "choice", "means": "choice", "sealed": "tick",
    },
    "jspdf": {
        "buyer": "multiline", "ship_date": "text", "entry": "text", "lots": "text", "air": "tick",
        "processing": "radio",
    },
    "libreoffice": {
        "exporter": "multiline", "invoice": "text", "port": "text", "vessel": "tick", "origin": "choice",
        "lots1": "text",
    },
    "pymupdf": {
        "a1": "multiline", "a2": "text", "a3": "text", "vessel": "tick", "Country of origin": "choice",
    },
    "borb": {"exporter": "multiline", "invoice number": "text", "consignee": "text", "origin": "choice"},
    "weasyprint": {
        "exporter": "multiline", "importer": "multiline", "invoice": "text", "container": "text",
        "vessel": "tick", "origin": "choice",
    },
    "pikepdf": {
        "form1.page1.container1[0]": "text", "form1.page1.container2[0]": "text",
        "form1.page1.invoice_number[0]": "text", "form1.page1.exporter[0]": "multiline",
    },
    "by_hand": {"f(1)": "multiline", "séa1": "text", "loose": "tick"},
}  # fmt: skip
FIELDS |= dict.fromkeys(("qpdf_packed", "qpdf_locked"), FIELDS["reportlab"])
EXPORTER = "Çağlayan Şahin Çiftliği 77 Işık Road Milton ON L9T 2X5 Canada"
SCALE = 1.5
MARGIN_PX = 4


def test_there_are_more_than_ten_makers() -> None:
    assert len(FIELDS) >= 13
    assert {path.stem for path in BLANKS.glob("*.pdf")} == {*FIELDS, "flat"}


@pytest.mark.parametrize("maker", FIELDS)
def test_every_field_is_found_with_its_kind(maker: str) -> None:
    with open_blank(BLANKS / f"{maker}.pdf") as blank:
        found = {field.name: str(field.kind) for field in read_fields(blank)}
    assert found == FIELDS[maker]


@pytest.mark.parametrize("maker", FIELDS)
def test_the_folder_names_every_field(maker: str, filled: Callable[[str], Filled]) -> None:
    parts = [part for box in filled(maker).form.boxes for part in box.parts]
    assert {part.field for part in parts if isinstance(part, OfficialPart)} == set(FIELDS[maker])


@pytest.mark.parametrize("maker", FIELDS)
def test_pdfium_finds_every_value_in_its_field(maker: str, filled: Callable[[str], Filled]) -> None:
    made = filled(maker)
    assert made.document.asked
    pdf = pypdfium2.PdfDocument(made.pdf)
    for asked in made.document.asked:
        for number, frame in asked.places:
            page = pdf[number - 1]
            corners = _points(frame, page.get_height())
            text = page.get_textpage().get_text_bounded(*corners)
            assert "".join(text.split()) == "".join(asked.text.split()), (asked.box, asked.text)


@pytest.mark.parametrize("maker", FIELDS)
def test_pdfplumber_finds_every_value_in_its_field(maker: str, filled: Callable[[str], Filled]) -> None:
    made = filled(maker)
    with pdfplumber.open(BytesIO(made.pdf)) as pdf:
        for asked in made.document.asked:
            for number, frame in asked.places:
                page = pdf.pages[number - 1]
                left, bottom, right, top = _points(frame, float(page.height))
                inside = page.crop((left, page.height - top, right, page.height - bottom), strict=False)
                text = "".join(char["text"] for char in inside.chars)
                assert "".join(text.split()) == "".join(asked.text.split()), (asked.box, asked.text)


@pytest.mark.parametrize("maker", ["reportlab", "pymupdf", "borb", "pikepdf", "libreoffice", "weasyprint"])
def test_the_exporter_is_printed_whole_with_letters_the_blank_has_no_font_for(
    maker: str, filled: Callable[[str], Filled]
) -> None:
    asked = [" ".join(asked.text.split()) for asked in filled(maker).document.asked]
    assert EXPORTER in asked


@pytest.mark.parametrize("maker", FIELDS)
def test_outside_its_fields_the_page_looks_as_before(maker: str, filled: Callable[[str], Filled]) -> None:
    made = filled(maker)
    with open_blank(made.blank) as blank:
        places = [widget for field in read_fields(blank) for widget in field.widgets]
    before, after = _open(made.blank), _open(made.pdf)
    assert len(before) == len(after)
    for number in range(len(before)):
        images = [_render(pdf[number]) for pdf in (before, after)]
        assert images[0].size == images[1].size
        for place in places:
            if place.page == number + 1:
                for image in images:
                    _cover(image, place.frame)
        assert _differing_pixels(*images) <= 2


@pytest.mark.parametrize("maker", FIELDS)
def test_inside_its_fields_something_new_is_seen(maker: str, filled: Callable[[str], Filled]) -> None:
    made = filled(maker)
    before, after = _open(made.blank), _open(made.pdf)
    for number in {place[0] - 1 for asked in made.document.asked for place in asked.places}:
        assert _differing_pixels(_render(before[number]), _render(after[number])) > 100


@pytest.mark.parametrize("maker", FIELDS)
def test_nothing_that_acts_or_can_still_be_filled_is_left(
    maker: str, filled: Callable[[str], Filled]
) -> None:
    with pikepdf.open(BytesIO(filled(maker).pdf)) as pdf:
        assert list(pdf.attachments) == ["consignment.json"]
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                keys = set(item.keys())
                assert not keys & {
                    "/JS",
                    "/AA",
                    "/OpenAction",
                    "/AcroForm",
                    "/Annots",
                    "/XFA",
                    "/Launch",
                    "/URI",
                }
                assert item.get("/Subtype") != "/Widget"


@pytest.mark.parametrize("maker", FIELDS)
def test_twice_filled_is_twice_the_same(
    maker: str, filled: Callable[[str], Filled], fill: Callable[..., tuple[bytes, object]]
) -> None:
    made = filled(maker)
    assert fill(made.form)[0] == made.pdf


def _points(frame: Frame, height: float) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in points, a hair wider than the frame."""
    left, top = frame.x_mm * 72 / 25.4, height - frame.y_mm * 72 / 25.4
    right, bottom = left + frame.width_mm * 72 / 25.4, top - frame.height_mm * 72 / 25.4
    return left - 0.5, bottom - 0.5, right + 0.5, top + 0.5


def _open(source: Path | bytes) -> pypdfium2.PdfDocument:
    """Opened so that fields are drawn, as a viewer draws them."""
    pdf = pypdfium2.PdfDocument(source)
    pdf.init_forms()
    return pdf


def _render(page: pypdfium2.PdfPage) -> Image.Image:
    return page.render(scale=SCALE).to_pil().convert("L")


def _cover(image: Image.Image, frame: Frame) -> None:
    pixels = SCALE * 72 / 25.4
    left, top = int(frame.x_mm * pixels) - MARGIN_PX, int(frame.y_mm * pixels) - MARGIN_PX
    right = int((frame.x_mm + frame.width_mm) * pixels) + MARGIN_PX
    bottom = int((frame.y_mm + frame.height_mm) * pixels) + MARGIN_PX
    image.paste(128, (max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height)))


def _differing_pixels(one: Image.Image, other: Image.Image) -> int:
    histogram = ImageChops.difference(one, other).histogram()
    return sum(histogram[64:])
