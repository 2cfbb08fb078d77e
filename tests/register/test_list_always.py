"""Whatever is asked of a list, it gives the newest certificates that are so, and none is passed over."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from certgen.register import Done, Owner, Patience, Record, Register, Request, open_register

COUNT = 240
PATTERNS = (
    "COI.CA-ORG-016.2025.{number:05}",
    "COI.CA-ORG-016.2026.{number:04}",
    "{number:03}/NOP",
    "L{number}",
)
EXPORTERS = ("red river mills", "sun valley 100% oats", "öko-mühle ковальчук", "oat house", "red barn 7")
FORMS = ("coi", "nop", "us")
FIRST = date(2026, 1, 1)


@dataclass(frozen=True)
class Asked:
    form: str | None
    status: str | None
    since: date | None
    until: date | None
    exporter: str | None
    text: str | None

    def takes(self, record: Record) -> bool:
        return (
            self.form in (None, record.key.form)
            and self.status in (None, record.status)
            and (self.since or FIRST) <= record.issue_date <= (self.until or date.max)
            and (self.exporter or "").casefold() in record.key.exporter
            and (self.text is None or self.stands_in(record, self.text))
        )

    def stands_in(self, record: Record, text: str) -> bool:
        reference, small = record.key.reference.lower(), text.lower()
        words = small in reference or small in record.output_name.lower()
        is_word = reference.startswith(small) if len(text) < 3 else words
        return is_word or small in record.serial.lower() or text.casefold() in record.key.exporter


def ask_for(number: int, chance: random.Random, ask: Callable[..., Request]) -> Request:
    """Series and forms come and go, and one in ten is dated back."""
    series = PATTERNS[min(number * 2 // COUNT, 1)] if chance.random() < 0.6 else chance.choice(PATTERNS[2:])
    day = FIRST + timedelta(days=number // 4 - (chance.randrange(40) if chance.random() < 0.1 else 0))
    return ask(
        f"{chance.choice(('S', 'PL', 'inv'))}-{number // 100 + 2024}-{number:04}",
        pattern=series,
        issue_date=max(day, FIRST),
        form=FORMS[0] if number < COUNT // 3 else chance.choice(FORMS),
        exporter=chance.choice(EXPORTERS[: 2 if number < COUNT // 2 else 5]),
        output_name=chance.choice(("{serial}.pdf", "Lentils_{serial}.pdf", "100%_flax.pdf")),
    )


@pytest.fixture
def filled(
    url: str, ask: Callable[..., Request], anna: Owner, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Register]:
    for module in ("store", "letters"):
        monkeypatch.setattr(f"certgen.register.stores.postgres.{module}.STRETCH", 10)
    chance = random.Random(20261122)
    with open_register(url, patience=Patience(2)) as register:
        records = register.reserve([ask_for(number, chance, ask) for number in range(COUNT)], anna, noon, 60)
        done = [Done(record.serial, b"%PDF", 1) for record in records if chance.random() < 0.9]
        register.issue(done, anna, noon)
        for each in chance.sample(done, 12):
            register.void(each.serial, "cancelled", anna, noon)
        yield register


def some_text(chance: random.Random, records: tuple[Record, ...]) -> str:
    """A part of what a certificate has, and now and then what none has."""
    record = chance.choice(records)
    whole = chance.choice(
        (record.serial, record.key.reference, record.key.exporter, record.output_name, "qx%_")
    )
    start = chance.choice((0, chance.randrange(len(whole))))
    text = whole[start : start + chance.choice((1, 2, 3, 4, 6, 30))]
    return chance.choice((text, text.upper(), text.lower()))


def something(chance: random.Random, records: tuple[Record, ...]) -> Asked:
    day = chance.choice(records).issue_date
    exporter = some_text(chance, records)
    return Asked(
        form=chance.choice((None, None, *FORMS, "none")),
        status=chance.choice((None, None, None, "issued", "pending", "void", "replaced")),
        since=chance.choice((None, None, day, day - timedelta(days=9))),
        until=chance.choice((None, None, day, day + timedelta(days=9))),
        exporter=chance.choice((None, None, None, "red", "oat", exporter)),
        text=chance.choice((None, some_text(chance, records), some_text(chance, records))),
    )


@pytest.mark.parametrize(
    ("newest", "few", "many", "way"), [(0, 6, 30, 20), (30, 0, 0, 10**9), (10, 0, 40, 0), (0, 240, 0, 0)]
)
def test_a_list_gives_what_looking_at_each_certificate_would_give(
    filled: Register, monkeypatch: pytest.MonkeyPatch, newest: int, few: int, many: int, way: int
) -> None:
    """Whether found among the newest, by what few have, or in going back."""
    listing = "certgen.register.search.listing."
    for name, value in (
        ("_NEWEST", newest),
        ("_FEW", few),
        ("_MANY", many),
        ("_A_GOOD_WAY", way),
        ("_AT_ONCE", 7),
    ):
        monkeypatch.setattr(listing + name, value)
    monkeypatch.setattr("certgen.register.search.few._MOST_NAMES", 3)
    chance = random.Random(newest + few)
    everything = filled.list_records(limit=COUNT)
    assert len(everything) == COUNT
    for _ in range(400):
        asked, limit = something(chance, everything), chance.choice((1, 3, 20, COUNT))
        after = chance.choice((None, None, chance.randrange(COUNT)))
        older = everything if after is None else everything[after + 1 :]
        expected = [record.serial for record in older if asked.takes(record)][:limit]
        narrowed = {name: getattr(asked, name) for name in Asked.__dataclass_fields__}
        last = None if after is None else everything[after].serial
        found = filled.list_records(**narrowed, limit=limit, after=last)
        assert [record.serial for record in found] == expected, (asked, limit, last)
