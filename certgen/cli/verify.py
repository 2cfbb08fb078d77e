"""`certgen verify`: whether a certificate is genuine and in force."""

from __future__ import annotations

from pathlib import Path

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import JSON, PATH, PROFILE, REGISTER, make_surroundings
from certgen.desk import make_order
from certgen.errors import UsageError
from certgen.pipeline import Verification, verify


@click.command("verify")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--status-list", type=PATH, metavar="FILE", help="Judge by this list instead of a register.")
@REGISTER
@PROFILE
@JSON
def command(
    *,
    files: tuple[Path, ...],
    status_list: Path | None,
    register_url: str,
    profile: Path | None,
    as_json: bool,
) -> int:
    """Say whether each of FILES is a certificate as it was issued, and in force. Exit code 8 when one is not.

    \b
    Example:
      certgen verify certificates/COI.CA-ORG-016.2026.0000001.pdf
    """
    if status_list and register_url:
        raise UsageError("Name a register or a status list, not both.")
    surroundings = make_surroundings("verify")
    order = make_order([], profile=profile, register_url=register_url)
    verification = verify(files, order, surroundings, status_list)
    if as_json:
        echo_json(verification.as_record())
    else:
        _tell(verification)
    return verification.exit_code


def _tell(verification: Verification) -> None:
    for verdict in verification.verdicts:
        click.echo(f"{verdict.verdict:<9}  {verdict.path.name}  {verdict.serial}".rstrip())
        click.echo(f"{'':<9}  {verdict.reason}")
    if verification.source:
        click.echo(f"by {verification.source}, as of {verification.as_of:%Y-%m-%d %H:%M} UTC")
