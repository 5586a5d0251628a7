"""The formats of a crawl: pages in, a file or folder out, a page at a time."""

import bz2
import gzip
import io
import lzma
import shutil
import tarfile
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from typing import IO, Any

import zstandard
from crawled import Crawl, CrawledPage

Pages = Iterator[CrawledPage]
_WHEN = "2024-05-01T00:00:00Z"
_ZIP_TIME = (2024, 5, 1, 0, 0, 0)
_BLOCK = 1 << 20
_BATCH = 4_000
"""Rows given to polars at a time."""
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3
_XZ_LEVEL = 1
"""The fastest: packing is not what is timed."""


# --- compression ------------------------------------------------------------------------


@contextmanager
def packed(path: Path, compress: str) -> Iterator[IO[bytes]]:
    """Open a file to be written compressed: the same bytes for the same bytes."""
    with path.open("wb", buffering=_BLOCK) as bare, _packing(bare, compress) as stream:
        yield stream


def _packing(bare: IO[bytes], compress: str) -> AbstractContextManager[Any]:
    if compress == "gz":
        return gzip.GzipFile("", "wb", _GZIP_LEVEL, bare, mtime=0)
    if compress == "bz2":
        return bz2.BZ2File(bare, "wb")
    if compress == "xz":
        return lzma.LZMAFile(bare, "wb", preset=_XZ_LEVEL)
    if compress == "zst":
        compressor = zstandard.ZstdCompressor(level=_ZSTD_LEVEL)
        return compressor.stream_writer(bare, closefd=False)
    return nullcontext(bare)


def packed_alone(content: bytes, compress: str) -> bytes:
    """Return bytes as a gzip member or zstd frame of their own, as crawl archives want it."""
    if compress == "gz":
        return gzip.compress(content, mtime=0)
    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(content)


# --- rows -------------------------------------------------------------------------------


def write_jsonl(target: Path, pages: Pages, crawl: Crawl) -> None:
    """Write a line of JSON for each page; the content is escaped already."""
    with packed(target, crawl.compress) as stream:
        _write(stream, (_json_line(page) for page in pages))


def _json_line(page: CrawledPage) -> bytes:
    return b'{"url": "%b", "text": "%b"}\n' % (page.url.encode(), page.content)


def write_csv(target: Path, pages: Pages, crawl: Crawl) -> None:
    """Write a row for each page, its text in quotes; quotes in it are doubled already."""
    with packed(target, crawl.compress) as stream:
        stream.write(b"url,text\n")
        _write(stream, (b'%b,"%b"\n' % (page.url.encode(), page.content) for page in pages))


def _write(stream: IO[bytes], rows: Iterable[bytes]) -> None:
    """Write rows in large blocks."""
    held: list[bytes] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row)
        if size >= _BLOCK:
            stream.write(b"".join(held))
            held.clear()
            size = 0
    stream.write(b"".join(held))


def write_parquet(target: Path, pages: Pages, crawl: Crawl) -> None:
    """Write columns ``url`` and ``text``, row group by row group."""
    import polars as pl  # noqa: PLC0415 - a benchmark that only measures does without
    from polars.io.plugins import register_io_source  # noqa: PLC0415 - the same

    def batches(*_: object) -> Iterator[pl.DataFrame]:
        while batch := list(islice(pages, min(crawl.row_group_rows, _BATCH))):
            urls = [page.url for page in batch]
            texts = pl.Series([page.content for page in batch], dtype=pl.Binary)
            yield pl.DataFrame({"url": urls, "text": texts.cast(pl.String)})

    frame = register_io_source(batches, schema={"url": pl.String, "text": pl.String})
    with _packed_afterwards(target, crawl) as bare:
        frame.sink_parquet(bare, row_group_size=crawl.row_group_rows, maintain_order=True)


@contextmanager
def _packed_afterwards(target: Path, crawl: Crawl) -> Iterator[Path]:
    """Give the path for a format that cannot be written front to back, then pack it."""
    if crawl.compress == "none":
        yield target
        return
    bare = target.with_name(f"{target.name}.bare")
    yield bare
    with bare.open("rb") as source, packed(target, crawl.compress) as stream:
        shutil.copyfileobj(source, stream, _BLOCK)
    bare.unlink()


# --- crawl archives ---------------------------------------------------------------------


def write_warc(target: Path, pages: Pages, crawl: Crawl) -> None:
    """Write the answers of servers, each with its HTTP header."""
    kind = "text/html" if crawl.html or crawl.entities else "text/plain"
    charset = "windows-1252" if crawl.encoding == "cp1252" else crawl.encoding
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset={charset}\r\n\r\n".encode()
    about = ("response", "application/http; msgtype=response")
    rows = (_warc_record(page, *about, answer + page.content) for page in pages)
    _write_records(target, rows, crawl.compress)


def write_wet(target: Path, pages: Pages, crawl: Crawl) -> None:
    """Write the text of pages, as Common Crawl's WET files hold it."""
    rows = (_warc_record(page, "conversion", "text/plain", page.content) for page in pages)
    _write_records(target, rows, crawl.compress)


def _write_records(target: Path, rows: Iterable[bytes], compress: str) -> None:
    """Write each record packed on its own where the format is used so."""
    if compress in ("gz", "zst"):
        rows = (packed_alone(row, compress) for row in rows)
        compress = "none"
    with packed(target, compress) as stream:
        _write(stream, rows)


def _warc_record(page: CrawledPage, kind: str, content_type: str, content: bytes) -> bytes:
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {page.url}\r\n"
        f"WARC-Date: {_WHEN}\r\nWARC-Record-ID: <urn:uuid:{uuid.UUID(int=page.number)}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return b"%b%b\r\n\r\n" % (header.encode(), content)


# --- archives and folders ---------------------------------------------------------------


def write_zip(target: Path, pages: Pages, crawl: Crawl) -> None:
    """Write a member for each page; a compression packs the archive once more."""
    with _packed_afterwards(target, crawl) as bare, zipfile.ZipFile(bare, "w") as archive:
        for page in pages:
            info = zipfile.ZipInfo(page.member + crawl.page_suffix, _ZIP_TIME)
            archive.writestr(info, page.content, zipfile.ZIP_DEFLATED)


def write_tar(target: Path, pages: Pages, crawl: Crawl) -> None:
    """Write a member for each page."""
    with (
        packed(target, crawl.compress) as stream,
        tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for page in pages:
            info = tarfile.TarInfo(page.member + crawl.page_suffix)
            info.size = len(page.content)
            archive.addfile(info, io.BytesIO(page.content))


def write_7z(target: Path, pages: Pages, crawl: Crawl) -> None:
    """Write a member for each page; py7zr holds them all in memory until the end."""
    import py7zr  # noqa: PLC0415 - of the extra 7z

    with _packed_afterwards(target, crawl) as bare, py7zr.SevenZipFile(bare, "w") as archive:
        for page in pages:
            archive.writestr(page.content, page.member + crawl.page_suffix)


def write_folder(target: Path, pages: Pages, crawl: Crawl) -> None:
    """Write a file for each page."""
    for page in pages:
        path = target / (page.member + crawl.page_suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        with packed(path, crawl.compress) as stream:
            stream.write(page.content)


WRITERS: dict[str, Callable[[Path, Pages, Crawl], None]] = {
    "parquet": write_parquet,
    "jsonl": write_jsonl,
    "csv": write_csv,
    "warc": write_warc,
    "wet": write_wet,
    "zip": write_zip,
    "tar": write_tar,
    "7z": write_7z,
    "folder": write_folder,
}
"""Name of a format → what writes it."""
