"""certgen: from the shipment workbook to the certificates that organic goods need to cross a border."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "check", "check_labels", "fill", "route", "verify"]


def check(*workbooks: str | Path, **inputs: Any) -> dict[str, Any]:
    """Say everything that is wrong with the workbooks, as `certgen.api.check` does."""
    from certgen import api  # noqa: PLC0415 - importing certgen stays quick

    return api.check(*workbooks, **inputs)


def check_labels(workbook: str | Path, **inputs: Any) -> dict[str, Any]:
    """Say what the labels of a workbook may, must and must not say, as `certgen.api.check_labels` does."""
    from certgen import api  # noqa: PLC0415 - importing certgen stays quick

    return api.check_labels(workbook, **inputs)


def route(*workbooks: str | Path, **inputs: Any) -> dict[str, Any]:
    """Say which papers each consignment owes, and why, as `certgen.api.route` does."""
    from certgen import api  # noqa: PLC0415 - importing certgen stays quick

    return api.route(*workbooks, **inputs)


def fill(*workbooks: str | Path, **inputs: Any) -> dict[str, Any]:
    """Make the certificates that the workbooks ask for, as `certgen.api.fill` does."""
    from certgen import api  # noqa: PLC0415 - importing certgen stays quick

    return api.fill(*workbooks, **inputs)


def verify(*files: str | Path, **inputs: Any) -> dict[str, Any]:
    """Say whether each file is genuine and in force, as `certgen.api.verify` does."""
    from certgen import api  # noqa: PLC0415 - importing certgen stays quick

    return api.verify(*files, **inputs)
