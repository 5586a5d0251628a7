"""Checking documents against their expected files, and making those files."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from esfkit.cli.expected import Outcome, Verdict, judge, write_expected
from esfkit.cli.screen import folded, print_text, width
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.output.neutral import for_terminal

_GOOD: Final = frozenset((Verdict.PASSED, Verdict.WRITTEN))
_HOW_TO_MAKE: Final = "`esfkit golden --write` makes missing files; --force replaces others."


def check_all(paths: Sequence[str], *, write: bool, force: bool) -> bool:
    """Check the documents or make their expected files, and print what came of it.

    Returns:
        Whether everything is as expected now.

    Raises:
        BadRequest: ``--force`` was given without ``--write``.
        InputRefused: A path does not exist, or no document was found.
        OutputFailed: An expected file could not be written.
    """
    if force and not write:
        raise BadRequest("--force replaces expected files: use it with --write.")
    tally = Counter[Verdict]()
    for document in documents(paths):
        outcome = _written(document, force=force) if write else judge(document)
        tally[outcome.verdict] += 1
        if outcome.verdict is not Verdict.PASSED:
            _print(outcome)
    counted = " · ".join(f"{count} {verdict}" for verdict, count in tally.items())
    good = not (tally.keys() - _GOOD)
    print_text(f"{counted}\n" if good else f"{counted}\n{_HOW_TO_MAKE}\n")
    return good


def documents(paths: Sequence[str]) -> list[Path]:
    """Return the documents named, and the text files below the folders named.

    Raises:
        InputRefused: A path does not exist, or there is no document at all.
    """
    found = [document for path in paths for document in _below(Path(path))]
    if not found:
        raise InputRefused(f"{', '.join(paths)}: There is no .txt file below.")
    return list(dict.fromkeys(found))


def _below(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.rglob("*.txt"))
    if not path.is_file():
        raise InputRefused(f"{path}: There is no such file or folder.")
    return [path]


def _written(document: Path, *, force: bool) -> Outcome:
    """Make the expected file unless one stands there that says something else."""
    outcome = judge(document)
    if outcome.verdict is Verdict.PASSED:
        return outcome
    if outcome.verdict is not Verdict.MISSING and not force:
        return outcome
    write_expected(document)
    return Outcome(document, Verdict.WRITTEN)


def _print(outcome: Outcome) -> None:
    lines = [
        f"{for_terminal(str(outcome.document))}: {outcome.verdict}",
        *_difference_lines(outcome),
    ]
    print_text("".join(f"{line}\n" for line in lines))


def _difference_lines(outcome: Outcome) -> Iterator[str]:
    for difference in outcome.differences:
        yield from folded(for_terminal(difference), width(), "  ", "    ")
