"""The register: serials given once, in order and without gaps, and what became of each certificate."""

from __future__ import annotations

from certgen.register.journal import Line
from certgen.register.ledger import Register, open_register
from certgen.register.place import default_url, is_on_network_share, register_exists
from certgen.register.records import (
    CertificateKey,
    Changes,
    Done,
    Owner,
    Record,
    Request,
    Status,
    compare_fields,
    render_serial,
    series_of,
)
from certgen.register.replacing import Reason, check_replaceable
from certgen.register.running import is_alive, this_owner

__all__ = [
    "CertificateKey",
    "Changes",
    "Done",
    "Line",
    "Owner",
    "Reason",
    "Record",
    "Register",
    "Request",
    "Status",
    "check_replaceable",
    "compare_fields",
    "default_url",
    "is_alive",
    "is_on_network_share",
    "open_register",
    "register_exists",
    "render_serial",
    "series_of",
    "this_owner",
]
