"""What a blank itself shows: kept as it is, hidden where it is hidden, with nothing that acts."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from official_blanks import BLANKS, CONSIGNMENT
from pikepdf import Array, Dictionary, Name, Pdf, String

from certgen.consignment import Transport
from certgen.forms.model import Form, OfficialPart
from certgen.page.document import Document

Import = Callable[..., Form]
Fill = Callable[..., tuple[bytes, Document]]
TICK = """
[[box]]
number = "1"
title = "By vessel"
page = 1
at = [10, 10, 50, 10]
  [[box.official]]
  field = "tick1"
  when = "'vessel' in transport.modes"
"""


@pytest.fixture
def change(tmp_path: Path) -> Callable[..., Path]:
    """A maker's blank, changed."""

    def make(maker: str, alter: Callable[[Pdf], None]) -> Path:
        path = tmp_path / "changed.pdf"
        with pikepdf.open(BLANKS / f"{maker}.pdf") as pdf:
            alter(pdf)
            with warnings.catch_warnings(action="ignore"):  # pikepdf sees that the form is broken
                pdf.save(path)
        return path

    return make


def words(pdf: bytes) -> str:
    return " ".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().split())


def dark_pixels(pdf: bytes, frame: tuple[float, float, float, float]) -> int:
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("L")
    return sum(shade < 100 for shade in image.crop(tuple(2 * round(side) for side in frame)).tobytes())


def test_a_tick_that_the_blank_has_set_is_taken_out_where_it_does_not_hold(
    change: Callable[..., Path], import_form: Import, fill: Fill
) -> None:
    def tick(pdf: Pdf) -> None:
        (box,) = [item for item in pdf.pages[0].Annots if item.get("/T") == "tick1"]
        box.V = box.AS = Name.Yes

    form = import_form(change("reportlab", tick), TICK, '"transport"')
    by_road = replace(CONSIGNMENT, transport=Transport(modes=("road",)))
    left, top = 50.0, 841.89 - 568 - 14
    inside = (left + 3, top + 3, left + 11, top + 11)
    assert dark_pixels(fill(form, by_road)[0], inside) == 0
    assert dark_pixels(fill(form)[0], inside) > 5


def test_a_layer_that_is_off_stays_off(change: Callable[..., Path], import_form: Import, fill: Fill) -> None:
    def hide(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("void")))
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(L=layer)
        page.Contents = Array(
            [page.Contents, pdf.make_stream(b"/OC /L BDC 0 0 0 rg 300 20 200 100 re f EMC")]
        )
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))

    form = import_form(change("reportlab", hide))
    assert dark_pixels(fill(form)[0], (310, 741, 480, 810)) == 0


def test_a_value_that_the_blank_leaves_to_the_viewer_to_draw_is_drawn(
    change: Callable[..., Path], import_form: Import, fill: Fill
) -> None:
    def say(pdf: Pdf) -> None:
        pdf.Root.AcroForm.Fields[1].V = String("GB000")

    boxes = TICK.replace('field = "tick1"', 'field = "ausfuehrer"').replace(
        "when = \"'vessel' in transport.modes\"", 'text = "{{ reference }}"'
    )
    form = import_form(change("pypdf", say), boxes, '"reference"')
    assert "G B 0 0 0" in words(fill(form)[0]) or "GB000" in words(fill(form)[0])


def test_fields_that_stand_directly_on_the_page_are_read_too(
    change: Callable[..., Path], import_form: Import, fill: Fill
) -> None:
    def write_directly(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.Annots = Array([Dictionary(dict(item)) for item in page.Annots if "/Parent" not in item])
        pdf.Root.AcroForm.Fields = Array()

    form = import_form(change("reportlab", write_directly))
    parts = [part for box in form.boxes for part in box.parts if isinstance(part, OfficialPart)]
    assert {"exporter", "field2", "tick1"} <= {part.field for part in parts}
    assert "INV-26-311" in words(fill(form)[0])


def test_a_font_that_is_called_like_an_action_is_kept(import_form: Import, fill: Fill) -> None:
    """The blank names a font `/A`; its labels are printed all the same."""
    text = words(fill(import_form(BLANKS / "pikepdf.pdf"))[0])
    assert "Exporter" in text
    assert "Notes" in text


def test_what_hangs_on_a_picture_and_acts_is_left_behind(
    change: Callable[..., Path], import_form: Import, fill: Fill
) -> None:
    def hang(pdf: Pdf) -> None:
        picture = pdf.make_stream(b"0 0 5 5 re f")
        picture.Type, picture.Subtype, picture.BBox = Name.XObject, Name.Form, Array([0, 0, 5, 5])
        secret = pdf.make_stream(b"secret")
        secret.Type = Name.EmbeddedFile
        launch = Dictionary(Type=Name.Action, S=Name.Launch, F=String("calc.exe"))
        picture.AF = Dictionary(Type=Name.Filespec, EF=Dictionary(F=secret))
        picture.Metadata, picture.PieceInfo = secret, Dictionary(Private=secret)
        picture.AA, picture.Hidden, picture.File = Dictionary(O=launch), launch, secret
        pdf.pages[0].obj.Resources.XObject = Dictionary(AA=picture)

    with pikepdf.open(BytesIO(fill(import_form(change("reportlab", hang)))[0])) as pdf:
        kept = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/BBox") == Array([0, 0, 5, 5])
        ]
        assert len(kept) == 1
        assert not {"/AF", "/Metadata", "/PieceInfo", "/AA"} & set(kept[0].keys())
        assert kept[0].get("/File") is None
        assert kept[0].get("/Hidden") is None
        assert [
            item.get("/S") for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item
        ] == []
        assert list(pdf.attachments) == ["consignment.json"]


@pytest.mark.parametrize("hidden", ["app.alert", "calc.exe", "example.org"])
def test_nothing_a_stranger_hid_is_anywhere_in_the_file(
    hidden: str, import_form: Import, fill: Fill, tmp_path: Path
) -> None:
    path = tmp_path / "filled.pdf"
    path.write_bytes(fill(import_form(BLANKS / "pikepdf.pdf"))[0])
    with pikepdf.open(path) as pdf:
        pdf.save(
            path.with_name("plain.pdf"),
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )
    plain = path.with_name("plain.pdf").read_bytes()
    assert hidden.encode() not in plain
    assert hidden.encode() in (BLANKS / "pikepdf.pdf").read_bytes()
