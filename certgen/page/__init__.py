"""Pages: compile a form, lay a certificate out, print it as PDF/A-3, read it back."""

from certgen.forms.paper import Paper
from certgen.page.compile import CompiledForm, compile_form
from certgen.page.document import Document
from certgen.page.emit import emit_document
from certgen.page.layout import Layout
from certgen.page.layout import lay_out as lay_out_plan
from certgen.page.read_back import read_back

__all__ = ["CompiledForm", "Layout", "compile_form", "lay_out", "print_document", "read_back"]


def lay_out(compiled: CompiledForm, paper: Paper) -> Layout:
    """What goes where; with an error among its findings the document must not be printed."""
    return lay_out_plan(compiled.plan, paper)


def print_document(compiled: CompiledForm, document: Document, paper: Paper) -> bytes:
    """The certificate as PDF/A-3, tagged, its consignment attached, and read back.

    Raises PageError when the bytes do not say what was asked.
    """
    pdf = emit_document(compiled, document, paper)
    read_back(pdf, document)
    return pdf
