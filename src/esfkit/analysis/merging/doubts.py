"""Pairs that may be one project, for a human to decide.

Only observations that share something are compared: a number; title, owner and period;
the owner and a day, an amount or a word of the title; the first day and a word; a word
that few titles have. Of what is compared, a pair is doubtful for one of these reasons,
and the score of its titles stands beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from esfkit.analysis.merging.contradictions import have_no_day_in_common, share_an_amount
from esfkit.analysis.merging.faces import AMOUNTS, Face, Node
from esfkit.analysis.merging.groups import Groups
from esfkit.analysis.merging.titles import LEAST_LIKENESS, likeness, parting_words

SAME_NUMBER: Final = "same_number"
SAME_NAME: Final = "same_name"
LIKE_TITLE: Final = "like_title"
OTHER_TITLE: Final = "other_title"
REASONS: Final = (SAME_NUMBER, SAME_NAME, LIKE_TITLE, OTHER_TITLE)
"""Why a pair is doubtful, the strongest first.

One number, but something speaks against it; title, owner and period alike, but something
speaks against it or more than one project could be meant; titles that are nearly alike;
another title, but owner, period and an amount alike.
"""

_MOST_PAIRS: Final = 100_000
_MOST_OF_ONE_NUMBER: Final = 50
_FEW_TITLES: Final = 12
_SHORTEST_WORD: Final = 3


class Doubt(NamedTuple):
    """A pair of observations that may be one project; sorts the strongest first.

    Attributes:
        place: Of the reason in :data:`REASONS`.
        unlikeness: 100 less the score.
        one: Index of a node.
        other: Index of the other, which is larger.
    """

    place: int
    unlikeness: float
    one: int
    other: int

    @property
    def reason(self) -> str:
        """Why it is doubtful."""
        return REASONS[self.place]

    @property
    def score(self) -> float:
        """How alike the titles are, from 0 to 100; 0 for anything below the least."""
        return 100 - self.unlikeness


class Doubts(NamedTuple):
    """What a human should look at.

    Attributes:
        pairs: The doubtful pairs, at most one of each two groups.
        uncompared: How many sets of observations are too large to compare all pairs.
    """

    pairs: list[Doubt]
    uncompared: int


def doubts_among(groups: Groups) -> Doubts:
    """Return the pairs of groups that may be one project, the strongest first."""
    best: dict[tuple[int, int], Doubt] = {}
    pairs, uncompared = _pairs(groups)
    for one, other in pairs:
        doubt = doubt_of(groups.nodes, one, other)
        if doubt is None:
            continue
        between = groups.of(one), groups.of(other)
        between = min(between), max(between)
        if between not in best or doubt < best[between]:
            best[between] = doubt
    open_ = (doubt for (one, other), doubt in best.items() if groups.can_be_one(one, other))
    return Doubts(sorted(open_), uncompared)


def doubt_of(nodes: Sequence[Node], one: int, other: int) -> Doubt | None:
    """Return why two observations may be one project, or ``None`` if nothing says so."""
    one, other = min(one, other), max(one, other)
    a, b = nodes[one].face, nodes[other].face
    score = likeness(a.title, b.title) if a.title and b.title else 0.0
    reason = _reason(a, b, score)
    return None if reason is None else Doubt(REASONS.index(reason), 100 - score, one, other)


def _reason(a: Face, b: Face, score: float) -> str | None:
    # Asked of every pair that is compared: what tells most of them apart comes first.
    if a.number is not None and a.number == b.number:
        return SAME_NUMBER
    same_period = None not in (a.start, a.end) and (a.start, a.end) == (b.start, b.end)
    if score < LEAST_LIKENESS and not same_period:
        return None
    if a.identity is not None and a.identity == b.identity:
        return SAME_NAME
    same_money = share_an_amount(a, b)
    if score >= LEAST_LIKENESS and _may_be_one(a, b, sure=same_period and same_money):
        return LIKE_TITLE
    return OTHER_TITLE if same_period and same_money and _have_one_owner(a, b) else None


def _may_be_one(a: Face, b: Face, *, sure: bool) -> bool:
    """Tell whether two observations of nearly one title are worth a question.

    Args:
        a: One observation.
        b: The other.
        sure: Whether period and an amount agree, which outweighs what parts them.
    """
    if sure:
        return True
    if parting_words(a.title) != parting_words(b.title) or have_no_day_in_common(a, b):
        return False
    if a.phase and b.phase and a.phase != b.phase:
        return False
    owners = a.owner, b.owner
    return "" in owners or _have_one_owner(a, b) or likeness(*owners) >= LEAST_LIKENESS


def _have_one_owner(a: Face, b: Face) -> bool:
    if a.owner and a.owner == b.owner:
        return True
    return a.org_number is not None and a.org_number == b.org_number


# --- which observations are compared ----------------------------------------------------


def _pairs(groups: Groups) -> tuple[set[tuple[int, int]], int]:
    """Return the pairs that share something, and how many sets were too large."""
    pairs = set(_of_one_number(groups))
    groups_of = [groups.of(place) for place in range(len(groups.nodes))]
    bare = {place for place, group in enumerate(groups_of) if groups.number(group) is None}
    uncompared = 0
    for places in _blocks(groups.nodes).values():
        asking = [place for place in places if place in bare]
        if len(asking) * len(places) > _MOST_PAIRS:
            uncompared += 1
            continue
        # Two numbers are two projects, so one of each pair has none.
        pairs.update(
            (one, other) if one < other else (other, one)
            for one in asking
            for other in places
            if (one < other or other not in bare) and groups_of[one] != groups_of[other]
        )
    return pairs, uncompared


def _of_one_number(groups: Groups) -> Iterator[tuple[int, int]]:
    """Yield one pair of each two groups that have one number all the same."""
    contested: defaultdict[object, dict[int, int]] = defaultdict(dict)
    for place, node in enumerate(groups.nodes):
        if node.face.number is not None:
            number = node.face.kind, node.face.number
            contested[number].setdefault(groups.of(place), place)
    for firsts in contested.values():
        yield from combinations(sorted(firsts.values())[:_MOST_OF_ONE_NUMBER], 2)


def _blocks(nodes: Sequence[Node]) -> Mapping[object, list[int]]:
    """Return what observations share → the observations."""
    frequency = Counter(word for node in nodes for word in _words(node.face))
    blocks: defaultdict[object, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        for shared in set(_shares(node.face, frequency)):
            blocks[node.face.kind, shared].append(place)
    return blocks


def _shares(face: Face, frequency: Mapping[str, int]) -> Iterator[object]:
    """Yield what another observation of the same project would share, or some of it."""
    words = _words(face)
    amounts = [(name, each) for name, each in zip(AMOUNTS, face.amounts, strict=True) if each]
    days = [(name, day) for name, day in (("start", face.start), ("end", face.end)) if day]
    if face.identity is not None:
        yield face.identity
    if face.title:
        yield "title", face.title
    for owner in filter(None, (face.owner, face.org_number)):
        yield from ((owner, shared) for shared in (*days, *amounts, *words))
    if face.start and face.end:
        yield from ((face.start, face.end, amount) for amount in amounts)
    if face.start:
        yield from ((face.start, word) for word in words)
    yield from (("word", word) for word in words if frequency[word] <= _FEW_TITLES)


def _words(face: Face) -> set[str]:
    return {word for word in face.title.split() if len(word) >= _SHORTEST_WORD}
