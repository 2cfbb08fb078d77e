"""`certgen register seal`."""

from __future__ import annotations

from pathlib import Path

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import JSON, PATH, PROFILE, REGISTER, make_surroundings
from certgen.cli.register.options import as_record
from certgen.desk import make_order
from certgen.pipeline import seal_certificate


@click.command("seal")
@click.argument("serial")
@click.argument("file", type=PATH)
@REGISTER
@PROFILE
@JSON
def seal(*, serial: str, file: Path, register_url: str, profile: Path | None, as_json: bool) -> int:
    """Know FILE, the certificate SERIAL as another program sealed it, beside the issued one.

    \b
    Example:
      certgen register seal COI.CA-ORG-016.2026.0000001 sealed.pdf
    """
    order = make_order([], profile=profile, register_url=register_url)
    record = seal_certificate(serial, file, order, make_surroundings("register seal"))
    if as_json:
        echo_json({"schema": 1, "record": as_record(record)})
        return 0
    click.echo(f"{record.serial}  sealed: SHA-256 {record.sealed_sha256}")
    return 0
