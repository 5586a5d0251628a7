import io

import pytest

from crawls import Stored, crawl, wet
from esfkit.model.document import Document, Origin, Unread
from esfkit.sources.archive import Stretch
from esfkit.sources.crawls.warc import read_warc
from esfkit.sources.crawls.warc_stretches import cut_warc
from esfkit.sources.reading import Reading

ORIGIN = Origin(path="crawl.warc")
NEXT = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 3\r\n\r\nhej\r\n\r\n"


def cut(content: bytes, most: int = 1) -> list[Stretch]:
    return cut_warc(io.BytesIO(content), len(content), most)


def members(content: bytes) -> list[list[str | None]]:
    """Return the places of the records that each stretch tells of."""
    return [
        [
            item.origin.member
            for item in read_warc(io.BytesIO(content), ORIGIN, Reading(), stretch)
            if isinstance(item, Document | Unread)
        ]
        for stretch in cut(content)
    ]


def test_each_record_stands_in_one_stretch_with_its_number_and_place() -> None:
    content = crawl(*(Stored(url=f"https://example.se/{number}") for number in range(3)))

    assert [len(each) for each in members(content)] == [1, 1, 1]
    whole = [
        item.origin.member
        for item in read_warc(io.BytesIO(content), ORIGIN, Reading())
        if isinstance(item, Document)
    ]
    assert [each for [each] in members(content)] == whole
    assert str(whole[2]).startswith("record 3, offset ")


def test_a_stretch_has_about_as_many_bytes_as_asked_for() -> None:
    content = wet(*["x" * 1000] * 20)
    found = cut(content, 3000)

    assert [each.begin for each in found[1:]] == [each.stop for each in found[:-1]]
    assert all(3000 <= each.stop - each.begin < 4500 for each in found[:-1])
    assert found[-1].stop == len(content)
    assert found[1].name == f"records from {found[1].before + 1}"


def test_a_record_that_stands_in_a_page_is_no_record() -> None:
    planted = b"<p>Hej</p>\r\n\r\n" + NEXT * 50
    content = crawl(Stored(planted), Stored(), Stored(planted))

    assert [each.before for each in cut(content)] == [0, 1, 2]
    assert [len(each) for each in members(content)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"Content-Length: 3\r\n", b"Content-Length: 4\r\n"),
        (b"Content-Length: 3\r\n", b"Content-Length: 99999999999999999\r\n"),
        (b"Content-Length: 3\r\n", b"Content-Length: x\r\n"),
        (b"hej\r\n\r\n", b"hej\r\n"),
        (b"hej\r\n\r\n", b"hej\n\n"),
        (b"\r\n\r\nhej", b"\r\nhej"),
        (b"WARC/1.0\r\n", b"WARX/1.0\r\n"),
    ],
)
def test_behind_what_is_not_as_it_should_be_nothing_is_cut(good: bytes, bad: bytes) -> None:
    odd = NEXT.replace(good, bad)

    assert [each.before for each in cut(NEXT * 3 + odd + NEXT * 3)] in ([0, 1, 2], [0, 1, 2, 3])
    assert cut(NEXT * 3 + odd + NEXT * 3)[-1].stop == len(NEXT * 6 + odd)


def test_a_head_longer_than_is_looked_at_is_read_to_its_end() -> None:
    long = NEXT.replace(b"\r\n", b"\r\nX-Long: " + b"x" * 9000 + b"\r\n", 1)

    assert [each.before for each in cut(NEXT + long + NEXT)] == [0, 1, 2]
