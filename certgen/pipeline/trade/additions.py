"""What the arrangements add to `check` and `fill`: papers that nobody asked for, goods out of scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from certgen.consignment import Consignment
from certgen.findings import Finding, Severity, make_finding_at
from certgen.forms.language.functions import date as in_words
from certgen.forms.model import Form
from certgen.pipeline.trade.routes import Elsewhere
from certgen.rules.arrangements import Arrangements, Judgement, Verdict, judge_trade


@dataclass(frozen=True, slots=True)
class Trade:
    """One consignment in the light of the arrangements; `is_asked` says that it names its papers itself."""

    consignment: Consignment
    judgement: Judgement
    is_asked: bool

    def forms(self, forms: Mapping[str, Form]) -> list[Form]:
        """The forms of what is owed, of a consignment that names none."""
        return [] if self.is_asked else [forms[form_id] for form_id in self.judgement.forms]

    def named(self) -> Consignment:
        """The consignment with the forms of what it owes, as if its workbook named them."""
        return self.consignment if self.is_asked else replace(self.consignment, forms=self.judgement.forms)

    def elsewhere(self) -> list[Elsewhere]:
        """What is owed and certgen has no form for."""
        name, exporter = self.consignment.name, self.consignment.exporter.name
        owed = [] if self.is_asked else [item for item in self.judgement.owed if not item.paper.form]
        return [Elsewhere(name, exporter, item) for item in owed]

    def findings(self, form_id: str = "") -> list[Finding]:
        """What is to be told with the paper of this form, or without any paper.

        A form that is asked for and not owed is left to its own rules.
        """
        if self.is_asked and form_id not in self.judgement.forms:
            return []
        return [*self._told(), *self._ending(), *([] if self.is_asked else self._open())]

    def _told(self) -> list[Finding]:
        """What the scope rules say; where no paper is owed there is none that it could refuse."""
        told = [item.finding for item in self.judgement.told]
        if self.is_asked or not self.judgement.nothing_owed:
            return told
        return [replace(item, severity=Severity.WARNING) if item.is_error else item for item in told]

    def _ending(self) -> list[Finding]:
        return [
            self._finding("CG414", "departure_date", title=entry.title, until=in_words(entry.period.until))
            for entry in self.judgement.ending
            if entry.period.until
        ]

    def _open(self) -> list[Finding]:
        """Where nothing is known, or nothing owed: what to do, or who says so."""
        judgement = self.judgement
        if judgement.nothing_owed:
            return [
                self._finding("CG413", "country_of_destination", says=answer.says, source=answer.source)
                for answer in judgement.nothing_owed
            ]
        if judgement.verdict is not Verdict.NOT_KNOWN:
            return []
        origin, to = judgement.origin, judgement.to
        asks = " ".join(entry.ask for entry in judgement.applied if entry.ask)
        return [
            self._finding(
                "CG415" if judgement.owed else "CG401",
                "country_of_destination" if judgement.owed else "forms",
                origin=origin.name if origin else "a country that is not said",
                to=to.name if to else "a country that is not said",
                ask=asks or "Fill in the countries of export and destination.",
            )
        ]

    def _finding(self, code: str, path: str, **words: str) -> Finding:
        return make_finding_at(self.consignment, path, code, **words)


def judge_consignment(
    consignment: Consignment, arrangements: Arrangements, today: date, *, is_asked: bool
) -> Trade:
    """The consignment with what the arrangements say of it."""
    return Trade(consignment, judge_trade(consignment, arrangements, today), is_asked)


def not_told_by_form(trade: Sequence[Finding], told: Sequence[Finding]) -> list[Finding]:
    """What the rules of the form do not say themselves, at least as gravely, of the same field."""
    errors = {finding.field for finding in told if finding.is_error}
    others = {finding.field for finding in told if not finding.is_error}
    return [
        finding
        for finding in trade
        if finding.field not in errors and (finding.is_error or finding.field not in others)
    ]
