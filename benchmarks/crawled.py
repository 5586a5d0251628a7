"""The pages of a synthetic crawl: prose, records hidden in it, and decoys.

The same settings give the same pages in every format. Nothing is held in memory but a
pool of prose.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from math import log
from typing import NamedTuple

from planted import Markup, Planted, as_html, decoy, plain, planted
from prose import POOL_BYTES, EncodedPool, Pool, encode_pool, make_pool, some_blocks

COMPRESSIONS = ("none", "gz", "bz2", "xz", "zst")
FORMATS = ("parquet", "jsonl", "csv", "warc", "wet", "zip", "tar", "7z", "folder")
KEEPS_BYTES = ("csv", "warc", "zip", "tar", "7z", "folder")
"""Formats whose pages may be in another encoding than UTF-8."""

_MEAN_BYTES = 5_000
_SPREAD = 1.0
"""Sigma of the lengths' normal logarithm: one page in a hundred is ten times the median."""
_SHORTEST, _LONGEST = 300, 400_000
_SITES = 997
_PER_FOLDER = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """What a crawl is to be made of.

    Attributes:
        size: Bytes of text in UTF-8, without markup and escapes.
        documents: How many pages; instead of the size where it is given.
        rate: The share of pages that are records; spread evenly, at random places.
        decoys: The share that speak of projects and are no record.
        seed: What decides everything left to chance.
        form: One of ``FORMATS``.
        compress: One of ``COMPRESSIONS``.
        row_group_rows: Rows in a row group of Parquet.
        escape: Whether JSON holds ASCII only.
        encoding: Of pages in formats that keep bytes.
        html: Whether pages are HTML.
        entities: Whether HTML names its letters outside ASCII.
    """

    size: int = 200_000_000
    documents: int | None = None
    rate: float = 0.001
    decoys: float = 0.001
    seed: int = 1
    form: str = "jsonl"
    compress: str = "none"
    row_group_rows: int = 10_000
    escape: bool = False
    encoding: str = "utf-8"
    html: bool = False
    entities: bool = False

    @property
    def suffix(self) -> str:
        """What the name of the file or folder ends with."""
        form = ".warc.wet" if self.form == "wet" else f".{self.form}"
        return form if self.compress == "none" else f"{form}.{self.compress}"

    @property
    def page_suffix(self) -> str:
        """What the name of a page in an archive or folder ends with."""
        bare = ".html" if self.html or self.entities else ".txt"
        packed = self.compress != "none" and self.form == "folder"
        return f"{bare}.{self.compress}" if packed else bare


class CrawledPage(NamedTuple):
    """One page.

    Attributes:
        number: Its place, from 0.
        content: What is written, encoded for the format.
        size: Bytes of its text in UTF-8, without markup and escapes.
        hidden: The record on it, if any.
    """

    number: int
    content: bytes
    size: int
    hidden: Planted | None = None

    @property
    def name(self) -> str:
        """What tells it from all others: in its address and in the name of its file."""
        return f"p{self.number:08}"

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://sida{self.number % _SITES}.example.org/{self.name}"

    @property
    def member(self) -> str:
        """The name of its file, without suffix."""
        return f"sidor/{self.number // _PER_FOLDER:04}/{self.name}"


# --- pages ------------------------------------------------------------------------------


def crawled_pages(crawl: Crawl) -> Iterator[CrawledPage]:
    """Yield the pages of a crawl, encoded for its format."""
    size = crawl.size if crawl.documents is None else crawl.documents * _MEAN_BYTES
    pool = make_pool(min(POOL_BYTES, size), crawl.seed)
    maker = _Maker(pool, _markup(crawl), encoder(crawl), crawl)
    written = 0
    for number in count() if crawl.documents is None else range(crawl.documents):
        if crawl.documents is None and written >= crawl.size:
            return
        page = maker.page(number)
        written += page.size
        yield page


def encoder(crawl: Crawl) -> Callable[[str], bytes]:
    """Return what encodes any part of a text so that the parts may be joined."""
    if crawl.form == "jsonl":
        return lambda text: json.dumps(text, ensure_ascii=crawl.escape)[1:-1].encode()
    if crawl.form == "csv":
        return lambda text: text.replace('"', '""').encode(crawl.encoding)
    return lambda text: text.encode(crawl.encoding)


def _markup(crawl: Crawl) -> Markup:
    if not (crawl.html or crawl.entities):
        return plain()
    charset = "windows-1252" if crawl.encoding == "cp1252" else crawl.encoding
    return as_html(charset, entities=crawl.entities)


class _Maker:
    """Makes page after page."""

    def __init__(
        self, pool: Pool, markup: Markup, encode: Callable[[str], bytes], crawl: Crawl
    ) -> None:
        self._pool, self._markup, self._encode, self._crawl = pool, markup, encode, crawl
        self._encoded: EncodedPool = encode_pool(
            pool, markup.between, lambda block: encode(markup.escape(block))
        )
        self._between = encode(markup.between)
        self._closing = encode(markup.closing)
        self._dice = random.Random(f"crawl {crawl.seed}")  # noqa: S311 - repeatable, not secret
        self._records = planted(crawl.seed)
        self._stretch = round(1 / crawl.rate) if crawl.rate else 0
        self._next_record = -1

    def page(self, number: int) -> CrawledPage:
        """Return the page of this number; they are to be asked for in order."""
        dice = self._dice
        title = f"{self._pool.blocks[number % len(self._pool.blocks)][:40]} {number}"
        prose, size = self._prose(dice)
        if self._holds_record(number):
            hidden = next(self._records)
            middle, hidden_size = self._record(hidden, dice)
            page = self._put(number, hidden.above, [middle], hidden_size)
            return page._replace(hidden=hidden)
        parts = [prose]
        if dice.random() < self._crawl.decoys:
            for words in decoy(dice):
                parts.append(self._between.join(map(self._text, words.split("\n"))))
                size += len(words.encode())
            parts.append(self._prose(dice, 2_000)[0])
            size += 2_000
        return self._put(number, title, parts, size)

    def _holds_record(self, number: int) -> bool:
        if not self._stretch:
            return False
        if number % self._stretch == 0:
            self._next_record = number + self._dice.randrange(self._stretch)
        return number == self._next_record

    def _text(self, words: str) -> bytes:
        return self._encode(self._markup.escape(words))

    def _prose(self, dice: random.Random, size: int | None = None) -> tuple[bytes, int]:
        if size is None:
            drawn = dice.lognormvariate(log(_MEAN_BYTES) - _SPREAD**2 / 2, _SPREAD)
            size = min(max(int(drawn), _SHORTEST), _LONGEST)
        first, last = some_blocks(self._pool, size, dice)
        length = self._pool.starts[last] - self._pool.starts[first]
        return self._encoded.slice(first, last), length

    def _record(self, hidden: Planted, dice: random.Random) -> tuple[bytes, int]:
        """Return the record, below prose where its labels are sure enough of themselves."""
        text = self._markup.record(hidden)
        size = sum(map(len, hidden.below)) + 500
        if hidden.form in ("glued", "one-line") or dice.random() < 0.5:  # noqa: PLR2004 - a coin
            return self._encode(text), size
        prose, length = self._prose(dice, dice.randint(200, 3_000))
        return prose + self._between + self._encode(text), size + length

    def _put(self, number: int, title: str, parts: list[bytes], size: int) -> CrawledPage:
        opening = self._encode(self._markup.opening(title))
        content = b"".join((opening, self._between.join(parts), self._closing))
        return CrawledPage(number, content, size + len(title))
