"""The record described: as JSON Schema, and as a data dictionary."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

import polars as pl

from esfkit.cli.giving import give
from esfkit.cli.results import Result, way_out
from esfkit.cli.screen import folded, is_terminal
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.dictionary import ColumnDescription, data_dictionary
from esfkit.model.record import Record
from esfkit.output.atomic import write_whole

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def wants_json_schema(form: str | None, output: Path | None) -> bool:
    """Tell whether the JSON Schema is asked for, rather than the dictionary."""
    if form is not None:
        return form == "json"
    if output is not None:
        return output.suffix.lower() == ".json"
    return not is_terminal(sys.stdout)


def json_schema(language: Literal["sv", "en"]) -> dict[str, Any]:
    """Return the JSON Schema of a record, each column described in the language."""
    schema = Record.model_json_schema(mode="serialization")
    for row in data_dictionary():
        column = schema["properties"][row.column]
        column["title"], column["description"] = _words(row, language)
        if row.unit:
            column["x-unit"] = row.unit
    return {"$schema": _DIALECT, **schema}


def give_json_schema(output: Path | None, language: Literal["sv", "en"]) -> None:
    """Write the JSON Schema."""
    text = json.dumps(json_schema(language), ensure_ascii=False, indent=2)

    def write(stream: BinaryIO) -> None:
        stream.write(f"{text}\n".encode())

    write_whole(output, write)


def give_dictionary(
    form: str | None, output: Path | None, language: Literal["sv", "en"]
) -> None:
    """Write the data dictionary."""
    rows = [
        (row.column, str(SCHEMA[row.column]), row.unit, *_words(row, language))
        for row in data_dictionary()
    ]
    names = ("column", "type", "unit", "heading", "description")
    table = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    result = Result(table=table, drawn=lambda width: "".join(_drawn(language, width)))
    give(result, way_out(form, output, language))


def _drawn(language: Literal["sv", "en"], width: int) -> Iterator[str]:
    for row in data_dictionary():
        heading, description = _words(row, language)
        kind = "list" if SCHEMA[row.column].is_nested() else str(SCHEMA[row.column])
        unit = f", {row.unit}" if row.unit else ""
        yield f"{row.column}  {heading} ({kind}{unit})\n"
        yield from (f"{line}\n" for line in folded(description, width, "    ", "    "))


def _words(row: ColumnDescription, language: Literal["sv", "en"]) -> tuple[str, str]:
    if language == "sv":
        return row.heading_sv, row.description_sv
    return row.heading_en, row.description_en
