from dataclasses import fields

import pytest

from esfkit.cli.commands import ingest
from esfkit.cli.ingestion.limiting import limits_of
from esfkit.model.errors import BadRequest
from esfkit.sources.limits import DEFAULT_LIMITS, Limits


def test_without_a_word_the_limits_are_the_usual() -> None:
    assert limits_of(None) == DEFAULT_LIMITS


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("row_bytes=1000", 1000),
        ("row-bytes=2kB", 2000),
        ("row_bytes = 64MiB", 64 * 1024 * 1024),
        ("row_bytes=3 GB", 3_000_000_000),
    ],
)
def test_a_limit_is_changed_by_its_name(words: str, value: int) -> None:
    assert limits_of([words]).row_bytes == value


def test_several_limits_are_changed_and_the_others_stay() -> None:
    limits = limits_of(["json_depth=3", "unpacked_ratio=1000"])

    assert limits == Limits(json_depth=3, unpacked_ratio=1000)


@pytest.mark.parametrize(
    "words", ["row_bytes=", "row_bytes=many", "row_bytes=-1", "row_bytes=1.5"]
)
def test_a_limit_is_a_whole_number(words: str) -> None:
    with pytest.raises(BadRequest, match="whole number"):
        limits_of([words])


def test_an_unknown_limit_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadRequest, match="row_bytes"):
        limits_of(["rowbyte=1"])


def test_the_help_names_every_limit() -> None:
    help_of_limits = str(ingest.LimitWords.__metadata__[0].help)  # type: ignore[attr-defined]  # of Annotated

    assert all(field.name in help_of_limits for field in fields(Limits))
