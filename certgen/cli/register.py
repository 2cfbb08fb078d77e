"""`certgen register`: what was issued."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import DAY, day_of
from certgen.desk import find_profile
from certgen.errors import OutputError
from certgen.pipeline import Order, register_url
from certgen.register import Record, open_register

REGISTER = click.option("--register", "url", default="", metavar="URL", help="Where the numbers are kept.")
PROFILE = click.option("--profile", type=click.Path(path_type=Path), help="Who issues (certgen.toml).")


@click.group("register")
def command() -> None:
    """Look up what was issued."""


@command.command("list")
@REGISTER
@PROFILE
@click.option("--form", default=None, metavar="ID")
@click.option("--status", default=None, type=click.Choice(["pending", "issued"]))
@click.option("--since", type=DAY, callback=day_of, help="Issued on or after this day.")
@click.option("--until", type=DAY, callback=day_of, help="Issued on or before this day.")
@click.option("--exporter", default=None, metavar="NAME")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def list_records(
    *,
    url: str,
    profile: Path | None,
    as_json: bool,
    **filters: Any,
) -> int:
    r"""List certificates, the newest first.

    \b
    Example:
      certgen register list --since 2026-01-01
    """
    with open_register(_url(url, profile), must_exist=True) as register:
        records = register.list_records(**filters)
    if as_json:
        echo_json({"schema": 1, "records": [_record(record) for record in records]})
        return 0
    for record in records:
        what = f"{record.key.reference}  {record.key.exporter}"
        click.echo(f"{record.serial}  {record.issue_date}  {record.status:<8} {what}")
    return 0


@command.command("show")
@click.argument("serial")
@REGISTER
@PROFILE
@click.option(
    "--pdf", type=click.Path(path_type=Path), metavar="FILE.pdf", help="Write the kept original here."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def show_record(*, serial: str, url: str, profile: Path | None, pdf: Path | None, as_json: bool) -> int:
    r"""Show one certificate by its SERIAL.

    \b
    Example:
      certgen register show COI.CA-ORG-016.2026.0000001 --pdf kept.pdf
    """
    with open_register(_url(url, profile), must_exist=True) as register:
        record = register.show(serial)
        if pdf is not None:
            _write_new(pdf, register.pdf(serial))
    if as_json:
        echo_json({"schema": 1, "record": _record(record)})
        return 0
    for name, value in _record(record).items():
        click.echo(f"{name:<14} {value}")
    return 0


def _url(url: str, profile: Path | None) -> str:
    return register_url(Order(workbooks=(), profile=find_profile(profile, ()), register_url=url))


def _write_new(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}).") from error


def _record(record: Record) -> dict[str, Any]:
    return {
        "serial": record.serial,
        "status": str(record.status),
        "form": record.key.form,
        "edition": record.edition,
        "issuer": record.key.issuer,
        "exporter": record.key.exporter,
        "reference": record.key.reference,
        "issue_date": record.issue_date.isoformat(),
        "made_at": record.made_at.isoformat(),
        "issued_at": record.issued_at.isoformat() if record.issued_at else "",
        "workbook": record.workbook,
        "input_sha256": record.input_sha256,
        "pdf_sha256": record.pdf_sha256,
        "pages": record.pages,
        "user": record.owner.user,
        "machine": record.owner.machine,
        "version": record.owner.version,
    }
