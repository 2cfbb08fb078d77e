"""`certgen register void`."""

from __future__ import annotations

from pathlib import Path

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import JSON, PROFILE, REGISTER, terminal_patience
from certgen.cli.register.options import WHY, actor, as_record, find_url, standing, true_time
from certgen.register import open_register


@click.command("void")
@click.argument("serial")
@WHY
@REGISTER
@PROFILE
@JSON
def void(*, serial: str, why: str, register_url: str, profile: Path | None, as_json: bool) -> int:
    """Take the certificate SERIAL, or the extract ORIGINAL/BATCH, out of force for good.

    \b
    Example:
      certgen register void COI.CA-ORG-016.2026.0000001 --why "shipment cancelled"
    """
    with open_register(
        find_url(register_url, profile), must_exist=True, patience=terminal_patience()
    ) as register:
        register.void(serial, why, actor("register void"), true_time())
        record = register.find_serial(serial)
    if as_json:
        of_extract = {"serial": serial, "status": "void", "why": why}
        echo_json({"schema": 1, "record": as_record(record) if record else of_extract})
        return 0
    click.echo(f"{serial}  {standing(record) if record else f'void: {why}'}")
    click.echo("Tell whoever holds it: a paper that went out does not know that it is void.", err=True)
    return 0
