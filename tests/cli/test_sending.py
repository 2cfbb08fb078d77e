"""The folder to send of an exporter's `fill`: drafts and requests, the workbook, the list of enclosures."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
DRAFT = "DRAFT gb-coi PLO-26-0118 Prairie Lantern Organics Ltd.pdf"
REQUEST = "PLO-26-0118 certificate-request.pdf"


@pytest.fixture
def requests(desk: Path) -> Path:
    """Three shipments of an exporter, with its profile, on the desk."""
    shutil.copy(SAMPLES / "certificate-request" / "certgen.toml", desk)
    return Path(shutil.copy(SAMPLES / "certificate-request" / "shipments.xlsx", desk))


def folder_of(run: Any, consignment: str = "PLO-26-0118") -> Path:
    [sent] = [item for item in run.record["to_send"] if item["consignment"] == consignment]
    return Path(sent["folder"])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def list_in(folder: Path) -> str:
    return (folder / "enclosures.txt").read_text(encoding="utf-8")


def test_each_consignment_gets_a_folder_named_by_its_reference(certgen, requests: Path) -> None:
    run = certgen("fill", requests, "--json")
    assert run.exit_code == 0, run.err
    folders = [Path(item["folder"]) for item in run.record["to_send"]]
    assert folders == [Path("certificates") / name for name in ("PLO-26-0118", "PLO-26-0121", "PLO-26-0123")]
    assert {path.name for path in folders[0].iterdir()} == {
        DRAFT,
        REQUEST,
        "shipments.xlsx",
        "enclosures.txt",
    }
    assert list(Path("certificates").glob("*.pdf")) == []


def test_the_record_says_where_everything_is(certgen, requests: Path) -> None:
    run = certgen("fill", requests, "--json")
    sent = run.record["to_send"][0]
    made = [item for item in run.record["certificates"] if item["consignment"] == "PLO-26-0118"]
    assert sent["papers"] == [item["path"] for item in made]
    for paper in made:
        assert hashlib.sha256(Path(paper["path"]).read_bytes()).hexdigest() == paper["sha256"]
    assert all(Path(path).is_file() for path in [*sent["workbooks"], sent["enclosures"]])


def test_the_workbook_is_there_byte_for_byte(certgen, requests: Path) -> None:
    [copy] = certgen("fill", requests, "--json").record["to_send"][1]["workbooks"]
    assert Path(copy).read_bytes() == requests.read_bytes()


def test_the_list_names_every_file_and_document_and_what_is_missing(certgen, requests: Path) -> None:
    told = list_in(folder_of(certgen("fill", requests, "--json")))
    assert f"  {DRAFT}: Certificate of inspection for import products" in told
    assert "(draft, 2 pages)" in told
    assert f"  {REQUEST}: Request to the certifier (made, 1 page)" in told
    assert "Workbook, as it was read\n  shipments.xlsx\n" in told
    assert "  Commercial invoice | PLO-4471 | 2026-11-20 | enclosed | PLO-4471 invoice.pdf\n" in told
    assert "Still to come\n  Transport document, HLCUMTR261100418\n" in told


def test_its_hashes_are_those_of_the_files(certgen, requests: Path) -> None:
    folder = folder_of(certgen("fill", requests, "--json"))
    for name in (DRAFT, REQUEST, "shipments.xlsx"):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert f"\n{digest}  {name}\n" in list_in(folder)


def test_the_summary_says_what_to_send(certgen, requests: Path) -> None:
    run = certgen("fill", requests)
    assert f"to send, with workbook and list of enclosures: {Path('certificates') / 'PLO-26-0118'}" in run.out
    assert f"of PLO-26-0118, together: {DRAFT}, {REQUEST}" in run.out


def test_filling_again_changes_no_byte(certgen, requests: Path) -> None:
    certgen("fill", requests)
    before = contents(Path("certificates"))
    assert certgen("fill", requests).exit_code == 0
    assert contents(Path("certificates")) == before


def test_a_corrected_workbook_takes_the_place_of_what_the_earlier_run_laid(
    certgen, requests: Path, edit, cell_of
) -> None:
    certgen("fill", requests)
    edit(requests, {cell_of(requests, "Products", "Net weight (kg)", 2): 21000})
    run = certgen("fill", requests, "--json")
    assert run.exit_code == 0, run.out
    folder = folder_of(run)
    assert (folder / "shipments.xlsx").read_bytes() == requests.read_bytes()
    assert len(list(folder.iterdir())) == 4


@pytest.mark.parametrize("name", ["shipments.xlsx", "enclosures.txt", REQUEST])
def test_a_file_that_somebody_changed_is_left_as_it_is(
    certgen, requests: Path, edit, cell_of, name: str
) -> None:
    changed = folder_of(certgen("fill", requests, "--json")) / name
    changed.write_bytes(changed.read_bytes() + b"my remark")
    edit(requests, {cell_of(requests, "Products", "Net weight (kg)", 2): 21000})
    kept = changed.read_bytes()
    run = certgen("fill", requests, "--json")
    assert run.exit_code == 9
    assert changed.read_bytes() == kept
    failed = [item for item in run.record["certificates"] if item["status"] == "failed"]
    assert f"another file stands at {changed}" in failed[-1]["reason"]


@pytest.mark.parametrize("name", ["shipments.xlsx", REQUEST])
def test_a_folder_in_the_way_is_told(certgen, requests: Path, name: str) -> None:
    (Path("certificates") / "PLO-26-0118" / name).mkdir(parents=True)
    run = certgen("fill", requests, "--json")
    assert run.exit_code == 9
    assert "Traceback" not in run.err
    failed = [item["reason"] for item in run.record["certificates"] if item["status"] == "failed"]
    assert failed
    assert all(f"a folder stands at {Path('certificates')}" in reason for reason in failed)


def test_a_file_where_the_folder_goes_is_told(certgen, requests: Path) -> None:
    Path("certificates").mkdir()
    (Path("certificates") / "PLO-26-0118").write_text("mine", encoding="utf-8")
    run = certgen("fill", requests)
    assert run.exit_code == 9
    assert "PLO-26-0118" in run.err
    assert (Path("certificates") / "PLO-26-0118").read_text(encoding="utf-8") == "mine"


def test_a_document_put_into_the_folder_is_named_by_the_list(certgen, requests: Path) -> None:
    folder = folder_of(certgen("fill", requests, "--json"))
    (folder / "PLO-4471 invoice.pdf").write_bytes(b"%PDF-1.7 an invoice")
    certgen("fill", requests)
    assert "Also in this folder\n  PLO-4471 invoice.pdf\n" in list_in(folder)
    assert (folder / "PLO-4471 invoice.pdf").read_bytes() == b"%PDF-1.7 an invoice"


def test_a_paper_that_is_refused_is_told_in_the_list(certgen, requests: Path, edit, cell_of) -> None:
    edit(requests, {cell_of(requests, "Shipments", "Importer EORI", 2): None})
    run = certgen("fill", requests, "--json")
    assert run.exit_code == 3
    told = list_in(folder_of(run))
    assert "Not made\n  Certificate of inspection for import products" in told
    assert DRAFT not in told


def test_without_a_list_of_documents_the_form_that_has_one_is_named(certgen, requests: Path) -> None:
    folder = folder_of(certgen("fill", requests, "--form", "gb-coi", "--json"))
    assert "Documents\n  none are listed; the form certificate-request lists them\n" in list_in(folder)


@pytest.mark.parametrize(
    ("reference", "name"),
    [("PLO/26:118*", "PLO-26-118"), ("con", "certificate con"), ("..", "certificate"), ("Ω 7 ", "Ω 7")],
)
def test_the_folder_has_a_name_that_every_system_can_hold(
    certgen, requests: Path, edit, cell_of, reference: str, name: str
) -> None:
    for sheet, rows in (("Shipments", [2]), ("Products", [2, 3]), ("Documents", range(2, 8))):
        edit(requests, {cell_of(requests, sheet, "Shipment reference", row): reference for row in rows})
    run = certgen("fill", requests, "--json")
    assert Path(run.record["to_send"][0]["folder"]) == Path("certificates") / name


def test_two_exporters_with_one_reference_have_a_folder_each(certgen, requests: Path, edit, cell_of) -> None:
    other = Path(shutil.copy(requests, "other.xlsx"))
    edit(
        other,
        {cell_of(other, "Shipments", "Exporter name", row): "Bow Valley Seeds Ltd." for row in (2, 3, 4)},
    )
    certgen("fill", requests)
    first = contents(Path("certificates"))
    folder = folder_of(certgen("fill", other, "--json"))
    assert folder == Path("certificates") / "PLO-26-0118 (2)"
    assert {path: contents(Path("certificates"))[path] for path in first} == first


def test_a_report_of_the_exporters_own_goes_with_the_request(certgen, desk: Path) -> None:
    home = SAMPLES / "japan-export-request"
    for name in ("certgen.toml", "shipments.xlsx"):
        shutil.copy(home / name, desk)
    run = certgen("fill", "shipments.xlsx", "--json")
    [report] = [item for item in run.record["certificates"] if item["serial"]]
    copy = folder_of(run, "SRF-26-087") / "JASR.2026.0001.pdf"
    assert Path(report["path"]) == Path("certificates") / "JASR.2026.0001.pdf"
    assert copy.read_bytes() == Path(report["path"]).read_bytes()
    assert "JASR.2026.0001.pdf: Report of Attached JAS Seals (JASR.2026.0001, " in list_in(copy.parent)
    before = contents(Path("certificates"))
    assert certgen("fill", "shipments.xlsx").exit_code == 0
    assert contents(Path("certificates")) == before


def test_the_list_says_which_product_each_of_several_requests_is_for(certgen, desk: Path) -> None:
    for name in ("certgen.toml", "shipments.xlsx"):
        shutil.copy(SAMPLES / "nop-import-request" / name, desk)
    told = list_in(folder_of(certgen("fill", "shipments.xlsx", "--json"), "VA-2026-044"))
    for part in ("0811905210 / Organic mango chunks, frozen", "1801000010 / Organic cocoa beans, raw"):
        assert f".pdf: Request for a NOP Import Certificate, {part} (made, 1 page)\n" in told


def test_without_a_profile_the_folder_is_laid_when_asked_for(certgen, requests: Path) -> None:
    Path("certgen.toml").unlink()
    plain = certgen("fill", requests, "--json")
    assert plain.record["to_send"] == []
    [draft] = [item for item in plain.record["certificates"] if item["status"] == "draft"]
    assert "fill --to-send lays a folder to send to the certifier" in draft["reason"]
    folder = folder_of(certgen("fill", requests, "--out", "post", "--to-send", "--json"))
    assert {path.name for path in folder.iterdir()} == {DRAFT, REQUEST, "shipments.xlsx", "enclosures.txt"}


def test_a_certifier_is_told_that_nothing_of_its_own_goes_to_a_certifier(certgen, requests: Path) -> None:
    shutil.copy(SAMPLES / "certgen.toml", "certgen.toml")
    run = certgen("fill", requests, "--to-send")
    assert run.exit_code == 2
    assert "certgen.toml is the profile of one" in run.err
    assert not Path("certificates").exists()
    assert folder_of(certgen("fill", requests, "--to-send", "--draft", "--json")).is_dir()


@pytest.mark.parametrize("asked", [(), ("--draft",)])
def test_a_certifiers_papers_lie_in_the_output_folder_as_ever(
    certgen, requests: Path, asked: tuple[str, ...]
) -> None:
    shutil.copy(SAMPLES / "certgen.toml", "certgen.toml")
    run = certgen("fill", requests, *asked, "--json")
    assert run.record["to_send"] == []
    assert {Path(item["path"]).parent for item in run.record["certificates"]} == {Path("certificates")}
    assert not any(path.is_dir() for path in Path("certificates").iterdir())


def test_one_run_over_two_workbooks_of_one_name_is_told(certgen, requests: Path, edit, cell_of) -> None:
    Path("later").mkdir()
    other = Path(shutil.copy(requests, "later/shipments.xlsx"))
    edit(requests, {cell_of(requests, "Shipments", "Form", 2): "gb-coi"})
    edit(other, {cell_of(other, "Shipments", "Form", 2): "certificate-request"})
    run = certgen("fill", requests, other, "--json")
    assert run.exit_code == 9
    reasons = {item["reason"] for item in run.record["certificates"] if item["consignment"] == "PLO-26-0118"}
    assert reasons == {"two files would be called shipments.xlsx. Rename the workbook and run again"}
