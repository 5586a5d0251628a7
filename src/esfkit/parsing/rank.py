"""How headings stand to each other: their rank, and those that speak of goals."""

from esfkit.vocabulary.fold import fold

_QUOTED = " \t\u00a0>"
_PLAIN, _CAPITALS, _COLON = 7, 8, 9  # below the six of Markdown
_GOALS = ("mål", "målen", "målsättning", "målsättningen", "målsättningar")
_NO_GOALS = frozenset({"ändamål", "föremål", "modersmål"})


def rank_of(printed: str) -> int:
    """Return the rank of a heading by its manner, 1 for the highest.

    Headings of Markdown rank by their marks; then come those of the page, and of the
    author's own those in capitals and those that end in a colon.
    """
    line = printed.strip(_QUOTED)
    if line.startswith("#"):
        return len(line) - len(line.lstrip("#"))
    if line.endswith(":"):
        return _COLON
    return _CAPITALS if line.isupper() else _PLAIN


def names_goals(heading: str) -> bool:
    """Return whether a heading speaks of goals: ``Delmål``, ``Kvantitativa mål``."""
    words = (word.strip(",.") for word in fold(heading).replace("/", " ").split())
    return any(word.endswith(_GOALS) and word not in _NO_GOALS for word in words)
