"""Which of very many contact persons may stand in a few texts."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from esfkit.dataset.redacting.readings import plain

_FEW: Final = 2000
"""Rows of which it does not pay to choose any."""

_PERSON: Final = "contact_person"
_SIGN: Final = "[a-z]{2,}"
"""Letters that stand wherever a word does, also where its others are rewritten."""


def near(everyone: pl.DataFrame, texts: Iterable[str], keys: Iterable[str]) -> pl.DataFrame:
    """Return the rows that are of these records, or whose contact may stand in these texts.

    A row too many may be returned, and none too few.

    Args:
        everyone: Rows with the columns ``record_id`` and ``contact_person``.
        texts: The texts; far fewer than the rows.
        keys: The records that the texts are of.
    """
    if everyone.height <= _FEW or _PERSON not in everyone.columns:
        return everyone
    signs = everyone[_PERSON].str.to_lowercase().str.extract_all(_SIGN).alias("signs")
    words = signs.explode().drop_nulls().unique()
    read = pl.Series([f"{text}\n{plain(text)}".lower() for text in texts], dtype=pl.String)
    met = (
        read.str.extract_many(words.to_list(), overlapping=True).explode().drop_nulls().unique()
    )
    stands = signs.list.eval(pl.element().is_in(met.to_list())).list.any()
    has_none = signs.list.len() == 0
    own = everyone["record_id"].is_in(list(keys))
    return everyone.filter((stands | has_none | own).fill_null(value=True))
