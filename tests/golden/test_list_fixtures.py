"""Every fixture list gives the records that its hand-written gold says, and no other."""

import json
from pathlib import Path
from typing import Any

import pytest

from esfkit.model.document import Document, Origin, Unread
from esfkit.model.record import Record
from esfkit.parsing.parse import parse_document
from esfkit.sources.reading import Reading
from esfkit.sources.tabular.table import looks_like_table, read_table
from esfkit.vocabulary.lists import list_headings

ROOT = Path(__file__).parents[1] / "fixtures" / "lists"
LISTS = sorted(path for path in ROOT.glob("*/*.?sv"))
READING = Reading(list_headings=list_headings())
FEWEST = 6


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def records_of(path: Path) -> list[Record]:
    with path.open("rb") as stream:
        items = list(read_table(stream, Origin(path=path.name), READING))
    assert not [item for item in items if isinstance(item, Unread)]
    documents = [item for item in items if isinstance(item, Document)]
    return [record for each in documents for record in parse_document(each).records]


def given(record: Record) -> dict[str, Any]:
    """What a record says, as its gold is written, with the codes of its findings."""
    told = json.loads(record.model_dump_json())
    return {**told, "codes": [finding["code"] for finding in told["findings"]]}


def test_there_are_lists() -> None:
    assert len(LISTS) >= FEWEST


@pytest.mark.parametrize("path", LISTS, ids=named)
def test_a_list_looks_like_a_table_whatever_its_name(path: Path) -> None:
    assert looks_like_table(path.read_bytes(), "download", READING)


@pytest.mark.parametrize("path", LISTS, ids=named)
def test_a_list_gives_what_its_gold_says(path: Path) -> None:
    golds = json.loads(path.with_name(f"{path.name}.gold.json").read_text(encoding="utf-8"))
    records = [given(record) for record in records_of(path)]

    assert len(records) == len(golds)
    wrong = {
        f"record {number}, {field}": (wanted, record[field])
        for number, (gold, record) in enumerate(zip(golds, records, strict=True), 1)
        for field, wanted in gold.items()
        if wanted != record[field]
    }
    assert wrong == {}


@pytest.mark.parametrize("path", LISTS, ids=named)
def test_a_list_is_read_by_the_layout_of_its_folder(path: Path) -> None:
    assert {record.layout for record in records_of(path)} == {path.parent.name}
