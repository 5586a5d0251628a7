"""``esfkit layouts``: from its words to what is shown."""

from pathlib import Path
from typing import NamedTuple

import typer

from esfkit.cli.exits import FINDINGS
from esfkit.cli.giving import give
from esfkit.cli.knowledge import layout_result, layouts_result
from esfkit.cli.results import way_out
from esfkit.cli.sparing import keep_apart
from esfkit.cli.teaching.learning import learn_layout
from esfkit.cli.teaching.option import folder_named, teach_by
from esfkit.cli.teaching.testing import complaints_result, test_result
from esfkit.layouts.folder import look_at_folder
from esfkit.layouts.taught import teach
from esfkit.model.errors import BadRequest
from esfkit.pipeline.learning.gold import Gold, read_gold


class Asked(NamedTuple):
    """What was asked for: the words and options of the command."""

    words: tuple[str, ...]
    gold: Path | None
    name: str | None
    layouts: Path | None
    format: str | None
    output: Path | None


def answer(asked: Asked) -> None:
    """Show layouts, try them on documents or learn one.

    Raises:
        BadRequest: The words or options do not belong together.
        InputRefused: A document or the file of values cannot be read.
    """
    match asked.words:
        case ("test", *files):
            _test(files, asked)
        case ("learn", *pages):
            learn_layout(pages, asked.gold, asked.name, asked.output)
        case () | (_,):
            _show(asked)
        case _:
            words = " ".join(asked.words)
            raise BadRequest(
                f"{words}: Name one layout, or say `layouts test FILE` or `layouts learn PAGE`."
            )


def _show(asked: Asked) -> None:
    if asked.gold or asked.name:
        raise BadRequest("--gold and --name belong to `layouts learn` and `layouts test`.")
    folder = folder_named(asked.layouts)
    keep_apart([] if folder is None else [str(folder)], asked.output)
    teach_by(asked.layouts)
    name = asked.words[0] if asked.words else None
    result = layouts_result() if name is None else layout_result(name)
    form = asked.format or ("table" if name and asked.output is None else None)
    give(result, way_out(form, asked.output))


def _test(files: list[str], asked: Asked) -> None:
    """Show what is wrong in the folder, or what the layouts make of documents."""
    folder = folder_named(asked.layouts)
    read = look_at_folder(folder) if folder is not None else None
    if not files and read is None:
        raise BadRequest("Name a document to test, or a folder of layouts with --layouts.")
    form = asked.format or ("table" if asked.output is None else None)
    way = way_out(form, asked.output)
    read_too = [each for each in (folder, asked.gold) if each is not None]
    keep_apart([*files, *map(str, read_too)], way.output)
    if read is not None and (read.complaints or not files):
        give(complaints_result(read), way)
        raise typer.Exit(FINDINGS if read.complaints else 0)
    if read is not None:
        teach(read.taught)
    else:
        teach_by(None)
    gold: dict[str, Gold] = read_gold(asked.gold) if asked.gold else {}
    result, differing = test_result(files, gold)
    give(result, way)
    if differing:
        raise typer.Exit(FINDINGS)
