"""Where the shipped forms live: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

import certgen
from certgen.errors import FormError

COMMON = "_common"
ARRANGEMENTS = "arrangements"
"""The folder of trade arrangements: among what forms share, and beside the forms of a house."""


def find_forms_root() -> Path:
    """The folder `templates/`; raises FormError when the installation has lost it."""
    package = Path(certgen.__file__).resolve().parent
    for root in (package / "templates", package.parent / "templates"):
        if root.is_dir():
            return root
    raise FormError(f"{package / 'templates'}: the shipped forms are missing; install certgen again.")
