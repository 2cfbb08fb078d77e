"""Papers that are divided, gathered, numbered by exporters or in a variant, and that know earlier ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.conftest import BODY, EXPORTER, SMALL

LARK = "Prairie Lark Organics Ltd."
SHIPMENTS = [["Shipment reference", "Exporter", "Gross weight (kg)"], ["N-1", LARK, 400]]
PRODUCTS = [
    ["Shipment reference", "Product", "CN code", "Net weight (kg)"],
    ["N-1", "Oats", "10049000", 100],
    ["N-1", "Rye", "10029000", 200],
    ["N-1", "Oats", "10049000", 50],
]


def test_a_paper_for_each_product_and_tariff_code(write, certgen, words, desk: Path) -> None:
    book = write({"Shipments": SHIPMENTS, "Products": PRODUCTS})
    run = certgen("fill", book, "--templates", SMALL, "--form", "small-part-request", "--json")
    assert run.exit_code == 0, run.out
    made = run.record["certificates"]
    assert [(each["part"], each["status"]) for each in made] == [
        ("Oats / 10049000", "made"),
        ("Rye / 10029000", "made"),
    ]
    assert [Path(each["path"]).name for each in made] == [
        "N-1 small-part-request Oats - 10049000.pdf",
        "N-1 small-part-request Rye - 10029000.pdf",
    ]
    oats = words(made[0]["path"])
    assert "150 kg" in oats
    assert "400" not in oats
    assert "REQUEST: GOES TO THE CERTIFIER" in oats
    assert "DRAFT" not in oats
    assert run.record["together"] == [
        {"consignment": "N-1", "exporter": LARK, "papers": [each["path"] for each in made]}
    ]


def test_one_bad_line_refuses_its_own_paper_alone_and_at_its_cell(write, certgen) -> None:
    bad = [*PRODUCTS[:2], ["N-1", "Rye", "10029000", None], ["N-1", "Spelt", "10019900", "heavy"]]
    book = write({"Shipments": SHIPMENTS, "Products": bad})
    run = certgen("check", book, "--templates", SMALL, "--form", "small-part-request", "--json")
    assert [each["status"] for each in run.record["certificates"]] == ["checked", "refused", "refused"]
    cells = {each["cell"] for each in run.record["findings"] if each["severity"] == "error"}
    assert cells == {"D3", "D4"}


def test_a_variant_is_numbered_and_says_why(write, certgen, house, words) -> None:
    house(BODY)
    book = write({"Shipments": SHIPMENTS, "Products": PRODUCTS})
    ask = ("fill", book, "--templates", SMALL, "--form", "small-part-request", "--variant", "contingency")
    refused = certgen(*ask)
    assert (refused.exit_code, "--why" in refused.err) == (2, True)
    run = certgen(*ask, "--why", "TRACES was down", "--issue-date", "2026-11-20", "--json")
    serials = [each["serial"] for each in run.record["certificates"]]
    assert serials == ["CONT.CA-ORG-016.2026.001", "CONT.CA-ORG-016.2026.002"]
    page = words(run.record["certificates"][1]["path"])
    assert all(said in page for said in ("PRODUCED DURING CONTINGENCY", "TRACES was down", "Rye / 10029000"))
    again = certgen(*ask, "--why", "TRACES was down", "--json").record["certificates"]
    assert [(each["status"], each["serial"]) for each in again] == [("unchanged", each) for each in serials]


def test_a_variant_that_no_paper_has_is_refused(write, certgen) -> None:
    book = write({"Shipments": SHIPMENTS, "Products": PRODUCTS})
    run = certgen(
        "fill", book, "--templates", SMALL, "--form", "small-part-request", "--variant", "continency"
    )
    assert run.exit_code == 2
    assert "small-part-request has: contingency" in run.err


TRADE = [
    [
        "Shipment reference",
        "Exporter",
        "Importer",
        "Departure date",
        "Gross weight (kg)",
        "Transaction certificate",
    ],
    ["S-1", LARK, "Loom & Co", date(2026, 1, 31), "120.5", "TC-1"],
    ["S-2", LARK, "Loom & Co", date(2026, 3, 1), 80, "TC-1"],
    ["S-3", LARK, "Weft GmbH", date(2026, 3, 1), 10, None],
]
GOODS = [
    ["Shipment reference", "Product", "CN code", "Net weight (kg)"],
    ["S-1", "Yarn", "52051200", 100],
    ["S-2", "Yarn", "52051200", 70],
    ["S-3", "Cloth", "52081190", 9],
]
BUYER = ("--templates", SMALL, "--form", "small-buyer-certificate", "--issue-date", "2026-05-01")


def test_several_shipments_stand_on_one_certificate(write, certgen, house, words) -> None:
    house(BODY)
    run = certgen("fill", write({"Shipments": TRADE, "Products": GOODS}), *BUYER, "--json")
    assert run.exit_code == 0, run.out
    made = run.record["certificates"]
    assert [(each["consignment"], each["serial"]) for each in made] == [
        ("TC-1", "BUY.CA-ORG-016.001"),
        ("S-3", "BUY.CA-ORG-016.002"),
    ]
    assert Path(made[0]["path"]).name == "TC-1 BUY.CA-ORG-016.001.pdf"
    page = words(made[0]["path"])
    assert "200.5 kg until 1 March 2026" in page
    assert "1: S-1 31 January 2026 2: S-2 1 March 2026" in page
    assert "S-1 Yarn 100 kg S-2 Yarn 70 kg" in page


MATERIALS = [
    ["Transaction certificate", "Raw material", "Origin of the material"],
    ["TC-1", "Organic cotton", "Türkiye"],
    ["tc-1", "Recycled polyester", "Japan"],
]


def test_a_sheet_that_belongs_to_the_certificate_stands_on_it_once(write, certgen, house, words) -> None:
    house(BODY)
    book = write({"Shipments": TRADE, "Products": GOODS, "Raw materials": MATERIALS})
    run = certgen("fill", book, *BUYER, "--json")
    assert run.exit_code == 0, run.out
    together, alone = (words(each["path"]) for each in run.record["certificates"])
    assert "1. Organic cotton Türkiye 2. Recycled polyester Japan" in together
    assert together.count("cotton") == 1
    assert "cotton" not in alone


def test_a_row_of_no_shipment_on_any_certificate_is_told_and_refuses_all(write, certgen) -> None:
    rows = [*MATERIALS, ["TC-9", "Organic linen", "France"]]
    book = write({"Shipments": TRADE, "Products": GOODS, "Raw materials": rows})
    run = certgen("check", book, *BUYER, "--json")
    [told] = [each for each in run.record["findings"] if each["severity"] == "error"]
    assert (told["code"], told["sheet"], told["cell"]) == ("CG180", "Raw materials", "A4")
    assert {each["status"] for each in run.record["certificates"]} == {"refused"}


def test_what_holds_for_all_shipments_may_be_said_by_one_of_them(write, certgen, house, words) -> None:
    house(BODY)
    rows = [
        [*row, said] for row, said in zip(TRADE, ["Licence of the seller", None, "L-7", None], strict=True)
    ]
    run = certgen("fill", write({"Shipments": rows, "Products": GOODS}), *BUYER, "--json")
    assert "Prairie Lark Organics Ltd. (L-7) to Loom" in words(run.record["certificates"][0]["path"])
    assert "(L-7)" not in words(run.record["certificates"][1]["path"])


def test_what_holds_for_all_shipments_may_not_be_said_in_two_ways(write, certgen) -> None:
    rows = [
        [*row, said] for row, said in zip(TRADE, ["Licence of the seller", "L-7", "L-8", None], strict=True)
    ]
    run = certgen("check", write({"Shipments": rows, "Products": GOODS}), *BUYER, "--json")
    [told] = [each for each in run.record["findings"] if each["severity"] == "error"]
    assert (told["code"], told["cell"]) == ("CG410", "G3")
    assert told["message"] == 'S-2 and S-1 are to be on one paper, and differ in "Licence of the seller".'


def test_the_blank_workbook_ties_such_a_sheet_by_the_certificate(certgen, desk: Path) -> None:
    import openpyxl  # noqa: PLC0415 - one test reads what was written

    run = certgen("new", "small-buyer-certificate", "--templates", SMALL, "-o", "new.xlsx")
    assert run.exit_code == 0, run.err
    book = openpyxl.load_workbook(desk / "new.xlsx")
    assert [cell.value for cell in book["Raw materials"][1]] == [
        "Transaction certificate *",
        "Raw material",
        "Origin of the material",
    ]
    checked = certgen("check", "new.xlsx", "--templates", SMALL, "--json")
    assert [each["code"] for each in checked.record["findings"]] == ["CG390"]


def test_a_shipment_more_is_another_certificate_and_refused_under_the_same_name(
    write, certgen, house
) -> None:
    house(BODY)
    certgen("fill", write({"Shipments": TRADE, "Products": GOODS}), *BUYER)
    more = [*TRADE[:3], [*TRADE[3][:2], "Loom & Co", *TRADE[3][3:5], "TC-1"]]
    run = certgen("fill", write({"Shipments": more, "Products": GOODS}), *BUYER, "--json")
    [result] = run.record["certificates"]
    assert (result["status"], run.exit_code) == ("refused", 7)


@pytest.mark.parametrize(
    ("changes", "code", "cell"),
    [
        ({(2, 2): "Other & Co"}, "CG410", "C3"),
        ({(3, 5): "TC-1", (3, 2): "Loom & Co"}, "", ""),
    ],
)
def test_shipments_that_disagree_are_told_at_their_cell(write, certgen, changes, code, cell) -> None:
    rows = [list(row) for row in TRADE]
    for (row, column), value in changes.items():
        rows[row][column] = value
    run = certgen("check", write({"Shipments": rows, "Products": GOODS}), *BUYER, "--json")
    found = [(each["code"], each["cell"]) for each in run.record["findings"] if each["severity"] == "error"]
    assert found == ([(code, cell)] if code else [])


def test_more_shipments_than_the_form_lets_are_told(write, certgen) -> None:
    rows = [TRADE[0], *([f"S-{n}", *TRADE[1][1:]] for n in range(4))]
    goods = [GOODS[0], *([f"S-{n}", *GOODS[1][1:]] for n in range(4))]
    run = certgen("check", write({"Shipments": rows, "Products": goods}), *BUYER, "--json")
    assert [each["code"] for each in run.record["findings"] if each["severity"] == "error"] == ["CG411"]


def _seals(*reports: tuple[str, int, int]) -> dict[str, Any]:
    """A workbook of reports: reference, opening stock, seals attached."""
    return {
        "Shipments": [
            ["Shipment reference", "Exporter", "Seal contract", "Contract signed on", "Way of sealing"],
            *([name, LARK, "C-7", date(2026, 1, 15), "consignment contract"] for name, *_ in reports),
        ],
        "Products": [
            ["Shipment reference", "Product", "CN code", "Sealed units", "Drained weight (kg)"],
            *([name, "Maple syrup", "17022010", used, "12.50"] for name, _, used in reports),
        ],
        "Seal stock": [
            [
                "Shipment reference",
                "Seal design",
                "Opening stock",
                "Seals used",
                "Closing stock",
                "Date attached",
                "Weight of sealed goods (kg)",
                "Seals printed in",
                "Printed on the packages",
                "Lots sealed",
            ],
            *(
                [
                    name,
                    "A",
                    opening,
                    used,
                    opening - used,
                    date(2026, 11, 2),
                    "240.0",
                    "Japan",
                    "no",
                    "L1; L2",
                ]
                for name, opening, used in reports
            ),
        ],
    }


SEALS = ("--templates", SMALL, "--form", "small-seal-report", "--issue-date", "2026-11-03")


def test_an_exporter_numbers_its_own_papers_from_a_sheet_of_their_own(write, certgen, house, words) -> None:
    house(EXPORTER)
    run = certgen("fill", write(_seals(("J-1", 100, 20))), *SEALS, "--json")
    assert run.exit_code == 0, run.out
    [made] = run.record["certificates"]
    assert (made["status"], made["serial"]) == ("issued", "SEAL.2026.0001")
    page = words(made["path"])
    assert "C-7 15 January 2026 contract" in page
    assert "A L1 L2 20 on 2 November 2026 240.0 kg Japan" in page
    assert [sheet["shape"] for sheet in run.record["sheets"]] == ["shipments", "products", "table"]


@pytest.mark.parametrize("profile", [BODY, EXPORTER.replace("Prairie Lark", "Other")])
def test_nobody_else_numbers_them(write, certgen, house, profile: str) -> None:
    house(profile)
    run = certgen("fill", write(_seals(("J-1", 100, 20))), *SEALS, "--json")
    assert [each["status"] for each in run.record["certificates"]] == ["draft"]


def test_the_opening_stock_is_the_last_closing_stock_of_the_run_and_of_the_register(
    write: Callable[..., Path], certgen: Any, house: Any
) -> None:
    house(EXPORTER)
    first = _seals(("J-1", 100, 20), ("J-2", 80, 30), ("J-3", 51, 1))
    run = certgen("fill", write(first), *SEALS, "--json")
    assert [each["status"] for each in run.record["certificates"]] == ["issued", "issued", "refused"]
    assert [(each["code"], each["cell"]) for each in run.record["findings"]] == [("SR03", "C4")]
    assert "The last report left 50" in run.record["findings"][0]["message"]
    later = certgen("fill", write(_seals(("J-4", 50, 5), ("J-5", 50, 5))), *SEALS, "--json")
    assert [each["status"] for each in later.record["certificates"]] == ["issued", "refused"]
    again = certgen("fill", write(first), *SEALS, "--json")
    assert [each["status"] for each in again.record["certificates"]] == ["unchanged", "unchanged", "refused"]


def test_a_number_that_is_none_is_told_at_its_cell(write, certgen) -> None:
    sheets = _seals(("J-1", 100, 20))
    sheets["Seal stock"][1][2] = "plenty"
    run = certgen("check", write(sheets), *SEALS, "--json")
    assert ("CG200", "Seal stock", "C2") in {
        (each["code"], each["sheet"], each["cell"]) for each in run.record["findings"]
    }


def test_one_workbook_for_several_forms_asks_for_every_field_once(certgen, desk: Path) -> None:
    import openpyxl  # noqa: PLC0415 - one test reads what was written

    run = certgen("new", "small-seal-report", "small-part-request", "--templates", SMALL, "-o", "new.xlsx")
    assert run.exit_code == 0, run.err
    book = openpyxl.load_workbook(desk / "new.xlsx")
    assert book.sheetnames[1:4] == ["Shipments", "Products", "Seals"]
    for sheet in book.sheetnames[1:4]:
        headers = [cell.value for cell in book[sheet][1] if cell.value]
        assert len(headers) == len(set(headers))
    assert "Seal contract *" in [cell.value for cell in book["Shipments"][1]]


def test_whoever_lacks_a_form_leaves_its_unfinished_certificates_to_who_has_it(
    write, certgen, house, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    house(BODY)
    book = write({"Shipments": TRADE, "Products": GOODS})
    with monkeypatch.context() as patch:
        patch.setattr("certgen.pipeline.numbering.write_files", stop)
        assert certgen("fill", book, *BUYER).exit_code == 130
    [register] = desk.parent.rglob("*.sqlite")
    with closing(sqlite3.connect(register, isolation_level=None)) as tool:
        tool.execute("UPDATE records SET lease_until = '2000-01-01T00:00:00.000000+00:00'")
    left = certgen("register", "audit", "--repair", "--json").record
    assert (left["exit_code"], left["finished"]) == (7, [])
    assert left["head"]["entry"] == 2, "nothing was taken over"
    assert {item["code"] for item in left["findings"]} == {"CG723"}
    assert "Where its form, small-buyer-certificate, is installed" in left["findings"][0]["fix"]
    assert certgen("fill", book, *BUYER, "--json").record["finished_earlier"]
    assert certgen("register", "audit").exit_code == 0
