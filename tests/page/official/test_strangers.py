"""PDFs that must not become forms, or mean harm: refused with the reason, in time, without a traceback."""

from __future__ import annotations

import random
import time
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from official_blanks import BLANKS
from pikepdf import Array, Dictionary, Name, Pdf, String

from certgen.errors import CertgenError, FormError, UnreadableInputError
from certgen.forms.vocabulary import Vocabulary
from certgen.page.official.folder import import_blank
from certgen.page.official.importing import read_official

LONGEST_S = 20
READ_ALL = pikepdf.Permissions(
    modify_form=False, modify_annotation=False, modify_other=False, modify_assembly=False
)


def pdf_with(change: Callable[[Pdf], None], maker: str = "reportlab") -> bytes:
    with pikepdf.open(BLANKS / f"{maker}.pdf") as pdf:
        change(pdf)
        out = BytesIO()
        with warnings.catch_warnings(action="ignore"):  # pikepdf sees that the form is broken
            pdf.save(out)
    return out.getvalue()


def refusal_of(source: Path, vocabulary: Vocabulary, target: Path) -> CertgenError | None:
    try:
        import_blank(source, "my-form", vocabulary, target)
    except CertgenError as refused:
        return refused
    return None


def locked(**settings: object) -> bytes:
    out = BytesIO()
    with pikepdf.open(BLANKS / "reportlab.pdf") as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", **settings))
    return out.getvalue()


def make_xfa_only(pdf: Pdf) -> None:
    pdf.Root.AcroForm.Fields = Array()
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")


def make_dynamic(pdf: Pdf) -> None:
    pdf.Root.NeedsRendering = True


def certify(pdf: Pdf) -> None:
    signature = Dictionary(Reference=Array([Dictionary(TransformParams=Dictionary(P=1))]))
    pdf.Root.Perms = Dictionary(DocMDP=pdf.make_indirect(signature))


def add_pages(pdf: Pdf) -> None:
    for _ in range(30):
        pdf.add_blank_page()


def make_huge(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 200000, 200000])


def make_endless_rect(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, String("a"), 842])


def inflate(pdf: Pdf) -> None:
    packed = zlib.compress(b"q Q " * 25_000_000, 9)
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode)


def nest(pdf: Pdf) -> None:
    inner = Array()
    for _ in range(400):
        inner = Array([inner])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(X=inner)


def crowd(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    for number in range(4100):
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(f"f{number}"), Rect=Array([0, 0, 9, 9])
        )
        page.Annots.append(pdf.make_indirect(widget))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "not a PDF": (lambda: b"PK\x03\x04 workbook", "is not a PDF"),
    "an empty file": (lambda: b"", "is not a PDF"),
    "a PDF of nothing": (lambda: b"%PDF-1.7\n", "broken"),
    "objects without end": (lambda: b"%PDF-1.4\n" + b"1 0 obj\n<<>>\nendobj\n" * 50_000, "broken"),
    "lists in lists": (
        lambda: (
            b"%PDF-1.4\n1 0 obj\n" + b"[" * 500_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
        ),
        "broken",
    ),
    "a password": (lambda: locked(user="secret"), "locked with a password"),
    "forbids filling": (lambda: locked(user="", allow=READ_ALL), "forbids filling"),
    "forbids filling, old": (
        lambda: locked(user="", allow=READ_ALL, R=4, aes=False, metadata=False),
        "forbids filling",
    ),
    "XFA alone": (lambda: pdf_with(make_xfa_only), "is an XFA form"),
    "XFA that is drawn when opened": (lambda: pdf_with(make_dynamic), "is an XFA form"),
    "certified": (lambda: pdf_with(certify), "allows no change"),
    "thirty pages": (lambda: pdf_with(add_pages), "has 31 pages"),
    "a huge page": (lambda: pdf_with(make_huge), "which no paper is"),
    "a page without sides": (lambda: pdf_with(make_endless_rect), "which no paper is"),
    "a bomb": (lambda: pdf_with(inflate), "broken|draws more than"),
    "thousands of fields": (lambda: pdf_with(crowd), "more than 4000 fields"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_it_is_refused_with_the_reason(fault: str, vocabulary: Vocabulary, tmp_path: Path) -> None:
    make, reason = REFUSED[fault]
    source = tmp_path / "official.pdf"
    source.write_bytes(make())
    start = time.monotonic()
    with pytest.raises(FormError, match=reason) as refused:
        import_blank(source, "my-form", vocabulary, tmp_path / "my-form")
    assert str(source) in str(refused.value)
    assert refused.value.exit_code == 5
    assert time.monotonic() - start < LONGEST_S
    assert [path.name for path in tmp_path.iterdir()] == ["official.pdf"]


def test_a_missing_file_cannot_be_read(vocabulary: Vocabulary, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"nowhere\.pdf: cannot be read"):
        read_official(tmp_path / "nowhere.pdf", vocabulary)


def test_a_large_file_is_not_even_read(vocabulary: Vocabulary, tmp_path: Path) -> None:
    source = tmp_path / "large.pdf"
    with source.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(FormError, match="larger than 20 MB"):
        read_official(source, vocabulary)


def loop_fields(pdf: Pdf) -> None:
    field = pdf.Root.AcroForm.Fields[0]
    twin = pdf.Root.AcroForm.Fields[1]
    field.Kids, twin.Kids = Array([field, twin, field]), Array([twin, field, twin])
    field.Parent, twin.Parent = field, twin


def loop_pages(pdf: Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def loop_resources(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Resources = pdf.make_indirect(page.Resources)
    page.Resources.XObject = Dictionary(Self=page.Resources, Page=page, Root=pdf.Root)


def multiply(pdf: Pdf) -> None:
    """Twelve drawings, each drawing the next ten times."""
    inner = None
    for _ in range(12):
        drawing = pdf.make_stream(b"BT (x) Tj ET " + (b"/N Do " * 10 if inner is not None else b""))
        drawing.Type, drawing.Subtype, drawing.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        drawing.Resources = Dictionary(XObject=Dictionary(N=inner)) if inner is not None else Dictionary()
        inner = drawing
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(N=inner)
    page.Contents = Array([page.Contents, pdf.make_stream(b"/N Do")])


def label_without_end(pdf: Pdf) -> None:
    """Thousands of words beside hundreds of fields."""
    page = pdf.pages[0].obj
    words = b"".join(b"BT /F1 8 Tf 1 0 0 1 %d 500 Tm (Exporter) Tj ET " % (at % 300) for at in range(2000))
    page.Contents = Array([page.Contents, pdf.make_stream(words)])
    for number in range(800):
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, F=4, T=String(f"f{number}"),
            Rect=Array([310 + number % 200, 495, 315 + number % 200, 510]),
        )  # fmt: skip
        page.Annots.append(pdf.make_indirect(widget))


def draw_at_length(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = Array([page.Contents, pdf.make_stream(b"1 0 0 1 0 0 cm " * 2_000_000)])


@pytest.mark.parametrize(
    "loop",
    [loop_fields, loop_pages, loop_resources, nest, multiply, draw_at_length, label_without_end],
)
def test_loops_and_depths_end(loop: Callable[[Pdf], None], vocabulary: Vocabulary, tmp_path: Path) -> None:
    source = tmp_path / "official.pdf"
    source.write_bytes(pdf_with(loop))
    start = time.monotonic()
    refused = refusal_of(source, vocabulary, tmp_path / "my-form")
    assert refused is None or (str(source) in str(refused) and refused.exit_code == 5)
    assert time.monotonic() - start < LONGEST_S


@pytest.mark.parametrize("maker", ["by_hand", "pypdf", "qpdf_packed", "qpdf_locked", "pikepdf", "jspdf"])
def test_a_damaged_file_is_read_or_refused(maker: str, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """Bytes changed, cut out, doubled: never another error than certgen's own."""
    chance = random.Random(maker)
    whole = (BLANKS / f"{maker}.pdf").read_bytes()
    source = tmp_path / "damaged.pdf"
    for turn in range(12):
        source.write_bytes(_damaged(whole, chance))
        refused = refusal_of(source, vocabulary, tmp_path / f"my-form-{turn}")
        assert refused is None or refused.exit_code == 5, str(refused)


def _damaged(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(data)), chance.randint(1, 200)
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case _:
                digits = [
                    place for place in range(at, min(at + length, len(data))) if 48 <= data[place] <= 57
                ]
                for place in digits[:3]:
                    data[place] = 48 + chance.randrange(10)
    return bytes(data) or b"%PDF-"
