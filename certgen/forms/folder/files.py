"""The files of a form folder: which there may be, nothing from elsewhere, and the hash of them all."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from certgen.errors import FormError
from certgen.forms.folder.problems import Problems
from certgen.toml_file import nearest_word

NEEDED_FILES = ("form.toml", "boxes.toml", "rules.toml")
KNOWN_FOLDERS = ("codes", "cases")
KNOWN_FILES = (*NEEDED_FILES, "README.md", "official.pdf")
_CODE_LIST = re.compile(r"codes/[a-z][a-z0-9_-]*\.csv")
_CASES = re.compile(r"cases/[A-Za-z][A-Za-z0-9-]*\.toml")
LARGEST_FILE_BYTES = 20_000_000


def list_files(folder: Path) -> list[str]:
    """The names of the folder's files, below it and with `/`; raises FormError for one that may not be there.

    Hidden files (`.DS_Store` and the like) are no part of a form and are passed over.
    """
    if not folder.is_dir():
        raise FormError(f"{folder}: is not a form folder.")
    inside = sorted(path.parent.name for path in folder.glob("*/form.toml"))
    if inside and not (folder / "form.toml").exists():
        raise FormError(
            f"{folder}: is no form but holds {', '.join(inside)}; name the form: {folder / inside[0]}"
        )
    problems, names = Problems(), list[str]()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if path.is_symlink():
            problems.add(f"{folder / name}", "is a link; a form holds its own files only.")
        elif path.is_dir():
            _check_folder(path, name, problems)
        elif path.is_file():
            names.append(name)
            _check_file(path, name, problems)
        else:
            problems.add(f"{path}", "is no file that can be read.")
    for needed in NEEDED_FILES:
        if not (folder / needed).exists():
            problems.add(f"{folder / needed}", "is missing; every form has one.")
    problems.raise_if_any()
    return names


def _check_folder(path: Path, name: str, problems: Problems) -> None:
    if name not in KNOWN_FOLDERS:
        hint = nearest_word(name, list(KNOWN_FOLDERS))
        problems.add(f"{path}", f"is no folder of a form{hint}; it holds `codes` and `cases` alone.")


def _check_file(path: Path, name: str, problems: Problems) -> None:
    if name not in KNOWN_FILES and not _CODE_LIST.fullmatch(name) and not _CASES.fullmatch(name):
        hint = nearest_word(name, list(KNOWN_FILES))
        problems.add(
            f"{path}", f"is no file of a form{hint}; see docs/forms-reference.md for what a folder holds."
        )
    elif path.stat().st_size > LARGEST_FILE_BYTES:
        problems.add(f"{path}", "is larger than 20 MB.")


def hash_files(folder: Path, names: list[str]) -> str:
    """SHA-256 over names and contents; line endings of text files do not change it (a checkout may)."""
    digest = hashlib.sha256()
    for name in sorted(names):
        content = (folder / name).read_bytes()
        if not name.endswith(".pdf"):
            content = content.replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
