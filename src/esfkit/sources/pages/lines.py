"""The lines of an HTML page, put together piece by piece as its elements are walked."""

import re

from resiliparse.parse.html import Node, TextNode

_SPACES = re.compile("[ \t\n\r\f]+")
"""What HTML collapses; U+00A0 is not among it and stays."""

_WORD = re.compile(r"[^\W_]")
_CLINGS_BEFORE = frozenset(":;,.!?)]%/@…")
_CLINGS_AFTER = frozenset("([/@")
_OPENS_VALUE = frozenset('"”“€+')


class Family:
    """The children of one element, asked whether they are a sentence or cells in a row."""

    __slots__ = ("_children", "_has_words")

    def __init__(self, children: list[Node]) -> None:
        self._children = children
        self._has_words: bool | None = None

    @property
    def has_words(self) -> bool:
        """Whether words of the parent's own stand between the elements, as in prose."""
        if self._has_words is None:
            self._has_words = any(
                isinstance(child, TextNode) and _WORD.search(child.node_value or "")
                for child in self._children
            )
        return self._has_words


class Lines:
    """Collects words into lines, and decides what stands between two pieces.

    Label and value often stand in neighbouring elements with nothing between them,
    or with white space that a browser shows as a column. A tab keeps them apart
    there; inside a sentence or a word nothing is added.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._space = ""
        self._left: Family | None = None
        self._entered = False
        self._named = False
        self._blank = False
        self._following = False
        self._bullet = ""
        self.headings = 0

    def __len__(self) -> int:
        return len(self._lines)

    def since(self, mark: int) -> str:
        """Return the words of the lines from the mark on, single blanks between them."""
        return " ".join(" ".join(self._lines[mark:]).split())

    def text(self) -> str:
        """Return the whole page."""
        self.end_line()
        return "\n".join(self._lines)

    # --- words

    def words(self, text: str) -> None:
        """Add text of the page, its white space collapsed as in a browser."""
        collapsed = _SPACES.sub(" ", text)
        words = collapsed.strip(" ")
        if not words.strip("\xa0"):
            self._space = (self._space or collapsed) if self._line else ""
            return
        if collapsed[0] == " ":
            self._space = self._space or " "
        self._add(words)
        self._space = " " if collapsed[-1] == " " else ""

    def preformatted(self, text: str) -> None:
        """Add text whose line ends and blanks count."""
        for number, line in enumerate(text.split("\n")):
            if number and not self._line:
                self._lines.append("")
            elif number:
                self.end_line()
            if line:
                self._add(line)

    def _add(self, words: str) -> None:
        if self._line:
            self._line.append(self._joint(words))
        elif self._bullet:
            self._line.append(self._bullet)
            self._bullet = ""
        self._line.append(words)
        self._space = ""
        self._left = None
        self._following = False

    def _joint(self, words: str) -> str:
        left = self._left
        if left is None:
            return self._space
        if not self._entered or left.has_words:
            return self._space or self._glue(words)
        if words[0] in _CLINGS_BEFORE or self._line[-1][-1:] in _CLINGS_AFTER:
            return self._space
        return (self._space or " ") if self.headings else "\t"

    def _glue(self, words: str) -> str:
        """Return what parts an element's last word from text that follows without a blank."""
        first, last, before = words[0], self._line[-1][-1:], self._line[-1][-2:-1]
        if not (first.isalnum() or first in _OPENS_VALUE):
            return ""
        if not (last.isalnum() or last == ")") or (last.isdigit() and first.isdigit()):
            return ""
        if not first.islower() or (self._named and before.isalnum()):
            return "\t"
        # One word of which a part is marked: Projekt<b>ä</b>gare, or a large initial.
        return "" if last.islower() or not before.isalnum() else "\t"

    # --- elements within a line

    def enter(self) -> bool:
        """Note that an inline element begins; tell whether the line begins with it."""
        self._entered = self._left is not None
        return not self._line

    def leave(self, family: Family, *, named: bool) -> None:
        """Note that an inline element of the family ends, one that may name what follows."""
        self._left, self._entered, self._named = family, False, named

    def tab(self) -> None:
        """Part what comes next from the cell before it."""
        self._left, self._space = None, "\t"

    # --- line ends

    def end_line(self) -> None:
        """End the line, if anything stands on it."""
        if self._line:
            if self._blank and self._lines and self._lines[-1]:
                self._lines.append("")
            self._blank = False
            self._lines.append("".join(self._line))
            self._line.clear()
        self._space = ""
        self._left = None

    def paragraph(self) -> None:
        """End the line and leave one empty, but never between a label and its value."""
        self.end_line()
        self._blank = not self._following

    def part(self) -> None:
        """End the line and leave one empty before whatever comes next."""
        self.end_line()
        self._blank, self._following = True, False

    def follow(self) -> None:
        """End the line and let the next words follow without an empty one."""
        self.end_line()
        self._blank, self._following = False, True

    def section(self) -> None:
        """End the line and leave one empty now, so that :meth:`follow` cannot undo it."""
        self.end_line()
        if self._lines and self._lines[-1]:
            self._lines.append("")
        self._blank = False

    def line_break(self) -> None:
        """End the line as ``br`` does: the second one in a row gives an empty line."""
        if self._line:
            self.end_line()
        else:
            self._blank = not self._following

    def bullet(self) -> None:
        """Begin the item of a list."""
        self.follow()
        self._bullet = " • "

    def end_bullet(self) -> None:
        """End the item of a list, which may have been empty."""
        self.end_line()
        self._bullet = ""
