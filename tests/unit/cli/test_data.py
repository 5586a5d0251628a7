import os
import threading
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from esfkit.cli.data import USUAL, load
from esfkit.dataset.columns import SCHEMA
from esfkit.model.errors import BadRequest, InputRefused
from factories import a_call, a_project
from programs import Make, Run


def ids(frame: pl.LazyFrame) -> list[str]:
    return frame.collect()["record_id"].to_list()


def test_a_dataset_is_opened_and_a_text_is_read(dataset: Make, page: Path) -> None:
    frame = load([str(dataset(a_project("2016/00001"))), str(page)])

    assert frame.collect_schema() == SCHEMA
    assert ids(frame) == ["esf:2016/00001", "esf:2016/00999"]


def test_datasets_and_texts_come_in_the_order_they_are_named(dataset: Make, page: Path) -> None:
    first = dataset(a_project("2016/00001"), name="a.parquet")
    second = dataset(a_project("2016/00002"), name="b.parquet")

    assert ids(load([str(first), str(page), str(second)])) == [
        "esf:2016/00001",
        "esf:2016/00999",
        "esf:2016/00002",
    ]


def test_without_data_the_usual_dataset_is_opened(
    dataset: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset(a_project("2016/00001"), name=USUAL)
    monkeypatch.chdir(tmp_path)

    assert ids(load(None)) == ["esf:2016/00001"]


def test_with_nothing_to_read_the_way_on_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadRequest, match="esfkit ingest"):
        load([])


def test_what_is_piped_in_is_read_without_being_named(spawn: Run, page: Path) -> None:
    done = spawn("list", "--columns", "record_id", stdin=page.read_bytes())

    assert done.stdout == b"record_id\nesf:2016/00999\n"


@pytest.mark.parametrize("name", ["d.parquet", "d.jsonl", "d.csv"])
def test_a_dataset_comes_through_stdin_in_every_form(
    name: str, run: Run, page: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    run("ingest", page, "-o", path)

    done = run("list", "-", "--columns", "record_id", stdin=path.read_bytes())

    assert done.stdout == b"record_id\nesf:2016/00999\n"
    assert done.stderr == b""


def test_stdin_that_holds_nothing_is_a_dataset_without_records(run: Run) -> None:
    done = run("list", "-", "--columns", "record_id", stdin=b"")

    assert done.returncode == 0
    assert done.stdout == b"record_id\n"


def test_stdin_that_is_no_text_is_told(run: Run) -> None:
    done = run("list", "-", stdin=b"%PDF-1.4 ...")

    assert done.returncode == 0
    assert b"PDF" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_read_as_stdin_would_be(page: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(page.read_bytes(),))
    writer.start()

    assert ids(load([str(pipe)])) == ["esf:2016/00999"]
    writer.join()


def test_a_condition_and_kinds_choose_records(dataset: Make) -> None:
    path = str(dataset(a_project("2016/00001"), a_project("2016/00002"), a_call()))

    assert ids(load([path], "project_number = '2016/00002'")) == ["esf:2016/00002"]
    assert len(ids(load([path], kinds=["project"]))) == 2
    assert_frame_equal(load([path]).collect(), load([path], "").collect())


def test_mistakes_are_told_before_anything_is_read() -> None:
    with pytest.raises(BadRequest, match="Did you mean region"):
        load(["nowhere"], "regin = 'x'")
    with pytest.raises(BadRequest, match="no kind"):
        load(["nowhere"], kinds=["projects"])


@pytest.mark.parametrize("name", ["d.parquet", "d.jsonl", "d.csv", "d.CSV"])
@pytest.mark.parametrize("content", [b"PAR1 cut off", b"a,b\n1,2\n", b'{"a": 1}\n', b"text"])
@pytest.mark.parametrize("command", ["summary", "list", "check", "export"])
def test_a_file_named_as_a_dataset_that_is_none_is_refused(
    command: str, name: str, content: bytes, run: Run, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)

    done = run(command, tmp_path / name)

    assert done.returncode == 3
    assert done.stdout == b""
    assert b"esfkit ingest SOURCE" in done.stderr


def test_a_damaged_dataset_on_stdin_is_refused(run: Run) -> None:
    assert run("summary", "-", stdin=b"PAR1 cut off").returncode == 3


def test_texts_without_any_record_are_told_in_one_line(
    run: Run, tmp_path: Path, page: Path
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("Bara prosa.")

    done = run("summary", *(tmp_path / f"{name}.txt" for name in "abc"))

    assert done.returncode == 0
    assert done.stderr.decode().startswith("esfkit: 3 documents read, none gave a record; ")
    assert done.stderr.count(b"\n") == 1
    assert b"1 document read" in run("list", "-", stdin=b"Bara prosa.").stderr
    assert run("list", page).stderr == b""


@pytest.mark.parametrize("name", ["nowhere.txt", "nul\0"])
def test_what_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(InputRefused):
        load([name])
