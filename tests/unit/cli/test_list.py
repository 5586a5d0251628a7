import re
from pathlib import Path

import polars as pl
import pytest

from factories import a_full_project, a_project
from programs import Harmless, Invoke, Make, Run


def titles(shown: str) -> list[str | None]:
    titles: list[str | None] = pl.read_csv(shown.encode())["title"].to_list()
    return titles


@pytest.fixture
def many(dataset: Make) -> Path:
    names = {
        "2016/00001": "örn",
        "2016/00002": "Anka",
        "2016/00003": None,
        "2016/00004": "zebra",
    }
    return dataset(
        *(a_project(number, title=name, total_budget_sek=len(number) * place)
          for place, (number, name) in enumerate(names.items()))
    )  # fmt: skip


def test_the_usual_columns_are_listed(invoke: Invoke, many: Path) -> None:
    shown = invoke("list", many, "--format", "csv").stdout

    assert shown.splitlines()[0] == (
        "record_id,title,owner_name,region,period_start,total_budget_sek,esf_support_sek,"
        "planned_participants"
    )


def test_text_is_sorted_as_in_swedish_and_what_is_missing_comes_last(
    invoke: Invoke, many: Path
) -> None:
    up = invoke("list", many, "--sort", "title", "--format", "csv").stdout
    down = invoke("list", many, "--sort", "-title", "--format", "csv").stdout

    assert titles(up) == ["Anka", "zebra", "örn", None]
    assert titles(down) == ["örn", "zebra", "Anka", None]


def test_the_largest_come_first_and_no_more_than_asked_for(invoke: Invoke, many: Path) -> None:
    shown = invoke(
        "list", many, "--sort", "-total_budget_sek", "--limit", "2", "--format", "csv",
    ).stdout  # fmt: skip

    assert titles(shown) == ["zebra", None]


def test_of_a_record_stands_the_observation_that_states_most(
    invoke: Invoke, dataset: Make
) -> None:
    path = dataset(
        a_project("2016/00002", title="Två"),
        a_project("2016/00001", title="Ett"),
        a_project("2016/00001", title="Ett", region="Stockholm"),
        a_project("2016/00000", title="Noll"),
    )

    shown = invoke("list", path, "--format", "table").stdout
    assert "Observations not listed, of records that are: 1" in shown
    csv = invoke("list", path, "--format", "csv").stdout
    assert titles(csv) == ["Två", "Ett", "Noll"]
    assert "Stockholm" in csv
    every = invoke("list", path, "--format", "csv", "--all-observations").stdout
    assert titles(every) == ["Två", "Ett", "Ett", "Noll"]


def test_columns_are_gathered_from_every_option(invoke: Invoke, many: Path) -> None:
    shown = invoke(
        "list", many, "--columns", "title", "--columns", "region,kind", "--format", "csv"
    ).stdout

    assert shown.startswith("title,region,kind\n")


def test_personal_data_is_sorted_and_filtered_by_only_if_asked_for(
    run: Run, dataset: Make
) -> None:
    path = dataset(a_full_project())
    for arguments in (("--sort", "email"), ("--where", "email like 'berit%'")):
        assert run("list", path, *arguments).returncode == 2
        assert run("list", path, *arguments, "--personal-data").returncode == 0
    for command in ("export", "check"):
        assert run(command, path, "--where", "email is null").returncode == 2


def test_columns_come_in_the_order_asked_for(invoke: Invoke, many: Path) -> None:
    shown = invoke("list", many, "--columns", "title,record_id", "--format", "csv").stdout

    assert shown.startswith("title,record_id\n")


@pytest.mark.parametrize(
    "arguments",
    [("--columns", "nocolumn"), ("--sort", "nocolumn"), ("--sort", "findings"),
     ("--columns", "email"), ("--sort", "-email"), ("--where", "phone is null"),
     ("--limit", "-1")],
)  # fmt: skip
def test_what_cannot_be_listed_is_refused(
    arguments: tuple[str, str], run: Run, many: Path
) -> None:
    assert run("list", many, *arguments).returncode == 2


def test_personal_data_is_listed_only_if_asked_for(invoke: Invoke, dataset: Make) -> None:
    shown = invoke(
        "list", dataset(a_full_project()), "--columns", "email", "--personal-data",
        "--format", "csv",
    ).stdout  # fmt: skip

    assert "berit.pahittad@example.se" in shown


def test_a_table_fits_the_terminal_with_headings_in_its_language(
    invoke: Invoke, dataset: Make
) -> None:
    shown = invoke("list", dataset(), "--format", "table", "--lang", "sv").stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert "Startdatum" in shown


def test_below_one_another_the_title_is_repeated(invoke: Invoke, dataset: Make) -> None:
    path = dataset(
        a_project(
            "2016/00001", title="Ett", owner_name="En mycket lång ägares namn", region="S"
        )
    )

    shown = invoke("list", path, "--format", "table").stdout
    assert shown.count("Ett ") == 2
    assert shown.count("esf:2016/00001") == 1


@pytest.fixture
def prose(dataset: Make) -> Path:
    texts = {
        "2016/00001": "Vi söker utrikes födda kvinnor.",
        "2016/00002": "Vi söker invandrarkvinnor, ibland utrikes födda.",
        "2016/00003": "Vi söker män.",
    }
    return dataset(
        *(a_project(number, title=f"Väg {number[-1]}", summary=text, region="Stockholm",
                    owner_name="En mycket lång ägares namn")
          for number, text in texts.items())
    )  # fmt: skip


def test_the_records_that_hold_the_words_are_listed_with_what_was_found(
    invoke: Invoke, prose: Path
) -> None:
    shown = invoke(
        "list", prose, "--search", "utrikes födda kvinnor", "--columns", "title",
        "--format", "csv",
    ).stdout  # fmt: skip

    assert shown.splitlines() == [
        "title,matched",
        "Väg 1,summary: utrikes födda kvinnor",
        'Väg 2,"summary: invandrarkvinnor, utrikes födda"',
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [(("--where", "title == 'Väg 2'"), ["Väg 2"]), (("--kind", "call"), []),
     (("--limit", "1"), ["Väg 1"]), (("--sort", "-title"), ["Väg 2", "Väg 1"]),
     (("--all-observations",), ["Väg 1", "Väg 2"])],
)  # fmt: skip
def test_a_search_goes_with_the_other_choices(
    arguments: tuple[str, ...], found: list[str], invoke: Invoke, prose: Path
) -> None:
    shown = invoke("list", prose, "--search", "kvinnor", *arguments, "--format", "csv").stdout

    assert titles(shown) == found


def test_what_was_found_stands_last_in_every_format(
    invoke: Invoke, prose: Path, tmp_path: Path
) -> None:
    search = ("list", prose, "--search", "invandrarkvinnor", "--columns", "title")

    for form, line in (
        ("tsv", "Väg 2\tsummary: invandrarkvinnor"),
        ("jsonl", '{"title": "Väg 2", "matched": "summary: invandrarkvinnor"}'),
        ("md", "| Väg 2 | summary: invandrarkvinnor |"),
    ):
        assert line in invoke(*search, "--format", form).stdout
    invoke(*search, "-o", tmp_path / "found.parquet")
    found = pl.read_parquet(tmp_path / "found.parquet")
    assert found.rows() == [("Väg 2", "summary: invandrarkvinnor")]


def test_what_was_found_stands_beside_the_title_in_80_columns(
    invoke: Invoke, prose: Path
) -> None:
    shown = invoke(
        "list", prose, "--search", "utrikes kvinnor", "--format", "table", "--lang", "sv"
    ).stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert re.search(r"^Väg 2 +summary: invandrarkvinnor, utrikes$", shown, re.MULTILINE)
    assert "Träffar" in shown


def test_without_a_search_nothing_is_said_of_matches(invoke: Invoke, prose: Path) -> None:
    assert "matched" not in invoke("list", prose, "--format", "csv").stdout


@pytest.mark.parametrize("query", ["", '""', "-män", '"utrikes', "a" * 201])
def test_a_search_for_no_word_is_refused_before_anything_is_read(query: str, run: Run) -> None:
    done = run("list", "nowhere.parquet", "--search", query)

    assert done.returncode == 2
    assert b"query" in done.stderr


def test_nothing_in_a_title_is_obeyed_and_markup_is_printed_as_written(
    run: Run, hostile_page: Path, harmless: Harmless
) -> None:
    for arguments in (("--format", "table"), ("--format", "md")):
        done = run("list", hostile_page, *arguments)

        assert harmless(done.stdout)
        assert harmless(done.stderr)
    assert b"[red]bold[/] [/]" in run("list", hostile_page, "--format", "jsonl").stdout
    wide = run("list", hostile_page, "--columns", "title", "--format", "table")
    assert "[red]" in wide.stdout.decode()
