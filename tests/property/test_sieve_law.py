"""The sieve's law: what it drops, the parser finds nothing in.

The lines of a crawl that it lets through are told here a second time, word by word and
line by line; the search of the package has to let through the same.
"""

import html
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.model.document import Document, Origin, Passed, Unread
from esfkit.parsing.parse import parse_document
from esfkit.pipeline.job import CRAWL_KINDS, job_of
from esfkit.sources import Reading, Sieve, blocks, read_bytes, search
from esfkit.sources.crawls.jsonl import read_jsonl
from esfkit.sources.pages.textfile import read_crawled
from esfkit.vocabulary.labels import read_labels
from esfkit.vocabulary.sure import sure_words
from pages import call_page, colon_page, glued_page, kohesio_page, lines_page, running_page

FEW, MANY = 2_000, 100_000
BUILDERS: tuple[Callable[..., str], ...] = (
    *(colon_page, lines_page, glued_page, call_page, kohesio_page, running_page),
)
LABELS = [label.words for label in read_labels()]
VALUES = ("2016/00130", "1 200 000 kr", "2016-01-01", "Umeå kommun", "Stockholm", "50%", "")
INVISIBLE = ("\u00ad", "\u200b", "\u2060")


def pages(dice: random.Random) -> Iterator[str]:
    """Pages of all layouts with labels lost, and soups of labels and values."""
    while True:
        if dice.random() < 0.5:
            text = dice.choice(BUILDERS)()
            lines = [line for line in text.split("\n") if dice.random() > dice.random() / 2]
        else:
            labels = dice.sample(LABELS, dice.randint(2, 12))
            mark = dice.choice((":\n", "\n", ": ", ""))
            lines = [f"{label}{mark}{dice.choice(VALUES)}" for label in labels]
        yield printed(dice, "\n".join(lines))


def printed(dice: random.Random, text: str) -> str:
    """The text as copies have it: other case, invisible letters, HTML, entities."""
    how = dice.randrange(7)
    if how == 0:
        return "".join(dice.choice((str.upper, str.lower))(letter) for letter in text)
    if how == 1:
        return text.upper()
    if how == 2:
        place = dice.randrange(len(text) + 1)
        return f"{text[:place]}{dice.choice(INVISIBLE)}{text[place:]}"
    if how == 3:
        rows = "".join(f"<div>{html.escape(line)}</div>" for line in text.split("\n"))
        return f"<html><body>{rows}</body></html>"
    if how == 4:
        rows = "".join(f"<p>{disguised(dice, line)}</p>" for line in text.split("\n"))
        return f"<!doctype html><html><body>{rows}</body></html>"
    return text


def disguised(dice: random.Random, line: str) -> str:
    """A line whose letters stand behind entities, tags and comments."""
    return "".join(
        dice.choice((f"&#{ord(letter)};", f"&#x{ord(letter):x};", f"<b>{letter}</b>"))
        if dice.random() < 0.1
        else html.escape(letter)
        for letter in line
    )


def row_of(dice: random.Random, text: str) -> bytes:
    """The page as a row of JSON lines, as they are written by all kinds of programs."""
    how = dice.randrange(4)
    if how == 0:
        return json.dumps({"text": text}).encode()
    if how == 1:
        escaped = json.dumps({"text": text}).replace("<", "\\u003c").replace("&", "\\u0026")
        return escaped.encode()
    if how == 2:
        letters = "".join(
            f"\\u{ord(letter):04X}" if letter.isascii() and dice.random() < 0.2 else letter
            for letter in json.dumps(text)[1:-1].replace("\\", "\x00")
        )
        return f'{{"text": "{letters}"}}'.replace("\x00", "\\").encode()
    row = json.dumps({"text": text}, ensure_ascii=False)
    return row.encode("cp1252", "replace") if dice.random() < 0.5 else row.encode()


def is_dropped(row: bytes, reading: Reading) -> bool:
    items = list(read_bytes(row + b"\n", Origin(path="a.jsonl"), reading))
    return any(isinstance(item, Passed) for item in items)


@pytest.mark.parametrize(
    "count", [FEW, pytest.param(MANY, marks=[pytest.mark.slow, pytest.mark.timeout(3000)])]
)
def test_in_what_the_sieve_drops_the_parser_finds_nothing(count: int) -> None:
    dice = random.Random(count)  # noqa: S311 - pages, no secrets
    sifted, every = job_of().reading, job_of(sieve=False).reading
    dropped = records = 0
    for text in islice(pages(dice), count):
        row = row_of(dice, text)
        if not is_dropped(row, sifted):
            continue
        dropped += 1
        for item in read_bytes(row + b"\n", Origin(path="a.jsonl"), every):
            if isinstance(item, Document):
                found = parse_document(item).records
                records += sum(record.kind in CRAWL_KINDS for record in found)
                assert records == 0, row
    assert dropped > count / 100


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-be", "mac-roman"])
@pytest.mark.parametrize("build", BUILDERS)
def test_every_planted_page_is_let_through_in_every_encoding(
    build: Callable[..., str], encoding: str
) -> None:
    content = build().encode(encoding, "replace")
    sieve = job_of().reading.sieve

    assert sieve is not None
    assert sieve.may_hold(content)
    document = read_crawled(content, Origin(), job_of().reading.limits)
    assert isinstance(document, Document)
    assert len(parse_document(document).records) == 1


# --- which lines of a crawl are looked at --------------------------------------------------

SURE = tuple(word.encode() for word in sure_words())
VEIL = re.compile(rb"<[A-Za-z/!?]|\\u00(?:[4-7]|3[cC]|00)")
OVERLAPPING = (b"ESF", b"SFESF2", b"u0ktfas", b"00rogrammi", b"\\u00ktperiod", b"momro")
"""Words that begin within one another, and within veils, which the sure words do not."""

HALVES = [
    *(word[:end] for word in (*SURE, *OVERLAPPING) for end in range(1, len(word) + 1)),
    *(word[start:] for word in (*SURE, *OVERLAPPING) for start in range(1, len(word))),
]
SOUP = st.lists(
    st.sampled_from((*SURE, *OVERLAPPING))
    | st.sampled_from(HALVES)
    | st.sampled_from([b"\\", b"\\u", b"\\u0", b"\\u00", b"\\u000", b"\\u003", b"\\u00e5"])
    | st.sampled_from([b"\\u0041", b"\\u0065", b"\\u003c", b"\\u003C", b"\\u0000", b"\\u003d"])
    | st.sampled_from(
        [b"<", b"< ", b"<b", b"</", b"<!", b"<?", b"<3", b">", b"0", b"3c", b"\xe5"]
    )
    | st.sampled_from([b"\n", b"\n\n", b"\r\n", b"\n ", b"\n{", b'\n{"', b" ", b"x"]),
    max_size=40,
).map(lambda pieces: b"".join((b"#", *pieces)))
"""Bytes in which hardly a line is JSON: each that is looked at is told as unread."""


def lines_looked_at(content: bytes, words: tuple[bytes, ...]) -> set[int]:
    """The numbers of the lines in which a word stands, or something may hide one."""
    return {
        number
        for number, line in enumerate(content.split(b"\n"), 1)
        if any(word in line for word in words) or VEIL.search(line)
    }


@pytest.mark.parametrize("words", [SURE, (*SURE, *OVERLAPPING)], ids=["sure", "overlapping"])
@settings(max_examples=1000, deadline=None)
@given(content=SOUP, window=st.integers(1, 40), chunk=st.integers(1, 40))
def test_the_search_looks_at_the_lines_that_have_a_word_or_may_hide_one(
    words: tuple[bytes, ...], content: bytes, window: int, chunk: int
) -> None:
    reading = Reading(sieve=Sieve(words), shows_passed=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_WINDOW", window)
        patch.setattr(blocks, "_CHUNK", chunk)
        items = list(read_jsonl(io.BytesIO(content), Origin(), reading))

    looked_at = {item.origin.line for item in items if isinstance(item, Unread)}
    passed = [item.origin.line for item in items if isinstance(item, Passed) and item.origin]
    assert looked_at == lines_looked_at(content, words)
    filled = {number for number, line in enumerate(content.split(b"\n"), 1) if line.strip()}
    assert {*looked_at, *passed} == filled
    assert len(looked_at) + len(passed) == len(filled)


@settings(deadline=None)
@given(content=SOUP, window=st.integers(1, 40))
def test_a_word_stands_in_a_document_wherever_it_is_searched_from(
    content: bytes, window: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_WINDOW", window)

        assert Sieve(SURE).stands_in(content) is any(word in content for word in SURE)


def test_sure_words_are_such_as_one_search_finds_fast() -> None:
    assert min(map(len, SURE)) >= 3
    assert not any(b"\n" in word for word in SURE)
