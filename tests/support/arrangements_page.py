"""The page docs/arrangements.md, made from the arrangements and from the sentences they are traced to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from certgen.forms import load_forms
from certgen.rules.arrangements import Arrangement, ScopeRule, ids_of, load_arrangements
from certgen.rules.arrangements.model import Period, Sourced

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "arrangements.md"
SENTENCES = PROJECT / "docs" / "arrangements-sentences.toml"
HEAD = """# The trade arrangements

What `certgen route` answers by, and `check` and `fill` where no form is named. Made from
`templates/_common/arrangements/` by `python tools/list_arrangements.py`; a test finds it current.

* **out**: the goods are refused at their cells. Only what a source confirms refuses anything.
* **ask**: told as a warning; somebody has to be asked, or a cell filled.
* **sure**: `confirmed` was seen in a source; `undated` in one without a date or likely behind; `disputed` is
  told in two ways, and both are named; `unverified` was seen in no source.
* 2021-01-01, where nothing later is known, is the first day for which certgen answers.

A rule reads as in the form language ([every function](forms-reference.md)); `facts.toml` gives names to what
is known of a line. [How an arrangement is written down](arrangement-authors.md).
"""


def make_page() -> str:
    """The whole page."""
    entries = load_arrangements(load_forms()).entries
    parts = [HEAD, "## Between which countries", _lanes(entries)]
    for entry in entries:
        parts += [f"## {entry.id}", "\n".join(_one(entry))]
    parts += ["## The sentences of the source documents", "\n".join(_sentences())]
    return "\n\n".join(parts).replace("\n\n\n", "\n\n") + "\n"


def load_sentences() -> list[dict[str, Any]]:
    """The source documents with their sentences, each with `rules` or with `not_a_rule`."""
    sources: list[dict[str, Any]] = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))["source"]
    return sources


def known_ids() -> set[str]:
    """Every id of an arrangement, of what stands in it, and of a form's rule."""
    forms = load_forms()
    found = {name for entry in load_arrangements(forms).entries for name in ids_of(entry)}
    return found | {rule.id for form in forms.values() for rule in form.rules}


def _lanes(entries: tuple[Arrangement, ...]) -> str:
    rows = ["| from | to | what | holds | owed |", "|---|---|---|---|---|"]
    for entry in entries:
        papers = ", ".join(paper.name for paper in entry.papers) or ("nothing" if entry.nothing_owed else "")
        origin = " ".join(entry.origin) + (f" (not {' '.join(entry.not_from)})" if entry.not_from else "")
        cells = (origin, " ".join(entry.to), f"[{entry.id}](#{entry.id})", _days(entry.period), papers)
        rows.append(_row(cells))
    return "\n".join(rows)


def _one(entry: Arrangement) -> Iterator[str]:
    yield f"{entry.title} ({entry.standing}). {entry.says}"
    if entry.ask:
        yield f"Not known: {entry.ask}"
    yield ""
    yield _row(("id", "what", "holds", "sure", "source"))
    yield "|---|---|---|---|---|"
    yield _row((entry.id, entry.standing, *_standing_of(entry)))
    for rule in entry.scope:
        yield _row((rule.id, _scope(rule), *_standing_of(rule)))
    for paper in entry.papers:
        made = f"form `{paper.form}`" if paper.form else paper.where
        wanted = "if wanted" if paper.voluntary else "owed"
        travels = ", travels with the goods" if paper.with_goods else ""
        says = f"{wanted}: {paper.name} ({made}), from {paper.issued_by}, {paper.by}{travels}"
        yield _row((paper.id, says, *_standing_of(paper)))
    for answer in (*entry.minds, *([entry.nothing_owed] if entry.nothing_owed else [])):
        yield _row((answer.id, answer.says, *_standing_of(answer)))


def _scope(rule: ScopeRule) -> str:
    when = f"`{rule.rule.when.source}`: " if rule.rule.when else ""
    free = ", and no paper is owed" if rule.nothing_owed else ""
    return f"{rule.outcome}{free} unless {when}`{rule.rule.must.source}`"


def _sentences() -> Iterator[str]:
    for source in load_sentences():
        yield f"### {source['title']}"
        yield ""
        yield f"{source['publisher']}."
        yield ""
        yield _row(("says", "traced to"))
        yield "|---|---|"
        for sentence in source["sentence"]:
            rules = ", ".join(f"`{rule}`" for rule in sentence.get("rules", ()))
            yield _row((f"“{sentence['says']}”", rules or f"not a rule: {sentence['not_a_rule']}"))
        yield ""


def _standing_of(part: Sourced) -> tuple[str, str, str]:
    return _days(part.period), part.confidence, part.source


def _days(period: Period) -> str:
    return f"{period.since or ''} – {period.until or ''}".strip(" –") + ("" if period.until else " on")


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"
