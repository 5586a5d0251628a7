"""How sources are to be read: what every reader of a format is given."""

from dataclasses import dataclass

from esfkit.model.document import Bytes, Document, Passed, Unread
from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.sieve import Sieve

TEXT_FIELDS = ("text", "content", "body", "raw_content", "page_content", "html", "markdown")
"""Names under which dumps keep a page's text, the likeliest first."""

URL_FIELDS = ("url", "uri", "source_url", "page_url", "link", "warc_target_uri")
"""Names under which they keep its address."""

Item = Document | Unread | Passed | Bytes
"""What a reader yields."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are to be read.

    Attributes:
        limits: What to refuse.
        text_fields: Names of the field or column that holds a page's text, the first
            that a row has is taken.
        url_fields: Names of the one that holds its address.
        sieve: What drops the rows of a crawl that hold no record; without it all are read.
        list_headings: Folded headings of the official lists whose rows are records.
        shows_passed: Whether each dropped row is told on its own, with its bytes.
        may_die: Whether this process may read what can bring it down; :class:`Dangerous`
            is raised otherwise.
    """

    limits: Limits = DEFAULT_LIMITS
    text_fields: tuple[str, ...] = TEXT_FIELDS
    url_fields: tuple[str, ...] = URL_FIELDS
    sieve: Sieve | None = None
    list_headings: frozenset[str] = frozenset()
    shows_passed: bool = False
    may_die: bool = True

    def drops(self, content: bytes) -> bool:
        """Return whether the sieve drops a document of a crawl."""
        return self.sieve is not None and not self.sieve.may_hold(content)


DEFAULT_READING = Reading()
"""Everything is read, and by the usual names."""
