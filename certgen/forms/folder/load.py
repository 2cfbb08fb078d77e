"""Form folders as forms: read, checked against the consignment, refused with everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, cast

from certgen.errors import FormError
from certgen.forms.asks import FurtherTable
from certgen.forms.examples import check_examples
from certgen.forms.folder.box_records import BoxesFile
from certgen.forms.folder.boxes import BoxScopes, build_boxes
from certgen.forms.folder.captions import check_caption
from certgen.forms.folder.codelists import load_code_list, load_common_code_lists
from certgen.forms.folder.files import hash_files, list_files
from certgen.forms.folder.making import (
    build_gathering,
    build_history,
    build_variants,
    check_category_scheme,
    check_defaults,
    check_making,
    divided_by,
)
from certgen.forms.folder.official import find_blank
from certgen.forms.folder.own import build_extras, build_tables, check_own_fields
from certgen.forms.folder.problems import Problems
from certgen.forms.folder.records import EditionRecord, FormatRecord, FormFile, RulesFile
from certgen.forms.folder.ruleset import build_rules
from certgen.forms.folder.succession import build_extraction, build_replacement, check_succession
from certgen.forms.language.kinds import (
    Kind,
    Scope,
    consignment_kind,
    field_paths,
    find_kind,
    make_scope,
    wording_scope,
)
from certgen.forms.model import Box, CodeList, Edition, Form, Rule, own_types
from certgen.toml_file import Record, load_mended, load_toml, nearest_word

FORMAT = 1
_RECORDS: dict[str, type[Record]] = {
    "form.toml": FormFile,
    "boxes.toml": BoxesFile,
    "rules.toml": RulesFile,
}


def load_form(folder: Path) -> Form:
    """One form; raises FormError with a line for everything wrong in its folder."""
    names = list_files(folder)
    newest = load_toml(folder / "form.toml", FormatRecord, FormError).format
    if newest > FORMAT:
        raise FormError(
            f"{folder / 'form.toml'}: format {newest} is newer than this certgen knows; upgrade certgen."
        )
    problems = Problems()
    codes = _load_codes(folder, names, problems)
    records: dict[str, Record] = {}
    for name, kind in _RECORDS.items():
        record = load_mended(folder / name, kind, FormError, problems.sentences, spare="rule")
        if record is not None:
            records[name] = record
    if len(records) < len(_RECORDS):
        problems.raise_if_any()
    builder = _Builder(folder, cast("FormFile", records["form.toml"]), codes, problems)
    boxes, rules = cast("BoxesFile", records["boxes.toml"]), cast("RulesFile", records["rules.toml"])
    return builder.build(boxes, rules, hash_files(folder, names))


class FormHead(NamedTuple):
    """What only this form knows: the type of each field, what may be settled otherwise, its sheets."""

    own_types: Mapping[str, str]
    settings: Mapping[str, Any]
    tables: tuple[FurtherTable, ...]


def load_head(folder: Path) -> FormHead:
    """What stands in `form.toml` alone; raises FormError when that cannot be read."""
    file = load_toml(folder / "form.toml", FormFile, FormError)
    tables = build_tables(file)
    types = own_types(build_extras(file), tables, gathers=file.gather is not None)
    return FormHead(types, file.settings, tables)


def _load_codes(folder: Path, names: Iterable[str], problems: Problems) -> dict[str, CodeList]:
    """The common lists and the form's own; one of its own stands before a common one of the same name."""
    lists = dict(load_common_code_lists())
    for name in names:
        if name.startswith("codes/"):
            with problems.gathered():
                found = load_code_list(folder / name)
                lists[found.name] = found
    return lists


class _Builder:
    """Builds one form from its files, gathering what is wrong."""

    def __init__(
        self, folder: Path, file: FormFile, codes: Mapping[str, CodeList], problems: Problems
    ) -> None:
        self.folder, self.file, self.codes, self.problems = folder, file, codes, problems
        self.where = str(folder / "form.toml")
        self.blank = find_blank(folder, file.official, problems)
        self.extras, self.tables = build_extras(file), build_tables(file)
        self.own = own_types(self.extras, self.tables, gathers=file.gather is not None)

    def build(self, boxes_file: BoxesFile, rules_file: RulesFile, folder_hash: str) -> Form:
        check_own_fields(self.file, self.where, self.problems)
        editions = self._editions()
        scope = self._scope(editions)
        editions = tuple(
            replace(item, boxes=self._boxes(boxes_file, item, editions, scope)) for item in editions
        )
        boxes = editions[-1].boxes
        numbers = [box.number for box in boxes]
        whole = scope.with_name("whole", consignment_kind(self.own, gathers=self.file.gather is not None))
        rules = build_rules(rules_file, str(self.folder / "rules.toml"), whole, numbers, self.problems)
        self._check_fields(boxes, scope)
        check_defaults(self.file.defaults, consignment_kind(self.own), self.where, self.problems)
        check_examples(self.file, consignment_kind(self.own), self.where, self.problems)
        check_category_scheme(self.file.category_scheme, self.codes, self.where, self.problems)
        check_making(self.file, consignment_kind(self.own), self.where, self.problems)
        check_succession(self.file, consignment_kind(self.own), self.where, self.problems)
        self._check_captions()
        self.problems.raise_if_any()
        return self._form(editions, boxes, rules, folder_hash)

    def _boxes(
        self, file: BoxesFile, edition: Edition, editions: Sequence[Edition], scope: Scope
    ) -> tuple[Box, ...]:
        shown = Scope({name: kind for name, kind in scope.kinds.items() if name != "history"}, scope.paths)
        scopes = BoxScopes(shown, wording_scope(_common_keys(editions)), edition.wording)
        where = str(self.folder / "boxes.toml")
        return build_boxes(file, where, self.file.page, scopes, self.problems, self.blank)

    def _scope(self, editions: Sequence[Edition]) -> Scope:
        columns = {name: list(next(iter(item.rows.values()), {})) for name, item in self.codes.items()}
        return make_scope(
            wording=_common_keys(editions),
            codes=columns,
            own=self.own,
            history=[record.name for record in self.file.history],
            gathers=self.file.gather is not None,
            settings=self.file.settings,
        )

    def _editions(self) -> tuple[Edition, ...]:
        records = self.file.edition
        for earlier, later in pairwise(records):
            self._check_succession(earlier, later)
        ids = [record.id for record in records]
        for name in {name for name in ids if ids.count(name) > 1}:
            self.problems.add(self.where, f"edition {name!r} stands there twice.")
        editions = tuple(
            Edition(record.id, record.valid_from, record.valid_until, {**self.file.wording, **record.wording})
            for record in records
        )
        self._check_wording(editions)
        return editions

    def _check_succession(self, earlier: EditionRecord, later: EditionRecord) -> None:
        where = f"{self.where}: edition {later.id!r}"
        if earlier.valid_until is None or later.valid_from is None:
            self.problems.add(
                where, f"needs valid_from, and the edition {earlier.id!r} before it valid_until."
            )
        elif later.valid_from != earlier.valid_until + timedelta(days=1):
            how = "overlaps" if later.valid_from <= earlier.valid_until else "leaves a gap after"
            self.problems.add(
                where,
                f"{how} {earlier.id!r}; it must begin the day after that one ends, {earlier.valid_until}.",
            )
        if later.valid_until and later.valid_from and later.valid_until < later.valid_from:
            self.problems.add(where, "ends before it begins.")

    def _check_wording(self, editions: Sequence[Edition]) -> None:
        every = _common_keys(editions)
        known = sorted({key for edition in editions for key in edition.wording})
        for edition in editions:
            for key in edition.wording:
                if key not in every:
                    others = [other for other in known if other not in edition.wording]
                    self.problems.add(
                        f"{self.where}: edition {edition.id!r}",
                        f"wording {key!r} is missing in another edition{nearest_word(key, others)}; "
                        "give every edition the same keys, or put it under [wording].",
                    )

    def _check_fields(self, boxes: Iterable[Box], scope: Scope) -> None:
        fields, whole = self.file.fields, consignment_kind(self.own, gathers=self.file.gather is not None)
        issuer = Kind(
            "names", {**whole.fields, "issue": scope.kinds["issue"], "issuer": scope.kinds["issuer"]}
        )
        for key, paths, kind in (
            ("fields.used", fields.used, whole),
            ("fields.required", fields.required, whole),
            ("fields.late", fields.late, whole),
            ("fields.issuer", fields.issuer, issuer),
        ):
            for path in paths:
                if find_kind(kind, path) is None:
                    near = nearest_word(path, field_paths(kind))
                    self.problems.add(self.where, f"{key}: there is no field {path!r}{near}.")
        for path in (*fields.required, *fields.late):
            self._check_used(path, "is required or late")
        for box in boxes:
            for path in sorted(box.paths):
                self._check_used(path, f"is shown in box {box.number}")

    def _check_used(self, path: str, why: str) -> None:
        used = self.file.fields.used
        if not any(path == name or path.startswith(name + ".") for name in used):
            self.problems.add(
                self.where, f"fields.used: {path!r} {why}, but is not named among the fields used."
            )

    def _check_captions(self) -> None:
        for key, text in self.file.captions.items():
            try:
                check_caption(key, text)
            except FormError as error:
                self.problems.add(self.where, str(error))

    def _form(
        self, editions: tuple[Edition, ...], boxes: tuple[Box, ...], rules: tuple[Rule, ...], folder_hash: str
    ) -> Form:
        file = self.file
        return Form(
            id=file.id,
            title=file.title,
            language=file.language,
            legal_status=file.legal_status,
            issued_by=file.issued_by,
            is_official_layout=file.official_layout,
            serial_pattern=file.serial,
            serial_prefix=file.serial_prefix,
            output_name=file.output,
            one_per=divided_by(file),
            page_size=file.page,
            category_scheme=file.category_scheme,
            fields=file.fields.used,
            required=file.fields.required,
            issuer_fields=file.fields.issuer,
            late=file.fields.late,
            defaults=file.defaults,
            editions=editions,
            variants=build_variants(file),
            extra_fields=self.extras,
            tables=self.tables,
            history=build_history(file),
            boxes=boxes,
            rules=rules,
            codes=self.codes,
            folder=self.folder,
            folder_hash=folder_hash,
            captions={**file.captions, **({"band": file.band} if file.band else {})},
            settings=file.settings,
            examples=file.examples,
            gathering=build_gathering(file),
            official=self.blank,
            replacement=build_replacement(file),
            extract_form=file.extract_form or "",
            extraction=build_extraction(file),
        )


def _common_keys(editions: Sequence[Edition]) -> list[str]:
    """The wording keys that every edition has."""
    return [key for key in editions[0].wording if all(key in edition.wording for edition in editions)]
