from pathlib import Path

from esfkit.rules.catalogue import RULES
from esfkit.rules.page import as_toml, catalogue_page, rule_rows

PAGE = Path(__file__).parents[3] / "docs" / "checks.md"


def test_the_page_in_the_repository_is_the_one_that_is_made_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue_page()


def test_every_rule_has_a_row_in_both_languages() -> None:
    english, swedish = rule_rows("en"), rule_rows("sv")

    assert [row["code"] for row in english] == [rule.code.value for rule in RULES]
    assert all(
        one["title"] != other["title"] for one, other in zip(english, swedish, strict=True)
    )


def test_settings_are_told_as_they_are_written() -> None:
    row = next(row for row in rule_rows() if row["code"] == "budget_size_unusual")

    assert row["settings"] == "least = 50000, most = 500000000"
    assert as_toml((47, 67.5)) == "[47, 67.5]"
    assert as_toml(value=True) == "true"
