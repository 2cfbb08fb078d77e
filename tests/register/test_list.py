"""Looking certificates up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from certgen.register import Owner, Record, Register, Request, open_register


@pytest.fixture(params=[10_000, 2, 0], ids=lambda count: f"newest {count}")
def filled(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    register: Register,
    issue_one: Callable[..., Record],
    ask: Callable[..., Request],
    anna: Owner,
    noon: datetime,
) -> Register:
    """Found alike among the newest, which are read one by one, and by the indexes of the older ones."""
    monkeypatch.setattr("certgen.register.search.listing._NEWEST", request.param)
    issue_one("S-1", exporter="red river mills", issue_date=date(2026, 3, 1))
    issue_one(
        "S-2", exporter="sun valley 100% organic", issue_date=date(2026, 3, 2), output_name="lentils.pdf"
    )
    issue_one(
        "S-3", exporter="red river mills", form="nop", pattern="NOP.{number}", issue_date=date(2026, 3, 3)
    )
    register.reserve([ask("S-4", exporter="red river mills", issue_date=date(2026, 3, 4))], anna, noon, 60)
    return register


@pytest.mark.parametrize(
    ("narrowed", "references"),
    [
        ({}, ["S-4", "S-3", "S-2", "S-1"]),
        ({"form": "nop"}, ["S-3"]),
        ({"status": "pending"}, ["S-4"]),
        ({"since": date(2026, 3, 2), "until": date(2026, 3, 3)}, ["S-3", "S-2"]),
        ({"exporter": "Red River"}, ["S-4", "S-3", "S-1"]),
        ({"exporter": "100%"}, ["S-2"]),
        ({"exporter": "1%c"}, []),
        ({"text": "s-3"}, ["S-3"]),
        ({"text": "LENTILS"}, ["S-2"]),
        ({"text": "NOP."}, ["S-3"]),
        ({"text": "sun valley"}, ["S-2"]),
        ({"form": "coi", "exporter": "red", "status": "issued"}, ["S-1"]),
        ({"limit": 2}, ["S-4", "S-3"]),
        ({"text": "ri"}, ["S-4", "S-3", "S-1"]),
        ({"text": 'red "river" mills'}, []),
        ({"text": "RED river mills", "since": date(2026, 3, 2), "limit": 1}, ["S-4"]),
        ({"text": "mills", "exporter": "red", "status": "pending"}, ["S-4"]),
        ({"text": "mills\nlentils"}, []),
    ],
)
def test_the_list_is_narrowed_newest_first(
    filled: Register, narrowed: dict[str, object], references: list[str]
) -> None:
    records = filled.list_records(**narrowed)  # type: ignore[arg-type]
    assert [record.key.reference for record in records] == references


def test_a_page_goes_on_after_the_last_serial_of_the_one_before(filled: Register) -> None:
    pages, after = [], None
    while page := filled.list_records(limit=3, after=after):
        pages.append([record.key.reference for record in page])
        after = page[-1].serial
    assert pages == [["S-4", "S-3", "S-2"], ["S-1"]]


@pytest.mark.parametrize("newest", [10_000, 1, 0])
def test_one_that_was_dated_back_stands_where_it_was_numbered(
    register: Register, issue_one: Callable[..., Record], monkeypatch: pytest.MonkeyPatch, newest: int
) -> None:
    monkeypatch.setattr("certgen.register.search.listing._NEWEST", newest)
    for reference, day in (("S-1", 1), ("S-2", 2), ("S-3", 3), ("S-4", 1), ("S-5", 4)):
        issue_one(reference, issue_date=date(2026, 3, day))

    def listed(**narrowed: object) -> list[str]:
        return [record.key.reference for record in register.list_records(**narrowed)]  # type: ignore[arg-type]

    first, second, third = (date(2026, 3, day) for day in (1, 2, 3))
    assert listed(until=first) == ["S-4", "S-1"]
    assert listed(until=second, text="river") == ["S-4", "S-2", "S-1"]
    assert listed(since=second, until=third) == ["S-3", "S-2"]
    assert listed(since=second) == ["S-5", "S-3", "S-2"]
    assert listed(until=date(2026, 2, 28)) == []
    assert listed(until=second, after="COI.CA-ORG-006.2026.0000004") == ["S-2", "S-1"]


@pytest.mark.parametrize("newest", [10_000, 0])
def test_an_exporter_is_found_by_capital_letters_of_any_script(
    register: Register, issue_one: Callable[..., Record], monkeypatch: pytest.MonkeyPatch, newest: int
) -> None:
    monkeypatch.setattr("certgen.register.search.listing._NEWEST", newest)
    issue_one("S-1", exporter="öko-mühle ковальчук")
    for wanted in ({"text": "ÖKO-MÜHLE"}, {"exporter": "КОВАЛЬЧУК"}, {"text": "Ö"}):
        assert [record.key.reference for record in register.list_records(**wanted)] == ["S-1"]  # type: ignore[arg-type]


def test_a_list_gives_each_certificate_whole(filled: Register) -> None:
    listed, *_ = filled.list_records()
    assert listed == filled.show(listed.serial)


def test_a_database_without_an_index_of_words_finds_them_too(
    url: str, ask: Callable[..., Request], anna: Owner, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite built without FTS5, and a server without the extension pg_trgm."""
    missing = "CREATE VIRTUAL TABLE words USING missing (line)", "CREATE EXTENSION missing"
    monkeypatch.setattr("certgen.register.stores.sqlite.WORDS_TABLE", missing[0])
    monkeypatch.setattr("certgen.register.stores.postgres.store.index_of_words", lambda _: [missing[1]])
    monkeypatch.setattr("certgen.register.search.listing._NEWEST", 0)
    with open_register(url) as register:
        register.reserve([ask("S-1"), ask("T-2")], anna, noon, 60)
        assert [record.key.reference for record in register.list_records(text="t-2")] == ["T-2"]
    with open_register(url) as again:
        assert [record.key.reference for record in again.list_records(text="river", limit=1)] == ["T-2"]
