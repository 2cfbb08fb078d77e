# /// script
# requires-python = ">=3.11"
# dependencies = ["certgen[test]"]
# ///
"""Follow the form author's guide and take its pictures: `python tools/picture_guide.py`.

Run it in an environment with the test dependencies; the pictures in docs/images are made anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "tests" / "support"))

from guide import GUIDE, PICTURES, follow, picture, read_steps  # noqa: E402 - after its place is known

from certgen.cli.main import run  # noqa: E402 - same


def main() -> None:
    """Walk the guide in an empty folder and save a picture of each page that it shows."""
    with tempfile.TemporaryDirectory() as name:
        os.environ.update(XDG_DATA_HOME=f"{name}/data", XDG_CONFIG_HOME=f"{name}/config")
        os.chdir(name)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            follow(
                read_steps(GUIDE.read_text(encoding="utf-8")), Path(name), lambda each: run(each.words[1:])
            )
        for image, pdf in PICTURES.items():
            picture(Path(name) / pdf).save(PROJECT / "docs" / "images" / image)


if __name__ == "__main__":
    main()
