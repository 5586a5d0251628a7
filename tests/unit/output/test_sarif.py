import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from esfkit.dataset.columns import tool_version
from esfkit.dataset.frame import to_frame
from esfkit.model.finding import Problem, Severity
from esfkit.model.record import Record
from esfkit.output.sarif import write_sarif
from esfkit.rules.catalogue import RULES
from factories import a_finding, a_place, a_project

PLACED = a_finding(
    Problem.BUDGET_SIZE_UNUSUAL,
    message="a budget of 12 kronor",
    field="total_budget_sek",
    start=40,
    end=42,
)
AT = a_place("total_budget_sek", "12", 40, line=3)


def written(*records: Record) -> dict[str, Any]:
    stream = BytesIO()
    write_sarif(to_frame(records), stream)
    log = json.loads(stream.getvalue())
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    assert isinstance(run, dict)
    return run


def only_result(**values: object) -> dict[str, Any]:
    places = (a_place("title", "Ett", 0), AT)
    record = a_project("2016/00130", findings=(PLACED,), provenance=places, **values)
    [result] = written(record)["results"]
    assert isinstance(result, dict)
    return result


def test_every_rule_is_told_with_its_help() -> None:
    driver = written()["tool"]["driver"]

    assert (driver["name"], driver["version"]) == ("esfkit", tool_version())
    assert [rule["id"] for rule in driver["rules"]] == [rule.code.value for rule in RULES]
    for rule in driver["rules"]:
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["defaultConfiguration"]["level"] in set(Severity)


def test_findings_of_reading_have_a_rule_of_their_own() -> None:
    run = written(a_project(findings=(a_finding(Problem.NULL_WORD),)))

    [result] = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "null_word"


def test_a_result_points_at_its_rule_its_record_and_its_characters() -> None:
    result = only_result()

    assert written()["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] == "warning"
    assert result["message"] == {"text": "a budget of 12 kronor"}
    [location] = result["locations"]
    assert location["physicalLocation"]["region"] == {
        "startLine": 3,
        "charOffset": 40,
        "charLength": 2,
    }
    [logical] = location["logicalLocations"]
    assert logical["fullyQualifiedName"] == "esf:2016/00130/total_budget_sek"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("pages/en sida.txt", "pages/en%20sida.txt"),
        (str(Path.cwd() / "pages" / "sida#1.txt"), "pages/sida%231.txt"),
        ("s3://bucket/sida.txt", "s3://bucket/sida.txt"),
    ],
)
def test_a_path_is_told_as_a_uri_from_where_the_command_runs(path: str, uri: str) -> None:
    place = only_result(source_path=path)["locations"][0]["physicalLocation"]

    assert place["artifactLocation"] == {"uri": uri}


def test_a_file_elsewhere_is_told_from_a_base_without_its_folders() -> None:
    page = a_project(source_path="/home/tuva/data/sida#1.txt", findings=(PLACED,))

    run = written(page)

    [result] = run["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "sida%231.txt", "uriBaseId": "OUTSIDE"}
    assert run["originalUriBaseIds"].keys() == {"OUTSIDE"}
    assert "uri" not in run["originalUriBaseIds"]["OUTSIDE"]
    assert "tuva" not in str(run["results"])
    assert "originalUriBaseIds" not in written(a_project(findings=(PLACED,)))


@pytest.mark.parametrize("path", ["page.html", "page.HTM", "list.xlsx"])
def test_a_file_that_is_rendered_has_no_region_but_the_span_is_told(path: str) -> None:
    result = only_result(source_path=path)

    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["properties"]["start"] == 40
    assert result["properties"]["line"] == 3


def test_a_member_of_an_archive_has_no_region_and_is_named() -> None:
    result = only_result(source_path="pages.zip", source_member="a.txt")

    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["properties"]["member"] == "a.txt"


def test_a_row_of_a_crawl_is_placed_by_its_line() -> None:
    result = only_result(source_path="crawl.jsonl", source_line=9)

    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 9}


@pytest.mark.parametrize("path", [None, "-"])
def test_what_was_piped_in_has_no_file(path: str | None) -> None:
    assert "physicalLocation" not in only_result(source_path=path)["locations"][0]


def test_a_finding_without_a_place_is_about_the_file() -> None:
    [result] = written(a_project(findings=(a_finding(Problem.FIGURES_MISSING),)))["results"]

    location = result["locations"][0]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "pages/2016-00130.txt"}}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "esf:2016/00130"


def test_no_message_holds_a_link() -> None:
    linking = a_finding(message="“[klicka](https://exempel.se)” is no value")

    [result] = written(a_project(findings=(linking,)))["results"]

    assert "](" not in result["message"]["text"]


def test_a_finding_is_known_again() -> None:
    first, again = only_result(), only_result(source_path="moved/page.txt")
    other = only_result(record_id="esf:2016/00131")

    assert first["partialFingerprints"] == again["partialFingerprints"]
    assert first["partialFingerprints"] != other["partialFingerprints"]
