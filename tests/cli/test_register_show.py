"""`certgen register show --pdf`: the original, or the same certificate again, and saying which."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

SERIAL = "COI.CA-ORG-016.2026.0000001"


@pytest.fixture
def issued(certgen, sample: Path) -> bytes:
    """The first sample's certificate as it went out."""
    certgen("fill", sample)
    return Path("certificates", f"{SERIAL}.pdf").read_bytes()


@pytest.fixture
def tamper(desk: Path) -> Callable[..., None]:
    def run(*statements: str) -> None:
        [book] = desk.parent.rglob("*.sqlite")
        with closing(sqlite3.connect(book, isolation_level=None)) as tool:
            for (name,) in tool.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                tool.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                tool.execute(statement)

    return run


@pytest.mark.parametrize("words", [("list",), ("show", SERIAL), ("show", SERIAL, "--json")])
def test_what_a_certificate_was_made_of_cut_off_in_the_middle_is_told(
    certgen, issued: bytes, tamper, words: tuple[str, ...]
) -> None:
    tamper("UPDATE papers SET paper = substr(paper, 1, 500)")
    run = certgen("register", *words)
    assert run.exit_code == 7
    assert f"What {SERIAL} was made of is damaged" in run.err
    assert "certgen register audit" in run.err


def text_of(path: Path) -> str:
    with closing(pypdfium2.PdfDocument(path)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_kept_original_is_given_without_a_word(certgen, issued: bytes, desk: Path) -> None:
    run = certgen("register", "show", SERIAL, "--pdf", "kept.pdf")
    assert (run.exit_code, run.out, run.err) == (0, f"kept.pdf: {SERIAL}, as it was issued\n", "")
    assert (desk / "kept.pdf").read_bytes() == issued


@pytest.mark.parametrize("loss", ["DELETE FROM pdfs", "UPDATE pdfs SET rest = x'00'"])
def test_a_lost_original_is_printed_again_to_the_last_byte(
    certgen, issued: bytes, desk: Path, tamper, loss: str
) -> None:
    tamper("PRAGMA foreign_keys = OFF", "DELETE FROM pdf_pieces", loss)
    run = certgen("register", "show", SERIAL, "--pdf", "again.pdf")
    assert run.exit_code == 0, run.err
    assert "same to the last byte" in run.err
    assert (desk / "again.pdf").read_bytes() == issued


def test_a_reproduction_that_differs_says_so_and_why(certgen, issued: bytes, desk: Path, tamper) -> None:
    tamper(
        "DELETE FROM pdf_pieces",
        "DELETE FROM pdfs",
        "UPDATE records SET pdf_sha256 = 'f00d', form_hash = 'beef'",
        "UPDATE records SET owner = REPLACE(owner, '0.1.0', '0.0.9')",
    )
    run = certgen("register", "show", SERIAL, "--pdf", "again.pdf")
    assert run.exit_code == 0
    assert "not the same file" in run.err
    assert "issued by certgen 0.0.9" in run.err
    assert "files of its form have changed" in run.err
    assert "Albion Wholefood" in text_of(desk / "again.pdf")


def test_nothing_is_printed_from_a_record_that_was_altered(
    certgen, issued: bytes, desk: Path, tamper
) -> None:
    tamper(
        "DELETE FROM pdf_pieces",
        "DELETE FROM pdfs",
        "UPDATE papers SET paper = REPLACE(paper, 'Albion', 'Albino')",
    )
    run = certgen("register", "show", SERIAL, "--pdf", "again.pdf")
    assert run.exit_code == 7
    assert "was altered in the register" in run.err
    assert not (desk / "again.pdf").exists()


def test_an_edition_that_is_no_longer_installed_is_not_guessed(certgen, issued: bytes, tamper) -> None:
    tamper("DELETE FROM pdf_pieces", "DELETE FROM pdfs", "UPDATE records SET edition = '1999'")
    run = certgen("register", "show", SERIAL, "--pdf", "again.pdf")
    assert run.exit_code == 7
    assert "'1999'" in run.err


def test_a_copy_is_not_the_original(certgen, issued: bytes, desk: Path) -> None:
    assert certgen("register", "show", SERIAL, "--pdf", "copy.pdf", "--copy").exit_code == 0
    assert (desk / "copy.pdf").read_bytes() != issued
    assert certgen("fill", desk / "shipment.xlsx", "--copy").exit_code == 0
    assert (desk / "copy.pdf").read_bytes() == Path("certificates", f"{SERIAL} COPY.pdf").read_bytes()


def test_a_file_in_the_way_is_left(certgen, issued: bytes, desk: Path) -> None:
    (desk / "kept.pdf").write_bytes(b"mine")
    assert certgen("register", "show", SERIAL, "--pdf", "kept.pdf").exit_code == 9
    assert (desk / "kept.pdf").read_bytes() == b"mine"


def test_what_was_written_is_told_and_the_record_only_when_asked(certgen, issued: bytes) -> None:
    certgen("register", "void", SERIAL, "--why", "cancelled")
    copy = certgen("register", "show", SERIAL, "--pdf", "copy.pdf", "--copy")
    assert copy.out == f"copy.pdf: {SERIAL}, printed with COPY on every page  [void: cancelled]\n"
    assert certgen("register", "show", SERIAL, "--pdf", "kept.pdf", "--json").record["record"]["why"]
    assert "history" in certgen("register", "show", SERIAL, "--pdf", "again.pdf", "--json").record
    assert "exporter " in certgen("register", "show", SERIAL).out
    alone = certgen("register", "show", SERIAL, "--copy")
    assert alone.exit_code == 2
    assert "--pdf FILE.pdf" in alone.err
