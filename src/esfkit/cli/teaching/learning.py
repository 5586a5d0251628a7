"""A layout learned from pages, shown, tried and written: `esfkit layouts learn`."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from esfkit.cli.notes import counted, tell
from esfkit.cli.screen import folded, print_text, width
from esfkit.cli.sparing import keep_apart
from esfkit.cli.teaching.option import teach_by
from esfkit.cli.teaching.testing import Tested, tested_result
from esfkit.layouts.taught import teach
from esfkit.model.errors import BadRequest
from esfkit.output.neutral import for_terminal
from esfkit.parsing.parse import parse_document
from esfkit.pipeline.learning.gold import read_gold
from esfkit.pipeline.learning.lesson import Lesson, learn, save
from esfkit.pipeline.learning.trial import differences, try_page


def learn_layout(
    pages: Sequence[str], gold: Path | None, name: str | None, folder: Path | None
) -> None:
    """Draft a layout, show what was found and what was not, and write it if told where.

    Raises:
        BadRequest: Pages or values are missing, nothing could be learned from them, or
            they are read as given already, or one would be written over.
        InputRefused: A page or the file of values cannot be read.
        OutputFailed: The draft could not be written.
    """
    if not pages or gold is None:
        raise BadRequest(
            "Name some pages and with --gold the file of their values: "
            "`esfkit layouts learn PAGE... --gold FILE -o esfkit.d`."
        )
    called = name or re.sub("[^a-z0-9]+", "-", gold.stem.lower()).strip("-")
    teach_by(folder if folder is not None and folder.is_dir() else None)
    lesson = learn(pages, read_gold(gold), called, folder)
    _refuse_known(list(_tested(lesson)))
    teach(lesson.taught)
    tested = list(_tested(lesson))
    _print(_account(lesson, tested, called))
    if folder is None:
        _print(_files(lesson))
        tell("Nothing was written. -o esfkit.d writes the files where esfkit looks for them.")
        return
    read = [name for name in (*pages, str(gold)) if Path(name).is_file()]
    keep_apart(read, *map(Path, lesson.files))
    save(lesson)
    tell(f"Written to {folder}. `esfkit layouts test FILE` shows what it makes of others.")


def _refuse_known(tested: Sequence[Tested]) -> None:
    """Make sure that there is something to learn.

    Raises:
        BadRequest: The pages are read as given already.
    """
    if all(one.trial.layout and not one.differences for one in tested):
        names = ", ".join(sorted({str(one.trial.layout) for one in tested}))
        raise BadRequest(f"These pages are read as given already, by {names}.")


def _tested(lesson: Lesson) -> Iterator[Tested]:
    for page in lesson.pages:
        result = parse_document(page.document)
        records = [dict(one) for one in result.records] or [{}]
        for trial, record in zip(try_page(result), records, strict=True):
            yield Tested(page.name, trial, tuple(differences(page.gold, record)))


def _account(lesson: Lesson, tested: Sequence[Tested], name: str) -> Iterator[str]:
    """Yield what was learned, what was not, and how the pages are read by it."""
    count = counted(len(lesson.pages), "page")
    manner = lesson.agreement.manner
    yield f"{name}: drafted from {count}, style {manner.style}"
    yield ""
    for one in lesson.agreement.learned:
        new = f", in esfkit {one.known_as}" if one.known_as else ""
        said = f"{one.field:28} {one.words}  ({len(one.pages)} of {count}{new})"
        yield from folded(said, width(), "  ", " " * 31)
    wrong = {each.column for one in tested for each in one.differences}
    missed = [each for each in lesson.agreement.missed if each.column in wrong]
    by_place = [each.column for each in lesson.agreement.missed if each.column not in wrong]
    if by_place:
        said = f"Read without a label of their own: {', '.join(by_place)}."
        yield from ("", *folded(said, width()))
    if missed:
        yield from ("", "Not found:")
    for each in missed:
        yield from folded(f"{each.column}: {each.why}", width(), "  ", "    ")
    yield ""
    yield from _test_of(tested)


def _test_of(tested: Sequence[Tested]) -> Iterator[str]:
    result, differing = tested_result(tested, given=True)
    if differing and result.drawn is not None:
        yield from result.drawn(width()).splitlines()
    yield from (f"Tried on the pages: {said}" for said in result.footnotes)


def _files(lesson: Lesson) -> Iterator[str]:
    for name, text in lesson.files.items():
        yield from ("", f"--- {name}", *text.splitlines())


def _print(lines: Iterator[str]) -> None:
    print_text("".join(f"{for_terminal(line)}\n" for line in lines))
