"""The rooms and arrows of docs/architecture.md, held against the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "certgen"
BASE = {"errors", "findings", "consignment", "profile", "toml_file", "new_file", "__init__"}
OUTERMOST = {"__init__.py", "__main__.py"}
MIDDLE = {"workbook", "rules", "page", "register"}
MAY_IMPORT = {
    **dict.fromkeys(BASE, BASE),
    "forms": BASE | {"forms"},
    **{room: BASE | {"forms", room} for room in MIDDLE},
    "pipeline": BASE | MIDDLE | {"forms", "pipeline"},
    "batch": BASE | MIDDLE | {"forms", "pipeline", "batch"},
    "desk": BASE | {"pipeline", "desk"},
    "api": BASE | MIDDLE | {"forms", "pipeline", "batch", "desk", "api"},
    "cli": BASE | MIDDLE | {"forms", "pipeline", "batch", "desk", "cli"},
}
DOORS = {
    "click": {"cli"},
    "defusedxml": {"workbook"},
    "fontTools": {"page"},
    "jinja2": {"forms/language/expressions.py"},
    "openpyxl": {"workbook"},
    "platformdirs": {"register", "desk"},
    "pydantic": {"toml_file.py"},
    "pypdf": {"page"},
    "reportlab": {"page"},
    "psycopg": {"register/stores/postgres/server.py", "register/stores/postgres/store.py"},
    "sqlite3": {"register/stores/sqlite.py"},
}
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic"}


IGNORE = re.compile(r"# (?:noqa|type: ignore)(?!: [A-Z0-9, ]+ +\S|\[[a-z, -]+\] +\S)")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def room_of(name: str) -> str:
    return name.split("/", maxsplit=1)[0].removesuffix(".py")


def imported_modules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    ("name", "tree"), list(sources()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_imports_run_one_way(name: str, tree: ast.Module) -> None:
    room = room_of(name)
    if name in OUTERMOST:
        return
    allowed = MAY_IMPORT[room]
    inside = {module.split(".")[1] for module in imported_modules(tree) if module.startswith("certgen.")}
    rooms = {item for item in inside if (PACKAGE / item).is_dir() or (PACKAGE / f"{item}.py").exists()}
    assert rooms <= allowed, f"{name} imports {sorted(rooms - allowed)}"


@pytest.mark.parametrize(
    ("name", "tree"), list(sources()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_outside_library_has_one_door(name: str, tree: ast.Module) -> None:
    for module in imported_modules(tree):
        doors = DOORS.get(module.split(".")[0])
        if doors is not None:
            assert name in doors or room_of(name) in doors or name.rsplit("/", maxsplit=1)[-1] in doors, (
                f"{name} imports {module}, which has its door in {sorted(doors)}"
            )


def test_every_module_that_the_docs_name_is_there() -> None:
    root = PACKAGE.parent
    named = [
        (page.name, path)
        for page in (*root.glob("*.md"), *root.glob("docs/**/*.md"))
        for path in re.findall(r"certgen/[\w/]+(?:\.py|/)", page.read_text(encoding="utf-8"))
    ]
    assert named
    assert not [(page, path) for page, path in named if not (root / path).exists()]


def test_no_form_is_named_in_the_program() -> None:
    forms = [
        folder.name for folder in (PACKAGE.parent / "templates").iterdir() if (folder / "form.toml").exists()
    ]
    assert forms
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".py", ".toml"}:
            text = path.read_text(encoding="utf-8")
            assert not [form for form in forms if form in text], path.name


@pytest.mark.parametrize(
    ("name", "tree"), list(sources()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_nothing_below_the_command_line_reads_the_clock_or_chance(name: str, tree: ast.Module) -> None:
    if room_of(name) in {"cli", "api"}:
        return
    modules = {module.split(".")[0] for module in imported_modules(tree)}
    assert not modules & {"random", "secrets", "uuid"}, name
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = ast.unparse(node.func.value)
            assert owner.split(".")[-1] not in {"datetime", "date", "time"}, f"{name}: {ast.unparse(node)}"


def test_every_ignored_complaint_says_why() -> None:
    for path in PACKAGE.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if IGNORE.search(line)], path.name
