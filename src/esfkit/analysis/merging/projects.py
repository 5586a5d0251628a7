"""Chosen fields → the table of projects, one row each, in the schema of any dataset."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from esfkit.analysis.merging.choice import COMPUTED, FIELDS, TOGETHER, Choice
from esfkit.dataset.columns import SCHEMA

_HASH_DIGITS: Final = 12
_MOST_QUOTED: Final = 60
_MOST_VALUES: Final = 5
_FOLLOWERS: Final = {follower: lead for lead, group in TOGETHER.items() for follower in group}
_NOT_TOLD: Final = frozenset(
    ("summary", "sections", "actors", "evaluation_reports", "participant_targets")
)
"""Fields in which sources differ as a matter of course; the origins have them all the same."""

Finding = Mapping[str, Any]


def projects_table(
    frame: pl.DataFrame, choices: Sequence[Choice], identities: Sequence[str]
) -> pl.DataFrame:
    """Return one row for each project, sorted by ``record_id``.

    The places of a row's provenance are in the document that its ``source_*`` name, so
    only those of its first observation are in it.

    Args:
        frame: All observations, with every column of the schema.
        choices: The projects put together.
        identities: Their ``record_id``; see :func:`unique_identities`.
    """
    columns: dict[str, pl.Series] = {}
    for name, dtype in SCHEMA.items():
        rows = [each.giver.get(name) if name in FIELDS else each.rows[0] for each in choices]
        columns[name] = _gathered(frame[name], rows, dtype)
    columns["record_id"] = pl.Series("record_id", identities, dtype=pl.String)
    columns["findings"] = pl.Series(
        "findings", _findings(frame, choices, identities), dtype=SCHEMA["findings"]
    )
    several = pl.Series([len(each.rows) > 1 for each in choices], dtype=pl.Boolean)
    share = pl.when(several).then(_share()).otherwise(pl.col(COMPUTED))
    return pl.DataFrame(columns).with_columns(share.alias(COMPUTED)).sort("record_id")


def unique_identities(
    frame: pl.DataFrame, choices: Sequence[Choice], keys: Sequence[str]
) -> list[str]:
    """Return the ``record_id`` of each project, no two alike.

    Where two projects would have one, because their number or their title, owner and
    period are the same and yet they are two, that of most observations keeps it. The
    others get 12 digits of a hash over it and over what tells them apart.

    Args:
        frame: All observations.
        choices: The projects put together.
        keys: What tells each from all others; see
            :class:`~esfkit.analysis.merging.faces.Node`.
    """
    said = frame["record_id"].to_list()
    own = [said[each.giver["record_id"]] for each in choices]
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for place, identity in enumerate(own):
        sharing[identity].append(place)
    for identity, places in sharing.items():
        ordered = sorted(places, key=lambda place: (-len(choices[place].rows), keys[place]))
        for place in ordered[1:]:
            told = f"{identity}\x1f{keys[place]}".encode("utf-8", "surrogatepass")
            own[place] = f"esf:{hashlib.sha256(told).hexdigest()[:_HASH_DIGITS]}"
    return own


def conflicts(choice: Choice) -> dict[str, list[int]]:
    """Return field → the rows that state another value, for fields that should be alike.

    A field that follows another is left out where that one is told already.
    """
    disagreeing = choice.disagreeing()
    return {
        field: rows
        for field, rows in disagreeing.items()
        if field in choice.giver
        and field not in _NOT_TOLD
        and _FOLLOWERS.get(field) not in disagreeing
    }


def place_of(row: Mapping[str, Any]) -> str:
    """Return where an observation was read: the file, and the place in it."""
    parts = (row["source_path"], row["source_member"], row["source_line"])
    return ":".join(str(part) for part in parts if part is not None) or row["layout"]


def _gathered(column: pl.Series, rows: list[int | None], dtype: pl.DataType) -> pl.Series:
    # A row past the end stands for "not stated", which of a list is an empty one.
    nothing = pl.Series(column.name, [[] if isinstance(dtype, pl.List) else None], dtype=dtype)
    past = len(column)
    return pl.concat([column, nothing]).gather([past if row is None else row for row in rows])


def _share() -> pl.Expr:
    """Return support ÷ budget, of kronor or else of euro, as the parser derives it."""
    shares = [
        pl.when(pl.col(f"total_budget_{currency}") > 0).then(
            pl.col(f"esf_support_{currency}").cast(pl.Float64)
            / pl.col(f"total_budget_{currency}").cast(pl.Float64)
        )
        for currency in ("sek", "eur")
    ]
    return pl.coalesce(shares)


# --- findings ---------------------------------------------------------------------------


def _findings(
    frame: pl.DataFrame, choices: Sequence[Choice], identities: Sequence[str]
) -> list[list[Finding]]:
    several = sorted({row for each in choices if len(each.rows) > 1 for row in each.rows})
    read = frame["findings"].to_list()
    wanted = frame.select(pl.exclude("provenance", "findings", "sections"))[several]
    rows = dict(zip(several, wanted.to_dicts(), strict=True))
    said = frame["record_id"].to_list()
    told: list[list[Finding]] = []
    for choice, identity in zip(choices, identities, strict=True):
        findings = read[choice.rows[0]] or []
        if len(choice.rows) > 1:
            findings = [*_kept(choice, read, rows), *_conflicts(choice, rows)]
        if identity not in {said[row] for row in choice.rows}:
            findings = [*findings, _contested(said[choice.giver["record_id"]])]
        told.append(findings)
    return told


def _kept(
    choice: Choice, read: Sequence[list[Finding]], rows: Mapping[int, Mapping[str, Any]]
) -> Iterator[Finding]:
    """Yield what was found on the fields, each from the observation that gives the field.

    Findings on the document, and on fields that nobody states, are those of the first.
    """
    first = choice.rows[0]
    for row in choice.rows:
        for finding in read[row] or ():
            if choice.giver.get(finding["field"], first) != row:
                continue
            if row == first:
                yield finding
            else:
                # Its place is in another document than the row's source names.
                message = f"{finding['message']} (read in {place_of(rows[row])})"
                yield {**finding, "message": message, "start": None, "end": None}


def _conflicts(choice: Choice, rows: Mapping[int, Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield one note for each field that observations state differently, with each value."""
    for field, others in conflicts(choice).items():
        given = choice.giver[field]
        said = list(
            dict.fromkeys(
                f"{_quoted(rows[each], field)} ({place_of(rows[each])})" for each in others
            )
        )
        more = len(said) - _MOST_VALUES
        told = "; ".join(said[:_MOST_VALUES]) + (f"; and {more} more" if more > 0 else "")
        message = f"{_quoted(rows[given], field)} ({place_of(rows[given])}), but also {told}"
        yield _note(field, message)


def _contested(identity: str) -> Finding:
    message = (
        f"another project has the identity {identity} too; both stand apart because what "
        "they state contradicts, until someone decides"
    )
    return {**_note("record_id", message), "severity": "warning"}


def _note(field: str, message: str) -> Finding:
    return {
        "code": "value_conflict",
        "severity": "note",
        "field": field,
        "message": message,
        "start": None,
        "end": None,
    }


def _quoted(row: Mapping[str, Any], field: str) -> str:
    value = row[field]
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    flat = " ".join(words.split())
    return f"“{flat[:_MOST_QUOTED]}…”" if len(flat) > _MOST_QUOTED else f"“{flat}”"
