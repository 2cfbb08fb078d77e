"""The register: serials given once, in order and without gaps, and what became of each certificate.

Its parts are imported when they are first asked for: most commands need few of them, and some none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certgen.register.acts.replacing import Reason, check_replaceable
    from certgen.register.journal import Line
    from certgen.register.ledger import Register, open_existing, open_register
    from certgen.register.place import default_url, is_on_network_share
    from certgen.register.records import (
        LONGEST_REASON,
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
    from certgen.register.running import is_alive, this_owner
    from certgen.register.standing import Standing
    from certgen.register.status_list import StatusList, read_status_list, write_status_list
    from certgen.register.stores.patience import Patience

__all__ = [
    "LONGEST_REASON",
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

_HOMES = {
    "LONGEST_REASON": "records",
    "CertificateKey": "records",
    "Changes": "records",
    "Done": "records",
    "Line": "journal",
    "Owner": "records",
    "Patience": "stores.patience",
    "Reason": "acts.replacing",
    "Record": "records",
    "Register": "ledger",
    "Request": "records",
    "Standing": "standing",
    "Status": "records",
    "StatusList": "status_list",
    "check_replaceable": "acts.replacing",
    "compare_fields": "records",
    "default_url": "place",
    "is_alive": "running",
    "is_on_network_share": "place",
    "open_existing": "ledger",
    "open_register": "ledger",
    "read_status_list": "status_list",
    "render_serial": "records",
    "series_of": "records",
    "this_owner": "running",
    "write_status_list": "status_list",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
