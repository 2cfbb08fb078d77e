"""Whatever a stranger sends: a clear sentence, its exit code, never a traceback, nothing half-written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from independent import words_by_pdfplumber

UNREADABLE = {
    "empty.xlsx": b"",
    "page.xls": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "paper.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "noise.csv": bytes(range(256)) * 40,
}
MOST_MEMORY_BYTES = 500 * 1024 * 1024


@pytest.mark.parametrize(("name", "content"), UNREADABLE.items())
def test_what_is_no_workbook_is_exit_4_and_makes_nothing(
    certgen, desk: Path, name: str, content: bytes
) -> None:
    (desk / name).write_bytes(content)
    run = certgen("fill", name)
    assert run.exit_code == 4, run.err
    assert name in run.err
    assert "Traceback" not in run.err
    assert not (desk / "certificates").exists()


def test_a_file_that_is_not_there_and_a_folder_are_exit_4(certgen, desk: Path) -> None:
    assert certgen("check", "nowhere.xlsx").exit_code == 4
    assert certgen("check", desk).exit_code == 4


@pytest.mark.parametrize("folder", [".", "..", "/", ""])
def test_the_folder_itself_instead_of_a_workbook_is_exit_4(certgen, desk: Path, folder: str) -> None:
    run = certgen("fill", folder)
    assert run.exit_code == 4, run.err
    assert "is a folder" in run.err


def test_a_truncated_workbook_is_exit_4(certgen, sample: Path) -> None:
    sample.write_bytes(sample.read_bytes()[:-600])
    run = certgen("fill", sample)
    assert run.exit_code == 4
    assert "Traceback" not in run.err


def test_a_zip_bomb_is_refused_within_bounds(desk: Path, sample: Path) -> None:
    bomb = desk / "bomb.xlsx"
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if not entry.filename.endswith("sheet1.xml"):
                target.writestr(entry, source.read(entry))
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1200):
                sheet.write(b" " * 1_000_000)
    exit_code, err, memory = run_apart("check", bomb)
    assert exit_code == 4, err
    assert memory < MOST_MEMORY_BYTES


@pytest.mark.parametrize(
    "line",
    ["\U0001f600" + "x" * 16_000_000, ";" * 16_000_000, "\n" * 16_000_000],
    ids=["letters", "cells", "rows"],
)
def test_the_largest_text_that_is_read_stays_below_500_mb(desk: Path, line: str) -> None:
    (desk / "sendung.csv").write_text("a;b\n" + line, encoding="utf-8")
    exit_code, err, memory = run_apart("check", desk / "sendung.csv")
    assert exit_code == 4, err
    assert memory < MOST_MEMORY_BYTES


def test_a_hundred_thousand_empty_rows_stay_below_500_mb(desk: Path, sample: Path) -> None:
    book = openpyxl.load_workbook(sample)
    for row in range(2, 100_002):
        book["Products"].cell(row, 1).number_format = "0.00"
    book.save(sample)
    exit_code, err, memory = run_apart("check", sample)
    assert exit_code == 0, err
    assert memory < MOST_MEMORY_BYTES


@pytest.mark.parametrize(
    ("value", "exit_code"),
    [
        ("=cmd|' /C calc'!A0", 3),
        ("=1+1", 3),
        ("bell\x07", 3),
        ("left \u202eright", 3),
    ],
    ids=["command", "formula", "control-character", "right-to-left-mark"],
)
def test_a_cell_that_cannot_be_printed_refuses_its_consignment(
    certgen, sample: Path, edit, cell_of, value: str, exit_code: int
) -> None:
    place = cell_of(sample, "Shipments", "Exporter name", 2)
    if "\x07" in value:
        value = value.replace("\x07", "_x0007_")
    edit(sample, {place: value})
    run = certgen("fill", sample, "--json")
    assert run.exit_code == exit_code, run.err
    assert run.record["certificates"][0]["status"] == "refused"
    cells = {
        f"{item['sheet']}!{item['cell']}" for item in run.record["findings"] if item["severity"] == "error"
    }
    assert place in cells


def test_the_longest_cell_excel_can_hold_is_printed_whole(certgen, sample: Path, edit, cell_of) -> None:
    longest = " ".join(f"{number:05}" for number in range(5461))
    edit(sample, {cell_of(sample, "Shipments", "Exporter address", 2): longest})
    [certificate] = certgen("fill", sample, "--json").record["certificates"]
    words = words_by_pdfplumber(Path(certificate["path"]))
    numbers = [word.text for word in words if re.fullmatch(r"[0-9]{5}", word.text)]
    first = numbers.index("00000")
    assert numbers[first : first + 5461] == longest.split()


def test_words_that_are_no_shipment_are_told_so(certgen, desk: Path) -> None:
    (desk / "letter.csv").write_text("Dear Sir or Madam,\nplease find enclosed\n", encoding="utf-8")
    run = certgen("fill", "letter.csv")
    assert run.exit_code == 3
    assert "no-shipment-found" in run.err


def test_a_full_disk_leaves_nothing_half_written_and_no_serial_lost(
    certgen, sample: Path, desk: Path
) -> None:
    register = f"sqlite:///{desk}/register.sqlite"
    exit_code, err, _ = run_apart("fill", sample, "--register", register, file_limit_bytes=120_000)
    assert exit_code in {7, 9}, err
    assert "Traceback" not in err
    assert list((desk / "certificates").iterdir()) == []
    [certificate] = certgen("fill", sample, "--register", register, "--json").record["certificates"]
    assert certificate["serial"] == "COI.CA-ORG-016.2026.0000001"
    assert certificate["status"] in {"issued", "unchanged"}


@pytest.mark.parametrize(
    "words", [("form", "list"), ("fill", "shipment.xlsx"), ("fill", "shipment.xlsx", "--json")]
)
def test_output_that_a_full_disk_cannot_take_is_exit_9_and_no_bug(
    sample: Path, desk: Path, words: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full_disk:
        command = [sys.executable, "-m", "certgen", *words]
        run = subprocess.run(
            command, stdout=full_disk, stderr=subprocess.PIPE, cwd=sample.parent, check=False
        )
    told = run.stderr.decode()
    assert run.returncode == 9, told
    assert "could not all be printed (No space left on device)" in told
    assert "a bug in certgen" not in told
    assert "fill" not in words or [*(desk / "certificates").iterdir()]


_APART = """
import json, resource, subprocess, sys
if limit := int(sys.argv[1]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
run = subprocess.run([sys.executable, "-m", "certgen", *sys.argv[2:]], capture_output=True)
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
sys.stdout.write(json.dumps([run.returncode, run.stderr.decode(), most]))
"""
"""A small process between: the memory of a process begins with that of the one which started it."""


def run_apart(*words: str | Path, file_limit_bytes: int = 0) -> tuple[int, str, int]:
    """Run in a process of its own: exit code, what it said, and the most memory it held in bytes."""
    started = [sys.executable, "-c", _APART, str(file_limit_bytes), *map(str, words)]
    told = subprocess.run(started, stdout=subprocess.PIPE, check=True).stdout
    exit_code, said, most_bytes = json.loads(told)
    return exit_code, said, most_bytes


@pytest.mark.parametrize("words", [("form", "list"), ("route", "shipment.xlsx")])
def test_a_reader_who_leaves_early_is_no_bug_of_certgen(sample: Path, words: tuple[str, ...]) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "certgen", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        cwd=sample.parent,
    )
    assert run.stdout is not None
    run.stdout.close()
    assert run.stderr is not None
    told = run.stderr.read()
    run.stderr.close()
    assert run.wait(60) == 9
    assert "bug" not in told
