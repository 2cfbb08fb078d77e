"""What docs/register.md tells people to do, done."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from certgen.cli.register import command
from certgen.findings import load_catalogue
from certgen.register import Record, Register, open_register

DOCUMENT = Path(__file__).parents[2] / "docs" / "register.md"


def test_the_backup_command_makes_a_register_that_opens(
    register: Register, url: str, tmp_path: Path, issue_one: Callable[..., Record]
) -> None:
    record = issue_one(pdf=b"%PDF original")
    found = re.search(r"```sh\n(.*?)\n```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    _, *words = shlex.split(found[1])
    command = [sys.executable, "-m", "certgen", *words, "--register", url]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    with open_register(f"sqlite:///{tmp_path / 'register-copy.sqlite'}", must_exist=True) as copy:
        assert copy.show(record.serial) == record
        assert copy.pdf(record.serial) == b"%PDF original"
        assert copy.journal.head() == register.journal.head()


def test_every_finding_that_the_document_names_is_one_of_ours() -> None:
    codes = set(re.findall(r"CG\d{3}", DOCUMENT.read_text(encoding="utf-8")))
    assert len(codes) > 15
    assert codes <= set(load_catalogue())


def test_every_command_that_the_document_names_is_there() -> None:
    named = set(re.findall(r"certgen register ([a-z]+)", DOCUMENT.read_text(encoding="utf-8")))
    assert named <= set(command.commands)
    assert set(command.commands) <= named


def test_every_refusal_in_the_document_is_one_that_the_program_can_say() -> None:
    table = DOCUMENT.read_text(encoding="utf-8").partition("## When it refuses")[2]
    first_cells = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:]
    sayings = [saying.strip() for cell in first_cells for saying in cell.split("·")]
    rooms = (DOCUMENT.parents[1] / "certgen" / room for room in ("register", "pipeline/issued"))
    source = "".join(path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py"))
    assert len(sayings) > 9
    assert not [saying for saying in sayings if saying not in source and saying != "---"]
