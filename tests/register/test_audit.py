"""The audit finds what somebody did to the file behind the register's back, and nothing where nobody did."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from certgen.errors import RegisterError
from certgen.register import Done, Owner, Record, Register, Request, open_register
from certgen.register.audit.report import Audit
from certgen.register.pieces import pack
from certgen.register.place import path_of

Ask = Callable[..., Request]
Issue = Callable[..., Record]


@pytest.fixture
def three(register: Register, issue_one: Issue) -> list[Record]:
    """Three certificates, each with a PDF of its own."""
    return [issue_one(f"S-{number}", pdf=b"%PDF " + bytes([number]) * 4000) for number in (1, 2, 3)]


@pytest.fixture
def audited(register: Register, noon: datetime) -> Callable[..., Audit]:
    return lambda head="": register.audit(noon + timedelta(minutes=1), lambda _: True, head)


def slugs(audit: Audit) -> list[str]:
    return [finding.slug for finding in audit.findings]


def test_an_honest_register_is_clean(
    three: list[Record], audited: Callable[..., Audit], register: Register
) -> None:
    audit = audited()
    assert audit.findings == ()
    assert audit.is_clean
    assert audit.counts == {"issued": 3}
    assert audit.head == register.journal.head()
    [series] = audit.series
    assert (series.first, series.last, series.count) == (1, 3, 3)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("index", ["journal_by_serial", "sqlite_autoindex_records_1"])
def test_an_index_that_misses_a_certificate_is_told(
    three: list[Record], register: Register, url: str, index: str, noon: datetime
) -> None:
    register.close()
    garble_page_of(index, path_of(url), three[2].serial.encode(), three[2].serial[:-1].encode() + b"9")
    with open_register(url) as damaged:
        told = damaged.audit(noon, lambda _: True).findings
    [finding] = [each for each in told if each.slug == "file-damaged"]
    assert finding.is_error
    assert f"missing from index {index}" in finding.message


def garble_page_of(index: str, path: Path, before: bytes, after: bytes) -> None:
    """Change bytes on the one page of an index, as a failing disk can."""
    with closing(sqlite3.connect(path)) as tool:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        [(page,)] = tool.execute(sql, (index,)).fetchall()
        [(size,)] = tool.execute("PRAGMA page_size").fetchall()
    content = bytearray(path.read_bytes())
    place = slice((page - 1) * size, page * size)
    assert before in content[place]
    content[place] = content[place].replace(before, after)
    path.write_bytes(content)


def test_void_certificates_are_no_gap(
    three: list[Record], register: Register, anna: Owner, noon: datetime, audited: Callable[..., Audit]
) -> None:
    register.void(three[1].serial, "cancelled", anna, noon)
    assert audited().findings == ()
    assert audited().counts == {"issued": 2, "void": 1}


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        ("DELETE FROM records WHERE number = 2", {"record-missing", "serial-gap", "original-orphaned"}),
        ("UPDATE records SET issue_date = '2026-03-01' WHERE number = 1", {"record-altered"}),
        ("UPDATE records SET status = 'void' WHERE number = 2", {"record-altered"}),
        ("UPDATE records SET status = 'nonsense' WHERE number = 2", {"record-altered"}),
        ("UPDATE records SET exporter = 'somebody else' WHERE number = 2", {"record-altered"}),
        ("UPDATE papers SET paper = '{}' WHERE serial LIKE '%2'", {"record-altered"}),
        ("DELETE FROM papers WHERE serial LIKE '%2'", {"paper-missing"}),
        ("UPDATE journal SET user = 'nobody' WHERE entry = 3", {"journal-broken"}),
        ("DELETE FROM journal WHERE entry = 2", {"journal-broken", "record-altered"}),
        ("DELETE FROM pdfs WHERE serial LIKE '%2'", {"original-missing"}),
        ("UPDATE pdfs SET rest = x'00' WHERE serial LIKE '%2'", {"original-altered"}),
        ("UPDATE pieces SET content = x'00'", {"original-altered"}),
        ("UPDATE records SET replaces = 'COI.X' WHERE number = 2", {"link-loose"}),
        ("UPDATE records SET why = 'by order of the house' WHERE number = 2", {"record-altered"}),
        (
            "UPDATE records SET issued_at = '2026-03-01T12:00:00.000000+00:00' WHERE number = 2",
            {"record-altered"},
        ),
        (
            "UPDATE records SET made_at = '2026-03-01T12:00:00.000000+00:00' WHERE number = 2",
            {"record-altered"},
        ),
        ("UPDATE records SET owner = REPLACE(owner, 'anna', 'zoe') WHERE number = 2", {"record-altered"}),
        (
            "UPDATE records SET serial = 'COI.CA-ORG-006.2026.0000009' WHERE number = 3",
            {"record-missing", "paper-missing", "serial-repeated", "original-missing", "original-orphaned"},
        ),
    ],
)
def test_what_somebody_did_to_the_file_is_found(
    register: Register,
    issue_one: Issue,
    tool: Callable[[str], None],
    audited: Callable[..., Audit],
    forgery: str,
    found: set[str],
) -> None:
    common = b"stream" + b"font" * 500 + b"endstream"
    for number in (1, 2, 3):
        issue_one(f"S-{number}", pdf=b"%PDF " + common + bytes([number]) * 40)
    tool(forgery)
    assert found <= set(slugs(audited()))
    assert not audited().is_clean


@pytest.fixture
def completed(register: Register, ask: Ask, issue_one: Issue, anna: Owner, noon: datetime) -> Record:
    """A certificate whose late field was filled, so that the register keeps two PDFs of it."""
    record = issue_one("A", pdf=b"%PDF without")
    fuller = ask("A", fields=dict(record.fields) | {"seals": "3"}, fingerprint="d" * 64)
    return register.complete_late(record.serial, fuller, Done(record.serial, b"%PDF with", 2), anna, noon)


@pytest.mark.parametrize(
    ("entry", "found"), [(1, ["earlier-original-missing"]), (2, ["original-missing"]), (3, [])]
)
def test_both_files_of_a_completed_certificate_must_be_there(
    completed: Record,
    tool: Callable[[str], None],
    audited: Callable[..., Audit],
    entry: int,
    found: list[str],
) -> None:
    tool(f"DELETE FROM pdfs WHERE entry = {entry}")  # noqa: S608 - a number of ours
    assert slugs(audited()) == found


def test_a_pdf_that_was_planted_beside_the_original_is_found_and_never_genuine(
    register: Register, completed: Record, tool: Callable[[str], None], audited: Callable[..., Audit]
) -> None:
    forged = hashlib.sha256(b"%PDF forged").hexdigest()
    packed = pack(b"%PDF forged").hex()
    row = f"9, '{completed.serial}', '{forged}', x'{packed}'"
    tool(f"INSERT INTO pdfs (entry, serial, sha256, rest) VALUES ({row})")  # noqa: S608 - made here
    assert slugs(audited()) == ["original-never-issued"]
    assert register.find_with_hash(forged) is None
    first = hashlib.sha256(b"%PDF without").hexdigest()
    [standing] = register.each_standing()
    assert standing.earlier == (first,)


def test_the_gap_names_the_serials_that_are_missing(
    three: list[Record], tool: Callable[[str], None], audited: Callable[..., Audit]
) -> None:
    tool("DELETE FROM records WHERE number < 3")
    [gap] = [item for item in audited().findings if item.slug == "serial-gap"]
    assert "COI.CA-ORG-006.2026.0000001 to COI.CA-ORG-006.2026.0000002" in gap.message


def test_a_date_before_that_of_a_lower_number_is_told(
    register: Register, issue_one: Issue, audited: Callable[..., Audit]
) -> None:
    issue_one("A", issue_date=date(2026, 3, 2))
    issue_one("B", issue_date=date(2026, 2, 27))
    issue_one("C", issue_date=date(2026, 3, 3))
    [finding] = audited().findings
    assert finding.slug == "dates-out-of-order"
    assert finding.consignment.endswith("2")
    assert "2026-02-27" in finding.message
    assert "truly numbered on 2026-03-02" in finding.message
    assert audited().is_clean, "what was known when it was given is no reason to refuse every later audit"
    [told] = [line for line in register.history(finding.consignment) if line.act == "reserve"]
    assert told.why == "dated before 2026-03-02, the last of its series"


def test_a_clock_that_went_back_is_told(
    register: Register, issue_one: Issue, anna: Owner, noon: datetime, audited: Callable[..., Audit]
) -> None:
    record = issue_one()
    register.void(record.serial, "cancelled", anna, noon - timedelta(days=1))
    assert slugs(audited()) == ["clock-went-back"]


def test_a_jump_that_is_acknowledged_is_a_note_for_ever_and_a_new_one_is_not(
    register: Register,
    issue_one: Issue,
    anna: Owner,
    bruno: Owner,
    noon: datetime,
    audited: Callable[..., Audit],
) -> None:
    one, two, three = (issue_one(f"S-{number}", pdf=b"%PDF " + bytes([number])) for number in (1, 2, 3))
    register.void(one.serial, "cancelled", anna, noon - timedelta(days=2))
    register.void(two.serial, "cancelled", anna, noon - timedelta(days=1))
    [finding] = audited().findings
    assert (finding.slug, audited().is_clean) == ("clock-went-back", False)
    assert "line 7 of the journal" in finding.message
    assert "acknowledge 7 --why" in finding.fix
    for line, why, refusal in ((6, "empty battery", "did not go back"), (7, " ", "needs a reason")):
        with pytest.raises(RegisterError, match=refusal):
            register.acknowledge(line, why, bruno, noon)
    register.acknowledge(7, "empty battery", bruno, noon)
    [finding] = audited().findings
    assert (finding.slug, audited().is_clean) == ("clock-went-back-acknowledged", True)
    assert "bruno acknowledged it on 2026-03-02: empty battery" in finding.message
    with pytest.raises(RegisterError, match="acknowledged already"):
        register.acknowledge(7, "once more", bruno, noon)
    register.void(three.serial, "cancelled", anna, noon - timedelta(days=3))
    assert slugs(audited()) == ["clock-went-back-acknowledged", "clock-went-back"]
    assert not audited().is_clean


def test_a_clock_that_was_ahead_and_was_set_right_is_one_jump(
    register: Register, issue_one: Issue, anna: Owner, noon: datetime, audited: Callable[..., Audit]
) -> None:
    ahead = issue_one("S-1")
    register.void(ahead.serial, "cancelled", anna, noon + timedelta(days=1000))
    for number in (2, 3, 4):
        issue_one(f"S-{number}", pdf=b"%PDF " + bytes([number]))
    [finding] = audited().findings
    assert "at line 4 of the journal" in finding.message


def test_clocks_that_differ_a_little_are_no_finding(
    register: Register, issue_one: Issue, anna: Owner, noon: datetime, audited: Callable[..., Audit]
) -> None:
    record = issue_one()
    register.void(record.serial, "cancelled", anna, noon - timedelta(seconds=90))
    assert audited().findings == ()


def test_a_live_pending_certificate_is_a_note_and_an_abandoned_one_is_not(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    register.reserve([ask()], anna, noon, 60)
    live = register.audit(noon, lambda _: True)
    assert (slugs(live), live.is_clean) == (["certificate-being-made"], True)
    for dead in (
        register.audit(noon, lambda _: False),
        register.audit(noon + timedelta(hours=1), lambda _: True),
    ):
        assert (slugs(dead), dead.is_clean) == (["certificate-unfinished"], False)


def test_a_head_noted_elsewhere_proves_the_past(
    register: Register,
    issue_one: Issue,
    tool: Callable[[str], None],
    audited: Callable[..., Audit],
) -> None:
    issue_one("A")
    noted = register.journal.head().hash
    issue_one("B", pdf=b"%PDF two")
    later = register.journal.head().hash
    assert audited(noted).is_clean
    tool("DELETE FROM journal WHERE entry > 2")
    tool("DELETE FROM records WHERE number = 2")
    tool("DELETE FROM papers WHERE serial LIKE '%2'")
    tool("DELETE FROM pdfs WHERE serial LIKE '%2'")
    tool("UPDATE journal SET why = 'no reason' WHERE entry = 1")
    assert slugs(audited(noted)) == ["journal-broken"], "the head stands there; what it stood for was changed"
    tool("UPDATE journal SET why = '' WHERE entry = 1")
    assert audited().is_clean, "what was cut off at the end is seen only by a head kept elsewhere"
    assert slugs(audited(later)) == ["head-not-found"]
