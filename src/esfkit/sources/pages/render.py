"""The visible text of an HTML page, label and value kept together.

The tree is walked with a stack of our own: pages nested 100,000 elements deep exist,
and Python's would not hold them.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from resiliparse.parse.html import ElementNode, Node, TextNode

from esfkit.sources.pages.lines import Family, Lines
from esfkit.sources.pages.tables import (
    column_labels,
    is_plain_row,
    row_cells,
    table_parts,
)

NOT_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "title", "meta", "link"}
    | {"iframe", "object", "embed", "canvas", "audio", "video", "map"}
    | {"input", "select", "textarea", "datalist", "progress", "meter"}
)
_FEWEST_PARTS = 6  # three labels and their values
_MARGINS = frozenset({"nav", "footer", "aside"})
_MARGIN_ROLES = frozenset({"navigation", "contentinfo"})
_LINE_BLOCKS = [
    *("address", "body", "caption", "center", "details", "dialog", "div", "fieldset"),
    *("figcaption", "figure", "form", "header", "hgroup", "legend", "main", "search"),
    *("summary", "tbody", "td", "tfoot", "th", "thead"),
]
_PARAGRAPHS = ["p", "article", "blockquote", "section"]
_LISTS = ["ul", "ol", "menu", "dir"]
_WITHIN_WORDS = ["sup", "sub", "wbr", "img"]
_NAMING = frozenset({"b", "strong", "span", "label", "font"})
"""Inline elements that hold a label when text is glued to their end; links do not."""
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]

_Step = Node | Callable[[], None]


class Rendered(NamedTuple):
    """The words of a page.

    Attributes:
        text: The lines a reader sees, without menus and footers.
        heading: The first ``h1``, if the page has one.
    """

    text: str
    heading: str | None


def render(root: ElementNode) -> Rendered:
    """Return the words below the element as lines."""
    walk = _Walk()
    walk.run(root)
    return Rendered(walk.lines.text(), walk.heading)


class _Walk:
    """One walk over a tree; the handlers below tell what each element does to the lines."""

    def __init__(self) -> None:
        self.lines = Lines()
        self.heading: str | None = None
        self.labels: tuple[str, ...] = ()
        self.preformatted = 0
        self.fact_boxes = 0
        self._family = Family([])
        self._steps: list[_Step] = []

    def run(self, root: ElementNode) -> None:
        steps = self._steps
        steps.append(root)
        while steps:
            step = steps.pop()
            if isinstance(step, TextNode):
                self._words(step.node_value or "")
            elif isinstance(step, ElementNode):
                self._element(step)
            elif not isinstance(step, Node):
                step()

    def descend(self, element: ElementNode, close: Callable[[], None]) -> None:
        """Walk the children next, then close the element."""
        if not element.child_element_count:
            # Nothing but words: asking for them makes no node of the tree an object.
            self._words(element.text_content or "")
            close()
            return
        children = element.child_nodes.values()
        self.then([partial(self._close, self._family, close)])
        self._family = Family(children)
        self._steps.extend(reversed(children))

    def then(self, steps: Iterable[_Step]) -> None:
        """Do these steps next, in this order."""
        self._steps.extend(reversed(list(steps)))

    def leave_inline(self) -> None:
        self.lines.leave(self._family, named=False)

    def leave_naming(self) -> None:
        self.lines.leave(self._family, named=True)

    def _close(self, family: Family, close: Callable[[], None]) -> None:
        self._family = family
        close()

    def _words(self, text: str) -> None:
        if not text:
            return
        if self.preformatted:
            self.lines.preformatted(text)
        else:
            self.lines.words(text)

    def _element(self, element: ElementNode) -> None:
        tag = element.tag or ""
        if tag in NOT_SHOWN:
            return
        if self._is_left_out(element, tag):
            self.lines.end_line()
            return
        _HANDLERS.get(tag, _inline)(self, element)

    def _is_left_out(self, element: ElementNode, tag: str) -> bool:
        if tag in _MARGINS:
            return tag != "aside" or not (self.fact_boxes or _is_fact_box(element))
        if not element.attrs:
            return False
        return element.hasattr("hidden") or element.getattr("role") in _MARGIN_ROLES


def _is_fact_box(aside: ElementNode) -> bool:
    """Whether the margin holds the record itself rather than links to others."""
    if aside.query_selector("dl,table,h1") is not None:
        return True
    words = (aside.text or "").strip()
    linked = sum(len(link.text or "") for link in aside.query_selector_all("a"))
    labelled = ":" in words or aside.query_selector("b,strong,label") is not None
    paired = len(aside.query_selector_all("div,p,li,span")) >= _FEWEST_PARTS
    return (labelled or paired) and 2 * linked < len(words)


# --- what each element does to the lines


_Handler = Callable[[_Walk, ElementNode], None]


def _between(before: Callable[[Lines], None], after: Callable[[Lines], None]) -> _Handler:
    """Return the handler of an element that does one thing as it opens and one as it closes."""

    def handle(walk: _Walk, element: ElementNode) -> None:
        before(walk.lines)
        walk.descend(element, partial(after, walk.lines))

    return handle


def _inline(walk: _Walk, element: ElementNode) -> None:
    named = walk.lines.enter() and element.tag in _NAMING
    walk.descend(element, walk.leave_naming if named else walk.leave_inline)


def _within_word(walk: _Walk, element: ElementNode) -> None:
    walk.descend(element, _nothing)


def _nothing() -> None:
    """Leave the lines as they are."""


def _line_break(walk: _Walk, _: ElementNode) -> None:
    walk.lines.line_break()


def _rule(walk: _Walk, _: ElementNode) -> None:
    walk.lines.paragraph()


def _heading(walk: _Walk, element: ElementNode) -> None:
    walk.lines.paragraph()
    walk.lines.headings += 1
    walk.descend(element, partial(_end_heading, walk, element.tag == "h1", len(walk.lines)))


def _end_heading(walk: _Walk, is_first_level: bool, mark: int) -> None:  # noqa: FBT001
    walk.lines.headings -= 1
    walk.lines.paragraph()
    if is_first_level and walk.heading is None:
        walk.heading = walk.lines.since(mark) or None


def _button(walk: _Walk, element: ElementNode) -> None:
    # A heading that opens and closes its section is a button inside.
    if walk.lines.headings:
        _inline(walk, element)


def _preformatted(walk: _Walk, element: ElementNode) -> None:
    walk.lines.paragraph()
    walk.preformatted += 1
    walk.descend(element, partial(_end_preformatted, walk))


def _end_preformatted(walk: _Walk) -> None:
    walk.preformatted -= 1
    walk.lines.paragraph()


def _fact_box(walk: _Walk, element: ElementNode) -> None:
    walk.lines.paragraph()
    walk.fact_boxes += 1
    walk.descend(element, partial(_end_fact_box, walk))


def _end_fact_box(walk: _Walk) -> None:
    walk.fact_boxes -= 1
    walk.lines.part()


def _table(walk: _Walk, element: ElementNode) -> None:
    walk.lines.section()
    outer, parts = walk.labels, table_parts(element)
    walk.labels = column_labels(parts)
    rows = _rows_after_labels(parts) if walk.labels else parts
    walk.then([*rows, partial(_end_table, walk, outer)])


def _rows_after_labels(parts: list[Node]) -> list[Node]:
    first = next(number for number, part in enumerate(parts) if part.tag == "tr")
    return parts[:first] + parts[first + 1 :]


def _end_table(walk: _Walk, labels: tuple[str, ...]) -> None:
    walk.labels = labels
    walk.lines.part()


def _row(walk: _Walk, row: ElementNode) -> None:
    cells = row_cells(row)
    walk.lines.end_line()
    if walk.labels and len(cells) == len(walk.labels):
        walk.then(_labelled(walk, cells))
    elif is_plain_row(cells):
        walk.then(_side_by_side(walk, cells))
    else:
        walk.then(_one_below_another(walk, cells))


def _labelled(walk: _Walk, cells: list[ElementNode]) -> list[_Step]:
    """Put the column's label above each cell and an empty line around the row."""
    steps: list[_Step] = [walk.lines.part]
    for label, cell in zip(walk.labels, cells, strict=True):
        steps += [partial(walk.lines.words, label), walk.lines.follow, cell, walk.lines.follow]
    return [*steps, walk.lines.part]


def _side_by_side(walk: _Walk, cells: list[ElementNode]) -> list[_Step]:
    steps: list[_Step] = []
    for cell in cells:
        steps += [walk.lines.tab, partial(_within_word, walk, cell)]
    return [*steps, walk.lines.end_line]


def _one_below_another(walk: _Walk, cells: list[ElementNode]) -> list[_Step]:
    steps: list[_Step] = []
    for cell in cells:
        steps += [cell, walk.lines.follow]
    return steps


_HANDLERS: dict[str, _Handler] = {
    **dict.fromkeys(_LINE_BLOCKS, _between(Lines.end_line, Lines.end_line)),
    **dict.fromkeys(_PARAGRAPHS, _between(Lines.paragraph, Lines.paragraph)),
    **dict.fromkeys(_LISTS, _between(Lines.end_line, Lines.part)),
    **dict.fromkeys(_WITHIN_WORDS, _within_word),
    **dict.fromkeys(_HEADINGS, _heading),
    "aside": _fact_box,
    "br": _line_break,
    "button": _button,
    **dict.fromkeys(("dt", "dd"), _between(Lines.follow, Lines.follow)),
    "dl": _between(Lines.section, Lines.part),
    "hr": _rule,
    "li": _between(Lines.bullet, Lines.end_bullet),
    "pre": _preformatted,
    "table": _table,
    "tr": _row,
}
