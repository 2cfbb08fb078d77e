"""`certgen form check` of a house's own arrangements: everything wrong with them, and every case."""

from __future__ import annotations

from pathlib import Path

import click

from certgen.errors import FormError
from certgen.forms import load_forms
from certgen.forms.roots import ARRANGEMENTS
from certgen.rules.arrangements import (
    arrangements_of,
    find_unproven,
    load_arrangements,
    run_trade_cases,
)


def is_arrangements_folder(folder: Path) -> bool:
    """Whether it is the folder of arrangements that lies beside a house's forms."""
    return folder.resolve().name == ARRANGEMENTS and not (folder / "form.toml").exists()


def check_arrangements(folder: Path) -> int:
    """Tell that the arrangements are right; raises FormError listing everything wrong."""
    if not folder.is_dir():
        raise FormError(f"{folder}: there is no such folder of arrangements.")
    arrangements = load_arrangements(load_forms([folder.resolve().parent]), own=(folder,))
    own = arrangements_of(folder, arrangements)
    trials = run_trade_cases(arrangements, folder / "cases")
    if problems := find_unproven(own, trials):
        raise FormError("\n".join(problems))
    rules = sum(len(entry.scope) for entry in own)
    counted = ((len(own), "arrangement"), (rules, "rule"), (len(trials), "case"))
    words = ", ".join(f"{count} {word}{'s' if count != 1 else ''}" for count, word in counted)
    click.echo(f"{ARRANGEMENTS}: right; {words}")
    return 0
