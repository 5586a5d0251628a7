"""Printed words → the fund that pays, as a code."""

from functools import cache

from esfkit.model.finding import Problem
from esfkit.values.nullwords import stated
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import read_table


def read_fund(words: str) -> str | Problem | None:
    """Read a fund such as ``Socialfonden`` or ``European Social Fund Plus (ESF+)``.

    Returns:
        Its code, such as ``ESF+``. A name followed by a code in brackets is read
        only where both mean the same fund.
    """
    folded = stated(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    codes = _codes()
    code = codes.get(folded)
    if code is None and folded.endswith(")"):
        name, _, short = folded[:-1].rpartition("(")
        code = codes.get(name.strip())
        code = code if code == codes.get(short.strip()) else None
    return Problem.CODE_UNKNOWN if code is None else code


@cache
def _codes() -> dict[str, str]:
    """Return every known form of a fund's name, folded, with the fund's code."""
    return {
        fold(form): row["code"]
        for row in read_table("funds")
        for form in (row["code"], row["name"], *row["variants"].split("|"))
    }
