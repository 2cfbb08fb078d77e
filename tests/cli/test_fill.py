"""`certgen fill`: numbered certificates, drafts, copies, and what is never overwritten."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2
import pytest

import certgen as package

SERIAL = "COI.CA-ORG-016.2026.0000001"


def test_the_first_sample_becomes_one_numbered_certificate(certgen, sample: Path) -> None:
    run = certgen("fill", sample, "--json")
    assert run.exit_code == 0, run.err
    [certificate] = run.record["certificates"]
    path = Path(certificate["path"])
    assert certificate["status"] == "issued"
    assert certificate["serial"] == SERIAL
    assert path == Path("certificates") / f"{SERIAL}.pdf"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == certificate["sha256"]


def test_the_text_output_ends_with_what_was_made_where_and_how_long(certgen, sample: Path) -> None:
    run = certgen("fill", sample)
    assert SERIAL in run.out
    assert "1 issued" in run.out
    assert "in certificates" in run.out
    assert "Shipments" in run.err


def test_the_run_that_makes_a_register_says_where(certgen, sample: Path, desk: Path) -> None:
    first = certgen("fill", sample, "--register", "sqlite:///office/register.sqlite")
    again = certgen("fill", sample, "--register", "sqlite:///office/register.sqlite")
    said = (
        f"certgen: A new register was made at {desk / 'office' / 'register.sqlite'}; its numbers begin at 1."
    )
    assert said in first.err
    assert "new register" not in again.err


def test_filling_again_leaves_everything_as_it_was(certgen, sample: Path) -> None:
    first = certgen("fill", sample, "--json").record["certificates"][0]
    content = Path(first["path"]).read_bytes()
    again = certgen("fill", sample, "--json").record["certificates"][0]
    assert (again["status"], again["serial"], again["sha256"]) == ("unchanged", SERIAL, first["sha256"])
    assert Path(first["path"]).read_bytes() == content


def test_a_missing_file_is_written_again_with_the_same_bytes(certgen, sample: Path) -> None:
    path = Path(certgen("fill", sample, "--json").record["certificates"][0]["path"])
    content = path.read_bytes()
    path.unlink()
    assert certgen("fill", sample, "--json").record["certificates"][0]["status"] == "unchanged"
    assert path.read_bytes() == content


def test_a_different_file_in_the_way_is_left_as_it_is(certgen, sample: Path) -> None:
    path = Path(certgen("fill", sample, "--json").record["certificates"][0]["path"])
    path.write_bytes(b"mine")
    run = certgen("fill", sample)
    assert run.exit_code == 9
    assert "another file stands" in run.out
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("again", [(), ("--copy",)])
def test_a_folder_in_the_way_fails_that_certificate_and_says_what_to_do(
    certgen, sample: Path, again: tuple[str, ...]
) -> None:
    path = Path(certgen("fill", sample, "--json").record["certificates"][0]["path"])
    place = path.with_name(f"{SERIAL} COPY.pdf") if again else path
    place.unlink(missing_ok=True)
    place.mkdir()
    run = certgen("fill", sample, *again)
    assert run.exit_code == 9
    assert f"a folder stands at {place} and is left as it is. Move it away and run again" in run.out
    assert place.is_dir()


def test_a_copy_of_what_would_be_a_draft_is_refused(certgen, sample: Path, desk: Path) -> None:
    (desk / "certgen.toml").unlink()
    run = certgen("fill", sample, "--copy", "--json")
    [refused] = run.record["certificates"]
    assert (run.exit_code, refused["status"]) == (7, "refused")
    assert refused["reason"].startswith("a copy needs an original, and this would be a draft:")
    assert not list(desk.rglob("*.pdf"))


def test_a_folder_where_a_draft_would_stand_says_what_to_do(certgen, sample: Path) -> None:
    path = Path(certgen("fill", sample, "--draft", "--json").record["certificates"][0]["path"])
    path.unlink()
    path.mkdir()
    run = certgen("fill", sample, "--draft")
    assert run.exit_code == 9
    assert f"a folder stands at {path} and is left as it is. Move it away and run again" in run.out


def test_a_foreign_file_under_a_new_serial_is_left_and_the_certificate_kept(certgen, sample: Path) -> None:
    path = Path("certificates") / f"{SERIAL}.pdf"
    path.parent.mkdir()
    path.write_bytes(b"mine")
    assert certgen("fill", sample).exit_code == 9
    assert path.read_bytes() == b"mine"
    path.unlink()
    assert certgen("fill", sample, "--json").record["certificates"][0]["serial"] == SERIAL
    assert path.read_bytes().startswith(b"%PDF")


def test_changed_goods_are_refused_with_the_command_that_replaces(
    certgen, sample: Path, edit, cell_of
) -> None:
    certgen("fill", sample)
    edit(sample, {cell_of(sample, "Products", "Lot number", 2): "PL25-9999"})
    run = certgen("fill", sample, "--json")
    assert run.exit_code == 7
    [certificate] = run.record["certificates"]
    assert certificate["status"] == "refused"
    assert '"Lot number"' in certificate["reason"]
    assert f"register replace {SERIAL}" in certificate["reason"]


def test_a_changed_weight_is_told_by_its_header(certgen, sample: Path, edit, cell_of) -> None:
    certgen("fill", sample)
    edit(sample, {cell_of(sample, "Products", "Net weight", 2): 1})
    [certificate] = certgen("fill", sample, "--json").record["certificates"]
    assert '("Net weight")' in certificate["reason"]


def test_without_a_profile_there_is_a_draft_and_no_number(certgen, sample: Path, desk: Path) -> None:
    (desk / "certgen.toml").unlink()
    run = certgen("fill", sample, "--json")
    [certificate] = run.record["certificates"]
    assert run.exit_code == 0, run.err
    assert (certificate["status"], certificate["serial"]) == ("draft", "")
    assert "no profile" in certificate["reason"]
    assert not list(desk.parent.rglob("*.sqlite"))


def test_another_bodys_certificate_is_a_draft_that_says_why(certgen, sample: Path, desk: Path) -> None:
    profile = (desk / "certgen.toml").read_text(encoding="utf-8").replace("CA-ORG-016", "CA-ORG-006")
    (desk / "certgen.toml").write_text(profile, encoding="utf-8")
    [certificate] = certgen("fill", sample, "--json").record["certificates"]
    assert certificate["status"] == "draft"
    assert "issued by CA-ORG-016" in certificate["reason"]


def test_a_draft_is_made_again_when_the_workbook_changes(certgen, sample: Path, edit, cell_of) -> None:
    first = certgen("fill", sample, "--draft", "--json").record["certificates"][0]
    edit(sample, {cell_of(sample, "Products", "Lot number", 2): "PL25-9999"})
    second = certgen("fill", sample, "--draft", "--json").record["certificates"][0]
    assert second["path"] == first["path"]
    assert second["sha256"] != first["sha256"]


def test_a_draft_never_replaces_a_file_that_is_not_a_draft_of_ours(certgen, sample: Path) -> None:
    path = Path(certgen("fill", sample, "--draft", "--json").record["certificates"][0]["path"])
    path.write_bytes(b"mine")
    assert certgen("fill", sample, "--draft").exit_code == 9
    assert path.read_bytes() == b"mine"


def test_a_copy_is_a_second_file_and_the_original_stays(certgen, sample: Path) -> None:
    original = Path(certgen("fill", sample, "--json").record["certificates"][0]["path"])
    content = original.read_bytes()
    [copy] = certgen("fill", sample, "--copy", "--json").record["certificates"]
    assert Path(copy["path"]).name == f"{SERIAL} COPY.pdf"
    assert Path(copy["path"]).read_bytes() != content
    assert original.read_bytes() == content


def test_a_copy_that_is_a_draft_is_no_sensible_wish(certgen, sample: Path, desk: Path) -> None:
    run = certgen("fill", sample, "--draft", "--copy")
    assert run.exit_code == 2
    assert "Leave one of them out" in run.err
    assert not (desk / "certificates").exists()


def test_there_is_no_copy_without_an_original(certgen, sample: Path) -> None:
    run = certgen("fill", sample, "--copy")
    assert run.exit_code == 7
    assert "original" in run.out


def test_two_fresh_desks_give_the_same_bytes(certgen, sample: Path, tmp_path: Path) -> None:
    first = certgen("fill", sample, "--register", f"sqlite:///{tmp_path}/a.sqlite", "--json")
    second = certgen(
        "fill", sample, "--register", f"sqlite:///{tmp_path}/b.sqlite", "--out", "elsewhere", "--json"
    )
    assert first.record["certificates"][0]["sha256"] == second.record["certificates"][0]["sha256"]


def test_several_processes_print_the_same_bytes_as_one(certgen, season: Path, tmp_path: Path) -> None:
    one = certgen("fill", season, "--register", f"sqlite:///{tmp_path}/a.sqlite", "--json")
    two = certgen(
        "fill",
        season,
        "--register",
        f"sqlite:///{tmp_path}/b.sqlite",
        "--out",
        "two",
        "--jobs",
        "2",
        "--json",
    )
    hashes = [item["sha256"] for item in one.record["certificates"]]
    assert hashes == [item["sha256"] for item in two.record["certificates"]]
    assert len(set(hashes)) == 40


def test_two_exporters_with_the_same_invoice_number_get_two_certificates(certgen, season: Path) -> None:
    record = certgen("fill", season, "--json").record
    numbers = [(item["consignment"], item["exporter"]) for item in record["certificates"]]
    assert len(numbers) == len(set(numbers)) == 40
    assert {item["status"] for item in record["certificates"]} == {"issued"}


def test_serials_follow_the_workbook_without_a_gap(certgen, season: Path) -> None:
    certificates = certgen("fill", season, "--json").record["certificates"]
    numbers = [int(item["serial"].rpartition(".")[2]) for item in certificates]
    assert numbers == list(range(1, 41))


def test_one_bad_consignment_does_not_stop_the_others(certgen, season: Path, edit, cell_of) -> None:
    edit(season, {cell_of(season, "Shipments", "Importer name", 5): None})
    run = certgen("fill", season, "--json")
    statuses = [item["status"] for item in run.record["certificates"]]
    assert run.exit_code == 3
    assert (statuses.count("issued"), statuses.count("refused")) == (39, 1)


def test_all_or_nothing_makes_nothing_when_one_is_refused(
    certgen, season: Path, edit, cell_of, desk: Path
) -> None:
    edit(season, {cell_of(season, "Shipments", "Importer name", 5): None})
    run = certgen("fill", season, "--all-or-nothing", "--json")
    assert run.exit_code == 3
    assert {item["status"] for item in run.record["certificates"]} == {"refused"}
    assert not (desk / "certificates").exists()


def test_a_reference_that_is_a_path_stays_inside_the_output_folder(
    certgen, sample: Path, edit, cell_of, desk: Path
) -> None:
    place = "../../etc/passwd"
    edit(
        sample,
        {
            cell_of(sample, "Shipments", "Shipment reference", 2): place,
            **{cell_of(sample, "Products", "Shipment reference", row): place for row in range(2, 6)},
        },
    )
    [certificate] = certgen("fill", sample, "--draft", "--json").record["certificates"]
    path = (desk / certificate["path"]).resolve()
    assert path.parent == (desk / "certificates").resolve()
    assert path.is_file()


def test_an_output_folder_that_cannot_be_written_is_exit_9_and_costs_no_number(certgen, sample: Path) -> None:
    Path("certificates").write_text("a file, not a folder", encoding="utf-8")
    run = certgen("fill", sample)
    assert run.exit_code == 9
    assert "cannot be written" in run.err
    assert certgen("register", "list", "--json").exit_code == 7


def test_an_unknown_form_names_the_nearest(certgen, sample: Path) -> None:
    run = certgen("fill", sample, "--form", "gb-cio")
    assert run.exit_code == 2
    assert "gb-coi" in run.err


def test_the_issue_date_may_be_given_and_an_earlier_one_warns(certgen, season: Path, sample: Path) -> None:
    certgen("fill", season, "--issue-date", "2026-01-05")
    run = certgen("fill", sample, "--issue-date", "2026-01-02", "--json")
    assert "issue-date-before-last" in {finding["slug"] for finding in run.record["findings"]}


def test_an_issued_certificate_is_not_judged_by_the_day_it_is_looked_at_again(
    certgen, sample: Path, edit, cell_of
) -> None:
    edit(sample, {cell_of(sample, "Shipments", "Issue date", 2): None})
    assert certgen("fill", sample, "--issue-date", "2026-01-15").exit_code == 0
    run = certgen("fill", sample, "--json")
    assert run.exit_code == 0, run.err
    assert run.record["certificates"][0]["status"] == "unchanged"


def test_all_certificates_may_be_merged_for_the_printer(certgen, sample: Path) -> None:
    assert certgen("fill", sample, "--merge", "all.pdf").exit_code == 0
    single = pypdfium2.PdfDocument(f"certificates/{SERIAL}.pdf")
    merged = pypdfium2.PdfDocument("all.pdf")
    assert len(merged) == len(single)
    assert certgen("fill", sample, "--merge", "all.pdf").exit_code == 0, "the same file is in order"
    Path("all.pdf").write_bytes(b"mine")
    assert certgen("fill", sample, "--merge", "all.pdf").exit_code == 9
    assert Path("all.pdf").read_bytes() == b"mine"


def test_a_merged_file_that_cannot_be_written_hides_nothing_that_was_issued(certgen, sample: Path) -> None:
    run = certgen("fill", sample, "--merge", sample.parent, "--json")
    assert run.exit_code == 9
    assert "exists already" in run.err
    assert run.record["certificates"][0]["status"] == "issued"


def test_the_python_api_returns_the_record_of_json(sample: Path) -> None:
    record = package.fill(sample)
    assert record["certificates"][0]["serial"] == SERIAL
    assert package.check(sample)["summary"]["exit_code"] == 0


@pytest.mark.parametrize("words", [["fill"], ["fill", "x.xlsx", "--nonsense"], ["fil"]])
def test_wrong_use_is_exit_2(certgen, desk: Path, words: list[str]) -> None:
    assert certgen(*words).exit_code == 2
