"""certgen: from the shipment workbook to the certificates that organic goods need to cross a border."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgen.errors import CertgenError

if TYPE_CHECKING:
    from certgen.api import check, check_labels, fill, route, verify

__version__ = "0.1.0"
__all__ = ["CertgenError", "__version__", "check", "check_labels", "fill", "route", "verify"]


def __getattr__(name: str) -> Any:
    """The functions of `certgen.api`, imported when first asked for, so that importing stays quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from certgen import api  # noqa: PLC0415 - importing certgen stays quick

    return getattr(api, name)
