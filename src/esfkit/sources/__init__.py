"""Bytes to documents. Knows nothing of projects.

:func:`open_sources` is the way in; :func:`read_text_document` reads bytes that the
caller already holds.
"""

from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.obstacle import Dangerous
from esfkit.sources.pages.decode import Decoded, decode
from esfkit.sources.pages.html import Page, looks_like_html, read_html
from esfkit.sources.pages.textfile import read_text_document
from esfkit.sources.reader import count_lines, open_sources, read_bytes, read_shard
from esfkit.sources.reading import DEFAULT_READING, Reading
from esfkit.sources.shards import Shard, cut_shards
from esfkit.sources.sieve import Sieve
from esfkit.sources.walk import Entry, list_entries, total_bytes

__all__ = [
    "DEFAULT_LIMITS",
    "DEFAULT_READING",
    "Dangerous",
    "Decoded",
    "Entry",
    "Limits",
    "Page",
    "Reading",
    "Shard",
    "Sieve",
    "count_lines",
    "cut_shards",
    "decode",
    "list_entries",
    "looks_like_html",
    "open_sources",
    "read_bytes",
    "read_html",
    "read_shard",
    "read_text_document",
    "total_bytes",
]
