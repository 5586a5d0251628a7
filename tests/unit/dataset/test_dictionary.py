import subprocess
import sys

import pytest

from esfkit.analysis.figures.measures import WORDS, named_measures, stated_name
from esfkit.analysis.grouping.keys import KEYS
from esfkit.dataset.dictionary import data_dictionary, figure_dictionary, headings, units
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


# --- tables of figures

FIGURES = [
    each.name
    for currency in ("SEK", "EUR")
    for word in WORDS
    if (currency, word) != ("EUR", "call_amount")  # in kronor alone
    for each in named_measures([word, f"{word}.mean", f"{word}.spread"], currency)
]


def test_every_figure_is_described_in_both_languages() -> None:
    for row in figure_dictionary():
        assert row.heading_sv, row
        assert row.heading_en, row
        assert row.description_sv, row
        assert row.description_en, row


def test_no_column_is_described_twice() -> None:
    columns = [row.column for row in (*data_dictionary(), *figure_dictionary())]

    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_measure_and_every_key_has_a_heading_of_its_own(language: str) -> None:
    wanted = [*FIGURES, *KEYS, "projects", "exchange_rate"]
    found = headings("sv" if language == "sv" else "en", wanted)

    assert [column for column in wanted if column not in found] == []
    assert len({found[column] for column in wanted}) == len(set(wanted))


def test_headings_are_put_together_from_a_figure_and_its_statistic() -> None:
    columns = ["esf_support_sek_median", "planned_women_mean", "esf_support_eur_low_part"]

    assert [headings("en", columns)[each] for each in columns] == [
        "ESF support, median", "Planned women, mean", "ESF support in euro, low, part",
    ]  # fmt: skip
    assert headings("sv", columns)["esf_support_sek_median"] == "ESF-stöd, median"


def test_what_is_no_column_has_no_heading() -> None:
    assert (
        headings("en", ["Kalmar", "Kalmar_median", "_median"]).keys() == headings("en").keys()
    )


def test_every_figure_has_a_unit() -> None:
    wanted = [*FIGURES, *map(stated_name, FIGURES), "projects"]

    assert set(units(wanted)) == set(wanted)


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("esf_support_sek", "SEK"), ("esf_support_eur_q1", "EUR"),
        ("esf_share_mean", "fraction"), ("esf_support_sek_part", "fraction"),
        ("planned_women_max", "persons"),
        ("esf_support_sek_stated", "projects"), ("support_per_month_eur_low", "EUR"),
        ("project_days_median", "days"),
    ],
)  # fmt: skip
def test_the_unit_is_that_of_the_figure_unless_the_statistic_has_one(
    column: str, unit: str
) -> None:
    assert units([column]) == {column: unit}


def test_words_have_no_unit() -> None:
    assert units(["region", "Kalmar"]) == {}
