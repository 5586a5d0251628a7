import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

import bombs
from esfkit.model.finding import Problem
from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.packed import PACKINGS, Packing, open_packed, packing_of, rejoined


def _zstd(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(content)


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "Zstandard": _zstd,
}
SKIPPED_FRAME = b"\x5a\x2a\x4d\x18\x04\0\0\0abcd"
LINES = "".join(f"{number}: Mötesplats Ljungby, {number * 7919} kr\n" for number in range(300))
CONTENT = LINES.encode()

each_packing = pytest.mark.parametrize(
    "packing", PACKINGS, ids=[each.name for each in PACKINGS]
)


def _taken(stream: BinaryIO, size: int = 1000) -> tuple[bytes, Obstacle | None]:
    """Return all that a stream gives, and what ended it."""
    pieces = []
    try:
        while piece := stream.read(size):
            pieces.append(piece)
    except Obstacle as obstacle:
        return b"".join(pieces), obstacle
    return b"".join(pieces), None


def _unpacked(
    packed: bytes, packing: Packing, limits: Limits = DEFAULT_LIMITS, size: int = 1000
) -> tuple[bytes, Obstacle | None]:
    return _taken(open_packed(io.BytesIO(packed), packing, limits), size)


# --- which


def test_every_packing_has_a_case_here() -> None:
    assert [packing.name for packing in PACKINGS] == list(PACK)


@each_packing
def test_a_packing_is_told_by_its_first_bytes(packing: Packing) -> None:
    assert packing_of(PACK[packing.name](CONTENT)[:16]) is packing


@each_packing
def test_a_packing_of_nothing_is_told_too(packing: Packing) -> None:
    assert packing_of(PACK[packing.name](b"")) is packing


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"BZhej, sa hon",
        b"BZh9 till kl. 12",
        b"\x1f\x8b",
        b"{}\n",
        b"\x5d\0\0\x80\0",
        b"PK\3\4",
    ],
)
def test_what_only_looks_packed_is_not(head: bytes) -> None:
    assert packing_of(head) is None


def test_a_file_that_begins_with_a_skipped_frame_is_zstandard() -> None:
    packing = packing_of(SKIPPED_FRAME)

    assert packing is not None
    assert _unpacked(SKIPPED_FRAME + _zstd(CONTENT), packing) == (CONTENT, None)


# --- whole files


@each_packing
@pytest.mark.parametrize("size", [1, 4096, 1 << 20])
def test_the_bytes_are_those_that_were_packed(packing: Packing, size: int) -> None:
    assert _unpacked(PACK[packing.name](CONTENT), packing, size=size) == (CONTENT, None)


@each_packing
@settings(max_examples=40, deadline=None)
@given(contents=st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_what_is_packed_one_after_the_other_is_read_through(
    packing: Packing, contents: list[bytes]
) -> None:
    packed = b"".join(PACK[packing.name](content) for content in contents)

    assert _unpacked(packed, packing) == (b"".join(contents), None)


@each_packing
def test_a_large_file_is_the_same_by_lines_and_into_a_buffer(packing: Packing) -> None:
    content = b"".join(b"%d;%d\n" % (number, number**3) for number in range(60_000))
    packed = PACK[packing.name](content)
    buffer = bytearray(300_000)
    stream = open_packed(io.BytesIO(packed), packing, DEFAULT_LIMITS)
    pieces = []
    while count := stream.readinto(buffer):  # type: ignore[attr-defined]  # BinaryIO lacks it
        pieces.append(bytes(buffer[:count]))

    assert b"".join(pieces) == content
    lines = list(open_packed(io.BytesIO(packed), packing, DEFAULT_LIMITS))
    assert lines == content.splitlines(keepends=True)
    assert open_packed(io.BytesIO(packed), packing, DEFAULT_LIMITS).read() == content


@pytest.mark.parametrize("name", ["gzip", "xz"])
def test_zeros_that_fill_up_the_end_are_no_damage(name: str) -> None:
    packing = next(each for each in PACKINGS if each.name == name)

    assert _unpacked(PACK[name](CONTENT) + bytes(512), packing) == (CONTENT, None)


def test_a_file_of_no_frames_but_skipped_ones_is_empty() -> None:
    packing = packing_of(SKIPPED_FRAME)

    assert packing is not None
    assert _unpacked(SKIPPED_FRAME * 2, packing) == (b"", None)


# --- damage


@each_packing
@pytest.mark.parametrize("streams", [1, 3])
def test_a_file_cut_short_gives_a_part_and_says_so(packing: Packing, streams: int) -> None:
    third = len(CONTENT) // 3
    parts = [CONTENT] if streams == 1 else [CONTENT[:third], CONTENT[third:]]
    packed = [PACK[packing.name](part) for part in parts]
    whole = b"".join(packed)
    ends = {0, len(packed[0])}
    for cut in [*range(40), *range(40, len(whole), 17), *range(len(whole) - 20, len(whole))]:
        given, obstacle = _unpacked(whole[:cut], packing)

        assert CONTENT.startswith(given)
        assert cut in ends or (obstacle is not None and obstacle.code is Problem.SOURCE_DAMAGED)
        if streams == 3 and cut >= len(packed[0]):
            assert len(given) >= third


@each_packing
def test_bytes_changed_raise_nothing_else_and_give_nothing_else_in_silence(
    packing: Packing,
) -> None:
    packed = PACK[packing.name](CONTENT)
    for at in range(0, len(packed), 7):
        changed = bytearray(packed)
        changed[at] ^= 0x41
        given, obstacle = _unpacked(bytes(changed), packing)

        assert obstacle is not None or given == CONTENT


@each_packing
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_bytes_of_any_kind_raise_nothing_but_an_obstacle(
    packing: Packing, data: st.DataObject
) -> None:
    packed = bytearray(PACK[packing.name](CONTENT[:500]) * 2)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(packed) - 1))
        packed[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    given, obstacle = _unpacked(bytes(packed), packing)

    assert len(given) < 10_000_000
    assert obstacle is None or obstacle.code in {Problem.SOURCE_DAMAGED, Problem.LIMIT_MET}


@each_packing
def test_good_streams_before_a_damaged_one_are_given(packing: Packing) -> None:
    good, bad = PACK[packing.name](CONTENT), PACK[packing.name](CONTENT[::-1])

    given, obstacle = _unpacked(good + bad[:-20] + bytes(20), packing, size=1 << 20)

    assert given.startswith(CONTENT)
    assert obstacle is not None
    assert obstacle.code is Problem.SOURCE_DAMAGED


@each_packing
def test_what_follows_and_is_not_packed_is_told(packing: Packing) -> None:
    given, obstacle = _unpacked(PACK[packing.name](CONTENT) + b"<!-- sparad -->", packing)

    assert given == CONTENT
    assert obstacle is not None


@each_packing
def test_who_asks_for_all_of_a_damaged_file_is_told_at_once(packing: Packing) -> None:
    stream = open_packed(io.BytesIO(PACK[packing.name](CONTENT)[:-30]), packing, DEFAULT_LIMITS)

    with pytest.raises(Obstacle, match="cut short"):
        stream.read()


def test_the_obstacle_comes_again_at_every_read() -> None:
    stream = open_packed(io.BytesIO(gzip.compress(CONTENT)[:-4]), PACKINGS[0], DEFAULT_LIMITS)
    assert stream.read(1 << 20) == CONTENT
    assert isinstance(stream, io.BufferedReader)
    reads: list[Callable[[], object]] = [
        stream.read1,
        stream.readline,
        stream.peek,
        lambda: stream.readinto(bytearray(9)),
        lambda: stream.readinto1(bytearray(9)),
    ]
    for read in reads:
        with pytest.raises(Obstacle, match="cut short"):
            read()


def test_a_checksum_at_the_end_is_asked_after_the_text_is_given() -> None:
    packed = bytearray(gzip.compress(CONTENT))
    packed[-8] ^= 1

    given, obstacle = _unpacked(bytes(packed), PACKINGS[0])

    assert given == CONTENT
    assert obstacle is not None
    assert obstacle.code is Problem.SOURCE_DAMAGED


def test_a_disk_that_fails_is_an_obstacle_of_its_own() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:  # type: ignore[explicit-override]  # a test's own
            if self.tell() > 100:
                raise OSError(5, "Input/output error")
            return super().read(50 if size is None else min(size, 50))

    for packing in PACKINGS:
        stream = open_packed(Failing(PACK[packing.name](CONTENT)), packing, DEFAULT_LIMITS)
        given, obstacle = _taken(stream)

        assert CONTENT.startswith(given)
        assert obstacle is not None
        assert obstacle.code is Problem.SOURCE_UNREADABLE
        assert obstacle.message == "It cannot be read on: Input/output error."


# --- limits


@each_packing
def test_a_file_may_unpack_to_the_limit_and_no_further(packing: Packing) -> None:
    packed = PACK[packing.name](CONTENT)

    assert _unpacked(packed, packing, Limits(unpacked_bytes=len(CONTENT))) == (CONTENT, None)
    given, obstacle = _unpacked(packed, packing, Limits(unpacked_bytes=len(CONTENT) - 1))
    assert CONTENT.startswith(given)
    assert obstacle is not None
    assert obstacle.code is Problem.LIMIT_MET
    assert obstacle.message == (
        f"The {packing.name} file unpacks to more than {len(CONTENT) - 1} bytes; the limit"
        f" unpacked_bytes is {len(CONTENT) - 1}. Raise it with --limit unpacked_bytes=…"
        " if the source is to be trusted."
    )


@each_packing
def test_the_ratio_counts_only_past_the_free_bytes(packing: Packing) -> None:
    packed = PACK[packing.name](bytes(50_000))
    ratio = 50_000 / len(packed)

    def code(**limits: int) -> Problem | None:
        obstacle = _unpacked(packed, packing, Limits(**limits), size=1 << 20)[1]
        return None if obstacle is None else obstacle.code

    assert code(unpacked_ratio=2) is None
    assert code(unpacked_ratio=2, ratio_free_bytes=50_000) is None
    assert code(unpacked_ratio=2, ratio_free_bytes=49_999) is Problem.LIMIT_MET
    assert code(unpacked_ratio=int(ratio) + 1, ratio_free_bytes=0) is None
    assert code(unpacked_ratio=int(ratio), ratio_free_bytes=0) is Problem.LIMIT_MET


@pytest.mark.parametrize(
    ("packed", "name"), [(bombs.wide_zstd(), "Zstandard"), (bombs.wide_xz(), "xz")]
)
def test_a_file_that_asks_for_much_memory_is_refused(packed: bytes, name: str) -> None:
    packing = packing_of(packed)

    assert packing is not None
    given, obstacle = _unpacked(packed, packing)
    assert given == b""
    assert obstacle is not None
    assert obstacle.code is Problem.LIMIT_MET
    assert obstacle.message == (
        f"The {name} file asks for more than 134217728 bytes of memory to be unpacked;"
        " pack it again with a smaller window or dictionary."
    )


@pytest.mark.parametrize("name", ["gzip", "bzip2", "xz", "zstd"])
def test_a_bomb_ends_at_once_and_in_little_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(bombs.BOMBS[name]())

    measured = bombs.measure(path)

    assert measured.told.startswith("limit_met: The ")
    assert "the limit unpacked_ratio is 200" in measured.told
    assert measured.seconds < 10
    assert measured.peak < 150 * bombs.MIB


# --- a head read before


@given(cut=st.integers(0, 60), size=st.integers(1, 70))
def test_a_head_and_what_follows_are_one_stream(cut: int, size: int) -> None:
    content = CONTENT[:60]

    assert _taken(rejoined(content[:cut], io.BytesIO(content[cut:])), size) == (content, None)


def test_what_stands_before_an_obstacle_in_the_rest_is_given() -> None:
    rest = open_packed(io.BytesIO(gzip.compress(CONTENT)[:-4]), PACKINGS[0], DEFAULT_LIMITS)
    head = rest.read(100)

    given, obstacle = _taken(rejoined(head, rest), size=1 << 20)

    assert given == CONTENT
    assert obstacle is not None
