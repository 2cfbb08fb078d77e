"""`certgen register replace`: clerical corrections, and nothing else."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

OLD = "COI.CA-ORG-016.2026.0000001"
NEW = "COI.CA-ORG-016.2026.0000002"
WHY = ("--why", "misspelt")


@pytest.fixture
def issued(certgen, sample: Path) -> Path:
    assert certgen("fill", sample).exit_code == 0
    return sample


@pytest.fixture
def corrected(issued: Path, edit, cell_of) -> Path:
    """The workbook with another importer's street, which any replacement may correct."""
    return edit(
        issued, {cell_of(issued, "Shipments", "Importer address", 2): "1 New Street\nBristol BS1 1AA"}
    )


def replaced(certgen, workbook: Path, *words: str):
    return certgen("register", "replace", OLD, workbook, *WHY, "--issue-date", "2026-11-30", *words, "--json")


def test_the_new_one_names_the_old_and_the_old_the_new(certgen, corrected: Path) -> None:
    run = replaced(certgen, corrected)
    assert run.exit_code == 0, run.err + run.out
    [certificate] = run.record["certificates"]
    assert (certificate["status"], certificate["serial"]) == ("issued", NEW)
    assert Path(certificate["path"]).name == f"{NEW}.pdf"
    old = certgen("register", "show", OLD, "--json").record["record"]
    new = certgen("register", "show", NEW, "--json").record["record"]
    assert (old["status"], old["replaced_by"], old["why"]) == ("replaced", NEW, "misspelt")
    assert (new["status"], new["replaces"]) == ("issued", OLD)
    assert f"replaced by {NEW}: misspelt" in certgen("register", "list").out


def test_the_successor_has_its_own_date_and_remembers_the_first(certgen, corrected: Path) -> None:
    first = certgen("register", "show", OLD, "--json").record["record"]["issue_date"]
    replaced(certgen, corrected)
    new = certgen("register", "show", NEW, "--json").record["record"]
    assert (new["issue_date"], new["first_issue_date"]) == ("2026-11-30", first)


def test_a_successor_dated_after_departure_is_not_late(certgen, corrected: Path) -> None:
    run = certgen("register", "replace", OLD, corrected, *WHY, "--issue-date", "2027-12-31", "--json")
    assert run.exit_code == 0, run.out
    again = certgen("fill", corrected, "--json")
    assert again.exit_code == 0, again.out


def test_without_a_date_the_successor_is_of_today(certgen, corrected: Path) -> None:
    run = certgen("register", "replace", OLD, corrected, *WHY, "--json")
    assert run.exit_code == 0, run.out
    serial = run.record["certificates"][0]["serial"]
    today = datetime.now(UTC).astimezone().date()
    record = certgen("register", "show", serial, "--json").record["record"]
    assert record["issue_date"] == today.isoformat()


def test_the_journal_has_both_hashes_and_both_serials(certgen, corrected: Path) -> None:
    before = certgen("register", "show", OLD, "--json").record["record"]
    replaced(certgen, corrected)
    old = certgen("register", "show", OLD, "--json").record["history"]
    new = certgen("register", "show", NEW, "--json").record["history"]
    assert [(line["act"], line["other"]) for line in old][1:] == [("issue", ""), ("replace", NEW)]
    assert [(line["act"], line["other"]) for line in new] == [("reserve", OLD), ("issue", OLD)]
    assert new[1]["pdf_sha256_before"] == before["pdf_sha256"] != new[1]["pdf_sha256"]
    assert new[0]["input_sha256_before"] == before["input_sha256"] != new[0]["input_sha256"]


@pytest.mark.parametrize(
    ("header", "value"), [("Trade name", "Organic golden flaxseed"), ("CN code", "12040010")]
)
def test_other_goods_are_void_and_issue_anew(
    certgen, issued: Path, edit, cell_of, header: str, value: str
) -> None:
    edit(issued, {cell_of(issued, "Products", header, 2): value})
    run = replaced(certgen, issued, "--confirm")
    assert run.exit_code == 7
    [certificate] = run.record["certificates"]
    assert certificate["status"] == "refused"
    assert f'"{header}" may not change' in certificate["reason"]
    assert f"register void {OLD}" in certificate["reason"]
    assert certgen("register", "show", OLD, "--json").record["record"]["status"] == "issued"


def test_a_line_less_is_other_goods(certgen, issued: Path, edit, cell_of) -> None:
    edit(issued, {cell_of(issued, "Products", "Shipment reference", 5): "ANOTHER"})
    run = replaced(certgen, issued, "--confirm")
    assert run.exit_code != 0
    assert certgen("register", "list", "--json").record["records"][0]["serial"] == OLD


def test_a_corrected_lot_needs_the_officers_word_which_is_kept(certgen, issued: Path, edit, cell_of) -> None:
    edit(issued, {cell_of(issued, "Products", "Lot number", 2): "PL25-9999"})
    run = replaced(certgen, issued)
    assert run.exit_code == 7
    assert '"Lot number" changes only when' in run.record["certificates"][0]["reason"]
    assert "--confirm" in run.record["certificates"][0]["reason"]
    assert replaced(certgen, issued, "--confirm").exit_code == 0
    history = certgen("register", "show", OLD, "--json").record["history"]
    assert history[-1]["why"] == "misspelt (confirmed: products.lots)"


@pytest.mark.parametrize(("mass", "exit_code"), [(1, 0), (1_000_000, 7)])
def test_a_mass_may_fall_and_rises_only_when_confirmed(
    certgen, issued: Path, edit, cell_of, mass: int, exit_code: int
) -> None:
    edit(issued, {cell_of(issued, "Products", "Net weight", 2): mass})
    if exit_code:
        edit(issued, {cell_of(issued, "Shipments", "Total gross weight (kg)", 2): mass * 2})
    run = replaced(certgen, issued)
    assert run.exit_code == exit_code, run.out
    if exit_code:
        assert '"Net weight"' in run.record["certificates"][0]["reason"]


def test_nothing_changed_is_nothing_to_replace(certgen, issued: Path) -> None:
    run = replaced(certgen, issued)
    assert run.exit_code == 7
    assert "nothing differs" in run.record["certificates"][0]["reason"]


def test_another_consignment_is_refused(certgen, issued: Path, edit, cell_of) -> None:
    run = replaced(
        certgen, edit(issued, {cell_of(issued, "Shipments", "Exporter name", 2): "Another Exporter Ltd."})
    )
    assert run.exit_code == 7
    assert "holds no consignment" in run.err


def test_the_same_command_again_changes_nothing(certgen, corrected: Path) -> None:
    replaced(certgen, corrected)
    run = replaced(certgen, corrected)
    assert run.exit_code == 0
    [certificate] = run.record["certificates"]
    assert (certificate["status"], certificate["serial"]) == ("unchanged", NEW)
    assert len(certgen("register", "list", "--json").record["records"]) == 2


def test_a_replaced_one_is_not_replaced_again_but_its_successor_is(
    certgen, corrected: Path, edit, cell_of
) -> None:
    replaced(certgen, corrected)
    edit(corrected, {cell_of(corrected, "Shipments", "Importer address", 2): "2 New Street\nBristol BS1 1AA"})
    run = replaced(certgen, corrected)
    assert run.exit_code == 7
    assert f"register replace {NEW}" in run.err
    chain = certgen("register", "replace", NEW, corrected, *WHY, "--issue-date", "2026-12-01", "--json")
    assert chain.exit_code == 0
    third = certgen("register", "show", NEW[:-1] + "3", "--json").record["record"]
    first = certgen("register", "show", OLD, "--json").record["record"]
    assert third["first_issue_date"] == first["issue_date"]


def test_fill_meets_the_successor(certgen, corrected: Path) -> None:
    replaced(certgen, corrected)
    again = certgen("fill", corrected, "--json").record["certificates"][0]
    assert (again["status"], again["serial"]) == ("unchanged", NEW)


def test_fill_of_the_old_workbook_is_told_of_the_successor(
    certgen, sample: Path, desk: Path, edit, cell_of
) -> None:
    first = desk / "first.xlsx"
    first.write_bytes(sample.read_bytes())
    certgen("fill", first)
    edit(sample, {cell_of(sample, "Shipments", "Importer address", 2): "1 New Street\nBristol BS1 1AA"})
    assert replaced(certgen, sample).exit_code == 0
    run = certgen("fill", first, "--json")
    assert run.exit_code == 7
    reason = run.record["certificates"][0]["reason"]
    assert f"{NEW}, which replaced {OLD} (this is the data of that one)" in reason


def test_a_void_certificate_is_not_replaced(certgen, corrected: Path) -> None:
    certgen("register", "void", OLD, *WHY)
    run = replaced(certgen, corrected)
    assert run.exit_code == 7
    assert "is void" in run.err


def test_a_stop_between_number_and_page_is_finished_by_the_next_run(
    certgen, corrected: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("certgen.pipeline.numbering.write_files", stop)
        assert replaced(certgen, corrected).exit_code == 130
    book = Path(certgen("register", "show", OLD).out) and next(desk.parent.rglob("*.sqlite"))
    with closing(sqlite3.connect(book)) as tool:
        states = dict(tool.execute("SELECT serial, status FROM records").fetchall())
        assert states == {OLD: "replaced", NEW: "pending"}
        expired = "'2000-01-01T00:00:00.000000+00:00'"
        tool.execute(f"UPDATE records SET lease_until = {expired} WHERE status = 'pending'")  # noqa: S608
        tool.commit()
    run = replaced(certgen, corrected)
    assert run.exit_code == 0, run.out
    assert run.record["finished_earlier"][0]["serial"] == NEW
    assert run.record["certificates"][0]["status"] == "unchanged"
    assert (desk / "certificates" / f"{NEW}.pdf").exists()


def test_a_successor_dated_before_the_last_certificate_is_warned_of(
    certgen, corrected: Path, season: Path
) -> None:
    assert certgen("fill", season).exit_code == 0
    run = certgen("register", "replace", OLD, corrected, *WHY, "--issue-date", "2026-01-16", "--json")
    assert run.exit_code == 0, run.out
    assert "issue-date-before-last" in {finding["slug"] for finding in run.record["findings"]}


def test_check_tells_a_workbook_of_a_replaced_certificate(certgen, issued: Path, edit, cell_of) -> None:
    old = Path(shutil.copy(issued, issued.with_name("old.xlsx")))
    edit(issued, {cell_of(issued, "Shipments", "Importer address", 2): "1 New Street\nBristol BS1 1AA"})
    assert replaced(certgen, issued).exit_code == 0
    assert told(certgen("check", issued, "--json")) == set()
    [finding] = [
        item for item in certgen("check", old, "--json").record["findings"] if item["code"] == "CG409"
    ]
    assert f"as it was on {OLD}, which {NEW} has replaced" in finding["message"]
    assert finding["severity"] == "warning"


def test_check_tells_a_workbook_of_a_void_certificate(certgen, issued: Path) -> None:
    certgen("register", "void", OLD, "--why", "cancelled")
    assert told(certgen("check", issued, "--json")) == {"CG408"}


def told(run) -> set[str]:
    return {finding["code"] for finding in run.record["findings"]} & {"CG408", "CG409"}
