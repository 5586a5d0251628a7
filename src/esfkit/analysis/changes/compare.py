"""What differs between two sides, field by field, with the cause.

The text of a page is told by its hash. If it is the same, whatever differs was read
otherwise. If it is not, and the rules are the same, the source changed. If both are others,
the characters that a value was read from decide: the same characters and another value
were read otherwise, other characters are another source. Where neither side shows the
characters, or the rules are not known and nothing was read there, the cause is unclear.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

import polars as pl

from esfkit.analysis.changes.pairs import Pairs, paired
from esfkit.analysis.changes.sides import Because, Side, Sides
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.plain import json_value

Change = Literal["added", "gone", "changed", "observed", "unobserved"]
"""``observed`` and ``unobserved``: a record that both sides have, with one observation more
or one fewer."""

FIELDS: Final = tuple(
    name
    for name in SCHEMA
    if name not in ("provenance", "findings", "claimed_share") and name[:7] != "source_"
)
"""The columns that are compared: what a page says, and not where or how it was read."""

_DERIVED: Final[Mapping[str, tuple[str, ...]]] = {
    "record_id": ("project_number", "title", "owner", "period_start", "period_end"),
    "programme_period": ("project_number", "programme_cci", "programme_area", "call_number"),
    "programme_area_name": ("programme_area",),
    "intervention_name": ("intervention_code",),
    "region_code": ("region",),
    "municipality_codes": ("municipalities",),
    "owner_name": ("owner",),
    "owner_unit": ("owner",),
    "esf_share": ("esf_support_sek", "total_budget_sek", "esf_support_eur", "total_budget_eur"),
}
"""Derived column → the columns that it follows from."""

_ROW: Final = {
    "change": pl.String,
    "record_id": pl.String,
    "kind": pl.String,
    "title": pl.String,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
    "cause": pl.String,
    "source_path": pl.String,
    "source_member": pl.String,
    "source_line": pl.Int64,
}
_NAMED_BY: Final = ("record_id", "kind", "title", "source_path", "source_member", "source_line")

_Row = dict[str, Any]
_Why = Callable[[str, str | None], Because]


class _Both(NamedTuple):
    """One observation, then and now, with the rules that read it."""

    old: _Row
    new: _Row
    rules: tuple[str | None, str | None]

    @property
    def is_same_text(self) -> bool:
        sha256 = self.old["source_sha256"]
        return sha256 is not None and sha256 == self.new["source_sha256"]

    @property
    def is_same_rules(self) -> bool:
        return self.rules[0] is not None and self.rules[0] == self.rules[1]


class Changed(NamedTuple):
    """An observation that says something else than before.

    Attributes:
        old: Its row in the old table.
        new: Its row in the new table.
        causes: Field → why it differs.
    """

    old: _Row
    new: _Row
    causes: dict[str, Because]


class Differences(NamedTuple):
    """What differs between two sides.

    Attributes:
        pairs: Which rows observe the same.
        changed: Number in the old table → what differs there.
        added: Number in the new table → why the row is there alone.
        gone: Number in the old table → why the row is there alone.
    """

    pairs: Pairs
    changed: dict[int, Changed]
    added: dict[int, Because]
    gone: dict[int, Because]


def differences(sides: Sides) -> Differences:
    """Return what differs between two sides, row by row."""
    pairs = paired(sides.old.rows, sides.new.rows)
    return Differences(
        pairs,
        dict(_changed(sides, pairs.both)),
        _whys(sides.new, (*pairs.added, *pairs.more), sides.why_added),
        _whys(sides.old, (*pairs.gone, *pairs.fewer), sides.why_gone),
    )


def compared(
    sides: Sides, found: Differences | None = None, kinds: Sequence[str] = ()
) -> pl.DataFrame:
    """Return one row for each record or observation that came or went and each other value.

    The columns are ``change`` (:data:`Change`), what names the record (``record_id``,
    ``kind``, ``title`` and place as they are now, or were), ``field`` with its ``old`` and
    ``new`` value as text, and ``cause`` (:data:`~esfkit.analysis.changes.sides.Because`).
    Lists stand as JSON, amounts in whole kronor, dates as ``YYYY-MM-DD``; null is what the
    text does not say. Records that came or went have no field.

    Personal data is among the values: whoever gives them out withholds it.

    Args:
        sides: What is compared.
        found: What differs between them, where it is known already.
        kinds: Only records of these kinds; of every kind where none is named.
    """
    found = found or differences(sides)
    pairs, added, gone = found.pairs, found.added, found.gone
    of_records = {
        "added": _named(sides.new, pairs.added, added),
        "gone": _named(sides.old, pairs.gone, gone),
        "changed": _values(found.changed.values()),
        "observed": _named(sides.new, pairs.more, added),
        "unobserved": _named(sides.old, pairs.fewer, gone),
    }
    rows = [{"change": change, **row} for change, each in of_records.items() for row in each]
    table = pl.DataFrame(rows, schema=_ROW)
    return table.filter(pl.col("kind").is_in(list(kinds))) if kinds else table


def _whys(side: Side, numbers: Sequence[int], why: _Why) -> dict[int, Because]:
    told = side.rows[list(numbers)].select("record_id", "source_sha256").iter_rows()
    return {number: why(*row) for number, row in zip(numbers, told, strict=True)}


def _named(side: Side, numbers: Iterable[int], causes: Mapping[int, Because]) -> Iterator[_Row]:
    for number in numbers:
        row = side.rows.row(number, named=True)
        yield {**{name: row[name] for name in _NAMED_BY}, "cause": causes[number]}


def _changed(sides: Sides, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, Changed]]:
    old = sides.old.rows[[then for then, _ in pairs]]
    new = sides.new.rows[[now for _, now in pairs]]
    fields: dict[int, list[str]] = defaultdict(list)
    for name in FIELDS:
        for number in (~old[name].eq_missing(new[name])).arg_true():
            fields[number].append(name)
    for number, names in sorted(fields.items()):
        then, now = pairs[number]
        both = _Both(
            old.row(number, named=True),
            new.row(number, named=True),
            (sides.old.rules[then], sides.new.rules[now]),
        )
        causes = {name: _cause(name, names, both) for name in names}
        yield then, Changed(both.old, both.new, causes)


def _values(changed: Iterable[Changed]) -> Iterator[_Row]:
    for old, new, causes in changed:
        named = {name: new[name] for name in _NAMED_BY}
        for name, cause in causes.items():
            values = {"old": _text(old[name]), "new": _text(new[name])}
            yield {**named, "field": name, **values, "cause": cause}


def _text(value: object) -> str | None:
    """Return a value as text that a program can read again."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | int | float | list):
        return json.dumps(value, ensure_ascii=False, default=json_value)
    return json_value(value)


# --- causes


def _cause(name: str, changed: Iterable[str], both: _Both) -> Because:
    if both.is_same_text:
        return "reading"
    if both.is_same_rules:
        return "source"
    if name not in _DERIVED:
        return _cause_by_characters(name, both)
    bases = [base for base in _DERIVED[name] if base in changed]
    causes = {_cause_by_characters(base, both) for base in (name, *bases)}
    causes.discard("unclear")
    return causes.pop() if len(causes) == 1 else "unclear"


def _cause_by_characters(name: str, both: _Both) -> Because:
    then, now = _characters(name, both.old), _characters(name, both.new)
    if not then or not now:
        return "unclear"
    return "reading" if then == now else "source"


def _characters(name: str, row: _Row) -> list[str]:
    """Return the characters that a value was read from."""
    return [entry["raw"] for entry in row["provenance"] or () if entry["field"] == name]
