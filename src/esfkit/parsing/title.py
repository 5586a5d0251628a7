"""The title that stands above a header."""

import re
from typing import NamedTuple

from esfkit.parsing.lines import Lines
from esfkit.values.dates import PartialDate, read_date
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import chrome, headings, is_chrome
from esfkit.vocabulary.labels import label_table

_LONGEST_TITLE = 300
_LONGEST_FURNITURE = 400
_ENDS = (".", "!", "?")
_SENTENCE_ENDS = (". ", "! ", "? ")
_SENTENCE = 40  # characters from which a line that ends in a full stop is a sentence
_SHORTEST_WRAPPED = 40  # a title's first line is not broken before this column …
_SHORTEST_GOING_ON = 20  # … or not before this one, if the next line tells that it goes on
_MOST_WRAPPED = 3  # lines of a title
_LONGEST_KNOWN = 100  # no label, heading, date or path is longer
_LONGEST_LABEL = 30
_MOST_WORDS_OF_LABEL = 3
_ISO_DAY = 10  # characters of 2019-04-05
_NEAR = 2000  # characters in which a page with figures prints one
_MARKUP = " \t\u00a0#*_=>|•·▪◦‣●○■\u200b\u200c\u200d\u2060\ufeff"
_BEHIND = _MARKUP + ";\\"  # marks between fields, and of a line's end in Markdown
_DASHES = ("- ", "– ", "-\t", "–\t", "-\u00a0", "–\u00a0")
_KEY = "title: "  # of the front matter that converters to Markdown put before a page
_QUOTED = _MARKUP + "\"'"
_PATH = re.compile("[>»›→]| / ")
_HOMES = ("start", "startsida", "startsidan", "hem", "home")
_JOINTS = (",", "&", "-", "–", " och", " eller", " för", " i", " av", " till", " med", " inom")


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
    below = _below_unknown_labels(lines, first, stop)
    title = _nearest(lines, first, below)
    if below < stop and (title is None or _ends_sentence(lines, title)):
        return _nearest(lines, first, stop)
    return title


def _nearest(lines: Lines, first: int, stop: int) -> Title | None:
    """Return the nearest line above ``stop`` that can be a title.

    Above the heading of a section stands prose, or the title.
    """
    in_prose = False
    for number in range(stop - 1, first - 1, -1):
        words = lines.words[number] and _bare(lines.words[number])
        if not words or is_chrome(words):
            continue
        key = fold(words).rstrip(":") if len(words) <= _LONGEST_KNOWN else ""
        if key in headings():
            in_prose = True
            continue
        if (
            _announces(words, lines, number)
            or _is_known(key, words)
            or _is_no_title(words)
            or _is_table_row(lines, number)
        ):
            continue
        if len(words) > _LONGEST_TITLE or (in_prose and words.endswith(_ENDS)):
            return None
        return _title(lines, _first_of_wrapped(lines, number, first), number)
    return None


def _bare(words: str) -> str:
    """Return a line's words without markup, a list's dash and the key of front matter."""
    words = words.strip(_MARKUP)
    if words.startswith(_DASHES):
        words = words[1:].lstrip(_MARKUP)
    return words[len(_KEY) :].strip(_QUOTED) if words.startswith(_KEY) else words


def _announces(words: str, lines: Lines, number: int) -> bool:
    """Return whether a line announces what follows, and no copy took digits off its end."""
    if not words.endswith(":"):
        return False
    return not (words.endswith(" :") and _has_lost_digits(lines, number))


def _has_lost_digits(lines: Lines, number: int) -> bool:
    """Return whether no figure stands near a line, as in copies that lost their digits."""
    begin = lines.starts[number]
    return not any(map(str.isdecimal, lines.text[begin : begin + _NEAR]))


def _is_known(key: str, words: str) -> bool:
    """Return whether a line is a label, a day, or the path to the page on its site."""
    label = label_table().by_key.get(key)
    if label is not None and not label.section:
        return True
    if key.startswith(_HOMES):
        home, *below = _PATH.split(words)
        return bool(below) and fold(home) in _HOMES
    year_last, year_first = key[-4:].isdecimal(), key[:4].isdecimal() and len(key) <= _ISO_DAY
    if not (year_last or year_first):
        return False
    date = read_date(words)
    return isinstance(date, PartialDate) and date.day is not None


def _is_no_title(words: str) -> bool:
    """Return whether a line is a rule, an address or a sentence."""
    if not any(map(str.isalnum, words)) or "://" in words:
        return True
    return words.endswith(".") and len(words) > _SENTENCE and not words.endswith("..")


def _below_unknown_labels(lines: Lines, first: int, stop: int) -> int:
    """Return the line above which a title stands: unknown labels may begin the header.

    Such are lines ``Insatsområde: Vård`` right above labels with their values beside
    them, where the title stands apart from both.
    """
    if stop >= len(lines.words) or ": " not in lines.words[stop]:
        return stop
    number = stop
    while number > first and _is_labelled(_bare(lines.words[number - 1])):
        number -= 1
    return number if number > first and lines.is_blank(number - 1) else stop


def _is_labelled(words: str) -> bool:
    """Return whether a line looks like a label with its value, and not like a subtitle."""
    label, colon, value = words.partition(": ")
    if not colon or len(label) > _LONGEST_LABEL or label.isupper() or label[:1].isdigit():
        return False
    few = label.count(" ") < _MOST_WORDS_OF_LABEL
    return few and label[:1].isupper() and not value.lstrip()[:1].islower()


def _ends_sentence(lines: Lines, title: Title) -> bool:
    return lines.text[title.start : title.end].endswith(_ENDS)


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
    bare = _bare(words).rstrip(_BEHIND)
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
    """Return the line above where the title began there, else the line itself.

    A long line goes on in the next one; a shorter one does if the next begins in small
    letters or with a dash, or if its own last word needs another.
    """
    if number == first or not lines.words[number - 1].strip():
        return number
    begin = number
    for above in range(number - 1, max(first - 1, number - _MOST_WRAPPED), -1):
        if not _goes_on(lines, above, long_ones_do=begin == number):
            break
        begin = above
    whole = lines.starts[number] + len(lines.words[number]) - lines.starts[begin]
    alone = begin == first or not lines.words[begin - 1].strip()
    return begin if alone and whole <= _LONGEST_TITLE else number


def _goes_on(lines: Lines, above: int, *, long_ones_do: bool) -> bool:
    """Return whether a title's line goes on in the next one."""
    words, following = lines.words[above].strip(), lines.words[above + 1].strip(_MARKUP)
    if is_chrome(words) or words.endswith((*_ENDS, ":")) or words.startswith(_DASHES):
        return False
    if long_ones_do and len(words) >= _SHORTEST_WRAPPED:
        return True
    told = following[:1].islower() or following.startswith(_DASHES) or words.endswith(_JOINTS)
    return told and len(words) >= _SHORTEST_GOING_ON


def _title(lines: Lines, first: int, last: int) -> Title:
    start, _ = lines.content(first)
    _, end = lines.content(last)
    words = lines.text[start:end]
    bare = _bare(words).rstrip(_BEHIND)
    start += words.index(bare)
    return Title(start, start + len(bare), first)
