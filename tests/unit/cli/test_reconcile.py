import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from factories import a_project
from lists import Operation, a_page_of, esf_list, operations
from programs import Invoke, Make, Run

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
GONE_HERE = (4, 17)
GONE_THERE = (8, 9, 30)
TOTALS = """period,region,area,measure,value,unit,as_of
2021-2027,all,all,projects_granted,38,projects,2024-03
2021-2027,SE33,all,total_budget_sek,1,MSEK,2024-03
2021-2027,all,all,participants_started,72700,persons,2024-03
"""


@pytest.fixture
def pages(dataset: Make) -> Path:
    """Pages of 40 projects but two, with support of EU and state."""
    rows = operations(40)
    kept = [row for at, row in enumerate(rows) if at not in GONE_HERE]
    return dataset(*(a_page_of(row, esf_support_sek=600_000) for row in kept))


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """ESF-rådet's list of the same 40 but three, with differences planted."""

    def written(name: str = "list.csv") -> Path:
        rows: list[Operation] = [{**row, "eu_support": 400_000} for row in operations(40)]
        rows[1]["total_budget_sek"] += 2
        rows[2]["total_budget_sek"] += 1  # within the tolerance
        rows[3]["title"] = "Ett annat namn"
        rows[5]["period_end"] = rows[5]["period_start"]
        rows[6]["project_number"] = ""
        path = tmp_path / name
        kept = [row for at, row in enumerate(rows) if at not in GONE_THERE]
        path.write_text(esf_list(kept), encoding="utf-8")
        return path

    return written


@pytest.fixture
def named(pages: Path, listed: Callable[..., Path], tmp_path: Path) -> dict[str, Path]:
    contents = {
        "TOTALS": TOTALS.encode(),
        "LATIN": TOTALS.replace("SE33", "Övre Norrland").encode("latin-1"),
        "PROSE": b"hej\n",
    }
    written = {"DATA": pages, "LIST": listed()}
    for name, content in contents.items():
        written[name] = tmp_path / f"{name}.csv"
        written[name].write_bytes(content)
    return written


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_all_that_is_planted_in_an_official_list_is_found_and_nothing_invented(
    invoke: Invoke, pages: Path, listed: Callable[..., Path]
) -> None:
    rows = rows_of(invoke("reconcile", pages, "--with", listed(), "--format", "csv").stdout)

    numbers = [row["project_number"] for row in operations(40)]
    by_status: dict[str, list[str]] = {}
    for row in rows:
        by_status.setdefault(row["status"], []).append(row["project_number"])
    assert sorted(by_status["missing_here"]) == [numbers[at] for at in GONE_HERE]
    assert sorted(by_status["missing_there"]) == [numbers[at] for at in GONE_THERE]
    assert sorted(by_status["differing"]) == [numbers[at] for at in (1, 3, 5)]
    assert len(by_status["matched"]) == 40 - 2 - 3 - 3
    assert {row["differences"].split(":")[0] for row in rows} == {
        "", "total_budget_sek", "title", "period_end"
    }  # fmt: skip
    named = [row for row in rows if row["matched_by"] == "title_owner_period"]
    assert [row["project_number"] for row in named] == [numbers[6]]
    assert {row["other_measure"] for row in rows if row["status"] == "matched"} == {
        "esf_support_sek"
    }


def test_a_terminal_sees_groups_gaps_and_differences(
    invoke: Invoke, pages: Path, listed: Callable[..., Path]
) -> None:
    shown = invoke("reconcile", pages, "--with", listed(), "--format", "table").stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert "Missing here: 2 (list.csv)" in shown
    assert "Missing there: 3 (list.csv)" in shown
    assert "    - Total budget: 1,001,000 here, 1,001,002 there" in shown
    assert "Not compared: the support of 35 matched projects." in shown
    assert "data.parquet holds 38 projects, list.csv 37, both 35 (2021-2027)." in shown
    assert "four assumptions" in shown


def test_people_are_told_in_swedish(
    invoke: Invoke, pages: Path, listed: Callable[..., Path]
) -> None:
    shown = invoke(
        "reconcile", pages, "--with", listed(), "--format", "table", "--lang", "sv"
    ).stdout

    assert "Saknas här: 2 (list.csv)" in shown
    assert "    - Total projektbudget: 1\xa0001\xa0000 här, 1\xa0001\xa0002 där" in shown
    assert "fyra antaganden" in shown


def test_groups_are_a_table_of_their_own(
    invoke: Invoke, pages: Path, listed: Callable[..., Path]
) -> None:
    done = invoke(
        *("reconcile", pages, "--with", listed(), "--show", "groups", "--by", "programme_area"),
        *("--format", "csv"),
    )

    rows = rows_of(done.stdout)
    assert [row["programme_area"] for row in rows] == ["A", "B", "Total"]
    assert (rows[2]["matched"], rows[2]["missing_there"]) == ("32", "3")
    assert int(rows[0]["projects_here"]) + int(rows[1]["projects_here"]) == 38


def test_only_the_statuses_asked_for_are_listed(
    invoke: Invoke, pages: Path, listed: Callable[..., Path]
) -> None:
    done = invoke(
        "reconcile", pages, "--with", listed(), "--status", "differing", "--format", "jsonl"
    )

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["status"] for row in rows] == ["differing"] * 3
    assert rows[0]["differences"] == [
        {"field": "total_budget_sek", "here": "1001000", "there": "1001002"}
    ]


def test_a_tolerance_lets_differences_pass(
    invoke: Invoke, pages: Path, listed: Callable[..., Path]
) -> None:
    done = invoke(
        *("reconcile", pages, "--with", listed(), "--tolerance", "0.5%"),
        *("--status", "differing", "--format", "csv"),
    )

    assert len(rows_of(done.stdout)) == 2


def test_two_lists_are_held_against_each_other_too(
    invoke: Invoke, pages: Path, listed: Callable[..., Path], tmp_path: Path
) -> None:
    other = tmp_path / "other" / "list.csv"
    other.parent.mkdir()
    other.write_bytes(listed().read_bytes())

    done = invoke(
        *("reconcile", pages, "--with", listed(), "--with", other),
        *("--show", "estimate", "--format", "csv", "--lang", "sv"),
    )

    rows = rows_of(done.stdout)
    assert [(row["first"], row["second"]) for row in rows] == [
        ("list.csv", "list.csv (2)"),
        ("data.parquet", "list.csv"),
        ("data.parquet", "list.csv (2)"),
    ]
    assert rows[0]["refused"] == "same_layout"
    assert "inte oberoende" in rows[0]["reason"]
    assert (rows[1]["n1"], rows[1]["n2"], rows[1]["both"]) == ("38", "37", "35")


def test_a_period_that_one_side_lacks_is_told(
    invoke: Invoke, listed: Callable[..., Path], dataset: Make
) -> None:
    data = dataset(a_project("2016/00001", programme_period="2014-2020"))

    shown = invoke("reconcile", data, "--with", listed(), "--format", "md").stdout

    assert "list.csv holds no project of 2014-2020" in shown
    assert "The data hold no project of 2021-2027" in shown


def test_where_chooses_among_what_was_matched(
    invoke: Invoke, pages: Path, listed: Callable[..., Path]
) -> None:
    done = invoke(
        *("reconcile", pages, "--with", listed(), "--where", "region == 'Stockholm'"),
        *("--format", "csv"),
    )

    rows = rows_of(done.stdout)
    assert {row["region"] for row in rows} == {"Stockholm"}
    assert [row["status"] for row in rows].count("missing_there") == 1
    assert "missing_here" not in {row["status"] for row in rows}


def test_the_fixture_of_the_list_matches_itself(invoke: Invoke) -> None:
    path = LISTS / "esf-list" / "bilingual.csv"

    done = invoke("reconcile", path.parent, "--with", path, "--format", "csv")

    assert {row["status"] for row in rows_of(done.stdout)} <= {"matched", "missing_there"}
    assert "missing_here" not in done.stdout


def test_published_totals_are_told_by_their_headings(
    invoke: Invoke, pages: Path, tmp_path: Path
) -> None:
    path = tmp_path / "totals.csv"
    path.write_text(TOTALS, encoding="utf-8")

    rows = rows_of(invoke("reconcile", pages, "--with", path, "--format", "csv").stdout)
    shown = invoke("reconcile", pages, "--with", path, "--format", "table").stdout

    assert [row["status"] for row in rows] == ["agrees", "differs", "not_comparable"]
    assert "Not comparable: participants_started (1): counts those who have" in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "--with LIST.csv"),
        (("--with", "none.csv"), 3, "none.csv"),
        (("--with", "LIST", "--tolerance", "much"), 2, "The tolerance is"),
        (("--with", "LIST", "--status", "gone"), 2, "There is no status 'gone'"),
        (("--with", "LIST", "--by", "colour"), 2, "'colour'"),
        (("--with", "LIST", "--where", "email == 'a'"), 2, "personal data"),
        (("--with", "LIST", "--with", "LIST", "--with", "LIST"), 2, "At most 2 lists"),
        (("--with", "LIST", "--with", "TOTALS"), 2, "holds published totals"),
        (("--with", "TOTALS", "--show", "groups"), 2, "totals have none"),
        (("--with", "LATIN"), 3, "is not UTF-8"),
        (("--with", "PROSE"), 3, "no project in it"),
    ],
)
def test_a_mistake_is_refused(
    arguments: tuple[str, ...], code: int, said: str, run: Run, named: dict[str, Path]
) -> None:
    done = run("reconcile", named["DATA"], *(named.get(each, each) for each in arguments))

    assert done.returncode == code
    assert said in done.stderr.decode()


def test_what_a_list_says_is_harmless_on_a_terminal(
    invoke: Invoke, dataset: Make, hostile_text: str
) -> None:
    data = dataset(a_project("1"), name="one.parquet")
    other = dataset(a_project("2", title=hostile_text), name="two.parquet")

    shown = invoke("reconcile", data, "--with", other, "--format", "table").stdout

    assert "Evil" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_contacts_name_in_a_title_is_withheld_after_matching(run: Run, dataset: Make) -> None:
    told = {"title": "Berit Påhittad provar", "owner_name": "Berit Påhittad AB"}
    data = dataset(a_project("1", contact_person="Berit Påhittad", **told), name="one.parquet")
    other = dataset(
        a_project("1", **told | {"title": "Berit Påhittad och andra"}),
        a_project("2", project_number=None, **told),
        name="two.parquet",
    )

    arguments = ("reconcile", data, "--with", other, "--by", "owner_name,organisation")
    for show in ("--format=csv", "--format=json", "--show=groups", "--format=table"):
        said = run(*arguments, show).stdout.decode()
        assert "Påhittad" not in said
        assert "[withheld]" in said
