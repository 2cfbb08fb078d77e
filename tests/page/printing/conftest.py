"""The form compiled once, and papers printed with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certgen.forms.model import Form
from certgen.forms.paper import Paper
from certgen.page import CompiledForm, compile_form, lay_out, print_document
from certgen.page.document import Document


@pytest.fixture(scope="session")
def compiled(form: Form) -> CompiledForm:
    return compile_form(form, form.editions[-1])


@pytest.fixture(scope="session")
def print_paper(compiled: CompiledForm) -> Callable[[Paper], tuple[bytes, Document]]:
    """A paper laid out without findings, and printed."""

    def print_one(paper: Paper) -> tuple[bytes, Document]:
        layout = lay_out(compiled, paper)
        assert layout.findings == ()
        return print_document(compiled, layout.document, paper), layout.document

    return print_one
