"""Saved HTML pages: which texts are one, and what a reader sees of them."""

import re
from typing import NamedTuple

from resiliparse.parse.html import HTMLTree

from esfkit.sources.pages.address import page_address
from esfkit.sources.pages.render import Rendered, render

_STRUCTURE = re.compile(
    r"</?(?:html|head|body|dl|dt|dd|table|thead|tbody|tr|td|th|div|span|p|br|hr|h[1-6]|ul|ol|li"
    r"|section|article|main)(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"<(?:!doctype\s|!--|\?xml\s)", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"<(?:html|head|body)[\s>]", re.IGNORECASE)
_CELLS_WITHOUT_TABLE = re.compile(r"<(?:tr|td|th|tbody|thead)[\s>]", re.IGNORECASE)
_FEWEST_TAGS = 2


class Page(NamedTuple):
    """What a reader sees of an HTML page.

    Attributes:
        text: The visible lines, label and value kept together.
        heading: The first ``h1``.
        url: The address the page gives itself.
        title: The words of ``title``, which stand in the window's frame.
    """

    text: str
    heading: str | None = None
    url: str | None = None
    title: str | None = None


def looks_like_html(text: str) -> bool:
    """Whether the text is HTML rather than plain text that mentions a tag.

    HTML begins with a tag, or has one for at least every second line. A text dump in
    which some ``<br>`` were left has its lines in its line ends, and reading it as
    HTML would lose them.
    """
    if "<" not in text:
        return False
    bare = text.lstrip()
    declared = _DECLARATION.match(bare) is not None
    if declared and _WHOLE_PAGE.search(text):
        return True
    tags = sum(1 for _ in _STRUCTURE.finditer(text))
    if tags < _FEWEST_TAGS:
        return False
    if declared or _STRUCTURE.match(bare):
        return True
    return tags * 2 >= sum(1 for line in text.split("\n") if line.strip())


def read_html(text: str) -> Page | None:
    """Return what a reader sees of the page, or ``None`` where the parser gives up."""
    if _CELLS_WITHOUT_TABLE.match(text.lstrip()):
        text = f"<table>{text}"  # a parser drops rows that stand in no table
    try:
        tree = HTMLTree.parse(text)
    except ValueError:
        return None
    seen = Rendered("", None) if tree.body is None else render(tree.body)
    url = None if tree.document is None else page_address(tree.document, text)
    title = " ".join((tree.title or "").split()) or None
    return Page(seen.text, seen.heading, url, title)
