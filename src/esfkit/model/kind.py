"""What a record is about. Loads nothing, so that any command can ask."""

from collections.abc import Sequence
from typing import Literal, get_args

from esfkit.model.errors import BadRequest

Kind = Literal["project", "call", "practice"]
"""A project, a call for proposals (utlysning) or a narrated good example."""

KINDS: tuple[str, ...] = get_args(Kind)


def require_kinds(wanted: Sequence[str]) -> None:
    """Make sure that every kind asked for exists.

    Raises:
        BadRequest: One does not.
    """
    for kind in wanted:
        if kind not in KINDS:
            raise BadRequest(f"There is no kind {kind!r}. The kinds are: {', '.join(KINDS)}.")
