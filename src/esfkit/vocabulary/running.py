"""Words that tell a page copied onto one line from prose."""

from functools import cache

from esfkit.vocabulary.tables import read_table


@cache
def running_words(*roles: str) -> tuple[str, ...]:
    """Return the words of ``running_lines.csv`` with one of the roles, in file order.

    Args:
        roles: ``telling``: labels that prose prints less often than pages do;
            ``frequent``: those of them of which every known layout prints one, so that
            a line without any needs no closer look; ``heading``: what begins the prose
            behind the labels; ``link``: a link that stands between the two.
    """
    return tuple(row["words"] for row in read_table("running_lines") if row["role"] in roles)
