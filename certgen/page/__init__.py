"""Pages: compile a form, lay a certificate out, print it or fill an official blank, read it back."""

from certgen.forms.model import Edition, Form, Variant
from certgen.forms.paper import Paper
from certgen.page.document import Document
from certgen.page.layout.certificate import Layout
from certgen.page.layout.certificate import lay_out as lay_out_plan
from certgen.page.official import CompiledBlank, check_kept, compile_blank, emit_filled, lay_out_blank
from certgen.page.printing.claim import Claim, read_claim
from certgen.page.printing.compile import CompiledForm as DrawnForm
from certgen.page.printing.compile import compile_form as compile_drawn_form
from certgen.page.printing.emit import emit_document
from certgen.page.reading_back.additions import find_beside_seal
from certgen.page.reading_back.comparing import read_back

__all__ = [
    "Claim",
    "CompiledForm",
    "Layout",
    "compile_form",
    "find_beside_seal",
    "lay_out",
    "print_document",
    "read_back",
    "read_claim",
]

CompiledForm = DrawnForm | CompiledBlank
"""A form ready to be filled: one that certgen draws, or somebody else's blank."""


def compile_form(form: Form, edition: Edition, variant: Variant | None = None) -> CompiledForm:
    """All that the certificates of one edition share.

    Raises FormError when the form's own words do not fit, or its official blank cannot be filled as it says.
    """
    if form.official is not None:
        return compile_blank(form, form.official, edition, variant)
    return compile_drawn_form(form, edition, variant)


def lay_out(compiled: CompiledForm, paper: Paper) -> Layout:
    """What goes where; with an error among its findings the document must not be printed."""
    if isinstance(compiled, CompiledBlank):
        return lay_out_blank(compiled, paper)
    return lay_out_plan(compiled.plan, paper)


def print_document(compiled: CompiledForm, document: Document, paper: Paper) -> bytes:
    """The certificate with its consignment attached, read back; tagged PDF/A-3 unless on an official blank.

    Raises PageError when the bytes do not say what was asked.
    """
    if isinstance(compiled, CompiledBlank):
        pdf = emit_filled(compiled, document, paper)
        check_kept(pdf, compiled.kept, document)
    else:
        pdf = emit_document(compiled, document, paper)
    read_back(pdf, document)
    return pdf
