"""Bytes to documents. Knows nothing of projects.

:func:`open_sources` is the way in; :func:`read_text_document` reads bytes that the
caller already holds.
"""

from esfkit.sources.decode import Decoded, decode
from esfkit.sources.html import Page, looks_like_html, read_html
from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.textfile import read_text_document
from esfkit.sources.walk import open_sources, total_bytes

__all__ = [
    "DEFAULT_LIMITS",
    "Decoded",
    "Limits",
    "Page",
    "decode",
    "looks_like_html",
    "open_sources",
    "read_html",
    "read_text_document",
    "total_bytes",
]
