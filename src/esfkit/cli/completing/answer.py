"""A command line up to the cursor → what may come next, for the shell that asks."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Any, Final

from esfkit.cli.completing.line import Line, read_line
from esfkit.cli.completing.offer import Offer
from esfkit.cli.completing.offers import offers_of_argument, offers_of_option
from esfkit.model.errors import BadRequest

ASKED: Final = "_ESFKIT_COMPLETE"
"""The variable in which a shell's script says which shell asks."""

SHELLS: Final = {"bash": "bash.sh", "zsh": "zsh.sh", "fish": "fish.fish"}
"""Shell → the file with its script."""

ONLY_THESE: Final = 0
FILES_TOO: Final = 1
"""Exit codes: whether files may stand there as well."""

_FIRST_CLAUSE: Final = re.compile("[.;:](?: |$)")
_UNSAFE_IN_BASH: Final = re.compile(r"[^\w,.:=/+%@-]")


def script_of(shell: str) -> str:
    """Return the script that makes a shell ask esfkit.

    Raises:
        BadRequest: The shell is not known.
    """
    if shell not in SHELLS:
        raise BadRequest(
            f"There is no script for {shell!r}. The shells are: {', '.join(SHELLS)}."
        )
    return files("esfkit.cli.completing").joinpath(SHELLS[shell]).read_text(encoding="utf-8")


def answer(program: Any, arguments: Sequence[str]) -> int:  # noqa: ANN401 - typer moved the type between versions
    """Print what may come next, one a line, and return whether files may too.

    A line holds the word, ``+`` if it surely goes on and else ``.``, and what it means,
    divided by tabs.

    Args:
        program: The whole command line program.
        arguments: ``--``, the line up to the cursor, and from bash the part of the word
            at the cursor that it is going to replace.
    """
    line = read_line(arguments[1] if len(arguments) > 1 else "")
    offers = suggestions(program, line)
    if offers is None:
        return FILES_TOO
    shown = list(offers)
    if os.environ.get(ASKED) == "bash":
        shown = [_for_bash(each, line, arguments[-1]) for each in _left_open(shown, line)]
    for each in shown:
        sys.stdout.write(f"{each.value}\t{'+' if each.goes_on else '.'}\t{each.about}\n")
    return ONLY_THESE


def _left_open(offers: list[Offer], line: Line) -> list[Offer]:
    """Return the offers so that bash does not close the quote behind one that goes on.

    It does where there is only one; of two it puts in what they have in common.
    """
    if line.quote and len(offers) == 1 and offers[0].goes_on:
        return [*offers, offers[0]._replace(value=f"{offers[0].value}...")]
    return offers


def _for_bash(offer: Offer, line: Line, replaced: str) -> Offer:
    """Return the part of a word that bash is going to put in, quoted as it will stand there.

    bash cuts words at ``=`` and ``:`` too, and replaces only what stands behind the cut.
    """
    value, current = offer.value, line.current
    if not line.quote:
        value, current = _in_bash(value), _in_bash(current)
    return offer._replace(value=value[max(0, len(current) - len(replaced)) :])


def _in_bash(words: str) -> str:
    return _UNSAFE_IN_BASH.sub(r"\\\g<0>", words)


def suggestions(program: Any, line: Line) -> Iterable[Offer] | None:  # noqa: ANN401 - as above
    """Return what may come next; ``None`` where a file may.

    Args:
        program: The whole command line program.
        line: What was written so far.
    """
    name = next((word for word in line.words if not word.startswith("-")), None)
    if name is None:
        return _at_the_start(program, line)
    command = program.commands.get(name)
    if command is None:
        return ()
    words = line.words[line.words.index(name) + 1 :]
    return _in_a_command(name, command.params, words, line.current)


def _at_the_start(program: Any, line: Line) -> Iterable[Offer]:  # noqa: ANN401 - as above
    if line.words[-1:] == ("--completion",):
        return _of_option("", "--completion", line.current) or ()
    if line.current.startswith("-"):
        return _options(program.params, line.current)
    return (
        Offer(name, command.get_short_help_str(60))
        for name, command in program.commands.items()
        if name.startswith(line.current)
    )


def _in_a_command(
    name: str, params: Sequence[Any], words: Sequence[str], current: str
) -> Iterable[Offer] | None:
    arguments, pending = _read(params, words)
    if pending:
        return _of_option(name, pending, current)
    if current.startswith("--") and "=" in current:
        option, _, written = current.partition("=")
        offers = _of_option(name, option, written)
        return None if offers is None else _behind(f"{option}=", offers)
    if current.startswith("-") and current != "-":
        return _options(params, current)
    offering = offers_of_argument(name, arguments)
    if offering is not None:
        return offering(current)
    return None


def _behind(beginning: str, offers: Iterable[Offer]) -> Iterator[Offer]:
    return (each._replace(value=f"{beginning}{each.value}") for each in offers)


def _read(params: Sequence[Any], words: Sequence[str]) -> tuple[int, str]:
    """Return how many arguments there are, and the option that waits for its value."""
    takes_value = {
        spelling: max(param.opts, key=len)
        for param in params
        if param.param_type_name == "option" and not param.is_flag
        for spelling in param.opts
    }
    arguments, pending = 0, ""
    for word in words:
        if pending:
            pending = ""
        elif word in takes_value:
            pending = takes_value[word]
        elif not word.startswith("-") or word == "-":
            arguments += 1
    return arguments, pending


def _of_option(command: str, option: str, written: str) -> Iterable[Offer] | None:
    offering = offers_of_option(command, option)
    return None if offering is None else offering(written)


def _options(params: Sequence[Any], written: str) -> Iterator[Offer]:
    for param in params:
        if param.param_type_name != "option":
            continue
        for spelling in (*param.opts, *param.secondary_opts):
            if spelling.startswith(written):
                yield Offer(spelling, _FIRST_CLAUSE.split(param.help or "", maxsplit=1)[0])
    if "--help".startswith(written):
        yield Offer("--help", "Show what the command does, and its options")
