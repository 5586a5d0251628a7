"""Hostile compressed files and archives: small, made in a moment, and huge once unpacked."""

import bz2
import gzip
import io
import lzma
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import py7zr

MIB = 1024 * 1024
_TIMES = 40

_MEASURE = """
import io, sys, time
from pathlib import Path
from esfkit.sources.archive import Refused, archive_of, members
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.packed import open_packed, packing_of

def drain(stream):
    while stream.read(1 << 19):
        pass

def walk(path):
    with path.open("rb") as stream:
        head = stream.read(512)
        stream.seek(0)
        packing = packing_of(head)
        if packing is not None:
            return drain(open_packed(stream, packing, Limits()))
        for member in members(stream, archive_of(head), Limits()):
            if isinstance(member, Refused):
                raise member.obstacle
            drain(member.stream)

began, told = time.process_time(), "nothing"
try:
    walk(Path(sys.argv[1]))
except Obstacle as obstacle:
    told = f"{obstacle.code}: {obstacle.message}"
seconds = time.process_time() - began
peak = next(line for line in Path("/proc/self/status").open() if line.startswith("VmHWM"))
print(seconds, int(peak.split()[1]) * 1024, told)
"""


class Measured(NamedTuple):
    """What reading a file to its end, or to the first obstacle, took.

    Attributes:
        seconds: Of the processor.
        peak: Most bytes of memory held, the interpreter's own among them.
        told: The obstacle's code and message.
    """

    seconds: float
    peak: int
    told: str


def measure(path: Path) -> Measured:
    """Read a file in a process of its own, with the default limits."""
    command = [sys.executable, "-c", _MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    seconds, peak, told = done.stdout.split(" ", 2)
    return Measured(float(seconds), int(peak), told.strip())


# --- compressed files


def gzip_bomb() -> bytes:
    """Return members of 8 MiB of zeros at 1028 : 1, one behind another."""
    return gzip.compress(bytes(8 * MIB), mtime=0) * _TIMES


def bzip2_bomb() -> bytes:
    """Return streams of zeros at some 750,000 : 1."""
    return bz2.compress(bytes(32 * MIB)) * _TIMES


def xz_bomb() -> bytes:
    """Return streams of zeros at some 6,700 : 1."""
    return lzma.compress(bytes(16 * MIB)) * _TIMES


def zstd_bomb(blocks: int = 100_000) -> bytes:
    """Return one frame of blocks that say "128 KiB of this byte" in four bytes."""
    window, block = 0x38, 128 * 1024
    repeat = (block << 3 | 1 << 1).to_bytes(3, "little") + b"\0"
    last = b"\x01\0\0"  # the last, empty
    return b"\x28\xb5\x2f\xfd" + bytes([0, window]) + repeat * blocks + last


def wide_zstd() -> bytes:
    """Return a frame that asks for a window of 2 GiB."""
    return b"\x28\xb5\x2f\xfd" + bytes([0, 0xA8]) + b"\x01\0\0"


def wide_xz() -> bytes:
    """Return a stream that asks for a dictionary of 1 GiB."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 30, "nice_len": 32}]
    small = lzma.compress(b"hej", filters=[{**filters[0], "dict_size": 1 << 16}])
    # The block header: sizes, LZMA2's number, one byte of settings, the dictionary's, padding.
    header = bytearray(small[12:20])
    header[4] = 36
    check = zlib.crc32(header).to_bytes(4, "little")
    return small[:12] + bytes(header) + check + small[24:]


# --- zip


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of the members."""
    with io.BytesIO() as stream:
        with zipfile.ZipFile(stream, "w", method) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return stream.getvalue()


def zip_bomb(method: int) -> bytes:
    """Return an archive with a member of 64 MiB of zeros."""
    return zip_of({"a.txt": bytes(64 * MIB)}, method)


def overlapping_zip() -> bytes:
    """Return an archive whose directory lists one member of 1 MiB 1,000 times."""
    content = bytes(range(256)) * 4096
    single = zip_of({"a.txt": content})
    at = single.index(b"PK\x01\x02")
    end = single.index(b"PK\x05\x06")
    return _zip_end(single[:at], single[at:end], 1000)


def crowded_zip(count: int = 100_001) -> bytes:
    """Return an archive whose directory lists so many members, and says that it is one."""
    single = zip_of({"a.txt": b""})
    at = single.index(b"PK\x01\x02")
    end = single.index(b"PK\x05\x06")
    return _zip_end(single[:at], single[at:end], count)


def _zip_end(data: bytes, entry: bytes, count: int) -> bytes:
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(entry) * count, len(data), 0)
    return data + entry * count + end


# --- tar


def tar_of(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """Return an archive of the members."""
    with io.BytesIO() as stream:
        with tarfile.open(fileobj=stream, mode="w", format=form) as archive:
            for name, content in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
        return stream.getvalue()


def tar_header(name: str, size: int, kind: bytes) -> bytes:
    """Return one block that says what it likes."""
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


def wordy_tar() -> bytes:
    """Return an archive with a name that is said to have 8 GiB, of which 64 MiB are there."""
    return tar_header("x", 8 << 30, tarfile.GNUTYPE_LONGNAME) + bytes(64 * MIB)


def nested_tar() -> bytes:
    """Return an archive in which 100,000 headers say that the next will tell the name."""
    return (tar_header("x", 3, tarfile.GNUTYPE_LONGNAME) + b"ab\0".ljust(512, b"\0")) * 20_000


def crowded_tar(count: int = 100_001) -> bytes:
    """Return an archive of so many empty members."""
    return tar_header("a.txt", 0, tarfile.REGTYPE) * count + bytes(1024)


# --- 7z


def seven_zip_of(
    members: dict[str, bytes],
    filters: list[dict[str, int]] | None = None,
    password: str | None = None,
) -> bytes:
    """Return an archive of the members."""
    with io.BytesIO() as stream:
        with py7zr.SevenZipFile(stream, "w", filters=filters, password=password) as archive:
            for name, content in members.items():
                archive.writestr(content, name)
        return stream.getvalue()


def plain_seven_zip(members: dict[str, bytes]) -> bytes:
    """Return an archive of the members whose header is not packed."""
    with io.BytesIO() as stream:
        with py7zr.SevenZipFile(stream, "w") as archive:
            archive.set_encoded_header_mode(mode=False)
            for name, content in members.items():
                archive.writestr(content, name)
        return stream.getvalue()


def resealed(archive: bytes) -> bytes:
    """Return a 7z archive with the checksums that its changed header would have."""
    if len(archive) < 32:
        return archive
    offset, size = struct.unpack_from("<QQ", archive, 12)
    header = archive[32 + offset : 32 + offset + size]
    start = struct.pack("<QQI", offset, size, zlib.crc32(header))
    return archive[:8] + struct.pack("<I", zlib.crc32(start)) + start + archive[32:]


def seven_zip_bomb() -> bytes:
    """Return an archive with a member of 48 MiB of zeros."""
    return seven_zip_of({"a.txt": bytes(48 * MIB)}, [{"id": py7zr.FILTER_BZIP2}])


def lying_seven_zip() -> bytes:
    """Return an archive whose member of 12 GiB, by Zstandard, is said to have ten bytes."""
    packed = zstd_bomb()
    coder = b"\x24\x04\xf7\x11\x01\x05\x01\x05\x03\0\0"
    streams = _seven_streams(len(packed), coder, 10) + b"\x08\0\0"
    name = "a.txt\0".encode("utf-16-le")
    files = b"\x05\x01\x11" + _seven_number(len(name) + 1) + b"\0" + name + b"\0"
    return _seven_zip(packed, b"\x01\x04" + streams + files + b"\0")


def crowded_seven_zip(count: int = 2_000_000) -> bytes:
    """Return an archive of few bytes that lists so many empty members."""
    names = b"\x11" + _seven_number(2 * count + 1) + b"\0" + bytes(2 * count)
    bits = -(-count // 8)
    empty = b"\x0e" + _seven_number(bits) + b"\xff" * bits
    listed = b"\x01\x05" + _seven_number(count) + empty + names + b"\0\0"
    lzma2 = {"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": MIB}
    packed = lzma.compress(listed, lzma.FORMAT_RAW, filters=[lzma2])
    coder = b"\x21\x21\x01\x10"
    return _seven_zip(packed, b"\x17" + _seven_streams(len(packed), coder, len(listed)) + b"\0")


def _seven_zip(packed: bytes, header: bytes) -> bytes:
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    signature = b"7z\xbc\xaf\x27\x1c\0\x04" + struct.pack("<I", zlib.crc32(start))
    return signature + start + packed + header


def _seven_streams(packed: int, coder: bytes, unpacked: int) -> bytes:
    """Return what tells of one packed stream, how to unpack it, and how much comes of it."""
    place = b"\x06\0\x01\x09" + _seven_number(packed) + b"\0"
    return place + b"\x07\x0b\x01\0\x01" + coder + b"\x0c" + _seven_number(unpacked) + b"\0"


def _seven_number(value: int) -> bytes:
    """Return a number as the format's headers have it, by its longest form."""
    return b"\xff" + struct.pack("<Q", value)


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": gzip_bomb,
    "bzip2": bzip2_bomb,
    "xz": xz_bomb,
    "zstd": zstd_bomb,
    "zip by deflate": lambda: zip_bomb(zipfile.ZIP_DEFLATED),
    "zip by bzip2": lambda: zip_bomb(zipfile.ZIP_BZIP2),
    "zip by lzma": lambda: zip_bomb(zipfile.ZIP_LZMA),
    "overlapping zip": overlapping_zip,
    "crowded zip": crowded_zip,
    "crowded tar": crowded_tar,
    "7z": seven_zip_bomb,
    "crowded 7z": crowded_seven_zip,
}
"""Each meets a limit."""
