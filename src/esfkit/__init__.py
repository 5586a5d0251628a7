r"""esfkit: Swedish texts about European Social Fund projects → records → figures.

>>> import esfkit
>>> result = esfkit.parse("Projektnummer:\n2016/00999\nNamn:\nNya vägar\n"
...                       "Total projektbudget:\n1 200 000\nProjektägare:\nUmeå kommun\n")
>>> result.records[0].total_budget_sek
1200000

The names below are the whole public surface; each is imported when first asked for,
so that ``import esfkit`` costs next to nothing. What returns a table also gives tables
the attribute ``esf``: ``esfkit.read_dataset("projects.parquet").esf.summary("region")``.
"""

from importlib import import_module
from typing import Any

__all__ = [
    "Account",
    "BadRequest",
    "Document",
    "EsfkitError",
    "Finding",
    "Ingested",
    "InputRefused",
    "Limits",
    "Origin",
    "OutputFailed",
    "ParseResult",
    "Problem",
    "Record",
    "Rejected",
    "Severity",
    "__version__",
    "ingest",
    "parse",
    "read_dataset",
    "summary",
    "to_frame",
]

__version__ = "0.1.0"

_HOMES = {
    "Account": "esfkit.pipeline",
    "BadRequest": "esfkit.model.errors",
    "Document": "esfkit.model.document",
    "EsfkitError": "esfkit.model.errors",
    "Finding": "esfkit.model.finding",
    "Ingested": "esfkit.pipeline",
    "InputRefused": "esfkit.model.errors",
    "Limits": "esfkit.sources.limits",
    "Origin": "esfkit.model.document",
    "OutputFailed": "esfkit.model.errors",
    "ParseResult": "esfkit.parsing.parse",
    "Problem": "esfkit.model.finding",
    "Record": "esfkit.model.record",
    "Rejected": "esfkit.pipeline",
    "Severity": "esfkit.model.finding",
    "ingest": "esfkit.pipeline",
    "parse": "esfkit.pipeline",
    "read_dataset": "esfkit.dataset.store",
    "summary": "esfkit.analysis.reports.summary",
    "to_frame": "esfkit.dataset.frame",
}


_QUESTIONS = "esfkit.analysis.namespace"
_TABLES = ("read_dataset", "summary", "to_frame")


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type
    """Import a public name from its home on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'esfkit' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    if name in _TABLES:
        import_module(_QUESTIONS)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
