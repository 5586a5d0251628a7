"""The title that stands above a header."""

from typing import NamedTuple

from esfkit.parsing.lines import Lines
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import chrome, is_chrome

_LONGEST_TITLE = 300
_LONGEST_FURNITURE = 400
_SENTENCE_ENDS = (". ", "! ", "? ")
_SENTENCE = 40  # characters from which a line that ends in a full stop is a sentence
_SHORTEST_WRAPPED = 40  # a title's first line is not broken before this column
_MARKUP = " \t\u00a0#*_=>|•"


class Title(NamedTuple):
    """A title line's place, markup left out."""

    start: int
    end: int
    line: int


def find_title(lines: Lines, first: int, stop: int, heading: str | None) -> Title | None:
    """Return the title above line ``stop``, not above line ``first``.

    It is the line equal to the page's own main heading where the format marks one,
    else the nearest line that is not page furniture, with the line above it where
    it was wrapped.
    """
    if heading:
        wanted = fold(heading)
        for number in range(stop - 1, first - 1, -1):
            if fold(lines.words[number]) == wanted:
                return _title(lines, number, number)
    for number in range(stop - 1, first - 1, -1):
        words = lines.words[number].strip(_MARKUP)
        if _is_no_title(words) or _is_table_row(lines, number):
            continue
        if len(words) > _LONGEST_TITLE:
            return None
        return _title(lines, _first_of_wrapped(lines, number, first), number)
    return None


def _is_no_title(words: str) -> bool:
    """Return whether a line is furniture, announces what follows, or is a sentence."""
    if not any(map(str.isalnum, words)) or is_chrome(words) or words.endswith(":"):
        return True
    return words.endswith(".") and len(words) > _SENTENCE and not words.endswith("..")


def _is_table_row(lines: Lines, number: int) -> bool:
    """Return whether a line is a row of a table in Markdown: headings of cells, no title."""
    return lines.words[number].lstrip().startswith("|")


def find_title_before(lines: Lines, line: int, stop: int, above: int) -> Title | None:
    """Return the title in a running line before offset ``stop``, after any furniture.

    Below offset ``above`` in the same line stands another record: there the title is
    what follows the last sentence of its prose.
    """
    begin = lines.starts[line]
    if above > begin:
        begin = max(above, stop - _LONGEST_TITLE)
        begin += _end_of_last_sentence(lines.text[begin:stop])
    words = lines.text[begin:stop]
    if len(words) > _LONGEST_TITLE + _LONGEST_FURNITURE:
        return None
    begin += _end_of_furniture(words)
    words = lines.text[begin : begin + _begin_of_furniture(lines.text[begin:stop])]
    bare = words.strip(_MARKUP)
    if not bare or len(bare) > _LONGEST_TITLE:
        return None
    start = begin + words.index(bare)
    return Title(start, start + len(bare), line)


def _end_of_last_sentence(words: str) -> int:
    return max(
        (words.rfind(mark) + len(mark) for mark in _SENTENCE_ENDS if mark in words), default=0
    )


def _end_of_furniture(words: str) -> int:
    """Return where the furniture at the beginning of a running line ends."""
    lowered = words.casefold()
    if len(lowered) != len(words):
        return 0
    end = 0
    for phrase in (*chrome().lines, *chrome().starts):
        at = lowered.rfind(phrase) if " " in phrase else -1
        if at >= 0 and lowered[at + len(phrase) :].strip():
            end = max(end, at + len(phrase))
    rest = words[end:]
    return end + len(rest) - len(rest.lstrip(" .:!"))


def _begin_of_furniture(words: str) -> int:
    """Return where the furniture at the end of a title in a running line begins."""
    lowered = words.rstrip().casefold()
    for phrase in chrome().lines:
        if " " in phrase and lowered.endswith(phrase) and len(lowered) == len(words.rstrip()):
            return len(lowered) - len(phrase)
    return len(words)


def _first_of_wrapped(lines: Lines, number: int, first: int) -> int:
    """Return the line above where the title began there, else the line itself."""
    above = number - 1
    if above < first:
        return number
    words = lines.words[above].strip()
    whole = len(words) + len(lines.words[number])
    alone = above == first or not lines.words[above - 1].strip()
    if len(words) < _SHORTEST_WRAPPED or whole > _LONGEST_TITLE or not alone:
        return number
    return number if is_chrome(words) or words.endswith((".", "!", "?")) else above


def _title(lines: Lines, first: int, last: int) -> Title:
    start, _ = lines.content(first)
    _, end = lines.content(last)
    words = lines.text[start:end]
    start += len(words) - len(words.lstrip(_MARKUP))
    end -= len(words) - len(words.rstrip(_MARKUP))
    return Title(start, max(start, end), first)
