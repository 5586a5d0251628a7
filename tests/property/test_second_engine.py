"""Another engine comes to the same figures over random datasets; see ``second_engine``."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, Final, Literal, get_args

import polars as pl
import pytest

from esfkit.analysis.grouping.arrangement import Arrangement, SharesOf
from esfkit.analysis.grouping.groups import Question, question
from esfkit.analysis.reports.deciding import deciding
from esfkit.analysis.reports.pivot import pivoted
from esfkit.analysis.reports.summary import summarised
from esfkit.analysis.time.timeline import timeline
from esfkit.dataset.frame import to_frame
from second_engine import (
    ABOUT,
    EDGES,
    FIGURES,
    KEYS,
    PLACE_KEYS,
    STATISTICS,
    Other,
    another_engine,
    bounded,
    heaviest,
    measured,
    part,
    rounded,
    some_records,
)

USUAL_DATASETS: Final = 25
MANY_DATASETS: Final = 1000

# --- the program


def exact(value: Any) -> Any:  # noqa: ANN401 - a cell
    """Return a number as the fraction that it is written as."""
    return Fraction(str(value)) if isinstance(value, float | Decimal | int) else value


def column_of(word: str) -> str:
    name, _, statistic = word.partition(".")
    column = FIGURES[name].column
    return f"{column}_{statistic}" if statistic else column


def computed(
    table: pl.DataFrame, words: Sequence[str], keys: Sequence[str]
) -> dict[tuple[Any, ...], list[Any]]:
    """Return group → its figures, as :func:`measured` does."""
    if "projects_elsewhere_too" not in table.columns:
        table = table.with_columns(projects_elsewhere_too=pl.lit(0))
    return {
        tuple(row[key] for key in keys): [
            row["projects"],
            row["projects_elsewhere_too"],
            *(
                exact(row[name])
                for word in words
                for name in (column_of(word), f"{column_of(word)}_stated")
            ),
        ]
        for row in table.iter_rows(named=True)
    }


def asked(keys: Sequence[str], words: Sequence[str]) -> Question:
    return replace(question(keys, words), edges=EDGES)


def agree(
    ours: dict[Any, list[Any]], theirs: dict[Any, list[Any]], words: Sequence[str]
) -> bool:
    """Tell whether both come to the same figures.

    Sums, and quotients of sums, are equal to the last digit. The records' own quotients
    are binary fractions in both engines, so that two roundings may fall on different
    sides of a half: how they are spread may differ by one unit of the last digit.
    """
    if ours.keys() != theirs.keys():
        return False
    return all(_figures_agree(figures, theirs[group], words) for group, figures in ours.items())


def _figures_agree(ours: list[Any], theirs: list[Any], words: Sequence[str]) -> bool:
    if ours[:2] != theirs[:2] or ours[3::2] != theirs[3::2]:
        return False
    for word, one, another in zip(words, ours[2::2], theirs[2::2], strict=True):
        name, _, statistic = word.partition(".")
        loose = statistic and FIGURES[name].below is not None
        step = Fraction(1, FIGURES[name].steps) if loose else 0
        if (one is None) != (another is None):
            return False
        if one is not None and abs(one - another) > step:
            return False
    return True


# --- the same figures

Check = Callable[[Random, Other, pl.DataFrame], None]


def some_words(random: Random) -> list[str]:
    words = [*FIGURES, *(f"{word}.{each}" for word in FIGURES for each in STATISTICS)]
    return random.sample(words, random.randrange(1, 8))


def some_keys(random: Random, most: int = 2) -> list[str]:
    keys = random.sample([*KEYS], random.randrange(1, most + 1))
    if random.random() < 0.3:
        keys[random.randrange(len(keys))] = random.choice([*PLACE_KEYS])
    return keys


def some_adding_up(random: Random) -> list[str]:
    words = [word for word, figure in FIGURES.items() if figure.below is None]
    return random.sample(words, random.randrange(1, 4))


def groups_are_the_same(random: Random, other: Other, frame: pl.DataFrame) -> None:
    keys, words = some_keys(random), some_words(random)

    groups = summarised(frame, asked(keys, words), Arrangement(totals=False)).table
    assert agree(computed(groups, words, keys), measured(other, words, keys), words)


def everything_is_the_same(random: Random, other: Other, frame: pl.DataFrame) -> None:
    words, [key] = [*FIGURES], some_keys(random, 1)
    [theirs] = measured(other, words, []).values()

    [ours] = computed(summarised(frame, asked([], words)).table, words, []).values()
    [total] = computed(summarised(frame, asked([key], words)).table[-1], words, []).values()
    assert ours == theirs
    assert [total[0], *total[2:]] == [theirs[0], *theirs[2:]]


def the_rest_is_the_same(random: Random, other: Other, frame: pl.DataFrame) -> None:
    [key], words, top = (
        some_keys(random, 1),
        ["support", "share", "days.max"],
        random.randrange(1, 5),
    )
    wish = Arrangement(sort=("-support",), top=top, other=True, totals=False)
    ranked = sorted(
        (
            (figures[2] is not None, figures[2] or 0)
            for figures in measured(other, ["support"], [key]).values()
        ),
        reverse=True,
    )

    found = summarised(frame, asked([key], words), wish)
    shown = found.table.head(top)
    assert [(v is not None, v or 0) for v in shown["esf_support_sek"]] == ranked[:top]
    assert found.added_up == max(len(ranked) - top, 0)
    if found.added_up:
        [rest] = computed(found.table[-1], words, []).values()
        [theirs] = measured(other, words, [], beyond(key, shown[key].to_list())).values()
        assert [rest[0], *rest[2:]] == [theirs[0], *theirs[2:]]


def beyond(key: str, shown: Sequence[str | None]) -> str:
    """Return the SQL for the records of groups that are not shown."""
    listed = ", ".join(f"'{name}'" for name in shown if name is not None) or "''"
    without = "" if None in shown else "or {0} is null"
    if key in PLACE_KEYS:
        some = f"len(list_filter(all_{key}, lambda name: name not in ({listed}))) > 0"
        none = "" if None in shown else f"or len(all_{key}) = 0"
        return f"(from project where {some} {none})"
    column = f"key_{key}"
    return f"(from project where {column} not in ({listed}) {without.format(column)})"


def small_groups_are_hidden(random: Random, other: Other, frame: pl.DataFrame) -> None:
    [key] = random.sample([*KEYS], 1)
    words, least = ["budget", "women_share"], random.randrange(1, 8)
    groups = measured(other, words, [key])
    hidden = _hidden([figures[0] for figures in groups.values()], least)

    found = summarised(
        frame, asked([key], words), Arrangement(min_projects=least, totals=False)
    )
    assert found.added_up == hidden
    shown = found.table.head(len(groups) - hidden)
    assert agree(
        computed(shown, words, [key]),
        {g: f for g, f in groups.items() if (g[0],) in shown.select(key).rows()},
        words,
    )
    assert all(count >= least for count in shown["projects"])
    if hidden:
        [rest] = computed(found.table[-1], words, []).values()
        [theirs] = measured(other, words, [], beyond(key, shown[key].to_list())).values()
        assert rest == (
            theirs if theirs[0] >= least else [theirs[0], 0, None, None, None, None]
        )


def _hidden(counts: list[int], least: int) -> int:
    """Return how many groups are hidden: the small, and the next until there is enough."""
    counts.sort()
    small = sum(count < least for count in counts)
    while 0 < small < len(counts) and sum(counts[:small]) < least:
        small += 1
    return small


def parts_are_the_same(random: Random, other: Other, frame: pl.DataFrame) -> None:
    keys, words = random.sample([*KEYS], 2), some_adding_up(random)
    shares_of = random.choice(get_args(SharesOf))
    within = {"row": keys[:1], "column": keys[1:], "all": []}[shares_of]
    wholes = measured(other, words, within)
    groups = measured(other, words, keys)

    wish = Arrangement(shares_of=shares_of, totals=False)
    table = summarised(frame, asked(keys, words), wish).table
    for row in table.iter_rows(named=True):
        figures = groups[row[keys[0]], row[keys[1]]]
        whole = wholes[tuple(row[key] for key in within)]
        assert exact(row["projects_part"]) == part(figures[0], whole[0])
        for word, above, below in zip(words, figures[2::2], whole[2::2], strict=True):
            assert exact(row[f"{column_of(word)}_part"]) == part(above, below)


def a_cross_table_is_the_same(random: Random, other: Other, frame: pl.DataFrame) -> None:
    keys, word = some_keys(random), random.choice([*FIGURES])
    if len(keys) == 1:
        keys.append(next(key for key in KEYS if key != keys[0]))
    down, across = keys
    cells, totals = measured(other, [word], keys), measured(other, [word], [])
    downs, tops = measured(other, [word], [down]), measured(other, [word], [across])

    found = pivoted(frame, [down], asked(keys, [word]))
    *heads, total = found.columns
    *rows, last = found.table.iter_rows(named=True)
    named = {None: "(not stated)"}
    expected = {(down_, named.get(top, top)): f for (down_, top), f in cells.items()}
    assert {named.get(top, top) for (top,) in tops} == set(heads)
    assert {row[down] for row in rows} == {name for (name,) in downs}
    for row in rows:
        for head in heads:
            assert cell(row, head) == shown_of(expected.get((row[down], head)))
        assert cell(row, total) == shown_of(downs[row[down],])
    for (top,), figures in tops.items():
        assert cell(last, named.get(top, top)) == shown_of(figures)
    assert cell(last, total) == shown_of(totals[()])


def cell(row: dict[str, Any], head: str) -> tuple[Any, ...]:
    return exact(row[head]), row[f"{head}_stated"], row[f"{head}_projects"]


def shown_of(figures: list[Any] | None) -> tuple[Any, ...]:
    return (
        (None, 0, 0) if figures is None else (figures[2], figures[3], figures[0] - figures[1])
    )


def bounds_are_the_same(random: Random, other: Other, frame: pl.DataFrame) -> None:
    [key] = random.sample([*KEYS], 1)
    words = random.sample([*ABOUT], 2)
    theirs = bounded(other, words, key)

    table = summarised(
        frame, replace(asked([key], words), bounds=True), Arrangement(totals=False)
    ).table
    assert {
        row[key]: [
            exact(row[f"{column_of(w)}_{end}"]) for w in words for end in ("low", "high")
        ]
        for row in table.iter_rows(named=True)
    } == theirs
    for word in words:
        name = column_of(word)
        stated = table.filter(pl.col(name).is_not_null())
        assert (stated[f"{name}_low"] <= stated[name]).all()
        assert (stated[name] <= stated[f"{name}_high"]).all()


def what_decides_is_the_same(random: Random, other: Other, frame: pl.DataFrame) -> None:
    [key] = random.sample([*KEYS], 1)
    [word, *_], most = some_adding_up(random), random.randrange(1, 4)
    found = heaviest(other, word, key, most)

    table = deciding(frame, asked([key], [word]), most).table
    assert {
        (
            row[key],
            row["rank"],
            row["record_id"],
            exact(row[column_of(word)]),
            exact(row["part"]),
        )
        for row in table.iter_rows(named=True)
    } == {
        (group, place, record, rounded(word, amount, 1), part(amount, whole))
        for group, place, record, amount, whole in found
    }


def a_timeline_has_the_same_totals(random: Random, other: Other, frame: pl.DataFrame) -> None:
    words = ["budget", "support", "participants"]
    [theirs] = measured(other, words, []).values()
    every: Literal["year", "quarter", "month"] = random.choice(["year", "quarter", "month"])

    table = timeline(frame, every, random.choice(["days", "start"])).table
    [ours] = computed(table[-1], words, []).values()
    assert ours == theirs
    for word in words:
        assert table[:-1][column_of(word)].sum() == (table[-1][column_of(word)].item() or 0)


def order_means_nothing(random: Random, other: Other, frame: pl.DataFrame) -> None:
    del other
    keys, words = some_keys(random), some_words(random)
    shuffled = frame.sample(fraction=1, shuffle=True, seed=random.randrange(1000))
    wish = Arrangement(sort=("-projects",), top=3, other=True, min_projects=2)

    ours = computed(summarised(frame, asked(keys, words), wish).table, words, keys)
    assert agree(
        computed(summarised(shuffled, asked(keys, words), wish).table, words, keys), ours, words
    )


CHECKS: Final[tuple[Check, ...]] = (
    groups_are_the_same,
    everything_is_the_same,
    the_rest_is_the_same,
    small_groups_are_hidden,
    parts_are_the_same,
    a_cross_table_is_the_same,
    bounds_are_the_same,
    what_decides_is_the_same,
    a_timeline_has_the_same_totals,
    order_means_nothing,
)


def agrees(seed: int, folder: Path) -> None:
    random = Random(seed)  # noqa: S311 - figures, not secrets
    drawn = some_records(random)
    frame = to_frame(drawn)
    with another_engine(drawn, folder) as other:
        for check in CHECKS:
            try:
                check(random, other, frame)
            except Exception as error:
                error.add_note(f"{check.__name__}, seed {seed}")
                raise


def test_another_engine_comes_to_the_same_figures(tmp_path: Path) -> None:
    for seed in range(USUAL_DATASETS):
        agrees(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_another_engine_comes_to_the_same_figures_a_thousand_times(tmp_path: Path) -> None:
    for seed in range(USUAL_DATASETS, USUAL_DATASETS + MANY_DATASETS):
        agrees(seed, tmp_path)
