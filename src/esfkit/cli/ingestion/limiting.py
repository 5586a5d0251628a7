"""``--limit NAME=VALUE``: the numbers that guard the reader."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Final

from esfkit.model.errors import BadRequest
from esfkit.sources.limits import DEFAULT_LIMITS, Limits

_UNITS: Final = {
    "": 1,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "kib": 2**10,
    "mib": 2**20,
    "gib": 2**30,
}
_MOST: Final = 2**50
_VALUE: Final = re.compile(r"([0-9]{1,15})[ _]?([A-Za-z]{0,3})")


def limits_of(words: Iterable[str] | None) -> Limits:
    """Return the usual limits with those changed that are named, as ``row_bytes=64MiB``.

    Raises:
        BadRequest: There is no such limit, or the value is no whole number.
    """
    limits = DEFAULT_LIMITS
    names = [field.name for field in fields(Limits)]
    for each in words or ():
        name, _, value = each.partition("=")
        name = name.strip().replace("-", "_")
        if name not in names:
            raise BadRequest(f"There is no limit {name!r}. The limits are: {', '.join(names)}.")
        limits = replace(limits, **{name: _number(name, value.strip())})
    return limits


def _number(name: str, value: str) -> int:
    found = _VALUE.fullmatch(value)
    if found is None or found[2].lower() not in _UNITS:
        raise BadRequest(
            f"The limit {name} is a whole number, as 1000 or 16MiB, and not {value!r}."
        )
    number = int(found[1]) * _UNITS[found[2].lower()]
    if number > _MOST:
        raise BadRequest(f"The limit {name} can be no more than {_MOST}.")
    return number
