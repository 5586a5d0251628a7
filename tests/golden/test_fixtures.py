"""Every fixture page says what its expected file and what its hand-written gold say."""

import json
from pathlib import Path
from typing import Any

import pytest

from esfkit.cli.expected import Verdict, content_of, expected_path, judge

ROOT = Path(__file__).parents[1] / "fixtures" / "layouts"
PAGES = sorted(ROOT.glob("*/*.txt"))
ANY_EXPECTED = any(expected_path(page).is_file() for page in PAGES)


def named(page: Path) -> str:
    return f"{page.parent.name}/{page.stem}"


def golds_of(page: Path) -> list[dict[str, Any]]:
    gold = json.loads(page.with_name(f"{page.stem}.gold.json").read_text(encoding="utf-8"))
    golds = gold if isinstance(gold, list) else [gold]
    return [] if golds[0]["kind"] == "none" else golds


def given(record: dict[str, Any], field: str) -> object:
    """What a record says, in the form in which golds are written."""
    if field == "actors_count":
        return len(record.get("actors", []))
    value = record.get(field)
    if field == "participant_targets":
        keys = ("label", "total", "women", "men")
        return [{key: target.get(key) for key in keys} for target in value or []]
    return value


def same(wanted: object, value: object) -> bool:
    """Whether a gold and a record say the same, kinds of blank and rounding apart."""
    if isinstance(wanted, str) and isinstance(value, str):
        return wanted.split() == value.split()
    if isinstance(wanted, float) and isinstance(value, float | int):
        return round(wanted, 4) == round(value, 4)
    if isinstance(wanted, list):
        return wanted == (value or [])
    return wanted == value


def test_there_are_pages() -> None:
    assert PAGES


@pytest.mark.skipif(
    not ANY_EXPECTED, reason="make them: esfkit golden --write tests/fixtures/layouts"
)
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_gives_what_its_expected_file_says(page: Path) -> None:
    outcome = judge(page)

    assert outcome.verdict is Verdict.PASSED, "\n".join(outcome.differences)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_gives_what_its_gold_says(page: Path) -> None:
    golds, records = golds_of(page), content_of(page)["records"]

    assert len(records) == len(golds)
    wrong = {
        f"record {number}, {field}": (wanted, given(record, field))
        for number, (gold, record) in enumerate(zip(golds, records, strict=True), 1)
        for field, wanted in gold.items()
        if not same(wanted, given(record, field))
    }
    assert wrong == {}
