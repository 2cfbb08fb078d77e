"""`certgen route`: which arrangement applies, and which papers are owed."""

from __future__ import annotations

from typing import Any

import click

from certgen.cli.json_output import echo_json
from certgen.cli.options import JSON, MAPS, PATH, PROFILE, TEMPLATES, make_surroundings
from certgen.cli.route_text import tell_routes
from certgen.cli.text import tell_findings, tell_sheets
from certgen.desk import make_order
from certgen.pipeline import route


@click.command("route")
@click.argument("workbooks", nargs=-1, required=True, type=PATH)
@PROFILE
@TEMPLATES
@MAPS
@JSON
def command(*, as_json: bool, **inputs: Any) -> int:
    """Say for each consignment in WORKBOOKS which papers it owes, from whom, by when and why.

    \b
    Example:
      certgen route shipment.xlsx
    """
    routes = route(make_order(**inputs), make_surroundings("route"))
    if as_json:
        echo_json(routes.as_record())
    else:
        tell_sheets(routes)
        tell_findings([finding for finding in routes.findings if finding.is_error])
        tell_routes(routes)
    return routes.exit_code
