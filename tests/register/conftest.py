from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from database_tool import tamper_with

from certgen.register import CertificateKey, Done, Owner, Patience, Record, Register, Request, open_register

collect_ignore = ["test_posix_disks.py"] if sys.platform == "win32" else []

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANNA = Owner("desk-1", 4711, "boot/pid/1", "anna", "certgen fill shipment.xlsx", "0.1.0")
BRUNO = replace(ANNA, process=4712, user="bruno")


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def anna() -> Owner:
    return ANNA


@pytest.fixture
def bruno() -> Owner:
    return BRUNO


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    with open_register(url, patience=Patience(2)) as opened:
        yield opened


@pytest.fixture
def tool(url: str) -> Callable[[str], None]:
    """What somebody with a database tool and every right can do to the register."""
    return partial(tamper_with, url)


@pytest.fixture
def ask() -> Callable[..., Request]:
    """A request for shipment `reference`; any of its values can be given."""

    def request(reference: str = "S-1", **given: Any) -> Request:
        key = CertificateKey(
            "CA-ORG-006", given.pop("form", "coi"), given.pop("exporter", "red river"), reference
        )
        values = {
            "key": key,
            "pattern": "COI.CA-ORG-006.2026.{number:07}",
            "issue_date": date(2026, 3, 2),
            "edition": "2023",
            "form_hash": "f" * 64,
            "fingerprint": "a" * 64,
            "fields": {"exporter.name": "1", "products.lots": "2"},
            "paper": '{"exporter": "Żółta & Сын"}',
            "input_sha256": "b" * 64,
            "workbook": "shipment.xlsx",
            "output_name": "{serial}.pdf",
            "output_folder": "/home/anna/certificates",
        }
        return Request(**(values | given))

    return request


@pytest.fixture
def issue_one(register: Register, ask: Callable[..., Request]) -> Callable[..., Record]:
    """Number and issue a certificate in one go."""

    def issued(reference: str = "S-1", pdf: bytes = b"%PDF one", **given: Any) -> Record:
        (record,) = register.reserve([ask(reference, **given)], ANNA, NOON, 60)
        register.issue([Done(record.serial, pdf, pages=2)], ANNA, NOON)
        return register.show(record.serial)

    return issued
