"""Every number that guards the reader."""

from dataclasses import dataclass

_KIB = 1024
_MIB = 1024 * _KIB
_GIB = 1024 * _MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything is read before it is refused.

    ``esfkit ingest --limit document_bytes=16MiB`` raises one; the names are these.

    Attributes:
        document_bytes: The most bytes that one document may have.
        line_characters: The most characters that one line of a document may have.
        page_tags: The most tags that one HTML page may have: each takes about 1 KB of memory.
        row_bytes: The most bytes that one line of a JSONL file, row of a table or record
            of a crawl file may have.
        archive_members: The most members of one archive.
        archive_depth: How many archives deep an archive may stand in another.
        unpacked_bytes: The most bytes that one compressed file or archive may unpack to.
        unpacked_ratio: The most times its own size that it may unpack to, past
            ``ratio_free_bytes``.
        ratio_free_bytes: How much may be unpacked before the ratio is looked at.
        held_bytes: The most bytes of a member that must be held in memory as a whole, as
            a spreadsheet or an archive in an archive.
        json_depth: How deep a JSON row may be nested.
        worker_bytes: The most memory that a worker process may take.
        worker_seconds: The longest that a worker may give no sign of life.
    """

    document_bytes: int = 8 * _MIB
    line_characters: int = 16 * _MIB
    page_tags: int = 200_000
    row_bytes: int = 16 * _MIB
    archive_members: int = 100_000
    archive_depth: int = 1
    unpacked_bytes: int = 20 * _GIB
    unpacked_ratio: int = 200
    ratio_free_bytes: int = 10 * _MIB
    held_bytes: int = 256 * _MIB
    json_depth: int = 64
    worker_bytes: int = 2 * _GIB
    worker_seconds: int = 900


DEFAULT_LIMITS = Limits()
"""What is refused unless the caller says otherwise."""
