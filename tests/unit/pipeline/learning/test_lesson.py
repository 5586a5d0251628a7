"""A layout taught from three pages reads twenty more of its kind without an error."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from esfkit.layouts.folder import read_folder
from esfkit.layouts.taught import NOTHING, in_force, teach
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.model.record import Record
from esfkit.pipeline import Account, Rejected, parse
from esfkit.pipeline.engine import InProcess
from esfkit.pipeline.job import job_of
from esfkit.pipeline.learning.gold import is_same, read_gold
from esfkit.pipeline.learning.lesson import Lesson, learn, save
from esfkit.pipeline.processes import Processes
from esfkit.pipeline.receipts import rules_hash
from esfkit.pipeline.run import Run, outcomes
from esfkit.sources import DEFAULT_LIMITS
from projektbank import STYLES, bank_page, write_bank

FIXTURES = Path(__file__).parents[3] / "fixtures" / "layouts"
THREE, TWENTY = range(3), range(3, 23)

each_style = pytest.mark.parametrize("style", STYLES)


def lesson_of(tmp_path: Path, style: str, folder: Path | None = None) -> Lesson:
    pages = tmp_path / "three"
    write_bank(pages, style, THREE)
    return learn([str(pages)], read_gold(tmp_path / "three.json"), "projektbank", folder)


def states(record: Record, values: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    """The columns that are not as given: what was given and what was read."""
    return {
        column: (given, read)
        for column, given in values.items()
        for read in [getattr(record, column)]
        if (read is None) != (given is None) or (read is not None and not is_same(read, given))
    }


@each_style
def test_the_pages_are_unknown_before_they_are_taught(style: str) -> None:
    results = [parse(bank_page(number, style)[0]) for number in (*THREE, *TWENTY)]

    assert [result.records for result in results] == [()] * 23


@each_style
def test_three_pages_teach_to_read_twenty_more_without_an_error(
    tmp_path: Path, style: str
) -> None:
    teach(lesson_of(tmp_path, style).taught)

    for number in TWENTY:
        text, values = bank_page(number, style)
        [record] = parse(text).records
        assert states(record, values) == {}, number
        assert record.layout == "projektbank"


@each_style
def test_nothing_is_invented_on_the_twenty(tmp_path: Path, style: str) -> None:
    teach(lesson_of(tmp_path, style).taught)

    for number in TWENTY:
        text, values = bank_page(number, style)
        [record] = parse(text).records
        read = {each.field for each in record.provenance}
        stated = {column for column, value in values.items() if value is not None}
        region = {"region_code"} & read
        assert read - {"summary"} - region == stated, number
        assert [each.code for each in record.findings if each.severity == "error"] == []


def test_what_is_drafted_is_written_and_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "esfkit.d"

    lesson = lesson_of(tmp_path, "next_line", folder)
    save(lesson)

    assert {path.name for path in folder.iterdir()} == {
        *("projektbank.toml", "labels.csv", "sure_words.csv", "chrome.csv"),
    }
    assert read_folder(folder) == lesson.taught
    [layout] = lesson.taught.layouts
    assert layout.style == "next_line"
    assert layout.signature == (
        *("project_number", "owner", "region", "planned_participants", "period"),
        *("total_budget", "esf_support"),
    )
    assert "Huvudman" in layout.words


def test_a_label_that_nobody_asked_for_is_known_and_not_kept(tmp_path: Path) -> None:
    rows = lesson_of(tmp_path, "next_line").taught.rows["labels"]

    assert {row["label"]: row["field"] for row in rows}["Handläggs av"] == "not_kept"


def test_the_words_that_make_pages_sure_are_whole_words_of_their_labels(tmp_path: Path) -> None:
    rows = lesson_of(tmp_path, "inline").taught.rows["sure_words"]

    assert [row["words"] for row in rows] == [
        *("medverkande", "Omslutning", "Insatsens", "Huvudman"),
    ]


@each_style
def test_pages_that_esfkit_knows_are_read_as_before(tmp_path: Path, style: str) -> None:
    pages = [
        path.read_text(encoding="utf-8", errors="replace") for path in FIXTURES.glob("*/*.txt")
    ]
    before = [parse(page).records for page in pages]

    teach(lesson_of(tmp_path, style).taught)

    assert len(pages) > 30
    assert [parse(page).records for page in pages] == before


def test_what_was_taught_is_forgotten(tmp_path: Path) -> None:
    taught = lesson_of(tmp_path, "inline").taught
    text, _ = bank_page(5, "inline")

    teach(taught)
    assert len(parse(text).records) == 1
    teach(NOTHING)
    assert parse(text).records == ()


def test_workers_read_by_what_was_taught_here(tmp_path: Path) -> None:
    write_bank(tmp_path / "more", "inline", TWENTY)
    taught = lesson_of(tmp_path, "inline").taught
    teach(taught)
    run = Run(job_of(), engine=Processes(2, DEFAULT_LIMITS))

    read = list(outcomes([str(tmp_path / "more")], run, Account()))

    assert [getattr(each, "layout", None) for each in read] == ["projektbank"] * 20


def test_a_job_brings_along_what_was_taught_where_it_was_made(tmp_path: Path) -> None:
    teach(lesson_of(tmp_path, "inline").taught)
    job = job_of()
    teach(NOTHING)

    read = list(outcomes([str(tmp_path / "three")], Run(job, engine=InProcess()), Account()))

    assert [getattr(each, "layout", None) for each in read] == ["projektbank"] * 3
    assert in_force() == job.taught


def test_the_sieve_lets_taught_pages_through(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.jsonl"
    rows = [{"text": bank_page(number, "inline")[0]} for number in TWENTY]
    rows += [{"text": "En sida om något annat. " * 20}] * 20
    crawl.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    taught = lesson_of(tmp_path, "inline").taught

    before = list(outcomes([str(crawl)], Run(job_of(), engine=InProcess()), Account()))
    teach(taught)
    account = Account()
    after = list(outcomes([str(crawl)], Run(job_of(), engine=InProcess()), account))

    assert before == []
    assert len([one for one in after if not isinstance(one, Rejected)]) == 20
    assert account.screened == 20


def test_what_is_taught_is_part_of_the_rules_by_which_receipts_are_kept(tmp_path: Path) -> None:
    before = rules_hash(job_of())
    teach(lesson_of(tmp_path, "inline").taught)
    taught = rules_hash(job_of())
    teach(NOTHING)

    assert taught != before
    assert rules_hash(job_of()) == before


# --- what cannot be learned -------------------------------------------------------------


def test_two_labels_by_the_same_value_are_told_and_not_guessed(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in "ab":
        text = "Nr: 2016/00111\nKvinnor: 60\nMän: 60\nHuvudman: Lessebo kommun\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    given = {"project_number": "2016/00111", "owner": "Lessebo kommun", "planned_women": 60}

    lesson = learn([str(folder)], {"a": given, "b": given}, "bank")

    [missed] = lesson.agreement.missed
    assert missed.column == "planned_women"
    assert missed.why == (
        "'Kvinnor', 'Män' stand by its value alike; add a page on which they differ"
    )


def test_a_label_known_by_another_name_is_renamed_in_the_layout(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    gold = {}
    for number, name in enumerate(("Alfa", "Beta")):
        text = f"Nummer: 2016/0011{number}\nUtlysning: 2016/0022{number}\nTitel: {name}\n"
        text += f"Namn: {name} kommun\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        gold[name] = {"project_number": f"2016/0011{number}", "owner": f"{name} kommun"}

    [layout] = learn([str(folder)], gold, "bank").taught.layouts

    assert layout.rename == {"title": "owner"}
    assert layout.fields[:1] == ("project_number",)


def test_a_label_that_stands_by_another_value_elsewhere_is_no_label_of_a_field(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text("Nr: 2016/00111\nAntal: 5\nHuvudman: Lessebo kommun\n")
    (folder / "b.txt").write_text("Nr: 2016/00112\nAntal: 7\nHuvudman: Alvesta kommun\n")
    gold = {
        "a": {
            "project_number": "2016/00111",
            "planned_participants": 5,
            "owner": "Lessebo kommun",
        },
        "b": {
            "project_number": "2016/00112",
            "planned_participants": 8,
            "owner": "Alvesta kommun",
        },
    }

    lesson = learn([str(folder)], gold, "bank")

    assert [each.column for each in lesson.agreement.missed] == ["planned_participants"]
    assert "planned_participants" not in lesson.taught.layouts[0].fields


def test_pages_without_values_and_values_without_pages_are_refused(tmp_path: Path) -> None:
    pages = tmp_path / "three"
    write_bank(pages, "inline", THREE)
    gold = read_gold(tmp_path / "three.json")
    one = {"insats-00.txt": gold["insats-00.txt"]}

    with pytest.raises(BadRequest, match=r"insats-01\.txt: No values are given for this page"):
        learn([str(pages)], one, "bank")
    with pytest.raises(BadRequest, match="Values are given for elsewhere, and no such page"):
        learn([str(pages)], {**gold, "elsewhere": {}}, "bank")
    with pytest.raises(InputRefused):
        learn([str(tmp_path / "nowhere")], gold, "bank")


def test_a_layout_is_not_written_over_another(tmp_path: Path) -> None:
    folder = tmp_path / "esfkit.d"
    save(lesson_of(tmp_path, "inline", folder))

    with pytest.raises(BadRequest, match=r"projektbank\.toml is there already"):
        learn(
            [str(tmp_path / "three")], read_gold(tmp_path / "three.json"), "projektbank", folder
        )


def test_a_second_layout_joins_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "esfkit.d"
    save(lesson_of(tmp_path, "inline", folder))

    before = read_folder(folder)
    gold = read_gold(tmp_path / "three.json")
    taught = learn([str(tmp_path / "three")], gold, "annan", folder).taught

    assert {layout.name for layout in taught.layouts} == {"annan", "projektbank"}
    assert taught.rows == before.rows


def test_a_name_of_a_packaged_layout_is_refused(tmp_path: Path) -> None:
    pages = tmp_path / "three"
    write_bank(pages, "inline", THREE)

    with pytest.raises(BadRequest, match="“esf-call” is taken by esfkit"):
        learn([str(pages)], read_gold(tmp_path / "three.json"), "esf-call")


def test_pages_of_two_kinds_are_refused(tmp_path: Path) -> None:
    pages = tmp_path / "three"
    write_bank(pages, "inline", range(2))
    first, second = read_gold(tmp_path / "three.json").items()
    gold = dict([(first[0], {**first[1], "kind": "call"}), second])

    with pytest.raises(BadRequest, match="A layout has pages of one kind; given are"):
        learn([str(pages)], gold, "bank")


def test_where_no_value_stands_by_a_label_nothing_is_learned(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Vi skriver bara om annat.\n", encoding="utf-8")

    with pytest.raises(BadRequest, match="Fewer than two labels stand by the values given"):
        learn([str(page)], {"page": {"owner": "Lessebo kommun"}}, "bank")


def test_amounts_given_in_euro_make_a_layout_in_euro(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Number: 2016/00111\nGrand total: 120 500,50\nBy the EU: 60 000,00\n")
    gold = {
        "page": {
            "project_number": "2016/00111",
            "total_budget_eur": "120500.50",
            "esf_support_eur": "60000",
        }
    }

    lesson = learn([str(page)], gold, "bank")

    assert lesson.taught.layouts[0].currency == "EUR"
    assert {one.field for one in lesson.agreement.learned} >= {"total_budget", "esf_support"}
