"""The other papers, transaction certificates among them: each value in its box, and what each says it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from expected_papers import eu_certificate, eu_extract, eu_operator, food_transaction, of_batch, uk_export
from independent import Expected, Word, missing_values, words_by_pdfplumber, words_by_pdftotext
from papers import press, print_paper

from certgen.consignment import Consignment, consignment_from_plain
from certgen.forms import find_forms_root, load_form, load_vocabulary
from certgen.forms.declared import with_own_fields
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.rules.cases import load_base
from certgen.workbook import read_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
READERS = [words_by_pdfplumber, pytest.param(words_by_pdftotext, marks=pytest.mark.system)]
EXPECTED: dict[str, Expected] = {
    "eu-coi": eu_certificate,
    "eu-coi-extract": eu_extract,
    "eu-operator-certificate": eu_operator,
    "transaction-certificate": food_transaction,
    "uk-canada-export": uk_export,
}
SAMPLE_OF = {
    "eu-coi": SAMPLES / "eu-coi" / "shipment.xlsx",
    "eu-coi-extract": SAMPLES / "eu-coi" / "shipment.xlsx",
    "eu-operator-certificate": SAMPLES / "eu-operator-certificate" / "certificates.xlsx",
    "transaction-certificate": SAMPLES / "transaction-certificate" / "shipments.xlsx",
    "uk-canada-export": SAMPLES / "uk-canada-export" / "shipment.xlsx",
}
TRACES_DOWN = ("--variant", "contingency", "--why", "TRACES down since 2 September 2026, 06:10")


def form_of(form_id: str) -> Form:
    return load_form(find_forms_root() / form_id)


def consignments_of(workbook: Path) -> dict[str, Consignment]:
    forms = [form_of(form_id) for form_id in EXPECTED if SAMPLE_OF[form_id] == workbook]
    return {item.name: item for item in read_workbook(workbook, load_vocabulary(forms), {}).consignments}


def asked_of(consignment: Consignment, form: Form, certificate: dict[str, Any]) -> Consignment:
    """What this paper must show: for an extract, the rows of its batch."""
    consignment, part = with_own_fields(consignment, form), certificate["part"]
    return replace(consignment, tables=of_batch(consignment, part)) if part else consignment


@pytest.mark.parametrize("find_words", READERS)
@pytest.mark.parametrize("form_id", EXPECTED)
def test_every_value_of_the_sample_stands_in_its_box(
    certgen, desk: Path, form_id: str, find_words: Callable[[Path], list[Word]]
) -> None:
    workbook, form = SAMPLE_OF[form_id], form_of(form_id)
    run = certgen("fill", workbook, "--profile", workbook.parent / "certgen.toml", "--json")
    consignments = consignments_of(workbook)
    made = [item for item in run.record["certificates"] if item["form"] == form_id]
    assert {item["status"] for item in made} == {"made" if form.legal_status != "document" else "issued"}
    for certificate in made:
        consignment = asked_of(consignments[certificate["consignment"]], form, certificate)
        words = find_words(desk / certificate["path"])
        assert missing_values(words, form, consignment, EXPECTED[form_id]) == []


def long_consignment(form: Form, count: int) -> Consignment:
    """The consignment that every rule lets pass, with this many lines in each of its lists."""
    base = consignment_from_plain(load_base(form.folder / "cases" / "base.toml"))
    whole = Paper(form, form.editions[-1], base, Issue()).consignment
    products = tuple(
        replace(
            whole.products[place % len(whole.products)],
            trade_name=f"Organic goods of grade {place + 1}",
            lots=(f"LOT-26-{place:04}",),
        )
        for place in range(count)
    )
    tables = {
        name: tuple(_numbered(rows[place % len(rows)], place) for place in range(count))
        for name, rows in whole.tables.items()
        if rows
    }
    return replace(whole, products=products, tables=tables)


def _numbered(row: Any, place: int) -> dict[str, Any]:
    """A row told from the others by whatever it has: its line, its name."""
    own = {"line": place + 1} if "line" in row else {}
    named = {"name": f"{row['name']} {place + 1}"} if "name" in row else {}
    return {**row, "lots": (), **own, **named} if own else {**row, **named}


@pytest.mark.parametrize("form_id", EXPECTED)
def test_three_hundred_lines_are_all_on_paper(tmp_path: Path, form_id: str) -> None:
    form = form_of(form_id)
    consignment = long_consignment(form, 300)
    issue = Issue(issuer=consignment.issuing_body, issue_date=date(2026, 7, 1))
    path = print_paper(Paper(form, form.editions[-1], consignment, issue), tmp_path)
    assert missing_values(words_by_pdfplumber(path), form, consignment, EXPECTED[form_id]) == []


def pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


@pytest.mark.parametrize("form_id", [name for name in EXPECTED if name != "transaction-certificate"])
def test_a_worksheet_says_so_on_every_page_and_has_no_number(tmp_path: Path, form_id: str) -> None:
    form = form_of(form_id)
    paper = Paper(form, form.editions[-1], long_consignment(form, 40), Issue())
    pages = pages_of(print_paper(paper, tmp_path))
    assert all("WORKSHEET" in page and "Serial number" not in page for page in pages)


def test_a_transaction_certificate_says_on_every_page_that_it_is_voluntary(tmp_path: Path) -> None:
    form = form_of("transaction-certificate")
    issue = Issue(serial="TC.CA-ORG-016.2026.00001")
    paper = Paper(form, form.editions[-1], long_consignment(form, 40), issue)
    pages = pages_of(print_paper(paper, tmp_path))
    assert len(pages) > 1
    for page in pages:
        assert "Voluntary certificate of the control body: no inspection, export or import" in page
        assert "TC.CA-ORG-016.2026.00001" in page
        assert "Arrangement" not in page


@pytest.mark.parametrize(
    ("origin", "destination", "reason", "named"),
    [
        ("Canada", "Germany", "TC0801", "certificate of inspection (COI)"),
        ("Canada", "Great Britain", "TC0801", "GB COI"),
        ("United States", "Switzerland", "TC0801", "TRACES"),
        ("United States", "Japan", "TC0801", "TM-11"),
        ("United States", "Taiwan", "TC0801", "TM-11"),
        ("Canada", "South Korea", "TC0801", "NAQS"),
        ("Canada", "Mexico", "TC0801", "O-SQ-F03"),
        ("United States", "Mexico", "TC0801", "LPO Control Document"),
        ("United States", "Canada", "TC0802", "the organic certificate itself"),
    ],
)
def test_a_transaction_certificate_gives_way_to_the_prescribed_paper(
    certgen, desk: Path, origin: str, destination: str, reason: str, named: str
) -> None:
    book = openpyxl.load_workbook(SAMPLE_OF["transaction-certificate"])
    set_column(book["Shipments"], "Country of export", origin)
    set_column(book["Shipments"], "Country of destination", destination)
    book.save(desk / "elsewhere.xlsx")
    run = certgen("check", "elsewhere.xlsx", "--json")
    assert {item["status"] for item in run.record["certificates"]} == {"refused"}
    told = [item["message"] for item in run.record["findings"] if item["code"] == reason]
    assert len(told) == 3
    assert all(named in message for message in told)


def test_a_contingency_paper_says_so_on_every_page_and_is_numbered(certgen, desk: Path) -> None:
    run = fill_during_contingency(certgen)
    assert [item["serial"] for item in run.record["certificates"]] == [
        f"COI-CONTINGENCY.CA-ORG-016.2026.0000{number}" for number in (1, 2, 3)
    ]
    for certificate in run.record["certificates"]:
        for page in pages_of(desk / certificate["path"]):
            assert "produced during contingency" in page
            assert certificate["serial"] in page
            assert "WORKSHEET" not in page


def test_a_contingency_paper_needs_its_reason(certgen, desk: Path) -> None:
    run = fill_during_contingency(certgen, TRACES_DOWN[:2])
    assert run.exit_code == 2
    assert "--why" in run.err


def test_the_register_tells_why_a_contingency_paper_was_made(certgen, desk: Path) -> None:
    serial = fill_during_contingency(certgen).record["certificates"][0]["serial"]
    told = certgen("register", "show", serial, "--json").record["record"]
    assert (told["variant"], told["reason"]) == ("contingency", TRACES_DOWN[3])


def fill_during_contingency(certgen, asked: tuple[str, ...] = TRACES_DOWN):
    workbook = SAMPLE_OF["eu-coi"]
    profile = workbook.parent / "certgen.toml"
    return certgen("fill", workbook, "--form", "eu-coi", *asked, "--profile", profile, "--json")


def test_wine_and_seed_bear_the_letters_of_the_union() -> None:
    form = form_of("eu-coi")
    wine_and_seed = consignments_of(SAMPLE_OF["eu-coi"])["OKA-2026-07"]
    layout = press().proof(Paper(form, form.editions[-1], wine_and_seed, Issue()))
    printed = [run.text for page in layout.document.pages for run in page.runs]
    assert [product.category for product in wine_and_seed.products] == ["D", "F"]
    assert [text for text in printed if text in {"A", "B", "C", "D", "E", "F", "G"}] == ["F", "A"]


@pytest.fixture
def in_january(tmp_path: Path) -> Path:
    """The sample with its goods leaving in the year after the recognition ends."""
    book = openpyxl.load_workbook(SAMPLE_OF["eu-coi"])
    set_column(book["Shipments"], "Departure date", date(2027, 1, 4))
    set_column(book["Shipments"], "Estimated arrival date", None)
    book.save(tmp_path / "january.xlsx")
    return tmp_path / "january.xlsx"


def set_column(sheet: Any, header: str, value: Any) -> None:
    place = [cell.value for cell in sheet[1]].index(header) + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, place).value = value


def test_one_line_in_the_profile_prolongs_the_recognition(certgen, desk: Path, in_january: Path) -> None:
    plain = (SAMPLES / "eu-coi" / "certgen.toml").read_text("utf-8")
    (desk / "as-it-is.toml").write_text(plain, "utf-8")
    (desk / "prolonged.toml").write_text(
        plain + '\n[form."eu-coi".settings]\nequivalence_until = 2036-12-31\n', "utf-8"
    )
    refused = certgen("check", in_january, "--form", "eu-coi", "--profile", "as-it-is.toml", "--json")
    assert {item["reason"] for item in refused.record["certificates"]} == {"EU0204 equivalence-ended"}
    passed = certgen("check", in_january, "--form", "eu-coi", "--profile", "prolonged.toml", "--json")
    assert {item["status"] for item in passed.record["certificates"]} == {"checked"}


def test_batches_that_take_too_much_together_are_refused_each(certgen, desk: Path) -> None:
    book = openpyxl.load_workbook(SAMPLE_OF["eu-coi-extract"])
    set_column(book["Batches"], "Product line", 1)
    book.save(desk / "too-much.xlsx")
    profile = SAMPLES / "eu-coi" / "certgen.toml"
    run = certgen("check", "too-much.xlsx", "--profile", profile, "--json")
    extracts = [item for item in run.record["certificates"] if item["form"] == "eu-coi-extract"]
    assert [(item["part"], item["status"]) for item in extracts] == [("1", "refused"), ("2", "refused")]
    told = [item["message"] for item in run.record["findings"] if item["code"] == "EX1104"]
    assert "The batches take 35000 kg of line 1" in told[0]


def test_a_misspelt_setting_stops_the_run_with_the_right_word(certgen, desk: Path) -> None:
    plain = (SAMPLES / "eu-coi" / "certgen.toml").read_text("utf-8")
    (desk / "misspelt.toml").write_text(
        plain + '\n[form."eu-coi".settings]\nequivalence_untill = 2036-12-31\n', "utf-8"
    )
    run = certgen("check", SAMPLE_OF["eu-coi"], "--profile", "misspelt.toml")
    assert run.exit_code == 2
    assert "misspelt.toml" in run.err
    assert "equivalence_until'" in run.err


@pytest.mark.parametrize("command", ["check", "route"])
def test_a_day_in_quotes_is_told_with_the_profile_and_how_to_write_it(
    certgen, desk: Path, command: str
) -> None:
    plain = (SAMPLES / "eu-coi" / "certgen.toml").read_text("utf-8")
    (desk / "quoted.toml").write_text(
        plain + '\n[form."eu-coi".settings]\nequivalence_until = "2036-12-31"\n', "utf-8"
    )
    run = certgen(command, SAMPLE_OF["eu-coi"], "--profile", "quoted.toml")
    assert run.exit_code == 2
    assert "quoted.toml" in run.err
    assert "write it as equivalence_until = 2026-12-31" in run.err
