"""Rules of geography: regions, municipalities and postal codes."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Final

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View
from esfkit.values.place import read_municipality, region_of_municipality
from esfkit.vocabulary.codes import Code, code_list
from esfkit.vocabulary.fold import fold

_NATION: Final = "SE"
_HOME: Final = frozenset(("sverige", "sweden", "se", "swe"))
_SHORT: Final = 2  # digits that nearly always tell the region


def _find_municipality_elsewhere(record: View, _: Settings) -> Iterator[Met]:
    region = record["region_code"]
    found = [region_of_municipality(code) for code in record["municipality_codes"]]
    regions = {each.code for each in found if each is not None}
    if region != _NATION and regions and region not in regions:
        names = ", ".join(record.get("municipalities") or record["municipality_codes"])
        yield Met(
            "municipalities",
            f"none of the municipalities {names} lies in {_named(region)}",
        )


def _named(region: str) -> str:
    row = code_list("regions").by_code(region)
    return region if row is None else f"{row.name_sv} ({region})"


@cache
def _regions_by_prefix() -> Mapping[str, str]:
    """Return first digits of postal codes → region; empty where two regions share them."""
    resource = files("esfkit.rules").joinpath("data").joinpath("postal_prefixes.csv")
    rows = csv.DictReader(StringIO(resource.read_text(encoding="utf-8")))
    return {row["prefix"]: row["region_code"] for row in rows}


def _region_of_postal_code(code: str) -> str | None:
    known = _regions_by_prefix()
    return known.get(code[:_SHORT]) or known.get(code[: _SHORT + 1]) or None


def _find_office_elsewhere(record: View, _: Settings) -> Iterator[Met]:
    code, region = record["postal_code"], record["region_code"]
    office = _region_of_postal_code(code)
    if region != _NATION and office is not None and office != region:
        yield Met(
            "postal_code",
            f"the owner's office {code} lies in {_named(office)}, the project in "
            f"{_named(region)}",
        )


def _find_town_elsewhere(record: View, _: Settings) -> Iterator[Met]:
    code, town = record["postal_code"], record["postal_town"]
    municipality = read_municipality(town)
    if not isinstance(municipality, Code):
        return
    there, here = region_of_municipality(municipality.code), _region_of_postal_code(code)
    if there is not None and here is not None and there.code != here:
        yield Met(
            "postal_town",
            f"{code} lies in {_named(here)}, but {town} in {_named(there.code)}",
        )


def _find_unused_prefix(record: View, _: Settings) -> Iterator[Met]:
    code = record["postal_code"]
    if code[:_SHORT] not in _regions_by_prefix():
        yield Met("postal_code", f"no known postal code begins with {code[:_SHORT]}: {code}")


def _find_foreign(record: View, _: Settings) -> Iterator[Met]:
    if fold(record["country"]) not in _HOME:
        yield Met("country", f"the owner's country is {record['country']}")


def _find_repeated(record: View, _: Settings) -> Iterator[Met]:
    codes = list(record["municipality_codes"])
    again = sorted({code for code in codes if codes.count(code) > 1})
    if again:
        names = ", ".join(_name_of(code) for code in again)
        yield Met("municipalities", f"named more than once: {names}")


def _name_of(code: str) -> str:
    row = code_list("municipalities").by_code(code)
    return code if row is None else row.name_sv


RULES: Final = (
    Rule(
        code=Problem.MUNICIPALITY_OUTSIDE_REGION,
        severity=Severity.WARNING,
        find=_find_municipality_elsewhere,
        reads=("region_code", "municipality_codes"),
        breaks={
            "region_code": "SE22",
            "municipalities": ("Växjö",),
            "municipality_codes": ("0780",),
        },
        keeps={
            "region_code": "SE22",
            "municipalities": ("Olofström", "Växjö"),
            "municipality_codes": ("1060", "0780"),
        },
    ),
    Rule(
        code=Problem.OWNER_OFFICE_ELSEWHERE,
        severity=Severity.NOTE,
        find=_find_office_elsewhere,
        kinds=("project",),
        reads=("region_code", "postal_code"),
        breaks={"region_code": "SE22", "postal_code": "11351"},
        keeps={"region_code": "SE", "postal_code": "11351"},
    ),
    Rule(
        code=Problem.POSTAL_TOWN_ELSEWHERE,
        severity=Severity.NOTE,
        find=_find_town_elsewhere,
        reads=("postal_town", "postal_code"),
        breaks={"postal_town": "Umeå", "postal_code": "35112"},
        keeps={"postal_town": "VÄXJÖ", "postal_code": "35112"},
    ),
    Rule(
        code=Problem.POSTAL_CODE_UNUSED,
        severity=Severity.WARNING,
        find=_find_unused_prefix,
        reads=("postal_code",),
        breaks={"postal_code": "32011"},
        keeps={"postal_code": "33011"},
    ),
    Rule(
        code=Problem.COUNTRY_UNEXPECTED,
        severity=Severity.NOTE,
        find=_find_foreign,
        reads=("country",),
        breaks={"country": "Finland"},
        keeps={"country": "SVERIGE"},
    ),
    Rule(
        code=Problem.MUNICIPALITY_REPEATED,
        severity=Severity.NOTE,
        find=_find_repeated,
        reads=("municipality_codes",),
        breaks={"municipality_codes": ("0780", "0680", "0780")},
        keeps={"municipality_codes": ("0780", "0680")},
    ),
)
