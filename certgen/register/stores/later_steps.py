"""The later steps of the tables: what was put back, extracts told fully, what is in force found nearby."""

from __future__ import annotations

from certgen.register.stores.guards import Alone, Guard, Kept

# What was lost or altered of the PDFs and their pieces and was put back, by the hash it has unpacked; pieces
# are of no one serial. What was altered stays where it is, so one may be put back again.
MENDED: tuple[str | Guard, ...] = (
    """
    CREATE TABLE mended (
        entry INTEGER PRIMARY KEY,
        serial TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL
    )
    """,
    "CREATE INDEX mended_by_sha256 ON mended (sha256)",
    # What went out is known by the journal, even where it is kept no more.
    *("DROP INDEX pdfs_by_sha256", "DROP INDEX extracts_by_sha256"),
    """
    CREATE INDEX journal_by_pdf ON journal (pdf_sha256) WHERE act IN ('issue', 'complete', 'extract')
    """,
    Kept("mended", "UPDATE", "rewritten"),
    Kept("mended", "DELETE", "deleted"),
    Alone("mended", ("entry = NEW.entry",)),
)

# What an extract was made of: `line` is that of the journal which accounts for it, `after_entry` the newest
# certificate when it was made, which is its place in the list. Of earlier ones the journal alone tells.
EXTRACTS_TOLD: tuple[str | Guard, ...] = (
    """
    CREATE TABLE extract_papers (
        extract INTEGER PRIMARY KEY REFERENCES extracts (entry),
        line INTEGER NOT NULL REFERENCES journal (entry),
        after_entry INTEGER NOT NULL,
        issuer TEXT NOT NULL,
        exporter TEXT NOT NULL,
        reference TEXT NOT NULL,
        part TEXT NOT NULL,
        variant TEXT NOT NULL,
        workbook TEXT NOT NULL,
        output_name TEXT NOT NULL,
        output_folder TEXT NOT NULL,
        pages INTEGER NOT NULL,
        paper TEXT NOT NULL
    )
    """,
    """
    INSERT INTO extract_papers (extract, line, after_entry, issuer, exporter, reference, part, variant,
        workbook, output_name, output_folder, pages, paper)
    SELECT made.entry, told.entry, told.given,
        '', '', '', '', '', '', '', '', 0, ''
    FROM (SELECT entry, serial, ROW_NUMBER() OVER (PARTITION BY serial ORDER BY entry) AS nth
            FROM extracts) AS made
        JOIN (SELECT entry, serial, given, ROW_NUMBER() OVER (PARTITION BY serial ORDER BY entry) AS nth
            FROM (SELECT entry, serial, act,
                    SUM(CASE act WHEN 'reserve' THEN 1 ELSE 0 END) OVER (ORDER BY entry) AS given
                FROM journal) AS lines WHERE act = 'extract') AS told
        ON told.serial = made.serial AND told.nth = made.nth
    """,
    "CREATE INDEX extract_papers_by_place ON extract_papers (after_entry, extract)",
    Kept("extract_papers", "UPDATE", "rewritten"),
    Kept("extract_papers", "DELETE", "deleted"),
    Alone("extract_papers", ("extract = NEW.extract",)),
)

# By what rises from certificate to certificate: by issuer, form and exporter first, each new one stood on
# another page among those of a million, which a server read for it, and wrote whole after a checkpoint.
IN_FORCE_NEARBY: tuple[str | Guard, ...] = (
    "DROP INDEX records_in_force",
    """
    CREATE UNIQUE INDEX records_in_force ON records (reference, exporter, form, issuer, part)
        WHERE status IN ('pending', 'issued', 'depleted')
    """,
)
