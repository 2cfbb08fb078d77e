"""How papers come from consignments: divided or gathered, in which standing, numbered and named how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from certgen.errors import FormError
from certgen.forms.file_names import check_file_name
from certgen.forms.folder.problems import Problems
from certgen.forms.folder.records import FormFile, HistoryRecord, VariantRecord
from certgen.forms.language.kinds import DATE, NUMBER, TEXT, Kind, field_paths, find_kind
from certgen.forms.model import CodeList, Earlier, Gathering, LegalStatus, Variant
from certgen.forms.serials import check_serial_pattern
from certgen.toml_file import nearest_word

WHOLE = "consignment"
_NO_SCHEMES = frozenset({"code", "name", "standing", "words"})
"""Columns of the list of categories that hold no letters of a scheme."""


def divided_by(file: FormFile) -> tuple[str, ...]:
    """The fields whose values make a paper each; none when a consignment makes one."""
    paths = (file.one_per,) if isinstance(file.one_per, str) else file.one_per
    return () if paths == (WHOLE,) else paths


def build_gathering(file: FormFile) -> Gathering | None:
    """Which consignments one paper takes together."""
    gather = file.gather
    return Gathering(gather.by, gather.same, gather.most) if gather else None


def build_history(file: FormFile) -> tuple[Earlier, ...]:
    """The earlier certificates that the rules need."""
    return tuple(Earlier(item.name, item.same, item.year_begins, item.by) for item in file.history)


def build_variants(file: FormFile) -> tuple[Variant, ...]:
    """The other standings of the form."""
    return tuple(
        Variant(
            name=record.name,
            legal_status=record.legal_status,
            band=record.band,
            serial_pattern=record.serial,
            serial_prefix=record.serial_prefix,
            output_name=_output_of(file, record),
            needs_reason=record.needs_reason,
        )
        for record in file.variant
    )


def _output_of(file: FormFile, variant: VariantRecord) -> str:
    """The variant's own file name, else the form's where it fits, else one by its serial or its reference."""
    serial = _serial_of(file, variant)
    if variant.output or bool(serial) == ("{serial}" in file.output):
        return variant.output or file.output
    part = " {part}" if divided_by(file) else ""
    return "{serial}.pdf" if serial else f"{{reference}} {{form}} {{variant}}{part}.pdf"


def _serial_of(file: FormFile, variant: VariantRecord) -> str:
    return (variant.serial or file.serial) if variant.legal_status is LegalStatus.DOCUMENT else ""


def list_above(whole: Kind, path: str) -> str:
    """The list that the field belongs to (`products` for `products.cn_code`), "" when it is in none."""
    steps = path.split(".")
    for count in range(1, len(steps) + 1):
        kind = find_kind(whole, ".".join(steps[:count]))
        if kind is not None and kind.is_list:
            return ".".join(steps[:count])
    return ""


def check_making(file: FormFile, whole: Kind, where: str, problems: Problems) -> None:
    """What is wrong with numbers, names, variants, parts, gathering and history goes to `problems`."""
    _check_numbers(file.serial, file.serial_prefix, file.legal_status, file.issued_by, where, problems)
    _check_output(file, file.output, file.serial, where, problems)
    for variant in file.variant:
        _check_variant(file, variant, f"{where}: variant {variant.name!r}", problems)
    names = [variant.name for variant in file.variant]
    for name in {name for name in names if names.count(name) > 1}:
        problems.add(where, f"variant {name!r} stands there twice.")
    _check_division(file, whole, f"{where}: one_per", problems)
    _check_gathering(file, whole, f"{where}: gather", problems)
    for record in file.history:
        _check_history(record, whole, f"{where}: history {record.name!r}", problems)


def _check_history(record: HistoryRecord, whole: Kind, where: str, problems: Problems) -> None:
    if record.same:
        _check_plain(record.same, whole, f"{where}: same", problems)
    if bool(record.year_begins) != bool(record.by):
        problems.add(
            where, "year_begins and by go together: the day on which a year begins, and whose date counts."
        )
    if record.year_begins and not _is_day_of_every_year(record.year_begins):
        problems.add(
            where, f"year_begins: {record.year_begins!r} is no day of every year; write it as 04-01."
        )
    if record.by:
        kind = _find(record.by, whole, f"{where}: by", problems)
        if kind is not None and (kind is not DATE or list_above(whole, record.by)):
            problems.add(where, f"by: {record.by!r} is no date of the shipment, as departure_date is.")


def _is_day_of_every_year(day: str) -> bool:
    try:
        date.fromisoformat(f"2001-{day}")
    except ValueError:
        return False
    return True


def check_defaults(defaults: Mapping[str, Any], whole: Kind, where: str, problems: Problems) -> None:
    """A default is a text, or several for a list of texts, of a field of the consignment itself."""
    for path, value in defaults.items():
        kind = _find(path, whole, f"{where}: defaults", problems)
        if kind is None:
            continue
        values = value if isinstance(value, list) and kind.is_list else [value]
        if (
            "." in path
            or (kind.item or kind) is not TEXT
            or not all(isinstance(each, str) for each in values)
        ):
            problems.add(
                where,
                f"defaults: {path!r} = {value!r}: a default is a text for a field of one text, or a "
                "list of texts for one of several.",
            )


def check_category_scheme(scheme: str, codes: Mapping[str, CodeList], where: str, problems: Problems) -> None:
    """The scheme is a column of letters in the list of categories."""
    columns = [name for name in _columns(codes, "categories") if name not in _NO_SCHEMES]
    if scheme and scheme not in columns:
        problems.add(
            where,
            f"category_scheme: there is no scheme {scheme!r}{nearest_word(scheme, columns)}; "
            f"there are {', '.join(columns)}.",
        )


def _columns(codes: Mapping[str, CodeList], name: str) -> list[str]:
    rows = codes[name].rows if name in codes else {}
    return list(next(iter(rows.values()), {}))


def _check_numbers(
    serial: str, prefix: str, status: LegalStatus, issued_by: str, where: str, problems: Problems
) -> None:
    if not serial:
        if prefix:
            problems.add(where, "serial_prefix: stands there without a serial.")
        return
    if status is not LegalStatus.DOCUMENT:
        problems.add(where, f"serial: a {status} takes none.")
    if issued_by != "control-body" and "{code}" in serial:
        problems.add(where, f"serial: {{code}} is that of a control body; the {issued_by} has none.")
    try:
        check_serial_pattern(serial, prefix)
    except FormError as error:
        problems.add(where, f"serial: {error}")


def _check_output(file: FormFile, name: str, serial: str, where: str, problems: Problems) -> None:
    """A numbered paper is named by its serial, which is unique; another by its reference and part."""
    needed = ["serial"] if serial else ["reference", *(["part"] if divided_by(file) else [])]
    try:
        check_file_name(name, needed)
    except FormError as error:
        problems.add(where, f"output: {error}")


def _check_variant(file: FormFile, variant: VariantRecord, where: str, problems: Problems) -> None:
    _check_numbers(
        variant.serial, variant.serial_prefix, variant.legal_status, file.issued_by, where, problems
    )
    _check_output(file, _output_of(file, variant), _serial_of(file, variant), where, problems)


def _check_division(file: FormFile, whole: Kind, where: str, problems: Problems) -> None:
    paths = divided_by(file)
    for path in paths:
        _check_plain(path, whole, where, problems, [WHOLE])
    lists = {list_above(whole, path) for path in paths}
    if "" in lists or len(lists) > 1:
        problems.add(where, "a consignment is divided by fields of one of its lists, as products.cn_code.")


def _check_gathering(file: FormFile, whole: Kind, where: str, problems: Problems) -> None:
    if file.gather is None:
        return
    for path in file.gather.by:
        _check_plain(path, whole, where, problems)
        if list_above(whole, path):
            problems.add(where, f"by: {path!r} may have several values; name a field with one.")
    for path in file.gather.same:
        _find(path, whole, where, problems)


def _check_plain(path: str, whole: Kind, where: str, problems: Problems, also: Sequence[str] = ()) -> None:
    """The field is there, and its value is a text, a number or a date; `also` are words that would do too."""
    kind = _find(path, whole, where, problems, also)
    kind = kind.item if kind is not None and kind.is_list else kind
    if kind is not None and kind not in (TEXT, NUMBER, DATE):
        problems.add(where, f"{path!r} is {kind.name}; name a text, a number or a date.")


def _find(path: str, whole: Kind, where: str, problems: Problems, also: Sequence[str] = ()) -> Kind | None:
    kind = find_kind(whole, path)
    if kind is None:
        near = nearest_word(path, [*also, *field_paths(whole)])
        problems.add(where, f"there is no field {path!r}{near}.")
    return kind
