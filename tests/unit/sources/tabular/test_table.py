import io
import tracemalloc

import pytest
from typing_extensions import override

from esfkit.model.document import Bytes, Document, Origin, Passed, Unread
from esfkit.model.finding import Problem
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.reading import Item, Reading
from esfkit.sources.sieve import Sieve
from esfkit.sources.tabular.table import looks_like_table, read_table
from esfkit.vocabulary.lists import list_headings

READING = Reading(list_headings=list_headings())
HEADINGS = "Diarienummer;Stödmottagare;Namn på insatsen;Startdatum;Slutdatum\n"
ROW = "23-017-S01;Örebro kommun;Bron;2023-02-01;2025-12-31\n"


def items(data: bytes, reading: Reading = READING) -> list[Item]:
    return list(read_table(io.BytesIO(data), Origin(path="x.csv"), reading))


def documents(data: bytes, reading: Reading = READING) -> list[Document]:
    return [item for item in items(data, reading) if isinstance(item, Document)]


def unread(data: bytes, reading: Reading = READING) -> list[tuple[int | None, Problem]]:
    met = [item for item in items(data, reading) if isinstance(item, Unread)]
    return [(item.origin.line, item.finding.code) for item in met]


# --- what looks like a table ------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_list_is_known_by_its_headings_whatever_parts_its_cells(delimiter: str) -> None:
    data = (HEADINGS + ROW).replace(";", delimiter).encode()

    assert looks_like_table(data, "download", READING)
    assert len(documents(data)) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_is_read_in_any_encoding(encoding: str) -> None:
    (document,) = documents((HEADINGS + ROW).encode(encoding))

    assert "Stödmottagare: Örebro kommun" in document.text


def test_a_crawl_is_known_by_its_column_of_pages() -> None:
    assert looks_like_table(b"url,text\na,b\n", "download", READING)
    assert not looks_like_table(b"url,words\na,b\n", "download", READING)


def test_a_page_of_prose_is_no_table() -> None:
    text = "Text, bild och form.\nHär står, som vanligt, mer text, och mer.\n"

    assert not looks_like_table(text.encode(), "sida.txt", READING)


def test_a_page_with_labels_and_values_on_one_line_is_no_list() -> None:
    labels = HEADINGS.strip().split(";")
    line = "\t".join(word for pair in zip(labels, ROW.split(";"), strict=True) for word in pair)

    assert not looks_like_table(line.encode(), "sida.txt", READING)


def test_a_name_that_ends_in_csv_is_believed_on_less() -> None:
    data = b"id,words\n1,hej\n"

    assert looks_like_table(data, "X.CSV", READING)
    assert not looks_like_table(data, "x.txt", READING)
    assert not looks_like_table(b"En text utan kolumner\n", "x.csv", READING)


def test_a_dataset_of_esfkit_looks_like_a_table_and_is_refused() -> None:
    data = b"record_id,kind\nesf:1,project\n"

    assert looks_like_table(data, "x", READING)
    with pytest.raises(Obstacle, match="dataset of esfkit already"):
        items(data)


@pytest.mark.parametrize(
    "data", [b"", b"\0\1\2\3", b"\xff\xfe", b"\xff\xfe\0\xd8,", b'"', b'"\n']
)
def test_debris_is_no_table(data: bytes) -> None:
    assert not looks_like_table(data, "x.csv", READING)


# --- pages ------------------------------------------------------------------------------


def test_pages_keep_their_address_and_the_line_they_begin_on() -> None:
    data = 'url,text\nhttp://a.example/1,"Rad ett\nRad två"\n,Sista\n'.encode()
    first, second = documents(data)

    assert (first.text, first.origin.url, first.origin.line) == (
        "Rad ett\nRad två",
        "http://a.example/1",
        2,
    )
    assert (second.text, second.origin.url, second.origin.line) == ("Sista", None, 4)
    assert first.crawled


def test_a_bad_byte_spoils_no_row_but_its_own() -> None:
    data = "url,text\na,Göteborg\nb,Malm\n".encode().replace(b"Malm", b"Malm\x81")
    first, second = documents(data)

    assert (first.text, first.findings) == ("Göteborg", ())
    assert second.text.startswith("Malm")


def test_pages_that_the_sieve_drops_are_counted_together() -> None:
    data = b"url,text\n" + b"a,nothing\n" * 7 + b"b,ESF\n"
    met = items(data, Reading(sieve=Sieve((b"ESF",))))

    assert [type(item) for item in met] == [Document, Passed, Bytes]
    assert sum(item.count for item in met if isinstance(item, Passed)) == 7


def test_dropped_pages_are_shown_one_by_one_where_asked_for() -> None:
    reading = Reading(sieve=Sieve((b"ESF",)), shows_passed=True)
    met = items(b"url,text\na,ett\nb,tre\n", reading)

    assert [
        (item.origin.line, item.content)
        for item in met
        if isinstance(item, Passed) and item.origin
    ] == [(2, b"ett"), (3, b"tre")]


def test_progress_adds_up_to_the_file() -> None:
    data = b"url,text\n" + b"a," + b"x" * 1000 + b"\n"
    data += b"b,y\n" * 600_000
    met = items(data, Reading(sieve=Sieve((b"ESF",))))
    counts = [item.count for item in met if isinstance(item, Bytes)]

    assert sum(counts) == len(data)
    assert len(counts) >= 3


def test_rows_with_other_cells_than_the_headings_are_not_read() -> None:
    data = b"url,text\na\nb,c,d\ne,f,\n"

    assert unread(data) == [(2, Problem.ROW_UNREADABLE), (3, Problem.ROW_UNREADABLE)]
    assert [each.text for each in documents(data)] == ["f"]


def test_a_row_past_its_limit_is_told_with_the_option_that_raises_it() -> None:
    reading = Reading(limits=Limits(row_bytes=1000))
    data = b"url,text\na," + b"x" * 2000 + b"\nb,ok\n"

    assert unread(data, reading) == [(2, Problem.LIMIT_MET)]
    assert [each.text for each in documents(data, reading)] == ["ok"]


def test_a_table_without_pages_is_told_with_its_columns() -> None:
    with pytest.raises(Obstacle, match=r"the columns are id, words\. Name the one") as met:
        items(b"id,words\n1,2\n")
    assert met.value.code is Problem.TEXT_FIELD_MISSING


def test_the_column_of_pages_may_be_named() -> None:
    (document,) = documents(b"id,words\n1,hej\n", Reading(text_fields=("WORDS",)))

    assert document.text == "hej"


def test_a_long_table_takes_little_memory() -> None:
    class Endless(io.RawIOBase):
        left = 1_000

        @override
        def read(self, size: int = -1) -> bytes:
            if self.left == 1_000:
                self.left -= 1
                return b"url,text\n"[:size]
            self.left -= 1
            return (b"a,nothing at all here\n" * 100)[:size] if self.left > 0 else b""

    reading = Reading(sieve=Sieve((b"ESF",)))
    stream: io.RawIOBase = Endless()
    tracemalloc.start()
    for _ in read_table(stream, Origin(), reading):  # type: ignore[arg-type]  # reads as one
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


# --- lists ------------------------------------------------------------------------------


def test_titles_above_the_headings_are_passed_over() -> None:
    data = ("sep=;\nProjekt i länet\n\n" + HEADINGS + ROW).encode()
    (document,) = documents(data)

    assert document.origin.line == 5


def test_an_unknown_heading_is_told_once_a_table() -> None:
    data = (HEADINGS.strip() + ";Handläggare\n" + (ROW.strip() + ";N\n") * 3).encode()
    codes = [[finding.code for finding in each.findings] for each in documents(data)]

    assert codes == [[Problem.HEADING_UNKNOWN], [], []]


def test_old_bytes_are_read_as_the_whole_file_tells_and_noted() -> None:
    data = (HEADINGS + ROW + "23-018-S01;X;Äpplen;;\n").encode("cp1252")
    first, second = documents(data)

    assert [finding.code for finding in first.findings] == [Problem.DECODED_AS_LEGACY]
    assert "Namn på insatsen: Äpplen" in second.text
    assert second.origin.encoding == "cp1252"


def test_double_encoding_is_put_right_in_its_row() -> None:
    row = ROW.encode().replace("Örebro".encode(), "Örebro".encode().decode("cp1252").encode())
    (document,) = documents(HEADINGS.encode() + row)

    assert [finding.code for finding in document.findings] == [Problem.DOUBLE_ENCODING_REPAIRED]


def test_a_separator_of_units_in_a_cell_does_not_part_it() -> None:
    (document,) = documents((HEADINGS + ROW.replace("Bron", "Br\x1fon")).encode())

    assert "Namn på insatsen: Br on" in document.text
    assert len(document.cells) == 5


def test_rows_of_a_list_are_not_sieved() -> None:
    reading = Reading(list_headings=list_headings(), sieve=Sieve((b"none of this",)))

    assert len(documents((HEADINGS + ROW).encode(), reading)) == 1


def test_the_lists_of_other_countries_are_passed_over() -> None:
    data = HEADINGS.strip() + ";Country\n" + ROW.strip() + ";Finland\n" + ROW.strip() + ";SE\n"
    met = items(data.encode())

    assert sum(item.count for item in met if isinstance(item, Passed)) == 1
    assert len(documents(data.encode())) == 1
