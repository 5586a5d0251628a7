"""Observations → a dataset of projects and the files beside it, with an account on stderr."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Literal

import polars as pl

from esfkit.analysis.merging.decisions import Decision, read_decisions
from esfkit.analysis.merging.groups import WAYS
from esfkit.analysis.merging.merge import Merged, Tally, merge
from esfkit.analysis.merging.precedence import read_precedence
from esfkit.cli.data import load_all, unnamed
from esfkit.cli.likeness import is_dataset, is_origins, is_review
from esfkit.cli.notes import tell
from esfkit.cli.places import require_places
from esfkit.cli.screen import is_terminal
from esfkit.cli.sparing import Target, keep_apart
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.output.atomic import write_whole
from esfkit.output.csvfile import write_csv
from esfkit.output.personal import withhold
from esfkit.output.writers import Writer, writer_for, writer_named

_DATASETS: Final = ("parquet", "jsonl", "csv")
_MOST_NAMED: Final = 5
_STDOUT: Final = Path("-")

_SAID: Final = {
    "en": {
        "became": "{count} observations became {records}.",
        "by": "Observations by how they came to their project: {ways}.",
        "number": "number {count}",
        "name": "title, owner and period {count}",
        "text": "the same page {count}",
        "decision": "decision {count}",
        "alone": "the only one {count}",
        "conflicts": "Fields on which observations disagree: {count} ({where}).",
        "doubtful": "Doubtful pairs, which stay two: {count} ({where}).",
        "answer": "write them with --review FILE.csv",
        "filled": "{file}: fill in same and give it back with --decisions",
        "origins": "disagrees in {file}",
        "findings": "value_conflict among the findings",
        "applied": "Decisions: {count} applied.",
        "passed": "Decisions not applied, as a text under them changed or is not in the "
        "data: {count} ({names}).",
        "refused": "Decisions not applied, as they would make two numbers one project or "
        "contradict another: {count} ({names}).",
        "uncompared": "Sets too large to look for doubtful pairs in: {count}.",
        "kept": "Observations and origins were not written. Name a file with -o, or with "
        "--observations and --origins.",
    },
    "sv": {
        "became": "{count} observationer blev {records}.",
        "by": "Observationer efter hur de kom till sitt projekt: {ways}.",
        "number": "nummer {count}",
        "name": "titel, ägare och period {count}",
        "text": "samma sida {count}",
        "decision": "beslut {count}",
        "alone": "den enda {count}",
        "conflicts": "Fält där observationer säger olika: {count} ({where}).",
        "doubtful": "Tveksamma par, som förblir två: {count} ({where}).",
        "answer": "skriv dem med --review FIL.csv",
        "filled": "{file}: fyll i same och ge tillbaka den med --decisions",
        "origins": "disagrees i {file}",
        "findings": "value_conflict bland fynden",
        "applied": "Beslut: {count} tillämpade.",
        "passed": "Beslut som inte tillämpas, eftersom en text under dem har ändrats eller "
        "saknas i datat: {count} ({names}).",
        "refused": "Beslut som inte tillämpas, eftersom de skulle göra två nummer till ett "
        "projekt eller motsäger ett annat: {count} ({names}).",
        "uncompared": "Mängder som är för stora att söka tveksamma par i: {count}.",
        "kept": "Observationer och ursprung skrevs inte. Namnge en fil med -o, eller med "
        "--observations och --origins.",
    },
}
_KINDS: Final = {
    ("en", "project"): ("project", "projects"),
    ("en", "call"): ("call", "calls"),
    ("en", "practice"): ("practice page", "practice pages"),
    ("sv", "project"): ("projekt", "projekt"),
    ("sv", "call"): ("utlysning", "utlysningar"),
    ("sv", "practice"): ("exempelsida", "exempelsidor"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A merge as it is asked for.

    Attributes:
        data: Datasets and texts; see :func:`esfkit.cli.data.load`.
        output: The dataset of projects; ``None`` for standard output.
        observations: Where the observations are kept.
        origins: Where it stands who gave each field.
        review: Where the doubtful pairs go.
        decisions: A review file that has been filled in.
        precedence: A table of precedence.
        where: A condition for observations.
        kinds: Only records of these kinds.
        language: Of the account.
        personal: Whether the origins hold personal data.
    """

    data: list[str] | None = None
    output: Path | None = None
    observations: Path | None = None
    origins: Path | None = None
    review: Path | None = None
    decisions: Path | None = None
    precedence: Path | None = None
    where: str | None = None
    kinds: list[str] = field(default_factory=list)
    language: Literal["sv", "en"] = "en"
    personal: bool = False


@dataclass(frozen=True, slots=True)
class _Files:
    """Where what goes, and how it is written."""

    projects: tuple[Path, Writer]
    observations: tuple[Path, Writer] | None
    origins: tuple[Path, Writer] | None
    review: Path | None

    @property
    def paths(self) -> list[Path]:
        """Every file that is written."""
        pairs = (self.projects, self.observations, self.origins)
        named = [pair[0] for pair in pairs if pair is not None]
        return [*named, *([] if self.review is None else [self.review])]

    @property
    def targets(self) -> list[Target]:
        """The same, each with what tells an earlier one."""
        return [
            Target(self.projects[0], is_dataset),
            Target(self.observations and self.observations[0], is_dataset),
            Target(self.origins and self.origins[0], is_origins),
            Target(self.review, is_review),
        ]


def give_merged(wish: Wish) -> None:
    """Merge, write every file, and tell what happened.

    Raises:
        BadRequest: A file or format does not fit, or an answer or a rank is none.
        InputRefused: Something named cannot be read.
        OutputFailed: A file could not be written.
    """
    files = _files(wish)
    _spare_sources(wish, files)
    decisions = _decisions(wish.decisions)
    ranks = None if wish.precedence is None else _ranks(wish.precedence)
    loaded = load_all(wish.data, wish.where, wish.kinds, personal=wish.personal)
    hide = partial(withhold, personal=wish.personal, everyone=loaded.everyone)
    merged = merge(loaded.records, decisions, ranks, personal=wish.personal, withhold=hide)
    _write(merged, files)
    for line in _account(merged.tally, files, wish):
        tell(line)


# --- files ------------------------------------------------------------------------------


def _files(wish: Wish) -> _Files:
    output = _STDOUT if wish.output is None else wish.output
    if output == _STDOUT and is_terminal(sys.stdout):
        raise BadRequest("A dataset is no text for a terminal. Name a file with -o.")
    writer = writer_named("jsonl") if output == _STDOUT else _of_suffix(output, _DATASETS)
    observations, origins = wish.observations, wish.origins
    if output != _STDOUT:
        observations = observations or output.with_suffix(f".observations{output.suffix}")
        origins = origins or output.with_suffix(".origins.csv")
    return _Files(
        (output, writer),
        None if observations is None else (observations, _of_suffix(observations, _DATASETS)),
        None if origins is None else (origins, _of_suffix(origins, (*_DATASETS, "xlsx"))),
        wish.review,
    )


def _of_suffix(path: Path, formats: tuple[str, ...]) -> Writer:
    writer = writer_for(path)
    if writer is None or writer.name not in formats:
        known = ", ".join(f".{name}" for name in formats)
        raise BadRequest(f"{path}: cannot be written by its suffix. Use one of {known}.")
    return writer


def _spare_sources(wish: Wish, files: _Files) -> None:
    """Refuse to write one file over another, or over what is read."""
    written = [path.resolve() for path in files.paths]
    if len(set(written)) < len(written):
        raise BadRequest("Projects, observations, origins and review need a file each.")
    require_places(*files.paths)
    keep_apart(wish.data or [unnamed()], *files.targets)
    # A review may be written over the answers it was made of: it takes them along.
    others = [path for path in files.paths if path != files.review]
    keep_apart([str(wish.decisions)] if wish.decisions else [], *others)
    keep_apart([str(wish.precedence)] if wish.precedence else [], *files.paths)


def _decisions(path: Path | None) -> list[Decision]:
    return [] if path is None else read_decisions(_content(path), str(path))


def _ranks(path: Path) -> Mapping[str, int]:
    return read_precedence(_content(path).decode("utf-8", "replace"), str(path))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputRefused(f"{path}: cannot be opened ({reason}).") from error


def _write(merged: Merged, files: _Files) -> None:
    """Write what is kept before what is made of it."""
    if files.observations is not None:
        _put(merged.observations, *files.observations)
    if files.origins is not None:
        _put(merged.origins, *files.origins)
    if files.review is not None:
        write_whole(files.review, partial(write_csv, merged.review))
    _put(merged.projects, *files.projects)


def _put(table: pl.DataFrame, path: Path, writer: Writer) -> None:
    write_whole(path, partial(writer.write, table))


# --- the account ------------------------------------------------------------------------


def _account(tally: Tally, files: _Files, wish: Wish) -> Iterator[str]:
    said = _SAID[wish.language]
    records = ", ".join(
        f"{count} {_KINDS[wish.language, kind][count != 1]}"
        for kind, count in sorted(tally.records.items(), key=lambda each: (-each[1], each[0]))
    )
    yield said["became"].format(count=tally.observations, records=records or 0)
    ways = [way for way in WAYS if tally.merged_by.get(way)]
    if ways:
        told = ", ".join(said[way].format(count=tally.merged_by[way]) for way in ways)
        yield said["by"].format(ways=told)
    if tally.disagreeing:
        place = (
            said["findings"]
            if files.origins is None
            else said["origins"].format(file=files.origins[0])
        )
        yield said["conflicts"].format(count=tally.disagreeing, where=place)
    if tally.doubtful:
        review = files.review
        place = said["answer"] if review is None else said["filled"].format(file=review)
        yield said["doubtful"].format(count=tally.doubtful, where=place)
    if tally.uncompared:
        yield said["uncompared"].format(count=tally.uncompared)
    yield from _about_decisions(tally, said)
    if files.observations is None or files.origins is None:
        yield said["kept"]


def _about_decisions(tally: Tally, said: Mapping[str, str]) -> Iterator[str]:
    if tally.applied:
        yield said["applied"].format(count=tally.applied)
    for name, pairs in (("passed", tally.passed), ("refused", tally.refused)):
        if pairs:
            more = ", …" if len(pairs) > _MOST_NAMED else ""
            names = ", ".join(pairs[:_MOST_NAMED])
            yield said[name].format(count=len(pairs), names=f"{names}{more}")
