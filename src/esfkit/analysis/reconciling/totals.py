"""A dataset against totals that somebody published.

``published_measures.csv`` tells which of the measures
that publishers name can be held against the pages, and why the others cannot.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any, Final, NamedTuple

import polars as pl

from esfkit.analysis.figures.measures import WORDS, named_measures
from esfkit.analysis.reconciling.differences import Tolerance
from esfkit.analysis.reconciling.published import Published
from esfkit.analysis.reconciling.sides import Side
from esfkit.dataset.dictionary import Language
from esfkit.vocabulary.codes import code_list
from esfkit.vocabulary.fold import fold

_ALL: Final = "all"
_NATIONAL: Final = "national"
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_KRONOR: Final = {"SEK": 1, "KSEK": 10**3, "MSEK": 10**6, "BSEK": 10**9}
_FOREIGN: Final = ("EUR", "KEUR", "MEUR", "BEUR")
_SHARE_DECIMALS: Final = 4

SCHEMA: Final[dict[str, Any]] = {
    **dict.fromkeys(("period", "region", "area", "measure", "unit"), pl.String),
    "status": pl.String,
    **dict.fromkeys(("published", "here", "difference", "difference_share"), pl.Float64),
    **dict.fromkeys(("projects", "stated", "not_placed"), pl.Int64),
    **dict.fromkeys(("reason", "as_of", "source", "note"), pl.String),
}
"""The columns of :func:`compare_totals`."""

_SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "measure": "esfkit knows no measure of this name",
        "period": "its period is none that a project here states",
        "region": "the region is none that esfkit knows",
        "area": "the area is no code of a programme area or objective",
        "value": "the value is no number",
        "unit": "the unit does not fit the measure",
        "euro": "is in euro; the sums here are in kronor and are not converted",
        "nothing": "no project here states it",
    },
    "sv": {
        "measure": "esfkit känner inget mått med detta namn",
        "period": "perioden är ingen som något projekt här anger",
        "region": "esfkit känner inte regionen",
        "area": "området är ingen kod för ett programområde eller mål",
        "value": "värdet är inget tal",
        "unit": "enheten passar inte måttet",
        "euro": "är i euro; summorna här är i kronor och räknas inte om",
        "nothing": "inget projekt här anger det",
    },
}


class _Refused(NamedTuple):
    """Why a total cannot be compared."""

    reason: str


def compare_totals(
    here: Side, totals: Sequence[Published], tolerance: Tolerance, language: Language = "en"
) -> pl.DataFrame:
    """Return each published total beside the same sum of the dataset.

    ``status`` is ``agrees``, ``differs`` or ``not_comparable`` with its ``reason``.
    ``difference`` is here minus published, in the unit of the total; beside it stand the
    ``projects`` of the group, how many of them state the figure, and how many projects of
    the period state no region or no area that was asked for, and so are not in the sum.
    Besides the tolerance, half a unit of the last digit that was published is allowed:
    ``156`` MSEK is any sum from 155.5 to 156.5.

    Args:
        here: The projects of the dataset.
        totals: What was published.
        tolerance: How far figures may lie apart.
        language: Of the reasons.
    """
    rows = [_compared(here.rows, total, tolerance, language) for total in totals]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _compared(
    rows: pl.DataFrame, total: Published, tolerance: Tolerance, language: Language
) -> dict[str, Any]:
    told = {name: getattr(total, name) for name in SCHEMA if name in Published._fields}
    found = _figure_of(rows, total, tolerance, language)
    if isinstance(found, _Refused):
        published = float(total.value) if _NUMBER.fullmatch(total.value) else None
        return {
            **told, "status": "not_comparable", "published": published, "reason": found.reason
        }  # fmt: skip
    return {**told, **found}


def _figure_of(
    rows: pl.DataFrame, total: Published, tolerance: Tolerance, language: Language
) -> dict[str, Any] | _Refused:
    """Return the columns that tell how the dataset stands to the total."""
    said = _SAID[language]
    figure = _measured(total.measure, language)
    if isinstance(figure, _Refused):
        return figure
    if _NUMBER.fullmatch(total.value) is None:
        return _Refused(said["value"])
    scale = _scale(total.unit, figure)
    if scale is None:
        return _Refused(said["euro" if total.unit.upper() in _FOREIGN else "unit"])
    group = _group(rows, total, language)
    if isinstance(group, _Refused):
        return group
    members, not_placed = group
    amount, stated = _summed(members, figure)
    if amount is None:
        return _Refused(said["nothing"])
    return {
        **_beside(total.value, Fraction(amount, scale), scale, _room(figure, tolerance)),
        "projects": members.height,
        "stated": stated,
        "not_placed": not_placed,
    }


def _beside(printed: str, here: Fraction, scale: int, room: Tolerance) -> dict[str, Any]:
    """Return the figures side by side, in the unit that was published."""
    published = Fraction(printed)
    decimals = len(printed.partition(".")[2])
    # A total that is printed to the krona, or is a count, was not rounded.
    rounding = Fraction(1, 2 * 10**decimals) if scale > 1 else Fraction(0)
    in_unit = Tolerance(room.amount / scale, room.share)
    agrees = abs(here - published) <= rounding or in_unit.allows(here, published)
    share = (here - published) / published if published else None
    return {
        "status": "agrees" if agrees else "differs",
        "published": float(published),
        "here": float(here),
        "difference": float(here - published),
        "difference_share": None
        if share is None
        else round(float(share), _SHARE_DECIMALS) + 0.0,
    }


def _room(figure: str, tolerance: Tolerance) -> Tolerance:
    """Return the tolerance; an amount of money gives counts none."""
    return replace(tolerance, amount=Fraction(0)) if _counts(figure) else tolerance


def _counts(figure: str) -> bool:
    return figure == "projects" or named_measures([figure])[0].figure.unit == "persons"


@cache
def _known() -> Mapping[str, Mapping[str, str]]:
    text = files("esfkit.analysis.reconciling").joinpath("published_measures.csv")
    rows = csv.DictReader(StringIO(text.read_text(encoding="utf-8")))
    return {fold(row["measure"]): row for row in rows}


def _measured(measure: str, language: Language) -> str | _Refused:
    """Return what esfkit calls the measure, or why it has none."""
    row = _known().get(fold(measure)) or _known().get(fold(measure.partition(" (")[0]))
    if row is not None:
        return row["figure"] or _Refused(row[f"reason_{language}"])
    return _own(fold(measure)) or _Refused(_SAID[language]["measure"])


def _own(measure: str) -> str | None:
    """Return a word of ``--measures``, or of its column, that adds up in kronor or people."""
    for word in WORDS:
        [found] = named_measures([word])
        fits = found.adds_up and found.figure.unit in ("SEK", "persons")
        if fits and measure in (word, found.name):
            return word
    return None


def _scale(unit: str, figure: str) -> int | None:
    """Return how many kronor, persons or projects one unit is."""
    if _counts(figure):
        wanted = "projects" if figure == "projects" else "persons"
        return 1 if unit == wanted else None
    return _KRONOR.get(unit.upper())


def _group(
    rows: pl.DataFrame, total: Published, language: Language
) -> tuple[pl.DataFrame, int] | _Refused:
    """Return the projects that the total is about, and how many may be and do not say."""
    said = _SAID[language]
    if total.period not in rows["programme_period"].to_list():
        return _Refused(said["period"])
    of_period = rows.filter(pl.col("programme_period") == total.period)
    asked = []
    if total.region != _ALL:
        region = code_list("regions").find("SE" if total.region == _NATIONAL else total.region)
        if region is None:
            return _Refused(said["region"])
        asked.append(pl.col("region_code") == region.code)
    if total.area != _ALL:
        column = _column_of_area(total.area, total.period)
        if column is None:
            return _Refused(said["area"])
        asked.append(pl.col(column) == total.area)
    if not asked:
        return of_period, 0
    held = pl.all_horizontal(asked)
    return of_period.filter(held), of_period.select(held.is_null().sum()).item()


def _column_of_area(area: str, period: str) -> str | None:
    lists = {"programme_areas": "programme_area", "objectives": "specific_objective"}
    known = (column for name, column in lists.items() if code_list(name).by_code(area, period))
    return next(known, None)


def _summed(members: pl.DataFrame, figure: str) -> tuple[int | None, int]:
    """Return the sum and how many projects it rests on; a sum of nothing is none."""
    if figure == "projects":
        return members.height, members.height
    above = named_measures([figure])[0].figure.above.cast(pl.Int128)
    stated, amount = members.select(above.count().alias("n"), above.sum().alias("sum")).row(0)
    return (int(amount) if stated else None), stated
