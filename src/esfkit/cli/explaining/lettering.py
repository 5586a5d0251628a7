"""Characters of a document on a screen: harmless, wrapped, values underlined."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from esfkit.output.neutral import for_terminal
from esfkit.output.terminal import plain_console

_UNDERLINE: Final = "underline"
_CARET: Final = "~"


class Letter(NamedTuple):
    """One character as shown, and whether it belongs to a value."""

    shown: str
    width: int
    value: bool


def letters(text: str, start: int, end: int, values: Sequence[tuple[int, int]]) -> list[Letter]:
    """Return the characters of a span as they are shown."""
    return [
        Letter(shown, cell_len(shown), any(begin <= at < stop for begin, stop in values))
        for at in range(start, end)
        if (shown := for_terminal(text[at]))
    ]


def wrapped(line: Sequence[Letter], room: int) -> Iterator[list[Letter]]:
    """Yield the letters in rows of at most ``room`` cells, cut at blanks where possible."""
    row: list[Letter] = []
    used = 0
    for letter in line:
        if used + letter.width > room and row:
            cut = _last_blank(row)
            yield row[:cut]
            row = row[cut:]
            used = sum(each.width for each in row)
        row.append(letter)
        used += letter.width
    if row:
        yield row


def _last_blank(row: Sequence[Letter]) -> int:
    """Return where a full row is cut: after its last blank, else at its end."""
    for place in range(len(row), len(row) // 2, -1):
        if row[place - 1].shown == " ":
            return place
    return len(row)


def shortened(line: Sequence[Letter], room: int) -> list[Letter]:
    """Return the letters that fit, with ``…`` where some are left out."""
    used = 0
    for place, letter in enumerate(line):
        used += letter.width
        if used > room:
            kept = list(line[: place + 1])
            while kept and sum(each.width for each in kept) > room - 1:
                kept.pop()
            return [*kept, Letter("…", 1, value=False)]
    return list(line)


def cut(words: str, room: int) -> str:
    """Return the words, with ``…`` at their end where they are too long."""
    if cell_len(words) <= room:
        return words
    while cell_len(words) > room - 1:
        words = words[:-1]
    return f"{words}…"


def as_text(row: Iterable[Letter], *, colour: bool) -> Text:
    """Return a row, its values underlined where the screen can."""
    text = Text()
    for value, run in groupby(row, lambda letter: letter.value):
        style = _UNDERLINE if colour and value else ""
        text.append("".join(letter.shown for letter in run), style)
    text.rstrip()
    return text


def carets(row: Sequence[Letter]) -> str:
    """Return what underlines the values of a row where the screen cannot."""
    marks = "".join((_CARET if each.value else " ") * each.width for each in row)
    return marks.rstrip()


_UNBROKEN = 10_000  # columns; the rows are broken already


def printed(lines: Iterable[Text], *, colour: bool) -> str:
    """Return the lines as the terminal gets them."""
    console = plain_console(_UNBROKEN, colour=colour)
    with console.capture() as capture:
        for line in lines:
            console.print(line, soft_wrap=True)
    return capture.get()
