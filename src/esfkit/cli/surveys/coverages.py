"""How coverage is put before people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from esfkit.analysis.reports.coverage import (
    coverage_by_document,
    coverage_by_layout,
    unknown_lines,
)
from esfkit.analysis.reports.drift import FEWEST, Printed, label_drift, printed_labels
from esfkit.cli.data import Loaded
from esfkit.cli.giving import give
from esfkit.cli.notes import say
from esfkit.cli.results import Result, Way
from esfkit.cli.surveys.baselines import write_baseline
from esfkit.dataset.columns import PERSONAL_COLUMNS
from esfkit.dataset.dictionary import Language, headings
from esfkit.dataset.store import gather
from esfkit.output.personal import withhold

_AT_A_GLANCE: Final = 10
_RATES: Final = ("rate_now", "rate_past", "past_low", "past_high")
_LAYOUT_BLOCKS: Final = (
    ("layout", "documents", "claimed_mean", "claimed_min", "claimed_q1", "claimed_median"),
    ("layout", "claimed_q3", "whole", "unknown_lines"),
)
_LABEL_BLOCKS: Final = (
    ("label", "documents", "records", "esf_support_sek", "esf_support_sek_stated"),
    ("label", "layouts", "examples"),
)
_DRIFT_BLOCKS: Final = (
    ("layout", "column", "status", "documents_past", "documents_now"),
    ("layout", "column", "rate_past", "past_low", "past_high"),
    ("layout", "column", "rate_now", "now_low", "now_high"),
)
_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "documents": "Documents",
        "stated": "n",
        "claimed_share": "Claimed",
        "claimed_mean": "Mean",
        "claimed_min": "Least",
        "claimed_q1": "Lower quartile",
        "claimed_median": "Median",
        "claimed_q3": "Upper quartile",
        "whole": "Understood whole",
        "unknown_lines": "Unknown lines",
        "label": "Line",
        "colon": "Colon",
        "records": "Records",
        "esf_support_sek": "ESF support",
        "esf_support_sek_stated": "n",
        "layouts": "Layouts",
        "examples": "Examples",
        "layout": "Layout",
        "column": "Column",
        "status": "Status",
        "documents_past": "Documents then",
        "documents_now": "Documents now",
        "rate_past": "Rate then",
        "past_low": "Band from",
        "past_high": "Band to",
        "rate_now": "Rate now",
        "now_low": "Now from",
        "now_high": "Now to",
    },
    "sv": {
        "documents": "Dokument",
        "stated": "n",
        "claimed_share": "Förstått",
        "claimed_mean": "Medel",
        "claimed_min": "Minst",
        "claimed_q1": "Undre kvartil",
        "claimed_median": "Median",
        "claimed_q3": "Övre kvartil",
        "whole": "Förstått helt",
        "unknown_lines": "Okända rader",
        "label": "Rad",
        "colon": "Kolon",
        "records": "Poster",
        "esf_support_sek": "ESF-stöd",
        "esf_support_sek_stated": "n",
        "layouts": "Layouter",
        "examples": "Exempel",
        "layout": "Layout",
        "column": "Kolumn",
        "status": "Läge",
        "documents_past": "Dokument då",
        "documents_now": "Dokument nu",
        "rate_past": "Andel då",
        "past_low": "Band från",
        "past_high": "Band till",
        "rate_now": "Andel nu",
        "now_low": "Nu från",
        "now_high": "Nu till",
    },
}
_SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "layouts": "The share of a document's characters that a field, a section or known "
        "furniture accounts for. Each document weighs the same, however long.",
        "labels": "Lines that nothing accounts for, with a colon or in several records; the "
        "support is that of the records concerned, each once. Lower bounds: long lines are "
        "quoted in part, and a record keeps only so many findings.",
        "drift": "Of the layout's documents the share that print a label of the column. It "
        "has drifted where its 99 % interval lies wholly outside the past band (Wilson).",
        "steady": "No label has left its past band ({steady} compared, {few} with fewer than "
        "{fewest} documents then or now).",
        "alarm": "{layout}: {column} is met in {rate_now} of {documents_now} documents; "
        "its past band is {past_low} to {past_high} ({rate_past} of {documents_past}).",
        "Total": "Total",
    },
    "sv": {
        "layouts": "Den andel av ett dokuments tecken som ett fält, ett avsnitt eller kända "
        "inslag på sidan svarar för. Varje dokument väger lika, hur långt det än är.",
        "labels": "Rader som inget svarar för, med kolon eller i flera poster; stödet är de "
        "berörda posternas, var och en en gång. Lägsta värden: långa rader citeras i delar, "
        "och en post behåller bara ett visst antal anmärkningar.",
        "drift": "Den andel av layoutens dokument som har en etikett för kolumnen. Den har "
        "förskjutits där dess 99 %-intervall helt ligger utanför bandet från förr (Wilson).",
        "steady": "Ingen etikett har lämnat sitt band från förr ({steady} jämförda, {few} med "
        "färre än {fewest} dokument då eller nu).",
        "alarm": "{layout}: {column} finns i {rate_now} av {documents_now} dokument; bandet "
        "från förr är {past_low} till {past_high} ({rate_past} av {documents_past}).",
        "Total": "Summa",
    },
}


_STATUSES_SV: Final = {
    "drifted": "förskjuten",
    "steady": "oförändrad",
    "few": "för få",
    "new": "ny",
    "gone": "borta",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is asked of the coverage.

    Attributes:
        show: ``layouts``, ``documents``, ``labels`` or ``drift``; ``None`` for what fits.
        top: At most so many rows.
        past: How often labels were met before, if that is to be compared.
        fewest: Documents of a layout below which nothing is said of its labels.
        kept_in: The file that is to keep how often labels are met.
    """

    show: str | None = None
    top: int | None = None
    past: Mapping[str, Printed] | None = None
    fewest: int = FEWEST
    kept_in: Path | None = None


def give_coverage(loaded: Loaded, asked: Coverage, way: Way) -> bool:
    """Write what is asked for, and tell on stderr which labels have left their band.

    Returns:
        Whether one has.
    """
    frame = loaded.records
    now = None if asked.past is None and asked.kept_in is None else printed_labels(frame)
    drift = None
    if asked.past is not None and now is not None:
        drift = label_drift(asked.past, now, asked.fewest)
    tables: dict[str, Callable[[], pl.DataFrame | None]] = {
        "layouts": lambda: coverage_by_layout(frame),
        "documents": lambda: withhold(coverage_by_document(frame), everyone=loaded.everyone),
        "labels": lambda: unknown_lines(_without_personal_data(loaded)),
        "drift": lambda: drift,
    }
    if asked.show is not None or way.writer.name != "table":
        show = asked.show or "layouts"
        give(_result(show, tables[show](), asked, way), way)
    else:
        shown = ("layouts", "labels") if drift is None else ("layouts", "labels", "drift")
        parts = [
            _result(show, _at_a_glance(show, tables[show]()), asked, way) for show in shown
        ]
        give(_together(parts, way), way)
    if asked.kept_in is not None and now is not None:
        write_baseline(asked.kept_in, now)
    return drift is not None and _tell_of(drift, asked.fewest, way.language)


def _without_personal_data(loaded: Loaded) -> pl.DataFrame:
    needed = ("record_id", "layout", "esf_support_sek", "findings", "provenance")
    rows = gather(loaded.records.select(*needed, *PERSONAL_COLUMNS))
    return withhold(rows, everyone=loaded.everyone)


def _at_a_glance(show: str, table: pl.DataFrame | None) -> pl.DataFrame | None:
    if show == "drift" and table is not None:
        return table.filter(pl.col("status") == "drifted")
    return table.head(_AT_A_GLANCE) if show == "labels" and table is not None else table


def _result(show: str, table: pl.DataFrame | None, asked: Coverage, way: Way) -> Result:
    language = way.language
    rows = pl.DataFrame() if table is None else table
    rows = rows if asked.top is None or show == "layouts" else rows.head(asked.top)
    blocks = {"layouts": _LAYOUT_BLOCKS, "labels": _LABEL_BLOCKS, "drift": _DRIFT_BLOCKS}
    shown = None
    if show == "layouts":
        total = {"Total": _SAID[language]["Total"]}
        shown = rows.with_columns(pl.col("layout").replace(total))
    elif show == "drift" and language == "sv":
        shown = rows.with_columns(pl.col("status").replace(_STATUSES_SV))
    if way.writer.name in ("csv", "tsv", "csv-sv", "md"):
        lists = [name for name, kind in rows.schema.items() if isinstance(kind, pl.List)]
        rows = rows.with_columns(pl.col(name).list.join("; ") for name in lists)
    shares = [n for n in rows.columns if n.startswith(("claimed_", "rate_", "past_", "now_"))]
    return Result(
        table=rows,
        shown=shown,
        headings={**headings(language), **_HEADINGS[language]},
        blocks=blocks.get(show, ()),
        footnotes=[_SAID[language][show]] if show in _SAID[language] else [],
        units=dict.fromkeys(shares, "fraction"),
        keys=2 if show == "drift" else 1,
        totals=1 if show == "layouts" else 0,
        records=max(rows.height - 1, 0) if show == "layouts" else None,
    )


def _together(parts: Sequence[Result], way: Way) -> Result:
    """Return the parts that have rows as one result, drawn one below the other."""

    def drawn(width: int) -> str:
        # rich takes long to load: formats for machines do without.
        from esfkit.cli.tables import drawn_result, look_of

        with_rows = [part for part in parts if part.table.height]
        looks = (replace(look_of(part, way, width), colour=False) for part in with_rows)
        texts = (drawn_result(p, look, width) for p, look in zip(with_rows, looks, strict=True))
        return "\n".join(texts)

    return Result(table=parts[0].table, drawn=drawn, records=parts[0].records)


def _tell_of(drift: pl.DataFrame, fewest: int, language: Language) -> bool:
    """Name each label that has left its band on stderr, or say that none has."""
    said = _SAID[language]
    drifted = drift.filter(pl.col("status") == "drifted")
    for row in drifted.to_dicts():
        rates = {name: _per_cent(row[name], language) for name in _RATES}
        say(said["alarm"].format(**{**row, **rates}))
    if drifted.is_empty():
        count = {each: drift.filter(status=each).height for each in ("steady", "few")}
        say(said["steady"].format(**count, fewest=fewest))
    return not drifted.is_empty()


def _per_cent(share: float, language: Language) -> str:
    text = f"{100 * share:.1f}"
    return f"{text} %".replace(".", ",") if language == "sv" else f"{text}%"
