"""The one JSON object that a command prints."""

from __future__ import annotations

import json
from typing import Any

import click


def echo_json(record: Any) -> None:
    """Print it on stdout, in letters as they are and in the order given."""
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))
