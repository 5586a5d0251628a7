"""What ``esfkit check`` does, once its options are understood."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple

import polars as pl

from esfkit.analysis.reports.checking import checked
from esfkit.cli.checks.causes import (
    JOINED,
    causes_of,
    chosen,
    reaches,
    with_joined_examples,
    with_withheld_messages,
)
from esfkit.cli.checks.configuration import USUAL_FILE, read_configuration
from esfkit.cli.checks.rulelist import codes_named, rules_result
from esfkit.cli.data import load_all
from esfkit.cli.giving import give, give_bytes
from esfkit.cli.places import require_places
from esfkit.cli.results import Way, way_out
from esfkit.cli.sparing import keep_apart
from esfkit.output.sarif import write_sarif
from esfkit.output.writers import Writer
from esfkit.rules.page import catalogue_page

SARIF: Final = Writer("sarif", ".sarif", "application/sarif+json", write_sarif)
"""A format for findings alone, so it is none of those that every table has."""


class Asked(NamedTuple):
    """What is to be checked, and how.

    Attributes:
        data: As given.
        rules: Codes or checks; all where none is named.
        severity: The least that is told.
        fail_on: The least that makes the command fail.
        config: The file of settings.
        where: A condition on the records.
        kinds: Of the records; all where none is named.
        personal: Whether personal data may be quoted.
    """

    data: Sequence[str] | None
    rules: Sequence[str]
    severity: str | None
    fail_on: str | None
    config: Path | None
    where: str | None
    kinds: Sequence[str]
    personal: bool


def way_of(form: str | None, output: Path | None, language: Literal["sv", "en"]) -> Way:
    """Return the way out, which for findings may also be SARIF.

    Raises:
        BadRequest: There is no such format, or no format has the file's suffix.
        OutputFailed: Nothing can be written in the file's place.
    """
    of_file = output is not None and output.suffix.lower() == SARIF.suffix
    if form == SARIF.name or (form is None and of_file):
        target = None if output is not None and str(output) == "-" else output
        require_places(target)
        return Way(SARIF, target, language)
    return way_out(form, output, language)


def list_rules(way: Way) -> None:
    """Write the catalogue; as Markdown the whole page, with reasons and examples."""
    if way.writer.name == "md":
        page = catalogue_page().encode()
        give_bytes(lambda stream: _write(stream, page), way)
    else:
        give(rules_result(way.language), way)


def _write(stream: BinaryIO, content: bytes) -> None:
    stream.write(content)


def check(asked: Asked, way: Way) -> bool:
    """Write what the rules find, and tell whether that makes the command fail.

    Raises:
        BadRequest: A rule does not exist, the settings are wrong, or what is read would be
            written over.
        InputRefused: The data cannot be read.
        OutputFailed: The result could not be written.
    """
    codes = codes_named(list(asked.rules))
    settings = read_configuration(asked.config)
    keep_apart([str(asked.config or USUAL_FILE)], way.output)
    loaded = load_all(
        asked.data,
        asked.where,
        asked.kinds,
        personal=asked.personal,
        written=[way.output],
    )
    found = checked(loaded.records, settings.in_force, settings.reading)
    rows = chosen(found, codes, asked.severity or settings.severity)
    everyone = None if asked.personal else loaded.everyone
    causes = causes_of(rows, way.language, everyone=everyone)
    if way.writer is SARIF:
        _give_sarif(rows, way, everyone)
    else:
        give(with_joined_examples(causes) if way.writer.name in JOINED else causes, way)
    limit = asked.fail_on or settings.fail_on
    return limit is not None and reaches(causes.table, limit)


def _give_sarif(rows: pl.DataFrame, way: Way, everyone: pl.LazyFrame | None) -> None:
    shown = rows if everyone is None else with_withheld_messages(rows, everyone)
    give_bytes(lambda stream: write_sarif(shown, stream), way)
