# /// script
# requires-python = ">=3.11"
# dependencies = ["certgen"]
# ///
"""Writes the tables of docs/labels.md from the label rules and their sources; run it after changing one.

`python tools/label_tables.py` writes them; a test finds out when they are no longer what the data say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from certgen.forms.label_fields import labels_folder
from certgen.rules.labels import LabelRule, Standard, load_label_rules

DOCUMENT = Path(__file__).parents[1] / "docs" / "labels.md"
MARK = "<!-- from here on made by tools/label_tables.py -->"


def with_tables(document: str) -> str:
    """The document with its tables as the data say."""
    written = document.partition(MARK)[0]
    return "\n".join([written.rstrip(), "", MARK, "", *_tables()]) + "\n"


def load_sentences() -> list[dict[str, Any]]:
    """The sentences of the sources, each with its rules or the reason why there is none."""
    text = (labels_folder() / "sentences.toml").read_text(encoding="utf-8")
    sentences: list[dict[str, Any]] = tomllib.loads(text)["sentence"]
    return sentences


def _tables() -> Iterator[str]:
    for standard in load_label_rules():
        yield from _standard(standard)
    yield from _sentences(load_sentences())


def _standard(standard: Standard) -> Iterator[str]:
    yield f"## {standard.title}"
    yield ""
    if standard.note:
        yield from (standard.note, "")
    yield "| rule | about | | what it says | judged | source |"
    yield "|---|---|---|---|---|---|"
    yield from map(_rule, standard.rules)
    yield ""


def _rule(rule: LabelRule) -> str:
    how = "asked" if rule.ask else "told" if rule.check is None else "checked"
    words = [how, rule.basis, "in doubt where the sources differ" if rule.doubt else "", str(rule.severity)]
    judged = ", ".join(word for word in words if word)
    quote = f": “{rule.quote}”".replace("*", r"\*") if rule.quote else ""
    return (
        f"| `{rule.id}` | {rule.category} | {rule.modality} | {rule.says} | {judged} | {rule.cites}{quote} |"
    )


def _sentences(sentences: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield "## The sentences of the sources"
    yield ""
    yield "| sentence | publisher | rules |"
    yield "|---|---|---|"
    for item in sentences:
        rules = ", ".join(f"`{rule}`" for rule in item.get("rules", ()))
        words = item["words"].replace("*", r"\*").replace("|", r"\|")
        yield f"| {words} | {item['source']} | {rules or 'no rule: ' + item['reason']} |"


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
