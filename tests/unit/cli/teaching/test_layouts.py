import json
from pathlib import Path

import pytest

from pages import colon_page
from programs import Harmless, Invoke, Make, Run
from projektbank import bank_page, write_bank


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """Three pages with ``bank.json`` beside them, and five more."""
    write_bank(tmp_path / "bank", "next_line", range(3))
    write_bank(tmp_path / "more", "next_line", range(3, 8))
    return tmp_path


def learn(run: Run, bank: Path, folder: str = "esfkit.d") -> None:
    gold = str(bank / "bank.json")
    done = run("layouts", "learn", bank / "bank", "--gold", gold, "-o", folder)
    assert done.returncode == 0, done.stderr


def test_learning_shows_the_labels_and_how_the_pages_are_read_by_them(
    run: Run, bank: Path
) -> None:
    gold = str(bank / "bank.json")
    done = run("layouts", "learn", bank / "bank", "--gold", gold, "-o", "esfkit.d")

    shown = done.stdout.decode()
    assert "bank: drafted from 3 pages, style next_line\n" in shown
    assert "  owner                        Huvudman  (3 of 3 pages)\n" in shown
    assert "Read without a label of their own: title.\n" in shown
    assert "Tried on the pages: 3 of 3 pages read, all values as given.\n" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert done.stderr.startswith(b"Written to esfkit.d.")


def test_without_a_folder_the_draft_is_only_shown(run: Run, bank: Path) -> None:
    done = run("layouts", "learn", bank / "bank", "--gold", str(bank / "bank.json"))

    assert b'\n--- draft/bank.toml\nname = "bank"\n' in done.stdout
    assert b"Nothing was written." in done.stderr
    assert not (bank / "here" / "draft").exists()


def test_what_was_learned_is_read_by_every_command_here(run: Run, bank: Path) -> None:
    before = run("ingest", str(bank / "more"), "-o", "x.jsonl")
    learn(run, bank)
    run("ingest", str(bank / "more"), "-o", "y.jsonl")
    listed = run("list", str(bank / "more"), "--columns", "layout", "--format", "csv")
    explained = run("explain", str(bank / "more" / "insats-03.txt"))

    here = bank / "here"
    assert b"0 records" in before.stderr
    assert len((here / "y.jsonl").read_text(encoding="utf-8").splitlines()) == 5
    assert listed.stdout.decode().splitlines() == ["layout", *["bank"] * 5]
    assert b"bank" in explained.stdout


@pytest.mark.parametrize("way", ["option", "variable"])
def test_a_folder_elsewhere_is_named_by_option_or_variable(
    run: Run, bank: Path, way: str
) -> None:
    learn(run, bank, "elsewhere")
    option = ("--layouts", "elsewhere") if way == "option" else ()
    env = {"ESFKIT_LAYOUTS": "elsewhere"} if way == "variable" else {}

    listed = run("list", str(bank / "more"), *option, "--columns", "layout", env=env)
    shown = run("layouts", *option, "--format", "csv", env=env)

    assert listed.stdout.decode().splitlines() == ["layout", *["bank"] * 5]
    assert "bank,project,next_line" in shown.stdout.decode()


def test_without_it_nothing_is_taught_any_more(run: Run, bank: Path) -> None:
    learn(run, bank, "elsewhere")
    run("layouts", "--layouts", "elsewhere")

    shown = run("layouts", "--format", "csv")

    assert b"bank" not in shown.stdout


def test_a_taught_layout_is_shown_with_its_labels(run: Run, bank: Path) -> None:
    learn(run, bank)

    shown = run("layouts", "bank").stdout.decode()

    assert "* owner" in shown
    assert "Huvudman" in shown


def test_a_broken_folder_is_told_by_every_command_that_reads_texts(
    run: Run, bank: Path
) -> None:
    learn(run, bank)
    path = bank / "here" / "esfkit.d" / "labels.csv"
    path.write_text(path.read_text().replace("owner,", "ownr,"), encoding="utf-8")

    ingested = run("ingest", str(bank / "more"), "-o", "x.jsonl")
    helped = run("ingest", "--help")
    tested = run("layouts", "test")

    assert ingested.returncode == 2
    assert b"esfkit.d/labels.csv:3: field: " in ingested.stderr
    assert "Did you mean 'owner'?" in ingested.stderr.decode()
    assert helped.returncode == 0
    assert tested.returncode == 1
    assert tested.stdout.startswith(b"esfkit.d/labels.csv:3: field: ")


def test_a_folder_that_is_right_is_told_so(run: Run, bank: Path) -> None:
    learn(run, bank)

    done = run("layouts", "test")

    assert done.returncode == 0
    assert done.stdout == b"esfkit.d: 1 layout, 8 new labels. All is right.\n"


def test_a_test_shows_what_the_layouts_make_of_a_page(run: Run, bank: Path) -> None:
    learn(run, bank)

    shown = run("layouts", "test", str(bank / "more" / "insats-04.txt")).stdout.decode()

    assert "  bank; next best esf-2014-lines\n" in shown
    assert bank_page(4, "next_line")[1]["owner"] in shown
    assert shown.endswith("1 of 1 page read.\n")


def test_a_test_against_given_values_tells_what_differs(run: Run, bank: Path) -> None:
    learn(run, bank)
    gold = bank / "other.json"
    gold.write_text(json.dumps({"insats-04": {"planned_participants": 1}}), encoding="utf-8")
    page = str(bank / "more" / "insats-04.txt")

    done = run("layouts", "test", page, "--gold", str(gold))

    assert done.returncode == 1
    assert "✗  planned_participants: 1 was given," in done.stdout.decode()
    assert "1 value not as given" in done.stdout.decode()


def test_a_test_gives_tables_too(run: Run, bank: Path) -> None:
    learn(run, bank)
    page = str(bank / "more" / "insats-04.txt")

    lines = run("layouts", "test", page, "--format", "csv").stdout.decode().splitlines()

    assert lines[0] == "document,layout,runner_up,line,what,column,value"
    assert any(",read,owner," in line for line in lines)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["esf-call", "kohesio"], "Name one layout"),
        (["learn"], "Name some pages and with --gold"),
        (["learn", "x.txt"], "Name some pages and with --gold"),
        (["test"], "Name a document to test"),
        (["test", "--layouts", "none"], "none: There is no such folder"),
        (["--name", "x"], "--gold and --name belong to"),
    ],
)
def test_words_that_do_not_belong_together_are_refused(
    run: Run, words: list[str], said: str
) -> None:
    done = run("layouts", *words)

    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_pages_that_are_read_already_teach_nothing(run: Run, bank: Path) -> None:
    learn(run, bank)

    gold = str(bank / "bank.json")
    done = run(
        "layouts", "learn", bank / "bank", "--gold", gold, "--name", "x", "-o", "esfkit.d"
    )

    assert done.returncode == 2
    assert b"These pages are read as given already, by bank." in done.stderr


def test_what_was_not_learned_is_told_with_what_the_pages_then_give(
    run: Run, tmp_path: Path
) -> None:
    pages, gold = tmp_path / "pages", {}
    pages.mkdir()
    for number in range(2):
        text = f"Huvudman: Ort {number}\nKvinnor: 60\nMän: 60\n"
        text += f"Insatsens nummer: 2016/0011{number}\n"
        (pages / f"{number}.txt").write_text(text, encoding="utf-8")
        values = {"owner": f"Ort {number}", "project_number": f"2016/0011{number}"}
        gold[str(number)] = {**values, "planned_women": 60}
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")

    done = run("layouts", "learn", pages, "--gold", str(tmp_path / "gold.json"))

    shown = " ".join(done.stdout.decode().split())
    assert "Not found: planned_women: 'Kvinnor', 'Män' stand by its value alike" in shown
    assert "✗ planned_women: 60 was given, nothing read" in shown
    assert "2 of 2 pages read, 2 values not as given." in shown


def test_a_page_that_no_layout_takes_is_told_with_what_the_taught_one_lacks(
    run: Run, bank: Path, tmp_path: Path
) -> None:
    learn(run, bank)
    page = tmp_path / "page.txt"
    page.write_text("Huvudman\nLessebo kommun\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")

    done = run("layouts", "test", page, tmp_path / "empty.txt")

    shown = " ".join(done.stdout.decode().split())
    assert "no record: no group of known labels stands in the text" in shown
    assert "not bank: 1 of its 8 labels begin a line; none for project_number" in shown
    assert b"empty.txt: " in done.stderr


def test_a_hostile_page_is_shown_harmless(
    run: Run, hostile_page: Path, harmless: Harmless
) -> None:
    assert harmless(run("layouts", "test", hostile_page).stdout)


def test_suggestions_are_rows_that_can_be_pasted(run: Run, bank: Path) -> None:
    written = run("labels", "suggest", str(bank / "more"), "-o", "rows.csv")

    rows = (bank / "here" / "rows.csv").read_text(encoding="utf-8").splitlines()
    assert written.returncode == 0
    assert rows[0] == "field,language,label,section,seen,source"
    assert any(row.startswith("period,sv,Genomförs mellan,") for row in rows)


def test_suggestions_show_no_words_that_may_be_a_name(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Handläggare: Tuva Påhittad\nPost: tuva@exempel.se\nSumma: 5 000 kr\n")

    shown = run("labels", "suggest", str(page), "--format", "csv").stdout.decode()
    all_of_it = run("labels", "suggest", str(page), "--format", "csv", "--personal-data")

    assert "Handläggare" in shown
    assert "5 000 kr" in shown
    assert "Tuva" not in shown
    assert "tuva@" not in shown
    assert "Tuva Påhittad" in all_of_it.stdout.decode()


def test_names_by_which_a_telephone_number_stands_are_no_suggestions(
    run: Run, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Eva Påhittad: 0470-12 34 56\nSumman: 5 000 kr\n", encoding="utf-8")

    shown = run("labels", "suggest", str(page), "--format", "table")
    rows = run("labels", "suggest", str(page), "--format", "csv")
    all_of_it = run("labels", "suggest", str(page), "--personal-data")

    assert b"Eva" not in shown.stdout + shown.stderr + rows.stdout + rows.stderr
    assert b"Summan" in shown.stdout
    said = " ".join((shown.stdout + shown.stderr).decode().split())
    assert "1 more may be names of persons: --personal-data shows them." in said
    assert "Eva Påhittad" in all_of_it.stdout.decode()


def test_suggestions_come_from_datasets_too(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    text = colon_page(heading="2016/00999 - Nya vägar")
    page.write_text(text.replace("Region:", "Handläggare:\nEnhet 4\nRegion:"), encoding="utf-8")
    run("ingest", str(page), "-o", "x.parquet")

    shown = run("labels", "suggest", "x.parquet", "--format", "csv").stdout.decode()

    assert ",sv,Handläggare," in shown


def test_lines_that_findings_of_a_dataset_quote_are_suggested(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    text = colon_page(heading="2016/00999 - Nya vägar")
    page.write_text(f"Avdelning: 5 000 kr\n\n{text}", encoding="utf-8")
    run("ingest", str(page), "-o", "x.parquet")

    shown = run("labels", "suggest", "x.parquet", "--format", "table").stdout.decode()

    assert "    1  Avdelning  →  ? " in shown
    assert "'5 000 kr'" in shown
    assert "1 label not known, 1 of them without a field." in shown


def test_where_all_labels_are_known_nothing_is_suggested(run: Run, page: Path) -> None:
    done = run("labels", "suggest", str(page), "--format", "csv")

    assert done.stdout == b"field,language,label,section,seen,source\n"


def test_a_dataset_is_read_as_ever(invoke: Invoke, dataset: Make) -> None:
    assert invoke("list", dataset()).exit_code == 0
