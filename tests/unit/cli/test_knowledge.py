import csv
import io
import json
from pathlib import Path

import pytest

from esfkit.dataset.columns import SCHEMA
from esfkit.layouts.layout import all_layouts
from esfkit.vocabulary.codes import CODE_LISTS, code_list
from programs import Invoke, Run


def rows(shown: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(shown)))


def test_every_layout_is_listed(invoke: Invoke) -> None:
    listed = rows(invoke("layouts", "--format", "csv").stdout)

    assert [row["layout"] for row in listed] == [layout.name for layout in all_layouts()]


@pytest.mark.parametrize("name", [layout.name for layout in all_layouts()])
def test_a_layout_is_shown_with_its_labels_in_80_columns(name: str, invoke: Invoke) -> None:
    shown = invoke("layouts", name).stdout

    assert shown.startswith(f"{name}\n")
    assert max(map(len, shown.splitlines())) <= 80
    fields = rows(invoke("layouts", name, "--format", "csv").stdout)
    assert all(row["labels"] for row in fields)


def test_an_unknown_layout_is_refused(run: Run) -> None:
    done = run("layouts", "esf")

    assert done.returncode == 2
    assert b"esf-plus" in done.stderr


def test_the_code_lists_are_named_with_how_sure_they_are(invoke: Invoke) -> None:
    listed = rows(invoke("codes", "--format", "csv").stdout)

    assert [row["list"] for row in listed] == list(CODE_LISTS)
    for row in listed:
        assert int(row["codes"]) == len(code_list(row["list"]).codes)
        assert int(row["read"]) + int(row["inferred"]) + int(row["recalled"]) == int(
            row["codes"]
        )


@pytest.mark.parametrize("name", CODE_LISTS)
def test_a_list_is_shown_whole_for_machines_and_in_80_columns_for_people(
    name: str, invoke: Invoke
) -> None:
    listed = rows(invoke("codes", name, "--format", "csv").stdout)
    shown = invoke("codes", name, "--format", "table", "--lang", "sv").stdout

    assert [row["code"] for row in listed] == [code.code for code in code_list(name).codes]
    assert all(row["certainty"] for row in listed)
    assert max(map(len, shown.splitlines())) <= 80
    assert "certainty" in shown


def test_codes_are_searched_in_one_list_or_all(invoke: Invoke) -> None:
    everywhere = rows(invoke("codes", "--search", "GÄVLE", "--format", "csv").stdout)
    nowhere = rows(invoke("codes", "regions", "--search", "gävle", "--format", "csv").stdout)

    assert {(row["list"], row["code"]) for row in everywhere} >= {("municipalities", "2180")}
    assert nowhere == []


def test_recalled_codes_come_with_a_warning(invoke: Invoke) -> None:
    assert (
        "recalled from memory" in invoke("codes", "interventions", "--format", "table").stdout
    )
    assert "recalled" not in invoke("codes", "regions", "--format", "table").stdout


def test_an_unknown_list_is_refused(run: Run) -> None:
    assert run("codes", "region").returncode == 2


# --- schema


def test_a_pipe_gets_the_json_schema_with_every_column_described(invoke: Invoke) -> None:
    schema = json.loads(invoke("schema").stdout)

    assert list(schema["properties"]) == list(SCHEMA)
    assert all(column["description"] for column in schema["properties"].values())
    assert schema["properties"]["esf_support_sek"]["x-unit"] == "SEK"


def test_the_dictionary_comes_as_a_table_in_both_languages(
    invoke: Invoke, tmp_path: Path
) -> None:
    listed = rows(invoke("schema", "--format", "csv", "--lang", "sv").stdout)
    shown = invoke("schema", "--format", "table").stdout
    invoke("schema", "-o", tmp_path / "s.json", "--lang", "sv")
    invoke("schema", "-o", tmp_path / "s.md")

    assert [row["column"] for row in listed] == list(SCHEMA)
    assert listed[5]["heading"] == "Titel"
    assert max(map(len, shown.splitlines())) <= 80
    written = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert written["properties"]["title"]["title"] == "Titel"
    assert "| record\\_id |" in (tmp_path / "s.md").read_text(encoding="utf-8")
