"""Laws of tables: whatever stands in them, no reader raises and every value is proved."""

import csv
import io
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from esfkit.model.document import Bytes, Cell, Document, Origin, Passed, Unread
from esfkit.parsing.parse import parse_document
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.reading import Reading
from esfkit.sources.tabular.table import looks_like_table, read_table
from esfkit.vocabulary.lists import list_headings, read_list_headings

READING = Reading(list_headings=list_headings())
SMALL = Reading(limits=Limits(row_bytes=200), list_headings=list_headings())
HEADINGS = st.sampled_from([each.words for each in read_list_headings()])
VALUES = st.sampled_from(
    [
        *("23-017-S01", "2016/00991", "UPPSALA KOMMUN", "2120003005", "4 973 906", "12.345"),
        *("299609.48", "1e999", "90%", "0.5", "50", "01/02/2018", "2023-02-01", "ESF+", "DKK"),
        *("2021SE05SFPR", "<p>Ett</p>", "&amp;", "-", "", "\u00a0", "A1", "1.1", "EUR", "SE"),
    ]
)
WORDS = VALUES | st.text(max_size=30)
DEBRIS = st.lists(
    st.sampled_from(
        [
            *('"', '""', ",", ";", "\t", "|", "\n", "\r", "\r\n", "\0", "\ufeff", "å", "text"),
            *("url,text\n", "Diarienummer;", "Startdatum;", "Slutdatum;", "Summary;", "\x1f"),
            *("Stödmottagare;", "EU-fond\n", "x" * 50, "record_id,", "sep=;\n"),
        ]
    ),
    max_size=60,
).map("".join)


@st.composite
def rows(draw: st.DrawFn) -> Document:
    """A row with headings of lists and others, and anything in its cells."""
    text, cells = "", []
    for _ in range(draw(st.integers(1, 25))):
        heading, words = draw(HEADINGS | st.text(max_size=10)), draw(WORDS)
        start = len(text) + len(heading) + 2
        cells.append(Cell(len(text), len(text) + len(heading), start, start + len(words)))
        text += f"{heading}: {words}\n"
    return Document(text, cells=tuple(cells))


def check_laws(document: Document) -> None:
    result = parse_document(document)
    assert bool(result.parsed) != (result.rejection is not None)
    cells = {(cell.start, cell.end) for cell in document.cells}
    for record in result.records:
        assert 0 <= (record.claimed_share or 0) <= 1
        for each in record.provenance:
            assert document.text[each.start : each.end] == each.raw
            assert any(start <= each.start <= each.end <= end for start, end in cells)


@given(rows())
def test_any_row_is_read_or_rejected_and_every_value_stands_in_a_cell(
    document: Document,
) -> None:
    check_laws(document)


@given(
    st.lists(HEADINGS, min_size=6, max_size=12, unique=True),
    st.lists(st.lists(WORDS, min_size=12, max_size=12), max_size=4),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_csv_writes_is_read_cell_for_cell(
    headings: list[str], body: list[list[str]], delimiter: str
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([headings, *([*row[: len(headings)]] for row in body)])
    data = stream.getvalue().encode("utf-8", "replace")
    with suppress(Obstacle):  # some of the headings may be the same folded
        for item in read_table(io.BytesIO(data), Origin(), READING):
            assert not isinstance(item, Unread)
            if isinstance(item, Document) and not item.crawled:
                check_laws(item)


@given(
    DEBRIS, st.sampled_from(["utf-8", "cp1252", "utf-16"]), st.sampled_from([READING, SMALL])
)
def test_any_debris_is_read_to_its_end_or_told(
    text: str, encoding: str, reading: Reading
) -> None:
    data = text.encode(encoding, "replace")
    looks_like_table(data, "x.csv", reading)
    read = 0
    try:
        for item in read_table(io.BytesIO(data), Origin(), reading):
            assert isinstance(item, Document | Unread | Passed | Bytes)
            read += item.count if isinstance(item, Bytes) else 0
            if isinstance(item, Document) and item.cells:
                check_laws(item)
    except Obstacle:
        return
    assert read == len(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    looks_like_table(data, "x", READING)
    with suppress(Obstacle):
        for _ in read_table(io.BytesIO(b"url,text\n" + data), Origin(), READING):
            pass
