"""certgen as it is where an extra is not installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from certgen.page.cjk_face import PACKAGE, load_cjk_face


@contextmanager
def without_cjk() -> Iterator[None]:
    """Inside, the package that the `cjk` extra brings cannot be imported."""
    known = sys.modules.get(PACKAGE)
    sys.modules[PACKAGE] = None  # type: ignore[assignment]  # how Python itself marks it
    load_cjk_face.cache_clear()
    try:
        yield
    finally:
        del sys.modules[PACKAGE]
        if known is not None:
            sys.modules[PACKAGE] = known
        load_cjk_face.cache_clear()
