import json
import os
from pathlib import Path

import pytest

from esfkit.model.errors import BadRequest, InputRefused
from esfkit.model.record import Record
from esfkit.pipeline import Account, engine
from esfkit.pipeline.content import content_hash
from esfkit.pipeline.engine import InProcess
from esfkit.pipeline.job import Job, Result, job_of
from esfkit.pipeline.outcomes import Rejected
from esfkit.pipeline.proof import verify
from esfkit.pipeline.receipts import Receipts, read_run, rules_hash
from esfkit.pipeline.run import Run, outcomes, plan
from esfkit.sources import Limits


def ingest(
    source: Path, folder: Path, job: Job | None = None
) -> tuple[list[Record | Rejected], Account]:
    job = job or job_of()
    receipts = Receipts(folder, job)
    receipts.start([str(source)], "-")
    account = Account()
    run = Run(job, InProcess(), receipts)
    return list(outcomes([str(source)], run, account)), account


def receipts_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.json") if path.name != "run.json")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.mark.usefixtures("small_shards")
def test_each_shard_leaves_a_receipt_of_what_it_gave(crawl: Path, kept: Path) -> None:
    ingest(crawl, kept)

    receipts = [json.loads(path.read_bytes()) for path in receipts_in(kept)]
    assert len(receipts) == len(plan([str(crawl)])) > 5
    assert sum(each["documents"] for each in receipts) == 200
    assert sum(each["screened"] for each in receipts) == 195
    assert sum(each["records"].get("project", 0) for each in receipts) == 4
    assert len({each["rules"] for each in receipts}) == 1
    assert len({each["content_sha256"] for each in receipts}) == len(receipts)


@pytest.mark.usefixtures("small_shards")
def test_what_is_done_is_not_done_again_and_gives_the_same(
    crawl: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, account = ingest(crawl, kept)

    def undone(*_: object, **__: object) -> Result:
        raise AssertionError("a shard was done again")

    monkeypatch.setattr("esfkit.pipeline.engine.do_shard", undone)
    second, again = ingest(crawl, kept)
    assert second == first
    assert again.as_json() | {"seconds": 0} == account.as_json() | {"seconds": 0}


@pytest.mark.usefixtures("small_shards")
def test_only_what_is_missing_is_done(crawl: Path, kept: Path) -> None:
    first, _ = ingest(crawl, kept)
    lost = receipts_in(kept)[:3]
    for path in lost:
        path.unlink()

    assert ingest(crawl, kept)[0] == first
    assert all(path.exists() for path in lost)


def test_a_changed_receipt_is_no_receipt(crawl: Path, kept: Path) -> None:
    first, _ = ingest(crawl, kept)
    [records] = kept.glob("*.jsonl")
    records.write_bytes(records.read_bytes().replace(b"2016/00007", b"2016/99999"))

    assert ingest(crawl, kept)[0] == first


def test_a_changed_source_is_read_again(crawl: Path, kept: Path) -> None:
    ingest(crawl, kept)
    crawl.write_bytes(crawl.read_bytes().replace(b"2016/00007", b"2016/88888"))

    records = [one for one in ingest(crawl, kept)[0] if isinstance(one, Record)]
    assert records[0].project_number == "2016/88888"


def test_other_rules_make_other_receipts(crawl: Path, kept: Path) -> None:
    ingest(crawl, kept)
    ingest(crawl, kept, job_of(kinds=["call"]))

    assert len(receipts_in(kept)) == 2
    assert rules_hash(job_of()) != rules_hash(job_of(sieve=False))
    assert rules_hash(job_of()) == rules_hash(job_of())


@pytest.mark.usefixtures("small_shards")
def test_receipts_prove_that_the_output_covers_the_sources(crawl: Path, kept: Path) -> None:
    given, _ = ingest(crawl, kept)
    records = [one for one in given if isinstance(one, Record)]

    proof = verify(kept, records)
    assert proof.faults == ()
    assert (proof.documents, proof.records) == (200, 5)
    assert proof.shards == len(plan([str(crawl)]))


def test_a_record_that_is_missing_or_too_many_is_found(crawl: Path, kept: Path) -> None:
    given, _ = ingest(crawl, kept)
    records = [one for one in given if isinstance(one, Record)]

    [missing] = verify(kept, records[:-1]).faults
    assert missing == "The output ends before record 5, esf:2016/00157."
    [doubled] = verify(kept, [*records, records[0]]).faults
    assert "record 6 and more" in doubled
    [other] = verify(kept, [records[1], *records[1:]]).faults
    assert other.startswith("Record 1 of the output")


def test_a_source_changed_behind_the_back_is_found(crawl: Path, kept: Path) -> None:
    ingest(crawl, kept)
    status = crawl.stat()
    crawl.write_bytes(crawl.read_bytes().replace(b"Sida 3 ", b"Sida X "))
    os.utime(crawl, ns=(status.st_atime_ns, status.st_mtime_ns))

    [fault] = verify(kept, None).faults
    assert "its bytes are others" in fault


def test_a_part_that_was_not_done_is_found(crawl: Path, kept: Path) -> None:
    ingest(crawl, kept)
    receipts_in(kept)[0].unlink()

    [fault] = verify(kept, None).faults
    assert "it was not done" in fault


def test_a_folder_without_receipts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"no run\.json"):
        read_run(tmp_path)


def test_a_folder_that_cannot_be_made_is_a_bad_request(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadRequest):
        Receipts(tmp_path / "file" / "kept", job_of())


def test_the_hash_is_of_the_files_and_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").write_text("x")
    [both] = plan([str(tmp_path)])
    [one] = plan([str(tmp_path / "a.txt")])
    [other] = plan([str(tmp_path / "b.txt")])

    assert len({content_hash(each) for each in (both, one, other)}) == 3


def test_what_failed_leaves_no_receipt_and_is_done_again(
    crawl: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            engine, "do_shard", lambda shard, *_, **__: engine.failed(shard, "died", "Look.")
        )
        failed, _ = ingest(crawl, kept)
    assert [type(one) for one in failed] == [Rejected]
    assert receipts_in(kept) == []

    again, _ = ingest(crawl, kept)
    assert sum(isinstance(one, Record) for one in again) == 5


def test_a_worker_that_is_given_more_does_nothing_again() -> None:
    more = job_of(limits=Limits(worker_bytes=1, worker_seconds=1))

    assert rules_hash(more) == rules_hash(job_of())
    assert rules_hash(job_of(limits=Limits(row_bytes=1))) != rules_hash(job_of())


@pytest.mark.parametrize(
    "change",
    [b'"documents": 77', b'"documents": "x"', b"[" * 100_000],
    ids=["more", "x", "deep"],
)
def test_a_receipt_that_was_changed_proves_nothing(
    change: bytes, crawl: Path, kept: Path
) -> None:
    first, _ = ingest(crawl, kept)
    [receipt] = receipts_in(kept)
    content = receipt.read_bytes()
    receipt.write_bytes(content.replace(b'"documents": 200', change))

    assert verify(kept, None).faults != ()
    assert ingest(crawl, kept)[0] == first
