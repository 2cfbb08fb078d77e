"""The inputs that `check` and `fill` share, and what a run on this machine has around it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from certgen import __version__
from certgen.pipeline import Surroundings
from certgen.register import Patience, is_alive, this_owner

Command = TypeVar("Command", bound=Callable[..., Any])

EXISTING = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


def day_of(_context: click.Context, _option: click.Parameter, value: datetime | None) -> date | None:
    """The day of what click reads as a point in time."""
    return value.date() if value else None


def shared_inputs(command: Command) -> Command:
    """The arguments and options that settle what is read and which papers are wanted."""
    for decorate in reversed(
        [
            click.argument("workbooks", nargs=-1, required=True, type=EXISTING),
            click.option(
                "--form", "forms", multiple=True, metavar="ID", help="The paper wanted; may be repeated."
            ),
            click.option("--variant", default="", metavar="NAME", help="Another standing of the form."),
            click.option("--why", default="", metavar="TEXT", help="Why a variant is made, where it asks."),
            click.option("--profile", type=EXISTING, help="Who issues (certgen.toml)."),
            click.option("--templates", multiple=True, type=EXISTING, help="A folder of forms of your own."),
            click.option(
                "--register", "register_url", default="", metavar="URL", help="Where the numbers are kept."
            ),
            click.option(
                "--issue-date",
                type=DAY,
                callback=day_of,
                metavar="DATE",
                help="The date of issue, as 2026-12-31.",
            ),
            click.option(
                "--signatory", default="", metavar="NAME", help="Who signs, if the profile has several."
            ),
            click.option(
                "--map", "maps", multiple=True, metavar="HEADER=FIELD", help="What a column of yours means."
            ),
            click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text."),
        ]
    ):
        command = decorate(command)
    return command


def make_surroundings(command: str, progress: Callable[[int, int], None]) -> Surroundings:
    """The clock, the process and the terminal."""
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
