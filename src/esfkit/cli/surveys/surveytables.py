"""The tables of a reconciliation, and what a reader of them has to know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from esfkit.analysis.reconciling.capture import Estimate
from esfkit.analysis.reconciling.projects import MONEY, STATUSES, TOTAL
from esfkit.analysis.reconciling.sides import Side
from esfkit.cli.figures.naming import named_keys_shown
from esfkit.cli.results import Result, left_out_note
from esfkit.cli.surveys.surveywords import ASSUMPTIONS, HEADINGS, REFUSED, SAID
from esfkit.dataset.dictionary import Language, headings

_COUNTS: Final = (
    *("projects_here", "projects_there"),
    *("matched", "differing", "missing_there", "missing_here"),
)
_ESTIMATE: Final[dict[str, Any]] = {
    **dict.fromkeys(("first", "second", "periods"), pl.String),
    **dict.fromkeys(("n1", "n2", "both", "held"), pl.Int64),
    **dict.fromkeys(("estimate", "low", "high"), pl.Float64),
    **dict.fromkeys(("neither", "neither_low", "neither_high"), pl.Float64),
    **dict.fromkeys(("refused", "reason"), pl.String),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What reconciling with lists found.

    Attributes:
        sides: The dataset, then the lists.
        rows: Every project, from :func:`~esfkit.analysis.reconciling.projects.reconciled`.
        groups: The same by group.
        estimates: What each pair of lists tells of the projects that neither holds.
        condition: Which projects were chosen, if not all.
    """

    sides: tuple[Side, ...]
    rows: pl.DataFrame
    groups: pl.DataFrame
    estimates: tuple[Estimate, ...]
    condition: str | None


# --- tables -------------------------------------------------------------------------------


def projects_result(seen: Survey, rows: pl.DataFrame, language: Language) -> Result:
    """Return one row a project.

    Args:
        seen: What was found.
        rows: Those of its rows that were asked for.
        language: Of headings and notes.
    """
    told = rows.with_columns(
        differences_told(rows["differences"]), pl.col("other_measure").list.join("; ")
    )
    naming = ("list", "status", "project_number")
    return Result(
        table=rows,
        shown=_in_words(told, "status", language),
        headings=_headings(rows.columns, language),
        blocks=(
            (*naming, "title", "owner"),
            (*naming, "differences"),
            (*naming, "perhaps", "perhaps_title", "perhaps_score"),
        ),
        footnotes=[*notes(seen, language)],
        keys=3,
    )


def groups_result(seen: Survey, keys: Sequence[str], language: Language) -> Result:
    """Return one row a group."""
    groups = seen.groups
    names = ("list", *keys) if len(seen.sides) > 2 else keys  # noqa: PLR2004 - data and one list
    shown = named_keys_shown(groups, keys, language)
    first = keys[0] if keys else "list"
    shown = shown.with_columns(pl.col(first).replace({TOTAL: SAID[language]["total"]}))
    money = [
        tuple(f"{column}_{side}{end}" for side in ("here", "there") for end in ("", "_stated"))
        for column in MONEY
    ]
    return Result(
        table=groups,
        shown=shown,
        records=seen.rows.height,
        headings=_headings(groups.columns, language),
        blocks=[(*names, *_COUNTS), *((*names, *columns) for columns in money)],
        footnotes=[SAID[language]["n"], *notes(seen, language)],
        units={f"{column}_{side}": "SEK" for column in MONEY for side in ("here", "there")},
        keys=len(names),
        totals=1,
    )


def estimates_result(seen: Survey, language: Language) -> Result:
    """Return one row for each pair of lists."""
    rows = pl.DataFrame(
        [_estimate_row(each, language) for each in seen.estimates],
        schema=_ESTIMATE,
        orient="row",
    )
    return Result(
        table=rows,
        headings=_headings(rows.columns, language),
        blocks=(
            ("first", "second", "n1", "n2", "both", "held"),
            ("first", "second", "estimate", "low", "high"),
            ("first", "second", "neither", "neither_low", "neither_high"),
            ("first", "second", "reason"),
        ),
        footnotes=[ASSUMPTIONS[language]],
        units=dict.fromkeys(("estimate", "low", "high"), "projects")
        | dict.fromkeys(("neither", "neither_low", "neither_high"), "projects"),
        keys=2,
    )


def _estimate_row(each: Estimate, language: Language) -> dict[str, Any]:
    bounds = {"neither": each.estimate, "neither_low": each.low, "neither_high": each.high}
    return {
        **{
            name: getattr(each, name)
            for name in ("first", "second", "n1", "n2", "both", "held")
        },
        "periods": "; ".join(each.periods),
        **{name: getattr(each, name) for name in ("estimate", "low", "high", "refused")},
        **{
            name: None if bound is None else round(bound - each.held, 1)
            for name, bound in bounds.items()
        },
        "reason": refusal(each, language),
    }


def differences_told(differences: pl.Series) -> pl.Series:
    """Return each row's differences as one text: ``title: A ≠ B; ...``."""
    texts = (
        "; ".join(f"{each['field']}: {each['here']} ≠ {each['there']}" for each in row)
        for row in differences.to_list()
    )
    return pl.Series(differences.name, list(texts), dtype=pl.String)


def _headings(columns: Sequence[str], language: Language) -> dict[str, str]:
    return {**headings(language, columns), **HEADINGS[language]}


def _in_words(table: pl.DataFrame, column: str, language: Language) -> pl.DataFrame:
    words = {status: SAID[language][status] for status in STATUSES}
    return table.with_columns(pl.col(column).replace(words))


def refusal(each: Estimate, language: Language) -> str | None:
    """Return why nothing is estimated; ``None`` where something is."""
    if each.refused is None:
        return None
    return REFUSED[language][each.refused].format(
        because=each.because, both=each.both, first=each.first, second=each.second
    )


def notes(seen: Survey, language: Language) -> Iterator[str]:
    """Yield what a reader of matched projects has to know."""
    said = SAID[language]
    here, *lists = seen.sides
    left_out = sum(side.left_out for side in seen.sides)
    if left_out:
        yield left_out_note(left_out, language, counted=True)
    if seen.condition is not None:
        yield said["condition"]
    for side in lists:
        for one, other, key in ((here, side, "period_there"), (side, here, "period_here")):
            for period in sorted(one.periods - other.periods):
                yield said[key].format(period=period, list=side.name)
    others = seen.rows.filter(pl.col("other_measure").list.len() > 0).height
    if others:
        yield said["other_measure"].format(count=others)


# --- totals -------------------------------------------------------------------------------


def totals_result(rows: pl.DataFrame, here: Side, language: Language) -> Result:
    """Return published totals beside the dataset's sums; people see the comparable ones.

    Args:
        rows: From :func:`~esfkit.analysis.reconciling.totals.compare_totals`.
        here: The projects of the dataset.
        language: Of headings and notes.
    """
    naming = ("period", "region", "area", "measure")
    compared = rows.filter(pl.col("status") != "not_comparable")
    words = {status: SAID[language][status] for status in ("agrees", "differs")}
    return Result(
        table=rows,
        shown=compared.with_columns(pl.col("status").replace(words)),
        headings=_headings(rows.columns, language),
        blocks=(
            (*naming, "status", "as_of"),
            (*naming, "unit", "published", "here", "difference"),
            (*naming, "difference_share", "projects", "stated", "not_placed"),
        ),
        footnotes=[*_totals_notes(rows, here, language)],
        keys=4,
        units={
            **dict.fromkeys(("published", "here", "difference"), "SEK"),
            "difference_share": "fraction",
        },
    )


def _totals_notes(rows: pl.DataFrame, here: Side, language: Language) -> Iterator[str]:
    said = SAID[language]
    yield said["totals"]
    if rows["not_placed"].sum():
        yield said["not_placed"]
    if here.left_out:
        yield left_out_note(here.left_out, language, counted=True)
    refused = rows.filter(status="not_comparable").group_by("reason", maintain_order=True)
    for [reason], totals in refused:
        measures = ", ".join(totals["measure"].unique(maintain_order=True))
        yield said["not_comparable"].format(
            count=totals.height, measures=measures, reason=reason
        )
