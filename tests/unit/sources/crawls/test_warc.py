import gzip
import io
import zlib
from contextlib import suppress
from itertools import starmap

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from crawls import PAGE, Stored, chunked, crawl, packed, wet
from esfkit.model.document import Document, Origin, Passed, Unread, Why
from esfkit.model.finding import Problem
from esfkit.sources.crawls.warc import is_warc, read_warc
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.reading import Item, Reading
from esfkit.sources.sieve import Sieve

TEXT = "Vägen in\n\nDiarienummer\n2016/00130"
ORIGIN = Origin(path="crawl.warc")
OTHER = Stored(url="https://example.se/projekt/2")
SIEVED = Reading(sieve=Sieve((b"Diarienummer",)))
NEWS = Stored(b"<p>Nyheter</p>", url="https://example.se/nyheter")


def read(content: bytes, reading: Reading | None = None) -> list[Item]:
    return list(read_warc(io.BytesIO(content), ORIGIN, reading or Reading()))


def read_until_obstacle(content: bytes) -> tuple[list[Item], str]:
    items: list[Item] = []
    with pytest.raises(Obstacle) as met:
        items.extend(read_warc(io.BytesIO(content), ORIGIN, Reading()))
    assert met.value.code == Problem.SOURCE_DAMAGED
    return items, met.value.message


def only(items: list[Item]) -> Document:
    (document,) = items
    assert isinstance(document, Document)
    return document


def refused(item: Item) -> tuple[Problem, str]:
    assert isinstance(item, Unread)
    return item.finding.code, item.finding.message


def kinds(items: list[Item]) -> list[str]:
    return [type(item).__name__ for item in items]


# --- which records are pages


def test_a_crawl_file_is_known_by_its_first_bytes() -> None:
    assert is_warc(crawl(Stored()))
    assert is_warc(b"WARC/1.1\r\n")
    assert not is_warc(b"<html>")


def test_a_page_comes_with_its_text_its_address_and_its_place() -> None:
    content = crawl(Stored(b"x", "warcinfo", "text/plain", ""), Stored())

    document = only(read(content))

    assert document.text == TEXT
    assert document.crawled
    assert document.origin.url == "https://example.se/projekt/1"
    offset = content.index(b"WARC/1", 10)
    assert document.origin.member == f"record 2, offset {offset}"
    assert document.origin.path == "crawl.warc"


def test_the_texts_of_a_wet_file_are_pages() -> None:
    items = read(wet("Diarienummer\n2016/00130", "Något annat"))

    texts = [item.text for item in items if isinstance(item, Document)]
    assert texts == ["Diarienummer\n2016/00130", "Något annat"]


def test_a_resource_is_a_page_if_it_is_html() -> None:
    items = read(crawl(Stored(kind="resource"), Stored(kind="resource", media="image/png")))

    assert kinds(items) == ["Document", "Passed"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("warcinfo", b"software: a test"),
        ("request", b"GET / HTTP/1.1\r\n\r\n"),
        ("metadata", b"fetchTimeMs: 3"),
        ("revisit", b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    ],
)
def test_records_on_the_crawl_itself_are_not_counted(kind: str, content: bytes) -> None:
    assert read(crawl(Stored(content, kind, "application/x"))) == []


def test_a_look_up_of_a_name_is_not_counted() -> None:
    assert read(crawl(Stored(b"20200101", "resource", "text/dns", "dns:example.se"))) == []


@pytest.mark.parametrize("kind", ["continuation", "nonsense"])
def test_a_record_of_another_kind_is_told(kind: str) -> None:
    (item,) = read(crawl(Stored(PAGE, kind, "text/html")))

    assert refused(item) == (
        Problem.FORMAT_UNSUPPORTED,
        f"Records of the kind '{kind}' are not read.",
    )


@pytest.mark.parametrize("media", ["", "TEXT/HTML", "application/xhtml+xml", "text/plain;x=y"])
def test_pages_are_html_and_plain_text_and_what_says_nothing(media: str) -> None:
    assert kinds(read(crawl(Stored(media=media)))) == ["Document"]


@pytest.mark.parametrize("media", ["image/jpeg", "application/pdf", "text/css"])
def test_other_payloads_are_passed(media: str) -> None:
    [passed] = read(crawl(Stored(media=media)))

    assert isinstance(passed, Passed)
    assert passed.why is Why.NO_PAGE


def test_a_page_that_the_crawler_found_to_be_html_is_read() -> None:
    found = {"WARC-Identified-Payload-Type": "text/html"}

    assert kinds(read(crawl(Stored(media="application/x", warc=found)))) == ["Document"]


def test_an_old_encoding_is_found_from_the_bytes() -> None:
    page = PAGE.decode().encode("cp1252")

    document = only(read(crawl(Stored(page, media="text/html; charset=utf-8"))))

    assert document.text.startswith("Vägen in")
    assert document.origin.encoding == "cp1252"


def test_a_page_that_the_crawler_cut_says_so() -> None:
    document = only(read(crawl(Stored(warc={"WARC-Truncated": "length"}))))

    (finding,) = document.findings
    assert finding.code == Problem.SOURCE_DAMAGED
    assert finding.message == "The crawler stored only the beginning of the page (length)."


# --- the sieve


def test_the_sieve_drops_pages_without_its_words() -> None:
    items = read(crawl(NEWS, Stored()), SIEVED)

    assert items[0] == Passed(1)
    assert kinds(items) == ["Passed", "Document"]


def test_the_sieve_sees_what_is_packed() -> None:
    stored = Stored(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})

    assert kinds(read(crawl(stored), SIEVED)) == ["Document"]


def test_what_is_dropped_is_shown_if_asked_for() -> None:
    reading = Reading(sieve=SIEVED.sieve, shows_passed=True)

    (item,) = read(crawl(NEWS), reading)

    assert isinstance(item, Passed)
    assert item.content == b"<p>Nyheter</p>"
    assert item.origin is not None
    assert item.origin.url == "https://example.se/nyheter"


# --- packed bodies


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:])),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", deflated(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("identity", PAGE),
        ("gzip", PAGE),  # unpacked by the crawler, who kept the header
        ("br", PAGE),
    ],
)
def test_bodies_are_unpacked(coding: str, body: bytes) -> None:
    stored = Stored(body, headers={"Content-Encoding": coding})

    items = read(crawl(stored, OTHER))

    assert kinds(items) == ["Document", "Document"]
    assert isinstance(items[0], Document)
    assert items[0].text == TEXT


@pytest.mark.parametrize("body", [chunked(PAGE), PAGE])
def test_chunks_are_joined_unless_the_crawler_did(body: bytes) -> None:
    stored = Stored(body, headers={"Transfer-Encoding": "chunked"})

    items = read(crawl(stored, OTHER))

    assert kinds(items) == ["Document", "Document"]
    assert isinstance(items[0], Document)
    assert items[0].text == TEXT


def test_chunks_of_what_is_packed_are_joined_first() -> None:
    headers = {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}
    stored = Stored(chunked(gzip.compress(PAGE)), headers=headers)

    assert only(read(crawl(stored))).text.startswith("Vägen in")


@pytest.mark.parametrize(
    ("headers", "body", "message"),
    [
        (
            {"Content-Encoding": "gzip"},
            gzip.compress(PAGE)[:20] + b"\xff" * 40,
            "It says that it is packed as gzip, and is not or is damaged.",
        ),
        (
            {"Content-Encoding": "lzma"},
            bytes(range(20)) * 9,
            "It is packed as 'lzma', which cannot be undone.",
        ),
        (
            {"Content-Encoding": "gzip, gzip"},
            gzip.compress(gzip.compress(PAGE)),
            "It is packed as 'gzip, gzip', which cannot be undone.",
        ),
        (
            {"Transfer-Encoding": "chunked"},
            chunked(PAGE)[:100],
            "Its chunks do not end where they say.",
        ),
    ],
    ids=["damaged", "unknown", "twice", "cut"],
)
def test_a_body_that_cannot_be_unpacked_is_told(
    headers: dict[str, str], body: bytes, message: str
) -> None:
    items = read(crawl(Stored(body, headers=headers), OTHER))

    assert kinds(items) == ["Unread", "Document"]
    assert refused(items[0]) == (Problem.ROW_UNREADABLE, message)


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress])
def test_a_body_that_unpacks_without_end_is_stopped(pack: object) -> None:
    assert callable(pack)
    coding = "gzip" if pack is gzip.compress else "br"
    stored = Stored(pack(b"a" * 5_000_000), headers={"Content-Encoding": coding})
    reading = Reading(limits=Limits(row_bytes=100_000))

    items = read(crawl(stored, OTHER), reading)

    assert kinds(items) == ["Unread", "Document"]
    code, message = refused(items[0])
    assert code == Problem.LIMIT_MET
    assert "--limit row_bytes=…" in message


# --- limits and damage


@pytest.mark.parametrize(("more", "kind"), [(0, "Document"), (1, "Unread")])
def test_a_record_may_be_as_long_as_the_limit_and_no_longer(more: int, kind: str) -> None:
    text = "Diarienummer\n2016/00130"
    reading = Reading(limits=Limits(row_bytes=len(text) - more))

    items = read(wet(text, "kort"), reading)

    assert kinds(items) == [kind, "Document"]


def test_a_film_longer_than_the_limit_is_passed_and_not_told() -> None:
    film = Stored(b"x" * 300_000, media="video/mp4")

    items = read(crawl(film, OTHER), Reading(limits=Limits(row_bytes=100_000)))

    assert kinds(items) == ["Passed", "Document"]


def test_a_record_that_says_it_is_ten_gigabytes_is_not_waited_for() -> None:
    content = crawl(Stored(kind="resource"), OTHER)
    said = b"Content-Length: %d\r\n" % len(PAGE)

    items, message = read_until_obstacle(
        content.replace(said, b"Content-Length: 10000000000\r\n", 1)
    )

    assert kinds(items) == ["Unread"]
    assert message.startswith("record 1, offset 0: It says 10000000000 bytes, and the file")


@pytest.mark.parametrize("length", ["5", "200", "1000000", "-5", "many", "", "9" * 30])
def test_a_wrong_length_loses_its_own_record_only(length: str) -> None:
    content = crawl(Stored(kind="resource"), OTHER, OTHER)
    said = b"Content-Length: %d\r\n" % len(PAGE)

    items = read(content.replace(said, f"Content-Length: {length}\r\n".encode(), 1))

    assert kinds(items) == ["Unread", "Document", "Document"]
    code, message = refused(items[0])
    assert code == Problem.ROW_UNREADABLE
    assert message.endswith("Reading goes on with the next record; fetch the file again.")


def test_what_stands_between_records_is_told() -> None:
    content = crawl(Stored()) + b"rubbish\r\n" * 3 + crawl(OTHER)

    items = read(content)

    assert kinds(items) == ["Document", "Unread", "Document"]
    _, message = refused(items[1])
    assert "are no record." in message


def test_a_header_without_end_is_told_and_passed_over() -> None:
    endless = b"WARC/1.0\r\nX: " + b"x" * 100_000 + b"\r\n\r\n\r\n"

    items = read(endless + crawl(Stored()))

    assert kinds(items) == ["Unread", "Document"]
    assert refused(items[0])[1].startswith("The record has no readable header.")


def test_a_cut_file_keeps_what_came_before() -> None:
    content = crawl(Stored(), OTHER)

    items, message = read_until_obstacle(content[:-100])

    assert kinds(items) == ["Document"]
    assert message.startswith("record 2, offset ")
    assert message.endswith("Nothing that follows can be read; fetch the file again.")


def test_a_response_that_is_none_is_told() -> None:
    stored = crawl(Stored()).replace(b"HTTP/1.1 200", b"FTPS/1.1 200")

    (item,) = read(stored)

    assert refused(item)[0] == Problem.ROW_UNREADABLE


def test_lines_may_end_without_carriage_return() -> None:
    content = crawl(Stored(), OTHER)
    head, _, rest = content.partition(b"\r\n\r\n")
    short = head.replace(b"\r\n", b"\n") + b"\n\n" + rest

    assert kinds(read(short)) == ["Document", "Document"]


def test_a_stream_may_give_a_few_bytes_at_a_time() -> None:
    class Trickle(io.BytesIO):
        @override
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(7, size or 0))

    items = list(read_warc(Trickle(crawl(Stored(), OTHER)), ORIGIN, Reading()))

    assert kinds(items) == ["Document", "Document"]


def test_what_the_stream_raises_is_not_swallowed() -> None:
    class Bomb(io.BytesIO):
        @override
        def read(self, size: int | None = -1, /) -> bytes:
            raise Obstacle(Problem.LIMIT_MET, f"too much: {size}")

    with pytest.raises(Obstacle, match="too much"):
        list(read_warc(Bomb(), ORIGIN, Reading()))


def test_an_unpacked_crawl_reads_like_one_that_never_was_packed() -> None:
    content = crawl(Stored(), OTHER)

    assert read(gzip.decompress(packed(content))) == read(content)


WHOLE = crawl(
    Stored(),
    Stored(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"}),
    Stored(chunked(PAGE), headers={"Transfer-Encoding": "chunked"}),
    Stored(PAGE, "resource", "text/html"),
)
EDITS = st.lists(
    st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 30), st.binary(max_size=30)),
    min_size=1,
    max_size=4,
)


@given(EDITS)
def test_damage_is_told_and_never_raises(edits: list[tuple[int, int, bytes]]) -> None:
    damaged = WHOLE
    for at, gone, new in edits:
        damaged = damaged[:at] + new + damaged[at + gone :]

    items: list[Item] = []
    with suppress(Obstacle):
        items.extend(read_warc(io.BytesIO(damaged), ORIGIN, Reading()))
        assert items or not damaged.strip()


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), max_size=8))
def test_each_text_of_a_wet_file_gives_one_item(texts: list[str]) -> None:
    assert len(read(wet(*texts))) == len(texts)


def test_numbers_of_records_count_from_one() -> None:
    items = read(crawl(*starmap(Stored, [()] * 3)))

    members = [item.origin.member for item in items if isinstance(item, Document)]
    assert [(member or "").split(",")[0] for member in members] == [
        "record 1",
        "record 2",
        "record 3",
    ]
