"""The Python API: what the command line does, returning the records that `--json` prints.

`docs/programs.md` shows it at work and explains the records.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypedDict, Unpack

from certgen import __version__
from certgen.batch import open_press
from certgen.desk import make_order, maps_of
from certgen.pipeline import Order, Surroundings, merge_certificates
from certgen.pipeline import check as check_order
from certgen.pipeline import check_labels as check_label_workbook
from certgen.pipeline import fill as fill_order
from certgen.pipeline import route as route_order
from certgen.pipeline import verify as verify_files
from certgen.register import Patience, is_alive, this_owner
from certgen.toml_file import nearest_word

StrPath = str | Path
PATHS = {"profile", "out", "merge"}
LISTS = {"forms", "templates", "maps"}


class RouteInputs(TypedDict, total=False):
    """What settles how workbooks are read: the options of `certgen route`.

    `profile` is a certgen.toml, `templates` are folders of forms, `maps` say `Header=field`.
    """

    profile: StrPath
    templates: Sequence[StrPath]
    maps: Sequence[str]


class CheckInputs(RouteInputs, total=False):
    """What settles which papers are wanted: the options of `certgen check`."""

    forms: Sequence[str]
    variant: str
    why: str
    register_url: str
    issue_date: date
    signatory: str


class FillInputs(CheckInputs, total=False):
    """What settles how they are made: the options of `certgen fill`, save `jobs`."""

    out: StrPath
    is_draft: bool
    is_copy: bool
    merge: StrPath
    all_or_nothing: bool
    is_to_send: bool


class VerifyInputs(TypedDict, total=False):
    """What a file is judged by: the options of `certgen verify`."""

    profile: StrPath
    register_url: str


def check(*workbooks: StrPath, **inputs: Unpack[CheckInputs]) -> dict[str, Any]:
    """Say everything that is wrong with the workbooks; makes nothing.

    Raises CertgenError for what stops a run: an unreadable workbook, a wrong form or profile, a register out
    of reach. TypeError for an input that there is not.
    """
    order = _order(workbooks, inputs, CheckInputs)
    return check_order(order, _surroundings("certgen.check")).as_record()


def route(*workbooks: StrPath, **inputs: Unpack[RouteInputs]) -> dict[str, Any]:
    """Say which papers each consignment owes, and why; errors as for `check`."""
    order = _order(workbooks, inputs, RouteInputs)
    return route_order(order, _surroundings("certgen.route")).as_record()


def fill(*workbooks: StrPath, jobs: int = 1, **inputs: Unpack[FillInputs]) -> dict[str, Any]:
    """Make the certificates that the workbooks ask for, printed by so many processes (`jobs`).

    Errors as for `check`; what was issued before one of them is in the register, and `unchanged` next time.
    """
    order = _order(workbooks, inputs, FillInputs)
    with open_press(jobs, order.templates) as press:
        outcome = fill_order(order, _surroundings("certgen.fill"), press)
    if order.merge:
        merge_certificates(outcome, order.merge)
    return outcome.as_record()


def verify(
    *files: StrPath, status_list: StrPath | None = None, **inputs: Unpack[VerifyInputs]
) -> dict[str, Any]:
    """Say whether each file is a certificate as it was issued, and in force.

    With a `status_list` no register is asked. Raises CertgenError for a file that cannot be read and for a
    register out of reach.
    """
    order = _order((), inputs, VerifyInputs)
    source = Path(status_list) if status_list else None
    paths = [Path(file) for file in files]
    return verify_files(paths, order, _surroundings("certgen.verify"), source).as_record()


def check_labels(workbook: StrPath, *, maps: Sequence[str] = (), day: date | None = None) -> dict[str, Any]:
    """Say of each label what its recipe may claim and what is wrong, by the rules of a day (of today).

    Raises CertgenError for a workbook that cannot be read.
    """
    path = Path(workbook)
    asked = day or _surroundings("certgen.check_labels").today
    return check_label_workbook(path, maps_of((path,), maps), asked).as_record()


def _order(workbooks: Sequence[StrPath], inputs: Mapping[str, Any], known: type) -> Order:
    """The order, its paths given as texts or Paths, and a list of one as the one itself."""
    words = list(known.__annotations__)
    for key in inputs:
        if key not in words:
            raise TypeError(
                f"there is no input {key!r}{nearest_word(key, words)}; there are {', '.join(words)}"
            )
    typed = {key: _typed(key, value) for key, value in inputs.items()}
    return make_order([Path(workbook) for workbook in workbooks], **typed)


def _typed(key: str, value: Any) -> Any:
    if key in LISTS:
        items = (value,) if isinstance(value, str | Path) else tuple(value)
        return tuple(map(Path, items)) if key == "templates" else items
    return Path(value) if key in PATHS and value is not None else value


def _surroundings(command: str) -> Surroundings:
    return Surroundings(
        clock=lambda: datetime.now(UTC),
        owner=this_owner(command, __version__),
        is_alive=is_alive,
        patience=Patience(clock=time.monotonic),
    )
