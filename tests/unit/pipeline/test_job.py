from pathlib import Path

import pytest

from esfkit.model.document import Origin
from esfkit.model.record import Record
from esfkit.pipeline import Account
from esfkit.pipeline.job import Result, do_shard, job_of, moved, smallest
from esfkit.pipeline.outcomes import OTHER_KIND, SCREENED_OUT, Rejected
from esfkit.pipeline.packed import PackedRecords
from esfkit.pipeline.run import Run, outcomes
from esfkit.sources import cut_shards, list_entries
from pages import PRACTICE, colon_page, record_of


def records(path: Path, run: Run) -> list[Record]:
    return [one for one in outcomes([str(path)], run, Account()) if isinstance(one, Record)]


def test_a_crawl_gives_projects_and_calls_with_their_places(crawl: Path) -> None:
    account = Account()
    given = list(outcomes([str(crawl)], Run(job_of()), account))

    found = [one for one in given if isinstance(one, Record)]
    assert [(one.kind, one.source_line) for one in found] == [
        ("project", 8),
        ("project", 58),
        ("call", 100),
        ("project", 108),
        ("project", 158),
    ]
    assert found[0].source_url == "https://exempel.se/7"
    assert (account.documents, account.screened, account.candidates) == (200, 195, 5)


def test_without_the_sieve_the_records_are_the_same(crawl: Path) -> None:
    account = Account()
    sifted = records(crawl, Run(job_of()))

    every = [
        one
        for one in outcomes([str(crawl)], Run(job_of(sieve=False)), account)
        if isinstance(one, Record)
    ]
    assert every == sifted
    assert account.screened == 0
    assert account.rejects[OTHER_KIND] == 1


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("call",), {"call": 1}),
        (("practice",), {"practice": 1}),
        (("project", "call", "practice"), {"project": 4, "call": 1, "practice": 1}),
    ],
)
def test_other_kinds_are_looked_for_if_they_are_asked_for(
    kinds: tuple[str, ...], expected: dict[str, int], crawl: Path
) -> None:
    met: dict[str, int] = {}
    for record in records(crawl, Run(job_of(kinds=kinds))):
        met[record.kind] = met.get(record.kind, 0) + 1

    assert met == expected


def test_files_give_every_kind_unless_one_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PRACTICE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(colon_page(), encoding="utf-8")

    assert [one.kind for one in records(tmp_path, Run())] == ["practice", "project"]
    assert [one.kind for one in records(tmp_path, Run(job_of(kinds=["project"])))] == [
        "project"
    ]


def test_a_sample_of_what_the_sieve_dropped_is_the_same_for_the_same_seed(crawl: Path) -> None:
    def sample(seed: int) -> list[Rejected]:
        run = Run(job_of(sample=5, seed=seed))
        given = outcomes([str(crawl)], run, Account())
        return [
            one for one in given if isinstance(one, Rejected) and one.reason == SCREENED_OUT
        ]

    drawn = sample(1)
    assert len(drawn) == 5
    assert drawn == sample(1)
    assert drawn != sample(2)
    assert all(one.excerpt and "Sida " in one.excerpt for one in drawn)
    assert all(one.origin.line is not None for one in drawn)


def test_the_sample_is_no_larger_than_what_was_dropped(crawl: Path) -> None:
    given = outcomes([str(crawl)], Run(job_of(sample=1000)), Account())

    assert sum(isinstance(one, Rejected) for one in given) == 195


@pytest.mark.parametrize(("held", "packed"), [(0, True), (1, True), (1000, False)])
def test_records_are_packed_where_there_are_more_than_are_held(
    crawl: Path,
    held: int,
    packed: bool,  # noqa: FBT001 - a case of the table
) -> None:
    [shard] = cut_shards(list_entries([str(crawl)]))
    result = do_shard(shard, job_of(), lambda _: None, held=held)

    assert isinstance(result.records, PackedRecords) is packed
    assert list(result.records) == records(crawl, Run())
    assert len(result.records) > 1


def test_lines_of_a_part_are_counted_from_the_first_of_the_file() -> None:
    record = record_of(colon_page()).model_copy(update={"source_line": 3})
    rejected = Rejected(Origin(path="a", line=4), "no_labels", "x")
    result = Result((record,), (rejected,), sample=((0.5, rejected),))

    later = moved(result, 100)
    assert later.records[0].source_line == 103
    assert later.rejected[0].origin.line == 104
    assert later.sample[0][1].origin.line == 104
    assert moved(result, 0) is result


def test_what_has_no_line_is_not_moved() -> None:
    result = Result((record_of(colon_page()),), (Rejected(Origin(), "x", "x"),))

    assert moved(result, 7) == result


def test_the_smallest_numbers_are_drawn() -> None:
    rejected = Rejected(Origin(), "x", "x")

    assert [drawn for drawn, _ in smallest([(0.3, rejected), (0.1, rejected)], 1)] == [0.1]
