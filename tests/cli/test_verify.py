"""`certgen verify`: a file is judged by the bytes that were issued, by a register or a status list."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import certgen as api
from certgen.register import open_register
from certgen.register.records import Owner

SERIAL = "COI.CA-ORG-016.2026.0000001"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def issued(certgen, sample: Path) -> Path:
    assert certgen("fill", sample, "--issue-date", "2026-01-14").exit_code == 0
    return Path("certificates") / f"{SERIAL}.pdf"


@pytest.fixture
def verdict(certgen) -> Callable[..., tuple[str, int]]:
    """What register and status list say alike of one file."""

    def judge(path: Path) -> tuple[str, int]:
        Path("list.json").unlink(missing_ok=True)
        assert certgen("register", "export", "--status-list", "list.json").exit_code == 0
        runs = [
            certgen("verify", path, "--json"),
            certgen("verify", path, "--status-list", "list.json", "--json"),
        ]
        [[said, code]] = {(run.record["files"][0]["verdict"], run.exit_code) for run in runs}
        assert runs[0].record["files"] == runs[1].record["files"]
        return said, code

    return judge


def test_what_was_issued_is_genuine_and_in_force(certgen, issued: Path, verdict) -> None:
    assert verdict(issued) == ("genuine", 0)
    said = certgen("verify", issued).out
    assert "genuine and in force, issued on 2026-01-14" in said
    assert "register.sqlite, as of" in said


def test_one_letter_makes_it_another_file(issued: Path, verdict, certgen) -> None:
    content = issued.read_bytes()
    place = content.index(b"/Producer")
    issued.write_bytes(content[: place + 11] + b"X" + content[place + 12 :])
    assert verdict(issued) == ("changed", 8)
    assert f"it says it is {SERIAL} and is not the file that was issued" in certgen("verify", issued).out


def test_what_was_added_at_the_end_is_told_apart(issued: Path, verdict, certgen) -> None:
    with issued.open("ab") as file:
        file.write(b"\n9 0 obj\n<<>>\nendobj\n%%EOF\n")
    assert verdict(issued) == ("changed", 8)
    assert f"begins with {SERIAL} as it was issued (genuine and in force" in certgen("verify", issued).out


def test_void_and_replaced_ones_say_since_when_and_by_what(
    certgen, sample, issued, edit, cell_of, verdict
) -> None:
    edit(sample, {cell_of(sample, "Shipments", "Importer address", 2): "1 New Street\nBristol BS1 1AA"})
    replaced = certgen("register", "replace", SERIAL, sample, "--why", "address misspelt")
    assert replaced.exit_code == 0, replaced.err
    successor = Path("certificates") / f"{SERIAL[:-1]}2.pdf"
    assert verdict(issued) == ("replaced", 8)
    assert f"replaced by {SERIAL[:-1]}2 on 20" in certgen("verify", issued).out
    assert verdict(successor) == ("genuine", 0)
    certgen("register", "void", f"{SERIAL[:-1]}2", "--why", "cancelled")
    assert verdict(successor) == ("void", 8)
    assert "void since 20" in certgen("verify", successor).out


def test_drafts_and_copies_are_no_certificates(certgen, sample: Path, issued: Path, verdict) -> None:
    certgen("fill", sample, "--draft", "--out", "drafts")
    [draft] = Path("drafts").glob("*.pdf")
    assert verdict(draft) == ("draft", 8)
    certgen("fill", sample, "--copy")
    [copy] = Path("certificates").glob("*COPY.pdf")
    assert verdict(copy) == ("copy", 8)
    assert (
        f"a copy of {SERIAL}, of which the original is: genuine and in force" in certgen("verify", copy).out
    )


def test_strangers_are_unknown(certgen, issued: Path, verdict, desk: Path) -> None:
    (desk / "letter.txt").write_text("Dear Anna", encoding="utf-8")
    (desk / "torn.pdf").write_bytes(issued.read_bytes()[:5000])
    (desk / "empty.pdf").write_bytes(b"")
    for name in ("letter.txt", "torn.pdf", "empty.pdf"):
        assert verdict(desk / name) == ("unknown", 8), name


def test_a_certificate_of_another_register_is_not_known_here(certgen, issued: Path, season: Path) -> None:
    at = ("--register", "sqlite:///other.sqlite")
    certgen("fill", season, *at, "--out", "other")
    run = certgen("verify", "other/COI.CA-ORG-016.2026.0000040.pdf", "--json")
    assert run.exit_code == 8
    assert "is not known here" in run.record["files"][0]["reason"]


def test_without_a_register_nothing_can_be_known(certgen, issued: Path, desk: Path) -> None:
    run = certgen("verify", issued, "--register", "sqlite:///none.sqlite", "--json")
    assert (run.exit_code, run.record["files"][0]["verdict"]) == (8, "not-known")
    assert not (desk / "none.sqlite").exists()


def test_the_sealed_file_is_known_beside_the_issued_one(certgen, issued: Path, verdict, desk: Path) -> None:
    [book] = desk.parent.rglob("register.sqlite")
    sealed = issued.with_name("sealed.pdf")
    sealed.write_bytes(issued.read_bytes() + b"\n% a seal\n")
    record = json.loads(certgen("verify", sealed, "--json").out)["files"][0]
    with open_register(f"sqlite:///{book}") as register:
        owner = Owner("desk", 1, "", "anna", "seal", "0.1.0")
        register.seal(SERIAL, record["sha256"], owner, datetime.now(UTC))
        assert [line.act for line in register.history(SERIAL)] == ["reserve", "issue", "seal"]
    assert verdict(sealed) == ("genuine", 0)
    assert verdict(issued) == ("genuine", 0)
    assert certgen("register", "audit").exit_code == 0
    certgen("register", "void", SERIAL, "--why", "cancelled")
    assert verdict(sealed) == ("void", 8)


def test_the_status_list_is_dated_and_names_no_party(certgen, season: Path, desk: Path) -> None:
    certgen("fill", season)
    assert "40 certificates" in certgen("register", "export", "--status-list", "list.json").out
    text = (desk / "list.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert datetime.fromisoformat(content["as_of"]).tzinfo is not None
    assert [row[0] for row in content["certificates"]] == [f"{SERIAL[:-2]}{n:02}" for n in range(1, 41)]
    assert "Prairie Lantern" not in text
    assert certgen("register", "export", "--status-list", "list.json").exit_code == 9
    assert certgen("register", "export", "--status-list", "b.json", "--since", "2026-01-01").exit_code == 2


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", '{"format": "certgen-status-list", "version": 2}', "[" * 100_000, '"list"', "\udcff"],
)
def test_what_is_no_status_list_is_refused(certgen, issued: Path, desk: Path, content: str) -> None:
    (desk / "list.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    run = certgen("verify", issued, "--status-list", "list.json")
    assert run.exit_code == 4
    assert "no status list" in run.err or "is not a status list" in run.err


@pytest.mark.parametrize(
    "row", [[1], [[]], ["S", "flying"], ["S", "issued", 3], ["S", "issued", "", "", "", "", "", [1]]]
)
def test_a_row_that_is_none_is_refused(certgen, issued: Path, desk: Path, row: list[object]) -> None:
    certgen("register", "export", "--status-list", "list.json")
    content = json.loads((desk / "list.json").read_text(encoding="utf-8"))
    (desk / "list.json").write_text(json.dumps({**content, "certificates": [row]}), encoding="utf-8")
    assert certgen("verify", issued, "--status-list", "list.json").exit_code == 4


def test_a_file_that_is_not_there_and_two_sources_are_refused(certgen, issued: Path) -> None:
    assert certgen("verify", "nothing.pdf").exit_code == 4
    assert (
        certgen("verify", issued, "--status-list", "l.json", "--register", "sqlite:///r.sqlite").exit_code
        == 2
    )


def test_the_api_says_the_same(issued: Path) -> None:
    record = api.verify(issued)
    assert record["files"][0]["verdict"] == "genuine"
    assert record["exit_code"] == 0
