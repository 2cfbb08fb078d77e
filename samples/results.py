"""What comes out of the samples: their certificates, and the marked copy of the one with mistakes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLES = Path(__file__).parent
GB_COI = SAMPLES / "gb-coi"
LABELS = SAMPLES / "label" / "labels.xlsx"
LABELS_DAY = "2026-11-20"
PROFILE = GB_COI / "certgen.toml"
PICTURE = SAMPLES.parent / "docs" / "images" / "gb-certificate-page-1.png"
IN_ORDER_OF_ISSUE = (
    "flat.xlsx",
    "one-shipment.xlsx",
    "sendung.csv",
    "envoi.ods",
    "old-excel.xls",
    "as-sent.xlsx",
)
"""One register numbers them all, so that no serial stands in two places; the season comes last."""


CONTINGENCY = (
    "--form",
    "eu-coi",
    "--variant",
    "contingency",
    "--why",
    "TRACES down since 2 September 2026, 06:10",
)
OTHER_PAPERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("certificate-request/shipments.xlsx", "shipments", ()),
    ("eu-coi/shipment.xlsx", "shipment", ()),
    ("eu-coi/shipment.xlsx", "contingency", CONTINGENCY),
    ("eu-operator-certificate/certificates.xlsx", "certificates", ()),
    ("japan-export-request/shipments.xlsx", "shipments", ()),
    ("jas-seal-report/shipments.xlsx", "shipments", ()),
    ("transaction-certificate/shipments.xlsx", "shipments", ()),
    ("nop-import-request/shipments.xlsx", "shipments", ()),
    ("te-transaction-certificate/shipments.xlsx", "shipments", ()),
    ("uk-canada-export/shipment.xlsx", "shipment", ()),
)
"""Workbook, folder of its results beside it, and what else is asked for; each with the profile beside it."""


def write_other_papers() -> None:
    """Replace the `out/` of every other form by what certgen makes of its samples now."""
    for name in dict.fromkeys(workbook for workbook, _, _ in OTHER_PAPERS):
        shutil.rmtree((SAMPLES / name).parent / "out", ignore_errors=True)
    for name, results, asked in OTHER_PAPERS:
        home = (SAMPLES / name).parent
        with tempfile.TemporaryDirectory() as folder:
            profile = _with_register(Path(folder), home / "certgen.toml")
            _fill(SAMPLES / name, home / "out" / results, profile, *asked)


def write_results() -> None:
    """Replace `out/` by what certgen makes of the samples now."""
    results = GB_COI / "out"
    shutil.rmtree(results, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        profile = _with_register(Path(folder))
        _fill(SAMPLES / "shipment.xlsx", results / "shipment", profile)
        for name in (*IN_ORDER_OF_ISSUE, "season.xlsx"):
            _fill(GB_COI / name, results / Path(name).stem, profile)
        marked = results / "mistakes" / "mistakes.marked.xlsx"
        marked.parent.mkdir(parents=True)
        _certgen("check", GB_COI / "mistakes.xlsx", "--profile", profile, "--annotate", marked, expected=3)


def write_label_answers() -> None:
    """What `label check` says of the sample labels on one day, and the marked copy of their workbook."""
    folder = LABELS.parent / "out"
    folder.mkdir(exist_ok=True)
    marked = folder / "labels.marked.xlsx"
    marked.unlink(missing_ok=True)
    words = ("label", "check", LABELS, "--day", LABELS_DAY, "--annotate", marked)
    (folder / "answer.txt").write_text(_certgen(*words, expected=3), encoding="utf-8")


def _with_register(folder: Path, source: Path = PROFILE) -> Path:
    """A sample profile with a register of its own, so that the user's is neither read nor counted up."""
    profile = folder / "certgen.toml"
    place = f'\n[register]\nurl = "sqlite:///{(folder / "register.sqlite").as_posix()}"\n'
    profile.write_text(source.read_text(encoding="utf-8") + place, encoding="utf-8")
    return profile


def write_picture() -> None:
    """The picture in the README: page one of the first sample's certificate."""
    import pypdfium2  # noqa: PLC0415 - only for the picture

    [certificate] = (GB_COI / "out" / "shipment").glob("*.pdf")
    page = pypdfium2.PdfDocument(certificate)[0]
    PICTURE.parent.mkdir(exist_ok=True)
    page.render(scale=1.5).to_pil().convert("P", palette=1, colors=32).save(PICTURE, optimize=True)


def _fill(workbook: Path, folder: Path, profile: Path, *asked: str) -> None:
    _certgen("fill", workbook, "--profile", profile, "--out", folder, *asked, expected=0)


def _certgen(*words: str | Path, expected: int) -> str:
    command = [sys.executable, "-m", "certgen", *map(str, words)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - certgen itself
    if done.returncode != expected:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}, not {expected}:\n{done.stderr}")
    return done.stdout
