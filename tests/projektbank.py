"""Pages of a project bank that esfkit does not know, of projects that do not exist.

A county's own words stand for everything: no label of ESF-rådet is among them, nor the
fund's name. Four styles; the values of each page are given by the names of the record.
"""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

STYLES = {
    "next_line": ("\n", "\n"),
    "inline": (": ", "\n"),
    "table": ("\t", "\n"),
    "flow": (": ", " "),
}
"""Style → what stands between label and value, and between two labels."""

_OWNERS = (
    "Alvesta kommun",
    "Region Kronoberg",
    "Stiftelsen Lyckan",
    "Coompanion Syd",
    "Lessebo kommun",
)
_REGIONS = (
    "Sydsverige",
    "Småland och Öarna",
    "Stockholm",
    "Västsverige",
    "Norra Mellansverige",
)
_FIRST, _SECOND = (
    ("Grön", "Öppen", "Stark", "Ny", "Trygg"),
    ("väg", "dörr", "bro", "kraft", "hamn"),
)
_THIRD = ("till arbete", "för unga", "i Kronoberg", "mot nya yrken")

Made = tuple[str, dict[str, Any]]
"""A page and its values; ``None`` for what the page leaves out."""


def bank_page(number: int, style: str) -> Made:
    """Return the page of that number, the same at every call."""
    lot = random.Random(number)  # noqa: S311 - the same pages at every run
    values = _values(lot)
    rows = {
        "project_number": ("Insatsens nummer", values["project_number"]),
        "owner": ("Huvudman", values["owner"]),
        "region": ("Berört område", values["region"]),
        "planned_participants": (
            "Tänkt antal medverkande",
            str(values["planned_participants"]),
        ),
        "period": ("Genomförs mellan", f"{values['period_start']} - {values['period_end']}"),
        "total_budget_sek": ("Omslutning", _kronor(values["total_budget_sek"])),
        "esf_support_sek": ("Bidrag från EU", _kronor(values["esf_support_sek"])),
    }
    if number > 2 and lot.random() < 0.3:
        left_out = lot.choice(["region", "planned_participants"])
        del rows[left_out]
        values[left_out] = None
    printed = list(rows.values())
    if number == 0 or lot.random() < 0.3:
        printed.insert(
            lot.randint(0, len(printed)), ("Handläggs av", f"enhet {lot.randint(1, 9)}")
        )
    between, after = STYLES[style]
    header = after.join(f"{label}{between}{words}" for label, words in printed)
    prose = "Om insatsen\n\nDe som deltar får prova ett yrke med en handledare på plats.\n"
    return f"Länets projektbank\n\n{values['title']}\n\n{header}\n\n{prose}", values


def _values(lot: random.Random) -> dict[str, Any]:
    year = lot.randint(2015, 2018)
    budget = lot.randint(1_000_000, 20_000_000)
    return {
        "project_number": f"{year}/{lot.randint(100, 999):05}",
        "title": f"{lot.choice(_FIRST)} {lot.choice(_SECOND)} {lot.choice(_THIRD)}",
        "owner": lot.choice(_OWNERS),
        "region": lot.choice(_REGIONS),
        "planned_participants": lot.randint(12, 900),
        "period_start": f"{year}-{lot.randint(1, 12):02}-01",
        "period_end": f"{year + 2}-{lot.randint(1, 12):02}-28",
        "total_budget_sek": budget,
        "esf_support_sek": budget * lot.randint(40, 67) // 100,
    }


def _kronor(amount: int) -> str:
    return f"{amount:,} kr".replace(",", " ")


def write_bank(folder: Path, style: str, numbers: Sequence[int]) -> Mapping[str, Any]:
    """Write pages and ``gold.json`` with their values beside the folder; return the values."""
    folder.mkdir(parents=True)
    values = {}
    for number in numbers:
        text, values[f"insats-{number:02}.txt"] = bank_page(number, style)
        (folder / f"insats-{number:02}.txt").write_text(text, encoding="utf-8")
    gold = folder.with_name(f"{folder.name}.json")
    gold.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    return values
