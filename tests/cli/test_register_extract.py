"""`certgen register extract`: batches of a split consignment, and what remains of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import database_tool
import openpyxl
import pytest

from certgen.errors import OutputError
from certgen.register import default_url

SAMPLES = Path(__file__).parents[2] / "samples" / "eu-coi"
ORIGINAL = "COI.CA.2026.0004711"
EXTRACT_CODES = {"CG446", "CG447", "CG448", "CG449"}
GB_SERIAL = "COI.CA-ORG-016.2026.0000001"


@pytest.fixture
def split(certgen, desk: Path, edit):
    """Extract these batches of the sample, given as `(batch, product line, kg)`."""
    shutil.copy(SAMPLES / "certgen.toml", desk)

    def run(
        *batches: tuple[str, int, int],
        words: tuple[str, ...] = ("--json",),
        changes: dict[str, str] | None = None,
    ):
        book = openpyxl.load_workbook(SAMPLES / "shipment.xlsx")
        sheet = book["Batches"]
        first = [cell.value for cell in sheet[2]]
        header = [cell.value for cell in sheet[1]]
        sheet.delete_rows(2, sheet.max_row)
        for batch, line, mass in batches:
            row = dict(zip(header, first, strict=True))
            row |= {"Batch number": batch, "Product line": line, "Net weight of the batch (kg)": mass}
            sheet.append(list(row.values()))
        book.save(desk / "shipment.xlsx")
        edit(desk / "shipment.xlsx", changes or {})
        return certgen("register", "extract", ORIGINAL, "shipment.xlsx", *words)

    return run


def remaining(run) -> dict[int, str]:
    return {each["line"]: each["amount"] for each in run.record["remaining"]}


def test_each_batch_gets_its_extract_and_the_rest_is_kept(split, desk: Path) -> None:
    run = split(("1", 1, 12000), ("1", 2, 8000), ("2", 1, 1000))
    assert run.exit_code == 0, run.err + run.out
    made = run.record["certificates"]
    assert [certificate["status"] for certificate in made] == ["made", "made"]
    assert all((desk / certificate["path"]).is_file() for certificate in made)
    assert (remaining(run)[1], remaining(run)[2]) == ("9000", "10000")
    assert "line 1: 9000 kg remain" in split(("1", 1, 12000), ("1", 2, 8000), ("2", 1, 1000), words=()).out


@pytest.mark.parametrize("header", ["CN code", "Trade name"])
def test_a_later_workbook_with_other_goods_on_a_line_makes_no_extract(split, header: str, cell_of) -> None:
    split(("1", 1, 12000))
    book = SAMPLES / "shipment.xlsx"
    other = {"CN code": "12019000", "Trade name": "Organic soya beans"}[header]
    run = split(("2", 2, 100), changes={cell_of(book, "Products", header, 3): other})
    assert run.exit_code == 7
    assert "Line 2 of COI.CA.2026.0004711 is 07134000 Organic red lentils, whole" in run.err
    assert other in run.err
    assert not list(Path("certificates").glob("*2.pdf"))
    assert split(("2", 2, 100)).exit_code == 0


def test_a_later_workbook_takes_from_what_remains_and_never_below_zero(certgen, split) -> None:
    split(("1", 1, 12000))
    run = split(("2", 1, 10001))
    assert run.exit_code == 7
    assert "10000 kg of line 1" in run.err
    assert not list(Path("certificates").glob("*2.pdf"))
    assert remaining(split(("2", 1, 10000)))[1] == "0"
    assert certgen("register", "audit").exit_code == 0


def test_a_batch_made_before_is_not_taken_twice_nor_changed(split) -> None:
    split(("1", 1, 12000))
    assert remaining(split(("1", 1, 12000)))[1] == "10000"
    run = split(("1", 1, 11000))
    assert run.exit_code == 7
    assert f"register void {ORIGINAL}/1" in run.err


def test_a_file_in_the_way_keeps_its_batch_out_of_the_register_until_it_is_gone(certgen, split) -> None:
    old = Path("certificates", "NLS-26-0311 eu-coi-extract 1.pdf")
    old.parent.mkdir()
    old.write_bytes(b"of another time")
    run = split(("1", 1, 12000), ("2", 1, 1000))
    assert run.exit_code == 9
    blocked, made = run.record["certificates"]
    assert (blocked["status"], made["status"]) == ("failed", "made")
    assert "nothing was written down" in blocked["reason"]
    assert old.read_bytes() == b"of another time"
    assert certgen("register", "show", f"{ORIGINAL}/1").exit_code == 7
    assert remaining(run)[1] == "21000"
    old.unlink()
    run = split(("1", 1, 12000), ("2", 1, 1000))
    assert (run.exit_code, remaining(run)[1]) == (0, "9000")
    assert certgen("verify", old).exit_code == 0


def test_a_file_in_the_way_of_an_extract_that_is_kept_says_how_to_get_it(certgen, split) -> None:
    split(("1", 1, 12000))
    place = Path("certificates", "NLS-26-0311 eu-coi-extract 1.pdf")
    place.write_bytes(b"of another time")
    run = split(("1", 1, 12000))
    assert run.exit_code == 9
    command = f"certgen register show {ORIGINAL}/1 --pdf FILE.pdf"
    assert command in run.record["certificates"][0]["reason"]
    assert certgen("register", "show", f"{ORIGINAL}/1", "--pdf", "FILE.pdf").exit_code == 0


def test_an_extract_whose_file_could_not_be_written_is_written_by_the_next_run(
    certgen, split, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OutputError("no room")

    with monkeypatch.context() as patch:
        patch.setattr("certgen.pipeline.issued.extracting.write_files", no_room)
        assert split(("1", 1, 12000)).exit_code == 9
    assert split(("1", 1, 12000)).exit_code == 0
    assert certgen("verify", "certificates/NLS-26-0311 eu-coi-extract 1.pdf").exit_code == 0


@pytest.mark.parametrize(("first", "second"), [("1", "01"), ("01", "1"), ("007", "\uff17")])
def test_the_same_number_in_another_spelling_is_asked_about(split, first: str, second: str) -> None:
    split((first, 1, 12000))
    run = split((second, 1, 1000))
    assert run.exit_code == 7
    assert f"Batch {second} of {ORIGINAL} was made as batch {first}. Is it the same one?" in run.err
    assert not list(Path("certificates").glob(f"*extract {second}.pdf"))


def test_two_spellings_of_a_number_in_one_workbook_are_asked_about(split) -> None:
    run = split(("1", 1, 12000), ("01", 1, 1000))
    assert run.exit_code == 7
    assert not list(Path("certificates").glob("*.pdf"))
    assert remaining(split(("1", 1, 12000), ("10", 1, 1000), ("A1", 2, 1), ("A01", 2, 2)))[1] == "9000"


def test_a_void_extract_gives_back_what_it_took(certgen, split) -> None:
    split(("1", 1, 12000))
    ended = certgen("register", "void", f"{ORIGINAL}/1", "--why", "weighed wrongly", "--json").record
    assert ended["record"] == {"serial": f"{ORIGINAL}/1", "status": "void", "why": "weighed wrongly"}
    Path("certificates").rename("before")
    assert remaining(split(("1", 1, 11000)))[1] == "11000"
    assert certgen("register", "audit").exit_code == 0


def test_what_became_of_a_split_certificate_can_be_looked_up(certgen, split) -> None:
    split(("1", 1, 12000), ("2", 1, 1000))
    certgen("register", "void", f"{ORIGINAL}/2", "--why", "weighed wrongly")
    shown = certgen("register", "show", ORIGINAL)
    assert shown.exit_code == 0, shown.err
    assert f"{ORIGINAL}/1  issued" in shown.out
    assert f"{ORIGINAL}/2  void: weighed wrongly" in shown.out
    assert "line 1: 10000 kg" in shown.out
    one = certgen("register", "show", f"{ORIGINAL}/2", "--json").record
    assert [line["act"] for line in one["history"]] == ["extract", "void"]
    assert [(each["serial"], each["status"]) for each in one["extracts"]] == [(f"{ORIGINAL}/2", "void")]
    assert certgen("register", "show", ORIGINAL, "--json").record["remaining"][0]["amount"] == "10000"
    assert certgen("register", "show", f"{ORIGINAL}/3").exit_code == 7


def test_batches_with_an_error_are_refused_together(split) -> None:
    run = split(("1", 1, 12000), ("2", 1, 12000))
    assert run.exit_code == 3
    assert {certificate["status"] for certificate in run.record["certificates"]} == {"refused"}
    assert run.record["remaining"] == []
    assert remaining(split(("1", 1, 22000)))[1] == "0"


def test_a_form_without_extracts_refuses_and_says_so(certgen, sample: Path) -> None:
    certgen("fill", sample)
    run = certgen("register", "extract", GB_SERIAL, sample)
    assert run.exit_code == 7
    assert "names no form for extracts" in run.err


def test_an_original_that_the_workbook_does_not_name_is_refused(certgen, split) -> None:
    split(("1", 1, 12000))
    run = certgen("register", "extract", "COI.CA.2026.0000009", "shipment.xlsx")
    assert run.exit_code == 7
    assert "names no batch" in run.err


def test_extracts_stand_in_the_list_the_export_and_the_report(certgen, split, sample: Path) -> None:
    other = sample.rename(sample.with_name("british.xlsx"))
    split(("1", 1, 12000), ("2", 1, 1000))
    assert certgen("fill", other).exit_code == 0
    split(("1", 1, 12000), ("2", 1, 1000), ("3", 1, 500))
    certgen("register", "void", f"{ORIGINAL}/2", "--why", "weighed wrongly")
    listed = certgen("register", "list", "--json").record["records"]
    serials = [f"{ORIGINAL}/3", GB_SERIAL, f"{ORIGINAL}/2", f"{ORIGINAL}/1"]
    assert [record["serial"] for record in listed] == serials
    assert [record["extract_of"] for record in listed] == [ORIGINAL, "", ORIGINAL, ORIGINAL]
    assert "[void: weighed wrongly]" in certgen("register", "list", "--status", "void").out
    assert certgen("register", "list", "--form", "gb-coi", "--json").record["records"] == [listed[1]]
    assert len(certgen("register", "list", "--text", "4711/3", "--json").record["records"]) == 1
    paged, after = [], ()
    while page := certgen("register", "list", "--limit", "1", *after, "--json").record["records"]:
        paged += page
        after = ("--after", page[-1]["serial"])
    assert paged == listed
    assert certgen("register", "export", "register.json").out.strip() == "register.json: 4 certificates"
    rows = json.loads(Path("register.json").read_text(encoding="utf-8"))["certificates"]
    assert [row["serial"] for row in rows] == [GB_SERIAL, *(f"{ORIGINAL}/{batch}" for batch in "123")]
    assert (rows[1]["extract_of"], rows[1]["exporter"]) == (ORIGINAL, rows[2]["exporter"])
    report = certgen("register", "audit")
    assert report.exit_code == 0, report.out
    assert "Extracts      2 issued, 1 void" in report.out
    assert certgen("register", "audit", "--json").record["extracts"] == {"issued": 2, "void": 1}


def test_an_extract_is_shown_and_printed_again_to_the_last_byte(certgen, split, desk: Path) -> None:
    [made] = split(("1", 1, 12000)).record["certificates"]
    shown = certgen("register", "show", f"{ORIGINAL}/1")
    assert "takes 12000 kg of line 1; the original covers 22000 kg of line 1" in shown.out
    run = certgen("register", "show", f"{ORIGINAL}/1", "--pdf", "again.pdf")
    assert run.exit_code == 0, run.err
    assert "an extract, no PDF is kept; it was printed again, and is the same to the last byte" in run.err
    assert (desk / "again.pdf").read_bytes() == (desk / made["path"]).read_bytes()
    assert certgen("verify", "again.pdf", "--json").record["files"][0]["verdict"] == "genuine"
    (desk / made["path"]).write_bytes(b"%PDF another")
    assert "file-altered" in certgen("register", "audit").out


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        ("UPDATE extracts SET status = 'void'", "record-altered"),
        ("UPDATE extracts SET pdf_sha256 = 'f00d'", "record-altered"),
        ("UPDATE extracts SET why = 'no reason'", "record-altered"),
        ("UPDATE extract_papers SET exporter = 'somebody else'", "record-altered"),
        ("UPDATE extract_lines SET amount = '1'", "record-altered"),
        ("UPDATE extract_lines SET amount = 'much'", "split-beyond-zero"),
        ("INSERT INTO extract_lines VALUES (1, 9, '5', 'kg')", "record-altered"),
        ("INSERT INTO originals VALUES ('COI.CA.2026.0004711', 9, '5000', 'kg')", "record-altered"),
        ("DELETE FROM extract_papers", "record-altered"),
        ("DELETE FROM extracts", "record-missing"),
        ("UPDATE extract_papers SET line = 99", "record-altered"),
    ],
)
def test_what_somebody_did_to_an_extract_is_found(certgen, split, forgery: str, found: str) -> None:
    split(("1", 1, 12000))
    assert certgen("register", "audit").exit_code == 0
    database_tool.tamper_with(default_url(), forgery)
    run = certgen("register", "audit")
    assert run.exit_code == 7
    assert found in run.out


def test_an_extract_that_is_made_again_is_told_with_the_void_one(certgen, split) -> None:
    split(("1", 1, 12000))
    certgen("register", "void", f"{ORIGINAL}/1", "--why", "weighed wrongly")
    Path("certificates").rename("before")
    split(("1", 1, 11000))
    listed = certgen("register", "list", "--json").record["records"]
    assert [(record["serial"], record["status"]) for record in listed] == [
        (f"{ORIGINAL}/1", "issued"),
        (f"{ORIGINAL}/1", "void"),
    ]
    assert certgen("register", "show", f"{ORIGINAL}/1", "--pdf", "again.pdf").exit_code == 0
    assert certgen("register", "audit").exit_code == 0


@pytest.fixture
def codes(certgen):
    """What `check` and `fill` both say of the extracts in the workbook that lies there, with their status."""

    def ask() -> tuple[set[str], set[str]]:
        runs = [certgen(command, "shipment.xlsx", "--json").record for command in ("check", "fill")]
        told = [{each["code"] for each in run["findings"] if each["code"] in EXTRACT_CODES} for run in runs]
        assert told[0] == told[1]
        made = [each for each in runs[1]["certificates"] if each["form"] == "eu-coi-extract"]
        return told[1], {each["status"] for each in made}

    return ask


def test_fill_prints_an_extract_that_is_not_counted_and_names_the_command(certgen, split, codes) -> None:
    split(("1", 1, 12000), ("2", 1, 1000))
    certgen("register", "void", f"{ORIGINAL}/2", "--why", "weighed wrongly")
    certgen("register", "void", f"{ORIGINAL}/1", "--why", "weighed wrongly")
    assert codes() == ({"CG446"}, {"made"})
    assert f"certgen register extract {ORIGINAL} shipment.xlsx" in certgen("check", "shipment.xlsx").err


def test_what_is_wrong_with_an_extract_is_told_at_its_own_batch(certgen, split) -> None:
    split(("1", 1, 12000))
    run = split(("2", 1, 9000), ("3", 1, 1001), ("3" * 101, 1, 1))
    told = certgen("check", "shipment.xlsx", "--json").record["findings"]
    places = {(each["code"], each["sheet"], each["cell"]) for each in told}
    assert run.exit_code == 3
    assert ("CG446", "Batches", "B2") in places
    assert ("CG447", "Batches", "B3") in places
    assert ("CG422", "Batches", "B4") in places


def test_fill_prints_again_what_is_counted_and_says_nothing(split, codes) -> None:
    split(("1", 1, 12000))
    assert codes() == (set(), {"made"})


def test_fill_prints_no_extract_that_takes_more_than_remains(certgen, split, codes) -> None:
    split(("1", 1, 12000))
    run = split(("2", 1, 9000), ("3", 1, 1001))
    assert run.exit_code == 7
    told, status = codes()
    assert (told, status) == ({"CG446", "CG447"}, {"made", "refused"})
    assert "of which remains: 1000 kg" in certgen("check", "shipment.xlsx").err


def test_fill_prints_no_extract_that_was_made_with_other_data(split, codes) -> None:
    split(("1", 1, 12000))
    split(("1", 1, 11000))
    assert codes() == ({"CG448"}, {"refused"})
