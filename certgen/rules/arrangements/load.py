"""The arrangements that are shipped and those of a house, read strictly, everything wrong told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from certgen.errors import FormError
from certgen.forms.folder.codelists import load_common_code_lists
from certgen.forms.folder.problems import Problems
from certgen.forms.language.expressions import CompiledExpression, compile_expression
from certgen.forms.language.kinds import DATE, NUMBER, Kind, Scope, consignment_kind, find_kind, make_scope
from certgen.forms.roots import ARRANGEMENTS, COMMON, find_forms_root
from certgen.forms.shelf import FormShelf
from certgen.forms.vocabulary import load_vocabulary
from certgen.rules.arrangements.building import Builder, Settings
from certgen.rules.arrangements.house import FACTS, check_house_folder, read_arrangements, without_replaced
from certgen.rules.arrangements.model import ANY, Arrangement, Arrangements
from certgen.rules.arrangements.records import ArrangementFile, FactsFile
from certgen.toml_file import load_toml

_NAMES_OF_A_LINE = {"item", "number"}
_NAMES_OF_A_PAPER = {"issue", "issuer", "wording", "operators", "history", "part", "settings"}


def find_arrangements_folder() -> Path:
    """Where the shipped arrangements lie."""
    return find_forms_root() / COMMON / ARRANGEMENTS


def load_arrangements(
    forms: FormShelf,
    settings: Settings | None = None,
    folder: Path | None = None,
    own: Sequence[Path] = (),
) -> Arrangements:
    """All arrangements; days that a form keeps are taken from it, or from what the house settled for it.

    `own` are folders of arrangements that a house adds; one of them may replace a shipped one.
    Raises FormError listing everything wrong, each with file, key and the nearest right word.
    """
    folder = folder or find_arrangements_folder()
    problems = Problems()
    added = _read_own(own, problems)
    files = without_replaced(read_arrangements(folder), added, problems) | added
    types = _types_of(files.values(), forms)
    scope = _line_scope(types)
    facts = _compile_facts(folder / FACTS, scope, problems)
    scope = _consignment_scope(scope)
    zones = {code: row["zone"] for code, row in load_common_code_lists()["trade_zones"].rows.items()}
    builder = Builder(scope, _with_facts(scope, facts), forms, settings or {}, _places(zones), problems)
    built = (
        builder.build(file, str(path), str(path) if path in added else "") for path, file in files.items()
    )
    entries = tuple(entry for entry in built if entry)
    _check_ids(entries, problems)
    problems.raise_if_any()
    codes = {name: codes.rows for name, codes in load_common_code_lists().items()}
    return Arrangements(entries, facts, zones, types, codes)


def _read_own(folders: Sequence[Path], problems: Problems) -> dict[Path, ArrangementFile]:
    files: dict[Path, ArrangementFile] = {}
    for folder in folders:
        with problems.gathered():
            check_house_folder(folder)
            files |= read_arrangements(folder)
    return files


def _types_of(files: Iterable[ArrangementFile], forms: FormShelf) -> dict[str, str]:
    """The fields beside the consignment's own: those of every workbook, and of the forms that are owed."""
    types = {item.path: item.type for item in load_vocabulary().fields if "extra." in item.path}
    for form_id in {paper.form for file in files for paper in file.paper if paper.form in forms}:
        types |= {path: kind for path, kind in forms.head(form_id).own_types.items() if "extra." in path}
    return types


def _line_scope(types: Mapping[str, str]) -> Scope:
    """The names that a fact may use: those of the consignment, its line as `item`, code lists and the day."""
    lists = load_common_code_lists().items()
    columns = {name: list(next(iter(codes.rows.values()), {})) for name, codes in lists}
    whole = make_scope(codes=columns, own=types)
    kinds = {name: kind for name, kind in whole.kinds.items() if name not in _NAMES_OF_A_PAPER}
    line = find_kind(consignment_kind(types), "products")
    scope = Scope({**kinds, "day": DATE}, whole.paths)
    item = line.item if line and line.item else Kind("product")
    return scope.with_name("item", item).with_name("number", NUMBER)


def _compile_facts(path: Path, scope: Scope, problems: Problems) -> dict[str, CompiledExpression]:
    found: dict[str, CompiledExpression] = {}
    for record in load_toml(path, FactsFile, FormError).fact:
        with problems.gathered():
            if record.name in scope.kinds:
                raise FormError(f"{path}: fact {record.name}: this name is taken.")
            fact = compile_expression(record.value, f"{path}: fact {record.name}", scope)
            scope = scope.with_name(record.name, fact.kind)
            found[record.name] = fact
    return found


def _consignment_scope(scope: Scope) -> Scope:
    """Without the line, which a rule names by its own `each`."""
    kinds = {name: kind for name, kind in scope.kinds.items() if name not in _NAMES_OF_A_LINE}
    return Scope(kinds, {name: path for name, path in scope.paths.items() if name in kinds})


def _with_facts(scope: Scope, facts: Mapping[str, CompiledExpression]) -> Scope:
    for name, fact in facts.items():
        scope = scope.with_name(name, fact.kind)
    return scope


def _places(zones: Mapping[str, str]) -> set[str]:
    return {ANY, *load_common_code_lists()["countries"].rows, *zones.values()}


def _check_ids(entries: Iterable[Arrangement], problems: Problems) -> None:
    ids = Counter(name for entry in entries for name in ids_of(entry))
    for name, count in ids.items():
        if count > 1:
            problems.add(ARRANGEMENTS, f"the id {name!r} stands there {count} times; every rule has its own.")


def ids_of(entry: Arrangement) -> list[str]:
    """The ids of an arrangement and of everything that stands in it."""
    parts = [*entry.scope, *entry.papers, *entry.minds, entry.nothing_owed]
    return [entry.id, *(part.id for part in parts if part is not None)]
