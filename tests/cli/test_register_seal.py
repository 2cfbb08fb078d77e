"""`certgen register seal`: the file that another program sealed, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, NumberObject

SERIAL = "COI.CA-ORG-016.2026.0000001"
Change = Callable[[PdfWriter], None]


@pytest.fixture
def issued(certgen, sample: Path) -> Path:
    assert certgen("fill", sample).exit_code == 0
    return Path("certificates") / f"{SERIAL}.pdf"


@pytest.fixture
def seal(certgen, issued: Path) -> Callable[[bytes], Any]:
    def run(content: bytes) -> Any:
        Path("sealed.pdf").write_bytes(content)
        return certgen("register", "seal", SERIAL, "sealed.pdf")

    return run


def sealed_as(pdf: bytes, *changes: Change) -> bytes:
    """The file with these changes added at its end, as programs that sign do."""
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    for change in changes:
        change(writer)
    target = BytesIO()
    writer.write(target)
    assert target.getvalue().startswith(pdf)
    return target.getvalue()


def signature(covered: int) -> Change:
    """A visible field of a signature that says it covers so many bytes."""

    def add(writer: PdfWriter) -> None:
        value = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Sig"),
                NameObject("/ByteRange"): ArrayObject(map(NumberObject, (0, covered, covered + 10, 10))),
                NameObject("/Contents"): ByteStringObject(b"\0" * 8),
            }
        )
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Sig"),
                NameObject("/Rect"): ArrayObject(map(NumberObject, (300, 60, 500, 110))),
                NameObject("/V"): writer._add_object(value),
            }
        )
        reference = writer._add_object(field)
        form: Any = writer.root_object["/AcroForm"]
        form["/Fields"].append(reference)
        note_on_first_page(writer, reference)

    return add


def note_on_first_page(writer: PdfWriter, reference: Any) -> None:
    page = writer.pages[0]
    notes = page.get("/Annots", ArrayObject())
    page[NameObject("/Annots")] = ArrayObject([*notes, reference])


def other_words(writer: PdfWriter) -> None:
    contents: Any = writer.pages[0]["/Contents"]
    stream = contents[-1].get_object()
    stream.set_data(stream.get_data().replace(b"Tj", b"Tj 1 0 0 1 9 9 cm", 1))


def other_page(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/MediaBox")] = ArrayObject(map(NumberObject, (0, 0, 300, 300)))


def filled_box(writer: PdfWriter) -> None:
    form: Any = writer.root_object["/AcroForm"]
    form["/Fields"][0].get_object()[NameObject("/V")] = NameObject("/Yes")


def sticker(writer: PdfWriter) -> None:
    stamp = DictionaryObject({NameObject("/Subtype"): NameObject("/Stamp")})
    note_on_first_page(writer, writer._add_object(stamp))


def other_form(writer: PdfWriter) -> None:
    form: Any = writer.root_object["/AcroForm"]
    form[NameObject("/XFA")] = ArrayObject()


def script(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject()


def test_a_sealed_certificate_is_genuine_beside_the_issued_one(certgen, issued: Path, seal) -> None:
    pdf = issued.read_bytes()
    run = seal(sealed_as(pdf, signature(len(pdf))))
    assert run.exit_code == 0, run.err
    assert "sealed: SHA-256" in run.out
    verified = certgen("verify", "sealed.pdf", issued, "--json").record["files"]
    assert [each["verdict"] for each in verified] == ["genuine", "genuine"]
    history = certgen("register", "show", SERIAL, "--json").record["history"]
    assert [line["act"] for line in history] == ["reserve", "issue", "seal"]
    assert history[-1]["sealed_sha256"] == verified[0]["sha256"]
    assert certgen("register", "seal", SERIAL, "sealed.pdf").exit_code == 0
    assert certgen("register", "audit").exit_code == 0


@pytest.mark.parametrize("change", [other_words, other_page, filled_box, sticker, other_form, script])
def test_a_seal_that_comes_with_another_change_is_refused(issued: Path, seal, change: Change) -> None:
    pdf = issued.read_bytes()
    run = seal(sealed_as(pdf, signature(len(pdf)), change))
    assert run.exit_code == 7
    assert f"is not {SERIAL} with a seal: it" in run.err
    assert "add its signature only" in run.err


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda pdf: pdf, "nothing was added to it"),
        (lambda pdf: pdf + b"% a word\n", "no signature that covers"),
        (lambda pdf: sealed_as(pdf, signature(len(pdf) - 1)), "no signature that covers"),
        (lambda pdf: sealed_as(pdf, signature(len(pdf)))[1:], "does not begin with"),
        (lambda pdf: pdf + b"\nstartxref\n99999999\n%%EOF\n", "cannot be read"),
    ],
)
def test_what_is_no_seal_is_refused_with_the_reason(issued: Path, seal, make, why: str) -> None:
    run = seal(make(issued.read_bytes()))
    assert run.exit_code == 7
    assert why in run.err


def test_a_second_seal_is_refused(issued: Path, seal) -> None:
    pdf = issued.read_bytes()
    assert seal(sealed_as(pdf, signature(len(pdf)))).exit_code == 0
    again = seal(sealed_as(pdf, signature(len(pdf) + 1)))
    assert again.exit_code == 7
    assert "has its seal already" in again.err


def test_a_void_certificate_is_not_sealed(certgen, issued: Path, seal) -> None:
    pdf = issued.read_bytes()
    certgen("register", "void", SERIAL, "--why", "cancelled")
    run = seal(sealed_as(pdf, signature(len(pdf))))
    assert run.exit_code == 7
    assert "is void, and only what is issued and in force is sealed" in run.err


def test_the_changes_are_ones_that_a_reader_can_see(issued: Path) -> None:
    """What is refused above is well made, so that it is refused for what it changes."""
    for change in (other_words, other_page, filled_box, sticker, other_form, script):
        assert len(PdfReader(BytesIO(sealed_as(issued.read_bytes(), change)), strict=True).pages) == 2
