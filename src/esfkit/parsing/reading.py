"""What reading a document passes from step to step."""

from typing import NamedTuple

from esfkit.layouts.layout import Layout
from esfkit.model.record import Record
from esfkit.parsing.detect import Detection
from esfkit.parsing.header import Header
from esfkit.parsing.prose import Stretch
from esfkit.parsing.title import Title


class Place(NamedTuple):
    """The part of a document that one record has to itself.

    Attributes:
        first: Its first line.
        stop: The line after its last.
        begin: Offset of its first character; two records may share a line.
        end: Offset past its last character.
    """

    first: int
    stop: int
    begin: int
    end: int


class Labelled(NamedTuple):
    """A header that a layout took, with the title above it."""

    header: Header
    title: Title | None
    detection: Detection
    layout: Layout


class Parsed(NamedTuple):
    """A record and how it was read, for those who want to look (``esfkit explain``).

    Attributes:
        record: The record.
        place: Its lines.
        header: Its labels and values; ``None`` for narrative pages.
        title: Its title's place.
        sections: The places of its prose and lists.
        unclaimed: Spans that nothing accounts for.
        detection: What the layouts said.
    """

    record: Record
    place: Place
    header: Header | None
    title: Title | None
    sections: tuple[Stretch, ...]
    unclaimed: tuple[tuple[int, int], ...]
    detection: Detection | None
