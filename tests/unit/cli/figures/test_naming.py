import polars as pl
import pytest

from esfkit.cli.figures.naming import named_keys_shown

EMPTY: list[str | None] = []


def named(
    key: str, codes: list[str | None], periods: list[str | None] = EMPTY, language: str = "sv"
) -> list[str | None]:
    columns = {"programme_period": periods} if periods else {}
    table = pl.DataFrame({**columns, key: codes, "projects": [1] * len(codes)})
    shown = named_keys_shown(table, [*columns, key], "sv" if language == "sv" else "en")
    assert shown.drop(key).equals(table.drop(key))
    assert shown.columns == table.columns
    return shown[key].to_list()


def test_an_area_has_the_name_of_its_period() -> None:
    areas: list[str | None] = ["2", "2", "B"]
    periods: list[str | None] = ["2007-2013", "2014-2020", "2021-2027"]

    assert named("programme_area", areas, periods) == [
        "2 Ökat arbetskraftsutbud",
        "2 Ökade övergångar till arbete",
        "B Öka möjligheten till arbete",
    ]
    assert named("programme_area", areas, periods, "en") == [
        "2 Increased labour supply",
        "2 Increased transitions to work",
        "B Increase job opportunities",
    ]


def test_a_code_that_several_periods_have_stays_alone_where_none_is_known() -> None:
    assert named("programme_area", ["2", "B"]) == ["2", "B Öka möjligheten till arbete"]
    assert named("programme_area", ["2"], [None]) == ["2"]
    assert named("programme_area", ["B"], ["2014-2020"]) == ["B"]


@pytest.mark.parametrize(
    ("key", "code", "swedish", "english"),
    [
        ("region_code", "SE12", "SE12 Östra Mellansverige", "SE12 East Middle Sweden"),
        ("programme_cci", "MAL3", "MAL3 Växtkraft Mål 3", None),
        (
            "specific_objective",
            "2.2",
            "2.2 Underlätta etablering i",
            "2.2 Ease establishment in",
        ),
        ("intervention_code", "102", "102 Access to employment", "102 Access to employment"),
    ],
)
def test_codes_of_other_lists_have_their_names_too(
    key: str, code: str, swedish: str, english: str | None
) -> None:
    (cell,) = named(key, [code])
    assert (cell or "").startswith(swedish)
    if english:
        (cell,) = named(key, [code], language="en")
        assert (cell or "").startswith(english)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("specific_objective", "1.1"),  # recalled
        ("specific_objective", "5.1"),  # inferred
        ("programme_area", "F"),  # a description in brackets
        ("intervention_code", "134"),  # recalled
    ],
)
def test_a_name_that_was_not_read_is_not_shown(key: str, code: str) -> None:
    assert named(key, [code]) == [code]
    assert named(key, [code], language="en") == [code]


def test_a_type_of_owner_is_a_word_of_the_language() -> None:
    types: list[str | None] = ["municipality", "company", None, "Total"]

    assert named("owner_type", types) == ["Kommun", "Aktiebolag", None, "Total"]
    assert named("owner_type", types, language="en") == [
        "Municipality", "Limited company", None, "Total",
    ]  # fmt: skip


def test_what_is_no_code_stays_as_it_is() -> None:
    assert named("programme_area", [None, "React-EU", "Total", ""]) == [
        None, "React-EU", "Total", "",
    ]  # fmt: skip
    assert named("owner_name", ["1", "A"]) == ["1", "A"]
    assert named("phase", [None]) == [None]


def test_a_table_without_rows_or_keys_stays_as_it_is() -> None:
    table = pl.DataFrame(schema={"programme_area": pl.String, "projects": pl.Int64})

    assert named_keys_shown(table, ["programme_area"], "sv").equals(table)
    assert named_keys_shown(table, [], "sv").equals(table)
