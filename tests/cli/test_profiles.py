"""Which profile is used, and what one beside a workbook may not change."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

OTHER_HOUSE = """
format = 1
[issuer]
role = "control-body"
name = "Ecocert Canada"
address = "Lévis, QC, Canada"
codes = ["CA-ORG-006"]
"""


def own_profile(desk: Path, text: str) -> Path:
    path = desk.parent / "xdg_config_home" / "certgen" / "certgen.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_profile_beside_a_workbook_may_not_change_the_users_issuer(
    certgen, sample: Path, desk: Path
) -> None:
    own = own_profile(desk, OTHER_HOUSE)
    run = certgen("fill", sample)
    assert run.exit_code == 2
    assert str(own) in run.err
    assert str(desk / "certgen.toml") in run.err


def test_the_users_own_profile_serves_where_none_lies_beside(certgen, sample: Path, desk: Path) -> None:
    own_profile(desk, (desk / "certgen.toml").read_text(encoding="utf-8"))
    (desk / "certgen.toml").unlink()
    assert certgen("fill", sample, "--json").record["certificates"][0]["status"] == "issued"


def test_an_unknown_key_is_told_with_the_nearest_word(certgen, sample: Path, desk: Path) -> None:
    (desk / "certgen.toml").write_text("format = 1\nsignatoris = ['A']\n", encoding="utf-8")
    run = certgen("fill", sample)
    assert run.exit_code == 2
    assert "signatories" in run.err


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "a profile begins with `format = 1`"),
        ("format = true\n", "'format'"),
        ("format = '1'\n", "'format'"),
        ("format = 2\nnew_key = 1\n", "format 2 is not one that this certgen knows"),
    ],
)
def test_a_profile_says_its_format(certgen, sample: Path, desk: Path, written: str, told: str) -> None:
    (desk / "certgen.toml").write_text(written, encoding="utf-8")
    run = certgen("fill", sample)
    assert run.exit_code == 2
    assert "certgen.toml" in run.err
    assert told in run.err


def test_several_signatories_ask_which(certgen, sample: Path, desk: Path) -> None:
    path = desk / "certgen.toml"
    text = path.read_text(encoding="utf-8").replace(
        'signatories = ["Marguerite Oyelaran-Tremblay"]', 'signatories = ["A. Roy", "B. Singh"]'
    )
    path.write_text(text, encoding="utf-8")
    assert certgen("check", sample).exit_code == 0
    run = certgen("fill", sample)
    assert run.exit_code == 2
    assert "--signatory" in run.err
    stranger = certgen("fill", sample, "--signatory", "M. Tremblay")
    assert stranger.exit_code == 2
    assert "There are: A. Roy, B. Singh." in stranger.err
    assert certgen("fill", sample, "--signatory", "B. Singh").exit_code == 0
    assert certgen("fill", sample).exit_code == 0, "what is issued already is not signed again"


def test_a_serial_pattern_of_ones_own_keeps_the_forms_beginning(certgen, sample: Path, desk: Path) -> None:
    path = desk / "certgen.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + '\n[form."gb-coi"]\nserial = "COI.{code}.{number:04}"\n', encoding="utf-8")
    if '[form."gb-coi".defaults]' in text:
        path.write_text(
            text.replace(
                '[form."gb-coi".defaults]',
                '[form."gb-coi"]\nserial = "COI.{code}.{number:04}"\n[form."gb-coi".defaults]',
            ),
            encoding="utf-8",
        )
    assert certgen("fill", sample, "--json").record["certificates"][0]["serial"] == "COI.CA-ORG-016.0001"
    path.write_text(path.read_text(encoding="utf-8").replace('"COI.{code}', '"GB.{code}'), encoding="utf-8")
    run = certgen("fill", sample)
    assert run.exit_code == 2
    assert "COI.{code}." in run.err


@pytest.mark.parametrize("codes", ["codes = []", ""])
def test_a_house_without_a_code_gives_no_number_that_holds_one(
    certgen, sample: Path, desk: Path, codes: str
) -> None:
    profile = desk / "certgen.toml"
    text = profile.read_text(encoding="utf-8")
    assert 'codes = ["CA-ORG-016"]' in text
    profile.write_text(text.replace('codes = ["CA-ORG-016"]', codes), encoding="utf-8")
    run = certgen("fill", sample, "--json")
    [certificate] = run.record["certificates"]
    assert (certificate["status"], certificate["serial"]) == ("draft", "")
    assert "the profile names none" in certificate["reason"]


def test_a_profile_beside_a_workbook_may_not_change_the_series(certgen, sample: Path, desk: Path) -> None:
    text = (desk / "certgen.toml").read_text(encoding="utf-8")
    own_profile(desk, text)
    (desk / "certgen.toml").write_text(
        'format = 1\n[form."gb-coi"]\nserial = "COI.{code}.X.{number}"\n', encoding="utf-8"
    )
    run = certgen("fill", sample)
    assert run.exit_code == 2
    assert "form.gb-coi.serial" in run.err


def test_a_profile_beside_a_workbook_takes_nothing_away(certgen, sample: Path, desk: Path) -> None:
    text = (desk / "certgen.toml").read_text(encoding="utf-8")
    table = '[form."gb-coi".defaults]'
    own_profile(desk, text.replace(table, f'[form."gb-coi"]\nserial = "COI.{{code}}.H.{{number}}"\n{table}'))
    (desk / "certgen.toml").write_text('format = 1\n[form."gb-coi"]\n', encoding="utf-8")
    assert certgen("fill", sample, "--json").record["certificates"][0]["serial"] == "COI.CA-ORG-016.H.1"


def test_a_profile_from_a_windows_editor_is_read(certgen, sample: Path, desk: Path) -> None:
    path = desk / "certgen.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert certgen("fill", sample).exit_code == 0


def test_a_profile_nested_beyond_reason_is_exit_2(certgen, sample: Path, desk: Path) -> None:
    (desk / "certgen.toml").write_text("x = " + "[" * 20_000, encoding="utf-8")
    assert certgen("fill", sample).exit_code == 2
    (desk / "certgen.toml").write_text("x = " + "9" * 10_000, encoding="utf-8")
    assert certgen("fill", sample).exit_code == 2


@pytest.fixture
def code_alone(sample: Path, edit, cell_of) -> Path:
    """The workbook of an exporter who knows the control body by its code."""
    cells = [cell_of(sample, "Shipments", f"Control body {part}", 2) for part in ("name", "address")]
    return edit(sample, dict.fromkeys(cells))


def test_the_code_of_the_house_stands_for_its_name_and_address(
    certgen, code_alone: Path, desk: Path, cell_of
) -> None:
    run = certgen("fill", code_alone, "--json")
    [told] = [finding for finding in run.record["findings"] if finding["code"] == "CG426"]
    assert f"{told['sheet']}!{told['cell']}" == cell_of(code_alone, "Shipments", "Control body code", 2)
    [made] = run.record["certificates"]
    assert made["status"] == "issued"
    with pdfplumber.open(next(desk.rglob("COI.*.pdf"))) as pdf:
        assert pdf.pages[0].extract_text().count("Saskatoon, SK, Canada") == 2


def test_another_bodys_code_does_not(certgen, code_alone: Path, edit, cell_of) -> None:
    edit(code_alone, {cell_of(code_alone, "Shipments", "Control body code", 2): "CA-ORG-006"})
    run = certgen("check", code_alone, "--json")
    assert {"control_bodies.0.name", "control_bodies.0.address"} <= {
        finding["field"] for finding in run.record["findings"] if finding["severity"] == "error"
    }
