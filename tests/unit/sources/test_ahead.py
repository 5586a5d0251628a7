import io
import threading
from time import monotonic, sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfkit.model.finding import Problem
from esfkit.sources.ahead import ReadAhead
from esfkit.sources.obstacle import Obstacle


class Failing(io.BytesIO):
    """Gives its bytes in short pieces, and then an obstacle."""

    def read(self, size: int | None = -1, /) -> bytes:  # type: ignore[explicit-override]  # typing.override came with 3.12
        piece = super().read(min(3, size or 3))
        if not piece:
            raise Obstacle(Problem.SOURCE_DAMAGED, "cut")
        return piece


@given(content=st.binary(max_size=100), size=st.integers(1, 40))
def test_the_bytes_are_those_of_the_stream(content: bytes, size: int) -> None:
    with ReadAhead(io.BytesIO(content)) as stream:
        head = stream.peek(10)
        pieces = list(iter(lambda: stream.read(size), b""))

    assert head == content[:10]
    assert b"".join(pieces) == content


def test_what_stops_the_stream_is_raised_behind_its_good_bytes() -> None:
    with ReadAhead(Failing(b"good bytes")) as stream:
        got = b"".join(stream.read(3) for _ in range(4))
        assert got == b"good bytes"
        for _ in range(2):
            with pytest.raises(Obstacle, match="cut"):
                stream.read(3)


def test_the_end_is_the_end_for_whoever_asks_again() -> None:
    with ReadAhead(io.BytesIO(b"a")) as stream:
        assert [stream.read(5), stream.read(5), stream.read(5)] == [b"a", b"", b""]


def test_closing_early_ends_the_thread() -> None:
    before = threading.active_count()
    stream = ReadAhead(io.BytesIO(bytes(64 << 20)))
    assert stream.read(1) == b"\0"
    stream.close()

    until = monotonic() + 5
    while threading.active_count() > before and monotonic() < until:
        sleep(0.01)
    assert threading.active_count() == before
