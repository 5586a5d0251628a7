"""``esfkit help TOPIC``: one file a topic, in plain text for 80 columns.

The first line of ``<topic>.txt`` says what it is about, the second by which other words
it is found. ``{keys}`` and its like are put in from the data dictionary. Every line that
begins with ``$ esfkit`` is run by a test.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from textwrap import wrap
from typing import Final

from esfkit.cli.words import KEYS, MEASURES, STATISTICS
from esfkit.dataset.dictionary import data_dictionary, figure_dictionary

_ORDER: Final = (
    "where",
    "search",
    "by",
    "measures",
    "totals",
    "time",
    "money",
    "formats",
    "lists",
    "pipes",
    "personal-data",
    "exit-codes",
    "completion",
    "python",
)
_WIDTH: Final = 80
_ALSO: Final = "also: "


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to be explained.

    Attributes:
        name: What it is asked for by.
        title: What it is about, in one line.
        also: Other words by which it is found.
        text: The explanation, lines of at most 80 characters.
    """

    name: str
    title: str
    also: tuple[str, ...]
    text: str


def topic_names() -> tuple[str, ...]:
    """Return the names of all topics, in the order in which they are listed."""
    return _ORDER


@cache
def all_topics() -> tuple[Topic, ...]:
    """Return every topic, in the order in which they are listed."""
    return tuple(_read(name) for name in _ORDER)


def topic_named(word: str) -> Topic | None:
    """Return the topic of that name, or the one that is found by the word."""
    asked = word.strip().lower().removeprefix("--").replace("_", "-").replace(" ", "-")
    for topic in all_topics():
        if asked == topic.name:
            return topic
    return next((topic for topic in all_topics() if asked in topic.also), None)


def _read(name: str) -> Topic:
    whole = files("esfkit.cli.topics").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    title, also, text = whole.split("\n", 2)
    words = tuple(word.strip() for word in also.removeprefix(_ALSO).split(","))
    return Topic(name, title, words, _with_tables(text.strip("\n")))


def _with_tables(text: str) -> str:
    for name, rows in _TABLES.items():
        if name in text:
            text = text.replace(name, "\n".join(_table(rows())))
    return text


def _table(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    listed = list(rows)
    room = max(len(word) for word, _ in listed) + 2
    for word, meaning in listed:
        yield from wrap(
            meaning,
            _WIDTH,
            initial_indent=f"  {word:{room}}",
            subsequent_indent=" " * (room + 2),
            break_on_hyphens=False,
        )


def _keys() -> Iterator[tuple[str, str]]:
    return ((key, _meaning(key)) for key in KEYS)


def _measures() -> Iterator[tuple[str, str]]:
    yield "projects", _meaning("projects")
    for word, column in MEASURES.items():
        yield word, _meaning(column)


def _statistics() -> Iterator[tuple[str, str]]:
    several = {"quartiles": "q1, median and q3", "spread": "min, q1, median, q3 and max"}
    for word in STATISTICS:
        yield f".{word}", several.get(word) or _meaning(f"*_{word}")


def _meaning(column: str) -> str:
    """Return what the data dictionary says about a column."""
    row = next(
        row for row in (*figure_dictionary(), *data_dictionary()) if row.column == column
    )
    if "{}" in row.heading_en:
        return row.description_en
    return f"{row.heading_en}. {row.description_en}."


_TABLES: Final[Mapping[str, Callable[[], Iterable[tuple[str, str]]]]] = {
    "{keys}": _keys,
    "{measures}": _measures,
    "{statistics}": _statistics,
}
