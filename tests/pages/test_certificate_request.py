"""The request to the certifier: each value in its box, the papers asked for, what is still to come."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from expected_request import request_to_certifier
from independent import Word, missing_values, words_by_pdfplumber, words_by_pdftotext, words_inside
from papers import press, print_paper

from certgen.consignment import Consignment, Country, Packages, consignment_from_plain
from certgen.forms import find_forms_root, load_form, load_vocabulary
from certgen.forms.declared import with_own_fields
from certgen.forms.model import Form
from certgen.forms.paper import Issue, Paper
from certgen.rules.cases import load_base
from certgen.workbook import read_workbook

SAMPLE = Path(__file__).parents[2] / "samples" / "certificate-request" / "shipments.xlsx"
PROFILE = SAMPLE.parent / "certgen.toml"
READERS = [words_by_pdfplumber, pytest.param(words_by_pdftotext, marks=pytest.mark.system)]


@cache
def form() -> Form:
    return load_form(find_forms_root() / "certificate-request")


def base() -> Consignment:
    plain = consignment_from_plain(load_base(form().folder / "cases" / "base.toml"))
    return with_own_fields(plain, form())


def paper(consignment: Consignment) -> Paper:
    return Paper(form(), form().editions[-1], consignment, Issue())


@pytest.mark.parametrize("find_words", READERS)
def test_every_value_of_the_sample_stands_in_its_box(
    certgen, desk: Path, find_words: Callable[[Path], list[Word]]
) -> None:
    run = certgen("fill", SAMPLE, "--profile", PROFILE, "--json")
    read = read_workbook(SAMPLE, load_vocabulary([form()]), {}).consignments
    consignments = {item.name: with_own_fields(item, form()) for item in read}
    made = [item for item in run.record["certificates"] if item["form"] == "certificate-request"]
    assert {item["consignment"] for item in made} == set(consignments)
    for request in made:
        words = find_words(desk / request["path"])
        consignment = consignments[request["consignment"]]
        assert missing_values(words, form(), consignment, request_to_certifier) == []


def test_three_hundred_lines_and_documents_are_all_on_paper(tmp_path: Path) -> None:
    whole = base()
    products = tuple(
        replace(
            whole.products[place % 2],
            trade_name=f"Organic goods of grade {place + 1}",
            packages=Packages(20 + place, "bags"),
            lots=(f"LOT-26-{place:04}",),
        )
        for place in range(300)
    )
    documents = tuple(
        {**whole.tables["documents"][place % 3], "number": f"D-{place:04}", "enclosed": place % 7 != 0}
        for place in range(300)
    )
    long = replace(whole, products=products, tables={"documents": documents})
    words = words_by_pdfplumber(print_paper(paper(long), tmp_path))
    assert missing_values(words, form(), long, request_to_certifier) == []
    pages = {word.page for word in words}
    assert len(pages) > 5
    assert {word.page for word in words if word.text == "REQUEST"} == pages
    assert "Serial" not in {word.text for word in words}


def printed_in(consignment: Consignment, number: str, folder: Path) -> str:
    words = words_by_pdfplumber(print_paper(paper(consignment), folder))
    [box] = [box for box in form().boxes if box.number == number]
    return " ".join(word.text for word in words_inside(words, box))


PAPERS = {
    ("gb-coi",): "Certificate of inspection for Great Britain",
    ("japan-export-request", "jas-seal-report"): "Export certificate to Japan or Taiwan",
    (): "NAQS Import Certificate of Organic Processed Foods",
}


@pytest.mark.parametrize("forms", PAPERS)
def test_the_paper_asked_for_is_that_of_the_forms_else_of_the_destination(
    tmp_path: Path, forms: tuple[str, ...]
) -> None:
    asked = replace(
        base(), forms=(*forms, "certificate-request"), country_of_destination=Country("South Korea", "KR")
    )
    assert printed_in(asked, "1", tmp_path) == f"1.Paper asked for {PAPERS[forms]}"


def test_what_the_destination_asks_for_and_nobody_listed_is_printed_as_still_to_come(tmp_path: Path) -> None:
    nothing = replace(base(), tables={"documents": ()})
    still = printed_in(nothing, "9", tmp_path)
    assert still.endswith("Commercial invoice Packing list Transport document or booking")


def test_missing_documents_are_warnings_that_name_them(certgen, desk: Path) -> None:
    run = certgen("check", SAMPLE, "--profile", PROFILE, "--json")
    assert run.exit_code == 0
    told = {item["slug"]: item["message"] for item in run.record["findings"] if item["severity"] == "warning"}
    assert told["transport-document-missing"].startswith("Still to come: transport document or booking.")
    assert told["document-to-come"] == "Still to come: Transport document HLCUMTR261100418."


def test_a_mistake_in_the_documents_refuses_the_request_alone(certgen, desk: Path, edit, cell_of) -> None:
    workbook = Path(shutil.copy(SAMPLE, desk))
    edit(workbook, {cell_of(workbook, "Documents", "Enclosed", 4): "maybe"})
    run = certgen("fill", workbook, "--profile", PROFILE, "--json")
    made = {item["form"]: item["status"] for item in run.record["certificates"][:2]}
    assert made == {"gb-coi": "draft", "certificate-request": "refused"}
    assert [item["form"] for item in run.record["findings"] if item["severity"] == "error"] == [
        "certificate-request"
    ]


def test_the_base_is_laid_out_without_a_finding() -> None:
    assert press().proof(paper(base())).findings == ()
