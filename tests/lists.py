"""Official lists for tests: ESF-rådet's own columns, filled with projects that do not exist."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from io import StringIO
from typing import Any, Final

from esfkit.model.record import Record
from factories import a_project

_HEADINGS: Final[Mapping[str, str]] = {
    "Diarienummer / Operation ID": "project_number",
    "Stödmottagare / Beneficiary": "owner",
    "Projektägare organisationsnummer / Beneficiary ID": "owner_org_number",
    "Namn på insatsen / Operation Name": "title",
    "Programområde / Priority": "programme_area",
    "Total projektbudget / Total budget SEK": "total_budget_sek",
    "EU-stöd i SEK / EU contribution SEK": "eu_support",
    "Startdatum / Start date": "period_start",
    "Slutdatum / End date": "period_end",
    "EU-fond / EU fund": "fund",
    "Program CCI / Program CCI": "programme_cci",
}
_OWNERS: Final = ("Umeå kommun", "Region Halland", "Föreningen Nya Steg", "Lunds universitet")
_WORDS: Final = ("Väg", "Bro", "Kraft", "Steg", "Lots", "Kompass", "Språng")
_REGIONS: Final = (("Övre Norrland", "SE33"), ("Sydsverige", "SE22"), ("Stockholm", "SE11"))

Operation = dict[str, Any]
"""What one project states, by the columns of a record."""


def operations(count: int) -> list[Operation]:
    """Return so many projects of 2021-2027, no two alike."""
    return [_operation(number) for number in range(count)]


def _operation(number: int) -> Operation:
    region, code = _REGIONS[number % len(_REGIONS)]
    start = date(2022, 1, 1) + timedelta(days=31 * (number % 24))
    return {
        "project_number": f"23-{number:03}-S{number % 9 + 1:02}",
        "title": f"{_WORDS[number % len(_WORDS)]} {number} till {_WORDS[number % 5]}",
        "owner": _OWNERS[number % len(_OWNERS)],
        "programme_area": "AB"[number % 2],
        "region": region,
        "region_code": code,
        "period_start": start,
        "period_end": start + timedelta(days=700),
        "total_budget_sek": 1_000_000 + 1_000 * number,
        "fund": "ESF+",
        "programme_cci": "2021SE05SFPR",
        "programme_period": "2021-2027",
    }


def esf_list(rows: Iterable[Operation]) -> str:
    """Return ESF-rådet's list with these rows: owners in capitals, amounts in groups."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADINGS)
    for row in rows:
        shown = dict(row)
        if shown.get("owner"):
            shown["owner"] = shown["owner"].upper()
        if shown.get("total_budget_sek") is not None:
            shown["total_budget_sek"] = f"{shown['total_budget_sek']:,}".replace(",", " ")
        writer.writerow(shown.get(column) or "" for column in _HEADINGS.values())
    return buffer.getvalue()


def a_page_of(row: Operation, **values: object) -> Record:
    """Return the record of the page about a project of the list."""
    stated = {"layout": "esf-plus", "owner_name": row["owner"], **row, **values}
    number = stated.pop("project_number")
    stated.pop("eu_support", None)
    return a_project(number or "", **stated)
