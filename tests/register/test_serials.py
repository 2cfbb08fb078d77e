"""A serial is given once, in order, without gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from certgen.errors import RegisterError
from certgen.pipeline.proofing import LONGEST_NAME, LONGEST_PART, LONGEST_REFERENCE
from certgen.register import (
    CertificateKey,
    Done,
    Owner,
    Record,
    Register,
    Request,
    Status,
    open_register,
    series_of,
)

Ask = Callable[..., Request]


def test_numbers_follow_the_order_of_the_requests(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    records = register.reserve([ask("Z"), ask("A"), ask("M")], anna, noon, 60)
    assert [(record.key.reference, record.serial) for record in records] == [
        ("Z", "COI.CA-ORG-006.2026.0000001"),
        ("A", "COI.CA-ORG-006.2026.0000002"),
        ("M", "COI.CA-ORG-006.2026.0000003"),
    ]


def test_a_record_comes_back_as_it_was_asked_for(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    request = ask("S-1", variant="contingency")
    (record,) = register.reserve([request], anna, noon, 60)
    kept = register.show(record.serial)
    assert kept == record
    assert all(getattr(kept, name) == getattr(request, name) for name in Request.__dataclass_fields__)
    assert (kept.status, kept.owner, kept.made_at) == (Status.PENDING, anna, noon)
    assert kept.lease_until == noon + timedelta(seconds=60)


def test_each_series_counts_for_itself(register: Register, ask: Ask, anna: Owner, noon: datetime) -> None:
    requests = [ask(str(year), pattern=f"COI.X.{year}.{{number:03}}") for year in (2026, 2027, 2026)]
    requests[2] = replace(requests[2], key=replace(requests[2].key, reference="another"))
    serials = [record.serial for record in register.reserve(requests, anna, noon, 60)]
    assert serials == ["COI.X.2026.001", "COI.X.2027.001", "COI.X.2026.002"]


def test_a_wider_number_goes_on_counting_in_the_same_series(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    register.reserve([ask("A", pattern="N.{number:03}")], anna, noon, 60)
    (record,) = register.reserve([ask("B", pattern="N.{number:05}")], anna, noon, 60)
    assert record.serial == "N.00002"


def test_a_known_consignment_keeps_its_serial(
    register: Register, ask: Ask, anna: Owner, bruno: Owner, noon: datetime
) -> None:
    (first,) = register.reserve([ask("A")], anna, noon, 60)
    again = register.reserve([ask("B"), ask("A", fingerprint="c" * 64)], bruno, noon, 60)
    assert again[1] == first
    assert again[0].number == 2


def test_the_same_consignment_twice_in_one_group_gets_one_serial(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    first, second, third = register.reserve([ask("A"), ask("A"), ask("B")], anna, noon, 60)
    assert first == second
    assert third.number == 2


def test_the_same_reference_of_two_exporters_is_two_certificates(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    records = register.reserve(
        [ask("INV-001", exporter="red river"), ask("INV-001", exporter="sun valley")], anna, noon, 60
    )
    assert [record.number for record in records] == [1, 2]


def test_a_group_that_fails_takes_no_number(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    with pytest.raises(RegisterError, match="needs exactly one number"):
        register.reserve([ask("A"), ask("B", pattern="COI.CA")], anna, noon, 60)
    (record,) = register.reserve([ask("B")], anna, noon, 60)
    assert record.number == 1


@pytest.mark.parametrize("pattern", ["COI.2026", "COI.{number}.{number}", "COI.{serial}", "COI.{number:x}"])
def test_a_pattern_without_exactly_one_number_is_refused(pattern: str) -> None:
    with pytest.raises(RegisterError, match=r"\{number:07\}"):
        series_of(pattern)


def test_two_series_that_would_meet_in_one_serial_are_refused(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    register.reserve([ask(str(count), pattern="COI.{number}1") for count in range(2)], anna, noon, 60)
    with pytest.raises(RegisterError, match=r"COI\.11 was already given in another series"):
        register.reserve([ask("A", pattern="COI.1{number}")], anna, noon, 60)


def test_issuing_keeps_the_pdf_and_its_hash(
    register: Register, issue_one: Callable[..., Record], noon: datetime
) -> None:
    record = issue_one(pdf=b"%PDF exact bytes \x00\xff")
    assert (record.status, record.issued_at, record.pages) == (Status.ISSUED, noon, 2)
    assert register.pdf(record.serial) == b"%PDF exact bytes \x00\xff"


def test_only_the_owner_of_a_pending_certificate_issues_it(
    register: Register, ask: Ask, anna: Owner, bruno: Owner, noon: datetime
) -> None:
    (mine,) = register.reserve([ask("A")], anna, noon, 60)
    (his,) = register.reserve([ask("B")], bruno, noon, 60)
    with pytest.raises(RegisterError, match=r"0000002 is not this run's to issue.*bruno on desk-1"):
        register.issue([Done(mine.serial, b"a", 1), Done(his.serial, b"b", 1)], anna, noon)
    assert register.show(mine.serial).status is Status.PENDING


def test_an_issued_certificate_is_never_issued_with_other_bytes(
    register: Register, issue_one: Callable[..., Record], anna: Owner, noon: datetime
) -> None:
    record = issue_one(pdf=b"first")
    with pytest.raises(RegisterError, match="it is issued"):
        register.issue([Done(record.serial, b"second", 1)], anna, noon)
    assert register.pdf(record.serial) == b"first"


def test_a_slow_run_overtaken_with_the_same_bytes_is_in_order(
    register: Register, ask: Ask, anna: Owner, bruno: Owner, noon: datetime
) -> None:
    (record,) = register.reserve([ask("A")], anna, noon, 60)
    later = noon + timedelta(seconds=61)
    register.adopt_abandoned(bruno, later, lambda _: True)
    register.issue([Done(record.serial, b"same", 1)], bruno, later)
    register.issue([Done(record.serial, b"same", 1)], anna, later)
    assert register.show(record.serial).owner == bruno


def test_a_live_pending_certificate_is_left_alone(
    register: Register, ask: Ask, anna: Owner, bruno: Owner, noon: datetime
) -> None:
    register.reserve([ask("A")], anna, noon, 60)
    assert register.adopt_abandoned(bruno, noon + timedelta(seconds=59), lambda _: True) == ()


def test_what_a_dead_run_left_is_taken_over_at_once_and_in_order(
    register: Register, ask: Ask, anna: Owner, bruno: Owner, noon: datetime
) -> None:
    left = register.reserve([ask("Z"), ask("A")], anna, noon, 60)
    adopted = register.adopt_abandoned(bruno, noon, lambda owner: owner != anna, lease_seconds=30)
    assert [record.serial for record in adopted] == [record.serial for record in left]
    assert {(record.owner, record.lease_until) for record in adopted} == {
        (bruno, noon + timedelta(seconds=30))
    }
    assert adopted[0].paper == left[0].paper
    register.issue([Done(record.serial, b"late", 1) for record in adopted], bruno, noon)


def test_an_expired_lease_is_taken_over_even_from_a_run_that_lives(
    register: Register, ask: Ask, anna: Owner, bruno: Owner, noon: datetime
) -> None:
    register.reserve([ask("A")], anna, noon, 60)
    assert len(register.adopt_abandoned(bruno, noon + timedelta(seconds=60), lambda _: True)) == 1


def test_a_lease_can_be_extended_by_its_owner_only(
    register: Register, ask: Ask, anna: Owner, bruno: Owner, noon: datetime
) -> None:
    (record,) = register.reserve([ask("A")], anna, noon, 60)
    assert register.extend_lease([record.serial], bruno, noon, 3600) == ()
    assert register.extend_lease([record.serial], anna, noon, 3600) == (record.serial,)
    assert register.show(record.serial).lease_until == noon + timedelta(hours=1)


def test_find_knows_only_what_the_register_holds(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    (record,) = register.reserve([ask("A")], anna, noon, 60)
    assert register.find([ask("B").key, record.key]) == {record.key: record}


def test_the_last_issue_date_belongs_to_the_series(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    request = ask("A", issue_date=date(2026, 5, 1))
    register.reserve([request, ask("B", issue_date=date(2026, 4, 1))], anna, noon, 60)
    assert register.last_issue_date(request.series) == date(2026, 5, 1)
    assert register.last_issue_date("another.{number}") is None


def test_everything_is_there_when_the_register_is_opened_again(
    url: str, ask: Ask, anna: Owner, noon: datetime
) -> None:
    with open_register(url) as register:
        register.reserve([ask("A")], anna, noon, 60)
    with open_register(url, must_exist=True) as register:
        assert register.reserve([ask("B")], anna, noon, 60)[0].number == 2


def test_a_late_field_is_filled_once_under_the_same_serial(
    register: Register, ask: Ask, issue_one: Callable[..., Record], anna: Owner, noon: datetime
) -> None:
    record = issue_one("A", pdf=b"without")
    fuller = ask("A", fields=dict(record.fields) | {"seals": "3"}, fingerprint="d" * 64, paper='{"seals": 1}')
    register.complete_late(record.serial, fuller, Done(record.serial, b"with", 2), anna, noon)
    kept = register.show(record.serial)
    assert (kept.serial, kept.fingerprint, kept.paper) == (record.serial, "d" * 64, '{"seals": 1}')
    assert register.pdf(record.serial) == b"with"
    other = replace(fuller, fields=dict(fuller.fields) | {"seals": "4", "containers": "5"})
    with pytest.raises(RegisterError, match="this would change seals"):
        register.complete_late(record.serial, other, Done(record.serial, b"again", 2), anna, noon)
    assert register.pdf(record.serial) == b"with"


def test_a_file_name_that_is_no_text_is_still_kept(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    broken = b"caf\xe9.xlsx".decode("utf-8", "surrogateescape")
    owner = replace(anna, command=f"certgen fill {broken}")
    (record,) = register.reserve([ask("A", workbook=broken)], owner, noon, 60)
    register.issue([Done(record.serial, b"pdf", 1)], owner, noon)
    assert register.show(record.serial).workbook == "caf\\udce9.xlsx"


def letters(count: int) -> str:
    """Letters of three bytes each, of which none is like another, so that nothing can be packed."""
    return "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(count))


def test_the_longest_names_that_a_paper_may_have_fit_every_store(
    register: Register, ask: Ask, anna: Owner, noon: datetime
) -> None:
    key = CertificateKey(
        issuer=letters(LONGEST_NAME),
        form="te-transaction-certificate",
        exporter=letters(LONGEST_NAME),
        reference=letters(LONGEST_REFERENCE),
        part=letters(LONGEST_PART),
    )
    [record] = register.reserve([ask(key=key)], anna, noon, 60)
    assert register.find([key])[key] == record
