"""The register under load: many runs at once, runs killed at any moment, a server that goes away."""

from __future__ import annotations

import random
import time
from pathlib import Path

import openpyxl
import pytest
from many_runs import finish_runs, read_told, start_run
from postgres_server import Server, running_server

from certgen.register import Record, Register, Status, open_register

SEASON = 40
KILLS, BOOKS = 200, 20


@pytest.fixture
def fill(season: Path, url: str) -> list[str | Path]:
    """The words of a run that fills the season, wherever it is started."""
    profile = season.with_name("certgen.toml").absolute()
    return ["fill", season.absolute(), "--register", url, "--profile", profile]


def another_season(season: Path, name: str) -> Path:
    """The same shipments under other references."""
    book = openpyxl.load_workbook(season)
    for sheet in book:
        for (cell,) in sheet.iter_rows(min_row=2, max_col=1):
            cell.value = f"{name}-{cell.value}"
    path = season.with_name(f"{name}.xlsx")
    book.save(path)
    return path


def assert_is_sound(register: Register, count: int) -> list[Record]:
    """Each certificate once, in force, with its PDF; no gap, no repeat, and nothing an audit finds."""
    records = sorted(register.list_records(limit=100_000), key=lambda record: record.number)
    assert [record.number for record in records] == list(range(1, count + 1))
    assert len({record.key for record in records}) == count
    assert {record.status for record in records} == {Status.ISSUED}
    assert all(register.pdf(record.serial).startswith(b"%PDF") for record in records)
    assert register.audit(records[0].made_at, lambda _: True).is_clean
    return records


@pytest.mark.long
def test_sixteen_runs_with_the_same_and_with_different_workbooks(
    season: Path, url: str, desk: Path, fill: list[str | Path]
) -> None:
    books = [season.absolute()] * 8 + [another_season(season, f"W{number}").absolute() for number in range(8)]
    told = [desk / f"told-{number}" for number in range(16)]
    runs = [
        start_run("fill", book, *fill[2:], "--out", desk / f"out-{number}", "--json", told=told[number])
        for number, book in enumerate(books)
    ]
    assert finish_runs(runs) == [0] * 16, [path.read_text(encoding="utf-8")[-500:] for path in told]
    records = [read_told(path) for path in told]
    statuses = [item["status"] for record in records for item in record["certificates"]]
    assert (statuses.count("issued"), statuses.count("unchanged")) == (9 * SEASON, 7 * SEASON)
    waited = [record["summary"]["waited_seconds"] for record in records]
    assert max(waited) < 60, waited
    with open_register(url) as register:
        assert_is_sound(register, 9 * SEASON)
    assert not list(desk.rglob(".certgen-*"))


@pytest.mark.long
def test_two_hundred_kills_and_a_clean_run(
    season: Path, desk: Path, url: str, fill: list[str | Path]
) -> None:
    chance = random.Random(20261122)
    books = [another_season(season, f"K{number}").absolute() for number in range(BOOKS)]
    caught = 0
    for number in range(KILLS):
        run = start_run("fill", books[number * BOOKS // KILLS], *fill[2:])
        if number % (KILLS // BOOKS) == 0:  # the first of each workbook: once it has given numbers
            while run.is_alive() and not is_pending(url):
                time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.6))
        if run.is_alive():
            run.kill()
        run.join()
        caught += is_pending(url)
    assert caught > 0, "the kills must meet runs between numbering and issuing"
    assert finish_runs([start_run("fill", *books, *fill[2:])]) == [0]
    with open_register(url) as register:
        records = assert_is_sound(register, BOOKS * SEASON)
    written = sorted(path.name for path in (desk / "certificates").iterdir())
    assert written == sorted(f"{record.serial}.pdf" for record in records)


def is_pending(url: str) -> bool:
    with open_register(url) as register:
        return bool(register.list_records(status="pending", limit=1))


@pytest.mark.long
def test_a_server_that_goes_away_in_mid_batch_is_told_and_the_batch_taken_up_again(
    desk: Path, season: Path
) -> None:
    with running_server() as server:
        words = ["fill", season, "--register", server.new_database()]
        told = desk / "told"
        stopped = interrupt(server, words, told)
        assert "is out of reach" in stopped
        assert "no serial is lost" in stopped
        assert "Traceback" not in stopped
        assert finish_runs([start_run(*words)]) == [0]
        with open_register(str(words[-1])) as register:
            assert_is_sound(register, SEASON)
    assert not list(desk.rglob(".certgen-*"))


def interrupt(server: Server, words: list[str | Path], told: Path) -> str:
    """What a run says whose server is started anew while it prints."""
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8):
        run = start_run(*words, told=told)
        while run.is_alive() and not (Path("certificates").exists()):
            time.sleep(0.01)
        time.sleep(pause)
        server.control("restart", "-m", "immediate")
        if finish_runs([run]) == [7]:
            return told.read_text(encoding="utf-8")
    raise AssertionError("the run was never caught at the server")
