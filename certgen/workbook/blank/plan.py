"""Which sheets and columns a blank workbook has for a set of forms, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certgen.findings import Severity
from certgen.forms.examples import find_example
from certgen.forms.label_fields import LabelSheet
from certgen.forms.language.kinds import consignment_kind, find_kind
from certgen.forms.model import Form, LegalStatus
from certgen.forms.vocabulary import Field, Vocabulary
from certgen.workbook.blank.choices import find_choices
from certgen.workbook.sheets.headers import HeaderIndex

EXAMPLE_REFERENCE = "EXAMPLE-1"
"""The shipment reference of the example rows; no certificate is ever made for it."""

_REFERENCE = "reference"
_GATHERED = "shipments."
_WHOLE_TYPES = frozenset({"party", "parties", "control-body", "control-bodies", "packages"})
_NOT_IN_EXAMPLE = frozenset({"issue_date", "transport.flight_number"})


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """One column: its field, the header with a star when it must be filled, its list and its example."""

    field: Field
    header: str
    is_required: bool
    choices: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """One sheet of the blank workbook; its first column ties its rows to a shipment, or to several.

    `about` is what the sheet to be read first tells of it, where that is not told of all such sheets.
    """

    name: str
    columns: tuple[BlankColumn, ...]
    about: str = ""


def plan_blank_workbook(forms: Sequence[Form], vocabulary: Vocabulary) -> tuple[BlankSheet, ...]:
    """The sheets and columns that these forms need: `Shipments`, `Products`, and each form's own tables."""
    asked = [item for item in vocabulary.fields if _is_asked(item, forms)]
    shipment = [item for item in asked if item.on == "shipment" and not item.path.startswith("tables.")]
    sheets = {
        "Shipments": [item for item in shipment if item.path != _REFERENCE],
        "Products": [item for item in asked if item.on == "product"],
        **_tables(asked, forms),
    }
    ties = {table.sheets["en"]: table.tied_by for form in forms for table in form.tables if table.tied_by}
    keyed = {
        name: (_known_field(vocabulary, ties.get(name, _REFERENCE)), *items) for name, items in sheets.items()
    }
    whole = HeaderIndex(vocabulary, {})
    indexes = {table.sheets["en"]: whole.for_table(table.name) for form in forms for table in form.tables}
    return tuple(
        BlankSheet(
            name, tuple(_as_column(item, forms, vocabulary, indexes.get(name, whole)) for item in items)
        )
        for name, items in keyed.items()
    )


def plan_label_sheets(sheets: Sequence[LabelSheet], vocabulary: Vocabulary) -> tuple[BlankSheet, ...]:
    """The sheets of a label workbook with every column that it may have."""
    whole = HeaderIndex(vocabulary, {})
    reference = _as_column(_known_field(vocabulary, _REFERENCE), (), vocabulary, whole)
    plans = []
    for sheet in sheets:
        prefix = f"tables.{sheet.table}." if sheet.table else "extra."
        items = [item for item in vocabulary.fields if item.path.startswith(prefix)]
        index = whole.for_table(sheet.table) if sheet.table else whole
        columns = (reference, *(_as_column(item, (), vocabulary, index) for item in items))
        plans.append(BlankSheet(sheet.name, columns, sheet.help))
    return tuple(plans)


def _tables(asked: Iterable[Field], forms: Sequence[Form]) -> dict[str, list[Field]]:
    """The further sheets that forms ask for, by the names the forms give them."""
    names = {table.name: table.sheets["en"] for form in forms for table in form.tables}
    tables: dict[str, list[Field]] = {name: [] for name in names.values()}
    for item in asked:
        if item.path.startswith("tables."):
            tables[names[item.path.split(".")[1]]].append(item)
    return tables


def _is_asked(item: Field, forms: Sequence[Form]) -> bool:
    """Whether a sender is asked for this field in a cell of its own.

    What a form declares for itself it asks for, even where other forms share the words for it. A party is
    asked for in its parts; what only the issuer of a document can supply is not asked for at all.
    """
    is_own = item.form in {form.id for form in forms} or any(item.path in form.own_types for form in forms)
    if is_own or item.path in {_REFERENCE, "forms", "issue_date"}:
        return True
    if item.type in _WHOLE_TYPES or not _is_held(item):
        return False
    return any(
        _covers(_each_alone(form.fields), item.path) and not (_is_numbered(form) and _is_issuers(item, form))
        for form in forms
    )


def _is_numbered(form: Form) -> bool:
    """Whether a house of its own issues it; what is entered or asked for elsewhere anybody may make."""
    return form.legal_status is LegalStatus.DOCUMENT


def _is_issuers(item: Field, form: Form) -> bool:
    return _covers(form.issuer_fields, item.path)


def _each_alone(paths: Iterable[str]) -> list[str]:
    """Fields as one shipment has them, where the paper gathers several (`shipments.departure_date`)."""
    return [path.removeprefix(_GATHERED) for path in paths]


def _is_held(item: Field) -> bool:
    """Whether the consignment holds this field itself; a column for every mode of transport it does not."""
    return find_kind(consignment_kind(), item.path) is not None


def _covers(paths: Iterable[str], path: str) -> bool:
    """Whether one of the paths is this field, or something around it or inside it."""
    return any(path == one or path.startswith(one + ".") or one.startswith(path + ".") for one in paths)


def _as_column(item: Field, forms: Sequence[Form], vocabulary: Vocabulary, index: HeaderIndex) -> BlankColumn:
    is_key = item.path == _REFERENCE or item.path in vocabulary.ties
    is_required = is_key or any(_is_demanded(item, form) for form in forms)
    choices = find_choices(item, forms, vocabulary)
    usual = "" if item.path in _NOT_IN_EXAMPLE else item.example
    example = find_example(item.path, (form.examples for form in forms), usual)
    if is_key:
        example = EXAMPLE_REFERENCE
    elif item.path == "forms":
        example = "; ".join(form.id for form in forms)
    header = _header_of(item, index) + (" *" if is_required else "")
    return BlankColumn(item, header, is_required, choices, example)


def _header_of(item: Field, index: HeaderIndex) -> str:
    """What the field is called; where that is read as another field here, another word for it that is not."""
    words = (item.label(), *item.synonyms.get("en", ()))
    return next((word for word in words if _means(word, item, index)), item.label())


def _means(word: str, item: Field, index: HeaderIndex) -> bool:
    found = index.match(word)
    return found is not None and found.field_on(item.on) == item


def _is_demanded(item: Field, form: Form) -> bool:
    """Whether the form refuses a consignment without it: by its own list, or by a rule that always holds.

    A weight is nothing without its unit. What a rule demands as a whole is demanded in its parts, save the
    count, which goods in bulk lack.
    """
    if item.path.removesuffix(".unit") in _each_alone(form.required):
        return not _is_issuers(item, form)
    always = {
        ".".join(part for part in (rule.each, rule.field) if part).removeprefix(_GATHERED)
        for rule in form.rules
        if rule.severity is Severity.ERROR and rule.when is None and rule.field
    }
    return item.type != "package-count" and any(
        item.path == path or item.path.startswith(path + ".") for path in always
    )


def _known_field(vocabulary: Vocabulary, path: str) -> Field:
    found = vocabulary.find(path)
    if found is None:
        raise KeyError(path)
    return found
