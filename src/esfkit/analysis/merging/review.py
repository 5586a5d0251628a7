"""The doubtful pairs as a table for a human: both sides, what agrees and what differs."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import polars as pl

from esfkit.analysis.merging.contradictions import agreeing, differing
from esfkit.analysis.merging.decisions import Settled
from esfkit.analysis.merging.doubts import Doubt, doubt_of
from esfkit.analysis.merging.faces import Node
from esfkit.analysis.merging.groups import Groups
from esfkit.analysis.merging.projects import place_of
from esfkit.dataset.columns import SCHEMA

DECIDED: Final = "decided"
"""Why a pair stands in the table that only a human took for one."""

_NAME_DIGITS: Final = 12
_SHOWN: Final = (
    *("record_id", "project_number", "title", "owner", "region", "phase"),
    *("period_start", "period_end", "total_budget_sek", "esf_support_sek"),
    *("total_budget_eur", "esf_support_eur", "layout"),
)
_READ: Final = (*_SHOWN, "source_path", "source_member", "source_line")


class _Pair(NamedTuple):
    """Two observations, and what was answered."""

    one: int
    other: int
    why: str
    score: float
    same: str = ""
    name: str = ""


def review_table(
    frame: pl.DataFrame,
    groups: Groups,
    doubts: Iterable[Doubt],
    settled: Iterable[Settled],
    places: Sequence[int],
) -> pl.DataFrame:
    """Return one row for each pair: the open ones first, then those decided.

    Args:
        frame: All observations.
        groups: Which are one project.
        doubts: The open pairs, the strongest first.
        settled: The decisions that apply, whose answers are repeated.
        places: Row → its place in the order of precedence.

    Returns:
        ``pair``, ``same`` to be filled in, ``why``, ``score`` of the titles, the columns
        that ``agree`` and ``differ``; and of both, ``a`` and ``b``, what is compared, how
        many observations the project has, and the hashes by which the answer is kept.
    """
    open_ = [_Pair(each.one, each.other, each.reason, each.score) for each in doubts]
    pairs = [*open_, *(_decided(groups.nodes, each) for each in settled)]
    read = frame.select(_READ)
    schema = _schema()
    rows = [_row(groups, pair, _Looks(read, places)) for pair in pairs]
    return pl.DataFrame(rows, schema=schema, orient="row")


def pair_name(one: Node, other: Node) -> str:
    """Return what a pair is called, whatever the order of the data."""
    told = "\x1f".join(sorted((one.key, other.key))).encode()
    return f"p-{hashlib.sha256(told).hexdigest()[:_NAME_DIGITS]}"


class _Looks(NamedTuple):
    """What is shown of observations."""

    read: pl.DataFrame
    places: Sequence[int]

    def of(self, node: Node) -> Mapping[str, Any]:
        """Return the row of a node's observation whose word counts most."""
        return self.read.row(min(node.rows, key=self.places.__getitem__), named=True)


def _decided(nodes: Sequence[Node], decision: Settled) -> _Pair:
    one, other = sorted((decision.one, decision.other))
    doubt = doubt_of(nodes, one, other)
    why, score = (DECIDED, 0.0) if doubt is None else (doubt.reason, doubt.score)
    return _Pair(one, other, why, score, "yes" if decision.same else "no", decision.pair)


def _schema() -> dict[str, Any]:
    shared = dict.fromkeys(("pair", "same", "why"), pl.String)
    side: dict[str, Any] = {name: SCHEMA[name] for name in _SHOWN}
    side |= {"source": pl.String, "observations": pl.Int64}
    side |= {"text": pl.String, "compared": pl.String}
    sides = {f"{letter}_{name}": dtype for name, dtype in side.items() for letter in "ab"}
    return {**shared, "score": pl.Float64, "agree": pl.String, "differ": pl.String, **sides}


def _row(groups: Groups, pair: _Pair, looks: _Looks) -> list[object]:
    one, other = groups.nodes[pair.one], groups.nodes[pair.other]
    name = pair.name or pair_name(one, other)
    sides = zip(_side(groups, pair.one, looks), _side(groups, pair.other, looks), strict=True)
    return [
        name,
        pair.same or None,
        pair.why,
        round(pair.score, 1),
        ", ".join(agreeing(one.face, other.face)),
        ", ".join(differing(one.face, other.face)),
        *(cell for cells in sides for cell in cells),
    ]


def _side(groups: Groups, place: int, looks: _Looks) -> list[object]:
    node, row = groups.nodes[place], looks.of(groups.nodes[place])
    members = groups.members(groups.of(place))
    return [
        *(row[name] for name in _SHOWN),
        place_of(row),
        sum(len(groups.nodes[each].rows) for each in members),
        next(iter(node.texts), None),
        node.compared,
    ]
