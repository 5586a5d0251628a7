"""Time esfkit's parser beside ttp and a notebook of patterns, on the same pages.

Prints one table for each corpus. The rounds are interleaved: each round times every
reader once, in an order that turns, and a ratio is the median of the ratios round by
round, so that a busy machine slows both sides of it alike. No figure is printed for a
reader that missed a field of a page.
"""

import argparse
import gc
import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, NamedTuple

from corpus import LABELS, Family, Page, mean_bytes, pages
from ttp import ttp  # type: ignore[import-untyped]  # the peer ships no types

from esfkit.model.document import Document
from esfkit.parsing.fields import is_readable
from esfkit.parsing.header import Header, cut_headers
from esfkit.parsing.lines import split_lines
from esfkit.parsing.parse import ParseResult, parse_document
from esfkit.parsing.scan import scan

Values = dict[str, str]
FIRST_COLUMNS = {
    "period": "period_start",
    "total_budget": "total_budget_sek",
    "esf_support": "esf_support_sek",
}
"""Field → the column of a full record that shows that it was read, where names differ."""


class Took(NamedTuple):
    """What one timed run took, in seconds of wall clock and of processor."""

    wall: float
    cpu: float


@dataclass
class Reader:
    """One way to read the pages.

    Attributes:
        name: What the table calls it.
        prepare: Pages → what it is given; not timed.
        read: What is timed.
        values: What it gave → field and words for each page, in order; not timed.
        share: The share of the pages that it is given: slow readers get fewer.
        took: What each round took, per page.
        missed: The first thing that it did not read, if any: then it gets no figure.
    """

    name: str
    prepare: Callable[[Sequence[Page]], Any]
    read: Callable[[Any], Any]
    values: Callable[[Any], list[Values]]
    share: float = 1.0
    took: list[Took] = field(default_factory=list)
    missed: str = ""

    def run(self, made: Sequence[Page]) -> None:
        """Time one round and make sure that nothing was missed."""
        part = made[: max(1, int(len(made) * self.share))]
        given = self.prepare(part)
        gc.collect()
        gc.disable()
        wall, cpu = time.perf_counter(), time.process_time()
        result = self.read(given)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        gc.enable()
        self.missed = self.missed or first_miss(part, self.values(result))
        self.took.append(Took(wall / len(part), cpu / len(part)))


def first_miss(made: Sequence[Page], values: Sequence[Values]) -> str:
    """Return what keeps the recall from being whole; nothing where every field was read."""
    if len(values) != len(made):
        return f"{len(values)} results for {len(made)} pages"
    for page, told in zip(made, values, strict=True):
        for name, _, words in page.truth:
            if told.get(name) != words:
                return f"{name} is {told.get(name)!r}, not {words!r}"
    return ""


# --- esfkit -----------------------------------------------------------------------------


def texts(made: Sequence[Page]) -> list[str]:
    """Return the pages in full."""
    return [page.text for page in made]


def header_texts(made: Sequence[Page]) -> list[str]:
    """Return the labelled parts alone."""
    return [page.header for page in made]


def find_headers(given: Sequence[str]) -> list[tuple[str, list[Header]]]:
    """Find labels and the spans of their values."""
    return [(text, _headers(text)) for text in given]


def _headers(text: str) -> list[Header]:
    lines = split_lines(text)
    return list(cut_headers(scan(lines), lines, is_readable))


def header_values(result: Sequence[tuple[str, list[Header]]]) -> list[Values]:
    """Return the words at the spans."""
    return [
        {
            found.label.field: text[found.start : found.end]
            for header in headers
            for found in header.found
        }
        for text, headers in result
    ]


def read_pages(given: Sequence[str]) -> list[ParseResult]:
    """Read pages in full: sections, spans, findings, validation."""
    return [parse_document(Document(text)) for text in given]


def page_values(result: Sequence[ParseResult]) -> list[Values]:
    """Return the words that the one record of each page gives as the proof of its columns."""
    told: list[Values] = []
    for parsed in result:
        if len(parsed.parsed) != 1:
            told.append({})
            continue
        record = parsed.parsed[0].record
        words = {place.field: place.raw for place in record.provenance}
        for label_field, column in FIRST_COLUMNS.items():
            if column in words:
                words[label_field] = words[column]
        ends = [place for place in record.provenance if place.field.startswith("period_")]
        if ends:
            words["period"] = parsed.document.text[ends[0].start : ends[-1].end]
        told.append(words)
    return told


# --- ttp --------------------------------------------------------------------------------


def joined(made: Sequence[Page]) -> list[str]:
    """Return the labelled parts with each label and value on one line, as ttp wants them."""
    return ["".join(f"{label}: {words}\n" for _, label, words in page.truth) for page in made]


def template(family: Family, form: str) -> str:
    """Return the template of a family's labels: a line each."""
    between = "" if family == "glued" else ": "
    return "\n".join(
        f"{label}{between}{{{{ {name} | {form} }}}}" for name, label in LABELS[family]
    )


FORMS = ("ORPHRASE", "_line_", 're(".+")')


def one_ttp(family: Family, form: str) -> Reader:
    """One parser object, all pages added as inputs of their own."""

    def prepare(made: Sequence[Page]) -> ttp:
        parser = ttp(template=template(family, form), log_level="ERROR")
        given = header_texts(made) if family == "glued" else joined(made)
        if len(set(given)) != len(given):
            raise AssertionError("ttp drops inputs that equal an earlier one")
        for text in given:
            parser.add_input(text)
        return parser

    def read(parser: ttp) -> list[list[Values]]:
        parser.parse(one=True)
        told: list[list[Values]] = parser.result()
        return told

    return Reader(f"ttp, header, one object, {form}", prepare, read, lambda told: told[0], 0.5)


def many_ttp(family: Family, form: str) -> Reader:
    """A parser object for each page."""
    words = template(family, form)

    def read(given: Sequence[str]) -> list[Values]:
        told: list[Values] = []
        for text in given:
            parser = ttp(data=text, template=words, log_level="ERROR")
            parser.parse(one=True)
            told.append(parser.result()[0][0])
        return told

    prepare = header_texts if family == "glued" else joined
    return Reader(f"ttp, header, an object a page, {form}", prepare, read, list, 0.05)


# --- the notebook -----------------------------------------------------------------------


def notebook(family: Family, name: str, prepare: Callable[[Sequence[Page]], Any]) -> Reader:
    """One search for each field, as one writes it in a notebook."""
    behind = "" if family == "glued" else r":\s*\n"
    patterns = [
        (field_name, re.compile(rf"^{re.escape(label)}{behind}\s*(.+)$", re.MULTILINE))
        for field_name, label in LABELS[family]
    ]

    def read(given: Sequence[str]) -> list[Values]:
        return [
            {
                field_name: found[1]
                for field_name, pattern in patterns
                if (found := pattern.search(text))
            }
            for text in given
        ]

    return Reader(name, prepare, read, list)


# --- the table --------------------------------------------------------------------------


def readers(family: Family) -> list[Reader]:
    """Return every reader of a family; ratios are taken from the first."""
    return [
        *(one_ttp(family, form) for form in FORMS),
        many_ttp(family, FORMS[1]),
        Reader("esfkit, header fields, header only", header_texts, find_headers, header_values),
        Reader("esfkit, header fields, full page", texts, find_headers, header_values),
        Reader("esfkit, page in full", texts, read_pages, page_values),
        notebook(family, "notebook of re.search, header only", header_texts),
        notebook(family, "notebook of re.search, full page", texts),
    ]


def interleave(all_readers: list[Reader], made: Sequence[Page], rounds: int) -> None:
    """Run every reader once a round, beginning with another one each time."""
    for number in range(rounds + 1):
        turn = number % len(all_readers)
        for reader in (*all_readers[turn:], *all_readers[:turn]):
            reader.run(made)
    for reader in all_readers:
        del reader.took[0]  # it filled caches


def rows(all_readers: Sequence[Reader]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each reader: rates, and ratios to ttp as most people would write it."""
    base = all_readers[0]
    for reader in all_readers:
        if reader.missed or base.missed:
            yield (reader.name, *("no figure",) * 4)
            continue
        wall = statistics.median(one.wall for one in reader.took)
        cpu = statistics.median(one.cpu for one in reader.took)
        pairs = list(zip(base.took, reader.took, strict=True))
        yield (
            reader.name,
            f"{1 / wall:,.0f}",
            f"{1 / cpu:,.0f}",
            f"{statistics.median(ttp_.wall / own.wall for ttp_, own in pairs):.2f}",
            f"{statistics.median(ttp_.cpu / own.cpu for ttp_, own in pairs):.2f}",
        )


def print_table(title: str, all_readers: Sequence[Reader]) -> None:
    """Print the table of one corpus."""
    print(f"\n{title}")
    head = ("reader", "pages/s wall", "pages/s CPU", "× ttp wall", "× ttp CPU")
    lines = [head, *rows(all_readers)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    for line in lines:
        first, *rest = line
        cells = [each.rjust(width) for each, width in zip(rest, widths[1:], strict=True)]
        print("  ".join([first.ljust(widths[0]), *cells]))
    fastest = min(all_readers[: len(FORMS)], key=lambda one: min(t.cpu for t in one.took))
    print(f"× ttp: against {all_readers[0].name}; the fastest form is {fastest.name}")
    for reader in all_readers:
        if reader.missed:
            print(f"{reader.name} missed a field: {reader.missed}")


def print_machine() -> None:
    """Print what the figures depend on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("esfkit", "ttp", "pydantic"))
    print(f"Python {platform.python_version()}, {packages}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


CORPORA: tuple[tuple[str, Family, tuple[int, int], float], ...] = (
    ("colon, 17 labels, 1–2 KB", "colon", (400, 1_000), 0.0),
    ("colon, 17 labels, 8.5 KB", "colon", (6_600, 8_400), 0.0),
    ("colon, one label in eight missing, 1–2 KB", "colon", (400, 1_000), 0.125),
    ("glued, 10 labels, 1–2 KB", "glued", (400, 1_000), 0.0),
)


def main() -> None:
    """Time every reader on every corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000, help="pages a corpus")
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print_machine()
    for title, family, prose, missing in CORPORA:
        made = pages(family, asked.pages, prose, seed=asked.seed, missing=missing)
        chosen = readers(family)
        interleave(chosen, made, asked.rounds)
        size = f"{asked.pages} pages, {mean_bytes(made):,.0f} bytes on average"
        print_table(f"{title} ({size}, medians of {asked.rounds} rounds)", chosen)


if __name__ == "__main__":
    main()
