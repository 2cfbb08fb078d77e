"""The folder that an import writes: the blank itself, and TOML for its author to edit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from certgen.errors import FormError, OutputError
from certgen.forms.folder.load import load_form
from certgen.forms.folder.official import BLANK
from certgen.forms.model import Frame
from certgen.forms.vocabulary import Vocabulary
from certgen.page.official.compile import compile_blank
from certgen.page.official.importing import ImportedBlank, ImportedBox, ImportedPart, read_official
from certgen.page.official.proposal import Proposal, takes_words

_FORM = """\
# Made by `certgen form import`; see docs/forms-import.md. Go through it line by line.
format = 1
id = {id}
title = {title}
legal_status = "document" # or "request" (goes to the certifier), "worksheet" (to be entered elsewhere)
issued_by = "exporter" # or "control-body": whose profile may issue it
official_layout = true
# A paper that takes a number of certgen's needs a box that shows {{{{ issue.serial }}}}, and these two, the
# second in place of the output below ({{code}} is that of a control body; an exporter's number has none):
# serial = "ORG.{{code}}.{{year}}.{{number:05}}"
# output = "{{serial}}.pdf"
output = "{{form}} {{reference}}.pdf"

[official]
sha256 = {sha256}
pages_mm = [{pages}]
# More than the blank has room for goes to sheets of certgen's, named on the blank; or "repeat": it goes on a
# further blank, filled alike; or "refuse": it is an error.
overflow = "continue"

[fields]
used = [{used}]
required = []

[[edition]]
id = "1"
"""
_BOXES = """\
# The fields of the blank as one reads them. `at` is millimetres from the top left of the page as it is seen.
# Number and title of each box are yours to set as the blank prints them.
"""
_FLAT_BOXES = """\
# The blank has no fields: each text stands where `at` says, in millimetres from the top left of the page as
# it is seen, and the `at` of a text counts from its box. The places are guesses: see the proof, move them.
"""
_RULES = """\
# What makes a consignment wrong for this paper; see docs/forms-reference.md.
"""
_DOSSIER = """\
# {title}

## Legal basis

Who asks for this paper, and on what law it stands.

## Sources

Where the blank came from, and when: `official.pdf`, SHA-256 `{sha256}`.

## Decisions

What each field was taken to mean where the blank does not say.
"""


def import_blank(source: Path, form_id: str, vocabulary: Vocabulary, target: Path) -> ImportedBlank:
    """Write the form folder `target` for an official PDF.

    Raises UnreadableInputError when the PDF is not there, FormError when it cannot become a form, OutputError
    when the folder is there already or cannot be written; then nothing is left behind.
    """
    imported = read_official(source, vocabulary)
    if target.exists():
        raise OutputError(f"{target}: is there already. Remove it, or choose another --id.")
    draft = target.parent / f".{target.name}.partial"
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        shutil.copyfile(source, draft / BLANK)
        for name, text in _texts(imported, form_id):
            (draft / name).write_text(text, encoding="utf-8", newline="\n")
        _check(draft, source)
        os.replace(draft, target)  # noqa: PTH105  (the name says that it may not be there)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error}).") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return imported


def _check(folder: Path, source: Path) -> None:
    """An import that could not be used is told at once, not at the first certificate."""
    try:
        form = load_form(folder)
        if form.official is not None:
            compile_blank(form, form.official, form.editions[-1])
    except FormError as error:
        raise FormError(str(error).replace(str(folder / BLANK), str(source))) from error


def _texts(imported: ImportedBlank, form_id: str) -> Iterator[tuple[str, str]]:
    paths = {proposal.path for box in imported.boxes for proposal in box.proposals}
    used = sorted({path.partition(".")[0] for path in paths if path} | {"reference"})
    yield (
        "form.toml",
        _FORM.format(
            id=quote(form_id),
            title=quote(imported.title),
            sha256=quote(imported.sha256),
            pages=", ".join(f"[{width:g}, {height:g}]" for width, height in imported.page_sizes_mm),
            used=", ".join(map(quote, used)),
        ),
    )
    head = _FLAT_BOXES if imported.is_flat else _BOXES
    boxes = "".join("\n" + _write_box(str(number), box) for number, box in enumerate(imported.boxes, 1))
    yield "boxes.toml", head + boxes
    yield "rules.toml", _RULES
    yield "README.md", _DOSSIER.format(title=imported.title, sha256=imported.sha256)


def _write_box(number: str, box: ImportedBox) -> str:
    lines = [
        "[[box]]",
        f"number = {quote(number)}",
        f"title = {quote(_plain_title(box.title))}",
        f"page = {box.page}",
        f"at = {_write_frame(box.frame)}",
        *(line for part in box.parts for line in _write_part(part)),
    ]
    if box.text is not None:
        width, height = box.frame.width_mm, box.frame.height_mm
        lines += ["", "  [[box.text]]", f"  at = {_write_frame(Frame(0, 0, width, height))}"]
        lines += [f"  text = {quote(box.text.source)} # proposed by {box.text.because}"]
    return "\n".join(lines) + "\n"


def _write_part(part: ImportedPart) -> Iterator[str]:
    field = part.field
    yield ""
    yield "  [[box.official]]"
    yield f"  field = {quote(field.name)}"
    if part.option:
        yield f"  option = {quote(part.option)}"
    yield f"  kind = {quote(field.kind)}"
    if field.max_length:
        yield f"  max_length = {field.max_length}"
    if field.choices:
        yield f"  choices = [{', '.join(quote(choice.words) for choice in field.choices)}]"
    if len(field.widgets) > 1 and takes_words(field):
        places = ", ".join(f"page {widget.page} at {_write_frame(widget.frame)}" for widget in field.widgets)
        yield f"  # stands in {len(field.widgets)} places: {places}"
    yield _write_proposal("text" if takes_words(field) else "when", part.proposal)


def _write_proposal(key: str, proposal: Proposal | None) -> str:
    if proposal is None:
        return f'  # {key} = "" # what stands here? Left so, the field is printed as the blank has it.'
    return f"  {key} = {quote(proposal.source)} # proposed by {proposal.because}"


def _write_frame(frame: Frame) -> str:
    sides = (frame.x_mm, frame.y_mm, frame.width_mm, frame.height_mm)
    return f"[{', '.join(f'{max(side, 0):.2f}' for side in sides)}]"


def _plain_title(title: str) -> str:
    """Titles are texts of the form language; what would be read as one is spaced out."""
    return title.replace("{{", "{ {").replace("{%", "{ %").replace("{#", "{ #")


def quote(text: str) -> str:
    """A TOML string."""
    escaped = (_escape(sign) for sign in text)
    return f'"{"".join(escaped)}"'


def _escape(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign == "\n":
        return "\\n"
    code = ord(sign)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\\u{code:04X}" if code < 0x20 or 0x7F <= code < 0xA0 else sign
