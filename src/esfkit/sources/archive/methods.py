"""The ways in which members of a zip archive are packed."""

import lzma
import struct
import zlib
from collections.abc import Callable

from esfkit.sources.packed import MOST_MEMORY, PACKINGS, Fill, Source, unpack_streams

_LZMA = struct.Struct("<4xBI")
"""What stands before LZMA data: a version and a length; parameters and dictionary size."""


class _Inflater:
    """Deflate with the face that the unpackers of bzip2 and xz have."""

    def __init__(self) -> None:
        self.needs_input = True
        self._inner = zlib.decompressobj(-zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        unpacked = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        # A full buffer may have left more inside, even if all input is used up.
        self.needs_input = not self._inner.unconsumed_tail and len(unpacked) < max_length
        return unpacked


def _stored(source: Source) -> Fill:
    def fill(buffer: memoryview) -> int:
        data = source.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    return fill


def _deflate(source: Source) -> Fill:
    return unpack_streams(source, _Inflater)


def _lzma(source: Source) -> Fill:
    head = source.read(_LZMA.size)
    if len(head) < _LZMA.size:
        raise EOFError
    parameters, dictionary = _LZMA.unpack(head)
    if dictionary > MOST_MEMORY:
        raise ValueError("too much memory")
    rest, lc = divmod(parameters, 9)
    pb, lp = divmod(rest, 5)
    own = {"id": lzma.FILTER_LZMA1, "dict_size": dictionary, "lc": lc, "lp": lp, "pb": pb}
    return unpack_streams(source, lambda: lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[own]))


_PACKINGS = {packing.name: packing.unpack for packing in PACKINGS}

METHODS: dict[int, Callable[[Source], Fill]] = {
    0: _stored,
    8: _deflate,
    12: _PACKINGS["bzip2"],
    14: _lzma,
    93: _PACKINGS["Zstandard"],
    95: _PACKINGS["xz"],
}
"""How to unpack a member, by the number of its method in the format's own list."""
