"""Blanks of many makers, imported and filled with one consignment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from official_blanks import BLANKS, CONSIGNMENT, ISSUE, Filled

from certgen.consignment import Consignment
from certgen.forms import load_form, load_vocabulary
from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.forms.vocabulary import Vocabulary
from certgen.page import CompiledForm, Layout, compile_form, lay_out, print_document
from certgen.page.document import Document
from certgen.page.official.folder import import_blank


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def import_form(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Form]:
    """The form of a blank as the import leaves it, or with its boxes written by the test.

    `official` stands in place of `overflow = "continue"`.
    """

    def make(blank: Path, boxes: str = "", used: str = "", official: str = "") -> Form:
        folder = tmp_path_factory.mktemp("forms") / "my-form"
        import_blank(blank, "my-form", vocabulary, folder)
        if boxes:
            (folder / "boxes.toml").write_text(boxes, encoding="utf-8")
        if used:
            path = folder / "form.toml"
            lines = path.read_text(encoding="utf-8").splitlines()
            lines = [f"used = [{used}]" if line.startswith("used = ") else line for line in lines]
            path.write_text("\n".join(lines), encoding="utf-8")
        if official:
            path = folder / "form.toml"
            text = path.read_text(encoding="utf-8")
            assert 'overflow = "continue"\n' in text
            path.write_text(text.replace('overflow = "continue"\n', f"{official}\n"), encoding="utf-8")
        return load_form(folder)

    return make


@pytest.fixture(scope="session")
def fill() -> Callable[..., tuple[bytes, Document]]:
    """A certificate on a blank; asserts that the layout found nothing wrong."""

    def make(form: Form, consignment: Consignment = CONSIGNMENT, **issue: object) -> tuple[bytes, Document]:
        compiled, layout, paper = _laid_out(form, consignment, issue)
        assert not layout.findings, [finding.message for finding in layout.findings]
        return print_document(compiled, layout.document, paper), layout.document

    return make


@pytest.fixture(scope="session")
def lay_out_form() -> Callable[..., Layout]:
    """Only the layout, with what it found."""

    def make(form: Form, consignment: Consignment = CONSIGNMENT, **issue: object) -> Layout:
        return _laid_out(form, consignment, issue)[1]

    return make


def _laid_out(
    form: Form, consignment: Consignment, issue: dict[str, object]
) -> tuple[CompiledForm, Layout, Paper]:
    compiled = compile_form(form, form.editions[-1])
    paper = Paper(form, form.editions[-1], consignment, replace(ISSUE, **issue))
    return compiled, lay_out(compiled, paper), paper


@pytest.fixture(scope="session")
def filled(
    import_form: Callable[..., Form], fill: Callable[..., tuple[bytes, Document]]
) -> Callable[[str], Filled]:
    """The blank of a maker, filled as its import proposed; made once."""
    made: dict[str, Filled] = {}

    def make(name: str) -> Filled:
        if name not in made:
            blank = BLANKS / f"{name}.pdf"
            form = import_form(blank)
            pdf, document = fill(form)
            made[name] = Filled(blank, form, document, pdf)
        return made[name]

    return make
