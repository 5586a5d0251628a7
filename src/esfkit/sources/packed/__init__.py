"""Compressed streams, unpacked while they are read and never to disk."""

from esfkit.sources.packed.guard import (
    DAMAGES,
    MOST_MEMORY,
    Fill,
    Source,
    Tally,
    damaged,
    guarded,
    rejoined,
)
from esfkit.sources.packed.packings import (
    PACKINGS,
    Packing,
    open_packed,
    packing_of,
    unpack_streams,
)

__all__ = [
    "DAMAGES",
    "MOST_MEMORY",
    "PACKINGS",
    "Fill",
    "Packing",
    "Source",
    "Tally",
    "damaged",
    "guarded",
    "open_packed",
    "packing_of",
    "rejoined",
    "unpack_streams",
]
