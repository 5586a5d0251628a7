"""Labels on which all pages agree; what they do not settle is told and not guessed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from esfkit.layouts.layout import Style
from esfkit.pipeline.learning.evidence import Evidence, Looked, Sign
from esfkit.pipeline.learning.pairs import Manner
from esfkit.pipeline.learning.surroundings import Learned, left_over, same_above
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import read_packaged

_PREFERRED: Final = (
    Manner(Style.INLINE),
    Manner(Style.NEXT_LINE),
    Manner(Style.NEXT_LINE, spaced=True),
    Manner(Style.GLUED),
    Manner(Style.FLOW),
)


class Missed(NamedTuple):
    """A given column for which no label was settled.

    Attributes:
        column: The column.
        why: What is in the way.
    """

    column: str
    why: str


class Agreement(NamedTuple):
    """What the pages say together.

    Attributes:
        manner: How their values stand to their labels.
        learned: Their labels, in the order of the pages' lines.
        missed: The columns without.
        furniture: Lines above the labels that are the same on all pages.
    """

    manner: Manner
    learned: tuple[Learned, ...]
    missed: tuple[Missed, ...]
    furniture: tuple[str, ...] = ()


def agree(looked: Sequence[Looked], columns: Iterable[str]) -> Agreement:
    """Return the labels that give the columns on every page that states them."""
    manner = main_manner(looked)
    known = {fold(row["label"]): row["field"] for row in read_packaged("labels")}
    chosen: dict[str, _Candidate] = {}
    missed: list[Missed] = []
    for column in columns:
        for each in _choose(column, looked, manner, known):
            other = each if isinstance(each, Missed) else chosen.setdefault(each.key, each)
            if isinstance(each, Missed):
                missed.append(each)
            elif isinstance(other, _Candidate) and other.field != each.field:
                said = f"its label {each.words!r} names {other.field} already"
                missed.append(Missed(column, said))
    learned = [_learned(each, looked, manner, known) for each in chosen.values()]
    order = {key: place for place, key in enumerate(dict.fromkeys(_order(looked, manner)))}
    learned.sort(key=lambda one: order.get(one.key, len(order)))
    learned += [one for one in left_over(looked, learned, manner) if one.key not in known]
    furniture = tuple(same_above(looked, learned, manner))
    return Agreement(manner, tuple(learned), tuple(missed), furniture)


def main_manner(looked: Sequence[Looked]) -> Manner:
    """Return the manner in which labels account for most of what was given."""
    explained = {
        (sign.manner, place, column)
        for place, each in enumerate(looked)
        for sign, evidence in each.for_.items()
        for column in evidence.columns
    }
    counted = Counter(manner for manner, _, _ in explained)
    return max(_PREFERRED, key=lambda manner: (counted[manner], -_PREFERRED.index(manner)))


class _Candidate(NamedTuple):
    """A label that may give a column."""

    key: str
    field: str
    words: str
    hits: frozenset[int]
    columns: frozenset[str]


def _choose(
    column: str, looked: Sequence[Looked], manner: Manner, known: Mapping[str, str]
) -> Iterator[_Candidate | Missed]:
    """Yield the labels that together give a column on all pages, or why there are none."""
    stating = {
        place for place, each in enumerate(looked) if each.page.gold.get(column) is not None
    }
    left = set(stating)
    candidates = [
        each
        for each in _candidates(column, looked, manner)
        if not _is_contradicted(each, column, looked, manner)
    ]
    while left:
        best = max((len(each.hits & left) for each in candidates), default=0)
        fitting = [each for each in candidates if best and len(each.hits & left) == best]
        if not fitting:
            break
        one = _best(fitting, column, known)
        if isinstance(one, Missed):
            yield one
            return
        yield one
        left -= one.hits
    if left:
        names = ", ".join(looked[place].page.name for place in sorted(left))
        yield Missed(column, f"no label stands by its value on {names}")


def _candidates(column: str, looked: Sequence[Looked], manner: Manner) -> list[_Candidate]:
    """Return the labels by which the value of a column stands on any page."""
    met: dict[tuple[str, str], dict[int, Evidence]] = {}
    for place, each in enumerate(looked):
        for sign, evidence in each.for_.items():
            if sign.manner == manner and column in evidence.columns:
                met.setdefault((sign.key, sign.field), {})[place] = evidence
    return [
        _Candidate(
            *sign,
            next(iter(places.values())).pair.words,
            frozenset(places),
            frozenset[str]().union(*(each.columns for each in places.values())),
        )
        for sign, places in met.items()
    ]


def _is_contradicted(
    candidate: _Candidate, column: str, looked: Sequence[Looked], manner: Manner
) -> bool:
    """Return whether a page prints the label by another value than that of the column."""
    return any(
        each.page.gold.get(column) is not None
        and place not in candidate.hits
        and each.prints(candidate.key, manner)
        for place, each in enumerate(looked)
    )


def _best(
    fitting: Sequence[_Candidate], column: str, known: Mapping[str, str]
) -> _Candidate | Missed:
    """Return the one label of those that fit, or that several do.

    A label that esfkit knows for the field goes first, then the field that gives more
    columns, then the one of the column's own name; of labels within each other the
    longest is whole.
    """

    def rank(one: _Candidate) -> tuple[bool, int, bool, int]:
        named = column == one.field or column.startswith(f"{one.field}_")
        right = known.get(one.key) == one.field
        return right, len(one.columns), named, len(one.key)

    ordered = sorted(fitting, key=rank, reverse=True)
    first = ordered[0]
    rivals = [
        each.words
        for each in ordered[1:]
        if not first.key.endswith(each.key) and rank(each)[:3] == rank(first)[:3]
    ]
    if rivals:
        labels = ", ".join(repr(words) for words in (first.words, *rivals))
        return Missed(
            column, f"{labels} stand by its value alike; add a page on which they differ"
        )
    return first


def _learned(
    candidate: _Candidate, looked: Sequence[Looked], manner: Manner, known: Mapping[str, str]
) -> Learned:
    """Return the label with the pages that show it and how they do."""
    shown = [
        (each.page.name, evidence.pair.colon)
        for each in looked
        for sign, evidence in each.for_.items()
        if sign == Sign(candidate.key, candidate.field, manner)
    ]
    colons = sum(colon for _, colon in shown)
    return Learned(
        words=candidate.words,
        key=candidate.key,
        field=candidate.field,
        known_as=known.get(candidate.key, ""),
        columns=tuple(sorted(candidate.columns)),
        pages=tuple(name for name, _ in shown),
        colon=2 * colons > len(shown),
    )


def _order(looked: Sequence[Looked], manner: Manner) -> Iterator[str]:
    """Yield the labels that were seen, in the order of the pages' lines."""
    for each in looked:
        signs = [
            (evidence.pair.line, sign.key)
            for sign, evidence in each.for_.items()
            if sign.manner == manner
        ]
        yield from dict.fromkeys(key for _, key in sorted(signs, key=lambda one: one[0]))
