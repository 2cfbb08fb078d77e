"""docs/programs.md is a promise to other programs: its example runs, its keys are those that are printed."""

from __future__ import annotations

import re
from inspect import signature
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import certgen
from certgen import api

PAGE = (Path(__file__).parents[1] / "docs" / "programs.md").read_text(encoding="utf-8")
SERIAL = "COI.CA-ORG-016.2026.0000001"


def rows_below(words: str) -> list[str]:
    """The first cells of the table that follows these words."""
    table = PAGE.split(words, maxsplit=1)[1].split("|---", maxsplit=1)[1].split("\n\n", maxsplit=1)[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


@pytest.fixture
def record(sample: Path) -> dict[str, Any]:
    return certgen.fill(sample)


def test_the_example_runs_and_prints_what_it_is_about(sample: Path, capsys) -> None:
    [example] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(example, "programs.md", "exec"), {})  # noqa: S102 - our own page
    *told, issued, verdict, refused = capsys.readouterr().out.splitlines()
    assert told[0].startswith("note L2 ")
    assert issued == f"issued {SERIAL} certificates/{SERIAL}.pdf"
    assert verdict == "genuine"
    assert refused.startswith("4 shipment.docx")


def test_the_keys_on_the_page_are_those_of_the_record(record: dict[str, Any]) -> None:
    assert rows_below("### `check` and `fill`") == list(record)
    assert rows_below("A certificate:") == list(record["certificates"][0])
    assert rows_below("A finding:") == list(record["findings"][0])


def test_the_keys_of_verify_are_those_of_its_record(record: dict[str, Any]) -> None:
    verified = certgen.verify(record["certificates"][0]["path"])
    assert rows_below("### `verify`") == list(verified)
    for key in verified["files"][0]:
        assert f"`{key}`" in PAGE.split("| `files` |")[1].splitlines()[0]


def test_every_input_is_on_the_page() -> None:
    inputs = {*api.FillInputs.__annotations__, *api.VerifyInputs.__annotations__}
    for function in (api.check, api.fill, api.route, api.verify, api.check_labels):
        parameters = signature(function).parameters.values()
        inputs |= {each.name for each in parameters if each.kind is each.KEYWORD_ONLY}
    assert set(rows_below("| input | of | is |")) == inputs


def test_paths_may_be_texts_and_a_list_of_one_the_one_itself(sample: Path) -> None:
    profile = str(sample.with_name("certgen.toml"))
    record = certgen.fill(
        str(sample), forms="gb-coi", profile=profile, out="made", merge="all.pdf", templates=[]
    )
    assert record["certificates"][0]["path"] == str(Path("made") / f"{SERIAL}.pdf")
    assert len(pypdfium2.PdfDocument("all.pdf")) == record["certificates"][0]["pages"]


def test_two_processes_make_the_same_certificate(sample: Path) -> None:
    alone = certgen.fill(sample, out="alone", register_url="sqlite:///alone.sqlite")
    shared = certgen.fill(sample, out="shared", register_url="sqlite:///shared.sqlite", jobs=2)
    assert alone["certificates"][0]["sha256"] == shared["certificates"][0]["sha256"]


def test_an_input_that_there_is_not_names_the_nearest(sample: Path) -> None:
    with pytest.raises(TypeError, match=r"'form' \(did you mean 'forms'\?\)"):
        certgen.check(sample, form="gb-coi")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'is_draft'"):
        certgen.check(sample, is_draft=True)  # type: ignore[call-arg]


def test_what_stops_a_run_is_raised_with_its_exit_code(desk: Path) -> None:
    with pytest.raises(certgen.CertgenError, match=r"missing\.xlsx") as raised:
        certgen.check("missing.xlsx")
    assert raised.value.exit_code == 4


def test_the_package_has_what_it_lists_and_nothing_else() -> None:
    assert all(getattr(certgen, name) for name in certgen.__all__)
    with pytest.raises(AttributeError, match="print_money"):
        _ = certgen.print_money
