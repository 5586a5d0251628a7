"""Which records hold some words, and where.

The texts are looked through for the letters that every word asked for must hold
(:mod:`esfkit.analysis.selection.screening`); only the words found there, each once, are
then compared as ``docs/search.md`` says.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import polars as pl

from esfkit.analysis.selection.query import WORD, Asked, Part, read_query
from esfkit.analysis.selection.screening import Screen, is_unusual, may_hold, prepared, words_of
from esfkit.dataset.store import gather
from esfkit.vocabulary.inflection import plain

MATCHED: Final = "matched"
"""The column that tells where and what was found."""

_ROW: Final = "__row"
_PLACE: Final = "__place"
_HEADING: Final = "__heading"
_TEXT: Final = "__text"
_AT: Final = "__at"
_WHOLE: Final = "__whole"
_UNUSUAL: Final = "__unusual"
_STRETCH: Final = "__stretch"
_MET: Final = "__met"
_QUOTED: Final = "__quoted"
_SEARCHED: Final = ("title", "summary", "sections")
_MOST_QUOTED = 5
_LONGEST_PLACE = 40
_LONGEST_QUOTE = 60
_MORE = "…"

# Wider than any gap between two words of one stretch.
_BETWEEN_HEADING_AND_TEXT: Final = "\n\n\n\n"
_GAP: Final = r"\W{1,3}"


class _Met(NamedTuple):
    """What a stretch of text holds of what is asked for, by number; the words to quote."""

    met: list[int]
    quotes: list[str]


def search(frame: pl.LazyFrame | pl.DataFrame, query: str) -> pl.LazyFrame:
    """Return the records that hold what is asked for, in their order.

    Title, summary and sections are searched, case, accents and invisible characters
    left aside. All words must occur, each as itself, inflected or in a compound; words
    in double quotes occur as they are, one after the other; what has ``-`` before it
    must not occur. See ``docs/search.md`` for the rules.

    Args:
        frame: Records, with the columns ``title``, ``summary`` and ``sections`` at least.
        query: What is asked for, such as ``utrikes födda -män "nära arbete"``.

    Returns:
        The records with a further column ``matched`` that tells where and what:
        ``title: kvinnor; Bakgrund: utrikes födda``. It quotes the words alone, at most
        five for a place. A summary that repeats a section is not named beside it.

    Raises:
        BadRequest: The query has no word that is wanted, is too long, or has a
            quotation mark too few.
        InputRefused: The dataset turns out to be damaged.
    """
    asked = read_query(query)
    rows = frame.lazy().with_row_index(_ROW)
    texts = gather(rows.select(_ROW, *_SEARCHED).filter(_may_hold(asked)))
    found = _told(_found(texts, asked), asked)
    return rows.join(found.lazy(), on=_ROW, how="inner", maintain_order="left").drop(_ROW)


# --- looking through the texts ------------------------------------------------------------


def _may_hold(asked: Sequence[Asked]) -> pl.Expr:
    """Tell whether a record may hold everything that is wanted."""
    wanted = [part for each in asked if each.wanted for part in each.parts]
    holds = pl.all_horizontal(_in_a_text(may_hold(part)) for part in wanted)
    return holds | _in_a_text(is_unusual)


def _in_a_text(asked: Screen) -> pl.Expr:
    """Tell whether something is so of a record's title, summary or a section."""
    section = pl.element().struct
    of_section = asked(section.field("heading")) | asked(section.field("text"))
    of_sections = pl.col("sections").list.eval(of_section).list.any()
    return pl.any_horizontal(asked(pl.col("title")), asked(pl.col("summary")), of_sections)


def _found(texts: pl.DataFrame, asked: Sequence[Asked]) -> pl.DataFrame:
    """Return one row for each stretch of words in each place, with what it holds."""
    repeats = (pl.col(_PLACE) == "summary") & pl.struct(_ROW, _TEXT).is_duplicated()
    stretches = (
        _with_stretches(_places_that_may_hold(texts, asked), asked)
        .filter(pl.col(_STRETCH).list.len() > 0)
        .filter(~repeats)
        .select(_ROW, _PLACE, _HEADING, pl.col(_STRETCH).list.unique(maintain_order=True))
        .explode(_STRETCH)
    )
    distinct = stretches.get_column(_STRETCH).unique().to_list()
    judged = pl.DataFrame(
        [(each, *_judged(each, asked)) for each in distinct],
        schema={_STRETCH: pl.String, _MET: pl.List(pl.Int64), _QUOTED: pl.List(pl.String)},
        orient="row",
    )
    return stretches.join(judged, on=_STRETCH, how="left", maintain_order="left")


def _with_stretches(places: pl.DataFrame, asked: Sequence[Asked]) -> pl.DataFrame:
    """Return the places with the stretches of words that may be meant, in small letters.

    Where nothing is unusual only what is found is made small, and not the whole text.
    """
    words = "|".join(dict.fromkeys(words_of(part) for each in asked for part in each.parts))
    stretch = rf"(?:^|\W)(?:{words})(?:{_GAP}(?:{words}))*"
    usual, unusual = places.filter(~pl.col(_UNUSUAL)), places.filter(_UNUSUAL)
    small = pl.element().str.to_lowercase()
    found = pl.col(_WHOLE).str.extract_all(f"(?i){stretch}").list.eval(small)
    made_plain = prepared(pl.col(_WHOLE)).str.extract_all(stretch)
    both = [
        usual.with_columns(found.alias(_STRETCH)),
        unusual.with_columns(made_plain.alias(_STRETCH)),
    ]
    return pl.concat(both).sort(_AT)


def _places_that_may_hold(texts: pl.DataFrame, asked: Sequence[Asked]) -> pl.DataFrame:
    """Return the places in which something may stand that is asked for, wanted or not."""
    parts = dict.fromkeys(part for each in asked for part in each.parts)
    whole = pl.col(_WHOLE)
    holds = pl.any_horizontal(_UNUSUAL, *(may_hold(part)(whole) for part in parts))
    return (
        _places(texts)
        .with_row_index(_AT)
        .with_columns(_whole().alias(_WHOLE))
        .with_columns(is_unusual(whole).alias(_UNUSUAL))
        .filter(holds)
    )


def _places(texts: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each title, summary and section, in that order for each record."""
    alone = [
        texts.select(_ROW, pl.lit(name).alias(_PLACE), pl.lit(None, pl.String).alias(_HEADING),
                     pl.col(name).alias(_TEXT))
        for name in ("title", "summary")
    ]  # fmt: skip
    sections = (
        texts.select(_ROW, "sections")
        .explode("sections")
        .select(_ROW, pl.lit("sections").alias(_PLACE), pl.col("sections").struct.unnest())
        .rename({"heading": _HEADING, "text": _TEXT})
    )
    return pl.concat([*alone, sections]).sort(_ROW, maintain_order=True)


def _whole() -> pl.Expr:
    return pl.concat_str(
        _HEADING, _TEXT, separator=_BETWEEN_HEADING_AND_TEXT, ignore_nulls=True
    )


# --- comparing the words found ------------------------------------------------------------


def _judged(stretch: str, asked: Sequence[Asked]) -> _Met:
    """Return what a stretch of text holds of what is asked for."""
    words = WORD.findall(stretch)
    gaps = WORD.split(stretch)[1:-1]
    plainly = {word: plain(word) for word in set(words)}
    met: list[int] = []
    quoted: set[int] = set()
    for number, each in enumerate(asked):
        starts = _starts(each.parts, words, gaps, plainly)
        if starts:
            met.append(number)
        if each.wanted:
            quoted.update(at + step for at in starts for step in range(len(each.parts)))
    return _Met(met, list(_quotes(words, gaps, quoted)))


def _starts(
    parts: Sequence[Part],
    words: Sequence[str],
    gaps: Sequence[str],
    plainly: Mapping[str, str],
) -> list[int]:
    """Return where in the stretch the words stand that are asked for, one after the other."""
    first, *others = parts
    meant = {word for word, simple in plainly.items() if first.is_met_in(simple)}
    starts = [at for at, word in enumerate(words) if word in meant]
    for step, part in enumerate(others, 1):
        meant = {word for word, simple in plainly.items() if part.is_met_in(simple)}
        starts = [
            at
            for at in starts
            if at + step < len(words)
            and words[at + step] in meant
            and part.follows(gaps[at + step - 1])
        ]
    return starts


def _quotes(words: Sequence[str], gaps: Sequence[str], quoted: set[int]) -> Iterator[str]:
    """Yield the words to quote; those with nothing but a blank between them together."""
    run: list[str] = []
    for at in sorted(quoted):
        if run and (at - 1 not in quoted or not gaps[at - 1].isspace()):
            yield _cut(" ".join(run), _LONGEST_QUOTE)
            run = []
        run.append(words[at])
    if run:
        yield _cut(" ".join(run), _LONGEST_QUOTE)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}{_MORE}"


# --- telling where ------------------------------------------------------------------------


def _told(found: pl.DataFrame, asked: Sequence[Asked]) -> pl.DataFrame:
    """Return the records that hold all that is wanted, with where and what."""
    met = pl.col(_MET).list
    holds = [
        met.contains(number) if each.wanted else ~met.contains(number)
        for number, each in enumerate(asked)
    ]
    records = (
        found.group_by(_ROW)
        .agg(pl.col(_MET).explode())
        .filter(pl.all_horizontal(holds))
        .select(_ROW)
    )
    place = pl.coalesce(pl.col(_HEADING).str.strip_chars().replace("", None), _PLACE)
    return (
        found.filter(pl.col(_QUOTED).list.len() > 0)
        .join(records, on=_ROW, how="semi")
        .with_columns(place.alias(_PLACE))
        .group_by(_ROW, _PLACE, maintain_order=True)
        .agg(pl.col(_QUOTED).explode().unique(maintain_order=True))
        .select(_ROW, (_shortened() + ": " + _listed()).alias(MATCHED))
        .group_by(_ROW, maintain_order=True)
        .agg(pl.col(MATCHED).str.join("; "))
    )


def _shortened() -> pl.Expr:
    """Return the place on one line, a long heading cut."""
    place = pl.col(_PLACE).str.replace_all(r"\s+", " ")
    cut = place.str.head(_LONGEST_PLACE - 1) + _MORE
    return pl.when(place.str.len_chars() > _LONGEST_PLACE).then(cut).otherwise(place)


def _listed() -> pl.Expr:
    """Return the words of a place, the first few where they are many."""
    words = pl.col(_QUOTED).list
    more = pl.when(words.len() > _MOST_QUOTED).then(pl.lit(f", {_MORE}")).otherwise(pl.lit(""))
    return words.head(_MOST_QUOTED).list.join(", ") + more
