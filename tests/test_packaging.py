"""What a user installs: the wheel, elsewhere, carries every form and font it needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
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


@pytest.fixture
def install(tmp_path: Path) -> Callable[[str], None]:
    """Install into an environment of its own, elsewhere."""
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"

    def install_package(package: str) -> None:
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)

    return install_package


def fill(folder: Path, workbook: Path) -> tuple[int, dict[str, Any]]:
    """Exit code and record of the installed `certgen fill`."""
    env = {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
    command = [folder / "env" / "bin" / "certgen", "fill", workbook, "--json"]
    printed = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
    return printed.returncode, json.loads(printed.stdout)


def test_installed_elsewhere_it_fills_the_sample_without_the_checkout(
    wheel: Path, install: Callable[[str], None], tmp_path: Path
) -> None:
    install(str(wheel))
    exit_code, record = fill(tmp_path, PROJECT / "samples" / "shipment.xlsx")
    [certificate] = record["certificates"]
    assert (exit_code, certificate["status"]) == (0, "issued")
    assert (tmp_path / certificate["path"]).read_bytes().startswith(b"%PDF")


def test_the_extra_brings_the_letters_that_it_was_refused_for(
    wheel: Path, install: Callable[[str], None], tmp_path: Path
) -> None:
    shutil.copy(PROJECT / "samples" / "certgen.toml", tmp_path)
    workbook = openpyxl.load_workbook(PROJECT / "samples" / "shipment.xlsx")
    workbook["Products"]["C2"] = "有機レンズ豆 Organic red lentils"
    workbook.save(tmp_path / "shipment.xlsx")
    install(str(wheel))
    exit_code, record = fill(tmp_path, tmp_path / "shipment.xlsx")
    [finding] = [finding for finding in record["findings"] if finding["severity"] == "error"]
    assert (exit_code, finding["slug"], finding["cell"]) == (6, "letter-needs-extra", "C2")
    assert 'pip install "certgen[cjk]"' in finding["fix"]
    install(f"certgen[cjk] @ {wheel.as_uri()}")
    exit_code, record = fill(tmp_path, tmp_path / "shipment.xlsx")
    assert (exit_code, record["certificates"][0]["status"]) == (0, "issued")
