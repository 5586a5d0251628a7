"""What a stored HTTP response holds: its media type and its body, unpacked."""

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader
from fastwarc.warc import HeaderMap

MOST_HEAD_BYTES = 64 * 1024
"""No head of a record or response that a program wrote is longer."""

_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,16}[ \t]{0,16}[;\r\n]")
_GZIP = b"\x1f\x8b"
_ANY_WRAPPER = 32 + zlib.MAX_WBITS  # zlib finds out whether it is gzip or zlib
_NO_WRAPPER = -zlib.MAX_WBITS  # what some servers call deflate


class Body(NamedTuple):
    """The body of a response.

    Attributes:
        content: Its bytes, unpacked where that was possible.
        media: The media type in lower case without parameters; empty if none is said.
        fault: Why the bytes are still packed, if the response says that they are.
        too_long: Whether unpacking was stopped because there was no end to it.
    """

    content: bytes
    media: str = ""
    fault: str | None = None
    too_long: bool = False


def head_end(data: bytes, start: int = 0) -> int:
    """Return where the head that begins at ``start`` ends, or -1 if it does not.

    A head ends with an empty line; the first line tells how its lines end.
    """
    stop = start + MOST_HEAD_BYTES
    first = data.find(b"\n", start, stop)
    empty_line = b"\r\n\r\n" if data[first - 1 : first] == b"\r" else b"\n\n"
    found = data.find(empty_line, start, stop) if first >= 0 else -1
    return -1 if found < 0 else found + len(empty_line)


def head_fields(head: bytes) -> HeaderMap | None:
    """Return the fields of a head, status line apart, or ``None`` if it has none."""
    if b"\r" not in head:
        head = head.replace(b"\n", b"\r\n")  # the parser knows no other line end
    fields = HeaderMap()
    try:
        fields.parse(BytesIO(head))
    except OSError:
        return None
    return fields


def media_type(field: str | None) -> str:
    """Return the media type of a Content-Type field, without parameters, in lower case."""
    return (field or "").partition(";")[0].strip().lower()


def read_response(block: bytes, most: int) -> Body | None:
    """Return the body of a stored HTTP response, or ``None`` if the bytes are none.

    Args:
        block: The response as it was sent, or the beginning of it.
        most: How many bytes the body may unpack to.
    """
    end = head_end(block) if block.startswith(b"HTTP/") else -1
    fields = None if end < 0 else head_fields(block[:end])
    if fields is None:
        return None
    media = media_type(fields.get("Content-Type"))
    return _unpacked(Body(block[end:], media), _codings(fields), most)


def _codings(fields: HeaderMap) -> list[str]:
    """Return what was done to the body, the last first."""
    said = [*fields.get_multiple("Content-Encoding"), *fields.get_multiple("Transfer-Encoding")]
    names = [name.strip().lower() for field in said for name in field.split(",")]
    return [name for name in reversed(names) if name not in {"", "identity"}]


def _unpacked(body: Body, codings: list[str], most: int) -> Body:
    if codings and codings[0] == "chunked":
        body = _joined(body)
        codings = codings[1:]
    if not codings or body.fault is not None:
        return body
    # Each further coding could multiply the bytes by a thousand before any comes out.
    unpack = _UNPACKERS.get(codings[0]) if len(codings) == 1 else None
    if unpack is None:
        fault = f"It is packed as {', '.join(codings)[:100]!r}, which cannot be undone."
        return body._replace(fault=fault)
    try:
        content = unpack(body.content, most + 1)
    except (OSError, zlib.error):
        fault = f"It says that it is packed as {codings[0]}, and is not or is damaged."
        return body._replace(fault=fault)
    return body._replace(content=content[:most], too_long=len(content) > most)


def _joined(body: Body) -> Body:
    """Return the body without the lengths that stand between the chunks it was sent in."""
    if _CHUNK.match(body.content) is None:
        return body  # crawlers join the chunks and keep the header that says otherwise
    try:
        return body._replace(content=ChunkedReader(BytesIO(body.content)).read())
    except OSError:
        return body._replace(content=b"", fault="Its chunks do not end where they say.")


def _inflated(content: bytes, most: int) -> bytes:
    try:
        return _members(content, most, _ANY_WRAPPER)
    except zlib.error:
        if content[:2] == _GZIP:
            raise
        return _members(content, most, _NO_WRAPPER)


def _members(content: bytes, most: int, wrapper: int) -> bytes:
    """Return content unpacked, as far as ``most`` bytes; gzip may be in several members."""
    parts: list[bytes] = []
    while most > 0:
        member = zlib.decompressobj(wrapper)
        parts.append(member.decompress(content, most))
        most -= len(parts[-1])
        if most > 0 and not member.eof:
            raise zlib.error("it ends too early")
        content = member.unused_data
        if content[:2] != _GZIP:
            break
    return b"".join(parts)


_UNPACKERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _inflated,
    "br": lambda content, most: BrotliReader(BytesIO(content)).read(most),
    "zstd": lambda content, most: ZstdReader(BytesIO(content)).read(most),
}
