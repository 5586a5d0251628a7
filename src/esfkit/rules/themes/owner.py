"""Rules of the owner: its name and its organisation number."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View, quote
from esfkit.values.owner import looks_like_org_number
from esfkit.values.owner_type import read_owner_type
from esfkit.vocabulary.fold import fold

_CUT_ENDINGS: Final = (
    " fören",
    " föreni",
    " förenin",
    " ekonomisk",
    " ideell",
    " forskningsinst",
    " kommu",
    " komm",
    " aktiebola",
    " och",
    " för",
    " i",
    " &",
    "-",
    ",",
    "(",
    "/",
)
_UNIT_ENDINGS: Final = ("förvaltningen", "förvaltning", "avdelningen", "kontoret", "enheten")
_RENAMED: Final = (
    (
        re.compile(r"(?i)\blandsting(?:et)?\b"),
        "landstingen became regions, by 2019 all of them",
    ),
    (re.compile(r"(?i)\blänsarbetsnämnd(?:en)?\b"), "part of Arbetsförmedlingen since 2008"),
    (re.compile(r"(?i)\barbetsmarknadsstyrelsen\b"), "part of Arbetsförmedlingen since 2008"),
    (re.compile(r"(?i)\bungdomsstyrelsen\b"), "MUCF since 2014"),
)
_LONGEST_ABBREVIATION: Final = 4  # letters: ABF, SFI
_UNUSED_GROUPS: Final = "04"


def _find_repeated_owner(record: View, _: Settings) -> Iterator[Met]:
    parts = [fold(part) for part in record["owner"].split(",") if part.strip()]
    if len(parts) != len(set(parts)):
        yield Met("owner", f"{quote(record['owner'])} names one body more than once")


def _find_letter_case(record: View, _: Settings) -> Iterator[Met]:
    owner = record["owner"]
    if all(len(word) <= _LONGEST_ABBREVIATION for word in owner.split()):
        return
    if owner.isupper():
        yield Met("owner", f"{quote(owner)} is printed in capitals")
    elif owner.islower():
        yield Met("owner", f"{quote(owner)} is printed in small letters")


class _Length(NamedTuple):
    """How long a name is before its end may have been cut."""

    least: int = 12


def _find_cut_owner(record: View, limits: _Length) -> Iterator[Met]:
    owner = record["owner"].rstrip()
    if len(owner) >= limits.least and owner.casefold().endswith(_CUT_ENDINGS):
        yield Met("owner", f"{quote(owner)} ends as a name that was cut")


def _find_unit_alone(record: View, _: Settings) -> Iterator[Met]:
    owner = record["owner"]
    words = fold(owner).split()
    if len(words) != 1 or "myndighet" in words[0]:
        return
    if words[0].endswith(_UNIT_ENDINGS) and read_owner_type(owner) is None:
        yield Met("owner", f"{quote(owner)} is a unit; the page does not tell whose")


def _find_number_for_name(record: View, _: Settings) -> Iterator[Met]:
    if looks_like_org_number(record["owner"]):
        told = f"{quote(record['owner'])} is an organisation number where a name should stand"
        yield Met("owner", told)


def _find_renamed(record: View, _: Settings) -> Iterator[Met]:
    for pattern, since in _RENAMED:
        if pattern.search(record["owner"]):
            yield Met("owner", f"{quote(record['owner'])}: {since}")
            return


def _find_other_type(record: View, _: Settings) -> Iterator[Met]:
    name, number = record["owner_name"], record["owner_org_number"]
    by_name, by_number = read_owner_type(name), read_owner_type(None, number)
    if by_name and by_number and read_owner_type(name, number) is None:
        yield Met(
            "owner_org_number",
            f"{number} is a number of the type {by_number}, the name {quote(name)} one of "
            f"{by_name}",
        )


def _find_unused_group(record: View, _: Settings) -> Iterator[Met]:
    number = record["owner_org_number"]
    if number[:1] in _UNUSED_GROUPS:
        yield Met(
            "owner_org_number",
            f"{number} begins with {number[0]}, a group in which no number is given out",
        )


RULES: Final = (
    Rule(
        code=Problem.OWNER_REPEATED,
        severity=Severity.NOTE,
        find=_find_repeated_owner,
        reads=("owner",),
        breaks={"owner": "Växjö kommun, Växjö kommun"},
        keeps={"owner": "Växjö kommun, Arbetsmarknadsenheten"},
    ),
    Rule(
        code=Problem.OWNER_LETTER_CASE,
        severity=Severity.NOTE,
        find=_find_letter_case,
        reads=("owner",),
        breaks={"owner": "VÄXJÖ KOMMUN"},
        keeps={"owner": "ABF SFI"},
    ),
    Rule(
        code=Problem.OWNER_CUT,
        severity=Severity.NOTE,
        find=_find_cut_owner,
        settings=_Length(),
        reads=("owner",),
        breaks={"owner": "Påhittade Kooperatörer Ekonomisk Fören"},
        keeps={"owner": "Påhittade Kooperatörer Ekonomisk Förening"},
    ),
    Rule(
        code=Problem.OWNER_IS_UNIT,
        severity=Severity.NOTE,
        find=_find_unit_alone,
        reads=("owner",),
        breaks={"owner": "Äldreförvaltningen"},
        keeps={"owner": "Äldreförvaltningen, Växjö kommun"},
    ),
    Rule(
        code=Problem.OWNER_IS_NUMBER,
        severity=Severity.WARNING,
        find=_find_number_for_name,
        reads=("owner",),
        breaks={"owner": "212000-0662"},
        keeps={"owner": "Växjö kommun"},
    ),
    Rule(
        code=Problem.OWNER_RENAMED,
        severity=Severity.NOTE,
        find=_find_renamed,
        reads=("owner",),
        breaks={"owner": "Norrbottens läns landsting"},
        keeps={"owner": "Region Norrbotten"},
    ),
    Rule(
        code=Problem.ORGANISATION_NUMBER_OF_OTHER_TYPE,
        severity=Severity.WARNING,
        find=_find_other_type,
        reads=("owner_name", "owner_org_number"),
        breaks={"owner_name": "Växjö kommun", "owner_org_number": "5560360793"},
        keeps={"owner_name": "Växjö kommun", "owner_org_number": "2120000662"},
    ),
    Rule(
        code=Problem.ORGANISATION_NUMBER_GROUP_UNUSED,
        severity=Severity.WARNING,
        find=_find_unused_group,
        reads=("owner_org_number",),
        breaks={"owner_org_number": "4020000664"},
        keeps={"owner_org_number": "2120000662"},
    ),
)
