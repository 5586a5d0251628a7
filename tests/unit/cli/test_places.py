import os
from pathlib import Path

import pytest

from factories import a_project
from programs import Make, Run

# Were anything read, the page in no way there would be refused with another code.
ASKED = [
    ("ingest", "nowhere.txt", "-o", "TARGET.jsonl"),
    ("ingest", "nowhere.txt", "-o", "TARGET.parquet"),
    ("ingest", "nowhere.txt", "-o", "o.parquet", "--update", "--account", "TARGET.json"),
    ("ingest", "nowhere.txt", "--rejects", "TARGET.jsonl"),
    ("ingest", "nowhere.txt", "--account", "TARGET.json"),
    ("summary", "nowhere.txt", "-o", "TARGET.csv"),
    ("list", "nowhere.txt", "-o", "TARGET.csv"),
    ("show", "esf:1", "nowhere.txt", "-o", "TARGET.csv"),
    ("check", "nowhere.txt", "-o", "TARGET.sarif"),
    ("coverage", "nowhere.txt", "--write-baseline", "TARGET.json"),
    ("merge", "nowhere.txt", "-o", "TARGET.parquet"),
    ("merge", "nowhere.txt", "-o", "o.parquet", "--observations", "TARGET.parquet"),
    ("merge", "nowhere.txt", "-o", "o.parquet", "--origins", "TARGET.csv"),
    ("merge", "nowhere.txt", "-o", "o.parquet", "--review", "TARGET.csv"),
    ("redact", "nowhere.txt", "-o", "TARGET.parquet"),
    ("redact", "nowhere.txt", "-o", "o.parquet", "--statement", "TARGET.json"),
    ("export", "nowhere.txt", "-o", "TARGET.xlsx"),
    ("export", "nowhere.txt", "--as", "esf-list", "-o", "o.csv", "--refused", "TARGET.jsonl"),
    ("export", "nowhere.txt", "--as", "datapackage", "-o", "TARGET.zip"),
    ("labels", "suggest", "nowhere.txt", "-o", "TARGET.csv"),
]


@pytest.mark.parametrize("arguments", ASKED)
def test_a_folder_that_is_not_there_is_told_before_anything_is_read(
    arguments: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    done = run(*(word.replace("TARGET", str(tmp_path / "ingen" / "x")) for word in arguments))

    assert done.returncode == 4
    assert b"Make the folder first" in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert list((tmp_path / "here").iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_told(run: Run, page: Path) -> None:
    done = run("ingest", "nowhere.txt", "--account", page / "account.json")

    assert done.returncode == 4
    assert b"is no folder" in done.stderr


def test_a_folder_in_the_place_of_the_file_is_told(run: Run, tmp_path: Path) -> None:
    done = run("ingest", "nowhere.txt", "--rejects", tmp_path)

    assert done.returncode == 4
    assert b"Add a file name" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("option", ["-o", "--rejects", "--account", "--receipts"])
def test_a_folder_that_may_not_be_written_to_is_told(option: str, run: Run, page: Path) -> None:
    folder = page.parent / "låst"
    folder.mkdir(mode=0o555)

    done = run("ingest", page, option, folder / ("" if option == "--receipts" else "a.jsonl"))

    assert done.returncode == 4
    assert done.stderr.count(b"\n") == 1
    assert list(folder.iterdir()) == []


def test_a_folder_is_asked_about_by_the_system(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def never(path: os.PathLike[str], _mode: int) -> bool:
        asked.append(os.fspath(path))
        return False

    monkeypatch.setattr(os, "access", never)
    done = run("ingest", "nowhere.txt", "--rejects", page.parent / "r.jsonl")

    assert (done.returncode, asked) == (4, [str(page.parent)])
    assert b"may not be written to" in done.stderr


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs devices")
def test_a_device_and_a_link_are_places_too(run: Run, page: Path) -> None:
    link = page.parent / "länk.jsonl"
    link.symlink_to(page.parent / "mål.jsonl")

    done = run("ingest", page, "-o", link, "--rejects", "/dev/null")

    assert done.returncode == 0
    assert (page.parent / "mål.jsonl").read_bytes().count(b"\n") == 1


def test_a_package_may_take_the_place_of_an_earlier_one(run: Run, dataset: Make) -> None:
    target = dataset(a_project("1")).parent / "paket"
    arguments = ("export", target.parent / "data.parquet", "--as", "datapackage", "-o", target)

    assert [run(*arguments).returncode for _ in range(2)] == [0, 0]


def test_a_package_needs_a_folder_to_be_put_in(run: Run, tmp_path: Path) -> None:
    package = ("export", "nowhere.txt", "--as", "datapackage", "-o")

    assert run(*package, tmp_path / "ingen" / "paket").returncode == 4
