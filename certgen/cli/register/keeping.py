"""`certgen register backup`, `restore` and `upgrade`."""

from __future__ import annotations

from pathlib import Path

import click

from certgen.cli.options import PATH, PROFILE, REGISTER
from certgen.cli.register.options import certificate_folders, find_url
from certgen.cli.text import tell_findings
from certgen.desk import make_order
from certgen.pipeline import restore_register
from certgen.register import open_register
from certgen.register.keeping import back_up


@click.command("backup")
@click.argument("file", type=PATH)
@REGISTER
@PROFILE
def backup(*, file: Path, register_url: str, profile: Path | None) -> int:
    """Copy the register to FILE, while others go on issuing.

    \b
    Example:
      certgen register backup register-2026-11-30.sqlite
    """
    with open_register(find_url(register_url, profile), must_exist=True) as register:
        head = back_up(register, file)
    click.echo(f"{file}: {head.entry} lines, head {head.entry}:{head.hash}")
    return 0


@click.command("restore")
@click.argument("file", type=PATH)
@certificate_folders("A folder of certificates to look through for later ones; may be repeated.")
@REGISTER
@PROFILE
def restore(*, file: Path, folders: tuple[Path, ...], register_url: str, profile: Path | None) -> int:
    """Put the backup FILE where no register stands. Exit code 7 when later certificates were found.

    \b
    Example:
      certgen register restore register-2026-11-30.sqlite --certificates certificates
    """
    restored = restore_register(file, make_order([], profile=profile, register_url=register_url), folders)
    tell_findings(restored.findings)
    head = restored.head
    click.echo(f"{restored.register}: {head.entry} lines, head {head.entry}:{head.hash}")
    return 7 if restored.findings else 0


@click.command("upgrade")
@REGISTER
@PROFILE
def upgrade(*, register_url: str, profile: Path | None) -> int:
    """Bring a register that an older certgen wrote up to date.

    \b
    Example:
      certgen register upgrade
    """
    with open_register(find_url(register_url, profile), must_exist=True, may_upgrade=True) as register:
        before, now = register.versions
        name = register.name
    click.echo(f"{name}: version {now}{f', upgraded from {before}' if before != now else ', up to date'}")
    return 0
