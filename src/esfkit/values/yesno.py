"""Printed words → yes or no."""

from esfkit.model.finding import Problem
from esfkit.values.nullwords import stated

_ANSWERS = {"ja": True, "yes": True, "nej": False, "no": False}


def read_yes_no(words: str) -> bool | Problem | None:
    """Read ``Ja``, ``Nej``, ``Yes`` or ``No``, in any case of letters."""
    folded = stated(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    return _ANSWERS.get(folded.rstrip("."), Problem.UNREADABLE_VALUE)
