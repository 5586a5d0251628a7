"""Which observations are one project: what is certain, then what a human decided.

1. One number, unless something speaks against it.
2. Without a number: one title, owner and period, unless something speaks against it or
   it could be more than one project.
3. What a decision says is one. Nothing makes two numbers one project.

Nodes are taken in the order of their keys, so that the order of the rows is irrelevant.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from esfkit.analysis.merging.contradictions import (
    against_identity,
    against_number,
    share_an_amount,
)
from esfkit.analysis.merging.decisions import Settled
from esfkit.analysis.merging.faces import Face, Node

NUMBER: Final = "number"
NAME: Final = "name"
TEXT: Final = "text"
DECISION: Final = "decision"
ALONE: Final = "alone"
WAYS: Final = (NUMBER, NAME, TEXT, DECISION, ALONE)
"""How an observation came to its project."""

_MOST_COMPARED: Final = 50
"""No project is read in more ways than that; more are no reason to compare all with all."""

_Against = Callable[[Face, Face], tuple[str, ...]]


class Groups:
    """Nodes in groups, of which none holds two numbers, two kinds or a pair kept apart.

    Args:
        nodes: Sorted by key.
        apart: Pairs of nodes that a human keeps apart.
    """

    def __init__(self, nodes: Sequence[Node], apart: Iterable[frozenset[int]] = ()) -> None:
        self.nodes = nodes
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        for pair in apart:
            for one in pair:
                self._apart[one] |= pair - {one}
        self._group = list(range(len(nodes)))
        self._members = {number: [number] for number in self._group}
        self._numbers = [node.face.number for node in nodes]

    def of(self, node: int) -> int:
        """Return the group of a node."""
        return self._group[node]

    def members(self, group: int) -> list[int]:
        """Return the nodes of a group, in order."""
        return sorted(self._members[group])

    def all(self) -> list[int]:
        """Return every group."""
        return sorted(self._members)

    def number(self, group: int) -> str | None:
        """Return the project number that a group has, if one of its nodes states it."""
        return self._numbers[group]

    def are_apart(self, one: int, other: int) -> bool:
        """Tell whether a human keeps a node of one group apart from one of the other."""
        few, many = sorted((one, other), key=lambda group: len(self._members[group]))
        return any(
            self._group[each] == many
            for node in self._members[few]
            for each in self._apart.get(node, ())
        )

    def can_be_one(self, one: int, other: int) -> bool:
        """Tell whether two groups may be joined at all."""
        numbers = {self._numbers[one], self._numbers[other]} - {None}
        kinds = {self.nodes[one].face.kind, self.nodes[other].face.kind}
        return len(numbers) <= 1 and len(kinds) == 1 and not self.are_apart(one, other)

    def agree(self, one: int, other: int, against: _Against) -> bool:
        """Tell whether two groups may be joined and nothing speaks against it."""
        return self.can_be_one(one, other) and not any(
            against(self.nodes[a].face, self.nodes[b].face)
            for a in self._members[one][:_MOST_COMPARED]
            for b in self._members[other][:_MOST_COMPARED]
        )

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        into, gone = min(one, other), max(one, other)
        for node in self._members[gone]:
            self._group[node] = into
        self._members[into] += self._members.pop(gone)
        self._numbers[into] = self._numbers[into] or self._numbers[gone]


def certain_groups(nodes: Sequence[Node], settled: Sequence[Settled]) -> Groups:
    """Return the nodes in the groups that are certain, decisions to join left out."""
    apart = [frozenset((each.one, each.other)) for each in settled if not each.same]
    groups = Groups(nodes, apart)
    numbered: defaultdict[object, list[int]] = defaultdict(list)
    named: defaultdict[object, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        if node.face.number is not None:
            numbered[node.face.kind, node.face.number].append(place)
        if node.face.identity is not None:
            named[node.face.identity].append(place)
    for places in numbered.values():
        _fit(groups, places, against_number)
    for places in named.values():
        unnumbered = [place for place in places if nodes[place].face.number is None]
        _fit(groups, unnumbered, against_identity)
    _give_numbers(groups, named)
    return groups


def decided_groups(groups: Groups, settled: Iterable[Settled]) -> list[str]:
    """Join what was decided to be one, and return the decisions that cannot be carried out."""
    refused: list[str] = []
    for decision in settled:
        one, other = groups.of(decision.one), groups.of(decision.other)
        if not decision.same or one == other:
            continue
        if groups.can_be_one(one, other):
            groups.join(one, other)
        else:
            refused.append(decision.pair)
    return refused


def ways(groups: Groups, before: Mapping[int, int]) -> list[str]:
    """Return how each node came to its group.

    Args:
        groups: The final groups.
        before: Node → its group before decisions were carried out.
    """
    told = [ALONE] * len(groups.nodes)
    for group in groups.all():
        members = groups.members(group)
        several = len({before[node] for node in members}) > 1
        beside = Counter(before[node] for node in members)
        numbered = sum(groups.nodes[node].face.number is not None for node in members)
        for node in members:
            among = _Among(beside[before[node]], numbered, several)
            told[node] = _way(groups.nodes[node], among)
    return told


class _Among(NamedTuple):
    """What stands beside a node in its group.

    Attributes:
        beside: How many nodes it was one with before decisions, itself among them.
        numbered: How many nodes of the group have its number.
        decided: Whether a decision made the group.
    """

    beside: int
    numbered: int
    decided: bool


def _way(node: Node, among: _Among) -> str:
    copies = len(node.rows) > 1
    if node.face.number is not None and (among.numbered > 1 or copies):
        return NUMBER
    if among.beside > 1 or (copies and node.face.identity is not None):
        return NAME
    if among.decided:
        return DECISION
    return TEXT if copies else ALONE


def _fit(groups: Groups, places: Iterable[int], against: _Against) -> None:
    """Join the nodes that nothing parts; what could be of more than one project stays alone."""
    fitted: list[list[int]] = []
    for place in places:
        tried = (
            each for each in fitted[:_MOST_COMPARED] if _fits_all(groups, place, each, against)
        )
        home = next(tried, None)
        if home is None:
            fitted.append([place])
        else:
            home.append(place)
    for members in _unequivocal(groups, fitted, against):
        for one, other in pairwise(members):
            groups.join(groups.of(one), groups.of(other))


def _fits_all(groups: Groups, place: int, members: list[int], against: _Against) -> bool:
    return all(groups.agree(place, each, against) for each in members[:_MOST_COMPARED])


def _unequivocal(
    groups: Groups, fitted: list[list[int]], against: _Against
) -> Iterator[list[int]]:
    """Yield the groups without the nodes that could as well stand in another.

    Those that agree with most nodes of other groups go first, until none does.
    """
    if len(fitted) == 1:
        yield from fitted
        return
    if sum(map(len, fitted)) > _MOST_COMPARED:
        return  # so many readings that contradict each other: nothing is certain
    home = {place: number for number, members in enumerate(fitted) for place in members}
    alike = {
        place: {
            other
            for other in home
            if home[other] != home[place] and groups.agree(place, other, against)
        }
        for place in home
    }
    while most := max(map(len, alike.values()), default=0):
        loose = {place for place, others in alike.items() if len(others) == most}
        alike = {place: others - loose for place, others in alike.items() if place not in loose}
    for members in fitted:
        yield [place for place in members if place in alike]


def _give_numbers(groups: Groups, named: Mapping[object, Sequence[int]]) -> None:
    """Join what states no number with the one project it can be.

    Where two projects could be meant, or two observations want one place, nothing is
    certain.
    """
    joins: list[tuple[int, int]] = []
    for places in named.values():
        met = {groups.of(place) for place in places}
        owners = [group for group in met if groups.number(group) is not None]
        bare = [group for group in met if groups.number(group) is None]
        if owners and bare:
            joins += _only_ways(groups, owners, bare, places)
    for one, other in joins:
        # A group may have been joined meanwhile: its first node tells where it is now.
        owner, group = groups.of(one), groups.of(other)
        if groups.agree(owner, group, against_number):
            groups.join(owner, group)


def _only_ways(
    groups: Groups, owners: Sequence[int], bare: Sequence[int], places: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield the groups with a number and without that can be one with no other."""
    fitting = [(owner, each) for owner in owners for each in bare]
    fitting = [pair for pair in fitting if _fits(groups, *pair, places)]
    wants = Counter(owner for owner, _ in fitting)
    chances = Counter(each for _, each in fitting)
    for owner, each in fitting:
        if wants[owner] > 1 or chances[each] > 1:
            continue
        # That namesakes state something else is not enough: an amount has to agree too.
        if len(owners) == 1 or _share_an_amount(groups, owner, each):
            yield owner, each


def _fits(groups: Groups, owner: int, bare: int, places: Sequence[int]) -> bool:
    """Tell whether nothing speaks against it in the nodes of one title, owner and period."""
    its = [place for place in places if groups.of(place) == owner]
    return groups.agree(owner, bare, against_number) and not any(
        against_identity(groups.nodes[a].face, groups.nodes[b].face)
        for a in its[:_MOST_COMPARED]
        for b in groups.members(bare)[:_MOST_COMPARED]
    )


def _share_an_amount(groups: Groups, one: int, other: int) -> bool:
    return any(
        share_an_amount(groups.nodes[a].face, groups.nodes[b].face)
        for a in groups.members(one)[:_MOST_COMPARED]
        for b in groups.members(other)[:_MOST_COMPARED]
    )
