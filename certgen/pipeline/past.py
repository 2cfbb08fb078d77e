"""What a form's rules need to know of earlier certificates, from the register and from this run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from certgen.consignment import Consignment, consignment_from_plain
from certgen.forms.model import Earlier
from certgen.forms.paper import Paper
from certgen.pipeline.identity import fold, key_of, value_at
from certgen.pipeline.papers.making import Candidate
from certgen.pipeline.press import Printer
from certgen.pipeline.proofing import proof
from certgen.register import Register, Status, open_existing


def proof_in_order(candidates: Sequence[Candidate], press: Printer, url: str) -> list[Candidate]:
    """Judge and lay out each paper, in the order in which they would be issued.

    A form that asks for history gets it: what was issued before, and what stands before it in this run
    without an error.
    """
    asks = any(candidate.paper.form.history for candidate in candidates)
    with open_existing(url) if asks else nullcontext() as register:
        past = Past(register)
        return [past.remember(proof(past.recall(candidate), press)) for candidate in candidates]


@dataclass(slots=True)
class Past:
    """Earlier consignments: those of the register, and those of this run that it does not have yet."""

    register: Register | None
    of_this_run: list[Paper] = field(default_factory=list)

    def recall(self, candidate: Candidate) -> Candidate:
        """The candidate with the history its form asks for."""
        paper = candidate.paper
        if not paper.form.history:
            return candidate
        history = {
            need.name: _chosen(self._earlier(paper), need, paper.consignment) for need in paper.form.history
        }
        return replace(candidate, paper=replace(paper, history=history))

    def remember(self, candidate: Candidate) -> Candidate:
        """Let later papers of the run know this one, if it will be issued by it."""
        is_asked = bool(candidate.paper.form.history)
        if is_asked and not candidate.is_refused and not self._is_issued(candidate.paper):
            self.of_this_run.append(candidate.paper)
        return candidate

    def _earlier(self, paper: Paper) -> Iterator[Consignment]:
        """What the same house issued on the same form to the same exporter, the newest first."""
        key = key_of(paper)
        if not self._is_issued(paper):
            for other in reversed(self.of_this_run):
                one = key_of(other)
                if (one.issuer, one.form, one.exporter) == (key.issuer, key.form, key.exporter):
                    yield other.consignment
        for record in self.register.earlier(key) if self.register else ():
            yield consignment_from_plain(json.loads(record.paper)["consignment"])

    def _is_issued(self, paper: Paper) -> bool:
        key = key_of(paper)
        record = self.register.find([key]).get(key) if self.register else None
        return record is not None and record.status is Status.ISSUED


def _chosen(earlier: Iterable[Consignment], need: Earlier, present: Consignment) -> tuple[Consignment, ...]:
    """The newest of them; of a field that must be the same, the newest for each of its values.

    Of a year all of them, or all that share a value of that field.
    """
    if need.year_begins:
        return tuple(_of_the_year(earlier, need, present))
    if not need.same:
        return tuple(islice(earlier, 1))
    wanted = _values(present, need.same)
    found: list[Consignment] = []
    for consignment in earlier:
        if not wanted:
            break
        if shared := wanted & _values(consignment, need.same):
            wanted -= shared
            found.append(consignment)
    return tuple(found)


def _of_the_year(
    earlier: Iterable[Consignment], need: Earlier, present: Consignment
) -> Iterator[Consignment]:
    """Those whose date lies in the same year as the present one's, by the day on which years begin."""
    year = _year_of(present, need)
    wanted = _values(present, need.same) if need.same else set()
    for consignment in earlier:
        is_of_year = year is not None and _year_of(consignment, need) == year
        if is_of_year and (not need.same or wanted & _values(consignment, need.same)):
            yield consignment


def _year_of(consignment: Consignment, need: Earlier) -> int | None:
    """In which year the consignment lies, by the calendar year in which that one began."""
    found = value_at(consignment, need.by)
    if not found:
        return None
    day = found if isinstance(found, date) else date.fromisoformat(found)
    return day.year - (day.isoformat()[5:] < need.year_begins)


def _values(consignment: Consignment, path: str) -> set[str]:
    return set(_folded(value_at(consignment, path))) - {""}


def _folded(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _folded(item)
    elif value is not None:
        yield fold(str(value))
