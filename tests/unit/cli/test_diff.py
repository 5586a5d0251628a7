import csv
import io
import json
import shutil
from pathlib import Path

import pytest

import esfkit
from esfkit.dataset.store import read_dataset
from esfkit.model.record import Record
from factories import a_call, a_full_project, a_project
from pages import colon_page
from programs import Make, Run

Row = dict[str, str]


def write_page(path: Path, number: int, **values: str) -> None:
    told = {"project_number": f"2016/{number:05}", "title": f"Väg {number}", **values}
    path.write_text(colon_page(**told), encoding="utf-8")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "sidor"
    folder.mkdir()
    for number in range(10):
        write_page(folder / f"{number}.txt", number)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "projects.parquet"


def rows_in(output: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(output.decode())))


def told_of(rows: list[Row]) -> set[tuple[str, str, str, str, str, str]]:
    names = ("change", "record_id", "field", "old", "new", "cause")
    return {tuple(row[name] for name in names) for row in rows}  # type: ignore[misc]  # six names


@pytest.fixture
def other_rules(tmp_path: Path) -> dict[str, str]:
    """The environment in which esfkit knows one label more: a copy of the package."""
    package = Path(esfkit.__file__).parent
    copy = tmp_path / "other" / "esfkit"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    labels = copy / "vocabulary" / "data" / "labels.csv"
    row = "phase,sv,Projektets gång,,50,a page of the test\n"
    with labels.open("a", encoding="utf-8") as file:
        file.write(row)
    return {"PYTHONPATH": str(copy.parent)}


def test_a_diff_tells_exactly_what_changed_and_why(
    pages: Path, data: Path, spawn: Run, other_rules: dict[str, str], tmp_path: Path
) -> None:
    for number in (4, 5):
        path = pages / f"{number}.txt"
        words = path.read_text(encoding="utf-8")
        said = words.replace("Projektperiod:", "Projektets gång:\nGenomförande\nProjektperiod:")
        path.write_text(said, encoding="utf-8")
    first = spawn("ingest", pages, "--update", "-o", data, "--date", "2025-03-01")
    assert first.returncode == 0, first.stderr

    # Three documents change, one is removed, two are added; one of the three has the label.
    write_page(pages / "0.txt", 0, esf_support="900 000")
    write_page(pages / "1.txt", 1, region="Stockholm")
    words = (pages / "4.txt").read_text(encoding="utf-8")
    (pages / "4.txt").write_text(words.replace("1 200 000", "1 500 000"), encoding="utf-8")
    (pages / "2.txt").unlink()
    write_page(pages / "10.txt", 10)
    write_page(pages / "11.txt", 11)
    account = tmp_path / "account.json"
    arguments = ("ingest", pages, "--update", "-o", data, "--account", account)
    second = spawn(*arguments, env=other_rules)
    assert second.returncode == 0, second.stderr

    assert json.loads(account.read_bytes())["update"] == {
        "files": 11,
        "files_read": 11,  # another rule: everything is read again
        "unchanged": 5,
        "source": 3,
        "reading": 1,
        "added": 2,
        "moved": 0,
        "vanished": 1,
        "unreadable": 0,
    }
    found = spawn("diff", data, "--format", "csv")
    assert told_of(rows_in(found.stdout)) == {
        ("added", "esf:2016/00010", "", "", "", "source"),
        ("added", "esf:2016/00011", "", "", "", "source"),
        ("gone", "esf:2016/00002", "", "", "", "source"),
        ("changed", "esf:2016/00000", "esf_support_sek", "800000", "900000", "source"),
        ("changed", "esf:2016/00000", "esf_share", "0.6666666666666666", "0.75", "source"),
        ("changed", "esf:2016/00001", "region", "Övre Norrland", "Stockholm", "source"),
        ("changed", "esf:2016/00001", "region_code", "SE33", "SE11", "source"),
        ("changed", "esf:2016/00004", "total_budget_sek", "1200000", "1500000", "source"),
        (
            "changed",
            "esf:2016/00004",
            "esf_share",
            "0.6666666666666666",
            "0.5333333333333333",
            "source",
        ),
        # Its text changed too, and nobody can tell whether the label stood there before.
        ("changed", "esf:2016/00004", "phase", "", "Genomförande", "unclear"),
        ("changed", "esf:2016/00005", "phase", "", "Genomförande", "reading"),
    }


def test_by_the_same_rules_only_what_changed_is_read(
    pages: Path, data: Path, run: Run, tmp_path: Path
) -> None:
    run("ingest", pages, "--update", "-o", data)
    write_page(pages / "0.txt", 0, esf_support="900 000")
    (pages / "2.txt").unlink()
    write_page(pages / "10.txt", 10)
    account = tmp_path / "account.json"

    done = run("ingest", pages, "--update", "-o", data, "--account", account)
    told = json.loads(account.read_bytes())
    assert told["ingest"] == 2
    assert told["documents"] == told["update"]["files_read"] == 2
    assert told["update"]["unchanged"] == 8
    assert "ingest 2: 2 of 10 files read; 8 unchanged" in done.stderr.decode()
    assert "1 with another text · 1 new · 1 gone" in done.stderr.decode().replace("\n ", "")
    assert read_dataset(data).collect().height == 10


def test_money_is_told_before_and_after_with_what_moved_it(
    pages: Path, data: Path, run: Run
) -> None:
    run("ingest", pages, "--update", "-o", data)
    write_page(pages / "0.txt", 0, region="Stockholm")
    write_page(pages / "1.txt", 1, esf_support="900 000")
    (pages / "2.txt").unlink()
    run("ingest", pages, "--update", "-o", data)

    rows = rows_in(run("diff", data, "--by", "region", "--format", "csv").stdout)
    columns = ("region", "projects_before", "projects_after", "esf_support_sek_before")
    more = ("esf_support_sek_by_source", "esf_support_sek_by_reading", "esf_support_sek_after")
    assert [tuple(row[name] for name in (*columns, *more)) for row in rows] == [
        ("Stockholm", "0", "1", "", "800000", "0", "800000"),
        ("Övre Norrland", "10", "8", "8000000", "-1500000", "0", "6500000"),
        ("Total", "10", "9", "8000000", "-700000", "0", "7300000"),
    ]


def test_people_read_money_in_their_own_words(dataset: Make, run: Run) -> None:
    old, new = dataset(name="a.parquet"), dataset(a_full_project(), name="b.parquet")

    done = run("diff", old, new, "--by", "region", "--format", "md", "--lang", "sv")
    lines = done.stdout.decode().splitlines()
    assert "| ESF-stöd, före | ESF-stöd, källan | ESF-stöd, läsningen |" in lines[0]
    assert "| Projekt, före |" in lines[0]
    assert lines[-1].startswith("| Summa | 2 |")


def test_money_by_group_says_what_it_does_not_count(dataset: Make, run: Run) -> None:
    def observed_twice(support: int) -> tuple[Record, ...]:
        more = {"esf_support_sek": 100, "region": "Stockholm", "title": "Väg"}
        again = {"esf_support_sek": support, "source_path": "z.txt"}
        return a_project("1", **more), a_project("1", **again), a_call(call_amount_sek=support)

    old = dataset(*observed_twice(100), name="old.parquet")
    new = dataset(*observed_twice(130), name="new.parquet")
    arguments = ("diff", old, new, "--by", "region", "--format", "md")

    assert run("diff", old, new).stdout.count(b"changed") == 2
    once = run(*arguments).stdout.decode()
    assert "Observations not counted, of records that are: 1 (--all-observations" in once
    assert "Each record counts once here, by the observation that states most; " in once
    assert "Changed records of other kinds, which are not counted (--kind): 1." in once
    every = run(*arguments, "--all-observations", "--kind", "project,call").stdout.decode()
    assert "not counted" not in every
    assert "Each record counts once" not in every


def test_all_observations_are_told_without_a_group_anyway(dataset: Make, run: Run) -> None:
    done = run("diff", dataset(), dataset(name="b.parquet"), "--all-observations")

    assert done.returncode == 2
    assert "--by" in done.stderr.decode()


def test_two_datasets_without_history_are_compared(dataset: Make, run: Run) -> None:
    old = dataset(a_full_project(), a_project("2016/00001"), name="old.parquet")
    changed = a_full_project(esf_support_sek=3_000_000)
    new = dataset(changed, a_project("2016/00002"), name="new.parquet")

    rows = told_of(rows_in(run("diff", old, new, "--format", "csv").stdout))
    assert rows == {
        ("added", "esf:2016/00002", "", "", "", "unclear"),
        ("gone", "esf:2016/00001", "", "", "", "unclear"),
        ("changed", "esf:2016/00130", "esf_support_sek", "3350000", "3000000", "reading"),
    }


def test_personal_values_are_told_without_their_words(dataset: Make, run: Run) -> None:
    old = dataset(a_full_project(), name="old.parquet")
    new = dataset(a_full_project(email="ny@example.se", phone=None), name="new.parquet")

    for form in ("csv", "json", "table", "md"):
        said = run("diff", old, new, "--format", form).stdout.decode()
        assert "withheld" in said
        assert "@" not in said
        assert "0470" not in said
    rows = told_of(rows_in(run("diff", old, new, "--format", "csv", "--personal-data").stdout))
    assert {row[2:5] for row in rows} == {
        ("email", "berit.pahittad@example.se", "ny@example.se"),
        ("phone", "0470-000 00", ""),
    }


def test_people_read_the_changes_by_record(dataset: Make, run: Run) -> None:
    old = dataset(a_full_project(), name="old.parquet")
    changed = a_full_project(esf_support_sek=3_000_000, summary="Vi provar ett nytt sätt att.")
    new = dataset(changed, name="new.parquet")

    lines = run("diff", old, new, "--format", "table", "--lang", "sv").stdout.decode()
    assert lines.splitlines()[:3] == [
        "ändrad    esf:2016/00130  Vägen in",
        "  ESF-stöd                   3\xa0350\xa0000 → 3\xa0000\xa0000  läsningen",
        "  Sammanfattning             …ar ett nytt arbe… → …ar ett nytt sätt…  läsningen",
    ]


def test_a_page_of_changes_has_them_in_words(dataset: Make, run: Run) -> None:
    old = dataset(a_full_project(), name="old.parquet")
    changed = a_full_project(esf_support_sek=None, strategic_importance=True)
    new = dataset(changed, a_project("2016/00001"), name="new.parquet")

    page = run("diff", old, new, "--format", "md", "--lang", "sv").stdout.decode()
    assert page.splitlines()[2:5] == [
        "| ny | esf:2016/00001 | (ej angivet) |  |  |  | oklart |",
        (
            "| ändrad | esf:2016/00130 | Vägen in | ESF-stöd | 3\xa0350\xa0000 | (ej angivet) "
            "| läsningen |"
        ),
        "| ändrad | esf:2016/00130 | Vägen in | Strategisk betydelse | nej | ja | läsningen |",
    ]


def test_hostile_words_are_harmless_on_a_screen(
    dataset: Make, run: Run, hostile_text: str, harmless: object
) -> None:
    old = dataset(a_full_project(), name="old.parquet")
    new = dataset(a_full_project(title=hostile_text), name="new.parquet")

    assert callable(harmless)
    assert harmless(run("diff", old, new, "--format", "table").stdout)


def test_what_did_not_change_is_told_and_is_no_failure(dataset: Make, run: Run) -> None:
    data = dataset()

    done = run("diff", data, data, "--format", "table", "--fail-on-change")
    assert (done.returncode, done.stdout) == (0, b"Nothing changed.\n")


def test_a_change_fails_where_it_is_asked_to(dataset: Make, run: Run) -> None:
    old, new = dataset(name="a.parquet"), dataset(a_full_project(), name="b.parquet")

    assert run("diff", old, new).returncode == 0
    assert run("diff", old, new, "--fail-on-change").returncode == 1


def test_only_the_kinds_asked_for_are_compared(dataset: Make, run: Run) -> None:
    old, new = dataset(name="a.parquet"), dataset(a_full_project(), name="b.parquet")

    assert rows_in(run("diff", old, new, "--kind", "call", "--format", "csv").stdout) == []


def test_the_ingests_of_a_dataset_are_listed(pages: Path, data: Path, run: Run) -> None:
    run("ingest", pages, "--update", "-o", data, "--date", "2025-03-01")
    run("ingest", pages, "--update", "-o", data)

    rows = rows_in(run("diff", data, "--ingests", "--format", "csv").stdout)
    assert [(row["number"], row["date"], row["files_read"]) for row in rows] == [
        ("1", "2025-03-01", "10"),
        ("2", "", "0"),
    ]
    assert {len(row["rules"]) for row in rows} == {12}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "2", "--to", "1"], "name the earlier ingest first"),
        (["--from", "9"], "no ingest 9"),
        (["--to", "1"], "is the first of the dataset"),
        (["projects.parquet", "--ingests"], "Leave NEW out"),
        (["--by", "regoin"], "Did you mean region"),
    ],
)
def test_a_moment_that_is_none_is_refused(
    pages: Path, data: Path, run: Run, arguments: list[str], said: str
) -> None:
    run("ingest", pages, "--update", "-o", data)
    run("ingest", pages, "--update", "-o", data)

    done = run("diff", data, *arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()


@pytest.mark.parametrize("arguments", [[], ["--ingests"]])
def test_one_dataset_without_history_is_refused(
    dataset: Make, run: Run, arguments: list[str]
) -> None:
    done = run("diff", dataset(), *arguments)

    assert done.returncode == 2
    assert "no history" in done.stderr.decode()


def test_standard_input_is_refused(dataset: Make, run: Run) -> None:
    assert run("diff", "-", dataset()).returncode == 2


def test_a_contacts_name_in_a_title_is_withheld(dataset: Make, run: Run) -> None:
    old = a_full_project(title="Berit Påhittad provar", source_path="Berit Påhittad.txt")
    new = a_project(title="Berit Påhittad fortsätter", source_path="Berit Påhittad.txt")
    both = dataset(old, name="old.parquet"), dataset(new, name="new.parquet")

    for form in ("csv", "json", "table", "md"):
        assert "Påhittad" not in run("diff", *both, "--format", form).stdout.decode()
    said = run("diff", *both, "--format", "csv").stdout
    [title] = [row for row in rows_in(said) if row["field"] == "title"]
    assert (title["old"], title["new"]) == ("[withheld] provar", "[withheld] fortsätter")
    assert (
        "Berit Påhittad fortsätter"
        in run("diff", *both, "--format", "csv", "--personal-data").stdout.decode()
    )
