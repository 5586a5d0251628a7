"""Twice the text takes twice the time, whatever the text is made of."""

import gc
import time
from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest

from esfkit.model.document import Document
from esfkit.parsing.parse import parse_document
from esfkit.vocabulary.labels import read_labels

MEGA = 1_000_000
RATIO = 2.6
"""Of the time for 2 MB to that for 1 MB."""

RATIO_OF_TEN = 13
"""Of the time for 10 MB to that for 1 MB."""

HOPELESS = 12.0
"""Seconds for a megabyte, some ten times what the slowest text takes: no need to go on."""

UNSUSPICIOUS = 0.01
"""Seconds below which noise decides the ratio."""

LABELS = [label.words for label in read_labels()]
PAGE = (
    "2016/00130 - Trappan\n\nProjektnummer:\n2016/00130\nProjektägare:\nVäxjö kommun\n"
    "Region:\nSydsverige\nProjektperiod:\n2016-09-01 - 2019-02-28\n"
    "Total projektbudget:\n12 500 000\nBeviljat ESF-stöd:\n6 250 000\n\n"
    "Bakgrund\n\nVi provar ett nytt arbetssätt med dem som står längst ifrån arbete.\n\n"
)
RECORD = (
    "Projektägare: Växjö kommun Region: Sydsverige Projektperiod: 2016-09-01 - 2019-02-28 "
    "Total projektbudget: 12 500 000 kr Beviljat ESF-stöd: 6 250 000 kr Kontaktperson: Bo Ek "
)


def repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


TEXTS: Mapping[str, Callable[[int], str]] = {
    "one line of prose": lambda size: repeated("Vi möts varje vecka och provar nytt. ", size),
    "one line of labels": lambda size: repeated(" ".join(LABELS) + " ", size),
    "one line of records": lambda size: repeated(RECORD, size),
    "one line of digits": lambda size: repeated("1 ", size),
    "lines of labels": lambda size: repeated("\n".join(LABELS) + "\n", size),
    "lines of one label": lambda size: repeated("Projektägare\n", size),
    "cells of labels": lambda size: repeated("\t".join(LABELS) + "\t", size),
    "labels without blanks": lambda size: repeated("".join(LABELS), size),
    "pages one after the other": lambda size: repeated(PAGE, size),
    "pages between form feeds": lambda size: repeated(PAGE + "\f", size),
    "empty lines": lambda size: "\n" * size,
    "empty lines after a label": lambda size: "Projektägare:\n" + "\n" * size + "Region:\n",
    "separators": lambda size: repeated(": ", size),
    "bullets": lambda size: repeated("• \n", size),
    "a list without end": lambda size: "Deltagande aktörer\n" + repeated("• A\n", size),
    "headings": lambda size: repeated("Bakgrund\n\nMål\n\n", size),
}


def seconds(text: str, times: int) -> float:
    """Return the least processor time that so many readings took, without the collector's.

    The collector passes over all objects more often the more there are; what is asked
    here is whether the parser's own work grows.
    """
    best = float("inf")
    for _ in range(times):
        gc.collect()
        gc.disable()
        begin = time.process_time()
        parse_document(Document(text))
        best = min(best, time.process_time() - begin)
        gc.enable()
    return best


def fault(name: str, sizes: tuple[int, ...], allowed: float) -> str | None:
    """Return what is wrong with the growth, after measuring again more carefully."""
    said = None
    for times in (1, 2, 3):
        took: list[float] = []
        for size in sizes:
            took.append(seconds(TEXTS[name](size), times))
            if took[-1] > HOPELESS * size / MEGA:
                return f"{name}: {took[-1]:.1f} s for {size} characters"
        ratio = max(later / max(sooner, 1e-9) for sooner, later in pairwise(took))
        if ratio <= allowed or took[-1] < UNSUSPICIOUS:
            return None
        told = ", ".join(f"{each:.2f} s" for each in took)
        said = f"{name}: {told} for {sizes} characters, {ratio:.1f} times"
    return said


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_takes_twice_the_time(name: str) -> None:
    assert fault(name, (MEGA // 16, MEGA // 8, MEGA // 4), RATIO) is None


@pytest.mark.parametrize("name", ["one line of prose", "empty lines", "separators"])
def test_two_megabytes_take_twice_as_long_as_one(name: str) -> None:
    assert fault(name, (MEGA, 2 * MEGA), RATIO) is None


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", TEXTS)
def test_ten_megabytes_take_ten_times_as_long_as_one(name: str) -> None:
    assert fault(name, (MEGA, 10 * MEGA), RATIO_OF_TEN) is None


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_page_of_a_hundred_thousand_labels_takes_ten_times_as_long_as_a_tenth() -> None:
    def text(count: int) -> str:
        return "".join(f"{LABELS[number % len(LABELS)]}:\n1\n" for number in range(count))

    few, many = (min(seconds(text(count), 2) for _ in range(2)) for count in (10_000, 100_000))

    assert many / few <= RATIO_OF_TEN
