"""The register: serials given once, in order and without gaps, and what became of each certificate."""

from __future__ import annotations

from certgen.register.journal import Line
from certgen.register.ledger import Register, open_existing, open_register
from certgen.register.place import default_url, is_on_network_share
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
from certgen.register.standing import Standing
from certgen.register.status_list import StatusList, read_status_list, write_status_list
from certgen.register.stores.patience import Patience

__all__ = [
    "CertificateKey",
    "Changes",
    "Done",
    "Line",
    "Owner",
    "Patience",
    "Reason",
    "Record",
    "Register",
    "Request",
    "Standing",
    "Status",
    "StatusList",
    "check_replaceable",
    "compare_fields",
    "default_url",
    "is_alive",
    "is_on_network_share",
    "open_existing",
    "open_register",
    "read_status_list",
    "render_serial",
    "series_of",
    "this_owner",
    "write_status_list",
]
