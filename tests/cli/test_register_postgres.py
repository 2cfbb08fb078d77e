"""The commands against a register on a server, as an office uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from postgres_server import PASSWORD, Server

Certgen = pytest.FixtureDef


@pytest.fixture
def at(postgres_server: Server) -> tuple[str, str]:
    return ("--register", postgres_server.new_database())


def test_a_season_is_issued_shown_and_audited_on_a_server(certgen, season: Path, at: tuple[str, str]) -> None:
    first = certgen("--verbose", "fill", season, *at, "--json")
    assert first.exit_code == 0
    again = certgen("fill", season, *at, "--json")
    assert {each["status"] for each in again.record["certificates"]} == {"unchanged"}
    serial = first.record["certificates"][0]["serial"]
    shown = certgen("register", "show", serial, *at, "--pdf", "kept.pdf")
    listed = certgen("register", "list", *at)
    audit = certgen("register", "audit", *at)
    exported = certgen("register", "export", "register.json", *at)
    assert [run.exit_code for run in (shown, listed, audit, exported)] == [0, 0, 0, 0]
    assert len(listed.out.splitlines()) == len(first.record["certificates"])
    assert Path("kept.pdf").read_bytes() == next(Path("certificates").glob(f"*{serial}*.pdf")).read_bytes()
    said = "".join(run.out + run.err for run in (first, again, shown, listed, audit, exported))
    assert PASSWORD not in said + Path("register.json").read_text(encoding="utf-8")


def test_a_server_named_in_the_profile_is_used_and_never_told_with_its_password(
    certgen, sample: Path, at: tuple[str, str]
) -> None:
    profile = sample.with_name("certgen.toml")
    profile.write_text(
        profile.read_text(encoding="utf-8") + f"\n[register]\nurl = {json.dumps(at[1])}\n", encoding="utf-8"
    )
    assert certgen("fill", sample).exit_code == 0
    gone = certgen("--debug", "register", "show", "COI.X")
    assert gone.exit_code == 7
    assert PASSWORD not in gone.out + gone.err
