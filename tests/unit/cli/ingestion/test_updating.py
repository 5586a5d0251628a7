import json
import os
from pathlib import Path

import polars as pl
import pytest

from esfkit.dataset.store import read_dataset
from pages import colon_page
from programs import Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "projects.parquet"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.jsonl"], "Parquet file"),
        (["--format", "jsonl"], "Parquet file"),
        (["-o", "a.parquet", "--receipts", "done"], "Leave --receipts out"),
        (["-o", "a.parquet", "--date", "1 mars"], "is no day"),
        (["-o", "a.parquet", "--date", "2025-02-30"], "is no day"),
    ],
)
def test_what_cannot_be_updated_is_refused(
    page: Path, run: Run, arguments: list[str], said: str
) -> None:
    done = run("ingest", page, "--update", *arguments)

    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_standard_input_cannot_be_taken_up_again(data: Path, run: Run) -> None:
    done = run("ingest", "-", "--update", "-o", data, stdin=b"x")

    assert (done.returncode, data.exists()) == (2, False)


def test_a_date_without_a_history_is_refused(page: Path, data: Path, run: Run) -> None:
    done = run("ingest", page, "-o", data, "--date", "2025-03-01")

    assert done.returncode == 2
    assert "Add --update" in done.stderr.decode()


def test_a_source_that_is_not_there_leaves_the_dataset_alone(
    page: Path, data: Path, run: Run
) -> None:
    run("ingest", page, "--update", "-o", data)
    before = data.read_bytes()

    assert run("ingest", "nowhere", "--update", "-o", data).returncode == 3
    assert data.read_bytes() == before


def test_an_update_that_cannot_be_written_leaves_the_old_dataset_whole(
    page: Path, data: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("ingest", page, "--update", "-o", data)
    before = data.read_bytes()
    page.write_bytes(page.read_bytes().replace(b"120", b"130"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    done = run("ingest", page, "--update", "-o", data)
    assert done.returncode == 4
    assert data.read_bytes() == before
    assert [path.name for path in data.parent.iterdir() if ".part" in path.name] == []


def test_the_rejects_are_those_of_what_was_read_this_time(
    tmp_path: Path, data: Path, run: Run
) -> None:
    folder = tmp_path / "sidor"
    folder.mkdir()
    (folder / "a.txt").write_text("Inget projekt.\n", encoding="utf-8")
    rejects = tmp_path / "rejects.jsonl"
    arguments = ("ingest", folder, "--update", "-o", data, "--rejects", rejects)
    run(*arguments)
    first = rejects.read_bytes()
    (folder / "b.txt").write_text("Inte heller.\n", encoding="utf-8")
    run(*arguments)

    assert json.loads(first)["source_path"].endswith("a.txt")
    [line] = rejects.read_bytes().splitlines()
    assert json.loads(line)["source_path"].endswith("b.txt")


def test_an_update_that_reads_nothing_still_tells_what_it_found(
    page: Path, data: Path, run: Run
) -> None:
    run("ingest", page, "--update", "-o", data)

    done = run("ingest", page, "--update", "-o", data)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines()[:2] == [
        "update   ingest 2: 0 of 1 file read; 1 unchanged and left unread",
        "texts    1 unchanged · 0 with another text · 0 new · 0 gone",
    ]
    assert run("ingest", page, "--update", "-o", data, "--quiet").stderr == b""


def test_workers_give_what_one_process_gives(tmp_path: Path, data: Path, run: Run) -> None:
    folder = tmp_path / "sidor"
    folder.mkdir()
    for number in range(6):
        text = colon_page(project_number=f"2016/0000{number}", title=f"Väg {number}")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    other = tmp_path / "other.parquet"
    run("ingest", folder, "--update", "-o", data, "--workers", "0")
    run("ingest", folder, "--update", "-o", other, "--workers", "2")

    assert read_dataset(other).collect().equals(read_dataset(data).collect())
    assert other.read_bytes() == data.read_bytes()


def test_an_ingest_without_update_notes_no_history(page: Path, data: Path, run: Run) -> None:
    run("ingest", page, "-o", data)

    assert {key for key in pl.read_parquet_metadata(data) if key.startswith("esfkit")} == {
        "esfkit.schema_version",
        "esfkit.version",
    }


def test_figures_are_of_what_is_true_now(page: Path, data: Path, run: Run) -> None:
    run("ingest", page, "--update", "-o", data)
    page.write_bytes(page.read_bytes().replace(b"3 350 000", b"3 000 000"))
    run("ingest", page, "--update", "-o", data)

    told = run("summary", data, "--measures", "support", "--format", "csv").stdout.decode()
    assert told.splitlines()[1] == "1,3000000,1"


# --- sources that are gone, and sources by other names


def folder_of_pages(path: Path, *numbers: int) -> Path:
    path.mkdir(parents=True)
    for number in numbers:
        text = colon_page(project_number=f"2016/0000{number}", title=f"Väg {number}")
        (path / f"{number}.txt").write_text(text, encoding="utf-8")
    return path


def test_a_source_of_which_nothing_is_left_is_refused(
    tmp_path: Path, data: Path, run: Run
) -> None:
    folder = folder_of_pages(tmp_path / "disk", 1, 2)
    rejects = tmp_path / "rejects.jsonl"
    run("ingest", folder, "--update", "-o", data)
    before = data.read_bytes()
    for path in folder.iterdir():
        path.unlink()

    done = run("ingest", folder, "--update", "-o", data, "--rejects", rejects, "--quiet")

    assert done.returncode == 2
    assert done.stderr.decode() == (
        f"esfkit: {folder}: Of the 2 documents that stood there none is left. Is the disk "
        "there, and is this the right folder? If they are gone, add --all-gone.\n"
    )
    assert (data.read_bytes(), rejects.exists()) == (before, False)


def test_a_source_of_which_nothing_is_left_is_marked_gone_if_it_is_said_to_be(
    tmp_path: Path, data: Path, run: Run
) -> None:
    folder = folder_of_pages(tmp_path / "disk", 1, 2)
    run("ingest", folder, "--update", "-o", data)
    for path in folder.iterdir():
        path.unlink()

    done = run("ingest", folder, "--update", "-o", data, "--all-gone")

    assert done.returncode == 0
    said = f"esfkit: {folder}: All of the 2 documents that stood there are marked as gone."
    assert said in done.stderr.decode().splitlines()
    assert read_dataset(data).collect().height == 0


def test_each_source_is_looked_at_on_its_own(tmp_path: Path, data: Path, run: Run) -> None:
    first = folder_of_pages(tmp_path / "ett", 1, 2)
    second = folder_of_pages(tmp_path / "två", 3)
    run("ingest", first, second, "--update", "-o", data)
    (second / "3.txt").unlink()

    done = run("ingest", first, second, "--update", "-o", data)

    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"esfkit: {second}: Of the 1 document that")


@pytest.mark.parametrize("left", ["unchanged", "changed", "moved", "unreadable"])
def test_a_source_of_which_something_is_left_is_taken_as_it_is(
    left: str, tmp_path: Path, data: Path, run: Run
) -> None:
    folder = folder_of_pages(tmp_path / "disk", 1, 2)
    other = folder_of_pages(tmp_path / "annan", 3)
    run("ingest", folder, other, "--update", "-o", data)
    (folder / "1.txt").unlink()
    page = folder / "2.txt"
    if left == "changed":
        page.write_bytes(page.read_bytes().replace(b"120", b"130"))
    elif left == "moved":
        page.rename(other / "2.txt")
    elif left == "unreadable":
        page.unlink()
        page.symlink_to("ingenstans")

    assert run("ingest", folder, other, "--update", "-o", data).returncode == 0
    assert read_dataset(data).collect().height == 2


def test_all_gone_belongs_to_an_update(page: Path, data: Path, run: Run) -> None:
    done = run("ingest", page, "-o", data, "--all-gone")

    assert done.returncode == 2
    assert "Add --update" in done.stderr.decode()


def test_a_folder_that_is_named_otherwise_is_the_same(
    tmp_path: Path, data: Path, run: Run
) -> None:
    folder = folder_of_pages(tmp_path / "here" / "dump", 1, 2, 3)
    run("ingest", "dump", "--update", "-o", data)
    page = folder / "1.txt"
    page.write_bytes(page.read_bytes().replace(b"120", b"130"))
    (folder / "3.txt").unlink()

    done = run("ingest", folder, "--update", "-o", data)

    assert "1 with another text · 0 new · 1 in another place · 1 gone" in _texts(done.stderr)
    rows = read_dataset(data).collect()
    assert rows["source_path"].to_list() == [f"{folder}/1.txt", f"{folder}/2.txt"]


def test_a_folder_is_the_same_from_wherever_it_is_named(
    tmp_path: Path, data: Path, run: Run
) -> None:
    folder = folder_of_pages(tmp_path / "here" / "dump", 1, 2)
    run("ingest", "dump", "--update", "-o", data)
    moved = folder.rename(tmp_path / "dump")

    done = run("ingest", moved, "--update", "-o", data)

    assert "0 new · 2 in another place · 0 gone" in _texts(done.stderr)
    renamed = "renamed 2 files are the same as before under other paths: dump/1.txt is"
    assert renamed in _texts(done.stderr)
    assert read_dataset(data).collect()["source_path"].to_list() == [
        f"{moved}/1.txt",
        f"{moved}/2.txt",
    ]


def test_what_is_like_nothing_of_before_is_told(tmp_path: Path, data: Path, run: Run) -> None:
    folder = folder_of_pages(tmp_path / "a" / "dump", 1, 2)
    run("ingest", folder, "--update", "-o", data)
    moved = folder.rename(tmp_path / "dump")
    page = moved / "1.txt"
    page.write_bytes(page.read_bytes().replace(b"120", b"130"))

    done = run("ingest", moved, "--update", "-o", data)

    assert (
        f"esfkit: 1 file of this dataset, {folder}/1.txt, is neither there nor below what is "
        "named now: what it said stands as before. If its folder only has another name now, "
        "name it as it was."
    ) in done.stderr.decode().splitlines()
    assert read_dataset(data).collect().height == 3


def test_a_second_source_with_the_same_pages_is_another_one(
    tmp_path: Path, data: Path, run: Run
) -> None:
    first = folder_of_pages(tmp_path / "2024", 1, 2)
    second = folder_of_pages(tmp_path / "2025", 1, 2)
    run("ingest", first, "--update", "-o", data)

    done = run("ingest", second, "--update", "-o", data)

    assert "2 new · 0 gone" in _texts(done.stderr)
    assert b"esfkit:" not in done.stderr
    assert read_dataset(data).collect().height == 4


def _texts(said: bytes) -> str:
    return " ".join(said.decode().split())
