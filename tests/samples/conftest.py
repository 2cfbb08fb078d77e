"""The samples' own modules, as `samples/make.py` sees them, and where the samples stand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
sys.path.insert(0, str(SAMPLES))


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def gb_coi() -> Path:
    return SAMPLES / "gb-coi"
