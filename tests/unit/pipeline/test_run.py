from pathlib import Path

import polars as pl
import pytest

from esfkit.model.errors import InputRefused
from esfkit.model.record import Record
from esfkit.pipeline import Account
from esfkit.pipeline.engine import Engine, InProcess
from esfkit.pipeline.job import do_shard, job_of
from esfkit.pipeline.outcomes import Rejected
from esfkit.pipeline.processes import Processes
from esfkit.pipeline.run import Run, outcomes, plan
from esfkit.sources import DEFAULT_LIMITS
from pages import colon_page

ENGINES: dict[str, Engine] = {"one": InProcess(), "two": Processes(2, DEFAULT_LIMITS)}


def given(path: Path, run: Run) -> list[Record | Rejected]:
    return list(outcomes([str(path)], run, Account()))


def test_a_file_cut_into_parts_gives_what_the_whole_gives(
    crawl: Path, request: pytest.FixtureRequest
) -> None:
    whole = given(crawl, Run(engine=InProcess()))
    request.getfixturevalue("small_shards")
    assert len(plan([str(crawl)])) > 5
    parts = given(crawl, Run(engine=InProcess()))

    lines = [one.source_line for one in parts if isinstance(one, Record)]
    assert lines == [8, 58, 100, 108, 158]
    assert parts == whole


def test_what_a_library_reads_by_itself_is_told_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"text": ["Ett", "Två"] * 50}).write_parquet(path, row_group_size=25)
    [shard] = plan([str(path)])
    told: list[int] = []
    do_shard(shard, job_of(), told.append)

    steps = [count for count in told if count]
    assert len(steps) == 4
    assert sum(steps) == path.stat().st_size


@pytest.mark.usefixtures("small_shards", "crawl")
def test_the_result_is_the_same_whoever_does_the_work(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"page-{number}.txt").write_text(f"Sida {number}", encoding="utf-8")

    results = {name: given(tmp_path, Run(engine=engine)) for name, engine in ENGINES.items()}

    assert results["two"] == results["one"]
    assert given(tmp_path, Run()) == results["one"]


def test_counts_are_the_same_whoever_does_the_work(crawl: Path) -> None:
    accounts = []
    for engine in ENGINES.values():
        account = Account()
        list(outcomes([str(crawl)], Run(engine=engine), account))
        account.seconds = 0
        accounts.append(account.as_json())

    assert accounts[0] == accounts[1]
    assert accounts[0]["bytes"] == crawl.stat().st_size
    assert accounts[0]["records_by_kind"] == {"call": 1, "project": 4}


def test_bytes_are_told_once_however_the_work_is_cut(crawl: Path) -> None:
    for engine in ENGINES.values():
        told: list[int] = []
        given(crawl, Run(engine=engine, on_bytes=told.append))

        assert sum(told) == crawl.stat().st_size


def test_a_source_that_does_not_exist_is_refused_before_anything_is_read() -> None:
    with pytest.raises(InputRefused):
        outcomes(["nowhere"], Run(job_of()), Account())


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(colon_page(), encoding="utf-8")
    [shard] = plan([str(path)])
    path.write_text(colon_page(owner="Boden"), encoding="utf-8")

    result = do_shard(shard, job_of(), lambda _: None)
    assert [one.reason for one in result.rejected] == ["source_damaged"]
    assert "changed while it was read" in result.rejected[0].message
    assert not result.complete
