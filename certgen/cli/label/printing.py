"""`certgen label print`: labels for the containers of a shipment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import JSON, MAPS, PATH, PROFILE
from certgen.cli.text import counted, tell_findings, tell_sheet_readings
from certgen.desk import find_profile, maps_of
from certgen.pipeline import LabelOrder, LabelsPrinted, find_stock, print_goods_labels


@click.command("print")
@click.argument("workbook", type=PATH)
@click.option("--stock", default="a4-8", show_default=True, metavar="ID", help="The sheet or roll of labels.")
@click.option("--code", type=click.Choice(["qr", "bars", "none"]), default="qr", show_default=True)
@click.option("--status", default="", metavar="WORDS", help="The organic status of lines that do not say it.")
@click.option("--copies", type=click.IntRange(1, 5000), default=1, show_default=True, help="Of each label.")
@click.option("--per-package", "is_per_package", is_flag=True, help="One label for each package of a line.")
@click.option(
    "--frames", "with_frames", is_flag=True, help="Draw the edges of the labels, for a trial on paper."
)
@click.option(
    "--out",
    type=PATH,
    default=Path("labels.pdf"),
    show_default=True,
    metavar="FILE.pdf",
)
@PROFILE
@MAPS
@JSON
def print_command(
    *,
    workbook: Path,
    stock: str,
    profile: Path | None,
    maps: tuple[str, ...],
    as_json: bool,
    **asked: Any,
) -> int:
    """Print labels for the containers of the shipments in WORKBOOK, a lot number on each.

    \b
    Example:
      certgen label print shipment.xlsx --status organic
    """
    issuer = find_profile(profile, (workbook,)).issuer
    order = LabelOrder(workbook, stock=find_stock(stock), issuer=issuer, **asked)
    printed = print_goods_labels(order, maps_of((workbook,), maps))
    if as_json:
        echo_json(printed.as_record())
    else:
        _tell(printed)
    return printed.exit_code


def _tell(printed: LabelsPrinted) -> None:
    tell_sheet_readings(printed.sheets)
    tell_findings(printed.findings)
    for lot in printed.lots:
        words = [f"{lot.count} ×", lot.lot, lot.status, lot.notice, lot.consignment]
        click.echo("  ".join(word for word in words if word))
    count = sum(lot.count for lot in printed.lots)
    where = f" on {counted(printed.pages, 'page|pages')}: {printed.path}" if printed.path else ""
    click.echo(f"{counted(count, 'label|labels')}{where}")
