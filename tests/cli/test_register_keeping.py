"""`certgen register backup`, `restore` and `upgrade` as an office uses them."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def book(sample: Path) -> Path:
    return sample.parents[1] / "office" / "register.sqlite"


def test_a_lost_register_is_restored_and_goes_on_counting(certgen, sample: Path, book: Path) -> None:
    at = ("--register", f"sqlite:///{book}")
    certgen("fill", sample, *at)
    made = certgen("register", "backup", "copy.sqlite", *at)
    assert made.exit_code == 0, made.err
    book.unlink()
    restored = certgen("register", "restore", "copy.sqlite", *at)
    assert restored.exit_code == 0, restored.err
    head = made.out.split("head ")[1]
    assert restored.out.endswith(head)
    assert certgen("fill", sample, *at, "--json").record["certificates"][0]["status"] == "unchanged"
    assert certgen("register", "audit", *at).exit_code == 0


def test_certificates_issued_after_the_backup_are_named(
    certgen, season: Path, sample: Path, book: Path
) -> None:
    at = ("--register", f"sqlite:///{book}")
    certgen("fill", sample, *at, "--out", "first")
    certgen("register", "backup", "copy.sqlite", *at)
    certgen("fill", season, *at, "--out", "season")
    book.rename(book.with_name("lost.sqlite"))
    unseen = certgen("register", "restore", "copy.sqlite", *at)
    assert unseen.exit_code == 0
    book.unlink()
    run = certgen("register", "restore", "copy.sqlite", *at, "--certificates", "season")
    assert run.exit_code == 7
    assert "certificates-after-backup" in run.err
    assert "40 certificates" in run.err
    assert "COI.CA-ORG-016.2026.0000002.pdf" in run.err


def test_a_register_in_the_way_is_not_touched(certgen, sample: Path, book: Path) -> None:
    at = ("--register", f"sqlite:///{book}")
    certgen("fill", sample, *at)
    certgen("register", "backup", "copy.sqlite", *at)
    assert certgen("register", "restore", "copy.sqlite", *at).exit_code == 7
    assert certgen("register", "backup", "copy.sqlite", *at).exit_code == 9


def test_upgrade_says_what_it_did(certgen, sample: Path, book: Path) -> None:
    book.parent.mkdir()
    old = Path(__file__).parents[1] / "register" / "registers" / "version-1.sqlite"
    book.write_bytes(old.read_bytes())
    at = ("--register", f"sqlite:///{book}")
    refused = certgen("register", "list", *at)
    assert refused.exit_code == 7
    assert "certgen register upgrade" in refused.err
    assert "upgraded from 1" in certgen("register", "upgrade", *at).out
    assert "up to date" in certgen("register", "upgrade", *at).out
    assert certgen("register", "list", *at).exit_code == 0
