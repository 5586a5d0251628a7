"""One document's bytes to its text: a saved page or a text dump."""

import hashlib
import json
import re
from dataclasses import replace

from esfkit.model.document import Document, Origin, Unread
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import unread
from esfkit.sources.pages.decode import Decoded, decode, wide_encoding
from esfkit.sources.pages.html import Page, looks_like_html, read_html

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF file", "save its text, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an Office file", "unpack it, or save it as text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", "save it as text"),
    (b"{\\rtf", "an RTF file", "save it as text"),
    (b"\x1f\x8b", "a gzip file", "unpack it"),
    (b"BZh", "a bzip2 file", "unpack it"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it"),
    (b"PAR1", "a Parquet file", "give the pages that it was made from"),
    (b"SQLite format 3\x00", "an SQLite database", "give the pages that it was made from"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "give the page as text or HTML"),
    (b"\xff\xd8\xff", "a JPEG picture", "give the page as text or HTML"),
    (b"GIF8", "a GIF picture", "give the page as text or HTML"),
    (b"\x7fELF", "a program", "give the page as text or HTML"),
)
_WEB_ARCHIVE = re.compile(
    rb"^MIME-Version:[^\x00]{0,2000}?multipart/related", re.IGNORECASE | re.MULTILINE
)
_WEB_ARCHIVE_REACH = 4096

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")  # JSON can say them; no encoding can
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_CONTROL_SAMPLE = 64 * 1024
_CONTROL_SHARE = 0.05
"""A share of control bytes that no text reaches; random bytes have 0.1."""
_FEW_CONTROLS = 8
"""So many are let pass however short the text, such as stray NUL characters."""


def read_text_document(data: bytes, origin: Origin, limits: Limits) -> Document | Unread:
    """Return the document of the bytes, or what stood in the way.

    Args:
        data: All bytes of the document; one more than the limit is enough to refuse it.
        origin: Where they came from; hash, encoding and address are filled in.
        limits: What to refuse.
    """
    if len(data) > limits.document_bytes:
        return _too_long(origin, "document_bytes", limits.document_bytes, len(data))
    origin = replace(origin, sha256=hashlib.sha256(data).hexdigest())
    if not data.strip():
        return _empty(origin)
    looks_like = _binary_kind(data)
    if looks_like is not None:
        return unread(origin, Problem.DOCUMENT_BINARY, f"The file is {looks_like}.")
    decoded = decode(data)
    return _from_text(decoded, replace(origin, encoding=decoded.encoding), limits)


def read_crawled(content: bytes | str, origin: Origin, limits: Limits) -> Document | Unread:
    """Return the document of one row of a crawl.

    Args:
        content: Its bytes, or its text where the format holds text.
        origin: Where it stands; hash and encoding are filled in.
        limits: What to refuse.
    """
    findings: tuple[Finding, ...] = ()
    if isinstance(content, str):
        content, lone = _LONE_SURROGATES.subn("\ufffd", content)
        content = content.encode()
        findings = (_lone_surrogates(lone),) if lone else ()
    document = read_text_document(content, origin, limits)
    if isinstance(document, Unread):
        return document
    return replace(document, crawled=True, findings=(*findings, *document.findings))


def without_lone_halves(words: str) -> str:
    """Return the words with halves of characters, which no encoding can say, replaced."""
    return _LONE_SURROGATES.sub("\ufffd", words)


def _lone_surrogates(count: int) -> Finding:
    message = f"{count} halves of characters (lone surrogates) were replaced by U+FFFD."
    return Finding(code=Problem.INVALID_BYTES, severity=Severity.WARNING, message=message)


def _from_text(decoded: Decoded, origin: Origin, limits: Limits) -> Document | Unread:
    text, heading = decoded.text, None
    if _is_json(text):
        if text.lstrip().startswith("["):
            message = (
                "The file is one JSON array; write an object a line, as `jq -c '.[]'` does."
            )
            return unread(origin, Problem.FORMAT_UNSUPPORTED, message)
        message = "The file is JSON, not a page; give the pages that it was made from."
        return unread(origin, Problem.SOURCE_UNREADABLE, message, Severity.NOTE)
    if looks_like_html(text):
        tags = text.count("<")
        if tags > limits.page_tags:
            return _too_long(origin, "page_tags", limits.page_tags, tags)
        page = read_html(text)
        if page is None:
            message = "The HTML cannot be parsed; save the page again, or as plain text."
            return unread(origin, Problem.SOURCE_UNREADABLE, message)
        text, heading = page.text, _own_heading(page)
        origin = replace(origin, url=origin.url or page.url)
    return _checked(Document(text, origin, heading, decoded.findings), limits)


def _own_heading(page: Page) -> str | None:
    """Return the page's main heading unless it is the site's name, as logos are headings too.

    A title such as ``Hela vägen - Svenska ESF-rådet`` begins with the page and ends
    with the site: another heading than the one it begins with is the site's.
    """
    if page.heading is None or page.title is None:
        return page.heading
    own = page.title.casefold().startswith(page.heading.casefold())
    return page.heading if own else None


def _checked(document: Document, limits: Limits) -> Document | Unread:
    text, most = document.text, limits.line_characters
    if not text or text.isspace():
        return _empty(document.origin)
    # No line of a text this short can be too long, which is nearly every text.
    if len(text) > most:
        longest = max(map(len, text.split("\n")))
        if longest > most:
            return _too_long(document.origin, "line_characters", most, longest)
    return document


def _empty(origin: Origin) -> Unread:
    return unread(origin, Problem.DOCUMENT_EMPTY, "The document holds no text.")


def _too_long(origin: Origin, limit: str, most: int, met: int) -> Unread:
    what = {
        "document_bytes": "bytes or more",
        "line_characters": "characters in one line",
        "page_tags": "tags",
    }
    message = (
        f"The document has {met} {what[limit]}; the limit {limit} is {most}."
        f" Split it into one file a page, or raise the limit with --limit {limit}=…."
    )
    return unread(origin, Problem.DOCUMENT_TOO_LONG, message, Severity.ERROR)


def _binary_kind(data: bytes) -> str | None:
    """Say what the bytes are if they are no text, and what to do about it."""
    for signature, kind, advice in _SIGNATURES:
        if data.startswith(signature):
            return f"{kind}; {advice}"
    if _WEB_ARCHIVE.search(data, 0, _WEB_ARCHIVE_REACH):
        return "a web archive (MHTML); save the page as HTML"
    return None if _is_texty(data) else "binary; give the page as text or HTML"


def _is_texty(data: bytes) -> bool:
    sample = data[:_CONTROL_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls <= _FEW_CONTROLS or controls <= _CONTROL_SHARE * len(sample):
        return True
    return wide_encoding(data) is not None


def _is_json(text: str) -> bool:
    """Whether the text is JSON, or JSON lines, rather than a page."""
    bare = text.lstrip()
    if not bare.startswith(("{", "[")):
        return False
    try:
        value, end = json.JSONDecoder().raw_decode(bare)
    except RecursionError:
        return True  # only JSON, or an attack by it, is nested a thousand deep
    except ValueError:
        return False
    rest = bare[end:].lstrip()
    return not rest or (isinstance(value, dict) and rest.startswith("{"))
