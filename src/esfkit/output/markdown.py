"""A Markdown table, in which text from outside stays text."""

from collections.abc import Mapping
from typing import BinaryIO

import polars as pl

from esfkit.dataset.dictionary import Language
from esfkit.output.neutral import for_markdown
from esfkit.output.shown import headings_of, is_figure, shown_columns


def write_markdown(
    frame: pl.DataFrame,
    stream: BinaryIO,
    *,
    language: Language = "en",
    headings: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
) -> None:
    """Write the table; figures stand to the right.

    Args:
        frame: The table.
        stream: Where it goes.
        language: For the form of numbers and the words for what is missing.
        headings: Column → what stands over it; else its name does.
        units: Column → its unit, which settles how its figures are written.
    """
    marks = ["---:" if is_figure(dtype) else "---" for dtype in frame.dtypes]
    cells = [
        [for_markdown(text) for text in column]
        for column in shown_columns(frame, language, units)
    ]
    names = [for_markdown(heading) for heading in headings_of(frame, headings)]
    rows = (names, marks, *zip(*cells, strict=True))
    stream.writelines(f"| {' | '.join(row)} |\n".encode() for row in rows)
