"""`certgen register audit --repair` puts lost PDFs back as they were issued, and no others."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import database_tool
import pytest

from certgen.register import default_url, open_register

SERIAL = "COI.CA-ORG-016.2026.0000001"
FILE = Path("certificates", f"{SERIAL}.pdf")
LOSSES = {
    "deleted": "DELETE FROM pdfs",
    "altered": "UPDATE pdfs SET rest = x'00'",
    "pieces deleted": "DELETE FROM pieces",
    "pieces altered": "UPDATE pieces SET content = x'00'",
    "places deleted": "DELETE FROM pdf_pieces",
}


@pytest.fixture
def issued(certgen, sample: Path) -> bytes:
    """The first sample's certificate as it went out."""
    assert certgen("fill", sample).exit_code == 0
    return FILE.read_bytes()


def tamper(act: str) -> None:
    database_tool.tamper_with(default_url(), f"{act}")


def kept() -> bytes | None:
    with open_register(default_url()) as register:
        return register.find_pdf(SERIAL)


@pytest.mark.parametrize("act", LOSSES.values(), ids=LOSSES)
@pytest.mark.parametrize("place", ["folder", "nowhere"])
def test_a_lost_pdf_is_put_back_and_later_audits_are_clean(
    certgen, issued: bytes, act: str, place: str
) -> None:
    tamper(act)
    if place == "nowhere":
        FILE.unlink()
    told = certgen("register", "audit")
    assert told.exit_code == 7
    assert "certgen register audit --repair" in told.out
    repaired = certgen("register", "audit", "--repair")
    assert repaired.exit_code == 0, repaired.out
    printed = "printed again from its record, the same to the last byte"
    whence = "from the file " if place == "folder" else printed
    assert f"Put back      {SERIAL}  {whence}" in repaired.out
    assert kept() == issued
    again = certgen("register", "audit", "--repair")
    assert again.exit_code == 0
    assert "Put back" not in again.out
    history = certgen("register", "show", SERIAL, "--json").record["history"]
    assert [line["act"] for line in history] == ["reserve", "issue", "mend"]
    assert whence in history[-1]["why"]
    assert history[-1]["command"] == "register audit"


def test_what_was_put_back_and_is_altered_again_is_put_back_again(certgen, issued: bytes) -> None:
    tamper("DELETE FROM pdfs")
    certgen("register", "audit", "--repair")
    tamper("UPDATE mended SET content = x'00'")
    assert certgen("register", "audit").exit_code == 7
    assert certgen("register", "audit", "--repair").exit_code == 0
    assert kept() == issued


def test_certificates_that_rest_on_an_altered_piece_are_all_mended_and_new_ones_issued(
    certgen, season: Path, sample: Path
) -> None:
    certgen("fill", season)
    shutil.rmtree("certificates")
    tamper("UPDATE pieces SET content = x'00'")
    refused = subprocess.run(
        [sys.executable, "-m", "certgen", "fill", sample], capture_output=True, text=True, check=False
    )
    assert refused.returncode == 7
    assert "certgen register audit --repair" in refused.stderr
    assert certgen("register", "audit", "--repair").exit_code == 0
    assert certgen("fill", sample).exit_code == 0
    assert certgen("register", "audit").exit_code == 0
    assert certgen("register", "backup", "copy.sqlite").exit_code == 0
    assert certgen("register", "audit", "--register", "sqlite:///copy.sqlite").exit_code == 0


def test_a_pdf_that_cannot_be_had_as_it_was_is_not_put_back(certgen, issued: bytes) -> None:
    FILE.write_bytes(issued + b"\n")
    tamper("UPDATE papers SET paper = REPLACE(paper, 'Albion', 'Albino')")
    tamper("DELETE FROM pdfs")
    run = certgen("register", "audit", "--repair")
    assert run.exit_code == 7
    assert f"Not put back  {SERIAL}  What {SERIAL} was made of was altered in the register" in run.out
    assert "--certificates DIR" in run.out
    assert kept() is None


def test_a_pdf_of_another_program_version_says_why_it_cannot_be_had(certgen, issued: bytes) -> None:
    FILE.unlink()
    other = "f00d" * 16
    with open_register(default_url()) as register:
        lines = list(register.journal.lines())
    assert len(lines) == 2
    tamper("DELETE FROM pdfs")
    tamper(f"UPDATE records SET pdf_sha256 = '{other}'")  # noqa: S608 - made here
    run = certgen("register", "audit", "--repair", "--json").record
    assert run["exit_code"] == 7
    assert [item["whence"] for item in run["put_back"]] == [""]


def test_a_folder_that_is_named_is_looked_through(certgen, issued: bytes, desk: Path) -> None:
    (desk / "inbox").mkdir()
    FILE.rename(desk / "inbox" / "from the importer.pdf")
    (desk / "inbox" / "other.pdf").write_bytes(b"%PDF other")
    tamper("UPDATE papers SET paper = REPLACE(paper, 'Albion', 'Albino')")
    tamper("DELETE FROM pdfs")
    run = certgen("register", "audit", "--repair", "--certificates", "inbox")
    assert "from the importer.pdf" in run.out
    assert kept() == issued
    assert "record-altered" in run.out, "the PDF is back; the record is still not what it was"
    usage = certgen("register", "audit", "--certificates", "inbox")
    assert usage.exit_code == 2
    assert "--repair" in usage.err


def test_nothing_is_put_back_by_a_journal_that_does_not_hold(certgen, issued: bytes) -> None:
    tamper("DELETE FROM pdfs")
    tamper("UPDATE journal SET user = 'nobody' WHERE entry = 1")
    run = certgen("register", "audit", "--repair")
    assert run.exit_code == 7
    assert "journal-broken" in run.out
    assert kept() is None


def test_a_planted_pdf_is_found_and_never_genuine(certgen, issued: bytes, desk: Path) -> None:
    (desk / "forged.pdf").write_bytes(b"%PDF forged")
    sha256 = certgen("verify", "forged.pdf", "--json").record["files"][0]["sha256"]
    row = f"'{SERIAL}', '{sha256}', x'00'"
    tamper(f"INSERT INTO mended (serial, sha256, content) VALUES ({row})")  # noqa: S608 - made here
    assert certgen("verify", "forged.pdf", "--json").record["files"][0]["verdict"] == "unknown"
    run = certgen("register", "audit")
    assert run.exit_code == 7
    assert "original-never-issued" in run.out


def test_a_genuine_file_stays_genuine_while_the_kept_one_is_lost(certgen, issued: bytes) -> None:
    tamper("DELETE FROM pdfs")
    assert certgen("verify", FILE, "--json").record["files"][0]["verdict"] == "genuine"
