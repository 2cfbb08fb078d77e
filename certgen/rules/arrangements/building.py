"""From the record of one file to an arrangement: places known, conditions compiled, days settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from certgen.errors import FormError
from certgen.forms.folder.problems import Problems
from certgen.forms.folder.records import RuleRecord, RulesFile
from certgen.forms.folder.ruleset import build_rules
from certgen.forms.language.expressions import CompiledExpression, compile_condition, compile_template
from certgen.forms.language.kinds import Scope
from certgen.forms.model import Rule
from certgen.forms.shelf import FormShelf
from certgen.rules.arrangements.model import Answer, Arrangement, OwedPaper, Period, ScopeRule
from certgen.rules.arrangements.records import (
    AnswerRecord,
    ArrangementFile,
    MindRecord,
    PaperRecord,
    ScopeRecord,
    SettingRecord,
    SourcedRecord,
)
from certgen.toml_file import nearest_word

Settings = Mapping[str, Mapping[str, Any]]
"""What a house settles for each form, by form and key."""

_WEIGHS = {"out": "error", "ask": "warning"}


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds arrangements; what is wrong with them goes to `problems`.

    `scope` has the names of the consignment, `line_scope` also the facts about a product line.
    """

    scope: Scope
    line_scope: Scope
    forms: FormShelf
    settings: Settings
    places: Collection[str]
    problems: Problems

    def build(self, file: ArrangementFile, where: str, house: str = "") -> Arrangement | None:
        """The arrangement of one file, None when it cannot be built; `house` names one of a house's own."""
        self._check_places(file, where)
        self._check_sources(file, where)
        with self.problems.gathered():
            return replace(self._built(file, where, self._period_of(file, where)), house=house)
        return None

    def _built(self, file: ArrangementFile, where: str, period: Period) -> Arrangement:
        return Arrangement(
            id=file.id,
            cites=file.cites,
            confidence=file.confidence,
            period=period,
            standing=file.standing,
            title=file.title,
            origin=file.origin,
            to=file.to,
            not_from=file.not_from,
            when=self._condition(file.when, f"{where}: when"),
            says=file.says,
            ask=file.ask,
            warn_days=file.warn_days,
            scope=self._scope_rules(file, where, period),
            papers=tuple(self._paper(record, where, period) for record in file.paper),
            minds=tuple(self._answer(record, where, period) for record in file.mind),
            nothing_owed=self._answer(file.nothing_owed, where, period) if file.nothing_owed else None,
        )

    def _check_places(self, file: ArrangementFile, where: str) -> None:
        for key, names in (("from", file.origin), ("to", file.to), ("not_from", file.not_from)):
            for name in names:
                if name not in self.places:
                    near = nearest_word(name, list(self.places))
                    self.problems.add(where, f"{key}: {name!r} is no code of a country and no zone{near}.")

    def _check_sources(self, file: ArrangementFile, where: str) -> None:
        """What is not sure refuses nothing, a dispute names both sides, no end comes before its start."""
        parts = [file, *file.scope, *file.paper, *file.mind, file.nothing_owed]
        for part in (part for part in parts if part is not None):
            if part.valid_from and part.valid_until and part.valid_until < part.valid_from:
                self.problems.add(f"{where}: {part.id}", "valid_until: this day is before valid_from.")
            if part.confidence == "disputed" and len(part.cites) < 2:
                self.problems.add(f"{where}: {part.id}", "cites: a dispute names both sources.")
        for rule in file.scope:
            if rule.outcome == "out" and rule.confidence != "confirmed":
                said = f"outcome: what is {rule.confidence} refuses nothing; write 'ask'."
                self.problems.add(f"{where}: {rule.id}", said)
        if file.standing in ("open", "fallback") and not file.ask:
            self.problems.add(where, "ask: who knows must be named where nothing is known here.")

    def _period_of(self, file: ArrangementFile, where: str) -> Period:
        """From when until when; a day that a form keeps stands there once, where a profile can replace it."""
        if file.valid_from is None and file.starts_after is None:
            self.problems.add(where, "valid_from: every arrangement has the day from which it holds.")
        since, until = file.valid_from, file.valid_until
        if file.starts_after:
            since = self._day(file.starts_after, f"{where}: starts_after") + timedelta(days=1)
        if file.ends_with:
            until = self._day(file.ends_with, f"{where}: ends_with")
        return Period(since, until)

    def _day(self, record: SettingRecord, where: str) -> date:
        if record.form not in self.forms:
            raise FormError(
                f"{where}: form {record.form!r} is not there{nearest_word(record.form, [*self.forms])}."
            )
        settings = self.forms.head(record.form).settings
        day = {**settings, **self.settings.get(record.form, {})}.get(record.setting)
        if not isinstance(day, date):
            near = nearest_word(record.setting, list(settings))
            raise FormError(f"{where}: setting {record.setting!r} of {record.form} is no day{near}.")
        return day

    def _condition(self, source: str | None, where: str) -> CompiledExpression | None:
        return compile_condition(source, where, self.scope) if source else None

    def _scope_rules(self, file: ArrangementFile, where: str, period: Period) -> tuple[ScopeRule, ...]:
        rules = {
            rule.id: rule
            for each, scope in (("", self.scope), ("products", self.line_scope))
            for rule in self._rules_on(each, file.scope, where, scope)
        }
        return tuple(
            ScopeRule(
                id=record.id,
                cites=record.cites,
                confidence=record.confidence,
                period=_narrowed(period, record),
                outcome=record.outcome,
                nothing_owed=record.nothing_owed,
                rule=rules[record.id],
            )
            for record in file.scope
            if record.id in rules
        )

    def _rules_on(
        self, each: str, records: Iterable[ScopeRecord], where: str, scope: Scope
    ) -> tuple[Rule, ...]:
        own = RulesFile(rule=tuple(_as_rule(record) for record in records if record.each == each))
        return build_rules(own, where, scope, (), self.problems)

    def _paper(self, record: PaperRecord, where: str, period: Period) -> OwedPaper:
        where = f"{where}: {record.id}"
        if record.form and record.form not in self.forms:
            near = nearest_word(record.form, list(self.forms))
            self.problems.add(where, f"form: there is no form {record.form!r}{near}.")
        if not record.form and not record.where:
            self.problems.add(where, "where: who or what makes a paper that certgen has no form for.")
        return OwedPaper(
            id=record.id,
            cites=record.cites,
            confidence=record.confidence,
            period=_narrowed(period, record),
            name=record.name,
            form=record.form,
            where=record.where,
            issued_by=record.issued_by,
            by=record.by,
            due=record.due,
            with_goods=record.with_goods,
            goes_to=record.goes_to,
            enclosed=record.enclosed,
            statement=record.statement,
            voluntary=record.voluntary,
            when=self._condition(record.when, f"{where}: when"),
            why=compile_template(record.why, f"{where}: why", self.scope),
        )

    def _answer(self, record: AnswerRecord | MindRecord, where: str, period: Period) -> Answer:
        return Answer(
            id=record.id,
            cites=record.cites,
            confidence=record.confidence,
            period=_narrowed(period, record),
            says=record.says,
            when=self._condition(record.when, f"{where}: {record.id}: when")
            if isinstance(record, MindRecord)
            else None,
        )


def _narrowed(whole: Period, record: SourcedRecord) -> Period:
    return Period(record.valid_from or whole.since, record.valid_until or whole.until)


def _as_rule(record: ScopeRecord) -> RuleRecord:
    """A scope rule as the rule of a form: it tells of an error where the goods are out."""
    return RuleRecord.model_validate(
        {
            "id": record.id,
            "slug": record.slug,
            "severity": _WEIGHS[record.outcome],
            "each": record.each,
            "field": record.field,
            "when": record.when,
            "must": record.must,
            "message": record.message,
            "fix": record.fix,
            "cites": (", against " if record.confidence == "disputed" else "; ").join(record.cites),
        }
    )
