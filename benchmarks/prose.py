"""Prose in the likeness of Swedish: invented words, as unevenly used as real ones.

The prose is made once as a pool and pages are slices of it. The pool is larger than what
compressors look back on, so that a crawl compresses about as well as a real one.
"""

import random
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

_COMMON = """
och att det i en på som är av för med till den har de inte om ett var sig men jag från vi så
kan man när år under också efter eller nu vid där mot ska hade mycket alla andra sin över bara
in blir upp även vara få två vill detta första mer ut hur ha några någon genom här varje utan
dag tid sedan kommun region skola barn arbete stöd kontakt namn period vecka hus mål plats nya
samma gånger mellan både igen står säger ger tar finns gör kommer får
"""
"""What nearly one word in two is, the most frequent first."""

_STEMS = """
skog sjö väg berg sten ljus vinter sommar hav strand båt fisk häst kväll morgon bok musik dans
bild tråd ull garn bröd mjölk äpple svamp bär frö mull regn snö torg bro grind trapp fönster
dörr bord stol lamp spis källar vind loft tak kör lag match cykel buss tåg kart resa turist
museum teater film tidning brev
"""
"""Two of them make a rarer word."""

_ENDINGS = ("", "en", "ens", "ar", "arna", "s")
_OFTEN = 2.7
"""How much less the most frequent words stand out than by 1/rank alone (Mandelbrot)."""

_SEED = "the same for every crawl"
POOL_BYTES = 24_000_000
"""Three times the window that zstd looks back on at its higher levels."""


class Pool(NamedTuple):
    """Paragraphs of prose, and where each begins when they stand one after the other.

    Attributes:
        blocks: The paragraphs.
        starts: Bytes of UTF-8 before each, and of all of them.
    """

    blocks: list[str]
    starts: list[int]


class EncodedPool(NamedTuple):
    """The same in the letters of one format, so that a page is one slice of it."""

    data: bytes
    starts: list[int]
    between: bytes

    def slice(self, first: int, last: int) -> bytes:
        """Return the paragraphs from the first up to the last, that one left out."""
        return self.data[self.starts[first] : self.starts[last] - len(self.between)]


def words() -> list[str]:
    """Return the words, the most frequent first."""
    stems = _STEMS.split()
    compounds = [f"{one}{two}{end}" for one in stems for two in stems for end in _ENDINGS]
    random.Random(_SEED).shuffle(compounds)  # noqa: S311 - repeatable, not secret
    return [*_COMMON.split(), *compounds]


def make_pool(size: int, seed: int) -> Pool:
    """Return paragraphs of about so many bytes together, at least one."""
    dice = random.Random(f"prose {seed}")  # noqa: S311 - repeatable, not secret
    vocabulary = words()
    weights = list(accumulate(1 / (rank + _OFTEN) for rank in range(len(vocabulary))))
    blocks: list[str] = []
    starts = [0]
    while not blocks or starts[-1] < size:
        lengths = [dice.randint(4, 19) for _ in range(dice.randint(2, 9))]
        drawn = iter(dice.choices(vocabulary, cum_weights=weights, k=sum(lengths)))
        block = " ".join(_sentences(drawn, lengths))
        blocks.append(block)
        starts.append(starts[-1] + len(block.encode()))
    return Pool(blocks, starts)


def _sentences(drawn: Iterator[str], lengths: list[int]) -> Iterator[str]:
    for length in lengths:
        some = [next(drawn) for _ in range(length)]
        if length > 9:  # noqa: PLR2004 - long sentences have a comma
            some[length // 2] += ","
        yield " ".join(some).capitalize() + "."


def encode_pool(pool: Pool, between: str, encode: Callable[[str], bytes]) -> EncodedPool:
    """Return the pool with each paragraph encoded and something between each two."""
    gap = encode(between)
    encoded = [encode(block) + gap for block in pool.blocks]
    starts = list(accumulate(map(len, encoded), initial=0))
    return EncodedPool(b"".join(encoded), starts, gap)


def some_blocks(pool: Pool, size: int, dice: random.Random) -> tuple[int, int]:
    """Return the first and past the last of paragraphs of about so many bytes."""
    first = dice.randrange(len(pool.blocks))
    last = bisect_left(pool.starts, pool.starts[first] + size, first + 1)
    return first, min(last, len(pool.blocks))
