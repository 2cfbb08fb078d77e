"""What is split off a certificate is kept line by line; an original numbered here is marked depleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest

from certgen.errors import RegisterError
from certgen.register import Owner, Reason, Record, Register, Request, Status
from certgen.register.acts.splitting import Amount, Extract

Ask = Callable[..., Request]
COVERED = (Amount(1, Decimal("100.5"), "kg"), Amount(2, Decimal(20), "l"))


@pytest.fixture
def take(register: Register, ask: Ask, anna: Owner, noon: datetime) -> Callable[..., tuple[Amount, ...]]:
    """Split a batch off a certificate: `take(serial, "1", (1, "50.5", "kg"))`."""

    def run(original: str, batch: str, *amounts: tuple[int, str, str]) -> tuple[Amount, ...]:
        taken = tuple(Amount(line, Decimal(amount), unit) for line, amount, unit in amounts)
        extract = Extract(batch, taken, ask(fingerprint=f"{batch}{amounts}"), "c" * 64)
        return register.split(original, COVERED, [extract], anna, noon)

    return run


def test_an_original_numbered_here_is_depleted_when_nothing_is_left(
    register: Register, issue_one: Callable[..., Record], take, noon: datetime, anna: Owner
) -> None:
    serial = issue_one().serial
    take(serial, "1", (1, "100.5", "kg"))
    assert register.show(serial).status is Status.ISSUED
    left = take(serial, "2", (2, "20", "l"))
    assert [each.amount for each in left] == [0, 0]
    assert register.show(serial).status is Status.DEPLETED
    assert register.audit(noon, lambda _: True).is_clean
    register.void(f"{serial}/2", "weighed wrongly", anna, noon)
    assert register.show(serial).status is Status.ISSUED
    assert register.audit(noon, lambda _: True).is_clean
    assert [line.act for line in register.history(serial)] == ["reserve", "issue", "deplete", "reopen"]


@pytest.mark.parametrize(
    "amount", [(1, "100.51", "kg"), (1, "1", "l"), (3, "1", "kg")], ids=["more", "other unit", "no such line"]
)
def test_more_than_there_is_is_refused_and_nothing_written(
    register: Register, take, amount: tuple[int, str, str]
) -> None:
    with pytest.raises(RegisterError, match="Nothing was written"):
        take("COI.CA.2026.0004711", "1", (2, "5", "l"), amount)
    assert register.remaining("COI.CA.2026.0004711") == ()
    assert register.journal.head().entry == 0


def test_the_original_may_not_grow(register: Register, take, ask: Ask, anna: Owner, noon: datetime) -> None:
    take("COI.CA.2026.0004711", "1", (1, "50", "kg"))
    more = (Amount(1, Decimal(500), "kg"), COVERED[1])
    with pytest.raises(RegisterError, match="was split before as covering"):
        register.split("COI.CA.2026.0004711", more, [], anna, noon)


def test_what_is_void_is_not_split_and_what_is_split_not_replaced(
    register: Register, issue_one: Callable[..., Record], take, ask: Ask, anna: Owner, noon: datetime
) -> None:
    split, void = issue_one("A").serial, issue_one("B", pdf=b"%PDF B").serial
    take(split, "1", (1, "50", "kg"))
    with pytest.raises(RegisterError, match="has extracts in force"):
        register.reserve_successor(split, ask("A"), Reason("misspelt"), anna, noon, 60)
    register.void(void, "cancelled", anna, noon)
    with pytest.raises(RegisterError, match="only what is in force is split"):
        take(void, "1", (1, "50", "kg"))


ELSEWHERE = "COI.CA.2026.0004711"


@pytest.mark.parametrize(
    ("forgery", "slug"),
    [
        ("UPDATE originals SET amount = '900' WHERE line = 1", "record-altered"),
        ("UPDATE originals SET unit = 'kg' WHERE line = 2", "record-altered"),
        ("UPDATE originals SET line = 7 WHERE line = 1", "split-beyond-zero"),
        ("UPDATE originals SET amount = 'plenty' WHERE line = 1", "split-beyond-zero"),
        ("DELETE FROM originals", "split-beyond-zero"),
        ("UPDATE extract_lines SET amount = '1'", "record-altered"),
        ("UPDATE extract_lines SET unit = 'l'", "record-altered"),
        ("DELETE FROM extract_lines", "record-altered"),
        ("UPDATE extracts SET status = 'void' WHERE batch = '2'", "record-altered"),
        ("UPDATE extracts SET status = 'nonsense' WHERE status = 'void'", "record-altered"),
        ("UPDATE extracts SET batch = '7' WHERE batch = '2'", "record-altered"),
        ("UPDATE extracts SET why = 'by order of the house' WHERE status = 'void'", "record-altered"),
        ("UPDATE extracts SET fingerprint = 'f' WHERE batch = '2'", "record-altered"),
        ("UPDATE extracts SET pdf_sha256 = 'f' WHERE batch = '2'", "record-altered"),
        ("UPDATE extracts SET original = 'COI.CA.2026.0004712' WHERE batch = '2'", "record-altered"),
        ("UPDATE extracts SET serial = 'COI.CA.2026.0004711/9' WHERE batch = '2'", "record-without-journal"),
        ("DELETE FROM extract_lines; DELETE FROM extracts WHERE entry = 1", "record-missing"),
    ],
)
def test_what_somebody_did_to_the_extracts_in_the_file_is_found(
    register: Register,
    take: Callable[..., tuple[Amount, ...]],
    tool: Callable[[str], None],
    anna: Owner,
    noon: datetime,
    forgery: str,
    slug: str,
) -> None:
    take(ELSEWHERE, "1", (1, "60", "kg"))
    register.void(f"{ELSEWHERE}/1", "not sold", anna, noon)
    take(ELSEWHERE, "1", (1, "50", "kg"))
    take(ELSEWHERE, "2", (2, "5", "l"), (1, "50.5", "kg"))
    assert register.audit(noon, lambda _: True).findings == ()
    for statement in forgery.split("; "):
        tool(statement)
    assert slug in [finding.slug for finding in register.audit(noon, lambda _: True).findings]


def test_the_journal_says_what_an_extract_took_and_what_the_original_covers(
    register: Register, take: Callable[..., tuple[Amount, ...]]
) -> None:
    take(ELSEWHERE, "1", (2, "5", "l"), (1, "60", "kg"))
    [line] = register.journal.lines_of(f"{ELSEWHERE}/1")
    assert line.why == (
        "takes 60 kg of line 1, 5 l of line 2; the original covers 100.5 kg of line 1, 20 l of line 2"
    )


def test_lines_that_no_original_has_are_told_when_what_remains_is_asked(
    register: Register, take: Callable[..., tuple[Amount, ...]], tool: Callable[[str], None]
) -> None:
    take(ELSEWHERE, "1", (1, "60", "kg"))
    tool("UPDATE originals SET line = 7 WHERE line = 1")
    with pytest.raises(RegisterError, match=r"extracts of COI.CA.2026.0004711 is damaged.*register audit"):
        register.remaining(ELSEWHERE)


def test_an_original_numbered_elsewhere_that_is_to_be_ended_is_told_by_its_extracts(
    register: Register, take: Callable[..., tuple[Amount, ...]], anna: Owner, noon: datetime
) -> None:
    take(ELSEWHERE, "1", (1, "60", "kg"))
    with pytest.raises(RegisterError, match=r"numbered elsewhere.*only its extracts.*4711/1\.$"):
        register.void(ELSEWHERE, "cancelled", anna, noon)
    with pytest.raises(RegisterError, match=r"Did you mean COI\.CA\.2026\.0004711/1\?"):
        register.void("COI.CA.2026.4711/9", "cancelled", anna, noon)
