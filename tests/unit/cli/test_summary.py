from pathlib import Path
from typing import Any

import polars as pl
import pytest

from esfkit.model.record import ParticipantTarget
from factories import a_call, a_project
from programs import Harmless, Invoke, Make, Run

REGION: dict[str, Any] = {
    "region": "Sydsverige",
    "total_budget_sek": 1_000_000,
    "esf_support_sek": 470_000,
}


def test_a_pipe_gets_csv_with_every_column(run: Run, dataset: Make) -> None:
    done = run("summary", dataset(a_project(**REGION)), "--by", "region")

    heading, row, total = done.stdout.decode().splitlines()
    assert heading.split(",")[:4] == [
        "region", "projects", "total_budget_sek", "total_budget_sek_stated",
    ]  # fmt: skip
    assert row.startswith("Sydsverige,1,1000000,1,470000,1,0.47,1,")
    assert total.startswith("Total,1,")
    assert done.stderr == b""


def test_a_table_fits_the_terminal_and_tells_what_it_leaves_out(
    invoke: Invoke, dataset: Make
) -> None:
    path = dataset(a_project(**REGION), a_project(**REGION), a_call())

    shown = invoke("summary", path, "--by", "region,start_year", "--format", "table").stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert "1,000,000" in shown
    assert "n: how many" in shown
    assert "Not counted: 1 call" in shown
    assert "Observations not counted, of records that are: 1" in shown
    assert "Largest" not in shown  # nobody states it


def test_the_table_speaks_swedish(invoke: Invoke, dataset: Make) -> None:
    shown = invoke(
        "summary", dataset(a_project(**REGION), a_call()), "--by", "region", "--lang", "sv",
        "--format", "table",
    ).stdout  # fmt: skip

    assert "ESF-stöd" in shown
    assert "Summa" in shown
    assert "Total " not in shown
    assert "Räknas inte: 1 utlysning" in shown


def test_records_in_several_places_are_told(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project(municipalities=("Kalmar", "Växjö"), **REGION))

    shown = invoke("summary", path, "--by", "municipality", "--format", "table").stdout
    assert " ".join(shown.split()).count("Their money and participants are only in") == 1


def test_names_of_regions_are_whole_at_80_columns(invoke: Invoke, dataset: Make) -> None:
    figures = {"total_budget_sek": 123_456_789, "esf_support_sek": 111_546_850}
    path = dataset(
        *(
            a_project(
                f"2016/{number:05}", region=region, programme_period="2014-2020", **figures
            )
            for number, region in enumerate(("Östra Mellansverige", "Norra Mellansverige") * 6)
        )
    )

    shown = invoke("summary", path, "--by", "programme_period,region", "--format", "table")
    assert "Östra Mellansverige" in shown.stdout
    assert "…" not in shown.stdout


def test_swedish_headings_stand_in_a_file_for_a_swedish_spreadsheet(
    invoke: Invoke, dataset: Make
) -> None:
    arguments = ("summary", dataset(a_project(**REGION)), "--by", "region", "--lang", "sv")

    swedish = invoke(*arguments, "--format", "csv-sv").stdout
    assert swedish.removeprefix("\ufeff").startswith(
        "Region;Projekt;Total projektbudget;Total projektbudget (n);"
    )
    assert "Total;1;" in swedish
    assert invoke(*arguments, "--format", "csv").stdout.startswith("region,projects,total_bu")


def test_kinds_and_observations_are_counted_as_asked(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project(**REGION), a_project(**REGION), a_call())

    for arguments, count in (
        ((), 1),
        (("--all-observations",), 2),
        (("--kind", "project,call"), 2),
        (("--kind", "practice"), 0),
    ):
        shown = invoke("summary", path, *arguments, "--format", "csv").stdout
        assert pl.read_csv(shown.encode())["projects"].to_list() == [count]


def test_a_condition_chooses_records(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project("2016/00001", **REGION), a_project("2016/00002"))

    shown = invoke("summary", path, "--where", "region = 'Sydsverige'", "--format", "csv")

    assert pl.read_csv(shown.stdout.encode())["projects"].to_list() == [1]


@pytest.mark.parametrize("form", ["csv", "tsv", "csv-sv", "json", "jsonl", "md", "parquet"])
def test_every_format_goes_to_a_file_and_to_a_pipe(
    form: str, run: Run, dataset: Make, tmp_path: Path
) -> None:
    path, target = dataset(a_project(**REGION)), tmp_path / "out"

    run("summary", path, "--by", "region", "--format", form, "-o", target)

    assert (
        run("summary", path, "--by", "region", "--format", form).stdout == target.read_bytes()
    )
    assert target.stat().st_size


@pytest.mark.parametrize(
    "arguments",
    [("--by", "regon"), ("--format", "xls"), ("-o", "out.xls"), ("--kind", "x"),
     ("--where", "region ="), ("--lang", "fi")],
)  # fmt: skip
def test_mistakes_are_told_before_anything_is_read(
    arguments: tuple[str, str], run: Run
) -> None:
    done = run("summary", "nowhere", *arguments)

    assert done.returncode == 2
    assert b"nowhere" not in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_device_takes_csv(run: Run, dataset: Make) -> None:
    assert run("summary", dataset(), "-o", "/dev/null").returncode == 0


def test_a_file_gets_the_form_of_its_suffix(run: Run, dataset: Make, tmp_path: Path) -> None:
    path = dataset(a_project(**REGION))
    run("summary", path, "-o", tmp_path / "s.txt")
    run("summary", path, "-o", tmp_path / "s.md", "--by", "region", "--lang", "sv")

    assert "───" in (tmp_path / "s.txt").read_text(encoding="utf-8")
    assert "| Sydsverige |" in (tmp_path / "s.md").read_text(encoding="utf-8")


# --- what is measured, and how it is arranged

MANY = (
    a_project("1", region="A", title="Ett", esf_support_sek=10, total_budget_sek=600_000),
    a_project("2", region="A", esf_support_sek=30),
    a_project("3", region="B", owner_name="Evil \x1b[31m", esf_support_sek=5),
    a_project("4", region="C"),
    a_project("5", region="C", total_budget_sek=5),
)
SUPPORT = ("--by", "region", "--measures", "support")


def machine(invoke: Invoke, *arguments: str | Path) -> list[tuple[Any, ...]]:
    shown = invoke("summary", *arguments, "--format", "csv").stdout
    return pl.read_csv(shown.encode()).rows()


def test_measures_may_be_given_in_one_list_or_in_several(invoke: Invoke, dataset: Make) -> None:
    path = dataset(*MANY)

    together = invoke("summary", path, "--measures", "support,share.median").stdout
    assert together.splitlines()[0] == (
        "projects,esf_support_sek,esf_support_sek_stated,esf_share_median,esf_share_median_stated"
    )
    apart = invoke(
        "summary", path, "--measures", "support", "--measures", "share.median"
    ).stdout
    assert apart == together


def test_quartiles_tell_once_how_many_they_rest_on(invoke: Invoke, dataset: Make) -> None:
    arguments = ("summary", dataset(*MANY), "--by", "region", "--measures", "support.quartiles")

    shown = invoke(*arguments, "--format", "table").stdout
    assert [line.split() for line in shown.splitlines() if line.startswith("A ")] == [
        ["A", "2", "15", "20", "25", "2"]
    ]
    assert "lower" in shown


def test_groups_are_sorted_cut_and_the_rest_added_up(invoke: Invoke, dataset: Make) -> None:
    path = dataset(*MANY)

    assert machine(invoke, path, *SUPPORT, "--sort", "-support", "--top", "1") == [
        ("A", 2, 40, 2), ("Total", 5, 45, 3),
    ]  # fmt: skip
    assert machine(
        invoke, path, *SUPPORT, "--sort", "-support", "--top", "1", "--other", "--no-totals"
    ) == [("A", 2, 40, 2), ("Other", 3, 5, 1)]
    cut = invoke("summary", path, *SUPPORT, "--top", "1", "--format", "table").stdout
    assert "Groups not shown: 2 (--other adds them up)." in cut


def test_other_and_the_total_are_swedish_in_swedish(invoke: Invoke, dataset: Make) -> None:
    records = [a_project(str(n), owner_name=name) for n, name in enumerate("ABC")]
    records.append(a_project("9", owner_name="Totalförsvaret Other AB"))
    arguments = ("summary", dataset(*records), "--by", "owner_name", "--measures", "projects")

    shown = invoke(
        *arguments, "--sort", "-owner_name", "--top", "2", "--other", "--lang", "sv",
        "--format", "table",
    ).stdout  # fmt: skip
    assert [line.split("  ")[0] for line in shown.splitlines()][2:5] == [
        "Totalförsvaret Other AB", "C", "Övriga",
    ]  # fmt: skip
    assert "Summa" in shown
    assert "Grupper sammanlagda i Övriga: 2." in shown


def test_small_groups_are_kept_from_sight_in_every_format(
    invoke: Invoke, dataset: Make
) -> None:
    path = dataset(*MANY)

    assert machine(invoke, path, *SUPPORT, "--min-projects", "2") == [
        ("C", 2, None, 0), ("Other", 3, 45, 3), ("Total", 5, 45, 3),
    ]  # fmt: skip
    assert machine(invoke, path, *SUPPORT, "--min-projects", "9") == [
        ("Other", 5, None, None), ("Total", 5, None, None),
    ]  # fmt: skip
    shown = invoke("summary", path, *SUPPORT, "--min-projects", "9", "--format", "table").stdout
    assert "45" not in shown


def test_classes_begin_where_they_are_asked_to(invoke: Invoke, dataset: Make) -> None:
    shown = machine(
        invoke, dataset(*MANY), "--by", "budget_class", "--measures", "projects",
        "--edges", "budget_class=6/600k",
    )  # fmt: skip

    assert shown == [("0–5", 1), ("600000+", 1), (None, 3), ("Total", 5)]


def test_parts_stand_beside_their_figures(invoke: Invoke, dataset: Make) -> None:
    path = dataset(*MANY)

    shown = invoke("summary", path, *SUPPORT, "--shares-of", "all", "--format", "table").stdout
    [row] = (line for line in shown.splitlines() if line.startswith("A "))
    assert row.split() == ["A", "2", "40", "2", "88.9%"]
    assert machine(invoke, path, *SUPPORT, "--shares-of", "all")[0] == (
        "A",
        2,
        0.4,
        40,
        2,
        0.8889,
    )


def test_bounds_stand_beside_their_sum_and_are_explained(invoke: Invoke, dataset: Make) -> None:
    path = dataset(MANY[0], MANY[0].model_copy(update={"esf_support_sek": 7, "title": None}))
    arguments = (path, *SUPPORT, "--bounds")

    assert machine(invoke, *arguments)[0] == ("A", 1, 10, 1, 7, 10)
    assert "low: the sum without what a finding doubts" in " ".join(
        invoke("summary", *arguments, "--format", "table").stdout.split()
    )


def test_euro_tells_its_rate_in_files_and_below_tables(invoke: Invoke, dataset: Make) -> None:
    arguments = (dataset(*MANY), *SUPPORT, "--eur", "2")

    told = "In euro at 2 kronor for a euro, the rate that was given."
    assert machine(invoke, *arguments)[0] == ("A", 2, 20.0, 2, told)
    for lang, words in (("en", told), ("sv", "I euro efter 2 kronor per euro")):
        shown = invoke("summary", *arguments, "--lang", lang, "--format", "table").stdout
        assert words in " ".join(shown.split())


def test_what_has_no_rate_is_counted(invoke: Invoke, dataset: Make) -> None:
    shown = invoke(
        "summary", dataset(*MANY), *SUPPORT, "--eur", "avg", "--format", "table"
    ).stdout

    assert "and so not in the sums: 4 records." in " ".join(shown.split())


@pytest.mark.parametrize("arguments", [(), ("--shares-of", "all"), ("--measures", "projects")])
def test_bars_fit_80_columns(arguments: tuple[str, ...], invoke: Invoke, dataset: Make) -> None:
    shown = invoke(
        "summary", dataset(*MANY), "--by", "region", *arguments, "--bars", "--format", "table"
    ).stdout

    assert "█" in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_measure_at_once_fits_80_columns(
    lang: str, invoke: Invoke, dataset: Make
) -> None:
    words = "support.spread,budget.quartiles,share,support_per_participant.spread,days.mean"
    great = a_project("6", region="Östra Mellansverige", esf_support_sek=10**14)

    shown = invoke(
        "summary", dataset(*MANY, great), "--by", "region,fund,start_year", "--measures", words,
        "--lang", lang, "--format", "table",
    ).stdout  # fmt: skip
    assert max(map(len, shown.splitlines())) <= 80
    assert "Östra Mellansverige" in shown


# --- figures that rest on too few, and records that decide


def test_too_little_coverage_exits_1_after_the_table_and_names_the_groups(
    run: Run, dataset: Make, harmless: Harmless
) -> None:
    path = dataset(*MANY, a_project("6", region="B\x1b[31m"))
    done = run("summary", path, *SUPPORT, "--require-coverage", "0.9")

    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[-1] == "Total,6,45,3"
    assert harmless(done.stderr)
    lines = done.stderr.decode().splitlines()
    assert lines[1] == ("esfkit: C: 0 of 2 state esf_support_sek, fewer than 0.9 of them.")
    assert len(lines) == 3


def test_enough_coverage_says_nothing(run: Run, dataset: Make) -> None:
    done = run("summary", dataset(*MANY[:3]), *SUPPORT, "--require-coverage", "1")

    assert (done.returncode, done.stderr) == (0, b"")


def test_what_is_not_stated_has_a_name_among_the_groups(run: Run, dataset: Make) -> None:
    done = run("summary", dataset(a_project("1")), *SUPPORT, "--require-coverage", "1")

    assert done.stderr.startswith(b"esfkit: (not stated): 0 of 1 state esf_support_sek")


def test_euro_that_nobody_states_need_not_be_covered(run: Run, dataset: Make) -> None:
    stated = {"total_budget_sek": 2, "esf_support_sek": 1, "planned_participants": 1}
    targets = (ParticipantTarget(label="x", total=1),)
    path = dataset(a_project("1", participant_targets=targets, **stated))

    done = run("summary", path, "--require-coverage", "1")
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_records_that_decide_are_listed(invoke: Invoke, dataset: Make) -> None:
    path = dataset(*MANY)

    assert machine(invoke, path, *SUPPORT, "--deciding", "1") == [
        ("A", 1, "esf:2", None, None, 30, 0.75),
        ("B", 1, "esf:3", None, "Evil \x1b[31m", 5, 1.0),
    ]
    by_owner = machine(
        invoke, path, "--by", "owner_name", "--measures", "support", "--deciding", "1"
    )
    assert [row[:3] for row in by_owner] == [("Evil \x1b[31m", 1, "esf:3"), (None, 1, "esf:2")]


def test_ids_of_records_that_decide_are_whole_at_80_columns(
    invoke: Invoke, dataset: Make, harmless: Harmless
) -> None:
    path = dataset(
        a_project(
            "2016/00130", region="Östra Mellansverige", title="En väg in i arbetslivet" * 4,
            owner_name="Arbetsmarknadsförvaltningen \x1b[31m", esf_support_sek=123_456_789,
        )
    )  # fmt: skip
    shown = invoke("summary", path, *SUPPORT, "--deciding", "3", "--format", "table").stdout

    assert "esf:2016/00130" in shown
    assert "123,456,789" in shown
    assert harmless(shown.encode())
    assert max(map(len, shown.splitlines())) <= 80


def test_records_that_decide_in_euro_tell_the_rate(invoke: Invoke, dataset: Make) -> None:
    arguments = (dataset(*MANY), *SUPPORT, "--deciding", "1", "--eur", "10")

    assert machine(invoke, *arguments)[0][-1].startswith("In euro at 10 kronor")
    assert "In euro at 10 kronor" in invoke("summary", *arguments, "--format", "table").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--measures", "suport"), b"Did you mean support"),
        (("--measures", "support.medain"), b"Did you mean median"),
        (("--by", "region", "--sort", "-budgt"), b"cannot be sorted by"),
        (("--by", "region", "--edges", "budget_class=x"), b"no whole number"),
        (("--by", "region", "--other"), b"Other than what"),
        (("--by", "region", "--shares-of", "row"), b"two keys"),
        (("--top", "3"), b"nothing to arrange"),
        (("--eur", "0"), b"no exchange rate"),
        (("--eur", "1999"), b"only for"),
        (("--bounds", "--all-observations"), b"count each record once"),
        (("--deciding", "1", "--measures", "share"), b"of a sum only"),
        (("--require-coverage", "1", "--measures", "projects"), b"no figure"),
    ],
)
def test_wishes_that_cannot_be_met_are_refused_in_one_line(
    arguments: tuple[str, ...], told: bytes, run: Run, dataset: Make
) -> None:
    done = run("summary", dataset(*MANY), *arguments)

    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments", [("--top", "0"), ("--min-projects", "-1"), ("--require-coverage", "1.1"),
                  ("--deciding", "0"), ("--shares-of", "region")],
)  # fmt: skip
def test_numbers_out_of_range_are_refused(
    arguments: tuple[str, str], run: Run, dataset: Make
) -> None:
    assert run("summary", dataset(*MANY), "--by", "region", *arguments).returncode == 2
