"""The one JSON object that a command prints."""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import Any

import click

_IS_PRINTED = ContextVar("_IS_PRINTED", default=False)


def echo_json(record: Any) -> None:
    """Print it on stdout, in letters as they are and in the order given."""
    _IS_PRINTED.set(True)
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))


def begin_json() -> None:
    """A command begins, and has printed nothing."""
    _IS_PRINTED.set(False)


def echo_json_error(message: str, exit_code: int) -> None:
    """Print what stopped the whole run; where the object was printed before, stderr alone tells it."""
    if not _IS_PRINTED.get():
        echo_json({"schema": 1, "error": {"message": message, "exit_code": exit_code}})
