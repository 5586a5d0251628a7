"""Writing the result of a command: a file, a pipe or a screen."""

import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import BinaryIO

from esfkit.cli.notes import tell
from esfkit.cli.results import Result, Way
from esfkit.cli.screen import is_terminal, print_text, takes_colours, width
from esfkit.output.atomic import write_whole
from esfkit.output.markdown import write_markdown
from esfkit.output.neutral import for_terminal


def give(result: Result, way: Way) -> None:
    """Write the result.

    Raises:
        OutputFailed: It could not be written.
    """
    if way.writer.name == "table":
        _give_table(result, way)
        return
    write = partial(way.writer.write, result.table)
    if way.writer.name == "md":
        write = partial(
            write_markdown, result.table, language=way.language, headings=result.headings
        )
    give_bytes(write, way)
    if is_terminal(sys.stdout) and is_terminal(sys.stderr):
        for footnote in result.footnotes:
            tell(footnote)


def give_bytes(write: Callable[[BinaryIO], None], way: Way) -> None:
    """Write what a writer gives; on a screen made harmless, which files are not.

    Raises:
        OutputFailed: It could not be written.
    """
    if not way.on_screen:
        write_whole(way.output, write)
        return
    buffer = BytesIO()
    write(buffer)
    for line in buffer.getvalue().decode("utf-8-sig").removesuffix("\n").split("\n"):
        print_text(f"{for_terminal(line)}\n")


def _give_table(result: Result, way: Way) -> None:
    # rich takes long to load: formats for machines do without.
    from esfkit.cli.tables import drawn_result
    from esfkit.output.terminal import Look

    colour = way.on_screen and takes_colours()
    look = Look(width=width(), language=way.language, headings=result.headings, colour=colour)
    text = drawn_result(result, look, width())
    if way.output is None:
        print_text(text)
    else:
        write_whole(way.output, partial(_write_text, text))


def _write_text(text: str, stream: BinaryIO) -> None:
    stream.write(text.encode())
