"""Tar archives that follow one another in a file."""

import gzip
import io
from typing import BinaryIO

import pytest

import bombs
from esfkit.sources.archive import Member
from esfkit.sources.archive.tars import tar_members
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.packed import open_packed, packing_of

ONE = bombs.tar_of({"a.txt": b"ett", "b.txt": b"x" * 700})
TWO = bombs.tar_of({"c.txt": b"tv\xc3\xa5"})


def read(content: bytes | BinaryIO, limits: Limits | None = None) -> dict[str, bytes]:
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    return {
        member.name: member.stream.read()
        for member in tar_members(stream, limits or Limits())
        if isinstance(member, Member)
    }


@pytest.mark.parametrize(
    "between", [b"", bytes(512), bytes(3 * bombs.MIB)], ids=["nothing", "a block", "much"]
)
def test_every_archive_of_a_file_is_read(between: bytes) -> None:
    assert read(ONE + between + TWO) == {
        "a.txt": b"ett",
        "b.txt": b"x" * 700,
        "c.txt": b"tv\xc3\xa5",
    }


def test_archives_without_an_end_between_them_are_read() -> None:
    bare = ONE[: 512 + 512 + 512 + 1024]

    assert list(read(bare + TWO)) == ["a.txt", "b.txt", "c.txt"]


def test_a_compressed_file_of_several_is_read() -> None:
    packed = gzip.compress(ONE) + gzip.compress(TWO)
    packing = packing_of(packed)
    assert packing is not None

    assert len(read(open_packed(io.BytesIO(packed), packing, Limits()))) == 3


def test_members_of_all_archives_are_counted_together() -> None:
    assert len(read(ONE + TWO, Limits(archive_members=3))) == 3
    with pytest.raises(Obstacle, match="more than 2 members"):
        read(ONE + TWO, Limits(archive_members=2))


def test_zeros_behind_the_end_are_nothing() -> None:
    assert len(read(ONE + bytes(9 * bombs.MIB))) == 2


def test_what_follows_the_end_and_is_no_archive_is_told() -> None:
    given: list[str] = []
    with pytest.raises(Obstacle) as met:
        given.extend(
            member.name
            for member in tar_members(io.BytesIO(ONE + b"skr\xc3\xa4p" * 99), Limits())
        )

    assert given == ["a.txt", "b.txt"]
    assert f"where a member should begin, at byte {len(ONE)}" in met.value.message
