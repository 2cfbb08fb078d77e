"""Commands that need no register must not pay for it."""

from __future__ import annotations

import subprocess
import sys

MEASURE = """
import dataclasses, datetime, enum, hashlib, json, pathlib, re, sys, time, typing
start = time.process_time()
import certgen.register
print((time.process_time() - start) * 1000, "sqlite3" in sys.modules)
"""


def test_importing_the_register_is_quick_and_loads_no_sqlite() -> None:
    answers = [
        subprocess.run(
            [sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(5)
    ]
    assert min(float(milliseconds) for milliseconds, _ in answers) < 20
    assert {loaded for _, loaded in answers} == {"False"}
