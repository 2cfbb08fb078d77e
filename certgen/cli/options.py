"""The options that several commands share, and what a run on this machine has around it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from certgen import __version__
from certgen.pipeline import Surroundings, ignore_progress
from certgen.register import Patience, is_alive, this_owner

Progress = Callable[[int, int], None]
Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)


class Day(click.DateTime):
    """A day as the command line takes it, told in letters that say what stands where."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def get_metavar(self, *_: Any, **__: Any) -> str:
        """How the help shows it."""
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day, as click's point in time; raises BadParameter with what to write."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day. Write it as YYYY-MM-DD, for example 2026-12-31.", param, ctx)


DAY = Day()


def day_of(_context: click.Context, _option: click.Parameter, value: datetime | None) -> date | None:
    """The day of what click reads as a point in time."""
    return value.date() if value else None


def _day(*names: str, **more: Any) -> Callable[[Command], Command]:
    """An option that takes a day."""
    return click.option(*names, type=DAY, callback=day_of, **more)


PROFILE = click.option("--profile", type=PATH, help="Who issues (certgen.toml).")
TEMPLATES = click.option("--templates", multiple=True, type=PATH, help="A folder of forms of your own.")
REGISTER = click.option(
    "--register", "register_url", default="", metavar="URL", help="Where the numbers are kept."
)
MAPS = click.option(
    "--map", "maps", multiple=True, metavar="HEADER=FIELD", help="What a column of yours means."
)
SIGNATORY = click.option(
    "--signatory", default="", metavar="NAME", help="Who signs, if the profile has several."
)
OUT = click.option("--out", type=PATH, default=Path("certificates"), show_default=True)
ANNOTATE = click.option(
    "--annotate", type=PATH, metavar="FILE.xlsx", help="Write a marked copy of the workbook."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
ISSUE_DATE = _day("--issue-date", help="The date of issue, as 2026-12-31.")
SINCE = _day("--since", help="Issued on or after this day.")
UNTIL = _day("--until", help="Issued on or before this day.")

_SHARED = (
    click.argument("workbooks", nargs=-1, required=True, type=PATH),
    click.option("--form", "forms", multiple=True, metavar="ID", help="The paper wanted; may be repeated."),
    click.option("--variant", default="", metavar="NAME", help="Another standing of the form."),
    click.option("--why", default="", metavar="TEXT", help="Why a variant is made, where it asks."),
    PROFILE,
    TEMPLATES,
    REGISTER,
    ISSUE_DATE,
    SIGNATORY,
    MAPS,
    JSON,
)


def shared_inputs(command: Command) -> Command:
    """The arguments and options that settle what is read and which papers are wanted."""
    for decorate in reversed(_SHARED):
        command = decorate(command)
    return command


def make_surroundings(command: str, progress: Progress = ignore_progress) -> Surroundings:
    """The clock, the process and the terminal; `progress` hears how many of how many are made."""
    return Surroundings(
        clock=lambda: datetime.now(UTC),
        owner=this_owner(command, __version__),
        is_alive=is_alive,
        progress=progress,
        patience=terminal_patience(),
    )


def terminal_patience() -> Patience:
    """Waits for a turn at the register, and says on stderr what for."""
    return Patience(tell=lambda sentence: click.echo(f"certgen: {sentence}", err=True), clock=time.monotonic)
