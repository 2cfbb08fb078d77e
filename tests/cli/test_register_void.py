"""`certgen register void`, and what is told afterwards."""

from __future__ import annotations

from pathlib import Path

SERIAL = "COI.CA-ORG-016.2026.0000001"
WHY = "shipment cancelled"


def test_a_void_certificate_says_so_and_why_wherever_it_is_looked_up(certgen, sample: Path) -> None:
    certgen("fill", sample)
    run = certgen("register", "void", SERIAL, "--why", f"  {WHY}\n")
    assert run.exit_code == 0, run.err
    assert f"void: {WHY}" in run.out
    assert f"void: {WHY}" in certgen("register", "list").out
    shown = certgen("register", "show", SERIAL, "--json").record
    assert (shown["record"]["status"], shown["record"]["why"]) == ("void", WHY)


def test_the_history_names_every_act_with_who_and_why(certgen, sample: Path) -> None:
    certgen("fill", sample)
    certgen("register", "void", SERIAL, "--why", WHY)
    history = certgen("register", "show", SERIAL, "--json").record["history"]
    assert [line["act"] for line in history] == ["reserve", "issue", "void"]
    assert (history[2]["why"], history[2]["command"]) == (WHY, "register void")
    assert history[2]["pdf_sha256"] == history[2]["pdf_sha256_before"] == history[1]["pdf_sha256"]
    assert "void" in certgen("register", "show", SERIAL).out


def test_the_kept_original_of_a_void_certificate_stays(certgen, sample: Path, desk: Path) -> None:
    certgen("fill", sample)
    certgen("register", "void", SERIAL, "--why", WHY)
    assert certgen("register", "show", SERIAL, "--pdf", "kept.pdf").exit_code == 0
    assert (desk / "kept.pdf").read_bytes() == (desk / "certificates" / f"{SERIAL}.pdf").read_bytes()


def test_void_twice_is_refused_and_so_is_a_reason_of_blanks(certgen, sample: Path) -> None:
    certgen("fill", sample)
    assert certgen("register", "void", SERIAL).exit_code == 2
    assert certgen("register", "void", SERIAL, "--why", "  ").exit_code == 7
    certgen("register", "void", SERIAL, "--why", WHY)
    run = certgen("register", "void", SERIAL, "--why", "again")
    assert run.exit_code == 7
    assert f"void already ({WHY})" in run.err


def test_the_list_can_be_narrowed_to_what_is_void(certgen, sample: Path) -> None:
    certgen("fill", sample)
    certgen("register", "void", SERIAL, "--why", WHY)
    certgen("fill", sample)
    records = certgen("register", "list", "--status", "void", "--json").record["records"]
    assert [record["serial"] for record in records] == [SERIAL]


def test_a_void_consignment_gets_a_new_number_and_is_told_of_the_void_one(certgen, sample: Path) -> None:
    certgen("fill", sample)
    certgen("register", "void", SERIAL, "--why", WHY)
    checked = certgen("check", sample, "--json")
    again = certgen("fill", sample, "--json")
    assert again.exit_code == 0, again.err
    [certificate] = again.record["certificates"]
    assert (certificate["status"], certificate["serial"][-1]) == ("issued", "2")
    for run in (checked, again):
        [told] = [item for item in run.record["findings"] if item["slug"] == "earlier-certificate-void"]
        assert SERIAL in told["message"]
        assert WHY in told["message"]
    third = certgen("fill", sample, "--json").record["certificates"][0]
    assert (third["status"], third["serial"]) == ("unchanged", certificate["serial"])
