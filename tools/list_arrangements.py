# /// script
# requires-python = ">=3.11"
# dependencies = ["certgen[test]"]
# ///
"""Write docs/arrangements.md from the arrangements: `python tools/list_arrangements.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from arrangements_page import PAGE, make_page

if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
