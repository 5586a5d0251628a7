"""What a human decided of doubtful pairs: the review file, filled in.

An answer holds for two texts, which it names by the hashes of their bytes. Once a text
has changed nobody knows whether the answer still holds: it is passed over, and told.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final, NamedTuple

from esfkit.analysis.merging.faces import Node
from esfkit.dataset.cells import unguarded
from esfkit.model.errors import BadRequest

ANSWERS: Final = {"yes": True, "ja": True, "no": False, "nej": False, "": None}
"""What may stand in the column ``same``."""

NEEDED: Final = ("pair", "same", "a_text", "a_compared", "b_text", "b_compared")
"""The columns by which an answer is applied; the others are for whoever answers."""

_ENCODINGS: Final = ("utf-8-sig", "cp1252")  # a spreadsheet saves in the one or the other


class Decision(NamedTuple):
    """One answer.

    Attributes:
        pair: Its name in the file.
        same: Whether both are one project.
        sides: Of each observation the hash of its text, or an empty text where it had
            none, and the hash of what was compared.
    """

    pair: str
    same: bool
    sides: tuple[tuple[str, str], tuple[str, str]]


class Settled(NamedTuple):
    """A decision whose both texts are in the data.

    Attributes:
        pair: Its name.
        same: Whether both are one project.
        one: Index of a node.
        other: Index of the other.
    """

    pair: str
    same: bool
    one: int
    other: int


def read_decisions(content: bytes, name: str) -> list[Decision]:
    """Return the answers of a review file that has been filled in.

    It may have been saved by a spreadsheet: with semicolons or tabs, a byte order mark,
    or in Windows-1252. Pairs without an answer are passed over.

    Args:
        content: The file.
        name: What it is called in messages.

    Raises:
        BadRequest: A column is missing, or an answer is neither yes nor no.
    """
    text = _decoded(content)
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=separator)
    try:
        return list(_answers(reader, name))
    except csv.Error as error:
        raise BadRequest(f"{name}:{reader.line_num}: This is no CSV ({error}).") from error


class Answers(NamedTuple):
    """What becomes of decisions.

    Attributes:
        settled: Those that apply, one for each pair of nodes.
        passed: Names of those whose text is not in the data.
        contradicted: Names of pairs that are answered both yes and no; neither applies.
    """

    settled: list[Settled]
    passed: list[str]
    contradicted: list[str]


def settle(decisions: Iterable[Decision], nodes: Sequence[Node]) -> Answers:
    """Return which decisions apply to these nodes, and the names of those that do not."""
    answered: defaultdict[frozenset[int], list[Settled]] = defaultdict(list)
    passed: list[str] = []
    exact = {(text, node.compared): i for i, node in enumerate(nodes) for text in _texts(node)}
    alone = _alone(nodes)
    for decision in sorted(decisions):
        one, other = (
            exact.get(side, alone.get(side[0]) if side[0] else None) for side in decision.sides
        )
        if one is None or other is None:
            passed.append(decision.pair)
        elif one != other:
            its = Settled(decision.pair, decision.same, one, other)
            answered[frozenset((one, other))].append(its)
    agreed = [each for each in answered.values() if len({its.same for its in each}) == 1]
    contested = [each for each in answered.values() if len({its.same for its in each}) > 1]
    names = dict.fromkeys(its.pair for each in contested for its in each)
    return Answers([each[0] for each in agreed], passed, list(names))


def _texts(node: Node) -> tuple[str, ...]:
    return node.texts or ("",)


def _alone(nodes: Sequence[Node]) -> dict[str, int]:
    """Return text → its node, where one record alone was read from it.

    An answer then holds although esfkit may read the text otherwise than it did.
    """
    read: defaultdict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        for text in node.texts:
            read[text].append(number)
    return {text: numbers[0] for text, numbers in read.items() if len(numbers) == 1}


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _answers(reader: "csv.DictReader[str]", name: str) -> Iterator[Decision]:
    missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise BadRequest(
            f"{name}: lacks the columns {', '.join(missing)}. "
            "Fill in a file that --review wrote."
        )
    for row in reader:
        same = _answer(row["same"], f"{name}:{reader.line_num}")
        cells = {column: unguarded((row[column] or "").strip()) for column in NEEDED}
        if same is not None:
            one = cells["a_text"], cells["a_compared"]
            yield Decision(cells["pair"], same, (one, (cells["b_text"], cells["b_compared"])))


def _answer(words: str | None, place: str) -> bool | None:
    answer = (words or "").strip().casefold()
    if answer not in ANSWERS:
        raise BadRequest(f"{place}: {words!r} is no answer. Write yes, no or nothing in same.")
    return ANSWERS[answer]
