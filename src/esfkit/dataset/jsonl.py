"""Reading a dataset from JSONL: one record a line."""

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import NoReturn

import polars as pl
from pydantic import ValidationError

from esfkit.dataset.columns import SCHEMA, did_you_mean, may_lack
from esfkit.dataset.frame import CENT, to_frame
from esfkit.dataset.source import MAKE_AGAIN, Source, refuse_missing
from esfkit.model.errors import InputRefused
from esfkit.model.record import Record

_NEEDED = SCHEMA.keys() - may_lack()
_LARGEST_INT = 2**63 - 1
_LARGEST_EURO = Decimal(10) ** 16


def read_jsonl(source: Source) -> pl.LazyFrame:
    """Return the table of a JSONL file.

    Raises:
        InputRefused: A line is not exactly a record; the message names it.
    """
    return to_frame(_records(source)).lazy()


def record_of_line(where: str, line: bytes) -> Record:
    """Return the record that a line of JSON holds.

    Raises:
        InputRefused: It is broken, or has a key or a value that no record has.
    """
    try:
        record = Record.model_validate_json(line)
    except ValidationError as error:
        _refuse(where, error)
    refuse_missing(where, _NEEDED - record.model_fields_set)
    _check_numbers(where, record)
    return record


def _records(source: Source) -> Iterator[Record]:
    for number, line in enumerate(source.content().split(b"\n"), start=1):
        if line.strip():
            yield record_of_line(f"{source.name}, line {number}", line)


def _refuse(where: str, error: ValidationError) -> NoReturn:
    """Tell the first thing that is wrong with a line, with the key it is wrong in."""
    first = error.errors(include_url=False, include_input=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        what = f"unknown key {key!r}. {did_you_mean(key, SCHEMA)}".rstrip()
    elif first["type"] == "missing":
        what = f"the key {key!r} is missing."
    else:
        what = _wrong_value(first["type"], key)
    raise InputRefused(f"{where}: {what} Mend the line or take it out. {MAKE_AGAIN}") from error


def _wrong_value(kind: str, key: str) -> str:
    if kind == "json_invalid":
        return "Invalid JSON."
    if not key:
        return "This is no JSON object with the columns of a record."
    return f"key {key!r} holds a value of a kind that its column does not take."


def _check_numbers(where: str, record: Record) -> None:
    """Refuse numbers that the columns cannot hold."""
    parts = [item.__dict__ for items in _nested(record) for item in items]
    for values in (record.__dict__, *parts):
        for name, value in values.items():
            if not _fits(value):
                raise InputRefused(
                    f"{where}: key {name!r} holds {value}, which its column cannot hold. "
                    f"Mend the line or take it out. {MAKE_AGAIN}"
                )


def _nested(record: Record) -> tuple[tuple[object, ...], ...]:
    return (record.provenance, record.findings, record.participant_targets)


def _fits(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) <= _LARGEST_INT
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Decimal):
        return abs(value) < _LARGEST_EURO and value == value.quantize(CENT)
    return True
