"""The papers to Japan: each value in its box, three hundred lines and all; stocks that follow each other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from expected_japan import export_request, seal_report
from independent import Expected, Word, missing_values, words_by_pdfplumber, words_by_pdftotext
from papers import press, print_paper

from certgen.consignment import Consignment, ControlBody, Packages, consignment_from_plain
from certgen.forms import find_forms_root, load_form, load_vocabulary
from certgen.forms.declared import with_own_fields
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.page.layout.certificate import lay_out
from certgen.page.layout.plan import plan_form
from certgen.rules.cases import load_base
from certgen.workbook import read_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
READERS = [words_by_pdfplumber, pytest.param(words_by_pdftotext, marks=pytest.mark.system)]
EXPECTED: dict[str, Expected] = {"jas-seal-report": seal_report, "japan-export-request": export_request}
SAMPLE_OF = {form_id: SAMPLES / form_id / "shipments.xlsx" for form_id in EXPECTED}


def form_of(form_id: str) -> Form:
    return load_form(find_forms_root() / form_id)


def consignments_of(form: Form) -> dict[str, Consignment]:
    vocabulary = load_vocabulary([form_of(form_id) for form_id in EXPECTED])
    read = read_workbook(SAMPLE_OF[form.id], vocabulary, {}).consignments
    return {item.name: with_own_fields(item, form) for item in read}


@pytest.mark.parametrize("find_words", READERS)
@pytest.mark.parametrize("form_id", EXPECTED)
def test_every_value_of_the_sample_stands_in_its_box(
    certgen, desk: Path, form_id: str, find_words: Callable[[Path], list[Word]]
) -> None:
    form, workbook = form_of(form_id), SAMPLE_OF[form_id]
    run = certgen("fill", workbook, "--profile", workbook.parent / "certgen.toml", "--json")
    consignments = consignments_of(form)
    made = [item for item in run.record["certificates"] if item["form"] == form_id]
    assert {item["consignment"] for item in made} == set(consignments)
    for certificate in made:
        words = find_words(desk / certificate["path"])
        assert missing_values(words, form, consignments[certificate["consignment"]], EXPECTED[form_id]) == []


def long_consignment(form: Form, count: int) -> Consignment:
    """The consignment that every rule lets pass, with this many products and rows in its sheets."""
    base = consignment_from_plain(load_base(form.folder / "cases" / "base.toml"))
    whole = Paper(form, form.editions[-1], base, Issue()).consignment
    products = tuple(
        replace(
            whole.products[place % len(whole.products)],
            trade_name=f"Organic goods of grade {place + 1}",
            packages=Packages(20 + place, "bags"),
            lots=(f"LOT-26-{place:04}",),
        )
        for place in range(count)
    )
    tables = {
        name: tuple(_numbered(rows[place % len(rows)], place) for place in range(count))
        for name, rows in whole.tables.items()
    }
    return replace(whole, products=products, tables=tables)


def _numbered(row: Any, place: int) -> dict[str, Any]:
    """A row told from the others by its line and lot, and by the names of stock and contract."""
    own = {"line": place + 1, "lot": f"LOT-26-{place:04}"} if row.get("line") else {}
    named = {name: f"{row[name]} {place + 1}" for name in ("stock", "contract") if row.get(name)}
    return {**row, **own, **named}


@pytest.mark.parametrize("form_id", EXPECTED)
def test_three_hundred_lines_are_all_on_paper(tmp_path: Path, form_id: str) -> None:
    form = form_of(form_id)
    consignment = long_consignment(form, 300)
    issue = Issue(issuer=ControlBody("Salt Range Farms LLC"), issue_date=date(2026, 10, 26))
    path = print_paper(Paper(form, form.editions[-1], consignment, issue), tmp_path)
    assert missing_values(words_by_pdfplumber(path), form, consignment, EXPECTED[form_id]) == []


def test_what_is_carried_is_what_stands_above_it(tmp_path: Path) -> None:
    form = form_of("jas-seal-report")
    edition = form.editions[-1]
    paper = Paper(form, edition, long_consignment(form, 120), Issue())
    document = lay_out(plan_form(form, edition), paper).document
    pages = [table.rows for page in document.pages for table in page.tables if table.box == "7"]
    assert len(pages) > 2
    attached = [[int(row.texts[6]) for row in rows if row.texts and row.texts[6].isdigit()] for rows in pages]
    assert attached[0][-1] == sum(attached[0][:-1])
    for before, after in pairwise(attached):
        assert before[-1] == after[0]
        assert after[-1] == sum(after[:-1])


@pytest.fixture
def seals(desk: Path) -> Path:
    """The sample of the seal report with the exporter's profile, on the desk."""
    shutil.copy(SAMPLE_OF["jas-seal-report"].parent / "certgen.toml", desk)
    return Path(shutil.copy(SAMPLE_OF["jas-seal-report"], desk))


def made_by(run) -> dict[str, tuple[str, str, str]]:
    made = run.record["certificates"]
    return {item["consignment"]: (item["status"], item["serial"], item["reason"]) for item in made}


def test_reports_are_numbered_in_the_exporters_own_series(certgen, seals: Path) -> None:
    assert made_by(certgen("fill", seals, "--json")) == {
        "SRF-26-087": ("issued", "JASR.2026.0001", ""),
        "SRF-26-093": ("issued", "JASR.2026.0002", ""),
        "SRF-26-095": ("issued", "JASR.2026.0003", ""),
    }


def test_a_stock_opens_with_what_the_report_before_it_left(certgen, seals: Path, edit) -> None:
    edit(seals, {"Seals!G4": 1087, "Seals!L4": 481})
    status, _, reason = made_by(certgen("fill", seals, "--json"))["SRF-26-093"]
    assert (status, reason) == ("refused", "JASR-02 opening-not-the-last-closing")


def test_the_sums_of_the_year_are_compared_with_the_reports_of_the_register(
    certgen, seals: Path, edit
) -> None:
    certgen("fill", seals)
    edit(seals, {"Shipments!A3": "SRF-26-099", "Products!A4": "SRF-26-099", "Seals!A4": "SRF-26-099"})
    edit(seals, {"Seal contracts!A3": "SRF-26-099", "Seals!G4": 480, "Seals!H4": 3606, "Seals!L4": 480})
    edit(seals, {"Seal contracts!N3": 12200, "Seal contracts!O3": 30})
    edit(seals, {"Attached seals!A6": "SRF-26-099"})
    run = certgen("check", seals, "--json")
    told = {(item["code"], item["cell"]): item["message"] for item in run.record["findings"]}
    assert ("JASR-11", "N3") not in told
    assert "add up to 29." in told["JASR-11-SPOILED", "O3"]


def test_the_number_of_the_export_certificate_comes_late(certgen, seals: Path, edit) -> None:
    certgen("fill", seals)
    edit(seals, {"Shipments!O2": "TM-26-004417"})
    run = certgen("fill", seals, "--json")
    assert made_by(run)["SRF-26-087"][1] == "JASR.2026.0001"
    path = next(item["path"] for item in run.record["certificates"] if item["consignment"] == "SRF-26-087")
    assert "TM-26-004417" in {word.text for word in words_by_pdfplumber(seals.parent / path)}


def test_a_report_that_must_change_is_made_void_and_anew(certgen, seals: Path, edit) -> None:
    """It takes no successor, and so none is proposed."""
    certgen("fill", seals)
    for number in ("TM-26-004417", "TM-26-004418"):
        edit(seals, {"Shipments!O2": number})
        run = certgen("fill", seals, "--json")
    status, _, reason = made_by(run)["SRF-26-087"]
    assert status == "refused"
    assert reason.endswith(
        "If it must change: certgen register void JASR.2026.0001 --why ..., and fill again"
    )


@pytest.fixture
def requests(desk: Path) -> Path:
    """The sample of the request with the exporter's profile, on the desk."""
    shutil.copy(SAMPLE_OF["japan-export-request"].parent / "certgen.toml", desk)
    return Path(shutil.copy(SAMPLE_OF["japan-export-request"], desk))


def test_request_and_seal_report_of_a_sealed_shipment_are_made_together(certgen, requests: Path) -> None:
    run = certgen("fill", requests, "--json")
    made = [item for item in run.record["certificates"] if item["consignment"] == "SRF-26-087"]
    assert [(item["form"], item["status"], item["serial"]) for item in made] == [
        ("japan-export-request", "made", ""),
        ("jas-seal-report", "issued", "JASR.2026.0001"),
    ]


def test_a_sealed_shipment_is_not_requested_without_its_report(certgen, requests: Path, edit) -> None:
    edit(requests, {"Shipments!B2": "japan-export-request"})
    status, _, reason = made_by(certgen("fill", requests, "--json"))["SRF-26-087"]
    assert (status, reason) == ("refused", "JP-REQ-0601 seal-report-missing")


def test_what_taiwan_must_match_is_compared_letter_for_letter(certgen, requests: Path, edit, cell_of) -> None:
    place = cell_of(requests, "Products", "Trade name", 5)
    edit(requests, {place: "Organic dried Bing Cherries"})
    status, _, reason = made_by(certgen("fill", requests, "--json"))["SRF-26-101"]
    assert (status, reason) == ("refused", "JP-REQ-0703 product-not-as-applied")


STATEMENTS = {
    "SRF-26-087": "Certified in compliance with the terms of the US-Japan Organic Equivalence Arrangement.",
    "SRF-26-101": (
        "Certified in compliance with the terms of the AIT/TECRO-NOP/AFA Organic Equivalence Arrangement."
    ),
}


@pytest.mark.parametrize("reference", STATEMENTS)
def test_the_request_names_the_statement_of_its_arrangement(reference: str) -> None:
    form = form_of("japan-export-request")
    paper = Paper(form, form.editions[-1], consignments_of(form)[reference], Issue())
    printed = " ".join(run.text for page in press().proof(paper).document.pages for run in page.runs)
    assert STATEMENTS[reference] in printed
    assert not any(other in printed for other in STATEMENTS.values() if other != STATEMENTS[reference])


def test_a_request_says_so_on_every_page_and_has_no_number(tmp_path: Path) -> None:
    form = form_of("japan-export-request")
    path = print_paper(Paper(form, form.editions[-1], long_consignment(form, 60), Issue()), tmp_path)
    words = words_by_pdfplumber(path)
    pages = {word.page for word in words}
    assert len(pages) > 1
    assert {word.page for word in words if word.text == "REQUEST"} == pages
    assert "Serial" not in {word.text for word in words}
