"""The PDFs are kept byte for byte, what they have in common once, and every damage to that is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

import pytest

from certgen.errors import RegisterError
from certgen.register import Done, Owner, Record, Register, Request
from certgen.register.place import path_of

FONT = b"stream" + hashlib.shake_256(b"font").digest(60_000) + b"endstream"
SEAL = b"stream" + hashlib.shake_256(b"seal").digest(30_000) + b"endstream"

ON_DISK = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
Ask = Callable[..., Request]
IssueOne = Callable[..., Record]


@pytest.fixture
def alike(issue_one: IssueOne) -> list[tuple[Record, bytes]]:
    """Certificates that have a font in common, and one that has nothing of it."""
    pdfs = [b"%PDF 1 " + FONT + b" one", b"%PDF 22 " + FONT + b" two", b"%PDF 3 " + SEAL + b" three"]
    return [(issue_one(f"S-{number}", pdf=pdf), pdf) for number, pdf in enumerate(pdfs)]


def test_each_certificate_comes_back_as_it_was(register: Register, alike: list[tuple[Record, bytes]]) -> None:
    assert [register.pdf(record.serial) for record, _ in alike] == [pdf for _, pdf in alike]


@ON_DISK
def test_what_certificates_have_in_common_is_kept_once(
    register: Register, url: str, ask: Ask, anna: Owner, noon: datetime
) -> None:
    empty_bytes = path_of(url).stat().st_size
    records = register.reserve([ask(f"S-{number}") for number in range(50)], anna, noon, 60)
    pdfs = {record.serial: b"%PDF " + record.serial.encode() + FONT for record in records}
    register.issue([Done(serial, pdf, 1) for serial, pdf in pdfs.items()], anna, noon)
    assert {serial: register.pdf(serial) for serial in pdfs} == pdfs
    assert path_of(url).stat().st_size - empty_bytes < 2 * len(FONT) + 50 * 4000


def test_pieces_keep_the_order_of_their_own_certificate(register: Register, issue_one: IssueOne) -> None:
    pdfs = [b"%PDF " + FONT + b" and " + SEAL, SEAL + b" and " + FONT + SEAL]
    records = [issue_one(f"S-{number}", pdf=pdf) for number, pdf in enumerate(pdfs)]
    assert [register.pdf(record.serial) for record in records] == pdfs


@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM pdfs",
        "UPDATE pdfs SET rest = x'25504446'",
        "DELETE FROM pdf_pieces",
        "UPDATE pdf_pieces SET place = 0",
        "UPDATE pdf_pieces SET piece = 3 - piece",
    ],
)
def test_a_kept_pdf_that_was_altered_is_not_given_out(
    register: Register, alike: list[tuple[Record, bytes]], tool: Callable[[str], None], act: str
) -> None:
    tool(act)
    for record, _ in alike:
        with pytest.raises(RegisterError, match=rf"kept PDF of {record.serial} is lost or was altered"):
            register.pdf(record.serial)


@ON_DISK
@pytest.mark.parametrize("act", ["UPDATE pdfs SET rest = 'a text'", "UPDATE pdf_pieces SET place = 'here'"])
def test_a_kept_pdf_of_another_type_is_not_given_out(
    register: Register, alike: list[tuple[Record, bytes]], tool: Callable[[str], None], act: str
) -> None:
    tool(act)
    for record, _ in alike:
        with pytest.raises(RegisterError, match=rf"kept PDF of {record.serial} is lost or was altered"):
            register.pdf(record.serial)


@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM pieces WHERE entry = 1",
        "UPDATE pieces SET content = x'00' WHERE entry = 1",
        "UPDATE pieces SET content = (SELECT content FROM pieces WHERE entry = 2) WHERE entry = 1",
    ],
)
def test_a_damaged_piece_is_told_for_each_certificate_that_needs_it(
    register: Register, alike: list[tuple[Record, bytes]], tool: Callable[[str], None], act: str
) -> None:
    tool(act)
    (one, _), (two, _), (three, sound) = alike
    for record in (one, two):
        with pytest.raises(RegisterError, match=rf"kept PDF of {record.serial} is lost or was altered"):
            register.pdf(record.serial)
    assert register.pdf(three.serial) == sound


def test_no_new_certificate_comes_to_rest_on_a_damaged_piece(
    register: Register,
    alike: list[tuple[Record, bytes]],
    tool: Callable[[str], None],
    ask: Ask,
    anna: Owner,
    noon: datetime,
) -> None:
    tool("UPDATE pieces SET content = x'00' WHERE entry = 1")
    sound, torn = register.reserve([ask("S-8"), ask("S-9")], anna, noon, 60)
    with pytest.raises(RegisterError, match=r"have in common was altered.*audit --repair"):
        register.issue([Done(sound.serial, SEAL, 1), Done(torn.serial, FONT, 1)], anna, noon)
    assert {record.serial for record in register.list_records(status="pending")} == {
        sound.serial,
        torn.serial,
    }
    register.issue([Done(sound.serial, SEAL, 1)], anna, noon)
    assert register.pdf(sound.serial) == SEAL


def test_a_group_that_was_undone_leaves_no_piece_behind(
    register: Register, ask: Ask, anna: Owner, bruno: Owner, noon: datetime
) -> None:
    (mine,) = register.reserve([ask("A")], anna, noon, 60)
    (his,) = register.reserve([ask("B")], bruno, noon, 60)
    with pytest.raises(RegisterError, match="not this run's to issue"):
        register.issue([Done(mine.serial, FONT, 1), Done(his.serial, FONT, 1)], anna, noon)
    register.issue([Done(his.serial, SEAL, 1)], bruno, noon)
    register.issue([Done(mine.serial, FONT, 1)], anna, noon)
    assert (register.pdf(mine.serial), register.pdf(his.serial)) == (FONT, SEAL)
