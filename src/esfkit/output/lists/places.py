"""Where a project is, as one NUTS code."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from esfkit.vocabulary.codes import code_list

_NUTS_3: Final = 5  # letters and figures: SE110


def nuts_code(row: Mapping[str, Any]) -> str | None:
    """Return the smallest NUTS region that the record names as its place.

    The NUTS 3 region (county) that holds all municipalities of its printed list, where the
    region it names does not contradict that; else the code of the region: NUTS 2, or
    ``SE`` for the whole country.
    """
    region: str | None = row["region_code"]
    counties = {_county(code) for code in row["municipality_codes"] or ()}
    if len(counties) != 1:
        return region
    [nuts_3] = counties
    return nuts_3 if nuts_3 and nuts_3.startswith(region or "SE") and region != "SE" else region


def _county(municipality: str) -> str | None:
    """Return the NUTS 3 code of a municipality's county."""
    found = code_list("municipalities").by_code(municipality)
    return None if found is None else _nuts_3().get(found.parent)


@cache
def _nuts_3() -> Mapping[str, str]:
    """Return county → NUTS 3 code, which stands among the county's printed forms."""
    return {
        county.code: form
        for county in code_list("counties").codes
        for form in county.variants
        if form.startswith(county.parent) and len(form) == _NUTS_3
    }
