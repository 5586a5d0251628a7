import pytest

from esfkit.sources.crawls.jsonrows import (
    Row,
    depth_exceeds,
    first_of,
    loaded,
    names_one_of,
)


def test_a_line_gives_its_object_and_what_its_bytes_gave_rise_to() -> None:
    assert loaded('\ufeff{"text": "Å"}'.encode()) == Row({"text": "Å"})

    row = loaded(b'{"text": "\xc5"}')
    assert isinstance(row, Row)
    assert row.value == {"text": "Å"}
    assert [finding.code for finding in row.findings] == ["decoded_as_legacy"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": 1', "not JSON: expecting ',' delimiter at character 8"),
        (b'{"a": 1, "a": 2}', "not JSON: it names a field twice"),
        (b'{"a": Infinity}', "not JSON: Infinity is no value of JSON"),
        (b"[1]", "no object with fields"),
    ],
    ids=str,
)
def test_a_line_without_an_object_gives_the_reason(line: bytes, reason: str) -> None:
    told = loaded(line)

    assert isinstance(told, str)
    assert reason in told


def test_depth_counts_objects_and_lists_and_not_brackets_in_words() -> None:
    assert depth_exceeds(b'{"a": [[1]]}', {"a": [[1]]}, 2)
    assert not depth_exceeds(b'{"a": [[1]]}', {"a": [[1]]}, 3)
    assert not depth_exceeds(b'{"a": "[[[["}', {"a": "[[[["}, 2)


def test_the_first_field_that_is_there_and_not_null_is_taken() -> None:
    row = {"text": None, "page": {"body": "Ord"}, "a.b": "whole", "a": {"b": "part"}}

    assert first_of(row, ("none", "text", "page.body")) == "Ord"
    assert first_of(row, ("a.b",)) == "whole"
    assert first_of(row, ("page.body.more", "none")) is None


def test_a_field_is_named_also_where_it_is_null() -> None:
    row = {"text": None, "page": {"body": ""}}

    assert names_one_of(row, ("none", "text"))
    assert names_one_of(row, ("page.body",))
    assert not names_one_of(row, ("body", "page.text"))
