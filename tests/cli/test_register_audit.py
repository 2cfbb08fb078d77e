"""`certgen register audit`: a report that an auditor can read, and repair."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from certgen.register import Owner, default_url, open_register

SERIAL = "COI.CA-ORG-016.2026.0000001"


@pytest.fixture
def killed(certgen, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register with a number that a stopped run was given and did not use."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("certgen.pipeline.numbering.write_files", stop)
        assert certgen("fill", sample).exit_code == 130
    [book] = sample.parents[1].rglob("*.sqlite")
    with closing(sqlite3.connect(book, isolation_level=None)) as tool:
        tool.execute("UPDATE records SET lease_until = '2000-01-01T00:00:00.000000+00:00'")
    return sample


def test_a_clean_register_is_exit_0_and_prints_its_head(certgen, sample: Path) -> None:
    certgen("fill", sample)
    run = certgen("register", "audit")
    record = certgen("register", "audit", "--json").record
    assert run.exit_code == record["exit_code"] == 0, run.err
    assert f"{record['head']['entry']}:{record['head']['hash']}" in run.out
    assert "Found         nothing" in run.out
    assert record["certificates"] == {"issued": 1}
    assert certgen("register", "audit", "--head", f"2:{record['head']['hash']}").exit_code == 0
    assert certgen("register", "audit", "--head", "0" * 64).exit_code == 7


def test_an_altered_file_is_found_and_a_moved_one_noted(certgen, sample: Path, desk: Path) -> None:
    certgen("fill", sample)
    path = desk / "certificates" / f"{SERIAL}.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    run = certgen("register", "audit")
    assert run.exit_code == 7
    assert "file-altered" in run.out
    assert SERIAL in run.out
    path.unlink()
    moved = certgen("register", "audit")
    assert moved.exit_code == 0
    assert "files-gone" in moved.out


def test_the_report_holds_all_that_was_found_and_all_that_was_looked_at(
    certgen, season: Path, desk: Path
) -> None:
    certgen("fill", season)
    written = sorted((desk / "certificates").iterdir())
    for path in written[:5]:
        path.write_bytes(b"%PDF another")
    written[5].unlink()
    run = certgen("register", "audit")
    assert run.err == ""
    assert all(f"is not the certificate {path.stem} as it was issued" in run.out for path in written[:5])
    assert "Kept PDFs     40, each" in run.out
    assert f"Folder        {desk / 'certificates'}: 34 as issued, 5 altered, 1 no longer there" in run.out
    assert "Found         5 warnings, 1 note" in run.out
    assert "Noted head    none given" in run.out
    assert certgen("register", "audit", "--json").record["folders"][0]["altered"] == 5


def test_a_sealed_certificate_in_the_place_of_the_issued_one_is_no_altered_one(certgen, sample: Path) -> None:
    certgen("fill", sample)
    path = Path("certificates", f"{SERIAL}.pdf")
    path.write_bytes(path.read_bytes() + b"\n% a seal\n")
    sha256 = certgen("verify", path, "--json").record["files"][0]["sha256"]
    with open_register(default_url()) as register:
        register.seal(SERIAL, sha256, Owner("desk", 1, "", "anna", "seal", "0.1.0"), datetime.now(UTC))
    assert certgen("register", "audit").exit_code == 0
    assert certgen("fill", sample, "--json").record["certificates"][0]["status"] == "unchanged"


def test_a_leftover_of_a_killed_run_is_named(certgen, sample: Path, desk: Path) -> None:
    certgen("fill", sample)
    (desk / "certificates" / ".certgen-4711-x.pdf").write_bytes(b"%PDF half")
    run = certgen("register", "audit")
    assert run.exit_code == 7
    assert "leftover-file" in run.out


def test_what_is_pending_is_told_and_finished_only_when_asked(certgen, killed: Path, desk: Path) -> None:
    run = certgen("register", "audit")
    assert run.exit_code == 7
    assert "audit --repair" in run.out
    repaired = certgen("register", "audit", "--repair")
    assert repaired.exit_code == 0, repaired.err
    assert f"Finished      {SERIAL}  issued" in repaired.out
    assert (desk / "certificates" / f"{SERIAL}.pdf").is_file()
    assert certgen("fill", killed, "--json").record["certificates"][0]["status"] == "unchanged"


def test_a_folder_that_is_gone_does_not_stop_the_repair(certgen, killed: Path, desk: Path) -> None:
    (desk / "certificates").rmdir()
    (desk / "certificates").write_text("a file in the way", encoding="utf-8")
    repaired = certgen("register", "audit", "--repair", "--json")
    assert repaired.record["finished"][0]["status"] == "issued"
    assert certgen("register", "show", SERIAL, "--pdf", "kept.pdf").exit_code == 0
    assert certgen("register", "audit").exit_code == 0


def test_there_is_nothing_to_audit_without_a_register(certgen, sample: Path) -> None:
    run = certgen("register", "audit")
    assert run.exit_code == 7
    assert "There is no register" in run.err


def test_a_clock_that_went_back_is_acknowledged_with_a_reason(certgen, sample: Path) -> None:
    certgen("fill", sample)
    with open_register(default_url()) as register:
        owner = Owner("desk", 1, "", "anna", "void", "0.1.0")
        register.void(SERIAL, "cancelled", owner, datetime(2020, 1, 1, tzinfo=UTC))
    run = certgen("register", "audit")
    assert run.exit_code == 7
    assert "certgen register acknowledge 3 --why REASON" in run.out
    assert certgen("register", "acknowledge", "3").exit_code == 2
    assert certgen("register", "acknowledge", "2", "--why", "empty battery").exit_code == 7
    done = certgen("register", "acknowledge", "3", "--why", "empty battery")
    assert done.exit_code == 0, done.err
    assert "head 4:" in done.out
    later = certgen("register", "audit")
    assert later.exit_code == 0
    assert "clock-went-back-acknowledged" in later.out
    assert "empty battery" in later.out


def test_a_record_that_cannot_be_read_does_not_silence_the_report(certgen, season: Path, desk: Path) -> None:
    certgen("fill", season)
    [book] = desk.parent.rglob("*.sqlite")
    with closing(sqlite3.connect(book, isolation_level=None)) as tool:
        tool.execute("UPDATE records SET lease_until = '' WHERE number = 1")
    written = sorted((desk / "certificates").iterdir())
    written[7].write_bytes(b"%PDF another")
    run = certgen("register", "audit")
    assert run.exit_code == 7
    assert f"The record of {SERIAL} is not what line" in run.out
    assert f"is not the certificate {written[7].stem} as it was issued" in run.out
