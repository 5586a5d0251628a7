import csv
import io
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from esfkit.dataset.store import read_dataset
from factories import a_call, a_full_project, a_project
from programs import Harmless, Invoke, Make, Run

NUMBERED = (
    a_project(layout="esf-list", source_path="list.csv", esf_support_sek=2_500_000),
    a_project(
        layout="esf-plus", source_path="page.txt", esf_support_sek=2_000_000, title="=Väg"
    ),
)
DOUBTFUL = tuple(
    a_project(
        name, project_number=None, title=title, owner_name="Arvika kommun", source_sha256=name
    )
    for name, title in (("1", "=Nya vägar, till arbete"), ("2", "=Nya vagar, till arbete"))
)


KEPT_NOWHERE = (
    "Observationer och ursprung skrevs inte. Namnge en fil med -o, eller med --observations "
    "och --origins."
)


def _read(path: Path) -> pl.DataFrame:
    return read_dataset(path).collect()


def _answer(path: Path, answer: str) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "same": answer} for row in rows)


def test_projects_observations_and_origins_are_written(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    data, out = dataset(*NUMBERED, *DOUBTFUL), tmp_path / "out.parquet"
    origins = tmp_path / "out.origins.csv"

    done = run("merge", data, "-o", out)

    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode().splitlines() == [
        "4 observations became 3 projects.",
        "Observations by how they came to their project: number 2, the only one 2.",
        f"Fields on which observations disagree: 1 (disagrees in {origins}).",
        "Doubtful pairs, which stay two: 1 (write them with --review FILE.csv).",
    ]
    assert _read(out)["esf_support_sek"].to_list() == [None, None, 2_500_000]
    assert_frame_equal(_read(data), _read(tmp_path / "out.observations.parquet"))
    disagreeing = pl.read_csv(origins).filter(standing="disagrees")
    assert disagreeing["value"].to_list() == ["2000000"]


def test_the_account_is_told_in_swedish(run: Run, dataset: Make, tmp_path: Path) -> None:
    data = dataset(*NUMBERED, *DOUBTFUL, a_call(), a_call("2015/00202"))

    said = run("merge", data, "--origins", tmp_path / "o.csv", "--lang", "sv").stderr

    assert said.decode().splitlines() == [
        "6 observationer blev 3 projekt, 2 utlysningar.",
        "Observationer efter hur de kom till sitt projekt: nummer 2, den enda 4.",
        f"Fält där observationer säger olika: 1 (disagrees i {tmp_path / 'o.csv'}).",
        "Tveksamma par, som förblir två: 1 (skriv dem med --review FIL.csv).",
        KEPT_NOWHERE,
    ]


def test_a_human_decides_and_the_answers_are_kept(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    data, out, review = dataset(*DOUBTFUL), tmp_path / "o.csv", tmp_path / "doubtful.csv"
    run("merge", data, "-o", out, "--review", review)
    _answer(review, "yes")

    done = run("merge", data, "-o", out, "--review", review, "--decisions", review)

    assert "Decisions: 1 applied." in done.stderr.decode()
    assert _read(out).height == 1
    [row] = csv.DictReader(io.StringIO(review.read_text()))
    assert (row["same"], row["why"]) == ("yes", "like_title")
    again = run("merge", data, "-o", out, "--decisions", review)
    assert again.stderr == done.stderr


def test_an_answer_about_a_changed_text_is_told_and_passed_over(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    out, review = tmp_path / "o.parquet", tmp_path / "doubtful.csv"
    run("merge", dataset(*DOUBTFUL), "-o", out, "--review", review)
    _answer(review, "yes")
    changed = DOUBTFUL[1].model_copy(update={"source_sha256": "3"})

    done = run("merge", dataset(DOUBTFUL[0], changed), "-o", out, "--decisions", review)

    assert "a text under them changed or is not in the data: 1 (p-" in done.stderr.decode()
    assert _read(out).height == 2


def test_no_cell_of_the_review_is_a_formula(run: Run, dataset: Make, tmp_path: Path) -> None:
    review = tmp_path / "doubtful.csv"

    run("merge", dataset(*DOUBTFUL), "-o", tmp_path / "o.parquet", "--review", review)

    [row] = csv.DictReader(io.StringIO(review.read_text()))
    assert {row["a_title"][:2], row["b_title"][:2]} == {"'="}


def test_no_personal_data_stands_beside_the_dataset_unless_asked(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    data, review = dataset(a_full_project()), tmp_path / "r.csv"
    arguments = ("merge", data, "-o", tmp_path / "o.parquet", "--review", review)

    run(*arguments)
    withheld = (tmp_path / "o.origins.csv").read_text() + review.read_text()
    run(*arguments, "--personal-data")

    assert "Påhittad" not in withheld
    assert "Påhittad" in (tmp_path / "o.origins.csv").read_text()


def test_a_pipe_gets_the_projects_alone(run: Run, dataset: Make) -> None:
    done = run("merge", dataset(*NUMBERED))

    assert read_dataset(done.stdout).collect().height == 1
    assert "Observations and origins were not written." in done.stderr.decode()


def test_what_is_merged_is_summed_as_any_dataset(
    invoke: Invoke, run: Run, dataset: Make, tmp_path: Path
) -> None:
    run("merge", dataset(*NUMBERED), "-o", tmp_path / "o.parquet")

    shown = invoke(
        "summary", tmp_path / "o.parquet", "--measures", "support", "--format", "csv"
    )

    assert shown.stdout.splitlines()[1].endswith("1,2500000,1")


def test_a_table_of_precedence_of_ones_own_counts(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    table, out = tmp_path / "own.csv", tmp_path / "o.parquet"
    table.write_text("rank,layout\n1,esf-plus\n2,*\n")

    run("merge", dataset(*NUMBERED), "-o", out, "--precedence", table)

    assert _read(out)["esf_support_sek"].to_list() == [2_000_000]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("-o", "out.txt"), "cannot be written by its suffix"),
        (("-o", "o.parquet", "--origins", "o.parquet"), "need a file each"),
        (("--review", "-"), "need a file each"),
        (("-o", "o.parquet", "--origins", "o.txt"), "Use one of .parquet, .jsonl, .csv, .xlsx"),
        (("-o", "{data}"), "would be written over"),
        (("-o", "o.parquet", "--review", "{data}"), "would be written over"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(
    arguments: tuple[str, ...], complaint: str, run: Run, dataset: Make
) -> None:
    data = dataset(*NUMBERED)
    before = data.read_bytes()

    done = run("merge", data, *(each.format(data=data) for each in arguments))

    assert done.returncode == 2
    assert complaint in done.stderr.decode()
    assert data.read_bytes() == before


def test_decisions_that_are_not_there_are_refused(run: Run, dataset: Make) -> None:
    done = run("merge", dataset(*NUMBERED), "-o", "o.parquet", "--decisions", "nowhere.csv")

    assert done.returncode == 3
    assert "nowhere.csv: cannot be opened (No such file or directory)" in done.stderr.decode()


def test_a_hostile_page_reaches_the_terminal_harmless(
    run: Run, hostile_page: Path, harmless: Harmless
) -> None:
    done = run("merge", hostile_page, "-o", "o\x1b[2J.parquet")

    assert done.returncode == 0
    assert harmless(done.stderr)


def test_a_contacts_name_in_a_title_is_withheld_beside_the_dataset(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    told = {"contact_person": "Berit Påhittad", "source_path": "Berit Påhittad.txt"}
    doubtful = [
        a_project(
            name, project_number=None, title=title, source_sha256=name, owner_name="X", **told
        )
        for name, title in (("1", "Berit Påhittad vägar"), ("2", "Berit Påhittad vagar"))
    ]
    data, review = dataset(*doubtful), tmp_path / "r.csv"
    arguments = ("merge", data, "-o", tmp_path / "o.parquet", "--review", review)

    run(*arguments)
    withheld = [(tmp_path / "o.origins.csv").read_text(), review.read_text()]
    run(*arguments, "--personal-data")

    assert ["Påhittad" in each for each in withheld] == [False, False]
    assert ["[withheld] v" in each for each in withheld] == [True, True]
    assert "Berit Påhittad vägar" in review.read_text()
