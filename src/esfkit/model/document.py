"""One page of text and where it came from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from esfkit.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from.

    Attributes:
        path: The file as given by the caller, or ``-`` for standard input.
        member: The archive member, WARC record, Parquet row or sheet's cells inside that
            file, if any.
        line: The 1-based line of a line-based file, if any.
        url: The page's address where the source holds one.
        sha256: Hash of the document's bytes, in hex.
        encoding: The encoding it was decoded from, such as ``utf-8`` or ``cp1252``.
    """

    path: str | None = None
    member: str | None = None
    line: int | None = None
    url: str | None = None
    sha256: str | None = None
    encoding: str | None = None


class Cell(NamedTuple):
    """One cell of a row of an official list, as it stands in the row's text.

    Attributes:
        heading_start: Offset of the column's heading.
        heading_end: Offset past it.
        start: Offset of the cell's words.
        end: Offset past them; ``start`` where the cell is empty.
    """

    heading_start: int
    heading_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One page of text, decoded once and never changed afterwards.

    Spans count code points of ``text``. Nothing may normalise or re-case the
    text in place: both can change its length and so move every later span.

    Attributes:
        text: The decoded text.
        origin: Where it came from.
        heading: The page's own main heading where the format marks one (HTML ``h1``).
        findings: What reading the bytes gave rise to.
        crawled: Whether it is one of the many of a crawl, where only some kinds of
            record are looked for.
        cells: The cells of a row of an official list; empty for pages.
    """

    text: str
    origin: Origin = Origin()
    heading: str | None = None
    findings: tuple[Finding, ...] = ()
    crawled: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A document or file that gave no text: what stood in the way, and where.

    Attributes:
        origin: The file or member concerned.
        finding: The reason, with what to do next in its message.
        may_pass: Whether it may be read another time, as after an error of the disk.
    """

    origin: Origin
    finding: Finding
    may_pass: bool = False


class Why(StrEnum):
    """Why a document was passed over without being decoded."""

    SCREENED_OUT = "screened_out"
    NO_TEXT = "no_text"
    NO_PAGE = "no_page"
    OTHER_COUNTRY = "other_country"


@dataclass(frozen=True, slots=True)
class Passed:
    """Documents of a crawl or list that were passed over before they were decoded.

    Attributes:
        count: How many.
        origin: The one document, where each is told on its own.
        content: Its bytes, where a sample of what the sieve dropped is wanted.
        why: The reason.
    """

    count: int
    origin: Origin | None = None
    content: bytes = b""
    why: Why = Why.SCREENED_OUT


@dataclass(frozen=True, slots=True)
class Bytes:
    """How far reading has come since the last time.

    Attributes:
        count: Bytes of the input read, for progress.
        lines: Lines of the file passed, where it is read line by line: what a later part
            of the same file counts its lines from.
    """

    count: int
    lines: int = 0
