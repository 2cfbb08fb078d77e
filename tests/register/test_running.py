"""Whether the run that holds a certificate still lives."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from certgen.register import is_alive, this_owner
from certgen.register.running import _start_by_ps, _start_of

HERE = this_owner("certgen fill", "0.1.0")


def test_this_run_lives() -> None:
    assert is_alive(HERE)
    assert this_owner("certgen fill", "0.1.0") == HERE


def test_a_run_that_ended_does_not_live_even_before_its_parent_looked() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    boot, namespace, _ = HERE.started.split("/")
    started = f"{boot}/{namespace}/{_start_of(process.pid)}"
    owner = replace(HERE, process=process.pid, started=started)
    assert is_alive(owner)
    process.kill()
    for _ in range(200):
        if not is_alive(owner):
            break
        subprocess.run([sys.executable, "-c", ""], check=True)
    assert process.returncode is None, "nobody has collected it yet"
    assert not is_alive(owner)
    process.communicate()
    assert not is_alive(owner)


def test_another_process_of_the_same_number_is_not_that_run() -> None:
    boot, namespace, start = HERE.started.split("/")
    assert not is_alive(replace(HERE, started=f"{boot}/{namespace}/{start}1"))


def test_a_machine_started_anew_has_none_of_its_old_runs() -> None:
    _, namespace, start = HERE.started.split("/")
    assert not is_alive(replace(HERE, started=f"another boot/{namespace}/{start}"))


@pytest.mark.parametrize(
    "doubtful",
    [
        replace(HERE, machine="another-desk", process=1),
        replace(HERE, started=HERE.started.replace("/", "/another container ", 1), process=2**22 + 1),
        replace(HERE, started="written otherwise"),
    ],
    ids=["another machine", "another container", "unreadable"],
)
def test_in_doubt_a_run_lives(doubtful: object) -> None:
    assert is_alive(doubtful)  # type: ignore[arg-type]


def test_a_system_without_proc_is_asked_by_ps_and_in_doubt_does_not_guess() -> None:
    answer = _start_by_ps(HERE.process)
    assert answer
    assert "/" not in answer
