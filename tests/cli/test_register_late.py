"""Fields that a form lets come late are filled once, under the same serial."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from certgen.pipeline import known

FORMS = Path(__file__).parents[2] / "templates"
SERIAL = "COI.CA-ORG-016.2026.0000001"


@pytest.fixture
def patient(desk: Path) -> Path:
    """A form like the first one, in which the transport documents may come late."""
    folder = desk / "forms" / "gb-late"
    shutil.copytree(FORMS / "gb-coi", folder)
    text = (folder / "form.toml").read_text(encoding="utf-8")
    text = text.replace('id = "gb-coi"', 'id = "gb-late"').replace(
        "late = []", 'late = ["transport.documents"]'
    )
    (folder / "form.toml").write_text(text, encoding="utf-8")
    return folder.parent


@pytest.fixture
def late(certgen, sample: Path, patient: Path, edit, cell_of):
    """Fill the sample on that form with this transport document (None for none)."""
    profile = sample.with_name("certgen.toml")
    profile.write_text(profile.read_text(encoding="utf-8").replace("gb-coi", "gb-late"), encoding="utf-8")

    def fill(document: str | None, *words: str):
        edit(sample, {cell_of(sample, "Shipments", "Transport document", 2): document})
        run = certgen("fill", sample, "--form", "gb-late", "--templates", patient, *words, "--json")
        return run, run.record["certificates"][0]

    return fill


def test_a_late_field_is_filled_under_the_same_serial(certgen, late, patient: Path) -> None:
    _, first = late(None)
    run, completed = late("HLCU-1")
    assert run.exit_code == 0, run.out
    assert (completed["status"], completed["serial"]) == ("issued", first["serial"]) == ("issued", SERIAL)
    assert "transport.documents" in completed["reason"]
    assert completed["sha256"] != first["sha256"]
    _, again = late("HLCU-1")
    assert (again["status"], again["sha256"]) == ("unchanged", completed["sha256"])
    history = certgen("register", "show", SERIAL, "--json").record["history"]
    assert [line["act"] for line in history] == ["reserve", "issue", "complete"]
    assert history[2]["pdf_sha256_before"] == first["sha256"]
    assert certgen("register", "audit").exit_code == 0


def test_it_is_filled_once(late) -> None:
    late(None)
    late("HLCU-1")
    run, changed = late("HLCU-2")
    assert run.exit_code == 7
    assert changed["status"] == "refused"


def test_a_file_that_is_not_the_one_to_complete_is_left(late) -> None:
    late(None)
    path = Path("certificates", f"{SERIAL}.pdf")
    path.write_bytes(b"mine")
    run, failed = late("HLCU-1")
    assert run.exit_code == 9
    assert failed["status"] == "failed"
    assert path.read_bytes() == b"mine"
    path.unlink()
    run, completed = late("HLCU-1")
    assert (run.exit_code, completed["status"]) == (0, "issued")


def test_a_late_field_and_another_change_together_are_refused(late, sample: Path, edit, cell_of) -> None:
    late(None)
    edit(sample, {cell_of(sample, "Shipments", "Seal number", 2): "X1"})
    run, refused = late("HLCU-1")
    assert run.exit_code == 7
    assert '"Seal number"' in refused["reason"]


def test_a_copy_completes_nothing(late) -> None:
    late(None)
    run, refused = late("HLCU-1", "--copy")
    assert refused["status"] == "refused"
    assert run.exit_code == 7
    assert late("HLCU-1")[1]["status"] == "issued"


def test_a_stop_between_file_and_register_is_finished_by_the_next_run(
    late, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    late(None)
    with monkeypatch.context() as patch:
        patch.setattr("certgen.register.ledger.complete_late", stop)
        with pytest.raises(ValueError, match="Expecting value"):
            late("HLCU-1")
    run, completed = late("HLCU-1")
    assert (run.exit_code, completed["status"]) == (0, "issued")
    assert late("HLCU-1")[1]["status"] == "unchanged"


@pytest.mark.parametrize(
    ("document", "status", "exit_code"), [("HLCU-1", "refused", 7), ("HLCU-2", "unchanged", 0)]
)
def test_of_two_desks_that_complete_one_certificate_the_slower_leaves_no_paper_of_its_own(
    certgen,
    late,
    monkeypatch: pytest.MonkeyPatch,
    document: str,
    status: str,
    exit_code: int,
) -> None:
    late(None)
    write_files = known.write_files

    def write_after_the_other_desk(files: list[tuple[Path, bytes]]) -> None:
        monkeypatch.setattr(known, "write_files", write_files)
        assert late("HLCU-2", "--out", "other")[1]["status"] == "issued"
        write_files(files)

    monkeypatch.setattr(known, "write_files", write_after_the_other_desk)
    run, slower = late(document)
    assert (run.exit_code, slower["status"]) == (exit_code, status), run.err
    issued = Path("other", f"{SERIAL}.pdf").read_bytes()
    assert Path("certificates", f"{SERIAL}.pdf").read_bytes() == issued
    assert certgen("register", "audit").exit_code == 0


def test_an_audit_calls_the_file_from_before_the_completion_what_it_is(certgen, late) -> None:
    late(None)
    late("HLCU-1", "--out", "other")
    audit = certgen("register", "audit", "--json")
    assert audit.exit_code == 0
    assert [finding["code"] for finding in audit.record["findings"]] == ["CG445"]
    [folder] = audit.record["folders"]
    assert (folder["sound"], folder["altered"]) == (0, 0)
    assert "0 altered, 0 no longer there, 1 from before late fields" in certgen("register", "audit").out


def test_check_tells_what_fill_would_complete(
    certgen, sample: Path, patient: Path, late, edit, cell_of
) -> None:
    late(None)
    edit(sample, {cell_of(sample, "Shipments", "Transport document", 2): "BL 77"})
    run = certgen("check", sample, "--form", "gb-late", "--templates", patient, "--json")
    [known] = run.record["certificates"]
    assert (run.exit_code, known["status"], known["serial"]) == (0, "checked", SERIAL)
    assert known["reason"] == "issued already; fill completes it: transport.documents"
