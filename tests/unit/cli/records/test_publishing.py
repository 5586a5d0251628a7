import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from esfkit.dataset.store import read_dataset
from esfkit.model.record import Record, Section
from esfkit.output.lists import list_columns
from factories import a_call, a_full_project, a_project
from programs import Invoke, Make, Run

HOSTILE = '=1+1;"a"'
ROUND_TRIP = (
    "project_number",
    "owner_name",
    "owner_org_number",
    "postal_town",
    "country",
    "title",
    "programme_area",
    "specific_objective",
    "intervention_code",
    "total_budget_sek",
    "union_cofinancing_rate",
    "esf_support_sek",
    "summary",
    "period_start",
    "period_end",
    "fund",
    "programme_cci",
)
"""The record's columns that ESF-rådet's list has."""


def an_operation(number: str = "23-017-S01", **values: object) -> Record:
    """Return a project as ESF-rådet's list states it."""
    stated: dict[str, object] = {
        "layout": "esf-list",
        "title": 'Bron, "den stora"',
        "programme_period": "2021-2027",
        "programme_cci": "2021SE05SFPR001",
        "fund": "ESF+",
        "programme_area": "A",
        "specific_objective": "A2A",
        "intervention_code": "136",
        "owner": "UPPSALA KOMMUN",
        "owner_name": "UPPSALA KOMMUN",
        "owner_org_number": "2120003005",
        "postal_town": "UPPSALA",
        "country": "Sverige",
        "period_start": date(2023, 2, 1),
        "period_end": date(2025, 12, 31),
        "total_budget_sek": 4_973_906,
        "esf_support_sek": 1_989_562,
        "union_cofinancing_rate": 0.4,
        "summary": "Femtio unga provar byggets yrken.\nDe får handledare; två var.",
        "sections": (
            Section(
                heading="Sammanfattning engelsk / Summary in english",
                text="Fifty young people.",
            ),
        ),
    }
    return a_project(number, **(stated | values))


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def a_kohesio_project(number: str = "2016/00130", **values: object) -> Record:
    stated: dict[str, object] = {
        "record_id": f"esf:{number}",
        "project_number": number,
        "total_budget_eur": None,
        "esf_support_eur": None,
    }
    return a_full_project(**(stated | values))


# --- ESF-rådet's list -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.tsv"])
def test_esf_radets_list_reads_back_with_the_values_that_it_has(
    name: str, run: Run, dataset: Make, tmp_path: Path
) -> None:
    odd = an_operation("24-006-S01", union_cofinancing_rate=0.6667, esf_support_sek=None)
    path = dataset(an_operation(), odd, an_operation("24-007-S01", title="Utan budget"))
    back = tmp_path / "back.parquet"

    assert run("export", path, "--as", "esf-list", "-o", tmp_path / name).returncode == 0
    assert run("ingest", tmp_path / name, "-o", back).returncode == 0

    before, after = read_dataset(path).collect(), read_dataset(back).collect()
    assert after.select(ROUND_TRIP).to_dicts() == before.select(ROUND_TRIP).to_dicts()
    assert after["sections"].to_list()[0] == before["sections"].to_list()[0]
    assert after["layout"].unique().to_list() == ["esf-list"]


def test_the_english_and_swedish_separators_read_back_alike(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    target, back = tmp_path / "list.csv", tmp_path / "back.parquet"
    path = dataset(an_operation())

    run("export", path, "--as", "esf-list", "--format", "csv-sv", "--lang", "sv", "-o", target)
    run("ingest", target, "-o", back)

    assert target.read_bytes().startswith("\ufeffDiarienummer / Operation ID;".encode())
    before, after = read_dataset(path).collect(), read_dataset(back).collect()
    assert after.select(ROUND_TRIP).equals(before.select(ROUND_TRIP))


def test_a_title_that_looks_like_a_formula_is_harmless_in_csv_and_exact_in_a_workbook(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    path = dataset(an_operation(title=HOSTILE))

    done = run("export", path, "--as", "esf-list", "-o", tmp_path / "list.csv")
    run("export", path, "--as", "esf-list", "-o", tmp_path / "list.xlsx")
    run("ingest", tmp_path / "list.xlsx", "-o", tmp_path / "back.parquet")

    [row] = rows_of(tmp_path / "list.csv")
    assert row["Namn på insatsen / Operation Name"] == f"'{HOSTILE}"
    assert b"formula: 1;" in done.stderr
    [title] = read_dataset(tmp_path / "back.parquet").collect()["title"]
    assert title == HOSTILE


def test_a_list_goes_to_standard_output_as_csv_without_more_ado(
    invoke: Invoke, dataset: Make
) -> None:
    shown = invoke("export", dataset(an_operation()), "--as", "esf-list").stdout

    rows = list(csv.reader(StringIO(shown, newline="")))
    assert rows[0] == [column.heading for column in list_columns("esf-list")]
    assert rows[1][0] == "23-017-S01"
    assert len(rows) == 2


# --- what stands in a list, and what does not -------------------------------------------


def test_only_projects_stand_in_a_list_and_each_of_them_once(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    target = tmp_path / "list.csv"
    again = an_operation(title=None, source_path="again.txt")
    done = run(
        "export", dataset(again, an_operation(), a_call()), "--as", "art49", "-o", target
    )  # fmt: skip

    [row] = rows_of(target)
    assert row["Insatsens kod / Operation code"] == "23-017-S01"
    assert row["Insatsens namn / Operation name"] == 'Bron, "den stora"'
    assert b"Left out as they are no projects: 1." in done.stderr
    assert b"Left out as further observations of the same projects: 1." in done.stderr


def test_empty_columns_are_listed_with_their_reason_and_part_filled_ones_counted(
    run: Run, dataset: Make
) -> None:
    path = dataset(an_operation(), an_operation("24-006-S01", summary=None))

    said = run("export", path, "--as", "art49").stderr.decode()

    assert "art49: 2 of 2 projects written." in said
    assert (
        "       0  Entreprenörens namn / Contractor name: no page or list that esfkit reads "
        "states it" in said
    )
    assert "       0  NUTS-kod / NUTS code: not in the source" in said
    assert "       1  Syfte och förväntade eller uppnådda resultat / Purpose" in said
    assert "Insatsens kod" not in said


def test_the_account_is_given_in_swedish_too(run: Run, dataset: Make) -> None:
    path = dataset(an_operation(union_cofinancing_rate=None), a_full_project())

    said = run("export", path, "--as", "art49", "--lang", "sv").stderr.decode()

    assert "art49: 1 av 2 projekt skrevs." in said
    assert (
        "Avvisade: 1 (esf:2016/00130): hör till programperiod 2014-2020; listan är för "
        "2021-2027." in said
    )
    assert (
        "Rader med programområdets medfinansieringsgrad, eftersom ingen är tryckt: 1 " in said
    )
    assert "står inte i källan" in said


def test_the_day_of_the_list_is_the_one_given(run: Run, dataset: Make, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    arguments = ("export", dataset(a_full_project()), "--as", "annex12", "-o", target)
    heading = "Listan senast uppdaterad / Date of last update of the list"

    without = run(*arguments)
    assert rows_of(target)[0][heading] == ""
    assert f"0  {heading}: give the date with --date".encode() in without.stderr
    run(*arguments, "--date", "2026-11-22")
    assert rows_of(target)[0][heading] == "2026-11-22"


def test_only_the_projects_asked_for_stand_in_a_list(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    target, path = tmp_path / "list.csv", dataset(an_operation(), an_operation("24-006-S01"))

    run("export", path, "--as", "art49", "-o", target, "--limit", "1")
    assert len(rows_of(target)) == 1
    run(
        "export", path, "--as", "art49", "-o", target, "--where",
        "project_number == '24-006-S01'",
    )  # fmt: skip
    assert [row["Insatsens kod / Operation code"] for row in rows_of(target)] == ["24-006-S01"]


def test_nobody_is_found_by_a_contact_person(run: Run, dataset: Make) -> None:
    done = run("export", dataset(), "--as", "annex12", "--where", "email like '%a%'")

    assert done.returncode == 2
    assert b"personal data" in done.stderr


def test_no_records_at_all_give_the_headings_alone(run: Run, dataset: Make) -> None:
    done = run("export", dataset(), "--as", "annex12", "--where", "title == 'x'")

    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 1


# --- Kohesio ----------------------------------------------------------------------------


def test_kohesio_gets_what_it_takes_and_the_rest_is_told(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    target, refused = tmp_path / "kohesio.csv", tmp_path / "refused.jsonl"
    path = dataset(
        a_kohesio_project(),
        a_kohesio_project("2016/00131", union_cofinancing_rate=None),
        a_kohesio_project("2016/00132", intervention_code=None, title=None),
        a_project("2009-3050012", programme_period="2007-2013"),
        an_operation(),
    )
    done = run(
        "export", path, "--as", "kohesio", "-o", target, "--eur", "2016",
        "--refused", refused,
    )  # fmt: skip

    assert done.returncode == 0
    rows = rows_of(target)
    assert [row["Operation_Unique_Identifier"] for row in rows] == ["2016/00130", "2016/00131"]
    assert [row["CoFinancing_Rate"] for row in rows] == ["50.0", "50.0"]
    assert rows[0]["Total_Eligible_Expenditure_amount"] == "5000000"
    assert rows[0]["Total_Eligible_Expenditure_Exchange_Rate"] == "9.4689"
    said = done.stderr.decode()
    assert "kohesio: 2 of 5 projects written." in said
    assert "Refused: 1 (esf:2009-3050012): belongs to programme period 2007-2013" in said
    assert "Rows with the Union rate of their programme area, as none is printed: 1 " in said
    assert (
        "Exchange rate beside kronor, of which none are converted: 9.4689 (2016); ECB" in said
    )
    told = [json.loads(line) for line in refused.read_text().splitlines()]
    assert [(row["record_id"], [each["code"] for each in row["causes"]]) for row in told] == [
        ("esf:2016/00132", ["value_missing", "value_missing"]),
        ("esf:2009-3050012", ["other_period"]),
        ("esf:23-017-S01", ["other_period"]),
    ]
    assert told[0]["causes"][1] == {
        "code": "value_missing",
        "column": "Category_Of_Intervention",
        "message": "has no value for Category_Of_Intervention, which is required",
    }
    assert told[0]["source_path"] == "pages/2016-00130.txt"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            "avg",
            (["9.4689", "9.6351"], "the average of the year in which each project starts"),
        ),
        ("10,5", (["10.5", "10.5"], "converted: 10.5.")),
    ],
)
def test_the_exchange_rate_is_that_of_the_start_or_the_one_given(
    asked: str, expected: tuple[list[str], str], run: Run, dataset: Make, tmp_path: Path
) -> None:
    target = tmp_path / "kohesio.csv"
    later = a_kohesio_project("2016/00131", period_start=date(2017, 1, 1))
    path = dataset(a_kohesio_project(), later)
    done = run("export", path, "--as", "kohesio", "-o", target, "--eur", asked)

    rates, told = expected
    found = [row["Total_Eligible_Expenditure_Exchange_Rate"] for row in rows_of(target)]
    assert found == rates
    assert told.encode() in done.stderr


def test_what_is_no_exchange_rate_is_refused(run: Run, dataset: Make) -> None:
    done = run("export", dataset(), "--as", "kohesio", "--eur", "x")

    assert done.returncode == 2
    assert b"no exchange rate" in done.stderr


def test_a_list_that_nothing_can_stand_in_is_not_written(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    target, refused = tmp_path / "kohesio.csv", tmp_path / "refused.jsonl"
    target.write_text("before")
    done = run(
        "export", dataset(a_kohesio_project()), "--as", "kohesio", "-o", target,
        "--refused", refused,
    )  # fmt: skip

    assert done.returncode == 3
    assert target.read_text() == "before"
    assert b"--eur avg" in done.stderr
    assert b"Nothing was written: of 1 projects none can stand in kohesio." in done.stderr
    assert json.loads(refused.read_text())["causes"][0]["code"] == "no_exchange_rate"


def test_the_first_of_many_refused_are_named(run: Run, dataset: Make) -> None:
    calls = [
        a_project(f"2009-{number:07}", programme_period="2007-2013") for number in range(5)
    ]

    said = run("export", dataset(*calls), "--as", "art49").stderr.decode()

    assert "Refused: 5 (esf:2009-0000000, esf:2009-0000001, esf:2009-0000002, …)" in said


def test_list_and_refused_need_a_file_each(run: Run, dataset: Make, tmp_path: Path) -> None:
    same = tmp_path / "a.csv"
    path = dataset(an_operation())

    for arguments in (("-o", same, "--refused", same), ("--refused", "-")):
        done = run("export", path, "--as", "art49", *arguments)
        assert done.returncode == 2
        assert b"a file each" in done.stderr


# --- workbook and data package ----------------------------------------------------------


def test_a_workbook_holds_the_records_without_personal_data(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    path = dataset()
    for arguments in (("--as", "xlsx", "-o", tmp_path / "b.bin"), ("-o", tmp_path / "b.xlsx")):
        assert run("export", path, *arguments, "--date", "2026-11-22").returncode == 0
    texts = b""
    with ZipFile(tmp_path / "b.xlsx") as book:
        texts = b"".join(book.read(name) for name in book.namelist())

    assert b"esf:2016/00130" in texts
    assert b"Berit" not in texts
    assert (tmp_path / "b.bin").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_data_package_is_written_into_a_folder_or_a_zip_file(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    path = dataset(a_full_project(title=HOSTILE), a_call(postal_code="1"))
    for name in ("package", "package.zip"):
        done = run(
            "export", path, "--as", "datapackage", "-o", tmp_path / name,
            "--date", "2026-11-22",
        )  # fmt: skip
        assert done.returncode == 0
        assert b"since values break it: postal_code: pattern." in done.stderr

    told = json.loads((tmp_path / "package" / "datapackage.json").read_bytes())
    rows = rows_of(tmp_path / "package" / "projects.csv")
    assert told["created"] == "2026-11-22T00:00:00Z"
    assert rows[0]["title"] == HOSTILE
    assert "email" not in rows[0]
    with ZipFile(tmp_path / "package.zip") as archive:
        assert archive.read("datapackage.json") == (
            tmp_path / "package" / "datapackage.json"
        ).read_bytes()  # fmt: skip


def test_a_data_package_may_hold_some_columns_and_records(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    run(
        "export", dataset(a_full_project(), a_call()), "--as", "datapackage",
        "--columns", "record_id,title", "--kind", "project", "-o", tmp_path / "p",
    )  # fmt: skip

    assert rows_of(tmp_path / "p" / "projects.csv") == [
        {"record_id": "esf:2016/00130", "title": "Vägen in"}
    ]


@pytest.mark.parametrize("arguments", [(), ("-o", "-"), ("-o", "package.csv")])
def test_a_data_package_needs_a_place(
    arguments: tuple[str, ...], run: Run, dataset: Make
) -> None:
    done = run("export", dataset(), "--as", "datapackage", *arguments)

    assert done.returncode == 2
    assert b"a folder or a .zip file" in done.stderr


def test_a_folder_of_somebody_else_is_left_alone(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    done = run("export", dataset(), "--as", "datapackage", "-o", folder)

    assert done.returncode == 4
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_an_unknown_export_is_refused_with_the_nearest(run: Run, dataset: Make) -> None:
    done = run("export", dataset(), "--as", "kohesi")

    assert done.returncode == 2
    assert b"Did you mean kohesio?" in done.stderr


def test_a_day_is_refused_where_there_is_no_place_for_it(run: Run, dataset: Make) -> None:
    done = run("export", dataset(), "--as", "csv", "--date", "2026-11-22")

    assert done.returncode == 2
    assert b"--date" in done.stderr


def test_the_format_may_be_named_as_elsewhere(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("export", dataset(), "--format", "jsonl", "--columns", "title").stdout

    assert [json.loads(line) for line in shown.splitlines()] == [
        {"title": "Vägen in"},
        {"title": "Ett"},
    ]
