"""Labels that are not known, as rows to be taught: `esfkit labels suggest`."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import polars as pl

from esfkit.cli.data import load_all
from esfkit.cli.notes import Warnings, counted
from esfkit.cli.reading import place
from esfkit.cli.results import Result
from esfkit.cli.screen import folded
from esfkit.dataset.store import gather, is_dataset
from esfkit.model.document import Unread
from esfkit.model.finding import Problem
from esfkit.output.personal import TELLING, withhold
from esfkit.pipeline import parse_sources
from esfkit.pipeline.learning.draft import LABEL_COLUMNS
from esfkit.pipeline.learning.pairs import pairs_of
from esfkit.pipeline.learning.suggestions import (
    Seen,
    Suggestion,
    is_unknown,
    shaped,
    suggest,
    unknown_labels,
)

_LONGEST: Final = 40
_MOST_FIELDS: Final = 3
_PERSONAL: Final = frozenset({"email", "phone"})
_CODES: Final = (Problem.LABEL_UNKNOWN.value, Problem.LINE_UNCLAIMED.value)


def suggestions_result(sources: Sequence[str], limit: int | None, *, personal: bool) -> Result:
    """Return rows for ``labels.csv``, the most frequent labels first.

    Args:
        sources: Datasets and texts.
        limit: At most so many.
        personal: Whether values may be shown that could be a person's name or address.

    Raises:
        InputRefused: A source does not exist or is a broken dataset.
    """
    datasets = [each for each in sources if each != "-" and is_dataset(each)]
    texts = [each for each in sources if each not in datasets]
    found = suggest((*_in_texts(texts), *_in_datasets(datasets, personal=personal)))
    suggestions = [each for each in found if personal or not each.personal]
    withheld = len(found) - len(suggestions)
    suggestions = suggestions[:limit]
    rows = [_row(each, personal=personal) for each in suggestions]
    schema: dict[str, Any] = dict.fromkeys(LABEL_COLUMNS, pl.String) | {"seen": pl.Int64}
    unsettled = sum(not each.field for each in suggestions)

    def drawn(width: int) -> str:
        lines = [line for each in suggestions for line in _lines(each, width, personal)]
        return "".join(f"{line}\n" for line in lines)

    said = (
        f"{counted(len(suggestions), 'label')} not known, {unsettled} of them without a field. "
        "With --format csv they are rows to be filled in, for labels.csv in esfkit.d."
    )
    if withheld:
        said += f" {withheld} more may be names of persons: --personal-data shows them."
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return Result(table=table, drawn=drawn if suggestions else None, footnotes=[said])


def _in_texts(texts: Sequence[str]) -> Iterator[Seen]:
    warnings = Warnings()
    for result in parse_sources(texts) if texts else ():
        if isinstance(result, Unread):
            warnings.add(place(result.origin), result.finding.message)
        else:
            yield from unknown_labels(result, place(result.document.origin))
    warnings.close()


def _in_datasets(datasets: Sequence[str], *, personal: bool) -> Iterator[Seen]:
    """Yield what the findings of a dataset quote: its lines that nothing accounts for."""
    if not datasets:
        return
    loaded = load_all(datasets)
    rows = gather(loaded.records.select(*TELLING, "source_path", "findings"))
    shown = withhold(rows, personal=personal, everyone=loaded.everyone)
    for path, findings in shown.select("source_path", "findings").iter_rows():
        for finding in findings or ():
            if finding["code"] in _CODES:
                yield from _quoted(finding["message"] or "", path or "")


def _quoted(message: str, path: str) -> Iterator[Seen]:
    words = message.partition("“")[2].rpartition("”")[0]
    if words.endswith(":") and is_unknown(words.rstrip(": ")):
        bare = words.rstrip(": ")
        yield Seen(bare, bare.casefold(), "", path, path, colon=True)
        return
    for pair in pairs_of(words):
        if pair.colon and is_unknown(pair.words):
            yield Seen(pair.words, pair.key, pair.value, path, path, colon=True)
            return


def _row(one: Suggestion, *, personal: bool) -> tuple[object, ...]:
    """Return the row of ``labels.csv`` that teaches a label."""
    told = "; ".join(_example(each, personal=personal) for each in one.examples[:1])
    could = f"could be {', '.join(one.could_be[:_MOST_FIELDS])}; " if not one.field else ""
    return (one.field, "sv", one.words, "", one.seen, f"{could if one.could_be else ''}{told}")


def _lines(one: Suggestion, width: int, personal: bool) -> Iterator[str]:
    could = " or ".join(one.could_be[:_MOST_FIELDS])
    field = one.field or (f"? {could}" if could else "?")
    yield from folded(f"{one.seen:5}  {one.words}  →  {field}", width, "", " " * 9)
    for each in one.examples:
        yield from folded(_example(each, personal=personal), width, " " * 9, " " * 11)


def _example(seen: Seen, *, personal: bool) -> str:
    """Return where a label stands and its value, unless that may be a person's.

    Only figures, dates, codes and places show what they are; any other words may be a name.
    """
    fields = set(shaped(seen.value))
    if not personal and (not fields or fields & _PERSONAL):
        return seen.place
    words = " ".join(seen.value.split())
    cut = f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words
    return f"{seen.place} {cut!r}"
