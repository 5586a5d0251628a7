import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfkit.model.document import Bytes, Document, Origin, Passed, Unread
from esfkit.sources import search
from esfkit.sources.blocks import Part
from esfkit.sources.crawls import jsonl
from esfkit.sources.crawls.jsonl import check_fields, looks_like_jsonl, read_jsonl
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.reading import Item, Reading
from esfkit.sources.sieve import Sieve

ORIGIN = Origin(path="crawl.jsonl")
EVERYTHING = Reading()
SIFTED = Reading(sieve=Sieve((b"ESF", b"ktperiod")))


def items(
    content: bytes, reading: Reading = EVERYTHING, part: Part | None = None
) -> list[Item]:
    return list(read_jsonl(io.BytesIO(content), ORIGIN, reading, part))


def documents(content: bytes, reading: Reading = EVERYTHING) -> list[Document]:
    return [item for item in items(content, reading) if isinstance(item, Document)]


def unread(content: bytes, reading: Reading = EVERYTHING) -> list[Unread]:
    return [item for item in items(content, reading) if isinstance(item, Unread)]


def passed(found: Sequence[Item]) -> int:
    return sum(item.count for item in found if isinstance(item, Passed))


def dump(*rows: dict[str, Any], escape: bool = False) -> bytes:
    return b"".join(f"{json.dumps(row, ensure_ascii=escape)}\n".encode() for row in rows)


def test_each_row_is_a_page_with_its_line_and_address() -> None:
    content = dump(
        {"url": "https://a.se/1", "text": "Ett"}, {"url": "https://a.se/2", "text": "Två"}
    )

    assert [(one.text, one.origin.line, one.origin.url) for one in documents(content)] == [
        ("Ett", 1, "https://a.se/1"),
        ("Två", 2, "https://a.se/2"),
    ]
    assert all(one.crawled for one in documents(content))


def test_the_hash_is_that_of_the_page_and_not_of_its_row() -> None:
    [plain] = documents(dump({"text": "Små grå"}))
    [escaped] = documents(dump({"id": 1, "text": "Små grå"}, escape=True))

    assert plain.origin.sha256 == escaped.origin.sha256


def test_fields_may_be_named_also_within_others() -> None:
    reading = Reading(text_fields=("page.body",), url_fields=("page.at",))
    [document] = documents(dump({"page": {"body": "Ord", "at": "https://b.se"}}), reading)

    assert (document.text, document.origin.url) == ("Ord", "https://b.se")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "not JSON"),
        (b"[1, 2]", "no object"),
        (b'{"text": "a", "text": "b"}', "names a field twice"),
        (b'{"text": NaN}', "NaN is no value of JSON"),
        (b'{"text": 5}', "no string but int"),
        (b'{"text": ["a"]}', "no string but list"),
        (b'{"other": "a"}', "--text-field"),
        (b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested"),
        (b'{"text": "a", "x": ' + b"[" * 70 + b"]" * 70 + b"}", "json_depth"),
    ],
    ids=str,
)
def test_a_row_that_cannot_be_read_is_told_and_the_others_are_read(
    line: bytes, reason: str
) -> None:
    content = dump({"text": "ett"}) + line + b"\n" + dump({"text": "tre"})

    [told] = unread(content)
    assert reason in told.finding.message
    assert told.origin.line == 2
    assert [(one.text, one.origin.line) for one in documents(content)] == [
        ("ett", 1),
        ("tre", 3),
    ]


def test_one_bad_byte_spoils_no_other_row() -> None:
    content = dump({"text": "ett"}) + b'{"text": "Ume\xe5 kommun"}\n' + dump({"text": "tre"})

    found = documents(content)
    assert [one.text for one in found] == ["ett", "Umeå kommun", "tre"]
    assert [finding.code for finding in found[1].findings] == ["decoded_as_legacy"]


def test_half_a_character_is_replaced_and_told() -> None:
    [document] = documents(b'{"text": "h\\ud800\xc3\xa4r"}\n')

    assert document.text == "h\ufffdär"
    assert [finding.code for finding in document.findings] == ["invalid_bytes"]


def test_a_page_that_is_null_is_passed_over() -> None:
    assert passed(items(b'{"text": null}\n')) == 1


def test_blank_lines_count_as_lines_and_not_as_pages() -> None:
    content = b"\n" + dump({"text": "ESF"}) + b"\r\n\n   \n" + dump({"text": "inget"})

    found = items(content, SIFTED)
    assert [one.origin.line for one in found if isinstance(one, Document)] == [2]
    assert passed(found) == 1
    assert sum(one.lines for one in found if isinstance(one, Bytes)) == 6


def test_a_line_too_long_is_refused_by_the_name_of_the_limit() -> None:
    content = dump({"text": "x" * 2_000_000}, {"text": "kort"})

    [told] = unread(content, Reading(limits=Limits(row_bytes=1_000_000)))
    assert "--limit row_bytes" in told.finding.message
    assert [
        one.origin.line
        for one in documents(content, Reading(limits=Limits(row_bytes=1_000_000)))
    ] == [2]


def test_the_sieve_lets_through_what_stands_in_escapes() -> None:
    rows = [
        b'{"text": "\\u0045SF"}',
        b'{"text": "Projektperi\\u006fd"}',
        b'{"text": "\\u003cp>E\\u003cb>SF\\u003c/b>\\u003c/p>"}',
        b'{"text": "<p>E<b>SF</b></p>"}',
        b'{"text": "E\\u0000S\\u0000F\\u0000"}',
        b'{"text": "inget h\\u00e4r"}',
        b'{"text": "<p>inget</p>"}',
    ]

    found = items(b"\n".join(rows), SIFTED)
    assert [one.origin.line for one in found if isinstance(one, Document | Unread)] == [
        *(1, 2, 3, 4, 5)
    ]
    assert passed(found) == 2


def test_a_line_of_many_brackets_is_looked_through_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []

    def line_around(content: bytearray, at: int, after: int, end: int) -> tuple[int, int]:
        looked.append(at)
        return search.line_around(content, at, after, end)

    monkeypatch.setattr(jsonl, "line_around", line_around)
    content = dump({"text": "< " * 50_000}, {"text": "<p>" * 50_000}, {"text": "ESF"})

    found = items(content, SIFTED)
    assert looked == [10, content.index(b"<p>")]
    assert passed(found) == 2
    assert [one.origin.line for one in found if isinstance(one, Document)] == [3]


def test_what_is_dropped_is_shown_where_that_is_asked_for() -> None:
    reading = Reading(sieve=SIFTED.sieve, shows_passed=True)
    found = items(dump({"text": "inget"}, {"text": "ESF"}), reading)

    [dropped] = [one for one in found if isinstance(one, Passed)]
    assert (dropped.content, dropped.origin and dropped.origin.line) == (
        b'{"text": "inget"}',
        1,
    )


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.text(max_size=30)
            | st.sampled_from(["ESF", "<b>E</b>SF", "Projektperiod"])
        },
        optional={"url": st.text(max_size=5)},
    ),
    max_size=12,
)


@given(rows=ROWS, escape=st.booleans())
def test_the_sieve_drops_no_page_that_it_would_let_through_on_its_own(
    rows: list[dict[str, str]], *, escape: bool
) -> None:
    content = (
        dump(*rows, escape=True)
        if escape
        else b"".join(
            f"{json.dumps(row, ensure_ascii=False)}\n".encode("utf-8", "replace")
            for row in rows
        )
    )
    sieve = SIFTED.sieve
    assert sieve is not None

    kept = {
        one.origin.line for one in items(content, SIFTED) if isinstance(one, Document | Unread)
    }
    for one in items(content):
        if isinstance(one, Document) and any(word.decode() in one.text for word in sieve.words):
            assert one.origin.line in kept


@given(content=st.binary(max_size=200), sifted=st.booleans())
def test_whatever_the_bytes_are_every_filled_line_is_told_of(
    content: bytes, *, sifted: bool
) -> None:
    found = items(content, SIFTED if sifted else EVERYTHING)
    told = sum(
        item.count if isinstance(item, Passed) else 1
        for item in found
        if not isinstance(item, Bytes)
    )

    assert told == sum(1 for line in content.split(b"\n") if line.strip())


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"text": "a"}\n', True),
        (b'\xef\xbb\xbf{"text": "a"}\n{', True),
        (b'{"text": "a very long line that goes on', True),
        (b'{\n  "text": "pretty"\n}\n', False),
        (b"{rtf}", False),
        (b"[1]\n", False),
        (b"Projekt\n", False),
        (b"", False),
    ],
)
def test_lines_of_json_are_known_by_their_first(head: bytes, *, expected: bool) -> None:
    assert looks_like_jsonl(head) is expected


def test_a_file_whose_rows_have_no_text_is_refused_with_the_names_they_have() -> None:
    with pytest.raises(Obstacle, match="the fields are id, words") as refused:
        check_fields(dump({"id": 1, "words": "a"}, {"id": 2}), EVERYTHING, is_whole=True)

    assert refused.value.code == "text_field_missing"


def test_a_dataset_is_no_crawl() -> None:
    with pytest.raises(Obstacle, match="dataset of esfkit"):
        check_fields(dump({"record_id": "esf:1", "kind": "project"}), EVERYTHING, is_whole=True)


@pytest.mark.parametrize("empty", ['{"text": ""}', '{"text": null}'])
def test_rows_whose_text_is_empty_are_rows_with_a_text(empty: str) -> None:
    head = f"{empty}\n".encode() * 30

    check_fields(head, EVERYTHING, is_whole=True)
    check_fields(
        f"{empty}\n".encode() + b'{"text": "' + b"x" * 70_000, EVERYTHING, is_whole=False
    )


@pytest.mark.parametrize(
    "first", [b'{"url": "x", "text": "tru', b'{"a": 1, "a": 2}', b'{"a": NaN}', b"\0\0"]
)
def test_a_broken_first_line_does_not_make_a_file_a_page(first: bytes) -> None:
    assert looks_like_jsonl(first + b"\n" + dump({"text": "a"}, {"text": "b"}))


def test_a_row_longer_than_the_head_is_no_reason_to_refuse_a_file() -> None:
    head = b'{"crawl": 1}\n{"url": "u", "text": "' + b"x" * 60_000

    assert looks_like_jsonl(head)
    check_fields(head, EVERYTHING, is_whole=False)


def test_half_a_character_in_an_address_is_replaced() -> None:
    [document] = documents(b'{"url": "https://a.se/\\ud800", "text": "Ord"}\n')

    assert document.origin.url == "https://a.se/\ufffd"
