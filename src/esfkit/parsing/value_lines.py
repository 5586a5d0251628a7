"""The lines below a label that may be its value, or the rest of one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from esfkit.parsing.grouping import LONGEST_VALUE
from esfkit.parsing.lines import Lines
from esfkit.parsing.main_form import Readable
from esfkit.parsing.scan import HARD_BREAK, Form, Hit
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import furniture, headings, is_chrome

USUAL_DISTANCE = 2
"""Lines from a label to the next one: the label, its value, a label."""

_BLANKS = " \t\u00a0"
_LONGEST_UNLABELLED = 120  # a longer line after a blank is prose, not a value
_MOST_REPORTS = 30  # lines; more of them in a row are something else
_SHORTEST_PROSE = 60  # a longer line with another right below it is the begin of prose


class ValueLines(NamedTuple):
    """The lines of one header, and what is the same for all its values.

    Attributes:
        hits: Its labels.
        lines: The document.
        readable: Whether words are a value of a field.
        spaced: Whether a blank line stands between label and value.
        colon: Whether most labels end in a colon.
        stray: Spans of filled lines that no label accounts for; filled on the way.
    """

    hits: Sequence[Hit]
    lines: Lines
    readable: Readable
    spaced: bool
    colon: bool
    stray: list[tuple[int, int]]

    @classmethod
    def of(cls, hits: Sequence[Hit], lines: Lines, readable: Readable) -> Self:
        """Return the lines of a header with these labels."""
        colon = 2 * sum([hit.colon for hit in hits]) > len(hits)
        return cls(hits, lines, readable, _is_spaced(hits, lines), colon, [])

    def content(self, hit: Hit, number: int) -> tuple[int, int]:
        """Return the span of a line below a label, without a mark that both lines have."""
        words = self.lines.words[number]
        if words and words[0].isalnum() and words[-1].isalnum():  # as most are
            start = self.lines.starts[number]
            return start, start + len(words)
        text = self.lines.text
        start, end = self.lines.content(number)
        if start == end or (text[start].isalnum() and text[end - 1] != HARD_BREAK):
            return start, end
        lead = text[self.lines.starts[hit.line] : hit.start]
        start += _length_of_mark(text[start:end], lead)
        return self.lines.trim(start, end - text.endswith(HARD_BREAK, start, end))

    def words(self, hit: Hit, number: int) -> str:
        """Return the words of a line below a label, without a mark that both lines have."""
        start, end = self.content(hit, number)
        return self.lines.text[start:end]

    def leave_stray(self, numbers: Iterable[int]) -> None:
        """Count lines among those that no label accounts for."""
        self.stray.extend(self.lines.content(number) for number in numbers)


def _length_of_mark(words: str, lead: str) -> int:
    """Return the length of a colon, or of a list or quotation mark, before a value.

    Any other mark than the usual ones counts where the label's line begins with it too.
    """
    mark = words[:1] if words[:1] in "•>:" else next(iter(lead.split()), "")
    rest = words.removeprefix(mark)
    if not mark or rest == words or rest[:1] not in _BLANKS:
        return 0
    return len(words) - len(rest.lstrip())


def _is_spaced(hits: Sequence[Hit], lines: Lines) -> bool:
    """Return whether most labels have a blank line between them and what follows."""
    if hits[-1].line - hits[0].line <= USUAL_DISTANCE * (len(hits) - 1):
        return False
    own = [hit.line + 1 for hit in hits[:-1] if hit.form is Form.OWN]
    blank = sum(lines.is_blank(number) for number in own if number < len(lines.words))
    return 2 * blank > len(own)


def may_be_no_value(words: str) -> bool:
    """Return whether the line below a label may be furniture or an unknown label."""
    return words.endswith(":") or words in furniture()


def lines_between(hit: Hit, following: Hit, reader: ValueLines) -> list[int]:
    """Return the filled lines between two labels; an unknown label ends them."""
    numbers: list[int] = []
    lines = reader.lines
    for number in range(hit.line + 1, following.line):
        if lines.is_blank(number):
            continue
        words = lines.words[number].strip()
        if is_chrome(words) and _is_furniture_here(hit, words, numbers, reader):
            continue
        if reader.colon and words.endswith(":") and (numbers or hit.label.field != "title"):
            rest = range(number, following.line)
            reader.leave_stray([each for each in rest if not lines.is_blank(each)])
            break
        numbers.append(number)
    return numbers


def _is_furniture_here(
    hit: Hit, words: str, numbers: Sequence[int], reader: ValueLines
) -> bool:
    """Return whether furniture is not this label's value.

    ``Nej`` is a button and an answer, ``Lyssna`` a button and perhaps a project.
    """
    if numbers or hit.value_end > hit.value_start:
        return True
    verdict = reader.readable(hit.label.field, words)
    return " " in words if verdict is None else not verdict


def last_lines(hit: Hit, reader: ValueLines) -> Sequence[int]:
    """Return the lines that may be the last label's value: prose must not become one."""
    lines, count = reader.lines, len(reader.lines.words)
    first = lines.first_filled(hit.line + 1, count)
    if first == count or (first > hit.line + 1 and not reader.spaced):
        return []
    words = reader.words(hit, first)
    if reader.readable(hit.label.field, words) is True:
        return [first]
    if _is_heading_or_chrome(words, reader) or _is_prose(
        words, after_blank=first > hit.line + 1
    ):
        return []
    reports = _reports(hit, first, reader)
    return reports or _short_or_wrapped(hit, words, first, reader)


def _reports(hit: Hit, first: int, reader: ValueLines) -> Sequence[int]:
    """Return the lines of a list of reports up to a blank line or heading, if they are one."""
    if hit.label.field != "evaluation_reports":
        return ()
    lines = reader.lines
    for number in range(first, min(first + _MOST_REPORTS, len(lines.words))):
        words = reader.words(hit, number)
        if lines.is_blank(number) or _is_heading_or_chrome(words, reader):
            return range(first, number)
        if _is_prose(words, after_blank=True) or (number > first and words[:1].islower()):
            return ()
    return range(first, len(lines.words)) if len(lines.words) < first + _MOST_REPORTS else ()


def _short_or_wrapped(hit: Hit, words: str, first: int, reader: ValueLines) -> Sequence[int]:
    """Return the line below the last label, with the next one where it goes on there."""
    lines = reader.lines
    second = lines.words[first + 1].strip() if first + 1 < len(lines.words) else ""
    if not second or lines.is_blank(first + 1):
        return [first]
    if _goes_on(words, second):
        return [first, first + 1]
    return [] if len(words) >= _SHORTEST_PROSE and hit.value_end == hit.value_start else [first]


def _goes_on(words: str, second: str) -> bool:
    """Return whether the second line is the rest of a wrapped value and no prose."""
    if _is_prose(f"{words} {second}", after_blank=True):
        return False
    return words.endswith((",", "-")) or second[0].islower()


def _is_heading_or_chrome(words: str, reader: ValueLines) -> bool:
    if fold(words).rstrip(":") in headings() or is_chrome(words):
        return True
    return reader.colon and words.endswith(":")


def _is_prose(words: str, *, after_blank: bool) -> bool:
    """Return whether a line after the last label is a sentence and not its value."""
    longest = _LONGEST_UNLABELLED if after_blank else LONGEST_VALUE
    return len(words) > longest or words.endswith((".", "!", "?"))
