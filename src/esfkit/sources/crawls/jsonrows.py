"""One line of a JSONL file: its object, and what stands in the object's fields."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

from esfkit.model.finding import Finding
from esfkit.sources.pages.decode import decode

_NOWHERE = object()
_OPENERS = (b"{", b"[")


class Row(NamedTuple):
    """One line of a JSONL file, read.

    Attributes:
        value: The object.
        findings: What reading its bytes gave rise to.
    """

    value: dict[str, Any]
    findings: tuple[Finding, ...] = ()


def loaded(line: bytes) -> Row | str:
    """Return the object of a line, or a sentence that says why there is none."""
    findings: tuple[Finding, ...] = ()
    try:
        words = line.decode()
    except UnicodeDecodeError:
        decoded = decode(line)
        words, findings = decoded.text, decoded.findings
    try:
        value = _DECODER.decode(words.lstrip("\ufeff"))
    except RecursionError:
        return "The row is JSON nested too deep to be read."
    except ValueError as error:
        return f"The row is not JSON: {_reason(error)}."
    if not isinstance(value, dict):
        return "The row is JSON, but no object with fields."
    return Row(value, findings)


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[0].lower()}{error.msg[1:]} at character {error.pos + 1}"
    return str(error)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object, unless it names a field twice: nobody knows which is meant."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("it names a field twice")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no value of JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_without_twins, parse_constant=_refuse_constant)


def depth_exceeds(line: bytes, value: object, most: int) -> bool:
    """Return whether more objects and lists than so many stand within one another."""
    if sum(line.count(opener) for opener in _OPENERS) <= most:
        return False
    level: list[object] = [value]
    for _ in range(most):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return bool(level)


def _inside(value: object) -> list[object]:
    inner = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    )
    return [each for each in inner if isinstance(each, dict | list)]


def names_one_of(row: dict[str, Any], names: Sequence[str]) -> bool:
    """Return whether a row has one of the fields, be it empty or null."""
    return any(_at(row, name) is not _NOWHERE for name in names)


def first_of(row: dict[str, Any], names: Sequence[str]) -> object:
    """Return the first of the fields that the row has and that is not null."""
    values = (_at(row, name) for name in names)
    return next(
        (value for value in values if value is not None and value is not _NOWHERE), None
    )


def _at(row: dict[str, Any], name: str) -> object:
    """Return what stands in a field; ``a.b`` is field b of object a, if none is named so."""
    if name in row or "." not in name:
        return row.get(name, _NOWHERE)
    value: object = row
    for step in name.split("."):
        value = value.get(step, _NOWHERE) if isinstance(value, dict) else _NOWHERE
    return value
