"""What a layout file may say, and all layouts there are."""

import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from esfkit.model.errors import BadRequest
from esfkit.model.kind import Kind


class Style(StrEnum):
    """How a value stands to its label; in a list, to its column's heading."""

    NEXT_LINE = "next_line"
    INLINE = "inline"
    GLUED = "glued"
    FLOW = "flow"
    NARRATIVE = "narrative"
    LIST = "list"


class Layout(BaseModel):
    """One family of pages. A layout chooses and sets; it never computes.

    Attributes:
        name: Its stable name, as in the column ``layout``.
        summary: One sentence for ``esfkit layouts``.
        kind: What a page of this layout is about.
        style: How its own pages print values; copies in other styles are read too.
        colon: Whether its labels end in a colon (``None``: either).
        language: Language of its labels.
        currency: Currency of amounts that print none.
        period: Programme period of every page, where the layout settles it.
        period_told_by: Fields of which a page must print one for that.
        fields: Fields whose labels its pages print; of a list, ``list_headings.csv`` tells.
        signature: Fields that tell this layout from others and from pages that are no record.
        minimum_signature: How many of them a page must print.
        minimum_labels: How many different fields of ``fields`` a page must print.
        sufficient: Fields that tell this layout as well, where a page prints all of them.
        named_by: Fields of which a page must print one: facts about a programme, a region
            or a year print the same labels, but none that names a project. Of a call one
            must have its value, as menus print the labels too.
        without_fund: Labels that tell its pages where the text names no fund; with none of
            both it is anybody's page. Empty: it need name none.
        words: Labels as only its own pages print them; a page must print one of them.
        absent: Fields that its own pages do not print; each weighs against it.
        decisive: Fields that settle that a page is of another kind.
        yields: Whether it gives way to a layout that fits as well: it takes what others leave.
        rename: Field → field it stands for on these pages.
        site: What the site of a narrative page calls itself: beginnings of words that
            follow each other in one line, as the name differs from language to language.
        minimum_headings: How many practice headings mark a narrative page without a site line.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    summary: str
    kind: Kind
    style: Style
    colon: bool | None = None
    language: Literal["sv", "en"] = "sv"
    currency: Literal["SEK", "EUR"] = "SEK"
    period: str | None = None
    period_told_by: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    minimum_signature: int = 1
    minimum_labels: int = 3
    sufficient: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    without_fund: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    decisive: tuple[str, ...] = ()
    yields: bool = False
    rename: dict[str, str] = {}
    site: tuple[str, ...] = ()
    minimum_headings: int = 3


_taught: Final[list[Layout]] = []
"""The layouts that a user has added in this process."""


def all_layouts() -> tuple[Layout, ...]:
    """Return every layout, the package's and a user's, sorted by name."""
    return _sorted((*packaged_layouts(), *_taught)) if _taught else packaged_layouts()


@cache
def packaged_layouts() -> tuple[Layout, ...]:
    """Return the layouts that the package brings along, sorted by name."""
    folder = files("esfkit.layouts").joinpath("definitions")
    texts = [
        entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    return _sorted(Layout.model_validate(tomllib.loads(text)) for text in texts)


def add_layouts(layouts: Iterable[Layout]) -> None:
    """Let there be these layouts besides the package's from now on, and no others."""
    _taught[:] = layouts


def _sorted(layouts: Iterable[Layout]) -> tuple[Layout, ...]:
    return tuple(sorted(layouts, key=lambda layout: layout.name))


def layout_named(name: str) -> Layout:
    """Return one layout.

    Raises:
        BadRequest: There is no layout of that name.
    """
    for layout in all_layouts():
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in all_layouts())
    raise BadRequest(f"there is no layout {name!r}; known are {known}")
