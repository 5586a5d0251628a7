import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from esfkit.cli.records.exporting import (
    EXPORTS,
    OFFICIAL_LISTS,
    PACKAGE,
    Asked,
    read_day,
)
from esfkit.model.errors import BadRequest
from esfkit.output.lists import official_list
from esfkit.output.writers import WRITERS


def test_everything_that_can_be_exported_is_named_once() -> None:
    files = {writer.name for writer in WRITERS} - {"table"}

    assert set(EXPORTS) == {*files, *OFFICIAL_LISTS, PACKAGE}
    assert len(EXPORTS) == len(set(EXPORTS))


@pytest.mark.parametrize("name", OFFICIAL_LISTS)
def test_every_official_list_exists(name: str) -> None:
    assert official_list(name).name == name


def test_the_names_load_no_table_library() -> None:
    code = "import sys, esfkit.cli.records.exporting; sys.exit('polars' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_day_is_read() -> None:
    assert read_day("2026-11-22") == date(2026, 11, 22)
    assert read_day(None) is None


@pytest.mark.parametrize("words", ["2026-02-30", "20261122", "today", "", "2026-11-22T00:00"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(BadRequest, match="YYYY-MM-DD"):
        read_day(words)


@pytest.mark.parametrize(
    ("asked", "option"),
    [
        (Asked(name="art49", columns=["title"]), "--columns"),
        (Asked(name="art49", kinds=["call"]), "--kind"),
        (Asked(name="art49", personal=True), "--personal-data"),
        (Asked(name="art49", euro="2016"), "--eur"),
        (Asked(name="csv", refused=Path("refused.jsonl")), "--refused"),
        (Asked(name="csv", form="tsv"), "--format"),
    ],
)
def test_an_option_that_means_nothing_to_an_export_is_refused(
    asked: Asked, option: str
) -> None:
    with pytest.raises(BadRequest, match=option):
        asked.refuse_unless(lists=asked.name == "art49")


def test_the_options_of_an_official_list_are_taken() -> None:
    Asked(name="kohesio", kinds=["project"], euro="2016", form="csv-sv").refuse_unless(
        lists=True
    )
    Asked(form="csv", columns=["title"]).refuse_unless(lists=False)
