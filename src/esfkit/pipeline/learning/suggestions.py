"""Words that are printed like labels and are not known as any, with what they may name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from esfkit.layouts.layout import Style
from esfkit.parsing.fields import FIELDS, is_readable
from esfkit.parsing.lines import line_at, split_lines
from esfkit.parsing.parse import ParseResult
from esfkit.pipeline.learning.pairs import Pair, pairs_of
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import headings, is_chrome
from esfkit.vocabulary.labels import NOT_KEPT, label_table

_ON_LINES: Final = (Style.INLINE, Style.NEXT_LINE)
_MOST_WORDS: Final = 6
_MOST_EXAMPLES: Final = 50  # values by which the shape of a label's values is told
_MOST_READ: Final = 0.8  # share of the values that a field must be able to read
_ALIKE: Final = 75.0  # of 100: how like a known label's the words must be
_LONGEST_VALUE: Final = 200
_FEWEST_WITHOUT_COLON: Final = 2  # pages that must print what no colon marks


class Seen(NamedTuple):
    """Words that stand like a label.

    Attributes:
        words: The words as printed.
        key: The words folded.
        value: What stands by them; empty where that is not known.
        place: Where: the document and, behind a colon, the line.
        document: The document.
        colon: Whether a colon follows.
    """

    words: str
    key: str
    value: str
    place: str
    document: str
    colon: bool


class Suggestion(NamedTuple):
    """A label that is not known.

    Attributes:
        words: The words as most often printed.
        seen: How often they stand so.
        field: What they name, where shape and words agree on one; else empty.
        could_be: The fields whose kind of value stands by them, the likeliest first.
        examples: Where they stand first, and by what value.
        personal: Whether the words may be a person's name: a telephone number or an
            address of e-mail stands by them, and they are like no known label.
    """

    words: str
    seen: int
    field: str
    could_be: tuple[str, ...]
    examples: tuple[Seen, ...]
    personal: bool


def unknown_labels(result: ParseResult, name: str) -> Iterator[Seen]:
    """Yield what stands like a label on a page and is not known.

    Of a page that gave a record only lines count that nothing accounts for.
    """
    text = result.document.text
    lines = split_lines(text)
    open_lines: set[int] | None = None
    if result.parsed:
        open_lines = {
            number
            for parsed in result.parsed
            for start, end in parsed.unclaimed
            for number in range(line_at(lines, start), line_at(lines, end) + 1)
        }
    met: set[tuple[str, int]] = set()
    for pair in pairs_of(text):
        if open_lines is not None and pair.line not in open_lines:
            continue
        if (pair.key, pair.line) not in met and _may_be_label(pair):
            met.add((pair.key, pair.line))
            place = f"{name}:{pair.line + 1}"
            yield Seen(pair.words, pair.key, pair.value, place, name, pair.colon)


def _may_be_label(pair: Pair) -> bool:
    """Return whether a pair's words may be a label: marked so, or by a value's shape."""
    if pair.style not in _ON_LINES or len(pair.words.split()) > _MOST_WORDS:
        return False
    if len(pair.value) > _LONGEST_VALUE or not is_unknown(pair.words):
        return False
    return pair.colon or bool(shaped(pair.value))


def is_unknown(words: str) -> bool:
    """Return whether words are no known label, heading or page furniture."""
    key = fold(words)
    return key not in label_table().by_key and key not in headings() and not is_chrome(words)


def suggest(seen: Iterable[Seen]) -> list[Suggestion]:
    """Return the labels to be taught, the most frequent first.

    What no colon marks must stand on two pages at least.
    """
    by_key: dict[str, list[Seen]] = {}
    for each in seen:
        by_key.setdefault(each.key, []).append(each)
    suggestions = [
        _suggestion(some)
        for some in by_key.values()
        if any(each.colon for each in some)
        or len({each.document for each in some}) >= _FEWEST_WITHOUT_COLON
    ]
    return sorted(suggestions, key=lambda one: (-one.seen, fold(one.words)))


def _suggestion(some: Sequence[Seen]) -> Suggestion:
    words = Counter(each.words for each in some).most_common(1)[0][0]
    values = [each.value for each in some if each.value][:_MOST_EXAMPLES]
    could_be = _ranked(words, _readable_by_most(values))
    field = _settled(words, could_be)
    personal = _may_be_name(words, {each.value for each in some})
    return Suggestion(words, len(some), field, could_be, tuple(some[:3]), personal)


def _may_be_name(words: str, values: Iterable[str]) -> bool:
    """Return whether words may name the person whom a value by them reaches."""
    reaching = any(shaped(each) and _REACHING.issuperset(shaped(each)) for each in values)
    return reaching and all(likeness(words, field) < _ALIKE for field in FIELDS)


def _readable_by_most(values: Sequence[str]) -> list[str]:
    """Return the fields whose readers can read most of the values."""
    if not values:
        return []
    read = Counter(field for value in values for field in shaped(value))
    return [field for field, count in read.items() if count >= _MOST_READ * len(values)]


@lru_cache(maxsize=16_384)
def shaped(value: str) -> tuple[str, ...]:
    """Return the fields whose kind of value the words are, where not any words are."""
    return tuple(field for field in FIELDS if is_readable(field, value) is True)


def _ranked(words: str, fields: Sequence[str]) -> tuple[str, ...]:
    """Return the fields by how like their known labels the words are."""
    any_words = [field for field, one in FIELDS.items() if one.reader is None]
    likely = fields or [each for each in any_words if likeness(words, each) >= _ALIKE]
    likely = [each for each in likely if each != NOT_KEPT]
    return tuple(sorted(likely, key=lambda field: -likeness(words, field)))


def _settled(words: str, could_be: Sequence[str]) -> str:
    """Return the field that the words settle among those of the values' shape, or none."""
    if not could_be:
        return ""
    best = likeness(words, could_be[0])
    second = likeness(words, could_be[1]) if len(could_be) > 1 else 0.0
    if len(could_be) == 1 and (best >= _ALIKE or could_be[0] in _UNMISTAKABLE):
        return could_be[0]
    return could_be[0] if best >= _ALIKE and second < best else ""


_REACHING: Final = frozenset({"email", "phone"})
"""Fields whose values reach a person."""

_UNMISTAKABLE: Final = frozenset({"email", "region", "programme_cci", "nuts_code", "period"})
"""Fields whose values nothing else looks like."""


@lru_cache(maxsize=16_384)
def likeness(words: str, field: str) -> float:
    """Return how like the words are to the known label of a field that is likest, of 100."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only suggestions need it

    key = fold(words)
    known = [label.key for label in label_table().by_key.values() if label.field == field]
    return max((fuzz.token_sort_ratio(key, each) for each in known), default=0.0)
