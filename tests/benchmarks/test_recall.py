"""What is measured is worth nothing unless every record was found: that is judged here."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))  # scripts, not a package
recall = importlib.import_module("recall").recall

Row = dict[str, Any]
Verdict = Any  # a class of the script, which type checkers do not see

TRUTH = {
    "name": "p00000007",
    "form": "colon",
    "line": 8,
    "values": {"owner": "Insjö kommun", "period": "2016-01-01 - 2018-02-28"},
}
RAW = {
    "owner": "Insjö kommun",
    "period_start": "2016-01-01",
    "period_end": "2018-02-28",
}


def record(url: str = "https://sida7.example.org/p00000007", line: int = 8, **raw: str) -> Row:
    places = [{"field": name, "raw": words} for name, words in {**RAW, **raw}.items()]
    return {"source_url": url, "source_line": line, "provenance": places}


def judged(folder: Path, *records: Row) -> Verdict:
    (folder / "truth").write_text(json.dumps(TRUTH))
    (folder / "found").write_text("".join(f"{json.dumps(one)}\n" for one in records))
    return recall(folder / "found", folder / "truth")


def test_a_record_with_every_value_is_found(tmp_path: Path) -> None:
    assert judged(tmp_path, record()) == (1, 1, 0, "")


@pytest.mark.parametrize(
    ("records", "missed"),
    [
        ([], "p00000007 (colon) gave no record"),
        ([record(owner="Insjö")], "owner is 'Insjö', not 'Insjö kommun'"),
        ([record(period_end="2018-02-27")], "period is ('2016-01-01', '2018-02-27')"),
        ([record(line=9)], "is said to stand in line 9, not 8"),
    ],
)
def test_what_was_missed_is_told(records: list[Row], missed: str, tmp_path: Path) -> None:
    told = judged(tmp_path, *records)

    assert (told.hidden, told.found) == (1, 0)
    assert missed in told.missed


def test_a_record_where_none_was_hidden_is_a_false_one(tmp_path: Path) -> None:
    other = record("https://sida8.example.org/p00000008")

    assert judged(tmp_path, record(), other, record()).false == 2
