"""Records → official lists, workbooks and data packages, with an account on stderr."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from esfkit.analysis.figures.money import Conversion, read_conversion
from esfkit.analysis.selection.observations import counted_rows, in_their_order
from esfkit.cli.data import load_all, unnamed
from esfkit.cli.giving import give
from esfkit.cli.likeness import is_refused
from esfkit.cli.notes import tell
from esfkit.cli.places import require_place_of_folder, require_places
from esfkit.cli.records.exporting import EXPORTS, Asked
from esfkit.cli.results import Result, Way, way_out
from esfkit.cli.screen import is_terminal
from esfkit.cli.sorting import cut_and_sorted
from esfkit.cli.sparing import Target
from esfkit.dataset.columns import (
    SCHEMA,
    nearest,
    require_columns,
    tool_version,
)
from esfkit.dataset.dictionary import Language, headings
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.output.atomic import write_content, write_whole
from esfkit.output.datapackage import About as PackageAbout
from esfkit.output.datapackage import write_package
from esfkit.output.lists import Given, Listed, Refusal, filled_columns, listed, words_for
from esfkit.output.neutral import for_spreadsheet
from esfkit.output.personal import choose_columns, withheld_note, withhold
from esfkit.output.writers import WRITERS

_GUARDED: Final = ("csv", "csv-sv", "tsv")
_MOST_NAMED: Final = 3
_STREAM: Final = Path("-")

_SAID: Final = {
    "en": {
        "written": "{name}: {count} of {all} projects written.",
        "nothing": "Nothing was written: of {all} projects none can stand in {name}.",
        "others": "Left out as they are no projects: {count}.",
        "observations": "Left out as further observations of the same projects: {count}.",
        "refused": "Refused: {count} ({first}): {why}.",
        "rates": "Rows with the Union rate of their programme area, as none is printed: "
        "{count} (`esfkit codes union_rates`).",
        "euro": "Exchange rate beside kronor, of which none are converted: {rates}.",
        "by_start": "the average of the year in which each project starts",
        "guarded": "Cells with a single quote where a spreadsheet would begin a "
        "formula: {count}; an .xlsx file has the texts as they are.",
        "filled": "Not filled in every row (n of {all}):",
        "broken": "Not declared in the package, since values break it: {rules}.",
    },
    "sv": {
        "written": "{name}: {count} av {all} projekt skrevs.",
        "nothing": "Inget skrevs: av {all} projekt kan inget stå i {name}.",
        "others": "Utelämnade, eftersom de inte är projekt: {count}.",
        "observations": "Utelämnade, som ytterligare observationer av samma projekt: {count}.",
        "refused": "Avvisade: {count} ({first}): {why}.",
        "rates": "Rader med programområdets medfinansieringsgrad, eftersom ingen är tryckt: "
        "{count} (`esfkit codes union_rates`).",
        "euro": "Växelkurs bredvid kronor, av vilka inga är omräknade: {rates}.",
        "by_start": "genomsnittet för det år då varje projekt startar",
        "guarded": "Celler med ett enkelt citattecken där ett kalkylprogram skulle "
        "börja en formel: {count}; en .xlsx-fil har texterna som de är.",
        "filled": "Inte ifyllda på varje rad (n av {all}):",
        "broken": "Anges inte i paketet, eftersom värden bryter mot det: {rules}.",
    },
}


def give_records(asked: Asked) -> None:
    """Write the records themselves, in the format that is named or that the suffix asks for.

    Raises:
        BadRequest: An option, a column or the format is wrong.
        OutputFailed: It could not be written.
    """
    asked.refuse_unless(lists=False)
    if asked.name is not None and asked.name not in (*EXPORTS, "table"):
        raise BadRequest(f"There is no format {asked.name!r}. {nearest(asked.name, EXPORTS)}")
    form = asked.name or asked.form or (None if asked.output else "csv")
    way = way_out(form, asked.output, asked.language)
    if asked.day is not None and way.writer.name != "xlsx":
        raise BadRequest(f"--date: There is no place for a day in {way.writer.name}.")
    rows, everyone = _rows(asked)
    if way.writer.name == "xlsx" and not asked.columns:
        _give_workbook(rows, everyone, asked, way)
    else:
        table = _chosen(rows, everyone, asked)
        give(Result(table=table, headings=headings(way.language)), way)
    _tell_withheld(rows, asked)


def give_package(asked: Asked) -> None:
    """Write the records as a data package, in a folder or a zip file.

    Raises:
        BadRequest: No folder or zip file is named, or an option or a column is wrong.
        OutputFailed: It could not be written.
    """
    asked.refuse_unless(lists=False)
    target = asked.output
    suffixes = {writer.suffix for writer in WRITERS}
    if target is None or str(target) == "-" or target.suffix.lower() in suffixes:
        raise BadRequest("A data package needs a folder or a .zip file. Name it with -o.")
    require_place_of_folder(target)
    about = PackageAbout(version=tool_version(), day=asked.day)
    rows, everyone = _rows(asked)
    broken = write_package(_chosen(rows, everyone, asked), target, about)
    _tell_withheld(rows, asked)
    if broken:
        tell(_SAID[asked.language]["broken"].format(rules=", ".join(broken)))


def _rows(asked: Asked) -> tuple[pl.DataFrame, pl.LazyFrame]:
    """Return the rows asked for, and all rows, by which persons are known."""
    require_columns(asked.columns, SCHEMA.names())
    written = [asked.output]
    loaded = load_all(
        asked.data, asked.where, asked.kinds, personal=asked.personal, written=written
    )
    return cut_and_sorted(loaded.records, (), asked.limit), loaded.everyone


def _tell_withheld(rows: pl.DataFrame, asked: Asked) -> None:
    """Tell what is withheld where a person looks on; pipelines stay silent."""
    note = "" if asked.personal else withheld_note(rows, asked.language)
    if note and is_terminal(sys.stderr):
        tell(note)


def _chosen(rows: pl.DataFrame, everyone: pl.LazyFrame, asked: Asked) -> pl.DataFrame:
    personal = asked.personal
    if asked.columns:
        return choose_columns(rows, asked.columns, personal=personal, everyone=everyone)
    return withhold(rows, personal=personal, everyone=everyone)


def _give_workbook(rows: pl.DataFrame, everyone: pl.LazyFrame, asked: Asked, way: Way) -> None:
    # Whoever wants no workbook does not wait for what writes it.
    from esfkit.output.workbook import About, write_workbook

    about = About(
        version=tool_version(),
        date=asked.day,
        sources=asked.data or [unnamed()],
        language=asked.language,
        personal=asked.personal,
    )
    table = withhold(rows, personal=asked.personal, everyone=everyone)
    counted = counted_rows(rows)
    write_whole(way.output, partial(write_workbook, table, about=about, counted=counted))


# --- official lists ---------------------------------------------------------------------


class _Projects(NamedTuple):
    """The projects that may stand in a list.

    Attributes:
        frame: One observation of each.
        others: How many records of other kinds were left out.
        observations: How many further observations of the same projects were left out.
    """

    frame: pl.DataFrame
    others: int
    observations: int


def give_list(asked: Asked, name: str) -> None:
    """Write an official list of the projects, and tell what it leaves out or empty.

    Raises:
        BadRequest: An option is wrong.
        InputRefused: There are projects, and none of them can stand in the list.
        OutputFailed: It could not be written.
    """
    asked.refuse_unless(lists=True)
    form = asked.form or (None if asked.output else "csv")
    way = way_out(form, asked.output, asked.language)
    _refuse_place(asked)
    conversion = None if asked.euro is None else read_conversion(asked.euro)
    projects = _projects(asked)
    made = listed(name, projects.frame, _given(asked, conversion))
    if asked.refused is not None:
        write_content(asked.refused, b"".join(_refused_lines(made.refused, asked.language)))
    if made.refused and made.table.is_empty():
        for line in _refusals_told(made.refused, asked.language):
            tell(line)
        words = _SAID[asked.language]["nothing"]
        raise InputRefused(words.format(all=len(made.refused), name=name))
    give(Result(table=made.table), way)
    for line in _account(name, made, projects, asked.language):
        tell(line)
    if conversion is not None:
        tell(_rates_told(conversion, asked.language))
    guarded = _guarded_cells(made.table) if way.writer.name in _GUARDED else 0
    if guarded:
        tell(_SAID[asked.language]["guarded"].format(count=guarded))


def _refuse_place(asked: Asked) -> None:
    refused, output = asked.refused, asked.output or _STREAM
    if refused is not None and refused.resolve() == output.resolve():
        raise BadRequest(f"{refused}: The list and the refused need a file each.")
    require_places(refused)


def _projects(asked: Asked) -> _Projects:
    refused = Target(asked.refused, is_refused)
    loaded = load_all(asked.data, asked.where, written=(asked.output, refused))
    frame = loaded.records
    is_project = pl.col("kind") == "project"
    others = gather(frame.filter(~is_project).select("kind")).height
    kept, observations = in_their_order(frame.filter(is_project))
    rows = withhold(cut_and_sorted(kept, (), asked.limit), everyone=loaded.everyone)
    return _Projects(rows.drop("provenance", "findings"), others, observations)


def _account(name: str, made: Listed, projects: _Projects, language: Language) -> Iterator[str]:
    """Yield what is told of a list: what stands in it, what does not, what is empty."""
    said, rows = _SAID[language], made.table.height
    yield said["written"].format(name=name, count=rows, all=projects.frame.height)
    if projects.others:
        yield said["others"].format(count=projects.others)
    if projects.observations:
        yield said["observations"].format(count=projects.observations)
    yield from _refusals_told(made.refused, language)
    if made.rates_of_areas:
        yield said["rates"].format(count=made.rates_of_areas)
    lacking = [each for each in filled_columns(name, made.table) if each.stated < rows]
    if lacking:
        yield said["filled"].format(all=rows)
    for each in lacking:
        why = f": {words_for(each.empty, language)}" if not each.stated else ""
        yield f"{each.stated:>8}  {each.heading}{why}"


def _refusals_told(refused: Sequence[Refusal], language: Language) -> Iterator[str]:
    """Yield a line for each cause, the most frequent first, with the first projects."""
    counts = Counter(cause for each in refused for cause in each.causes)
    for cause, count in counts.most_common():
        met = [each.record_id for each in refused if cause in each.causes][: _MOST_NAMED + 1]
        first = ", ".join(met[:_MOST_NAMED]) + (", …" if len(met) > _MOST_NAMED else "")
        why = cause.told(language)
        yield _SAID[language]["refused"].format(count=count, first=first, why=why)


def _refused_lines(refused: Sequence[Refusal], language: Language) -> Iterator[bytes]:
    """Yield the refused projects as JSONL, with every cause of each."""
    for each in refused:
        row: dict[str, Any] = {
            "record_id": each.record_id,
            "project_number": each.project_number,
            "causes": [
                {"code": cause.code, "column": cause.column or None, "message": message}
                for cause in each.causes
                for message in (cause.told(language),)
            ],
            **each.source,
        }
        yield f"{json.dumps(row, ensure_ascii=False)}\n".encode()


def _given(asked: Asked, conversion: Conversion | None) -> Given:
    """Return what the caller says: the day, and the rate or those of the years."""
    if conversion is None:
        return Given(asked.day)
    by_year = {rate.year: rate.value for rate in conversion.rates}
    if conversion.by_start:
        return Given(asked.day, by_year=by_year)
    return Given(asked.day, conversion.given or conversion.rates[0].value)


def _rates_told(conversion: Conversion, language: Language) -> str:
    said = _SAID[language]
    if conversion.given is not None:
        return said["euro"].format(rates=conversion.given)
    named = conversion.rates[-1]
    which = said["by_start"] if conversion.by_start else f"{named.value} ({named.year})"
    return said["euro"].format(rates=f"{which}; {named.source}, {named.date}")


def _guarded_cells(table: pl.DataFrame) -> int:
    """Return how many texts get a quote before what a spreadsheet takes for a formula."""
    texts = (
        table[name].drop_nulls() for name, dtype in table.schema.items() if dtype == pl.String
    )
    return sum(for_spreadsheet(text) != text for column in texts for text in column)
