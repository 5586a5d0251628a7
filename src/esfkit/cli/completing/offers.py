"""What fits behind each option and in the place of each argument."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from esfkit.cli.completing.conditions import condition_offers, layout_names
from esfkit.cli.completing.offer import Offer
from esfkit.cli.figures.asking import Whole
from esfkit.cli.options import FORMATS, Lang, Weight
from esfkit.cli.records.exporting import EXPORTS
from esfkit.cli.topics import topic_names
from esfkit.cli.words import (
    AVERAGE,
    CLASSES,
    KEYS,
    MEASURES,
    PLACES,
    SHARED,
    SPANS,
    STATISTICS,
)
from esfkit.dataset.dictionary import data_dictionary, figure_dictionary
from esfkit.model.kind import KINDS
from esfkit.vocabulary.codes import CODE_LISTS
from esfkit.vocabulary.rates import annual_rates

Offering = Callable[[str], Iterable[Offer]]
"""What was written of a word → what it can become."""

_FORMATS: Final = tuple(FORMATS.replace(" or ", ", ").split(", "))
_PROJECTS: Final = "projects"


def offers_of_option(command: str, option: str) -> Offering | None:
    """Return what fits behind an option; ``None`` where anything may stand, also a file."""
    return _OPTIONS_OF.get(command, {}).get(option) or _OPTIONS.get(option)


def offers_of_argument(command: str, place: int) -> Offering | None:
    """Return what fits as the first, second, ... argument; ``None`` where files do."""
    offerings = _ARGUMENTS.get(command, ())
    return offerings[place] if place < len(offerings) else None


def one_of(words: Sequence[str]) -> Offering:
    """Return an offering of some words, each told by the data dictionary if it is a column."""

    def offer(written: str) -> Iterator[Offer]:
        for word in words:
            if word.startswith(written):
                yield Offer(word, _told(word))

    return offer


def many_of(single: Offering) -> Offering:
    """Return an offering of a list divided by commas: of its last part, but none twice."""

    def offer(written: str) -> Iterator[Offer]:
        before, comma, begun = written.rpartition(",")
        taken = before.split(",")
        for each in single(begun):
            if each.value not in taken:
                yield each._replace(value=f"{before}{comma}{each.value}")

    return offer


def turned_round(single: Offering) -> Offering:
    """Return an offering with a ``-`` before each where one was written."""

    def offer(written: str) -> Iterator[Offer]:
        sign = "-" if written.startswith("-") else ""
        for each in single(written.removeprefix("-")):
            yield each._replace(value=f"{sign}{each.value}")

    return offer


def _columns(written: str) -> Iterator[Offer]:
    return iter(one_of([row.column for row in data_dictionary()])(written))


def _measures(written: str) -> Iterator[Offer]:
    figure, point, begun = written.partition(".")
    if not point:
        yield from one_of((_PROJECTS, *MEASURES))(written)
    elif figure in MEASURES or figure in MEASURES.values():
        for each in one_of(STATISTICS)(begun):
            yield Offer(f"{figure}.{each.value}", _told(f"*_{each.value}"))


def _sorted_by(written: str) -> Iterator[Offer]:
    if "." in written:
        yield from _measures(written)
        return
    columns = [column for column in MEASURES.values() if column not in MEASURES]
    yield from one_of((*KEYS, _PROJECTS, *MEASURES, *columns))(written)


def _edges(written: str) -> Iterator[Offer]:
    for each in one_of(CLASSES)(written):
        yield Offer(f"{each.value}=", each.about, goes_on=True)


def _euro(written: str) -> Iterator[Offer]:
    yield from one_of((AVERAGE,))(written)
    yield from _years(written)


def _years(written: str) -> Iterator[Offer]:
    for year, rate in annual_rates().items():
        if str(year).startswith(written):
            yield Offer(str(year), f"{rate.value} SEK/EUR")


def _layouts(written: str) -> Iterator[Offer]:
    yield from one_of((*layout_names(), "test", "learn"))(written)


def _told(word: str) -> str:
    """Return the heading of the column that a word stands for."""
    column = MEASURES.get(word, word)
    for row in (*data_dictionary(), *figure_dictionary()):
        if row.column == column:
            return row.description_en if column.startswith("*") else row.heading_en
    return ""


_KEYS: Final = many_of(one_of(KEYS))
_ONE_KEY: Final = many_of(one_of([key for key in KEYS if key not in SHARED]))

_OPTIONS: Final[Mapping[str, Offering]] = {
    "--by": _KEYS,
    "--rows": _KEYS,
    "--cols": _KEYS,
    "--measures": many_of(_measures),
    "--value": _measures,
    "--columns": many_of(_columns),
    "--sort": many_of(turned_round(_columns)),
    "--field": _columns,
    "--where": condition_offers,
    "--format": one_of(_FORMATS),
    "--as": one_of(EXPORTS),
    "--kind": many_of(one_of(KINDS)),
    "--lang": one_of([str(each) for each in Lang]),
    "--every": one_of(SPANS),
    "--at": one_of(PLACES),
    "--shares-of": one_of([str(each) for each in Whole]),
    "--edges": _edges,
    "--eur": _euro,
    "--fail-on": one_of([str(each) for each in Weight]),
    "--severity": one_of([str(each) for each in Weight]),
}
_OPTIONS_OF: Final[Mapping[str, Mapping[str, Offering]]] = {
    "summary": {"--sort": many_of(turned_round(_sorted_by))},
    "timeline": {"--by": _ONE_KEY},
    "check": {"--format": one_of((*_FORMATS, "sarif"))},
    "reconcile": {
        "--status": one_of(("matched", "missing_here", "missing_there", "differing"))
    },
    "": {"--completion": one_of(("bash", "zsh", "fish"))},
}
_ARGUMENTS: Final[Mapping[str, Sequence[Offering]]] = {
    "codes": [one_of(CODE_LISTS)],
    "layouts": [_layouts],
    "labels": [one_of(("suggest",))],
    "help": [one_of(topic_names())],
    "receipts": [one_of(("verify",))],
}
