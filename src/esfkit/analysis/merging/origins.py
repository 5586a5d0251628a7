"""Where each field of each project comes from, and who says otherwise.

One row for each field that an observation states, so that whoever filters
``standing == 'disagrees'`` has every disagreement, and whoever filters
``field == 'record_id'`` has the observations of each project.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from esfkit.analysis.merging.choice import COMPUTED, DERIVED, Choice
from esfkit.dataset.columns import PERSONAL_COLUMNS, SCHEMA
from esfkit.dataset.plain import json_value

_PROSE: Final = ("summary", "sections")
"""Too long for a cell; the observations have it."""

_SAID: Final = ("record_id", "field", "value", "standing")
_SOURCE: Final = (
    "layout",
    "source_path",
    "source_member",
    "source_line",
    "source_url",
    "source_sha256",
)

_OF_TEXT: Final = dict.fromkeys((*_SAID, "merged_by", "observed_as"), pl.String())

SCHEMA_OF_ORIGINS: Final = pl.Schema({**_OF_TEXT, **{name: SCHEMA[name] for name in _SOURCE}})
"""Project, field, what the observation says, whether it gives the field, agrees or disagrees
(``derived`` where nobody says it), how the observation came to the project, the observation's
own ``record_id``, and where it was read."""


def origins_table(
    frame: pl.DataFrame,
    projects: pl.DataFrame,
    chosen: Sequence[tuple[str, Choice]],
    merged_by: Sequence[str],
    *,
    personal: bool = False,
) -> pl.DataFrame:
    """Return the origins of all fields; see :data:`SCHEMA_OF_ORIGINS`.

    Args:
        frame: All observations.
        projects: What became of them.
        chosen: The ``record_id`` and the choice of each project.
        merged_by: How each observation came to its project.
        personal: Whether fields with personal data are let out.
    """
    told = list(_told(frame, chosen, personal=personal))
    said = {name: SCHEMA_OF_ORIGINS[name] for name in _SAID}
    own = pl.DataFrame([each[:4] for each in told], schema=said, orient="row")
    observed = frame.select(
        pl.Series("merged_by", merged_by, dtype=pl.String),
        pl.col("record_id").alias("observed_as"),
        *_SOURCE,
    )
    sources = observed[pl.Series([row for *_, row in told], dtype=pl.UInt32)]
    table = pl.concat([own, sources], how="horizontal")
    return pl.concat([table, _derived(projects)], how="diagonal").sort(
        "record_id", maintain_order=True
    )


def _derived(projects: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of what nobody says and what has no source therefore."""
    return projects.filter(pl.col(COMPUTED).is_not_null()).select(
        "record_id",
        pl.lit(COMPUTED).alias("field"),
        pl.col(COMPUTED).cast(pl.String).alias("value"),
        pl.lit(DERIVED).alias("standing"),
    )


def _told(
    frame: pl.DataFrame, chosen: Sequence[tuple[str, Choice]], *, personal: bool
) -> Iterator[tuple[str, str, str | None, str, int]]:
    spelled: dict[str, list[str | None]] = {}
    for identity, choice in chosen:
        for field, row, standing in choice.standings:
            if field in PERSONAL_COLUMNS and not personal:
                continue
            if field not in spelled:
                spelled[field] = [_spelled(field, value) for value in frame[field].to_list()]
            yield identity, field, spelled[field][row], standing, row


def _spelled(field: str, value: object) -> str | None:
    if value is None or field in _PROSE:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, date | Decimal):
        return json_value(value)
    return json.dumps(value, ensure_ascii=False, default=json_value)
