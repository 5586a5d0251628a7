from datetime import date

from esfkit.dataset.frame import to_frame
from esfkit.output.datapackage.descriptor import CODE_RESOURCES, About, describe
from esfkit.output.personal import withhold
from factories import a_full_project

FRAME = withhold(to_frame([a_full_project()]))


def test_the_package_holds_the_projects_and_the_code_lists_that_they_use() -> None:
    resources = describe(FRAME, About("1.2")).told["resources"]

    assert [each["name"] for each in resources] == ["projects", *CODE_RESOURCES]
    assert [each["path"] for each in resources[:2]] == ["projects.csv", "codes/regions.csv"]
    assert {each["encoding"] for each in resources} == {"utf-8"}


def test_the_day_stands_in_it_only_if_it_is_given() -> None:
    assert "created" not in describe(FRAME, About("1.2")).told
    assert describe(FRAME, About("1.2", date(2026, 11, 22))).told["created"] == (
        "2026-11-22T00:00:00Z"
    )


def test_it_tells_in_both_languages_that_texts_are_not_guarded() -> None:
    told = describe(FRAME, About("1.2")).told

    assert "utan det citattecken" in told["description"]
    assert "without the quote" in told["description"]
    assert told["esfkit"] == {"version": "1.2", "schema_version": 1}


def test_it_tells_of_personal_data_only_where_there_is_some() -> None:
    whole = to_frame([a_full_project()])

    assert "personal data about" in describe(whole, About("1.2")).told["description"]
    assert "personal data about" not in describe(FRAME, About("1.2")).told["description"]
