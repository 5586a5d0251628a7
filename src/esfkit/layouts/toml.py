"""TOML that a user wrote → its values, where they are such as can be handled."""

import tomllib
from typing import Any, Final

MOST_NESTED: Final = 20
"""Lists and tables inside each other; what esfkit reads has fewer than 5."""

_MOST_BITS: Final = 63  # of a whole number: TOML 1.0 asks readers for 64 with the sign


def load_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text states.

    Raises:
        tomllib.TOMLDecodeError: It is no TOML.
        ValueError: It is, but a whole number is too long or lists are nested too deep;
            the message is a sentence and says what to do.
    """
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # Python reads no more than 4300 digits
        raise ValueError(_TOO_LONG) from error
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    _refuse_unwieldy(stated)
    return stated


_TOO_LONG: Final = "A whole number is too long. Write one of at most 18 digits."
_TOO_DEEP: Final = "Its lists are nested too deep. Take the inner brackets away."


def _refuse_unwieldy(stated: dict[str, Any]) -> None:
    """Make sure that each value can be printed: 0xFFF... is read at any length.

    Raises:
        ValueError: One cannot.
    """
    pending: list[tuple[int, object]] = [(0, stated)]
    while pending:
        depth, value = pending.pop()
        if depth > MOST_NESTED:
            raise ValueError(_TOO_DEEP)
        if isinstance(value, int) and value.bit_length() > _MOST_BITS:
            raise ValueError(_TOO_LONG)
        if isinstance(value, dict):
            pending.extend((depth + 1, each) for each in value.values())
        elif isinstance(value, list):
            pending.extend((depth + 1, each) for each in value)
