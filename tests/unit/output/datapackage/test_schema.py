from decimal import Decimal

import polars as pl

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.frame import to_frame
from esfkit.output.datapackage.schema import Json, code_list_schema, schema_of
from factories import a_call, a_full_project, a_project


def fields(told: Json) -> dict[str, Json]:
    return {field["name"]: field for field in told["fields"]}


def test_every_column_has_its_type() -> None:
    types = {name: each["type"] for name, each in fields(schema_of(to_frame([])).told).items()}

    assert list(types) == SCHEMA.names()
    assert types["title"] == "string"
    assert types["period_start"] == "date"
    assert types["total_budget_sek"] == "integer"
    assert types["total_budget_eur"] == "number"
    assert types["esf_share"] == "number"
    assert types["strategic_importance"] == "boolean"
    assert types["sections"] == types["municipalities"] == types["provenance"] == "array"


def test_titles_and_descriptions_stand_in_both_languages() -> None:
    field = fields(schema_of(to_frame([])).told)["total_budget_sek"]

    assert field["title"] == "Total projektbudget / Total budget"
    assert field["description"] == (
        "Hela budgeten i hela kronor. / The whole budget in whole kronor."
    )
    assert field["unit"] == "SEK"


def test_the_identity_is_the_key_where_each_record_stands_once() -> None:
    once = schema_of(to_frame([a_project("2016/00001"), a_project("2016/00002")]))
    twice = schema_of(to_frame([a_project(), a_project()]))

    assert once.told["primaryKey"] == ["record_id"]
    assert fields(once.told)["record_id"]["constraints"]["unique"] is True
    assert "primaryKey" not in twice.told
    assert "unique" not in fields(twice.told)["record_id"]["constraints"]
    assert twice.broken == ()


def test_a_table_without_the_identity_has_no_key() -> None:
    told = schema_of(to_frame([a_project()]).select("title")).told

    assert told == {
        "fields": [
            {
                "name": "title",
                "type": "string",
                "title": "Titel / Title",
                "description": "Namnet utan inledande nummer. / "
                "The name without a leading number.",
            }
        ],
        "missingValues": [""],
    }


def test_codes_may_only_be_those_of_the_lists() -> None:
    told = fields(schema_of(to_frame([a_full_project()])).told)

    assert told["kind"]["constraints"]["enum"] == ["project", "call", "practice"]
    assert "SE21" in told["region_code"]["constraints"]["enum"]
    assert told["programme_period"]["constraints"]["enum"] == [
        "2000-2006",
        "2007-2013",
        "2014-2020",
        "2021-2027",
    ]
    assert "ESF+" in told["fund"]["constraints"]["enum"]


def test_figures_have_bounds_and_numbers_a_shape() -> None:
    told = fields(schema_of(to_frame([a_full_project()])).told)

    assert told["total_budget_sek"]["constraints"] == {"minimum": 0}
    assert told["claimed_share"]["constraints"] == {"minimum": 0, "maximum": 1}
    assert told["owner_org_number"]["constraints"] == {"pattern": "[0-9]{10}"}


def test_a_constraint_that_a_value_breaks_is_not_declared_but_told() -> None:
    records = (
        a_full_project(region_code="SE99", total_budget_sek=-1, total_budget_eur=Decimal(-1)),
        a_project("2016/00001", postal_code="012", claimed_share=1.5),
    )
    schema = schema_of(to_frame(records))

    assert set(schema.broken) == {
        "region_code: enum",
        "total_budget_sek: minimum",
        "total_budget_eur: minimum",
        "postal_code: pattern",
        "claimed_share: maximum",
    }
    assert "constraints" not in fields(schema.told)["region_code"]


def test_a_missing_identity_is_told() -> None:
    frame = to_frame([a_project()]).with_columns(pl.lit(None, pl.String).alias("record_id"))

    assert "record_id: required" in schema_of(frame).broken


def test_codes_refer_to_their_lists_where_each_of_them_is_in_it() -> None:
    told = schema_of(to_frame([a_full_project()])).told

    assert {tuple(key["fields"]): key["reference"] for key in told["foreignKeys"]} == {
        ("region_code",): {"resource": "regions", "fields": ["code"]},
        ("programme_cci",): {"resource": "programmes", "fields": ["code"]},
        ("programme_period", "programme_area"): {
            "resource": "programme_areas",
            "fields": ["period", "code"],
        },
        ("programme_period", "specific_objective"): {
            "resource": "objectives",
            "fields": ["period", "code"],
        },
        ("programme_period", "intervention_code"): {
            "resource": "interventions",
            "fields": ["period", "code"],
        },
    }


def test_a_code_that_no_list_has_refers_to_none() -> None:
    calls = (a_full_project(programme_cci="2021SE05SFPR"), a_call(region_code="SE22"))
    told = schema_of(to_frame(calls)).told

    keys = [key["fields"] for key in told["foreignKeys"]]
    assert ["region_code"] in keys
    assert ["programme_cci"] not in keys
    assert "foreignKeys" not in schema_of(to_frame([a_project()])).told


def test_a_code_list_has_its_codes_for_a_key() -> None:
    counties, areas = code_list_schema("counties"), code_list_schema("programme_areas")

    assert [field["name"] for field in counties["fields"]][0:2] == ["code", "name_sv"]
    assert fields(counties)["code"]["constraints"] == {"required": True}
    assert counties["primaryKey"] == ["code"]
    assert areas["primaryKey"] == ["period", "code"]


def test_municipalities_refer_to_their_counties_and_these_to_regions() -> None:
    told = {name: code_list_schema(name) for name in ("municipalities", "counties", "regions")}

    assert told["municipalities"]["foreignKeys"] == [
        {"fields": ["parent"], "reference": {"resource": "counties", "fields": ["code"]}}
    ]
    assert told["counties"]["foreignKeys"][0]["reference"]["resource"] == "regions"
    assert "foreignKeys" not in told["regions"]
