"""The Python API: what the command line does, returning the records that `--json` prints."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from certgen import __version__
from certgen.desk import make_order, maps_of
from certgen.pipeline import Surroundings
from certgen.pipeline import check as check_order
from certgen.pipeline import check_labels as check_label_workbook
from certgen.pipeline import fill as fill_order
from certgen.pipeline import route as route_order
from certgen.pipeline import verify as verify_files
from certgen.register import Patience, is_alive, this_owner


def check(*workbooks: str | Path, **inputs: Any) -> dict[str, Any]:
    """Say everything that is wrong with the workbooks; makes nothing.

    `inputs` are those of `certgen.pipeline.Order`, with `profile` and `templates` as paths and `maps` as
    `Header=field` words. Raises CertgenError for what stops a run.
    """
    order = make_order([Path(workbook) for workbook in workbooks], **inputs)
    return check_order(order, _surroundings("certgen.check")).as_record()


def route(*workbooks: str | Path, **inputs: Any) -> dict[str, Any]:
    """Say which papers each consignment owes, and why; inputs and errors as for `check`."""
    order = make_order([Path(workbook) for workbook in workbooks], **inputs)
    return route_order(order, _surroundings("certgen.route")).as_record()


def fill(*workbooks: str | Path, **inputs: Any) -> dict[str, Any]:
    """Make the certificates that the workbooks ask for; inputs, record and errors as for `check`."""
    order = make_order([Path(workbook) for workbook in workbooks], **inputs)
    return fill_order(order, _surroundings("certgen.fill")).as_record()


def verify(*files: str | Path, status_list: str | Path | None = None, **inputs: Any) -> dict[str, Any]:
    """Say whether each file is a certificate as it was issued, and in force.

    `inputs` may be `profile` and `register_url`; with a `status_list` no register is asked. Raises
    CertgenError for a file that cannot be read and for a register out of reach.
    """
    order = make_order([], **inputs)
    source = Path(status_list) if status_list else None
    paths = [Path(file) for file in files]
    return verify_files(paths, order, _surroundings("certgen.verify"), source).as_record()


def check_labels(
    workbook: str | Path, *, maps: Sequence[str] = (), day: date | None = None
) -> dict[str, Any]:
    """Say of each label what its recipe may claim and what is wrong, by the rules of a day (of today).

    Raises CertgenError for a workbook that cannot be read.
    """
    path = Path(workbook)
    asked = day or datetime.now(UTC).date()
    return check_label_workbook(path, maps_of((path,), maps), asked).as_record()


def _surroundings(command: str) -> Surroundings:
    return Surroundings(
        clock=lambda: datetime.now(UTC),
        owner=this_owner(command, __version__),
        is_alive=is_alive,
        patience=Patience(clock=time.monotonic),
    )
