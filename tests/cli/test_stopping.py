"""A run killed at any moment is finished by the next: one certificate and one serial each, no gap."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def start(*words: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "certgen", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )


def finish(*words: str | Path) -> dict:
    process = start(*words, "--json")
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode()
    return json.loads(out)


def assert_each_has_one(season: Path, desk: Path) -> None:
    record = finish("fill", season)
    certificates = record["certificates"]
    numbers = sorted(int(item["serial"].rpartition(".")[2]) for item in certificates)
    assert numbers == list(range(1, 41))
    assert len({(item["consignment"], item["exporter"]) for item in certificates}) == 40
    assert sorted(path.name for path in (desk / "certificates").iterdir()) == sorted(
        f"{item['serial']}.pdf" for item in certificates
    )
    assert {item["status"] for item in finish("fill", season)["certificates"]} == {"unchanged"}


def kill_somewhere(season: Path, seconds: float) -> None:
    process = start("fill", season)
    time.sleep(seconds)
    process.kill()
    process.communicate()


def test_three_kills_and_a_clean_run(season: Path, desk: Path) -> None:
    chance = random.Random(7)
    for _ in range(3):
        kill_somewhere(season, chance.uniform(0.3, 1.5))
    assert_each_has_one(season, desk)


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_says_that_it_stopped_and_nothing_is_half_written(season: Path, desk: Path, jobs: int) -> None:
    process = start("fill", season, "--jobs", str(jobs))
    while process.poll() is None and not (desk / "certificates").exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    if process.returncode != 0:
        assert process.returncode == 130, err.decode()
        assert "stopped" in err.decode()
    assert "Traceback" not in err.decode()
    assert not list(desk.rglob(".certgen-*"))
    assert_each_has_one(season, desk)


def test_workers_end_with_the_run_that_asked_for_them(season: Path, desk: Path) -> None:
    process = start("fill", season, "--jobs", "2")
    while process.poll() is None and not (desk / "certificates").exists():
        time.sleep(0.01)
    process.kill()
    process.communicate(timeout=20)
    assert_each_has_one(season, desk)
