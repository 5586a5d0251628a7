"""Explaining documents one after the other."""

from collections.abc import Iterator, Sequence

import typer
from rich.text import Text

from esfkit.cli.exits import INPUT_REFUSED, let_interrupt_reading
from esfkit.cli.explaining.lettering import printed
from esfkit.cli.explaining.page import Screen, page_of
from esfkit.cli.explaining.why import field_page, known_field
from esfkit.cli.notes import say
from esfkit.cli.reading import place
from esfkit.cli.screen import print_text, takes_colours, width
from esfkit.model.document import Unread
from esfkit.model.errors import InputRefused
from esfkit.parsing.parse import ParseResult
from esfkit.pipeline import parse_sources


def explain_files(files: Sequence[str], field: str | None) -> None:
    """Print the page of each document, or what is known of one field of it.

    Raises:
        BadRequest: There is no such field.
        InputRefused: A file does not exist, or there is none at all.
        typer.Exit: None of the files could be read, which was told of each.
    """
    wanted = known_field(field) if field is not None else None
    screen = Screen(width(), takes_colours())
    let_interrupt_reading()
    explained, unread = 0, 0
    for result in parse_sources(files):
        if isinstance(result, Unread):
            say(f"{place(result.origin)}: {result.finding.message}")
            unread += 1
            continue
        lines = _page(result, wanted, screen)
        print_text(("\n" if explained else "") + printed(lines, colour=screen.colour))
        explained += 1
    if unread and not explained:
        raise typer.Exit(INPUT_REFUSED)
    if not explained:
        raise InputRefused(f"Nothing was found to explain in {', '.join(files)}.")


def _page(result: ParseResult, field: str | None, screen: Screen) -> Iterator[Text]:
    return page_of(result, screen) if field is None else field_page(result, field, screen)
