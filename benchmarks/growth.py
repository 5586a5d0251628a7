"""Time how reading grows with the text: each doubling should take twice as long.

Prints processor seconds at 1, 2, 4 and 8 MB for texts that attack a reader, and the
ratio of each doubling.
"""

import argparse
import gc
import time
from collections.abc import Callable, Mapping
from itertools import pairwise

from esfkit.model.document import Document
from esfkit.parsing.parse import parse_document
from esfkit.vocabulary.labels import read_labels

MEGA = 1_000_000
SIZES = (1, 2, 4, 8)
LABELS = [label.words for label in read_labels()]


def repeated(unit: str, size: int) -> str:
    """Return a unit again and again, so many characters of it."""
    return (unit * (size // len(unit) + 1))[:size]


def labels(size: int) -> str:
    """Return a page of labels with a value each, one for every 80 characters."""
    pairs = (
        f"{LABELS[number % len(LABELS)]}:\n".ljust(79, "x") + "\n"
        for number in range(size // 80)
    )
    return "".join(pairs)


TEXTS: Mapping[str, Callable[[int], str]] = {
    "one line": lambda size: repeated("Vi möts varje vecka och provar något nytt. ", size),
    "labels, one in 80 characters": labels,
    "empty lines": lambda size: "\n" * size,
    "separators ': : :'": lambda size: repeated(": ", size),
    "digits and spaces": lambda size: repeated("1 ", size),
}


def seconds(text: str, times: int) -> float:
    """Return the least processor time of so many readings."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        begin = time.process_time()
        parse_document(Document(text))
        best = min(best, time.process_time() - begin)
    return best


def main() -> None:
    """Print a row for each text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--times", type=int, default=3, help="readings of which the best counts"
    )
    asked = parser.parse_args()
    parse_document(Document("warm"))
    sizes = "".join(f"{f'{size} MB':>9}" for size in SIZES)
    ratios = "".join(f"{f'{size}→{2 * size}':>7}" for size in SIZES[:-1])
    print(f"{'text':30}{sizes}{ratios}")
    for name, text in TEXTS.items():
        took = [seconds(text(size * MEGA), asked.times) for size in SIZES]
        grown = [later / sooner for sooner, later in pairwise(took)]
        cells = "".join(f"{each:8.3f}s" for each in took)
        print(f"{name:30}{cells}{''.join(f'{each:7.2f}' for each in grown)}")


if __name__ == "__main__":
    main()
