"""The words beside which something is personal data, or is not: ``words.csv``."""

import csv
from functools import cache
from importlib.resources import files
from io import StringIO


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of a kind, in small letters.

    Args:
        kind: ``title`` (stands beside a name), ``place`` (stands before a place),
            ``particle`` (of a surname), ``body`` (the last word of an organisation's
            name), ``ending`` (of such a word), ``unit_body`` (begins such a name),
            ``number`` (labels a number that is no telephone's), ``telephone`` (labels one
            that is) or ``unit`` (stands behind an amount).
    """
    text = files("esfkit.dataset.redacting").joinpath("words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(StringIO(text))
    return frozenset(row["word"] for row in rows if row["kind"] == kind)
