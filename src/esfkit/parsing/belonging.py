"""Whose page it is: the fund's, or that of another authority with the same labels."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from esfkit.layouts.layout import packaged_layouts
from esfkit.parsing.header import Found
from esfkit.parsing.identity import NUMBERS, filled_above
from esfkit.parsing.lines import Lines
from esfkit.parsing.reading import Labelled
from esfkit.values.fund import read_fund
from esfkit.values.identifier import leading_number, number_period, read_project_number
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.sure import is_own_label, is_sure, names_fund, names_this_fund

_SHORTEST_NUMBER = 7  # letters of a project's number; ``24-030`` is a call's
_OTHERS: Final = frozenset({"ERDF", "CF", "JTF", "EAFRD", "EMFF", "EMFAF"})
"""Funds that other authorities pay from; their Swedish pages are none of ours."""
_COMMON: Final = frozenset({"ESF", "ESF+"})  # as nearly all pages print the fund
_PAYERS: Final = frozenset({"fund", "programme_name"})
_OTHER_PROGRAMMES: Final = ("interreg", "erasmus")


def belonging(taken: Sequence[Labelled], lines: Lines) -> list[Labelled]:
    """Return the headers of pages that can only be the fund's, or of practices.

    ``Diarienummer`` and ``Total projektbudget`` are any authority's labels. Beside them
    the page names the fund, the header has a number of ESF-rådet's shapes, or a label
    that no other pages print. Practices name many funds, but any. A user's layouts are
    taken on trust.
    """
    if not taken:
        return []
    sure = is_sure(lines.text)
    ours = sure and names_this_fund(lines.text)
    if ours:
        return [each for each in taken if not _is_anothers(each, lines)]
    anybodys = any(each.layout.without_fund for each in taken)
    paid = anybodys and names_fund(lines.text)
    return [
        each
        for each in taken
        if not _is_anothers(each, lines)
        and (
            paid or _needs_no_fund(each)
            if each.layout.kind == "practice"
            else sure and _is_ours(each, lines)
        )
    ]


def _needs_no_fund(practice: Labelled) -> bool:
    """Return whether a practice's labels tell it from anybody's plans and works."""
    own = {fold(words) for words in practice.layout.without_fund}
    return not own or any(found.label.key in own for found in practice.header.found)


def _is_anothers(candidate: Labelled, lines: Lines) -> bool:
    """Return whether labels name a fund or programme of another authority as the payer.

    Pages in English are Kohesio's, which has the projects of all funds.
    """
    if candidate.layout.language != "sv" or candidate.layout.kind == "call":
        return False
    for found in candidate.header.found:
        if found.label.field in _PAYERS and _names_another(found, lines):
            return candidate.layout.name in _packaged()
    return False


@cache
def _packaged() -> frozenset[str]:
    return frozenset(layout.name for layout in packaged_layouts())


def _names_another(found: Found, lines: Lines) -> bool:
    words = lines.text[found.start : found.end]
    if found.label.field == "fund":
        return words not in _COMMON and read_fund(words) in _OTHERS
    return fold(words).startswith(_OTHER_PROGRAMMES)


def _is_ours(candidate: Labelled, lines: Lines) -> bool:
    """Return whether a header prints what only the fund's pages do; Kohesio's is English."""
    header = candidate.header
    if candidate.layout.name not in _packaged():
        return True
    if candidate.layout.language != "sv" or any(
        is_own_label(each.label) for each in header.found
    ):
        return True
    printed = [
        read_project_number(lines.text[found.start : found.end])
        for found in header.found
        if found.label.field in NUMBERS
    ]
    heading = leading_number(next(filled_above(header, lines), ""))
    numbers = (*printed, heading[0] if heading else None)
    shortest = 0 if candidate.layout.kind == "call" else _SHORTEST_NUMBER
    return any(
        isinstance(number, str) and len(number) >= shortest and number_period(number)
        for number in numbers
    )
