"""``frame.esf``: the questions of the command line, asked of a table in Python.

Importing this module gives every polars ``DataFrame`` and ``LazyFrame`` the attribute
``esf``; so does asking :mod:`esfkit` for anything that returns a table, such as
``esfkit.read_dataset``. Each method calls the function that its command calls.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from esfkit.analysis.figures.money import Conversion, read_conversion
from esfkit.analysis.grouping.arrangement import Arrangement, SharesOf
from esfkit.analysis.grouping.classes import Edges
from esfkit.analysis.grouping.groups import Question, question
from esfkit.analysis.merging.decisions import Decision
from esfkit.analysis.merging.merge import Merged, merge
from esfkit.analysis.reports.deciding import deciding
from esfkit.analysis.reports.findings import findings_by_cause
from esfkit.analysis.reports.pivot import keys_down, pivoted
from esfkit.analysis.reports.summary import summarised
from esfkit.analysis.selection.search import search
from esfkit.analysis.time.timeline import at_of, every_of, timeline
from esfkit.dataset.redacting.withholding import with_withheld_names, withheld
from esfkit.dataset.store import gather

_PROJECTS = ("project",)
_CAUSE = ("code", "severity", "field")


@pl.api.register_dataframe_namespace("esf")
@pl.api.register_lazyframe_namespace("esf")
class EsfNamespace:
    """Questions to a dataset of records; each answer is a ``DataFrame``.

    As with the commands, what tells about records stands without personal data unless
    ``personal`` is given: names of owners and titles beside figures, examples of findings,
    origins and review of a merge. What gives records (:meth:`search`, and the projects and
    observations of :meth:`merge`) is as whole as the table that was asked.
    """

    def __init__(self, frame: pl.DataFrame | pl.LazyFrame) -> None:
        self._frame = frame.lazy()

    def summary(  # noqa: PLR0913 - what can be asked of a summary, each by its name
        self,
        by: str | Sequence[str] = (),
        measures: str | Sequence[str] = (),
        *,
        kinds: Sequence[str] = _PROJECTS,
        sort: str | Sequence[str] = (),
        top: int | None = None,
        other: bool = False,
        min_projects: int = 0,
        totals: bool = True,
        shares_of: SharesOf | None = None,
        eur: str | None = None,
        bounds: bool = False,
        edges: Mapping[str, Edges] | None = None,
        all_observations: bool = False,
        personal: bool = False,
    ) -> pl.DataFrame:
        """Return counts, money and participants for each group.

        See :func:`esfkit.analysis.reports.summary.summary` for the columns,
        :class:`esfkit.analysis.grouping.arrangement.Arrangement` for the order and choice of
        groups, and :class:`esfkit.analysis.grouping.groups.Question` for the rest.

        Args:
            by: Keys to group by.
            measures: What to show; without any the usual measures.
            kinds: Which kinds of record take part.
            sort: Columns or measures; ``-`` before one turns its order round.
            top: How many groups are shown.
            other: Whether the rest is added up in one row.
            min_projects: How many projects a group needs to stand on its own.
            totals: Whether the last row is the total.
            shares_of: What the figures that add up are put in relation to.
            eur: Rate at which kronor become euro: ``avg``, a year, or kronor a euro.
            bounds: Whether sums stand between a low and a high one.
            edges: Where classes begin, by key.
            all_observations: Whether every observation of a record counts.
            personal: Whether names of persons stand in the groups' names.

        Raises:
            BadRequest: Something that was asked for does not exist.
            InputRefused: A sum is too large to be true.
        """
        asked = replace(
            question(by, measures, kinds, _conversion(eur)),
            bounds=bounds,
            edges=edges or {},
            all_observations=all_observations,
        )
        wish = Arrangement(
            sort=_several(sort),
            top=top,
            other=other,
            min_projects=min_projects,
            totals=totals,
            shares_of=shares_of,
        )
        return summarised(self._named(asked.keys, personal=personal), asked, wish).table

    def deciding(
        self,
        most: int,
        by: str | Sequence[str] = (),
        measure: str = "support",
        *,
        kinds: Sequence[str] = _PROJECTS,
        personal: bool = False,
    ) -> pl.DataFrame:
        """Return the records that weigh most in each group.

        See :func:`esfkit.analysis.reports.deciding.deciding`.

        Raises:
            BadRequest: A key or the measure does not exist, or does not add up.
        """
        asked = question(by, measure, kinds)
        shown = ("title", "owner_name", *asked.keys)
        return deciding(self._named(shown, personal=personal), asked, most).table

    def pivot(  # noqa: PLR0913 - what can be asked of a cross-table, each by its name
        self,
        rows: str | Sequence[str],
        cols: str | Sequence[str],
        value: str = "support",
        *,
        kinds: Sequence[str] = _PROJECTS,
        shares_of: SharesOf | None = None,
        eur: str | None = None,
        edges: Mapping[str, Edges] | None = None,
        personal: bool = False,
    ) -> pl.DataFrame:
        """Return one measure by rows and columns, with totals on both edges.

        See :func:`esfkit.analysis.reports.pivot.pivoted` for the columns.

        Raises:
            BadRequest: Something that was asked for does not exist.
            InputRefused: A sum is too large to be true.
        """
        across = _several(cols)
        down = keys_down(_several(rows), across)
        asked: Question = question([*down, *across], value, kinds, _conversion(eur))
        asked = replace(asked, edges=edges or {})
        frame = self._named(asked.keys, personal=personal)
        return pivoted(frame, down, asked, shares_of).table

    def timeline(  # noqa: PLR0913 - what can be asked of a timeline, each by its name
        self,
        every: str = "year",
        at: str = "days",
        by: str | Sequence[str] = (),
        *,
        kinds: Sequence[str] = _PROJECTS,
        eur: str | None = None,
        all_observations: bool = False,
        personal: bool = False,
    ) -> pl.DataFrame:
        """Return records, money and participants by year, quarter or month.

        See :func:`esfkit.analysis.time.timeline.timeline` for the columns.

        Raises:
            BadRequest: Something that was asked for does not exist.
            InputRefused: A sum is too large to be true.
        """
        return timeline(
            self._named(_several(by), personal=personal),
            every_of(every),
            at_of(at),
            by,
            kinds,
            all_observations=all_observations,
            conversion=_conversion(eur),
        ).table

    def findings(self, *, personal: bool = False) -> pl.DataFrame:
        """Return what is wrong or noteworthy, by cause, the heaviest and commonest first.

        See :func:`esfkit.analysis.reports.findings.findings_by_cause`. Every finding is
        counted; without ``personal`` the examples stand without those that quote a person.
        """
        causes = findings_by_cause(self._frame)
        if personal:
            return causes
        shown = findings_by_cause(withheld(gather(self._frame)))
        examples = shown.select(*_CAUSE, "examples")
        whole = causes.drop("examples").join(
            examples, on=_CAUSE, how="left", nulls_equal=True, maintain_order="left"
        )
        return whole.with_columns(pl.col("examples").fill_null([]))

    def search(self, query: str) -> pl.DataFrame:
        """Return the records whose title, summary or sections hold all words.

        See :func:`esfkit.analysis.selection.search.search`; ``matched`` tells where what
        was found.

        Raises:
            BadRequest: There is no word in the query, or too many.
        """
        return gather(search(self._frame, query))

    def merge(self, decisions: Sequence[Decision] = (), *, personal: bool = False) -> Merged:
        """Return one project from all observations of it, with origins and doubtful pairs.

        See :func:`esfkit.analysis.merging.merge.merge`. As with the command, projects and
        observations are whole: they are the dataset. What is made to be looked at, origins
        and review, stands without personal data.

        Args:
            decisions: What a human decided of doubtful pairs.
            personal: Whether origins and review hold personal data.
        """
        hide = None if personal else withheld
        return merge(self._frame, decisions, personal=personal, withhold=hide)

    def _named(self, columns: Iterable[str], *, personal: bool) -> pl.LazyFrame:
        """Return the records as they are named in an answer."""
        return self._frame if personal else with_withheld_names(self._frame, columns)


def _conversion(eur: str | None) -> Conversion | None:
    return None if eur is None else read_conversion(eur)


def _several(words: str | Sequence[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)
