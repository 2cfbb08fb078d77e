"""Official blanks: other people's PDFs, read, filled with a consignment, and made plain print."""

from certgen.page.official.compile import CompiledBlank, compile_blank
from certgen.page.official.emit import emit_filled
from certgen.page.official.kept import check_kept
from certgen.page.official.layout import lay_out_blank

__all__ = ["CompiledBlank", "check_kept", "compile_blank", "emit_filled", "lay_out_blank"]
