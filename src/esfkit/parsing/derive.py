"""Columns that follow from others: period, names, share, owner's parts, identity."""

import hashlib
from collections.abc import MutableMapping
from datetime import date
from typing import Any

from esfkit.layouts.layout import Layout
from esfkit.values.identifier import cci_period, number_period
from esfkit.values.owner import looks_like_org_number, split_owner
from esfkit.values.programme import area_name, area_period, intervention_name
from esfkit.vocabulary.fold import fold

Values = MutableMapping[str, Any]

_HASH_DIGITS = 12


def derive(
    values: Values, layout: Layout, area_words: str | None, *, period_told: bool
) -> None:
    """Add every derived column to the values read from a page.

    Args:
        values: The columns read; the derived ones are added.
        layout: The page's layout.
        area_words: The programme area as printed: its name may tell the period.
        period_told: Whether the page prints what makes its layout settle the period.
    """
    if layout.kind != "practice":
        _derive_period(values, layout.period if period_told else None, area_words)
    _derive_names(values)
    _derive_share(values)
    owner = values.get("owner")
    if owner is not None and not looks_like_org_number(owner):
        values["owner_name"], values["owner_unit"] = split_owner(owner)
    values["record_id"] = record_id(values, layout.kind)


def _derive_period(values: Values, layout_period: str | None, area_words: str | None) -> None:
    """Set the programme period and what told it, the surest source first.

    The order is that of rule P3 of the domain checks: what is printed, the CCI, the
    shape of the number, the layout, the area, and the dates only where no two
    programmes overlap.
    """
    if "programme_period" in values:
        return
    number = values.get("project_number") or values.get("call_number")
    told = (
        ("cci", cci_period(values["programme_cci"]) if "programme_cci" in values else None),
        ("number", number_period(number) if number else None),
        ("layout", layout_period),
        ("area", area_period(area_words) if area_words else None),
        ("dates", _period_of_dates(values.get("period_start"), values.get("period_end"))),
    )
    for basis, period in told:
        if period is not None:
            values["programme_period"], values["programme_period_basis"] = period, basis
            return


def _period_of_dates(start: date | None, end: date | None) -> str | None:
    """Return the only programme that a project of these dates can belong to.

    Projects of 2007–2013 began by 2013 and were paid to 2015; those of 2014–2020 began
    from late 2014 and were paid to 2023; those of 2021–2027 began later.
    """
    if start is None or end is None or end < start:
        return None
    if date(2007, 7, 1) <= start <= date(2013, 8, 31) and end <= date(2015, 12, 31):
        return "2007-2013"
    if date(2015, 1, 1) <= start <= date(2022, 8, 31) and end <= date(2023, 12, 31):
        return "2014-2020"
    later = start >= date(2024, 1, 1) or (
        start >= date(2021, 1, 1) and end > date(2023, 12, 31)
    )
    return "2021-2027" if later else None


def _derive_names(values: Values) -> None:
    period = values.get("programme_period")
    if "programme_area" in values:
        values["programme_area_name"] = area_name(values["programme_area"], period)
    if "intervention_code" in values:
        values["intervention_name"] = intervention_name(values["intervention_code"], period)


def _derive_share(values: Values) -> None:
    for currency in ("sek", "eur"):
        budget = values.get(f"total_budget_{currency}")
        support = values.get(f"esf_support_{currency}")
        if budget and support is not None:
            values["esf_share"] = float(support / budget)
            return


def record_id(values: Values, kind: str) -> str:
    """Return the identity of a record, the same whatever file, order or run it came from.

    ``esf:<project number>``, or ``esf:`` and 12 hex digits of a hash over kind, folded
    title, folded owner (of a call: its number) and period.
    """
    number = values.get("project_number")
    if number is not None:
        return f"esf:{number}"
    parts = (
        kind,
        fold(values.get("title") or ""),
        fold(values.get("owner") or values.get("call_number") or ""),
        str(values.get("period_start") or ""),
        str(values.get("period_end") or values.get("published") or ""),
    )
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"esf:{digest[:_HASH_DIGITS]}"
