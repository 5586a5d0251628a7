"""The rules of the domain that run while a page is read.

All rules, with their thresholds and sources, are in :mod:`esfkit.rules`; ``esfkit check``
asks the others of a dataset.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from esfkit.model.finding import Finding
from esfkit.rules import catalogue


def check_values(values: Mapping[str, Any], kind: str = "project") -> Iterator[Finding]:
    """Yield what the rules of the domain say to the values of one project or call."""
    return catalogue.check_values(values, kind)
