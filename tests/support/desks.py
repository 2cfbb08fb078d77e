"""A desk of a test's own: an empty working folder, with the user's data and configuration beside it."""

from __future__ import annotations

from pathlib import Path

import pytest


def lay_desk(around: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the test works from now on, inside this one."""
    folder = around / "desk"
    folder.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(around / name.lower()))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.chdir(folder)
    return folder
