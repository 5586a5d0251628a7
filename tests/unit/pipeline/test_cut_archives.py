"""Archives in pieces, whoever does them and however often they are interrupted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import bombs
from crawls import Stored, crawl
from esfkit.model.record import Record
from esfkit.pipeline import Account
from esfkit.pipeline.engine import Engine, InProcess, failed
from esfkit.pipeline.job import MOST_HELD, Job, Result, do_shard, job_of
from esfkit.pipeline.outcomes import Rejected
from esfkit.pipeline.processes import Processes
from esfkit.pipeline.proof import verify
from esfkit.pipeline.receipts import Receipts
from esfkit.pipeline.run import Run, outcomes, plan
from esfkit.sources import DEFAULT_LIMITS, Limits, Shard
from pages import colon_page

PAGES = {
    f"{number:02}.txt": (
        colon_page(project_number=f"2016/{number:05}")
        if number % 5 == 2
        else f"Sida {number}\n" * 90
    ).encode()
    for number in range(60)
}
MAKE: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": lambda pages: bombs.zip_of(pages, 0),
    "tar": bombs.tar_of,
    "warc": lambda pages: crawl(*(Stored(page, media="text/plain") for page in pages.values())),
}
ENGINES: dict[str, Engine] = {"one": InProcess(), "two": Processes(2, DEFAULT_LIMITS)}


@pytest.fixture(params=list(MAKE))
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"a.{request.param}"
    path.write_bytes(MAKE[request.param](PAGES))
    return path


def given(path: Path, run: Run) -> tuple[list[Record], list[Rejected]]:
    every = list(outcomes([str(path)], run, Account()))
    records = [one for one in every if isinstance(one, Record)]
    return records, [one for one in every if isinstance(one, Rejected)]


def test_an_archive_cut_into_parts_gives_what_the_whole_gives(
    archive: Path, request: pytest.FixtureRequest
) -> None:
    whole = given(archive, Run(engine=InProcess()))
    assert len(whole[0]) == 12
    request.getfixturevalue("small_shards")
    assert len(plan([str(archive)])) > 5

    assert {name: given(archive, Run(engine=each)) for name, each in ENGINES.items()} == {
        "one": whole,
        "two": whole,
    }


@pytest.mark.usefixtures("small_shards")
def test_without_the_sieve_the_records_are_the_same(archive: Path) -> None:
    sieved, _ = given(archive, Run(job_of(), InProcess()))
    every, _ = given(archive, Run(job_of(sieve=False), InProcess()))

    assert sieved == every


@pytest.mark.usefixtures("small_shards")
def test_bytes_are_told_once(archive: Path) -> None:
    for engine in ENGINES.values():
        told: list[int] = []
        given(archive, Run(engine=engine, on_bytes=told.append))
        assert sum(told) == archive.stat().st_size


def kept_run(archive: Path, folder: Path) -> tuple[list[Record], list[Rejected]]:
    receipts = Receipts(folder, job_of())
    receipts.start([str(archive)], "-")
    return given(archive, Run(job_of(), InProcess(), receipts))


def receipts_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.json") if path.name != "run.json")


@pytest.mark.usefixtures("small_shards")
def test_an_interrupted_run_is_taken_up_at_the_part(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    first = kept_run(archive, folder)
    assert len(receipts_in(folder)) == len(plan([str(archive)]))
    lost = receipts_in(folder)[2:5]
    for path in lost:
        path.unlink()
    done: list[str | None] = []

    def noted(
        shard: Shard, job: Job, on_bytes: Callable[[int], None], *, held: int = MOST_HELD
    ) -> Result:
        done.append(shard.part)
        return do_shard(shard, job, on_bytes, held=held)

    monkeypatch.setattr("esfkit.pipeline.engine.do_shard", noted)
    assert kept_run(archive, folder) == first
    assert len(done) == 3


@pytest.mark.usefixtures("small_shards")
def test_receipts_prove_that_the_parts_cover_the_archive(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    records, _ = kept_run(archive, folder)

    proof = verify(folder, records)
    assert proof.faults == ()
    assert (proof.records, proof.shards) == (12, len(plan([str(archive)])))
    receipts = [json.loads(path.read_bytes()) for path in receipts_in(folder)]
    assert sum(each["documents"] for each in receipts) == proof.documents == 60
    assert len({each["content_sha256"] for each in receipts}) == len(receipts)

    receipts_in(folder)[1].unlink()
    [fault] = verify(folder, None).faults
    assert f"{archive}, " in fault
    assert " from " in fault


@pytest.mark.usefixtures("small_shards")
def test_a_part_left_out_or_doubled_is_found(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    kept_run(archive, folder)
    shards = plan([str(archive)])
    cuts = {"less": shards[:-1], "gap": [shards[0], *shards[2:]], "twice": [shards[0], *shards]}
    for cut in cuts.values():
        monkeypatch.setattr("esfkit.pipeline.proof.plan", lambda *_, cut=cut: cut)
        assert [fault for fault in verify(folder, None).faults if " end" in fault]


@pytest.mark.usefixtures("small_shards")
def test_a_part_that_ends_its_process_is_named(archive: Path) -> None:
    part = plan([str(archive)])[3]

    [rejected] = failed(part, "died", "Look.").rejected
    assert rejected.origin.member == part.part
    assert " from " in str(rejected.origin.member)


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("archive", ["zip", "tar"], indirect=True)
def test_a_limit_of_the_archive_is_met_once_for_all_its_parts(archive: Path) -> None:
    for limits, most in (
        (Limits(archive_members=59), 12),
        (Limits(unpacked_bytes=30_000), 9),
        (Limits(archive_members=60), 12),
    ):
        results = [
            given(archive, Run(job_of(limits=limits), engine)) for engine in ENGINES.values()
        ]
        records, rejected = results[0]
        told = [one for one in rejected if one.reason == "limit_met"]
        assert results[1] == results[0]
        assert len(told) == (limits.archive_members != 60)
        assert len(records) <= most
