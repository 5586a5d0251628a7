"""Which project of one side is which of the other: only what is certain is a match.

1. The same project number; that of a call is none
   (:func:`esfkit.analysis.merging.faces.telling_number`).
2. Where neither states a number: the same ``record_id``, which is made of title, owner
   and period.
3. Where one of the two states no number: the same title, owner, first and last day, each
   of them alone on its side.

Without a number nothing may contradict the match: another phase, organisation number or
programme period. A pre-study and its implementation, or two projects of one name, so
stay two.

Numbers, titles and owners are compared folded (:func:`esfkit.vocabulary.fold.fold`).
Whatever else looks alike is told as a *perhaps*, with its score, and never counted.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from rapidfuzz import fuzz, process

from esfkit.analysis.merging.faces import telling_number
from esfkit.vocabulary.fold import fold

BY_NUMBER: Final = "number"
BY_NAME: Final = "title_owner_period"

LEAST_SCORE: Final = 85.0
"""Of 100, by ``rapidfuzz.fuzz.ratio`` over folded title and owner: below it no *perhaps*."""

_TOLD_APART_BY: Final = ("phase", "owner_org_number", "programme_period")

Project = Mapping[str, Any]
"""A row of :attr:`esfkit.analysis.reconciling.sides.Side.rows`."""


class Pair(NamedTuple):
    """A project on both sides, or on one.

    Attributes:
        here: The row on the first side; ``None`` where it is missing.
        there: The row on the other side; ``None`` where it is missing.
        by: :data:`BY_NUMBER` or :data:`BY_NAME`; ``None`` where one side is missing.
        perhaps: Of a missing side the row most alike, if one is.
        score: How much alike, from 0 to 100 with one decimal.
    """

    here: Project | None
    there: Project | None
    by: str | None = None
    perhaps: Project | None = None
    score: float | None = None


def match_projects(here: Sequence[Project], there: Sequence[Project]) -> list[Pair]:
    """Return every project of both sides once: the matches, then what one side lacks."""
    pairs = list(_by(BY_NUMBER, _number, here, there))
    pairs += filter(_is_certain, _by(BY_NAME, _identity, *_left(here, there, pairs)))
    rest_here, rest_there = _left(here, there, pairs)
    alone_here, alone_there = _alone(rest_here, here), _alone(rest_there, there)
    pairs += filter(_is_certain, _by(BY_NAME, _name, alone_here, alone_there))
    rest_here, rest_there = _left(here, there, pairs)
    missing_there = _with_likeliest(rest_here, rest_there, there)
    missing_here = _with_likeliest(rest_there, rest_here, here)
    pairs += (Pair(row, None, None, like, score) for row, like, score in missing_there)
    pairs += (Pair(None, row, None, like, score) for row, like, score in missing_here)
    return pairs


def _number(row: Project) -> str | None:
    number = telling_number(row)
    return "".join(fold(number).split()) if number else None


def _name(row: Project) -> Hashable:
    owner = row["owner_name"] or row["owner"]
    if not (row["title"] and owner and row["period_start"] and row["period_end"]):
        return None
    return fold(row["title"]), fold(owner), row["period_start"], row["period_end"]


def _identity(row: Project) -> Hashable:
    # Of a record that states any number, be it the call's, the identity is made of that.
    return None if row["project_number"] else row["record_id"]


def _alone(rows: Sequence[Project], among: Sequence[Project]) -> list[Project]:
    """Return the rows whose name no other row of their side has."""
    counts = Counter(map(_name, among))
    return [row for row in rows if counts[_name(row)] == 1]


def _by(
    by: str,
    key: Callable[[Project], Hashable],
    here: Sequence[Project],
    there: Sequence[Project],
) -> Iterator[Pair]:
    """Yield the pairs of one key; of several rows with it the first on each side."""
    found: dict[Hashable, Project] = {}
    for row in there:
        if (its := key(row)) is not None:
            found.setdefault(its, row)
    for row in here:
        if (other := found.pop(key(row), None)) is not None:
            yield Pair(row, other, by)


def _is_certain(pair: Pair) -> bool:
    if pair.here is None or pair.there is None:
        return False
    here, there = pair.here, pair.there
    if _number(here) and _number(there):
        return False
    return all(
        here[name] is None or there[name] is None or fold(here[name]) == fold(there[name])
        for name in _TOLD_APART_BY
    )


def _left(
    here: Sequence[Project], there: Sequence[Project], pairs: Sequence[Pair]
) -> tuple[list[Project], list[Project]]:
    """Return the rows of each side that stand in no pair."""
    used = [
        {side["record_id"] for side in column if side is not None}
        for column in ((pair.here for pair in pairs), (pair.there for pair in pairs))
    ]
    return (
        [row for row in here if row["record_id"] not in used[0]],
        [row for row in there if row["record_id"] not in used[1]],
    )


# --- perhaps ------------------------------------------------------------------------------


def _with_likeliest(
    rows: Sequence[Project], unmatched: Sequence[Project], everything: Sequence[Project]
) -> Iterator[tuple[Project, Project | None, float | None]]:
    """Yield each row with the one most alike: of those without a match, else of all."""
    unnumbered = [row for row in everything if not _number(row)]
    rest, bare, whole = (
        [_words(row) for row in each] for each in (unmatched, unnumbered, everything)
    )
    for row in rows:
        words = _words(row)
        # What is matched to another is worth a look only where a number is missing.
        others, texts = (unnumbered, bare) if _number(row) else (everything, whole)
        if (found := _most_alike(words, rest)) is not None:
            yield row, unmatched[found[1]], found[0]
        elif (found := _most_alike(words, texts)) is not None:
            yield row, others[found[1]], found[0]
        else:
            yield row, None, None


def _words(row: Project) -> str:
    if not row["title"]:
        return ""
    return f"{fold(row['title'])}\n{fold(row['owner_name'] or row['owner'] or '')}"


def _most_alike(words: str, among: Sequence[str]) -> tuple[float, int] | None:
    if not words:
        return None
    found = process.extractOne(words, among, scorer=fuzz.ratio, score_cutoff=LEAST_SCORE)
    return None if found is None else (round(found[1], 1), found[2])
