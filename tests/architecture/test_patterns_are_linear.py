"""No pattern of the package takes more than linear time, whatever the text.

Every compiled pattern is found by walking the modules: as an attribute, inside a tuple,
mapping or other container, as what a cached function returns, or written where it is used.
"""

import ast
import dataclasses
import gc
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import esfkit
from esfkit.vocabulary.headings import chrome, headings
from esfkit.vocabulary.labels import label_start, label_within, read_labels

KILO = 1024
STEPS = (16 * KILO, 32 * KILO, 64 * KILO)
LONG_STEPS = (64 * KILO, 128 * KILO, 256 * KILO)
RATIO = 2.6
"""Of the time for a text to that for half of it: 2 is linear, 4 is quadratic."""

ALLOWED = 0.05
"""Seconds of processor time for 64 k characters."""

UNSUSPICIOUS = 0.012
"""Seconds for the longest text below which no ratio is taken: quadratic time takes longer."""

RUNS = (
    *(
        " ",
        "\n ",
        "1 ",
        "1",
        "\u00a0",
        ".",
        ",",
        ":",
        "-",
        "–",
        "a",
        "å",
        "a ",
        "1,",
        "- ",
        '"',
    ),
    *("Region ", "Projektägare", "Total  projektbudget ", "till ", "kr ", "\ud800"),
)
MORE_RUNS = (
    *(
        "\n",
        "\t",
        "\u202f",
        ";",
        "_",
        "A",
        "a.",
        "1.",
        "1-",
        ": ",
        "*",
        "•",
        "|",
        "/",
        "(",
        "[",
    ),
    *("<", "\u00ad", "\u0308", "\u200b", "\r", "'", "=", "@", "Ã", "Â", "PROJEKTÄGARE:\n"),
    *(
        "Bakgrund ",
        "eller ",
        "2016-09-01 - ",
        "10 januari 2016 ",
        "a@a.",
        "<!-- ",
        "MIME-Version:",
    ),
)
WAYS: Mapping[str, Callable[[re.Pattern[Any], Any], object]] = {
    "search": lambda pattern, text: pattern.search(text),
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "every match": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
}

MATCHED_ONLY = ("match", "fullmatch")
ONLY_MATCHED: Mapping[str, str] = {
    "esfkit.dataset.csvrows._cell": "matched cell after cell, and the first miss ends the file",
    "esfkit.vocabulary.labels.label_start": "matched once at the beginning of a line",
}
"""Patterns that nothing searches for, with the reason."""


class Named(NamedTuple):
    """A pattern and where it was found."""

    name: str
    pattern: re.Pattern[Any]


# --- finding the patterns ---------------------------------------------------------------


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(esfkit.__path__, "esfkit."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


@cache
def patterns() -> tuple[Named, ...]:
    """Return every pattern of the package, each once."""
    met: dict[tuple[str | bytes, int], Named] = {}
    for module in modules():
        for name, value in vars(module).items():
            if name.startswith("__"):
                continue
            for named in within(value, f"{module.__name__}.{name}", module.__name__):
                met.setdefault((named.pattern.pattern, named.pattern.flags), named)
        for named in inline_patterns(module):
            met.setdefault((named.pattern.pattern, named.pattern.flags), named)
    return tuple(met.values())


def within(value: object, name: str, module: str) -> Iterator[Named]:
    """Yield the patterns that a value is, holds or gives."""
    if isinstance(value, re.Pattern):
        yield Named(name, value)
    elif hasattr(value, "cache_info"):
        if getattr(value, "__module__", "") == module:
            yield from given_by(value, name, module)
    else:
        for suffix, each in held_by(value, module):
            yield from within(each, name + suffix, module)


def held_by(value: object, module: str) -> Iterator[tuple[str, object]]:
    """Yield what a container, a dataclass or one of the module's own classes holds."""
    if isinstance(value, Mapping):
        yield from (("", key) for key in value)
        yield from ((f"[{key!r}]", each) for key, each in value.items())
    elif isinstance(value, tuple | list | set | frozenset):
        yield from ((f"[{place}]", each) for place, each in enumerate(value))
    elif isinstance(value, type):
        own = vars(value) if value.__module__ == module else {}
        yield from ((f".{key}", each) for key, each in own.items() if key[:2] != "__")
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield f".{each.name}", getattr(value, each.name)


def given_by(function: Any, name: str, module: str) -> Iterator[Named]:  # noqa: ANN401 - any cached function
    """Yield the patterns that a cached function returns for every choice of arguments.

    Only functions without arguments, with yes-or-no arguments, or in
    :data:`CHOICES` can be asked.
    """
    parameters = inspect.signature(function).parameters
    choices = [
        CHOICES.get((name, each.name), (True, False) if each.annotation is bool else ())
        for each in parameters.values()
    ]
    for values in product(*choices):
        result = function(**dict(zip(parameters, values, strict=True)))
        yield from within(result, f"{name}({', '.join(map(repr, values))})", module)


CHOICES: Mapping[tuple[str, str], tuple[object, ...]] = {
    ("esfkit.dataset.csvrows._cell", "separator"): (",", ";", "\t"),
    ("esfkit.vocabulary.codes.code_list", "name"): (),
}


def inline_patterns(module: ModuleType) -> Iterator[Named]:
    """Yield the patterns that are written as plain words in a call of ``re``."""
    for call in calls_of_re(module):
        words = call.args[0] if call.args else None
        if isinstance(words, ast.Constant) and isinstance(words.value, str | bytes):
            name = f"{module.__name__}, line {call.lineno}"
            yield Named(name, re.compile(words.value))


def calls_of_re(module: ModuleType) -> Iterator[ast.Call]:
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr != "escape":
            yield node


# --- timing them ------------------------------------------------------------------------


def text_of(pattern: re.Pattern[Any], run: str, size: int) -> Any:  # noqa: ANN401 - text or bytes
    """Return so many characters of a run, and one that ends any match."""
    text = run * (size // len(run)) + "\x01"
    if isinstance(pattern.pattern, bytes):
        return text.encode("utf-8", "surrogatepass")[:size]
    return text


def seconds(pattern: re.Pattern[Any], way: str, text: Any, times: int) -> float:  # noqa: ANN401 - text or bytes
    """Return the least processor time of so many tries, garbage collection left out."""
    best = float("inf")
    gc.disable()
    try:
        for _ in range(times):
            begin = time.process_time()
            WAYS[way](pattern, text)
            best = min(best, time.process_time() - begin)
    finally:
        gc.enable()
    return best


def fault(named: Named, way: str, run: str, steps: tuple[int, ...]) -> str | None:
    """Return what is wrong with a pattern, after measuring again more carefully."""
    texts = [text_of(named.pattern, run, size) for size in steps]
    allowed = ALLOWED * steps[-1] / (64 * KILO)
    said = None
    for times in (1, 3, 9):
        took: list[float] = []
        for text in texts:
            took.append(seconds(named.pattern, way, text, times))
            if took[-1] > allowed:  # a longer text could take minutes
                break
        ratio = max([later / max(sooner, 1e-9) for sooner, later in pairwise(took)] or [0])
        if took[-1] <= allowed and (ratio <= RATIO or took[-1] < UNSUSPICIOUS):
            return None
        told = ", ".join(f"{1000 * each:.1f} ms" for each in took)
        said = f"{named.name}: {way} in runs of {run!r} takes {told} ({ratio:.1f} a doubling)"
    return said


def faults(named: Named, steps: tuple[int, ...], runs: tuple[str, ...] = RUNS) -> list[str]:
    ways = MATCHED_ONLY if named.name.startswith(tuple(ONLY_MATCHED)) else tuple(WAYS)
    found = (fault(named, way, run, steps) for way in ways for run in runs)
    return [each for each in found if each is not None]


def test_the_walk_meets_every_module_that_writes_patterns() -> None:
    met = {named.pattern.pattern for named in patterns()}
    assert label_start(invisible=False).pattern in met
    assert label_start(invisible=True).pattern in met
    assert label_within(invisible=False).pattern in met
    assert label_within(invisible=True).pattern in met
    assert chrome().dated.pattern in met
    names = [named.name for named in patterns()]
    silent = [
        module.__name__
        for module in modules()
        if any(True for _ in calls_of_re(module))
        and not any(name.startswith(module.__name__) for name in names)
    ]
    # Its pattern holds what is known at the time, a file's name, and is bounded.
    assert silent == ["esfkit.output.atomic"]


def test_no_pattern_takes_more_than_linear_time() -> None:
    assert [said for named in patterns() for said in faults(named, STEPS)] == []


def test_a_pattern_that_is_not_linear_is_found_out() -> None:
    bad = Named("bad", re.compile(" *kr"))

    assert fault(bad, "search", " ", (KILO, 2 * KILO, 4 * KILO)) is not None


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_pattern_takes_more_than_linear_time_in_long_texts() -> None:
    runs = (*RUNS, *MORE_RUNS)

    assert [said for named in patterns() for said in faults(named, LONG_STEPS, runs)] == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("invisible", [False, True])
def test_no_label_or_heading_repeated_slows_the_search_for_labels(*, invisible: bool) -> None:
    within_line = Named("label_within", label_within(invisible=invisible))
    runs = [label.words for label in read_labels()] + [
        each.words for each in headings().values()
    ]
    assert [
        said
        for run in (*runs, *(f"{run} " for run in runs))
        if (said := fault(within_line, "every match", run, STEPS)) is not None
    ] == []
