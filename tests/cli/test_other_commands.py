"""`new`, `form`, `register`: the smaller commands as a newcomer uses them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click.testing
import pytest

import certgen as package
from certgen.cli.main import cli

FORM = Path(__file__).parents[2] / "templates" / "gb-coi"
SERIAL = "COI.CA-ORG-016.2026.0000001"


def test_a_new_workbook_can_be_checked_at_once(certgen, desk: Path) -> None:
    assert certgen("new", "gb-coi").exit_code == 0
    assert (desk / "shipment.xlsx").is_file()
    run = certgen("check", "shipment.xlsx", "--json")
    assert not [item for item in run.record["findings"] if item["severity"] == "error"], run.out


def test_a_new_workbook_never_replaces_one(certgen, desk: Path) -> None:
    certgen("new", "gb-coi")
    assert certgen("new", "gb-coi").exit_code == 9


def test_an_unknown_form_is_told_with_the_nearest(certgen, desk: Path) -> None:
    run = certgen("new", "gb-col")
    assert run.exit_code == 2
    assert "gb-coi" in run.err


def test_each_form_is_listed_with_status_issuer_editions_validity_and_layout(certgen, desk: Path) -> None:
    run = certgen("form", "list")
    assert run.exit_code == 0
    [line] = [line for line in run.out.splitlines() if line.startswith("gb-coi ")]
    assert line.endswith(
        "(document of the control body; edition 2021, valid from 2021-01-01 until 2023-08-31; "
        "edition 2023-09, valid from 2023-09-01; unofficial layout)"
    )


def test_a_form_that_an_official_blank_confirmed_is_listed_so_and_one_with_variants_names_them(
    certgen, desk: Path
) -> None:
    shutil.copytree(FORM.parent / "eu-coi", desk / "mine")
    form = desk / "mine" / "form.toml"
    text = form.read_text(encoding="utf-8")
    text = text.replace('id = "eu-coi"', 'id = "my-coi"').replace(
        "official_layout = false", "official_layout = true"
    )
    form.write_text(text, encoding="utf-8")
    lines = certgen("form", "list", "--templates", "mine").out.splitlines()
    [line] = [line for line in lines if line.startswith("my-coi ")]
    assert "(worksheet of the control body; variant contingency: document; edition " in line
    assert line.endswith("; official layout)")


def test_a_form_shows_its_boxes_and_rules(certgen, desk: Path) -> None:
    record = certgen("form", "show", "gb-coi", "--json").record["form"]
    assert [box["number"] for box in record["boxes"]] == [str(number) for number in range(1, 22)]
    assert record["rules"]


def test_the_shipped_form_is_right(certgen, desk: Path) -> None:
    run = certgen("form", "check", FORM)
    assert run.exit_code == 0, run.err


def test_a_wrong_form_folder_is_exit_5(certgen, desk: Path) -> None:
    shutil.copytree(FORM, desk / "mine")
    form = desk / "mine" / "form.toml"
    form.write_text("idd = 'x'\n" + form.read_text(encoding="utf-8"), encoding="utf-8")
    run = certgen("form", "check", "mine")
    assert run.exit_code == 5
    assert "idd" in run.err


def test_the_register_lists_and_shows_what_was_issued(certgen, sample: Path) -> None:
    path = Path(certgen("fill", sample, "--json").record["certificates"][0]["path"])
    assert f"{SERIAL}  2026-01-15  issued   PLO-25-047  Prairie Lantern Organics Ltd." in (
        certgen("register", "list").out
    )
    assert certgen("register", "show", SERIAL, "--json").record["record"]["status"] == "issued"
    assert certgen("register", "show", SERIAL, "--pdf", "kept.pdf").exit_code == 0
    assert Path("kept.pdf").read_bytes() == path.read_bytes()


def test_an_unknown_serial_is_told_with_the_nearest(certgen, sample: Path) -> None:
    certgen("fill", sample)
    run = certgen("register", "show", SERIAL.replace("1", "2", 1))
    assert run.exit_code == 7
    assert SERIAL in run.err


def test_a_register_that_is_not_there_is_exit_7_and_not_made(certgen, desk: Path) -> None:
    run = certgen("register", "list", "--register", "sqlite:///none.sqlite")
    assert run.exit_code == 7
    assert not (desk / "none.sqlite").exists()


def test_help_has_an_example_for_every_command(certgen, desk: Path) -> None:
    for words in (["fill"], ["check"], ["new"], ["form", "list"], ["form", "check"], ["register", "list"]):
        run = certgen(*words, "--help")
        assert run.exit_code == 0
        assert "certgen" in run.out.partition("Usage:")[2]
        assert "\\b" not in run.out


def test_the_version_is_the_packages(certgen, desk: Path) -> None:
    assert package.__version__ in certgen("--version").out


def test_json_is_one_object(certgen, sample: Path) -> None:
    assert json.loads(certgen("fill", sample, "--json").out)["schema"] == 1


def test_verbose_tells_the_steps_and_names_no_party(certgen, sample: Path, caplog) -> None:
    with caplog.at_level("INFO"):
        certgen("--verbose", "fill", sample)
    told = " ".join(record.getMessage() for record in caplog.records)
    assert SERIAL in told
    assert "Prairie Lantern" not in told


def test_no_color_is_honoured(sample: Path) -> None:
    runner = click.testing.CliRunner()
    (sample.parent / "certgen.toml").unlink()
    for no_color, expected in (("", True), ("1", False)):
        result = runner.invoke(cli, ["check", str(sample)], color=True, env={"NO_COLOR": no_color})
        assert ("\x1b[" in result.output) is expected


@pytest.mark.parametrize(("written", "meant"), [("fil", "fill"), ("chekc", "check"), ("registr", "register")])
def test_a_command_written_wrongly_is_told_with_the_nearest(certgen, written: str, meant: str) -> None:
    run = certgen(written, "shipment.xlsx")
    assert run.exit_code == 2
    assert f"No such command '{written}' (did you mean '{meant}'?)." in run.err


@pytest.mark.parametrize("day", ["31.12.2026", "2026-13-01", "tomorrow"])
def test_a_day_that_is_none_is_told_in_words(certgen, sample: Path, day: str) -> None:
    run = certgen("fill", sample, "--issue-date", day)
    assert run.exit_code == 2
    assert f"'{day}' is no day. Write it as YYYY-MM-DD, for example 2026-12-31." in run.err
    assert "%Y" not in run.err


def test_help_shows_how_a_day_is_written(certgen) -> None:
    for command in (("fill",), ("register", "list"), ("label", "check")):
        shown = certgen(*command, "--help").out
        assert "YYYY-MM-DD" in shown
        assert "%Y" not in shown
