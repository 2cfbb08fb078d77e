"""Each act leaves a line, and no line can be changed without it being seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

import database_tool
import psycopg
import pytest

from certgen.register import Done, Owner, Record, Register, Request


def test_every_act_is_a_line_with_who_when_and_what(
    register: Register, ask: Callable[..., Request], anna: Owner, bruno: Owner, noon: datetime
) -> None:
    (record,) = register.reserve([ask()], anna, noon, 60)
    later = noon + timedelta(minutes=2)
    register.adopt_abandoned(bruno, later, lambda _: True)
    register.issue([Done(record.serial, b"pdf", 1)], bruno, later)
    lines = list(register.journal.lines())
    assert [(line["act"], line["user"], line["time"]) for line in lines] == [
        ("reserve", "anna", "2026-03-02T12:00:00.000000+00:00"),
        ("adopt", "bruno", "2026-03-02T12:02:00.000000+00:00"),
        ("issue", "bruno", "2026-03-02T12:02:00.000000+00:00"),
    ]
    assert {line["serial"] for line in lines} == {record.serial}
    assert lines[2]["pdf_sha256"] == register.show(record.serial).pdf_sha256


def test_an_honest_journal_is_proved_to_its_head(
    register: Register, issue_one: Callable[..., Record]
) -> None:
    issue_one("A")
    before = register.journal.head()
    issue_one("B")
    assert register.journal.find_first_false_line() is None
    assert before.entry == 2
    assert register.journal.head().entry == 4
    assert before.hash in {line["previous_hash"] for line in register.journal.lines()}


@pytest.mark.parametrize(
    ("forgery", "first_false_line"),
    [
        ("UPDATE journal SET user = 'nobody' WHERE entry = 3", 3),
        ("UPDATE journal SET issue_date = '2025-01-01' WHERE entry = 1", 1),
        ("DELETE FROM journal WHERE entry = 2", 2),
        ("UPDATE journal SET entry = entry + 10 WHERE entry = 4", 4),
    ],
)
def test_a_forged_line_is_found(
    register: Register,
    issue_one: Callable[..., Record],
    tool: Callable[[str], None],
    forgery: str,
    first_false_line: int,
) -> None:
    issue_one("A")
    issue_one("B")
    tool(forgery)
    assert register.journal.find_first_false_line() == first_false_line


@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM records",
        "DELETE FROM pdfs",
        "UPDATE pdfs SET rest = x'00'",
        "DELETE FROM pieces",
        "UPDATE pieces SET content = x'00'",
        "DELETE FROM pdf_pieces",
        "UPDATE pdf_pieces SET place = 0",
        "DELETE FROM journal",
        "UPDATE journal SET user = ''",
        "DELETE FROM papers",
    ],
)
def test_nothing_in_a_register_is_deleted_or_rewritten_by_mistake(
    url: str, issue_one: Callable[..., Record], act: str
) -> None:
    issue_one(pdf=b"a piece in common" * 100)
    with pytest.raises((sqlite3.Error, psycopg.Error), match="nothing in a register is ever"):
        database_tool.ask(url, act)
