"""The README is a promise: its commands run, its table of exit codes and its links are true."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from certgen import errors
from certgen.forms import load_forms

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *(PROJECT / "samples").glob("*.md")]
)


def commands() -> list[list[str]]:
    """The words of every `certgen …` in the README: in its tables, and at the end of its first block."""
    inline = re.findall(r"`(certgen [^`]+)`", README)
    in_blocks = re.findall(r"\.venv/bin/(certgen [^&\n]+)", README)
    return [shlex.split(command)[1:] for command in [*in_blocks, *inline]]


def test_every_command_of_the_readme_does_what_it_says(certgen, sample: Path, desk: Path) -> None:
    (desk / "samples").mkdir()
    shutil.copy(sample, desk / "samples")
    shutil.copy(desk / "certgen.toml", desk / "samples")
    listed = commands()
    assert len(listed) >= 10
    for words in listed:
        if words[0] == "new":
            sample.unlink()
        run = certgen(*words)
        assert run.exit_code == 0, (words, run.out, run.err)
        shutil.copy(desk / "samples" / sample.name, sample)


def test_the_exit_codes_are_those_of_the_program() -> None:
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    used = {value.exit_code for value in classes if issubclass(value, errors.CertgenError)}
    assert used <= listed


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_the_documents_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


def test_every_paper_is_named_with_what_it_is() -> None:
    for form in load_forms().values():
        what = f"{form.legal_status} of the {form.issued_by.replace('-', ' ')}"
        assert f"| `{form.id}` | {form.title} | {what} |" in README
