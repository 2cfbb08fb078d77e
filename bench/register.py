"""How fast a big register answers: `python -m bench.register URL EMPTY_URL [CERTIFICATES]`.

The first register is filled up to so many certificates (a million unless said otherwise) where it has fewer;
the second must be empty, and is what the time for a new serial is compared with.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from statistics import median
from time import perf_counter

from certgen.register import CertificateKey, Done, Owner, Register, Request, open_register

GROUP = 2000
ROUNDS, SERIALS = 15, 100
OWNER = Owner("bench", 1, "", "bench", "bench.register", "0")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SERIES = "COI.CA-ORG-016.2026.{number:07}"
TOWNS = ("Rosetown", "Elrose", "Brandon", "Nipawin", "Melfort", "Wynyard", "Biggar", "Unity", "Kindersley")
GOODS = ("lentils", "oats", "flax", "mustard", "quinoa", "hemp", "peas", "barley", "spelt", "rye", "wheat")


def request(number: int) -> Request:
    """A certificate unlike the others, of one of 5,000 exporters."""
    house = number * 7919 % 5000
    exporter = f"{TOWNS[house % len(TOWNS)]} {GOODS[house % len(GOODS)]} growers {house} ltd."
    day = date(2026, 1, 1) + timedelta(days=number // 3000)
    return Request(
        key=CertificateKey("CA-ORG-016", ("gb", "eu", "ca")[number % 3], exporter, f"S-{number:07}"),
        pattern=SERIES,
        issue_date=day,
        edition="2023",
        form_hash="f" * 64,
        fingerprint="a" * 64,
        paper=json.dumps({"consignment": {"exporter": {"name": exporter}}, "issue": {}}) + " " * 2000,
        input_sha256="b" * 64,
        workbook="shipments.xlsx",
        output_name="{serial}.pdf",
        output_folder="/srv/certificates",
    )


def fill(register: Register, certificates: int) -> None:
    """Number and issue certificates until there are so many."""
    newest = register.list_records(limit=1)
    for start in range(newest[0].number if newest else 0, certificates, GROUP):
        requests = [request(number) for number in range(start, min(start + GROUP, certificates))]
        records = register.reserve(requests, OWNER, NOW, 600)
        register.issue([Done(record.serial, record.serial.encode(), 1) for record in records], OWNER, NOW)


def questions(register: Register, certificates: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """What people ask of a register, and how."""
    listed = register.list_records
    february = {"since": date(2026, 2, 1), "until": date(2026, 2, 28)}
    middle = SERIES.replace("{number:07}", f"{certificates // 2:07}")
    yield "list, the newest hundred", listed
    yield "list, a page from the middle", lambda: listed(after=middle)
    yield (
        "list, one form, one month",
        lambda: listed(form="gb", **february),
    )
    yield "list, void ones (none)", lambda: listed(status="void")
    yield "list, an exporter", lambda: listed(exporter="growers 4711 ltd")
    yield "list, an exporter that is not there", lambda: listed(exporter="nobody at all")
    yield "list, common words of no exporter", lambda: listed(exporter="elrose growers")
    yield "list, common words, an old month", lambda: listed(exporter="growers", **february)
    yield "list, an exporter, an old month", lambda: listed(exporter="growers 4711 ltd", **february)
    yield "list, an exporter of one form, void", lambda: listed(exporter="elrose", form="eu", status="void")
    yield "list, a text that many have", lambda: listed(text="growers")
    yield "list, a text that one has", lambda: listed(text=f"S-{certificates // 3:07}")
    yield "list, a text of common words", lambda: listed(text="elrose oats growers 1")
    yield "list, a text that none has", lambda: listed(text="zzyzx road")
    yield "list, two letters that none has", lambda: listed(text="qx")
    yield "list, the end of a number", lambda: listed(text="4711")
    yield "list, numbers of the oldest only", lambda: listed(text="2026.0009")
    yield "list, references of the oldest only", lambda: listed(text="S-0009")
    yield "list, references that many old ones have", lambda: listed(text="S-05")
    yield "list, serials that many old ones have", lambda: listed(text="2026.05", form="eu")
    yield "list, many names, a text that none has", lambda: listed(exporter="growers", text="zzyzx")
    yield "list, many names, a form that none has", lambda: listed(exporter="growers", form="nop")
    yield (
        "list, all at once, and all of it common",
        lambda: listed(exporter="biggar", text="S-07", form="eu", status="issued", since=date(2026, 2, 1)),
    )
    yield "show one from the middle", lambda: register.show(middle)
    yield "its history", lambda: register.history(middle)


def once(act: Callable[[], object]) -> float:
    """In milliseconds."""
    started = perf_counter()
    act()
    return (perf_counter() - started) * 1000


def milliseconds(act: Callable[[], object]) -> float:
    """The middle one of several times."""
    return median(once(act) for _ in range(ROUNDS))


def number_one(register: Register) -> Callable[[], object]:
    """Give one more serial at each call."""
    newest = register.list_records(limit=1)
    numbers = count(10_000_000 + (newest[0].number if newest else 0))
    return lambda: register.reserve([request(next(numbers))], OWNER, NOW, 600)


def serial_milliseconds(*registers: Register) -> list[float]:
    """In turns, so that what else the machine does is the same for each."""
    acts = [number_one(register) for register in registers]
    rounds = [[once(act) for act in acts] for _ in range(SERIALS)]
    return [median(times) for times in zip(*rounds, strict=True)]


def say(line: str) -> None:
    """Print a line as soon as it is known."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(url: str, empty_url: str, certificates: int = 1_000_000) -> None:
    """Fill, ask, and print a table."""
    with open_register(url) as register, open_register(empty_url) as empty:
        started = perf_counter()
        fill(register, certificates)
        say(f"{register.name}: {certificates} certificates, filled in {perf_counter() - started:.0f} s")
        for what, ask in questions(register, certificates):
            say(f"{what:<40} {milliseconds(ask):8.1f} ms")
        full_ms, empty_ms = serial_milliseconds(register, empty)
        say(f"{'a serial':<40} {full_ms:8.1f} ms, {full_ms / empty_ms:.2f} times that of an empty register")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
