"""Programme area and specific objective as printed → codes and names.

Grammar::

    area       = [ "Programområde" | "Område" | "PO" ] code [ name ]
    objective  = [ "Mål" | "Specifikt mål" | "Särskilt mål" ] code [ name ]
    code       = "2" | "A" | "2.1" | "2:1" | "A2A" | "A2.a" | "C1"

A code is only ever taken from the print. A copy that lost its digits leaves a name
such as ``Kompetensförsörjning``, and two programme periods have an area of that name.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from esfkit.model.finding import Problem
from esfkit.values.nullwords import LONGEST_VALUE, says_nothing
from esfkit.vocabulary.codes import Code, code_list
from esfkit.vocabulary.fold import fold

_MOST_WORDS = 20  # the longest printed name of an objective has 17

_BETWEEN = "[ .:–—-]"
_AREA_WORD = "(?:(?:program)?område|programme area|priority(?: axis)?|po)"
_GOAL_WORD = "(?:(?:specifikt |särskilt )?mål|specific objective)"
_DIGIT_GOAL = "[1-9][.:][1-9](?![0-9])"
_LETTER_GOAL = r"[a-f]\.?[0-9](?:\.?[a-z])?(?![a-zåäö0-9])"
_GOAL = f"{_DIGIT_GOAL}|{_LETTER_GOAL}"

_AREA_PRINT = re.compile(
    f"(?:{_AREA_WORD}{_BETWEEN}{{0,4}}){{0,2}}({_GOAL}|[1-9](?![0-9])|[a-f](?![a-zåäö0-9]))",
    re.IGNORECASE,
)
_GOAL_PRINT = re.compile(
    f"(?:{_GOAL_WORD}{_BETWEEN}{{0,4}})?({_GOAL})",
    re.IGNORECASE,
)
# The words that announce a code, with no code after them. "PO" must not be the
# beginning of a word; the longer ones may have been glued to the name.
_ANNOUNCED = re.compile(
    f"(?:{_GOAL_WORD}|{_AREA_WORD}(?<!po)|po(?![a-zåäö]))?{_BETWEEN}*",
    re.IGNORECASE,
)
_ONLY_POINTS = re.compile("[ .:]+")

# Areas that the pages print without any code of theirs.
_PRINTED_AS_CODE = frozenset({"care", "react-eu", "react eu", "reacteu"})


class AreaReading(NamedTuple):
    """What a printed programme area says.

    Attributes:
        area: The code; as printed where it is no known one.
        objective: The code of the objective, where one is printed for the area.
        name: The name as printed after the code.
    """

    area: str | None
    objective: str | None
    name: str | None


def read_area(words: str) -> AreaReading | Problem | None:
    """Return the programme area that the words print, with objective and name.

    Returns:
        The reading; ``AREA_CODE_MISSING`` for a known name without a code,
        ``DIGITS_LOST`` where only the announcing word is left, ``UNREADABLE_VALUE``
        for anything else; ``None`` where the words say nothing.
    """
    return _area(words) if len(words) <= LONGEST_VALUE else Problem.UNREADABLE_VALUE


@lru_cache(maxsize=4096)
def _area(words: str) -> AreaReading | Problem | None:
    text = _one_line(words)
    found = _coded(_AREA_PRINT, text) or _coded(_GOAL_PRINT, text)
    return found or _without_code(text)


def read_objective(words: str) -> str | Problem | None:
    """Return the code of the specific objective that the words print.

    Returns:
        The code with a point between digits; ``CODE_UNKNOWN`` for the code of an
        area, ``DIGITS_LOST`` where no digit is left, ``UNREADABLE_VALUE`` for
        anything else; ``None`` where the words say nothing.
    """
    return _objective(words) if len(words) <= LONGEST_VALUE else Problem.UNREADABLE_VALUE


@lru_cache(maxsize=4096)
def _objective(words: str) -> str | Problem | None:
    reading = _area(words)
    if isinstance(reading, AreaReading):
        return reading.objective or Problem.CODE_UNKNOWN
    return Problem.UNREADABLE_VALUE if reading is Problem.AREA_CODE_MISSING else reading


def area_of_objective(objective: str) -> str:
    """Return the area to which an objective belongs: ``2`` for ``2.1``, ``A`` for ``A2A``."""
    return objective[:1].upper()


@lru_cache(maxsize=1024)
def area_name(code: str, period: str | None) -> str | None:
    """Return the Swedish name of a programme area, where a source gives one."""
    return _sourced_name("programme_areas", code, period)


def objective_name(code: str, period: str | None) -> str | None:
    """Return the Swedish name of a specific objective, where a source gives one."""
    return _sourced_name("objectives", code, period)


@lru_cache(maxsize=1024)
def intervention_name(code: str, period: str | None) -> str | None:
    """Return the name of an intervention code, where a source gives one.

    The name is English while the list holds no Swedish one.
    """
    return _sourced_name("interventions", code, period)


def area_period(words: str) -> str | None:
    """Return the only programme period that knows this area, or ``None``.

    ``Programområde 1 Kompetensförsörjning`` stands in two periods, a letter or
    ``Ökat arbetskraftsutbud`` in one.
    """
    return _period(words) if len(words) <= LONGEST_VALUE else None


@lru_cache(maxsize=4096)
def _period(words: str) -> str | None:
    reading = _area(words)
    if isinstance(reading, AreaReading):
        periods = _periods_of(reading)
    else:
        periods = {period for period, _ in _places(_announced_words(_one_line(words)))}
    return periods.pop() if len(periods) == 1 else None


def _periods_of(reading: AreaReading) -> set[str]:
    """Return the periods that know objective, or else area and name together."""
    if periods := _periods_with("objectives", reading.objective):
        return periods
    if periods := _periods_with("programme_areas", reading.area):
        named = _places(reading.name)
        return {p for p in periods if (p, reading.area) in named} if named else periods
    return {period for period, _ in _places(reading.area)}


def _periods_with(name: str, code: str | None) -> set[str]:
    return {row.period for row in code_list(name).codes if row.code == code}


def _one_line(words: str) -> str:
    """Return the words composed (NFC), with single blanks and no end point."""
    text = " ".join(unicodedata.normalize("NFC", words).split())
    return text if _ONLY_POINTS.fullmatch(text) else text.rstrip(" .,;:")


def _coded(pattern: re.Pattern[str], text: str) -> AreaReading | None:
    """Return what stands at the start of the text, if it is a code and at most a name."""
    match = pattern.match(text)
    if not match:
        return None
    name = text[match.end() :].lstrip(" .:–—-")
    if not _may_be_name(name):
        return None
    area, objective = _split_code(match[1])
    return AreaReading(area, objective, name or None)


def _may_be_name(name: str) -> bool:
    """Return whether the words can be a name: prose after a figure begins in small letters."""
    if not name or _places(name):
        return True
    return name[0].isupper() and name.count(" ") < _MOST_WORDS and ". " not in name


def _split_code(printed: str) -> tuple[str, str | None]:
    """Return area and objective of a printed code, in the spelling of the lists."""
    code = printed[0].upper() + printed[1:].replace(":", ".")
    if len(code) == 1:
        return code, None
    known = code_list("objectives").find(code)
    return area_of_objective(code), known.code if known else code


def _without_code(text: str) -> AreaReading | Problem | None:
    """Return what words without a code say."""
    if _ONLY_POINTS.fullmatch(text):
        return Problem.DIGITS_LOST
    left = _announced_words(text)
    if says_nothing(text) or (left and says_nothing(left)):
        return None
    if not left:
        return Problem.DIGITS_LOST
    if fold(left) in _PRINTED_AS_CODE:
        return AreaReading(left, None, None)
    return Problem.AREA_CODE_MISSING if _places(left) else Problem.UNREADABLE_VALUE


def _announced_words(text: str) -> str:
    """Return the text without ``Programområde`` and the like before it."""
    match = _ANNOUNCED.match(text)
    return text[match.end() :] if match else text


def _places(name: str | None) -> frozenset[tuple[str, str]]:
    """Return the periods and areas in which this name stands."""
    return _names().get(fold(name), frozenset()) if name else frozenset()


@cache
def _names() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Return every known name of an area or objective → its periods and areas."""
    places: dict[str, frozenset[tuple[str, str]]] = {}
    areas = [(row, row.code) for row in code_list("programme_areas").codes]
    goals = [(row, row.parent) for row in code_list("objectives").codes if row.parent]
    for row, area in areas + goals:
        for name in _bare_names(row):
            places[name] = places.get(name, frozenset()) | {(row.period, area)}
    return places


def _bare_names(row: Code) -> set[str]:
    """Return the folded names of a row: its forms without any code before them."""
    names = set()
    for form in (*row.names, *row.variants):
        match = _AREA_PRINT.match(form) or _GOAL_PRINT.match(form)
        names.add(fold(form[match.end() :].lstrip(" .:–—-") if match else form))
    return names - {""}


def _sourced_name(name: str, code: str, period: str | None) -> str | None:
    """Return a name that was read in a source; a recalled one must not lose its mark."""
    row = code_list(name).by_code(code, period)
    if row is None or row.certainty != "read":
        return None
    return row.names[0] if row.names else None
