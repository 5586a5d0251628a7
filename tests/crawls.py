"""Small crawl files for tests: WARC and WET by warcio, Parquet by polars."""

import gzip
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from warcio.statusandheaders import (  # type: ignore[import-untyped]
    StatusAndHeaders,
)
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

PAGE = (
    "<html><head><title>Vägen in</title></head><body><h1>Vägen in</h1>"
    "<dl><dt>Diarienummer</dt><dd>2016/00130</dd></dl></body></html>"
).encode()
"""A page of an invented project."""


class Stored(NamedTuple):
    """What a test wants stored as one record.

    Attributes:
        content: The body of a response, or the content of another record.
        kind: The record's type.
        media: Content-Type of the response, or of the record; none if empty.
        url: The page's address.
        headers: Further headers of the response.
        warc: Further headers of the record.
    """

    content: bytes = PAGE
    kind: str = "response"
    media: str = "text/html; charset=utf-8"
    url: str = "https://example.se/projekt/1"
    headers: Mapping[str, str] = {}
    warc: Mapping[str, str] = {}


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    @classmethod
    def _create_temp_file(cls) -> io.BytesIO:
        """Return what is never left open, unlike warcio's own."""
        return io.BytesIO()


def crawl(*records: Stored) -> bytes:
    """Return a WARC file, unpacked, of the records."""
    stream = io.BytesIO()
    writer = _Writer(stream, gzip=False)
    for record in records:
        http = None
        if record.kind == "response":
            said = [("Content-Type", record.media)] if record.media else []
            http = StatusAndHeaders(
                "200 OK", [*said, *record.headers.items()], protocol="HTTP/1.1"
            )
        writer.write_record(
            writer.create_warc_record(
                record.url,
                record.kind,
                payload=io.BytesIO(record.content),
                warc_content_type="" if http else record.media,
                http_headers=http,
                warc_headers_dict=dict(record.warc),
            )
        )
    return stream.getvalue()


def wet(*texts: str) -> bytes:
    """Return a WET file, unpacked: what it tells of itself, and the texts."""
    told = Stored(b"Software-Info: ett test\r\n", "warcinfo", "application/warc-fields", "")
    pages = [
        Stored(text.encode(), "conversion", "text/plain", f"https://example.se/{number}")
        for number, text in enumerate(texts, 1)
    ]
    return crawl(told, *pages)


def packed(content: bytes) -> bytes:
    """Return a crawl file as crawls keep it: each record its own gzip member."""
    starts = [found.start() for found in re.finditer(rb"(?:^|(?<=\r\n\r\n))WARC/1", content)]
    parts = zip(starts, [*starts[1:], len(content)], strict=True)
    return b"".join(gzip.compress(content[start:end]) for start, end in parts)


def chunked(content: bytes, size: int = 50) -> bytes:
    """Return a body as it is sent in chunks."""
    parts = [content[start : start + size] for start in range(0, len(content), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])


def parquet(path: Path, rows: Iterable[str | bytes | None], **options: Any) -> Path:  # noqa: ANN401 - polars' own
    """Write a Parquet file with the texts and their addresses; return its path."""
    texts = list(rows)
    urls = [f"https://example.se/{number}" for number in range(1, len(texts) + 1)]
    pl.DataFrame({"URL": urls, "Text": texts}).write_parquet(path, **options)
    return path
