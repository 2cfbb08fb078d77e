"""What stops a whole run is told to a program that asked for JSON, once."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("words", "exit_code", "says"),
    [
        (("fill", "shipment.xlsx", "--register", "sqlite:///spoilt.sqlite"), 7, "is damaged"),
        (("check", "none.xlsx"), 4, "none.xlsx"),
        (("register", "show", "COI.X"), 7, "register"),
        (("fill", "shipment.xlsx", "--form", "gb-cio"), 2, 'did you mean "gb-coi"'),
        (("fill", "shipment.xlsx", "--jobs", "0"), 2, "--jobs"),
    ],
)
def test_a_run_that_is_stopped_says_why_in_its_object(
    certgen, sample: Path, words: tuple[str, ...], exit_code: int, says: str
) -> None:
    sample.with_name("spoilt.sqlite").write_text("not a register at all, but a note of somebody", "utf-8")
    run = certgen(*words, "--json")
    assert run.exit_code == exit_code
    assert run.record["schema"] == 1
    assert run.record["error"]["exit_code"] == exit_code
    assert says in run.record["error"]["message"]
    assert run.record["error"]["message"] in " ".join(run.err.split())
    assert not certgen(*words).out


def test_what_was_printed_before_the_stop_stays_one_object(certgen, sample: Path) -> None:
    Path("merged.pdf").write_bytes(b"of another time")
    run = certgen("fill", sample, "--merge", "merged.pdf", "--json")
    assert run.exit_code == 9
    assert run.record["certificates"][0]["status"] == "issued"
    assert "merged.pdf" in run.err
