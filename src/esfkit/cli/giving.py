"""Writing the result of a command: a file, a pipe or a screen."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from typing import BinaryIO, Final, Literal

from esfkit.cli.notes import tell
from esfkit.cli.results import Result, Way
from esfkit.cli.screen import is_terminal, print_text, width
from esfkit.output.atomic import write_content, write_whole
from esfkit.output.markdown import write_markdown
from esfkit.output.neutral import for_markdown, for_terminal

_FOR_SPREADSHEETS: Final = ("csv-sv", "xlsx")
_LETTERS: Final = {"_stated": "n", "_projects": "N"}
_NOTHING: Final = {
    "en": "No record is what was asked for.",
    "sv": "Ingen post motsvarar det som efterfrågades.",
}


def give(result: Result, way: Way) -> None:
    """Write the result.

    Raises:
        OutputFailed: It could not be written.
    """
    if result.is_empty and is_terminal(sys.stderr):
        tell(_NOTHING[way.language])
    if way.writer.name == "table":
        if not (result.is_empty and way.on_screen and is_terminal(sys.stderr)):
            _give_table(result, way)
        return
    give_bytes(_writing(result, way), way)
    if is_terminal(sys.stdout) and is_terminal(sys.stderr):
        for footnote in result.footnotes:
            tell(footnote)


def _writing(result: Result, way: Way) -> Callable[[BinaryIO], None]:
    """Return what writes the result in a format that is no table for a screen."""
    if way.writer.name == "md":
        return partial(_write_markdown_page, result, way.language)
    table = result.table
    if way.writer.name in _FOR_SPREADSHEETS and way.language == "sv":
        table = table.rename(_distinct_headings(table.columns, result.headings))
    return partial(way.writer.write, table)


def _write_markdown_page(
    result: Result, language: Literal["sv", "en"], stream: BinaryIO
) -> None:
    """Write the table, and below it what its reader has to know."""
    write_markdown(
        result.for_people,
        stream,
        language=language,
        headings=result.headings,
        units=result.units_shown,
    )
    told = filter(None, (result.legend, *result.footnotes))
    stream.writelines(f"\n{for_markdown(sentence)}\n".encode() for sentence in told)


def _distinct_headings(columns: list[str], headings: Mapping[str, str]) -> dict[str, str]:
    """Return column → heading; one that stands over several columns tells which is meant."""
    named: dict[str, str] = {}
    figure = ""
    for name in columns:
        heading = headings.get(name, name)
        letter = _LETTERS.get(name.removeprefix(figure)) if figure else None
        if letter is None:
            figure = name
        else:
            heading = f"{named[figure]} ({letter})"
        if heading in named.values():
            heading = name
        while heading in named.values():
            heading = f"({heading})"
        named[name] = heading
    return named


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
    from esfkit.cli.tables import drawn_result, look_of

    text = drawn_result(result, look_of(result, way, width()), width())
    if way.output is None:
        print_text(text)
    else:
        write_content(way.output, text.encode())
