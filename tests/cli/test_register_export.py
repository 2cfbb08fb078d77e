"""`certgen register export`: the chronological register, which no spreadsheet may run."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from certgen.workbook.plain_table import write_csv

SERIAL = "COI.CA-ORG-016.2026.0000001"


@pytest.fixture
def filled(certgen, season: Path) -> Path:
    assert certgen("fill", season).exit_code == 0
    return season


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_three_formats_say_the_same_in_serial_order(certgen, filled: Path, desk: Path) -> None:
    for name in ("r.csv", "r.xlsx", "r.json"):
        run = certgen("register", "export", name)
        assert run.exit_code == 0, run.err
        assert "40 certificates" in run.out
    rows = read_csv(desk / "r.csv")
    assert [int(row["Serial"].rpartition(".")[2]) for row in rows] == list(range(1, 41))
    sheet = openpyxl.load_workbook(desk / "r.xlsx")["Register"]
    header, *cells = sheet.iter_rows(values_only=True)
    assert list(header) == list(rows[0])
    assert [row[0] for row in cells] == [row["Serial"] for row in rows]
    plain = json.loads((desk / "r.json").read_text(encoding="utf-8"))["certificates"]
    assert [row["goods"] for row in plain] == [row["Goods"] for row in rows]
    assert all(row["Net, by unit"].endswith((" kg", " l")) for row in rows)


def test_the_days_narrow_it(certgen, sample: Path, desk: Path) -> None:
    certgen("fill", sample, "--issue-date", "2026-01-14")
    assert "1 certificate\n" in certgen("register", "export", "a.csv", "--since", "2026-01-14").out
    assert "0 certificates\n" in certgen("register", "export", "b.csv", "--since", "2026-01-15").out
    assert "0 certificates\n" in certgen("register", "export", "c.csv", "--until", "2026-01-13").out


def test_names_like_formulas_stay_names(certgen, sample: Path, desk: Path) -> None:
    assert certgen("fill", sample).exit_code == 0
    [book] = desk.parent.rglob("*.sqlite")
    for number, name in enumerate(['=cmd|"/c calc"!A1', "+1+1", "-2", "@SUM(A1)", "＝1+1", "'=1"]):
        with closing(sqlite3.connect(book, isolation_level=None)) as tool:
            [paper] = tool.execute("SELECT paper FROM papers").fetchone()
            plain = json.loads(paper)
            plain["consignment"]["importer"]["name"] = name
            tool.execute("UPDATE papers SET paper = ?", (json.dumps(plain),))
        for kind in ("csv", "xlsx"):
            assert certgen("register", "export", f"{number}.{kind}").exit_code == 0
        written = read_csv(desk / f"{number}.csv")[0]["Importer"]
        assert written == (name if name.startswith("'") else f"'{name}")
        sheet = openpyxl.load_workbook(desk / f"{number}.xlsx")["Register"]
        [cell] = [cell for cell in sheet[2] if cell.value == name]
        assert cell.data_type == "s"


def test_no_cell_of_a_csv_begins_like_a_formula_where_the_semicolon_divides(tmp_path: Path) -> None:
    texts = [
        "Lentils;=1+1",
        'Lentils;@SUM(A1), "red"',
        "Lentils\n=1+1",
        "a;-2;+3",
        "Lentils; -18 °C",
        "a - b",
    ]
    write_csv(["Serial", "Goods"], [["1", text] for text in texts], tmp_path / "r.csv")
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in file.read().splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert [row["Goods"] for row in read_csv(tmp_path / "r.csv")][4:] == texts[4:], "others stay as they are"


@pytest.mark.parametrize("name", ["r.csv", "r.xlsx", "r.json"])
def test_a_damaged_record_stops_the_export_and_leaves_no_half_of_it(
    certgen, sample: Path, desk: Path, name: str
) -> None:
    assert certgen("fill", sample).exit_code == 0
    [book] = desk.parent.rglob("*.sqlite")
    with closing(sqlite3.connect(book, isolation_level=None)) as tool:
        tool.execute("UPDATE papers SET paper = '{}'")
    run = certgen("register", "export", name)
    assert (run.exit_code, (desk / name).exists()) == (7, False), run.err
    assert f"What {SERIAL} was made of is damaged" in run.err


def test_void_and_replaced_ones_stand_in_it_with_the_reason(certgen, sample: Path, desk: Path) -> None:
    certgen("fill", sample)
    certgen("register", "void", SERIAL, "--why", "cancelled")
    certgen("fill", sample)
    certgen("register", "export", "r.csv")
    assert [(row["Status"], row["Reason"]) for row in read_csv(desk / "r.csv")] == [
        ("void", "cancelled"),
        ("issued", ""),
    ]


def test_a_file_in_the_way_and_another_kind_of_file_are_refused(certgen, sample: Path, desk: Path) -> None:
    certgen("fill", sample)
    for name in ("r.csv", "r.xlsx", "r.json"):
        (desk / name).write_bytes(b"mine")
        assert certgen("register", "export", name).exit_code == 9
        assert (desk / name).read_bytes() == b"mine"
    assert certgen("register", "export", "r.pdf").exit_code == 2
    assert certgen("register", "export", "nowhere/r.csv").exit_code == 9


def test_the_same_register_gives_the_same_bytes(certgen, sample: Path, desk: Path) -> None:
    certgen("fill", sample)
    for name in ("a.xlsx", "b.xlsx"):
        certgen("register", "export", name)
    assert (desk / "a.xlsx").read_bytes() == (desk / "b.xlsx").read_bytes()
