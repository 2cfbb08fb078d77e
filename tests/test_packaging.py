"""What a user installs: the wheel, elsewhere, carries every form and font it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip_wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*pip_wheel, "--wheel-dir", folder, PROJECT], check=True)
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_every_form_and_every_font(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    templates = PROJECT / "templates"
    forms = {f"certgen/templates/{path.relative_to(templates).as_posix()}" for path in templates.rglob("*.*")}
    fonts = {
        path.relative_to(PROJECT).as_posix() for path in (PROJECT / "certgen" / "page" / "fonts").iterdir()
    }
    messages = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "certgen").rglob("*.toml")}
    assert (forms | fonts | messages) - inside == set()
    assert not [name for name in inside if "__pycache__" in name or name.startswith("tests")]


def test_the_source_distribution_holds_forms_samples_and_tests(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "build", "--sdist", "--outdir", tmp_path, PROJECT], check=True)
    [built] = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"templates/gb-coi/form.toml", "samples/shipment.xlsx", "tests/test_packaging.py"} <= names


def test_installed_elsewhere_it_fills_the_sample_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True)
    env = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    printed = subprocess.run(
        [tmp_path / "env" / "bin" / "certgen", "fill", PROJECT / "samples" / "shipment.xlsx", "--json"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        check=True,
    )
    [certificate] = json.loads(printed.stdout)["certificates"]
    assert certificate["status"] == "issued"
    assert (tmp_path / certificate["path"]).read_bytes().startswith(b"%PDF")
