"""``esfkit ingest`` on crawls, with its account, receipts and workers."""

import json
from pathlib import Path

import pytest

from esfkit.dataset.store import read_dataset
from pages import colon_page
from programs import Run


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A crawl of 100 pages, of which two are projects."""
    path = tmp_path / "crawl.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(100):
            project = colon_page(project_number=f"2016/{number:05}", title=f"Väg {number}")
            text = project if number in {20, 70} else f"Sida {number} om annat."
            file.write(f"{json.dumps({'url': f'https://exempel.se/{number}', 'text': text})}\n")
    return path


def ids(path: Path) -> list[str]:
    return read_dataset(path).collect()["record_id"].to_list()


def test_a_crawl_on_standard_input_is_read_like_a_file(crawl: Path, run: Run) -> None:
    done = run("ingest", "-", stdin=crawl.read_bytes())

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["source_path"], row["source_line"]) for row in rows] == [("-", 21), ("-", 71)]


def test_the_account_is_a_funnel(crawl: Path, run: Run, tmp_path: Path) -> None:
    account = tmp_path / "account.json"
    done = run("ingest", crawl, "-o", tmp_path / "o.parquet", "--account", account)

    counts = json.loads(account.read_bytes())
    assert b"100 documents: 98 dropped by the sieve, 2 records, 0 documents" in done.stderr
    assert counts["documents"] == 100
    assert counts["screened"] == 98
    assert counts["candidates"] == counts["parsed"] == counts["records"] == 2
    assert counts["records_by_kind"] == {"project": 2}
    assert counts["bytes"] == crawl.stat().st_size
    assert counts["seconds"] > 0


def test_without_the_sieve_the_result_is_the_same(
    crawl: Path, run: Run, tmp_path: Path
) -> None:
    run("ingest", crawl, "-o", tmp_path / "a.jsonl")
    run("ingest", crawl, "-o", tmp_path / "b.jsonl", "--no-sieve")

    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_a_sample_of_what_was_dropped_can_be_looked_at(
    crawl: Path, run: Run, tmp_path: Path
) -> None:
    rejects = tmp_path / "rejects.jsonl"
    options = ("--rejects", rejects, "--sample-rejects", "3", "--seed", "5")
    run("ingest", crawl, "-o", tmp_path / "o.jsonl", *options)

    rows = [json.loads(line) for line in rejects.read_bytes().splitlines()]
    assert [row["reason"] for row in rows] == ["screened_out"] * 3
    assert all("Sida " in row["excerpt"] for row in rows)
    assert all(row["source_line"] not in (21, 71) for row in rows)


def test_a_sample_needs_a_file(crawl: Path, run: Run) -> None:
    done = run("ingest", crawl, "--sample-rejects", "3")

    assert done.returncode == 2
    assert b"--rejects" in done.stderr


def test_fields_are_named_where_they_are_not_the_usual(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(
        json.dumps({"sida": colon_page(), "var": "https://a.se"}) + "\n" * 2 + "{}\n"
    )

    refused = run("ingest", path)
    assert b"--text-field" in refused.stderr
    done = run("ingest", path, "--text-field", "sida", "--url-field", "var")
    [row] = [json.loads(line) for line in done.stdout.splitlines()]
    assert (row["record_id"], row["source_url"]) == ("esf:2016/00999", "https://a.se")


def test_receipts_are_kept_and_proved(crawl: Path, run: Run, tmp_path: Path) -> None:
    kept, output = tmp_path / "kept", tmp_path / "o.parquet"
    run("ingest", crawl, "-o", output, "--receipts", kept)
    before = output.read_bytes()
    run("ingest", crawl, "-o", output, "--receipts", kept)

    assert output.read_bytes() == before
    proved = run("receipts", "verify", kept)
    assert proved.returncode == 0
    assert b"1 part of the sources, each read once: 100 documents, 2 records" in proved.stdout


@pytest.mark.parametrize("suffix", ["parquet", "jsonl", "csv"])
def test_an_output_that_was_changed_is_found(
    suffix: str, crawl: Path, run: Run, tmp_path: Path
) -> None:
    kept, output = tmp_path / "kept", tmp_path / f"o.{suffix}"
    run("ingest", crawl, "-o", output, "--receipts", kept)
    assert run("receipts", "verify", kept).returncode == 0
    run("ingest", crawl, "-o", output, "--kind", "call")

    proved = run("receipts", "verify", kept)
    assert proved.returncode == 1
    assert b"The output ends before record 1" in proved.stderr


def test_standard_input_leaves_no_receipt(run: Run, tmp_path: Path) -> None:
    done = run("ingest", "-", "--receipts", tmp_path / "kept", stdin=b"")

    assert done.returncode == 2


@pytest.mark.parametrize("workers", ["0", "1", "2"])
def test_the_output_is_the_same_however_many_work(
    workers: str, crawl: Path, run: Run, tmp_path: Path
) -> None:
    plain, other = tmp_path / "plain.jsonl", tmp_path / "other.jsonl"
    run("ingest", crawl, "-o", plain)
    done = run("ingest", crawl, "-o", other, "--workers", workers)

    assert done.returncode == 0
    assert other.read_bytes() == plain.read_bytes()


@pytest.mark.parametrize(
    "options",
    [
        ("--engine", "ray"),
        ("--engine", "dask"),
        ("--scheduler", "tcp://127.0.0.1:1"),
        ("--limit", "nothing=1"),
        ("--workers", "-1"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: tuple[str, ...], crawl: Path, run: Run
) -> None:
    done = run("ingest", crawl, *options)

    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_a_limit_that_is_met_is_told_with_the_option_that_raises_it(
    crawl: Path, run: Run, tmp_path: Path
) -> None:
    done = run("ingest", crawl, "-o", tmp_path / "o.jsonl", "--limit", "row_bytes=100")

    assert b"--limit row_bytes=" in done.stderr
    assert ids(tmp_path / "o.jsonl") == []


def test_what_a_run_writes_is_no_source_of_the_next(crawl: Path, run: Run) -> None:
    folder = crawl.parent
    options = ("-o", folder / "o.jsonl", "--rejects", folder / "r.jsonl", "--receipts")
    first = run("ingest", folder, *options, folder / "kept")
    again = run("ingest", folder, *options, folder / "kept")

    assert first.returncode == again.returncode == 0
    assert b"100 documents" in first.stderr
    assert again.stderr.replace(b"\n", b"") == first.stderr.replace(b"\n", b"")
    assert run("receipts", "verify", folder / "kept").returncode == 0
