"""The tables of the register in steps: a new register takes all of them, an older one those it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from certgen.errors import RegisterError
from certgen.register.stores.guards import NOTHING_GOES, Alone, Guard, Kept
from certgen.register.stores.later_steps import EXTRACTS_TOLD, IN_FORCE_NEARBY, MENDED

APPLICATION = 0x63676E72
TABLES = (
    *("records", "exporters", "patterns", "papers", "pdfs", "pieces", "pdf_pieces"),
    *("journal", "originals", "extracts", "extract_lines", "mended", "extract_papers"),
)
"""In an order in which they can be filled: what a row names stands in a table before it."""


@dataclass(frozen=True, slots=True)
class Searched:
    """An index of the words of a table, so that a text is found wherever it stands in them.

    It takes the place of the one that the table has.
    """

    table: str
    words: str


Statement = str | Guard | Searched
# A line break between them, so that nothing is found across two of them. Exporters and the patterns of
# serials are few, and have tables of their own: what they share, an index of letters finds a million times.
WORDS = "reference || '\n' || output_name"
SEARCHED = Searched("records", WORDS)
LEAST_LETTERS = 3
"""What an index of words knows nothing shorter than."""

_FIRST: tuple[Statement, ...] = (
    """
    CREATE TABLE records (
        entry INTEGER PRIMARY KEY,
        serial TEXT NOT NULL UNIQUE,
        series TEXT NOT NULL,
        number INTEGER NOT NULL,
        issuer TEXT NOT NULL,
        form TEXT NOT NULL,
        exporter TEXT NOT NULL,
        reference TEXT NOT NULL,
        part TEXT NOT NULL,
        pattern TEXT NOT NULL,
        issue_date TEXT NOT NULL,
        edition TEXT NOT NULL,
        variant TEXT NOT NULL,
        form_hash TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        input_sha256 TEXT NOT NULL,
        workbook TEXT NOT NULL,
        output_name TEXT NOT NULL,
        output_folder TEXT NOT NULL,
        status TEXT NOT NULL,
        made_at TEXT NOT NULL,
        owner TEXT NOT NULL,
        lease_until TEXT NOT NULL,
        issued_at TEXT,
        pdf_sha256 TEXT NOT NULL,
        pages INTEGER NOT NULL,
        UNIQUE (series, number)
    )
    """,
    # A consignment may get a new certificate once its old one is void, but never two in force at once.
    """
    CREATE UNIQUE INDEX records_in_force ON records (issuer, form, exporter, reference, part)
        WHERE status IN ('pending', 'issued')
    """,
    "CREATE INDEX records_by_key ON records (reference, exporter, form)",
    "CREATE INDEX records_pending ON records (entry) WHERE status = 'pending'",
    "CREATE INDEX records_by_series_date ON records (series, issue_date)",
    "CREATE INDEX records_by_number ON records (number)",
    "CREATE INDEX records_by_date ON records (issue_date)",
    "CREATE INDEX records_by_form ON records (form)",
    "CREATE INDEX records_by_status ON records (status)",
    # What is long lies apart, so that a list reads short rows.
    """
    CREATE TABLE papers (
        serial TEXT PRIMARY KEY REFERENCES records (serial),
        paper TEXT NOT NULL,
        fields TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE pdfs (
        entry INTEGER PRIMARY KEY,
        serial TEXT NOT NULL REFERENCES records (serial),
        sha256 TEXT NOT NULL,
        rest BLOB NOT NULL,
        UNIQUE (serial, sha256)
    )
    """,
    # What certificates have in common is kept once; the hash is that of the piece before it was packed.
    """
    CREATE TABLE pieces (
        entry INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        content BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE pdf_pieces (
        pdf INTEGER NOT NULL REFERENCES pdfs (entry),
        place INTEGER NOT NULL,
        piece INTEGER NOT NULL REFERENCES pieces (entry),
        PRIMARY KEY (pdf, place)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE journal (
        entry INTEGER PRIMARY KEY,
        act TEXT NOT NULL,
        serial TEXT NOT NULL,
        time TEXT NOT NULL,
        issue_date TEXT NOT NULL,
        user TEXT NOT NULL,
        machine TEXT NOT NULL,
        process INTEGER NOT NULL,
        command TEXT NOT NULL,
        version TEXT NOT NULL,
        form TEXT NOT NULL,
        edition TEXT NOT NULL,
        form_hash TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        input_sha256 TEXT NOT NULL,
        pdf_sha256 TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL
    )
    """,
    Kept("journal", "UPDATE", "rewritten"),
    Kept("journal", "DELETE", "deleted"),
    Kept("records", "DELETE", "deleted"),
    Kept("papers", "DELETE", "deleted"),
    Kept("pdfs", "UPDATE", "rewritten"),
    Kept("pdfs", "DELETE", "deleted"),
    Kept("pieces", "UPDATE", "rewritten"),
    Kept("pieces", "DELETE", "deleted"),
    Kept("pdf_pieces", "UPDATE", "rewritten"),
    Kept("pdf_pieces", "DELETE", "deleted"),
)

# Certificates that were replaced, made void or split, and why.
_LIFE: tuple[Statement, ...] = (
    *(
        f"ALTER TABLE records ADD COLUMN {column} TEXT NOT NULL DEFAULT ''"
        for column in ("replaces", "replaced_by", "first_issue_date", "why")
    ),
    *(
        f"ALTER TABLE journal ADD COLUMN {column} TEXT NOT NULL DEFAULT ''"
        for column in ("other", "why", "data_sha256", "input_sha256_before", "pdf_sha256_before")
    ),
    "CREATE INDEX journal_by_serial ON journal (serial)",
    "DROP INDEX records_in_force",
    """
    CREATE UNIQUE INDEX records_in_force ON records (issuer, form, exporter, reference, part)
        WHERE status IN ('pending', 'issued', 'depleted')
    """,
    # Certificates that are split, numbered here or elsewhere: what they cover, and what each extract takes of
    # it. Lines count from 1, amounts are decimal numbers.
    """
    CREATE TABLE originals (
        original TEXT NOT NULL,
        line INTEGER NOT NULL,
        amount TEXT NOT NULL,
        unit TEXT NOT NULL,
        PRIMARY KEY (original, line)
    )
    """,
    """
    CREATE TABLE extracts (
        entry INTEGER PRIMARY KEY,
        original TEXT NOT NULL,
        batch TEXT NOT NULL,
        serial TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        status TEXT NOT NULL,
        why TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX extracts_in_force ON extracts (serial) WHERE status = 'issued'",
    "CREATE INDEX extracts_by_original ON extracts (original)",
    """
    CREATE TABLE extract_lines (
        extract INTEGER NOT NULL REFERENCES extracts (entry),
        line INTEGER NOT NULL,
        amount TEXT NOT NULL,
        unit TEXT NOT NULL,
        PRIMARY KEY (extract, line)
    )
    """,
    Kept("originals", "UPDATE", "rewritten"),
    Kept("originals", "DELETE", "deleted"),
    Kept("extracts", "DELETE", "deleted"),
    Kept("extract_lines", "UPDATE", "rewritten"),
    Kept("extract_lines", "DELETE", "deleted"),
)

# The sealed file's hash beside the issued one's, and certificates found by their bytes.
_PROOF: tuple[Statement, ...] = (
    "ALTER TABLE records ADD COLUMN sealed_sha256 TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE journal ADD COLUMN sealed_sha256 TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE extracts ADD COLUMN pdf_sha256 TEXT NOT NULL DEFAULT ''",
    """
    UPDATE extracts SET pdf_sha256 = COALESCE((
        SELECT MAX(journal.pdf_sha256) FROM journal WHERE journal.serial = extracts.serial
            AND journal.act = 'extract' AND journal.fingerprint = extracts.fingerprint
    ), '')
    """,
    "CREATE INDEX pdfs_by_sha256 ON pdfs (sha256)",
    "CREATE INDEX records_by_sealed ON records (sealed_sha256) WHERE sealed_sha256 <> ''",
    "CREATE INDEX extracts_by_sha256 ON extracts (pdf_sha256)",
    *("DROP INDEX records_by_date", "CREATE INDEX records_by_date ON records (issue_date, entry)"),
    "CREATE INDEX records_by_form_date ON records (form, issue_date, entry)",
    "CREATE INDEX records_by_status_date ON records (status, issue_date, entry)",
)

# Certificates found by their exporter's name, whatever part of it is known.
_NAMES: tuple[Statement, ...] = (
    "CREATE TABLE exporters (name TEXT PRIMARY KEY)",
    "INSERT INTO exporters (name) SELECT DISTINCT exporter FROM records",
    "CREATE INDEX records_by_exporter ON records (exporter, entry)",
)

# Serials found by any part of them: reckoned from their patterns, which are few, and so without an index.
_PARTS: tuple[Statement, ...] = (
    "CREATE TABLE patterns (pattern TEXT PRIMARY KEY, series TEXT NOT NULL)",
    "INSERT INTO patterns (pattern, series) SELECT DISTINCT pattern, series FROM records",
    Alone("patterns", ("rowid = NEW.rowid", "pattern = NEW.pattern")),
    Kept("patterns", "UPDATE", "rewritten"),
    Kept("patterns", "DELETE", "deleted"),
    *("DROP INDEX records_by_form", "CREATE INDEX records_by_form ON records (form, entry)"),
    *("DROP INDEX records_by_status", "CREATE INDEX records_by_status ON records (status, entry)"),
    "CREATE INDEX records_by_form_status_date ON records (form, status, issue_date, entry)",
)

STEPS = (
    _FIRST,
    _LIFE,
    _PROOF,
    _NAMES,
    NOTHING_GOES,
    MENDED,
    _PARTS,
    EXTRACTS_TOLD,
    (*IN_FORCE_NEARBY, SEARCHED),
)
VERSION = len(STEPS)
GUARDS = tuple(each for step in STEPS for each in step if isinstance(each, Guard))


def check_version(name: str, version: int, *, may_upgrade: bool = False) -> None:
    """Raises RegisterError for a register that this certgen must not write, with the command to run."""
    if version > VERSION:
        raise RegisterError(
            f"The register {name} was written by a newer certgen and is left alone. "
            "Get that version with: pip install --upgrade certgen"
        )
    if version < VERSION and not may_upgrade:
        raise RegisterError(
            f"The register {name} was written by an older certgen and is left as it is. "
            "Bring it up to date, once for everybody who uses it, with: certgen register upgrade"
        )
