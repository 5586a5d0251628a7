"""Compressed streams, unpacked while they are read."""

import bz2
import gzip
import lzma
import re
from collections.abc import Callable
from typing import BinaryIO, NamedTuple, Protocol, cast

from esfkit.sources.limits import Limits
from esfkit.sources.packed.guard import MOST_MEMORY, Fill, Source, Tally, guarded
from esfkit.sources.packed.zstd import unpack_zstd

_PIECE = 16 * 1024
"""Packed bytes taken at a time: what is unpacked of a piece that proves damaged is lost."""


class Engine(Protocol):
    """What the unpackers of bzip2 and xz have in common."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream is met."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out until more is put in."""

    @property
    def unused_data(self) -> bytes:
        """What was put in past the end of the stream."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Return at most so many unpacked bytes."""


class Packing(NamedTuple):
    """One way to compress a stream.

    Attributes:
        name: What to call it.
        suffix: What names of such files end in.
        is_begun_by: Tells whether such a stream begins so.
        unpack: Gives what fills a buffer with unpacked bytes.
    """

    name: str
    suffix: str
    is_begun_by: Callable[[bytes], object]
    unpack: Callable[[Source], Fill]


def packing_of(head: bytes) -> Packing | None:
    """Return how a stream that begins so is compressed, or ``None`` if it is not."""
    return next((packing for packing in PACKINGS if packing.is_begun_by(head)), None)


def open_packed(stream: BinaryIO, packing: Packing, limits: Limits) -> BinaryIO:
    """Return a stream of the unpacked bytes.

    What follows one another in the file (members, streams, frames) is read through. Where
    the data are damaged or a limit is met, what was unpacked until then is delivered; the
    read that would give nothing raises, and so does one that asks for all.

    Args:
        stream: The packed bytes; it need not be seekable.
        packing: How they are packed.
        limits: What to refuse.

    Raises:
        Obstacle: On reading, as said above.
    """
    tally = Tally(f"The {packing.name} file", limits)
    source = Source(stream, tally)
    return guarded(packing.unpack(source), tally)


def unpack_streams(source: Source, begin: Callable[[], Engine]) -> Fill:
    """Return what fills a buffer from streams that follow one another.

    Args:
        source: The packed bytes.
        begin: Gives the unpacker of the next stream.
    """
    engine = begin()

    def fill(buffer: memoryview) -> int:
        nonlocal engine
        while True:
            data = b""
            if engine.eof:
                data = _past_padding(source, engine.unused_data)
                if not data:
                    return 0
                engine = begin()
            elif engine.needs_input:
                data = source.read(_PIECE)
                if not data:
                    raise EOFError
            unpacked = engine.decompress(data, len(buffer))
            if unpacked:
                buffer[: len(unpacked)] = unpacked
                return len(unpacked)

    return fill


def _past_padding(source: Source, rest: bytes) -> bytes:
    """Return what follows a stream, without the zeros that may fill it up."""
    rest = rest.lstrip(b"\0")
    while not rest:
        piece = source.read(_PIECE)
        if not piece:
            break
        rest = piece.lstrip(b"\0")
    return rest


def _unpack_gzip(source: Source) -> Fill:
    """Return what fills a buffer from a gzip file, whose checksum is asked after its text."""
    file = gzip.GzipFile(fileobj=cast("BinaryIO", source), mode="rb")  # it only reads

    def fill(buffer: memoryview) -> int:
        unpacked = file.read1(len(buffer))
        buffer[: len(unpacked)] = unpacked
        return len(unpacked)

    return fill


def _unpack_bzip2(source: Source) -> Fill:
    return unpack_streams(source, bz2.BZ2Decompressor)


def _unpack_xz(source: Source) -> Fill:
    return unpack_streams(
        source, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MOST_MEMORY)
    )


_GZIP = re.compile(rb"\x1f\x8b\x08")
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_XZ = re.compile(rb"\xfd7zXZ\0")
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")  # or a frame to be skipped

PACKINGS: tuple[Packing, ...] = (
    Packing("gzip", ".gz", _GZIP.match, _unpack_gzip),
    Packing("bzip2", ".bz2", _BZIP2.match, _unpack_bzip2),
    Packing("xz", ".xz", _XZ.match, _unpack_xz),
    Packing("Zstandard", ".zst", _ZSTD.match, unpack_zstd),
)
"""Every compression that is read."""
