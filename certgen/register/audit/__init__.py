"""The audit: the books, the journal and the kept PDFs, each held against the others."""
