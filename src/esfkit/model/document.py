"""One page of text and where it came from."""

from dataclasses import dataclass

from esfkit.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from.

    Attributes:
        path: The file as given by the caller, or ``-`` for standard input.
        member: The archive member or crawl row inside that file, if any.
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
    """

    text: str
    origin: Origin = Origin()
    heading: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A document or file that gave no text: what stood in the way, and where.

    Attributes:
        origin: The file or member concerned.
        finding: The reason, with what to do next in its message.
    """

    origin: Origin
    finding: Finding
