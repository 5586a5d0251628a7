"""docs/teaching.md says what is so."""

import re
from pathlib import Path

from esfkit.layouts.folder import TABLES, look_at_files
from esfkit.layouts.layout import Layout

PAGE = (Path(__file__).parents[3] / "docs" / "teaching.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    match = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    return match[1]


def test_the_files_of_the_page_teach_what_they_say() -> None:
    read = look_at_files("x", [("x/bank.toml", block("toml")), ("x/labels.csv", block("csv"))])

    assert read.complaints == ()
    assert [layout.name for layout in read.taught.layouts] == ["bank"]
    assert len(read.taught.rows["labels"]) == 4


def test_every_key_of_a_layout_is_explained_and_no_other() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    keys = {key for row in rows for key in re.findall("`([a-z_]+)`", row.split("|")[1])}

    assert keys == set(Layout.model_fields)


def test_every_table_is_named() -> None:
    assert [table for table in TABLES if f"`{table}`" not in PAGE] == []
