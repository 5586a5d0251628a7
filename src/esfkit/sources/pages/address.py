"""Where a saved HTML page once stood.

A page names its address in several places. Those that hold ``dnr=``, the project's
number, are worth most, so such a one wins over a canonical link without it.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from resiliparse.parse.html import DocumentNode

_SAVED_FROM = re.compile(r"<!-- saved from url=\([0-9]{1,6}\)(\S{1,2048})")
_SINGLE_FILE = re.compile(r"<!--\s{1,9}Page saved with SingleFile\s{1,9}url: (\S{1,2048})")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2040}")
_NUMBER = re.compile(r"[?&]dnr=([^&#]{1,40})", re.IGNORECASE)
_COMMENT_REACH = 4096


def page_address(document: DocumentNode, source: str) -> str | None:
    """Return the address of the page, or ``None`` where it names none.

    Args:
        document: The page as a tree.
        source: The same page as text.
    """
    base = _attribute(document, "base[href]", "href")
    known = [one for one in _named(document, source, base) if one]
    address = known[0] if known else None
    if "dnr=" not in source:
        return address
    numbered = [one for one in [*known, base or ""] if _is_numbered(one)]
    own = numbered or _own_links(document, base, address)
    return own[0] if own else address


def _named(document: DocumentNode, source: str, base: str | None) -> Iterator[str | None]:
    """Yield what the page calls its own address, most trusted first."""
    yield _absolute(base, _attribute(document, "link[rel=canonical][href]", "href"))
    yield _absolute(base, _attribute(document, 'meta[property="og:url"]', "content"))
    yield _absolute(base, _attribute(document, 'meta[name="og:url"]', "content"))
    for pattern in (_SAVED_FROM, _SINGLE_FILE):
        found = pattern.search(source, 0, _COMMENT_REACH)
        yield _absolute(None, found[1] if found else None)


def _own_links(document: DocumentNode, base: str | None, address: str | None) -> list[str]:
    """Return the one address with ``dnr=`` that the page gives itself in links or forms.

    A list of projects links to many: then none of them is the page's own.
    """
    found: dict[str, str] = {}
    for link in document.query_selector_all('a[href*="dnr="],form[action*="dnr="]').values():
        target = link.getattr("href") or link.getattr("action")
        absolute = _absolute(base or address, target)
        number = _NUMBER.search(absolute or "")
        if absolute and number and _is_own(absolute, address, is_form=link.tag == "form"):
            found.setdefault(number[1], absolute)
    return list(found.values()) if len(found) == 1 else []


def _is_own(target: str, address: str | None, *, is_form: bool) -> bool:
    if address is None:
        return is_form  # a form posts to its own page; a link may lead anywhere
    own, other = urlsplit(address), urlsplit(target)
    same_host = own.netloc.casefold() == other.netloc.casefold()
    return same_host and own.path.rstrip("/") == other.path.rstrip("/")


def _is_numbered(address: str) -> bool:
    return _ADDRESS.fullmatch(address) is not None and _NUMBER.search(address) is not None


def _attribute(document: DocumentNode, selector: str, name: str) -> str | None:
    element = document.query_selector(selector)
    return element.getattr(name) if element is not None else None


def _absolute(base: str | None, address: str | None) -> str | None:
    """Return the address if it is one that can be asked for, joined to the base."""
    if not address:
        return None
    try:
        joined = urljoin(base or "", address.strip())
        urlsplit(joined)
    except ValueError:  # such as http://[
        return None
    return joined if _ADDRESS.fullmatch(joined) else None
