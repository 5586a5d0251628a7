import subprocess
import sys

from esfkit.dataset.dictionary import data_dictionary, headings
from esfkit.model.record import Record


def test_every_column_is_described_in_order() -> None:
    assert [row.column for row in data_dictionary()] == list(Record.model_fields)


def test_every_description_is_complete_in_both_languages() -> None:
    for row in data_dictionary():
        assert row.heading_sv, row
        assert row.heading_en, row
        assert row.description_sv, row
        assert row.description_en, row


def test_no_two_columns_share_a_heading() -> None:
    for language in (headings("sv"), headings("en")):
        assert len(set(language.values())) == len(language)


def test_headings_follow_the_language() -> None:
    assert headings("sv")["owner"] == "Projektägare"
    assert headings("en")["owner"] == "Project owner"


def test_reading_the_dictionary_does_not_load_polars() -> None:
    code = (
        "import sys; from esfkit.dataset.dictionary import data_dictionary; data_dictionary();"
        "sys.exit('polars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
