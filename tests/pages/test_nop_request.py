"""The request for a NOP import certificate: each value in its box, one for each product, never a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from expected_nop import nop_request, of_product
from independent import Word, missing_values, words_by_pdfplumber, words_by_pdftotext
from papers import print_paper

from certgen.consignment import Consignment, Packages, consignment_from_plain
from certgen.forms import find_forms_root, load_form, load_vocabulary
from certgen.forms.declared import with_own_fields
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.rules.cases import load_base
from certgen.workbook import read_workbook

WORKBOOK = Path(__file__).parents[2] / "samples" / "nop-import-request" / "shipments.xlsx"
READERS = [words_by_pdfplumber, pytest.param(words_by_pdftotext, marks=pytest.mark.system)]


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form(find_forms_root() / "nop-import-request")


@pytest.fixture
def made(certgen, desk: Path) -> list[dict[str, str]]:
    """What comes out of the sample."""
    run = certgen("fill", WORKBOOK, "--profile", WORKBOOK.parent / "certgen.toml", "--json")
    return list(run.record["certificates"])


def test_each_product_and_tariff_code_makes_a_request(made: list[dict[str, str]]) -> None:
    assert [(item["consignment"], item["part"], item["status"]) for item in made] == [
        ("VA-2026-044", "0811905210 / Organic mango chunks, frozen", "made"),
        ("VA-2026-044", "0811902025 / Organic blueberries, cultivated, frozen", "made"),
        ("VA-2026-044", "1801000010 / Organic cocoa beans, raw", "made"),
        ("NFG-US-26Q4", "1104120010 / Organic rolled oats", "made"),
    ]


@pytest.mark.parametrize("find_words", READERS)
def test_every_value_of_the_sample_stands_in_its_box(
    form: Form, made: list[dict[str, str]], desk: Path, find_words: Callable[[Path], list[Word]]
) -> None:
    read = read_workbook(WORKBOOK, load_vocabulary([form]), {}).consignments
    consignments = {item.name: with_own_fields(item, form) for item in read}
    for certificate in made:
        asked = of_product(consignments[certificate["consignment"]], certificate["part"])
        assert asked.products
        assert missing_values(find_words(desk / certificate["path"]), form, asked, nop_request) == []


def of_many_lots(form: Form, count: int) -> Consignment:
    """The consignment that every rule lets pass, with its one product in this many lots."""
    base = consignment_from_plain(load_base(form.folder / "cases" / "base.toml"))
    whole = Paper(form, form.editions[-1], base, Issue()).consignment
    lots = (
        replace(whole.products[0], packages=Packages(20 + place, "cartons"), lots=(f"LOT-26-{place:04}",))
        for place in range(count)
    )
    return replace(whole, products=tuple(lots))


def test_three_hundred_lots_are_all_on_paper_and_each_page_says_that_it_is_a_request(
    form: Form, tmp_path: Path
) -> None:
    consignment = of_many_lots(form, 300)
    issue = Issue(issue_date=date(2026, 9, 14))
    path = print_paper(Paper(form, form.editions[-1], consignment, issue), tmp_path)
    assert missing_values(words_by_pdfplumber(path), form, consignment, nop_request) == []
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    assert len(pages) > 1
    assert all("REQUEST to the certifier" in page and "Serial number" not in page for page in pages)


@pytest.mark.parametrize(
    ("sheet", "header", "value", "code"),
    [
        ("Shipments", "NOP ID of the importer", None, "CG420"),
        ("Shipments", "NOP ID of the importer", "910000882", "NI0401"),
        ("Shipments", "Departure date", date(2026, 9, 13), "NI1001"),
        ("Products", "NOP import certificate", "012-9100004417-000031 DRAFT", "NI1501"),
    ],
)
def test_a_mistake_in_the_sample_refuses_its_requests(
    certgen, desk: Path, sheet: str, header: str, value: object, code: str
) -> None:
    book = openpyxl.load_workbook(WORKBOOK)
    column = [cell.value for cell in book[sheet][1]].index(header) + 1
    book[sheet].cell(2, column).value = value
    book.save(desk / "mistaken.xlsx")
    run = certgen("check", "mistaken.xlsx", "--json")
    assert run.record["certificates"][0]["status"] == "refused"
    assert code in {item["code"] for item in run.record["findings"] if item["severity"] == "error"}
    assert run.record["certificates"][-1]["status"] == "checked"
