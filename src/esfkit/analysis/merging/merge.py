"""Observations → projects: the steps in their order."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from esfkit.analysis.merging.choice import Choice, choose, values_of
from esfkit.analysis.merging.decisions import Decision, settle
from esfkit.analysis.merging.doubts import doubts_among
from esfkit.analysis.merging.faces import nodes_of
from esfkit.analysis.merging.groups import Groups, certain_groups, decided_groups, ways
from esfkit.analysis.merging.origins import origins_table
from esfkit.analysis.merging.precedence import in_precedence, usual_precedence
from esfkit.analysis.merging.projects import conflicts, projects_table, unique_identities
from esfkit.analysis.merging.review import review_table
from esfkit.dataset.store import gather


class Tally(NamedTuple):
    """What happened, in numbers.

    Attributes:
        observations: How many there were.
        records: What they became, by kind.
        merged_by: Observations by how they came to their project.
        doubtful: Pairs that nobody has decided.
        uncompared: Sets of observations too large to compare all their pairs.
        disagreeing: Fields of projects on which their observations disagree.
        applied: Decisions that were carried out.
        passed: Names of decisions whose text is not in the data.
        refused: Names of decisions that would make two numbers one project, or that
            contradict another.
    """

    observations: int
    records: Mapping[str, int]
    merged_by: Mapping[str, int]
    doubtful: int
    uncompared: int
    disagreeing: int
    applied: int
    passed: tuple[str, ...]
    refused: tuple[str, ...]


class Merged(NamedTuple):
    """What a merge gives.

    Attributes:
        projects: One row each, in the schema of any dataset.
        observations: Every row that was given, untouched and in its order.
        origins: Where each field comes from; see
            :data:`~esfkit.analysis.merging.origins.SCHEMA_OF_ORIGINS`.
        review: The doubtful pairs; see :func:`~esfkit.analysis.merging.review.review_table`.
        tally: What happened.
    """

    projects: pl.DataFrame
    observations: pl.DataFrame
    origins: pl.DataFrame
    review: pl.DataFrame
    tally: Tally


def merge(
    frame: pl.LazyFrame,
    decisions: Sequence[Decision] = (),
    ranks: Mapping[str, int] | None = None,
    *,
    personal: bool = False,
    withhold: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
) -> Merged:
    """Return one project from all observations of it.

    What comes out does not depend on the order of the rows.

    Args:
        frame: Observations, from any number of datasets.
        decisions: What a human decided of doubtful pairs.
        ranks: Layout → rank; without it
            :func:`~esfkit.analysis.merging.precedence.usual_precedence`.
        personal: Whether the origins hold fields with personal data.
        withhold: What makes of the observations those that origins and review show; the
            rows stay as they are in number and order.

    Raises:
        InputRefused: The data cannot be read.
    """
    observations = gather(frame)
    rows = observations.lazy()
    nodes = nodes_of(rows)
    settled, passed, contradicted = settle(decisions, nodes)
    groups = certain_groups(nodes, settled)
    before = {place: groups.of(place) for place in range(len(nodes))}
    refused = decided_groups(groups, settled)
    applied = [each for each in settled if each.pair not in refused]
    doubts = doubts_among(groups)

    order = in_precedence(rows, ranks or usual_precedence())
    places = _places(order)
    choices = _choices(observations, groups, places)
    keys = [nodes[group].key for group in groups.all()]
    identities = unique_identities(observations, choices, keys)
    projects = projects_table(observations, choices, identities)
    came_by = _spread(groups, ways(groups, before), observations.height)
    chosen = list(zip(identities, choices, strict=True))
    shown = observations if withhold is None else withhold(observations)
    return Merged(
        projects=projects,
        observations=observations,
        origins=origins_table(shown, projects, chosen, came_by, personal=personal),
        review=review_table(shown, groups, doubts.pairs, applied, places),
        tally=Tally(
            observations=observations.height,
            records=Counter(projects["kind"].to_list()),
            merged_by=Counter(came_by),
            doubtful=len(doubts.pairs),
            uncompared=doubts.uncompared,
            disagreeing=sum(len(conflicts(each)) for each in choices),
            applied=len(applied),
            passed=tuple(passed),
            refused=(*contradicted, *refused),
        ),
    )


def _places(order: Sequence[int]) -> list[int]:
    places = [0] * len(order)
    for place, row in enumerate(order):
        places[row] = place
    return places


def _choices(frame: pl.DataFrame, groups: Groups, places: Sequence[int]) -> list[Choice]:
    """Return the projects put together, in the order of their first nodes."""
    values = values_of(frame)
    return [
        choose(sorted(_rows(groups, group), key=places.__getitem__), values)
        for group in groups.all()
    ]


def _rows(groups: Groups, group: int) -> list[int]:
    return [row for node in groups.members(group) for row in groups.nodes[node].rows]


def _spread(groups: Groups, told: Sequence[str], height: int) -> list[str]:
    """Return what was told of the nodes for each row."""
    rows = [""] * height
    for node, way in zip(groups.nodes, told, strict=True):
        for row in node.rows:
            rows[row] = way
    return rows
