"""Runs that meet at one register wait for each other, say so, and read what the other issued."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from certgen.cli.options import make_surroundings
from certgen.desk import make_order
from certgen.errors import RegisterError
from certgen.pipeline import fill
from certgen.register import Patience, open_register


def start(*words: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "certgen", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start_and_hold(workbook: Path, url: str) -> subprocess.Popen[str]:
    """A run that has numbered its certificates and is held before any of them is issued."""
    for _ in range(20):
        run = start("fill", workbook, "--register", url, "--out", "first", "--json")
        while run.poll() is None:
            if Path("first").exists() and is_pending(url):
                os.kill(run.pid, signal.SIGSTOP)
                if is_pending(url):
                    return run
                os.kill(run.pid, signal.SIGCONT)
        run.communicate()
    raise AssertionError("never caught between numbering and issuing")


def is_pending(url: str) -> bool:
    try:
        with open_register(url, patience=Patience(0.2)) as register:
            return bool(register.list_records(status="pending", limit=1))
    except RegisterError:
        return False  # held in the middle of a writing


def first_words(run: subprocess.Popen[str]) -> str:
    """What a run says first on stderr, waited for as long as it takes to say it."""
    assert run.stderr is not None
    return run.stderr.readline()


def statuses(run: subprocess.Popen[str]) -> list[str]:
    out, err = run.communicate(timeout=120)
    assert run.returncode == 0, err
    return [item["status"] for item in json.loads(out)["certificates"]]


def test_a_run_waits_for_the_certificates_that_another_is_making(season: Path, url: str) -> None:
    first = start_and_hold(season, url)
    second = start("fill", season, "--register", url, "--out", "second", "--json")
    assert "is in use by another run; waiting for a turn, 60 seconds at most" in first_words(second)
    time.sleep(1.1)
    assert second.poll() is None, second.communicate()
    os.kill(first.pid, signal.SIGCONT)
    out, err = second.communicate(timeout=120)
    record = json.loads(out)
    assert second.returncode == 0, err
    assert {item["status"] for item in record["certificates"]} == {"unchanged"}
    assert record["summary"]["waited_seconds"] > 1
    assert set(statuses(first)) == {"issued"}
    assert len(list(Path("second").glob("*.pdf"))) == 40


def test_a_run_that_dies_while_another_waits_for_it_is_finished_by_that_one(season: Path, url: str) -> None:
    first = start_and_hold(season, url)
    second = start("fill", season, "--register", url, "--out", "second", "--json")
    assert "waiting for a turn" in first_words(second)
    first.kill()
    first.communicate()
    assert set(statuses(second)) <= {"issued", "unchanged"}
    with open_register(url) as register:
        assert {record.status for record in register.list_records(limit=1000)} == {"issued"}


def test_patience_has_an_end(season: Path, url: str) -> None:
    first = start_and_hold(season, url)
    told: list[str] = []
    surroundings = replace(make_surroundings("fill", lambda *_: None), patience=Patience(1.5, told.append))
    outcome = fill(make_order([season], register_url=url, out=Path("second")), surroundings)
    assert outcome.exit_code == 7
    assert {item.status for item in outcome.certificates} == {"failed"}
    assert "is making it; run again when that has ended" in outcome.certificates[0].reason
    assert [sentence for sentence in told if "and 39 more is in use by another run" in sentence]
    os.kill(first.pid, signal.SIGCONT)
    assert set(statuses(first)) == {"issued"}


@pytest.mark.long
def test_four_runs_of_one_workbook_make_each_certificate_once(season: Path, url: str) -> None:
    runs = [start("fill", season, "--register", url, "--out", f"out-{each}", "--json") for each in range(4)]
    told = [status for run in runs for status in statuses(run)]
    assert told.count("issued") == 40
    assert set(told) == {"issued", "unchanged"}
    with open_register(url) as register:
        assert len(register.list_records(limit=1000)) == 40
