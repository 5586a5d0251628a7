"""The crawls that are measured with: the same each time, and their truth is true."""

import csv
import gzip
import hashlib
import importlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from fastwarc import ArchiveIterator

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))  # scripts, not a package
crawl = importlib.import_module("crawl")
Crawl = importlib.import_module("crawled").Crawl

Settings = Any  # a class of the script, which type checkers do not see
SMALL: Settings = Crawl(documents=200, rate=0.05, decoys=0.1)
FORMATS = ("parquet", "jsonl", "csv", "warc", "wet", "zip", "tar")
csv.field_size_limit(10_000_000)


def written(folder: Path, settings: Settings) -> tuple[Path, list[dict[str, Any]]]:
    path = folder / f"crawl{settings.suffix}"
    crawl.write_crawl(path, settings)
    return path, rows_of(crawl.truth_of(path))


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def is_on(text: str, true: dict[str, Any]) -> bool:
    return all(words in text for words in true["values"].values())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("compress", ["none", "gz", "zst"])
def test_the_same_settings_give_the_same_bytes(
    form: str, compress: str, tmp_path: Path
) -> None:
    settings = replace(SMALL, documents=40, form=form, compress=compress)
    (tmp_path / "again").mkdir()

    one, truth = written(tmp_path, settings)
    other, same_truth = written(tmp_path / "again", settings)

    assert one.read_bytes() == other.read_bytes()
    assert truth == same_truth
    assert len(truth) == 2


def test_bytes_do_not_hang_on_the_hash_seed_but_on_the_seed(tmp_path: Path) -> None:
    def digest(hash_seed: str, seed: str) -> str:
        out = tmp_path / "crawl.jsonl"
        subprocess.run(
            [sys.executable, BENCHMARKS / "crawl.py", out, "--documents=40", f"--seed={seed}"],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
        )
        return hashlib.sha256(out.read_bytes()).hexdigest()

    assert digest("1", "7") == digest("2", "7")
    assert digest("1", "8") != digest("1", "7")


def test_each_record_stands_in_the_line_that_the_truth_names(tmp_path: Path) -> None:
    path, truth = written(tmp_path, SMALL)
    rows = rows_of(path)

    assert len(rows) == 200
    assert len(truth) == 10
    assert {true["form"] for true in truth} == {
        *("colon", "few", "colon-line", "lines", "glued", "one-line")
    }
    for true in truth:
        row = rows[true["line"] - 1]
        assert row["url"] == true["url"]
        assert is_on(row["text"], true)


def test_no_other_page_has_the_labels_of_a_record(tmp_path: Path) -> None:
    path, truth = written(tmp_path, replace(SMALL, decoys=0.5))
    hidden = {true["line"] for true in truth}
    rows = [row["text"] for row in rows_of(path)]
    others = [text for number, text in enumerate(rows, 1) if number not in hidden]

    assert not any("Projektägare" in text for text in others)
    assert sum("organisationsnummer" in text for text in others) > 20


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_each_record_stands_in_the_row_that_the_truth_names(form: str, tmp_path: Path) -> None:
    path, truth = written(tmp_path, replace(SMALL, form=form, row_group_rows=30))
    if form == "csv":
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    else:
        rows = pl.read_parquet(path).to_dicts()

    assert len(rows) == 200
    for true in truth:
        assert rows[true["row"] - 1]["url"] == true["url"]
        assert is_on(rows[true["row"] - 1]["text"], true)


@pytest.mark.parametrize("form", ["warc", "wet"])
@pytest.mark.parametrize("compress", ["none", "gz"])
def test_crawl_archives_are_read_by_a_library(form: str, compress: str, tmp_path: Path) -> None:
    path, truth = written(tmp_path, replace(SMALL, form=form, compress=compress))
    with path.open("rb") as stream:
        pages = {
            record.headers["WARC-Target-URI"]: record.reader.read().decode()
            for record in ArchiveIterator(stream, parse_http=True)
        }

    assert len(pages) == 200
    assert all(is_on(pages[true["url"]], true) for true in truth)


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_each_record_stands_in_the_member_that_the_truth_names(
    form: str, tmp_path: Path
) -> None:
    path, truth = written(tmp_path, replace(SMALL, form=form, encoding="cp1252"))
    for true in truth:
        if form == "zip":
            with zipfile.ZipFile(path) as archive:
                content = archive.read(true["member"])
        else:
            with tarfile.open(path) as archive_:
                member = archive_.extractfile(true["member"])
                assert member is not None
                content = member.read()

        assert is_on(content.decode("cp1252"), true)


def test_the_files_of_a_folder_are_compressed_each(tmp_path: Path) -> None:
    path, truth = written(tmp_path, replace(SMALL, form="folder", compress="gz"))

    assert sum(one.is_file() for one in path.rglob("*.txt.gz")) == 200
    for true in truth:
        assert is_on(gzip.decompress((path / true["member"]).read_bytes()).decode(), true)


def test_html_names_its_letters_if_asked_to(tmp_path: Path) -> None:
    path, truth = written(tmp_path, replace(SMALL, entities=True))
    rows = [row["text"] for row in rows_of(path)]

    assert all(text.isascii() and text.startswith("<!DOCTYPE html>") for text in rows)
    with_owner = sum("owner" in true["values"] for true in truth)
    assert sum("Projekt&auml;gare" in text for text in rows) == with_owner > 5


def test_escaped_json_is_ascii_and_the_same_text(tmp_path: Path) -> None:
    path, _ = written(tmp_path, SMALL)
    bare = rows_of(path)
    path, _ = written(tmp_path, replace(SMALL, escape=True))

    assert path.read_bytes().isascii()
    assert rows_of(path) == bare


def test_the_size_is_that_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    made = crawl.write_crawl(path, Crawl(size=2_000_000))
    texts = [row["text"] for row in rows_of(path)]
    real = sum(len(text.encode()) for text in texts)

    assert len(texts) == made.documents
    assert 2_000_000 <= made.text_bytes < 2_500_000
    assert made.text_bytes == pytest.approx(real, rel=0.05)


def test_a_format_that_is_always_utf_8_takes_no_other_encoding(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="always UTF-8"):
        crawl.write_crawl(tmp_path / "x", replace(SMALL, form="wet", encoding="cp1252"))
