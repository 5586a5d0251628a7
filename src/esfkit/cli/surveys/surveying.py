"""A reconciliation as a terminal shows it: groups, what is missing or different, estimates."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from esfkit.analysis.reconciling.capture import Estimate
from esfkit.analysis.reconciling.projects import STATUSES
from esfkit.analysis.reconciling.sides import Side
from esfkit.cli.results import Result, Way
from esfkit.cli.screen import folded
from esfkit.cli.surveys.surveytables import Survey, groups_result, notes, refusal
from esfkit.cli.surveys.surveywords import ASSUMPTIONS, SAID
from esfkit.dataset.dictionary import Language, headings
from esfkit.output.neutral import for_terminal

_MOST_LISTED: Final = 20


def survey(seen: Survey, rows: pl.DataFrame, keys: Sequence[str], way: Way) -> Result:
    """Return the groups, what is missing or different, and the estimates, one below the other.

    Args:
        seen: What was found.
        rows: Those of its rows that were asked for.
        keys: What the groups are.
        way: Where it goes.
    """

    def drawn(width: int) -> str:
        # rich takes long to load: formats for machines do without.
        from esfkit.cli.tables import drawn_result, look_of

        groups = replace(groups_result(seen, keys, way.language), footnotes=())
        look = replace(look_of(groups, way, width), colour=False)
        lists = (line for side in seen.sides[1:] for line in _listed(side, rows, way, width))
        estimates = (line for each in seen.estimates for line in _estimated(each, way, width))
        lines = (f"{line}\n" for line in (*lists, *estimates))
        return f"{drawn_result(groups, look, width)}\n{''.join(lines)}".removesuffix("\n")

    footnotes = [SAID[way.language]["n"], *notes(seen, way.language)]
    if any(each.refused is None for each in seen.estimates):
        footnotes.append(ASSUMPTIONS[way.language])
    return Result(table=rows, drawn=drawn, footnotes=footnotes, records=seen.rows.height)


def _listed(side: Side, rows: pl.DataFrame, way: Way, width: int) -> Iterator[str]:
    """Yield the projects that are not simply matched, under the name of their list."""
    said = SAID[way.language]
    for status in STATUSES[:-1]:
        found = rows.filter(list=side.name, status=status)
        if found.is_empty():
            continue
        yield f"{said[status]}: {found.height} ({side.name})"
        for row in found.head(_MOST_LISTED).to_dicts():
            yield from _told(row, width, way.language)
        if found.height > _MOST_LISTED:
            yield said["more"].format(count=found.height - _MOST_LISTED)
        yield ""


def _told(row: dict[str, Any], width: int, language: Language) -> Iterator[str]:
    said, named = SAID[language], headings(language)
    known = (row["project_number"], row["title"], row["owner"])
    words = " · ".join(each for each in known if each) or said["nameless"]
    yield from folded(for_terminal(words), width, "  ", "    ")
    for each in row["differences"]:
        field = named.get(each["field"], each["field"])
        values = {side: _grouped(each, side, language) for side in ("here", "there")}
        words = said["difference"].format(field=field, **values)
        yield from folded(for_terminal(words), width, "    - ", "      ")
    if row["perhaps"] is not None:
        words = said["perhaps"].format(
            id=row["perhaps"],
            title=row["perhaps_title"],
            score=_score(row["perhaps_score"], language),
        )
        yield from folded(for_terminal(words), width, "    ", "      ")


def _grouped(difference: dict[str, str], side: str, language: Language) -> str:
    """Return a value, kronor and persons with their digits in groups."""
    value = difference[side]
    if not difference["field"].endswith(("_sek", "_participants")):
        return value
    return f"{int(value):,}".replace(",", "\xa0" if language == "sv" else ",")


def _score(score: float, language: Language) -> str:
    return f"{score}".replace(".", "," if language == "sv" else ".")


def _estimated(each: Estimate, way: Way, width: int) -> Iterator[str]:
    """Yield what a pair of lists tells of the projects that neither holds."""
    said = SAID[way.language]
    names = {"first": each.first, "second": each.second}
    refused = refusal(each, way.language)
    if each.estimate is None or each.low is None or each.high is None:
        words = said["no_estimate"].format(**names, why=refused)
    else:
        words = said["estimate"].format(
            **names,
            periods=", ".join(each.periods),
            n1=each.n1,
            n2=each.n2,
            both=each.both,
            total=round(each.estimate),
            low=round(each.low),
            high=round(each.high),
            neither=round(each.estimate - each.held),
            neither_low=round(each.low - each.held),
            neither_high=round(each.high - each.held),
        )
    yield from folded(for_terminal(words), width)
    yield ""
