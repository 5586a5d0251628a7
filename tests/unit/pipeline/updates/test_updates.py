import json
import os
import shutil
from pathlib import Path

import pytest

from esfkit.dataset.frame import to_frame
from esfkit.dataset.history import Mark
from esfkit.dataset.store import read_dataset, read_everything
from esfkit.model.errors import InputRefused
from esfkit.output.parquet import write_parquet
from esfkit.parsing.fields import FIELDS
from esfkit.pipeline import ingest
from esfkit.pipeline.job import job_of
from factories import a_project
from pages import colon_page
from updates import brought_up_to_date, counts_of


def write_page(path: Path, number: int, **values: str) -> None:
    told = {"project_number": f"2016/{number:05}", "title": f"Väg {number}", **values}
    path.write_text(colon_page(**told), encoding="utf-8")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of four projects and a page that is none."""
    folder = tmp_path / "sidor"
    folder.mkdir()
    for number in range(4):
        write_page(folder / f"{number}.txt", number)
    (folder / "x.txt").write_text("Inget projekt står här.\n", encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "projects.parquet"


def titles(data: Path) -> list[str]:
    return read_dataset(data).collect()["title"].to_list()


def test_the_first_update_gives_what_an_ingest_gives(pages: Path, data: Path) -> None:
    now, _ = brought_up_to_date(data, pages)

    assert counts_of(now) == {"files": 5, "files_read": 5, "added": 5}
    assert read_dataset(data).collect().equals(to_frame(ingest(pages).records))
    assert set(now.history.marks) == {Mark(1, "added")}


def test_what_did_not_change_is_not_read_again(pages: Path, data: Path) -> None:
    brought_up_to_date(data, pages)
    for path in pages.iterdir():
        os.utime(path, (0, 0))  # a new time is no new text

    now, plan = brought_up_to_date(data, pages)
    assert plan.entries == ()
    assert counts_of(now) == {"files": 5, "unchanged": 5}


def test_only_what_changed_is_read_and_told_with_its_cause(pages: Path, data: Path) -> None:
    brought_up_to_date(data, pages)
    write_page(pages / "0.txt", 0, esf_support="900 000")
    (pages / "1.txt").unlink()
    (pages / "2.txt").rename(pages / "9.txt")
    write_page(pages / "5.txt", 5)

    now, plan = brought_up_to_date(data, pages)
    names = [Path(entry.path).name for entry in plan.entries]
    assert names == ["0.txt", "5.txt", "9.txt"]
    assert counts_of(now) == {
        "files": 5,
        "files_read": 3,
        "unchanged": 2,
        "source": 1,
        "added": 1,
        "moved": 1,
        "vanished": 1,
    }
    assert titles(data) == ["Väg 0", "Väg 3", "Väg 5", "Väg 2"]
    assert now.history.marks == (
        Mark(2, "source"),
        Mark(1, "added"),
        Mark(2, "added"),
        Mark(2, "moved"),
        Mark(1, "added", 2, "source"),
        Mark(1, "added", 2, "vanished"),
        Mark(1, "added", 2, "moved"),
    )
    assert read_dataset(data).collect().equals(to_frame(ingest(pages).records))


def test_what_vanished_and_came_back_is_kept_both_times(pages: Path, data: Path) -> None:
    brought_up_to_date(data, pages)
    away = (pages / "1.txt").rename(pages.parent / "away.txt")
    brought_up_to_date(data, pages)
    away.rename(pages / "1.txt")

    now, _ = brought_up_to_date(data, pages)
    marks = [
        mark
        for mark, number in zip(now.history.marks, now.rows["project_number"], strict=True)
        if number == "2016/00001"
    ]
    assert marks == [Mark(3, "added"), Mark(1, "added", 2, "vanished")]


def test_other_rules_read_everything_again_and_change_what_they_read_otherwise(
    pages: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_up_to_date(data, pages, rules="old")
    write_page(pages / "3.txt", 3, planned_participants="", esf_support="900 000")
    # Another rule: the number of participants is taken for that of women.
    monkeypatch.setitem(FIELDS, "planned_participants", FIELDS["planned_women"])

    now, plan = brought_up_to_date(data, pages, rules="new")
    assert len(plan.entries) == 5
    assert counts_of(now) == {
        "files": 5,
        "files_read": 5,
        "unchanged": 1,
        "source": 1,
        "reading": 3,
    }
    assert read_dataset(data).collect()["planned_women"].to_list() == [120, 120, 120, None]


def test_other_rules_that_read_the_same_leave_every_row_as_it_is(
    pages: Path, data: Path
) -> None:
    brought_up_to_date(data, pages, rules="old")

    now, plan = brought_up_to_date(data, pages, rules="new")
    assert len(plan.entries) == 5
    assert counts_of(now) == {"files": 5, "files_read": 5, "unchanged": 5}
    assert set(now.history.marks) == {Mark(1, "added")}
    assert brought_up_to_date(data, pages, rules="new")[1].entries == ()


def test_a_page_that_gives_a_record_by_new_rules_was_read_otherwise(
    pages: Path, data: Path
) -> None:
    calls_only = job_of(kinds=["call"])
    brought_up_to_date(data, pages, job=calls_only)
    assert titles(data) == []

    now, _ = brought_up_to_date(data, pages)
    assert counts_of(now) == {"files": 5, "files_read": 5, "unchanged": 1, "reading": 4}
    assert set(now.history.marks) == {Mark(2, "reading")}


def test_what_stands_in_no_source_named_now_stays(pages: Path, data: Path) -> None:
    more = pages.parent / "mer"
    more.mkdir()
    write_page(more / "7.txt", 7)
    brought_up_to_date(data, pages, more)
    (pages / "0.txt").unlink()

    now, plan = brought_up_to_date(data, more)
    assert plan.entries == ()
    assert counts_of(now) == {"files": 1, "unchanged": 1}
    assert sorted(titles(data)) == ["Väg 0", "Väg 1", "Väg 2", "Väg 3", "Väg 7"]


def test_a_pattern_answers_only_for_what_fits_it(pages: Path, data: Path) -> None:
    brought_up_to_date(data, pages)
    (pages / "0.txt").unlink()
    (pages / "1.txt").unlink()

    now, _ = brought_up_to_date(data, f"{pages}/[1-9].txt")
    assert counts_of(now)["vanished"] == 1
    assert titles(data) == ["Väg 0", "Väg 2", "Väg 3"]


def test_what_cannot_be_read_is_not_taken_for_gone(
    pages: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_up_to_date(data, pages)
    before = titles(data)
    write_page(pages / "0.txt", 0, esf_support="900 000")
    real = os.open

    def failing(path: str, *rest: int) -> int:
        if str(path).endswith("0.txt"):
            raise OSError(5, "Input/output error")
        return real(path, *rest)

    monkeypatch.setattr("esfkit.sources.files.os.open", failing)
    now, _ = brought_up_to_date(data, pages)
    assert counts_of(now)["unreadable"] == 1
    assert titles(data) == before

    monkeypatch.undo()
    now, plan = brought_up_to_date(data, pages)
    assert [Path(entry.path).name for entry in plan.entries] == ["0.txt"]
    assert counts_of(now)["source"] == 1


def test_a_file_that_is_named_twice_is_read_once(pages: Path, data: Path) -> None:
    now, _ = brought_up_to_date(data, pages / "0.txt", pages)

    assert counts_of(now)["added"] == 5
    assert len(titles(data)) == 4


def test_a_page_with_a_record_may_become_one_without(pages: Path, data: Path) -> None:
    brought_up_to_date(data, pages)
    (pages / "0.txt").write_text("Sidan är borttagen.\n", encoding="utf-8")

    now, _ = brought_up_to_date(data, pages)
    assert counts_of(now)["source"] == 1
    assert now.history.marks[-1] == Mark(1, "added", 2, "source")
    assert brought_up_to_date(data, pages)[1].entries == ()


def test_a_line_put_into_a_crawl_moves_the_others_and_changes_none(
    tmp_path: Path, data: Path
) -> None:
    crawl = tmp_path / "crawl.jsonl"
    rows = [
        {"url": f"https://exempel.se/{n}", "text": colon_page(project_number=f"2016/0000{n}")}
        for n in range(1, 5)
    ]
    crawl.write_text("".join(f"{json.dumps(row)}\n" for row in rows[1:]), encoding="utf-8")
    brought_up_to_date(data, crawl)
    rows[2]["text"] = colon_page(project_number="2016/00003", esf_support="900 000")
    crawl.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")

    now, _ = brought_up_to_date(data, crawl)
    assert counts_of(now) == {
        "files": 1,
        "files_read": 1,
        "source": 1,
        "added": 1,
        "moved": 2,
    }
    assert read_dataset(data).collect().equals(to_frame(ingest(crawl).records))


def test_a_member_of_an_archive_is_a_document_of_its_own(pages: Path, data: Path) -> None:
    packed = Path(shutil.make_archive(str(pages.parent / "leverans"), "zip", pages))
    brought_up_to_date(data, packed)
    write_page(pages / "1.txt", 1, esf_support="900 000")
    shutil.make_archive(str(pages.parent / "leverans"), "zip", pages)

    now, _ = brought_up_to_date(data, packed)
    assert counts_of(now) == {"files": 1, "files_read": 1, "unchanged": 4, "source": 1}


def test_a_dataset_without_history_is_read_again_and_begins_one(
    pages: Path, data: Path
) -> None:
    with data.open("wb") as stream:
        write_parquet(to_frame(ingest(pages).records), stream)

    now, plan = brought_up_to_date(data, pages)
    assert len(plan.entries) == 5
    assert set(now.history.marks) == {Mark(1, "before")}
    assert [each.rules is None for each in now.history.ingests] == [True, False]
    assert counts_of(now) == {"files": 5, "files_read": 5, "unchanged": 4, "added": 1}


def test_what_is_no_dataset_is_not_overwritten(pages: Path, data: Path) -> None:
    data.write_bytes(b"PAR1 and nothing else")

    with pytest.raises(InputRefused, match="damaged"):
        brought_up_to_date(data, pages)
    assert data.read_bytes() == b"PAR1 and nothing else"


def test_several_records_of_a_page_are_told_apart(tmp_path: Path, data: Path) -> None:
    page = tmp_path / "two.txt"
    first = colon_page(project_number="2016/00001", title="Ett")
    second = colon_page(project_number="2016/00002", title="Två")
    page.write_text(first + second, encoding="utf-8")
    brought_up_to_date(data, page)
    page.write_text(first, encoding="utf-8")

    now, _ = brought_up_to_date(data, page)
    assert counts_of(now)["source"] == 1
    assert [mark.until for mark in now.history.marks] == [None, 2, 2]
    kept = read_everything(data)
    assert kept.rows.collect()["title"].to_list() == ["Ett", "Ett", "Två"]


def test_records_that_state_no_source_are_left_alone(pages: Path, data: Path) -> None:
    with data.open("wb") as stream:
        write_parquet(to_frame([a_project("2016/00777", source_path=None)]), stream)

    brought_up_to_date(data, pages)
    assert read_dataset(data).collect()["project_number"].to_list()[0] == "2016/00777"


def test_what_is_no_page_at_all_is_no_document(pages: Path, data: Path) -> None:
    (pages / "y.txt").write_text('{"title": "Väg"}\n', encoding="utf-8")

    now, _ = brought_up_to_date(data, pages)
    assert counts_of(now) == {"files": 6, "files_read": 6, "added": 5}

    (pages / "y.txt").unlink()
    now, _ = brought_up_to_date(data, pages)
    assert "vanished" not in counts_of(now)
