"""The transaction certificate for textiles: shipments together on one paper, each value in its box."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from expected_textile import product_numbers, textile_certificate
from independent import Word, missing_values, words_by_pdfplumber, words_by_pdftotext

from certgen.consignment import Consignment
from certgen.forms import find_forms_root, load_form, load_vocabulary
from certgen.forms.declared import with_own_fields
from certgen.forms.model import Form, TickPart
from certgen.forms.paper import Issue, Paper
from certgen.workbook import read_workbook

FORM = "te-transaction-certificate"
WORKBOOK = Path(__file__).parents[2] / "samples" / FORM / "shipments.xlsx"
PROFILE = WORKBOOK.parent / "certgen.toml"
READERS = [words_by_pdfplumber, pytest.param(words_by_pdftotext, marks=pytest.mark.system)]
Fill = Callable[..., Any]


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form(find_forms_root() / FORM)


@pytest.fixture
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(WORKBOOK)


@pytest.fixture
def run(certgen: Any, desk: Path) -> Fill:
    """Check or fill a changed sample as the house that issues it."""

    def go(command: str, changed: openpyxl.Workbook | Path, *asked: str) -> Any:
        if not isinstance(changed, Path):
            changed.save(desk / "changed.xlsx")
            changed = desk / "changed.xlsx"
        return certgen(command, changed, "--profile", PROFILE, *asked, "--json")

    return go


def column_of(sheet: Any, header: str) -> int:
    return [cell.value for cell in sheet[1]].index(header) + 1


def put(sheet: Any, row: int, header: str, value: object) -> None:
    sheet.cell(row, column_of(sheet, header)).value = value


def together(workbook: Path, form: Form, request: str) -> list[Consignment]:
    """The shipments of one certificate, as each of them was read."""
    read = read_workbook(workbook, load_vocabulary([form]), {}).consignments
    typed = [with_own_fields(item, form) for item in read]
    return [item for item in typed if item.extra["certificate_request"] == request]


def missing(words: list[Word], form: Form, shipments: list[Consignment]) -> list[str]:
    """Values of these shipments that are not where they belong."""
    return missing_values(words, form, shipments[0], lambda _: textile_certificate(shipments))


def errors(told: Any) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of everything that refuses a certificate."""
    findings = told.record["findings"]
    return [(item["code"], item["sheet"], item["cell"]) for item in findings if item["severity"] == "error"]


def pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_the_shipments_of_a_request_make_one_certificate(run: Fill) -> None:
    made = run("fill", WORKBOOK).record["certificates"]
    assert [(item["consignment"], item["status"], item["serial"]) for item in made] == [
        ("TCR-2026-031", "issued", "TE.IDF.2026.000001"),
        ("TCR-2026-034", "issued", "TE.IDF.2026.000002"),
    ]


@pytest.mark.parametrize("find_words", READERS)
def test_every_value_of_the_sample_stands_in_its_box(
    form: Form, run: Fill, desk: Path, find_words: Callable[[Path], list[Word]]
) -> None:
    for item in run("fill", WORKBOOK).record["certificates"]:
        shipments = together(WORKBOOK, form, item["consignment"])
        assert missing(find_words(desk / item["path"]), form, shipments) == []


def test_each_page_says_that_it_must_be_reported_and_bears_its_number(run: Fill, desk: Path) -> None:
    [first, _] = run("fill", WORKBOOK).record["certificates"]
    pages = pages_of(desk / first["path"])
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert "must also be reported to Textile Exchange (dTrackit)" in page
        assert f"Transaction Certificate Number {first['serial']}" in page
        assert f"Page {number} of 3" in page


def test_what_nobody_said_is_neither_yes_nor_no(form: Form) -> None:
    """The second certificate has no word on NOP; its seller says that work was outsourced."""
    read = read_workbook(WORKBOOK, load_vocabulary([form]), {}).consignments
    paper = Paper(form, form.editions[-1], read[-1], Issue())
    ticks = [part for box in form.boxes for part in box.parts if isinstance(part, TickPart) and part.when]
    answers = [(tick.label, bool(tick.when and tick.when.evaluate(paper.names()))) for tick in ticks]
    assert answers == [("Yes", False), ("No", False)] * 2 + [("Yes", True), ("No", False)]


def many(shipments: int, products: int) -> openpyxl.Workbook:
    """A request of many shipments, each with products of which every second is like the one before."""
    book = openpyxl.load_workbook(WORKBOOK)
    first = {name: [cell.value for cell in book[name][2]] for name in ("Shipments", "Products")}
    for sheet in book:
        sheet.delete_rows(3, sheet.max_row)
    for name in first:
        book[name].delete_rows(2)
    for place in range(shipments):
        row = list(first["Shipments"]) if place == 0 else first["Shipments"][:]
        book["Shipments"].append(row)
        put_shipment(book["Shipments"], place, products)
        for number in range(products):
            book["Products"].append(first["Products"])
            put_product(book["Products"], place, number, products)
    put(book["Raw materials"], 2, "Certified weight (kg)", shipments * products * 95.25)
    return book


def put_shipment(sheet: Any, place: int, products: int) -> None:
    values = {
        "Shipment reference": f"KL-26-{place:04}",
        "Invoice number": f"INV-{place:05}",
        "Departure date": date(2026, 8, 3) + timedelta(days=place % 92),
        "Transport document": f"COSU64{place:08}",
        "First consignee name": f"Armazém {place % 7 + 1} do Ave, S.A.",
        "Total gross weight (kg)": products * 105 + 0.5,
        "Issue date": date(2026, 11, 20),
        "Applied on": date(2026, 10, 12),
        "Gross weight of the certificate (kg)": None,
        "Net weight of the certificate (kg)": None,
        "Certified weight of the certificate (kg)": None,
    }
    for header, value in values.items():
        put(sheet, place + 2, header, value)


def put_product(sheet: Any, place: int, number: int, products: int) -> None:
    row = place * products + number + 2
    kind = place * products + number - number % 2
    values = {
        "Shipment reference": f"KL-26-{place:04}",
        "Article number": f"ART-{kind:05}",
        "Lot number": f"LOT-{kind:05}",
        "Net weight (kg)": 100.25,
        "Supplementary weight (kg)": 5,
        "Certified weight (kg)": 95.25,
    }
    for header, value in values.items():
        put(sheet, row, header, value)


@pytest.mark.parametrize("find_words", READERS)
def test_a_hundred_shipments_with_four_hundred_products_lose_nothing(
    form: Form, run: Fill, desk: Path, find_words: Callable[[Path], list[Word]]
) -> None:
    filled = run("fill", many(100, 4))
    [made] = filled.record["certificates"]
    assert (made["status"], errors(filled)) == ("issued", [])
    shipments = together(desk / "changed.xlsx", form, "TCR-2026-031")
    assert (len(shipments), sum(len(item.products) for item in shipments)) == (100, 400)
    words = find_words(desk / made["path"])
    assert missing(words, form, shipments) == []
    printed = [word.text for word in words if re.fullmatch(r"[0-9]+/[0-9]+", word.text)]
    assert printed == product_numbers(shipments)
    assert printed[-1] == "100/400"
    box_4, box_6 = (" ".join(column_words(words, form, number)) for number in ("4", "6"))
    assert "42050.0 kg" in box_4
    assert "38100.00 kg" in box_6


def column_words(words: list[Word], form: Form, number: str) -> list[str]:
    frame = next(box for box in form.boxes if box.number == number).frame
    left, right = (side * 72 / 25.4 for side in (frame.x_mm, frame.x_mm + frame.width_mm))
    top, bottom = (side * 72 / 25.4 for side in (frame.y_mm, frame.y_mm + frame.height_mm))
    return [
        word.text
        for word in words
        if word.page == 1 and left <= word.left <= right and top <= word.top <= bottom
    ]


def test_a_hundred_and_one_shipments_are_refused(run: Fill) -> None:
    checked = run("check", many(101, 1))
    assert [code for code, *_ in errors(checked)] == ["TE0901"]
    [told] = [item for item in checked.record["findings"] if item["code"] == "TE0901"]
    assert told["message"] == "101 shipments are to stand on one certificate, which may cover 100."


@pytest.mark.parametrize(
    ("sheet", "row", "header", "value", "code", "cell"),
    [
        ("Shipments", 5, "Departure date", date(2026, 11, 4), "TE0902", "F5"),
        ("Shipments", 2, "Total gross weight (kg)", 3599, "TE0907", "H2"),
        ("Shipments", 2, "Gross weight of the certificate (kg)", 9985.6, "TE0402", "AB2"),
        ("Shipments", 2, "Net weight of the certificate (kg)", 9412, "TE0501", "AC2"),
        ("Shipments", 2, "Certified weight of the certificate (kg)", 8302.5, "TE0601", "AD2"),
        ("Shipments", 3, "Scope certificate", "IDF-SC-104418", "CG410", "U3"),
        ("Shipments", 4, "Importer name", "Moda Brezza S.r.l.", "CG410", "M4"),
        ("Shipments", 3, "Certificate request", None, "CG420", "C3"),
        ("Shipments", 4, "First consignee name", None, "CG420", "P4"),
        ("Shipments", 3, "Shipment reference", "KL-26-0711", "TE0912", "A2"),
        ("Products", 3, "Certified weight (kg)", 1200.01, "TE1001", "H3"),
        ("Products", 5, "Standard", "ocs", "TE1006", "J5"),
        ("Products", 5, "Shipment reference", "KL-26-0999", "CG164", "A5"),
        ("Products", 5, "Shipment reference", "KL-26-0739", "TE0908", "A4"),
        ("Input references", 3, "Certificate request", "TCR-2026-039", "CG180", "A3"),
        ("Raw materials", 2, "Certified raw material", None, "CG420", "B2"),
    ],
)
def test_a_mistake_in_the_sample_is_told_at_its_cell(
    run: Fill, book: openpyxl.Workbook, sheet: str, row: int, header: str, value: object, code: str, cell: str
) -> None:
    put(book[sheet], row, header, value)
    checked = run("check", book)
    assert checked.record["certificates"][0]["status"] == "refused"
    where = "Shipments" if code.startswith("TE09") else sheet
    assert (code, where, cell) in errors(checked)


def test_three_months_to_the_day_are_one_certificate(run: Fill, book: openpyxl.Workbook) -> None:
    put(book["Shipments"], 5, "Departure date", date(2026, 11, 3))
    assert errors(run("check", book)) == []


def test_what_holds_for_the_certificate_may_stand_with_any_of_its_shipments(
    run: Fill, book, desk: Path
) -> None:
    put(book["Shipments"], 2, "Outsourced to a subcontractor", None)
    put(book["Shipments"], 4, "Outsourced to a subcontractor", "no")
    [first, _] = run("fill", book).record["certificates"]
    assert first["status"] == "issued"


def test_a_blank_workbook_can_be_filled_in_and_gives_a_certificate(run: Fill, certgen, desk: Path) -> None:
    certgen("new", FORM, "-o", "new.xlsx")
    blank, sample = openpyxl.load_workbook(desk / "new.xlsx"), openpyxl.load_workbook(WORKBOOK)
    for sheet in sample:
        fill_in(blank[sheet.title], sheet)
    filled = run("fill", blank)
    assert [item["status"] for item in filled.record["certificates"]] == ["issued", "issued"]
    assert errors(filled) == []


def fill_in(blank: Any, source: Any) -> None:
    """Write what the source says under the headers of the blank sheet; weights with their unit."""
    headers = [str(cell.value).removesuffix(" *") for cell in blank[1]]
    for row in range(2, source.max_row + 1):
        for column in range(1, len(headers) + 1):
            blank.cell(row, column).value = None
        for cell in source[row]:
            header = source.cell(1, cell.column).value
            bare = header.removesuffix(" (kg)")
            names = {"Standard": "Organic standard"}
            value = f"{cell.value} kg" if bare != header and cell.value is not None else cell.value
            blank.cell(row, headers.index(names.get(bare, bare)) + 1).value = value


def test_a_seller_gets_a_draft_without_a_number(certgen, desk: Path) -> None:
    shutil.copy(WORKBOOK, desk / "ours.xlsx")
    made = certgen("fill", "ours.xlsx", "--json").record["certificates"]
    assert [(item["status"], item["serial"]) for item in made] == [("draft", ""), ("draft", "")]


def test_a_certificate_is_corrected_within_what_the_form_lets_change(
    run: Fill, certgen, book, desk: Path
) -> None:
    serial = run("fill", WORKBOOK).record["certificates"][0]["serial"]
    ask = ("--why", "lot misread", "--profile", PROFILE)
    put(book["Products"], 2, "Lot number", "D-2607-115")
    book.save(desk / "right.xlsx")
    put(book["Products"], 2, "Label grade", "OCS Blended")
    book.save(desk / "wrong.xlsx")
    assert certgen("register", "replace", serial, "wrong.xlsx", *ask, "--confirm").exit_code == 7
    assert certgen("register", "replace", serial, "right.xlsx", *ask).exit_code == 7
    done = certgen("register", "replace", serial, "right.xlsx", *ask, "--confirm")
    assert done.exit_code == 0, done.err
