"""Was everything found? The records that an ingest wrote against the truth about a crawl."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

_NAME = re.compile(r"p[0-9]{8}")
_FIRST_COLUMNS = {"total_budget": "total_budget_sek", "esf_support": "esf_support_sek"}
"""Field → the column of a record that shows that it was read, where names differ."""

Row = Mapping[str, Any]


class Recall(NamedTuple):
    """What was found of what was hidden.

    Attributes:
        hidden: How many records were.
        found: How many were found with every value.
        false: Records where none was hidden, and second ones on one page.
        missed: The first thing that was missed; empty where nothing was.
    """

    hidden: int
    found: int
    false: int
    missed: str

    @property
    def words(self) -> str:
        """Return it for a table."""
        return f"{self.found} of {self.hidden}, {self.false} false"


def recall(output: Path, truth: Path) -> Recall:
    """Compare what was written with the truth, field by field.

    Args:
        output: Records as JSONL.
        truth: What :mod:`crawl` wrote beside the crawl.
    """
    rows = rows_of(output)
    named = {name_of(row): row for row in rows}
    trues = rows_of(truth)
    lacks = [_lacks(named.get(true["name"]), true) for true in trues]
    met = sum(true["name"] in named for true in trues)
    missed = next((words for words in lacks if words), "")
    return Recall(len(trues), lacks.count(""), len(rows) - met, missed)


def rows_of(path: Path) -> list[Row]:
    """Return what the lines of a JSONL file hold."""
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def name_of(row: Row) -> str:
    """Return the name of the page that a record was read from."""
    for column in ("source_url", "source_member", "source_path"):
        names = _NAME.findall(row.get(column) or "")
        if names:
            return str(names[-1])
    return "nowhere"


def _lacks(row: Row | None, true: Row) -> str:
    """Return what a record lacks of its truth; nothing where all is there."""
    who = f"{true['name']} ({true['form']})"
    if row is None:
        return f"{who} gave no record"
    if "line" in true and row["source_line"] != true["line"]:
        return f"{who} is said to stand in line {row['source_line']}, not {true['line']}"
    raw = {place["field"]: place["raw"] for place in row["provenance"]}
    for field, words in true["values"].items():
        if field == "period":
            ends = (raw.get("period_start"), raw.get("period_end"))
            right = None not in ends and words.startswith(ends[0]) and words.endswith(ends[1])
            told: object = ends
        else:
            told = raw.get(_FIRST_COLUMNS.get(field, field), raw.get(field))
            right = told == words
        if not right:
            return f"{who}: {field} is {told!r}, not {words!r}"
    return ""
