import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from esfkit.cli.app import program
from esfkit.cli.teaching.option import WRITTEN
from esfkit.dataset.store import is_dataset
from factories import a_project
from programs import Make, Run

NAMED = [
    ("summary", "DATA", "-o", "DATA"),
    ("pivot", "DATA", "--rows", "region", "--cols", "fund", "-o", "DATA"),
    ("timeline", "DATA", "-o", "DATA"),
    ("list", "DATA", "-o", "DATA"),
    ("show", "esf:1", "DATA", "-o", "DATA"),
    ("export", "DATA", "-o", "DATA"),
    ("export", "DATA", "--as", "esf-list", "-o", "OUT.csv", "--refused", "DATA"),
    ("check", "DATA", "-o", "DATA"),
    ("diff", "DATA", "OTHER", "-o", "DATA"),
    ("diff", "OTHER", "DATA", "-o", "DATA"),
    ("reconcile", "DATA", "--with", "OTHER", "-o", "DATA"),
    ("reconcile", "OTHER", "--with", "DATA", "-o", "DATA"),
    ("coverage", "DATA", "-o", "DATA"),
    ("coverage", "DATA", "--write-baseline", "DATA"),
    ("redact", "DATA", "-o", "DATA"),
    ("merge", "DATA", "-o", "DATA"),
    ("merge", "DATA", "-o", "OUT.parquet", "--review", "DATA"),
    ("labels", "suggest", "DATA", "-o", "DATA"),
]
"""A command that is to write over its own dataset, by each option that names a file."""

WITHIN = [
    ("ingest", "FOLDER", "--format", "jsonl", "-o", "PAGE"),
    ("ingest", "FOLDER", "-o", "OUT.jsonl", "--rejects", "PAGE"),
    ("ingest", "FOLDER", "-o", "OUT.jsonl", "--account", "PAGE"),
    ("ingest", "FOLDER", "-o", "OUT.parquet", "--update", "--account", "PAGE"),
    ("ingest", "FOLDER/*.txt", "-o", "OUT.jsonl", "--rejects", "PAGE"),
    ("ingest", "FOLDER/**/*.txt", "-o", "OUT.jsonl", "--rejects", "PAGE"),
    ("summary", "FOLDER", "--format", "csv", "-o", "PAGE"),
    ("summary", "FOLDER", "--deciding", "1", "--format", "csv", "-o", "PAGE"),
    ("pivot", "FOLDER", "--rows", "region", "--cols", "fund", "--format", "csv", "-o", "PAGE"),
    ("timeline", "FOLDER", "--format", "csv", "-o", "PAGE"),
    ("list", "FOLDER", "--format", "csv", "-o", "PAGE"),
    ("show", "esf:2016/00999", "FOLDER", "--format", "csv", "-o", "PAGE"),
    ("export", "FOLDER", "--as", "csv", "-o", "PAGE"),
    ("export", "FOLDER", "--as", "xlsx", "-o", "PAGE"),
    ("export", "FOLDER", "--as", "esf-list", "-o", "OUT.csv", "--refused", "PAGE"),
    ("export", "FOLDER", "--as", "esf-list", "--format", "csv", "-o", "PAGE"),
    ("check", "FOLDER", "--format", "csv", "-o", "PAGE"),
    ("check", "FOLDER", "--format", "sarif", "-o", "PAGE"),
    ("coverage", "FOLDER", "--format", "csv", "-o", "PAGE"),
    ("coverage", "FOLDER", "--write-baseline", "PAGE"),
    ("reconcile", "FOLDER", "--with", "LIST", "--format", "csv", "-o", "PAGE"),
    ("reconcile", "LIST", "--with", "FOLDER", "--format", "csv", "-o", "PAGE"),
    ("redact", "FOLDER", "-o", "OUT.jsonl", "--statement", "FOLDER/page.md"),
    ("merge", "FOLDER", "-o", "OUT.parquet", "--review", "PAGE"),
    ("labels", "suggest", "FOLDER", "--format", "csv", "-o", "PAGE"),
    ("layouts", "test", "FOLDER", "--format", "csv", "-o", "PAGE"),
]
"""A command that is to write over a page that it reads in a folder."""


@pytest.fixture
def folder(page: Path) -> Path:
    """A folder with the same page under the names of several kinds of files."""
    path = page.parent / "sidor"
    path.mkdir()
    for name in ("page.txt", "page.md"):
        (path / name).write_bytes(page.read_bytes())
    return path


@pytest.mark.parametrize("arguments", NAMED)
def test_a_result_is_never_written_over_what_it_is_made_of(
    arguments: tuple[str, ...], run: Run, dataset: Make, tmp_path: Path
) -> None:
    data = dataset(a_project("1"), a_project("2", region="Sydsverige"))
    other = tmp_path / "other.parquet"
    other.write_bytes(data.read_bytes())
    before = data.read_bytes()
    names = {"DATA": str(data), "OTHER": str(other)}

    done = run(*(names.get(word, word) for word in arguments))

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert data.read_bytes() == before


@pytest.mark.parametrize("arguments", WITHIN)
def test_a_page_is_never_written_over_by_what_is_made_of_its_folder(
    arguments: tuple[str, ...], run: Run, folder: Path, dataset: Make
) -> None:
    names = {"PAGE": str(folder / "page.txt"), "LIST": str(dataset(a_project("1")))}
    before = {path: path.read_bytes() for path in folder.iterdir()}

    done = run(*(names.get(word, word.replace("FOLDER", str(folder))) for word in arguments))

    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert done.returncode == 2
    assert b"would be lost" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "-o", "projects.parquet"),
        ("coverage", "--write-baseline", "projects.parquet"),
        ("reconcile", "--with", "LIST", "-o", "projects.parquet"),
        ("export", "--as", "esf-list", "-o", "x.csv", "--refused", "projects.parquet"),
    ],
)
def test_the_usual_dataset_is_kept_too(
    arguments: tuple[str, ...], run: Run, dataset: Make, tmp_path: Path
) -> None:
    other = dataset(a_project("1"), name="list.parquet")
    usual = dataset(a_project("1"), name="here/projects.parquet")
    before = usual.read_bytes()

    done = run(*(str(other) if word == "LIST" else word for word in arguments))

    assert (done.returncode, usual.read_bytes()) == (2, before)
    assert tmp_path / "here" == usual.parent


@pytest.mark.parametrize("make", [os.symlink, os.link])
@pytest.mark.parametrize("way", ["target", "source", "inside"])
def test_a_link_to_what_is_read_is_known(
    way: str, make: Callable[[Path, Path], None], run: Run, page: Path, tmp_path: Path
) -> None:
    before = page.read_bytes()
    link = tmp_path / "länkad" / "länk.txt"
    link.parent.mkdir()
    make(page, link)
    source, target = {
        "target": (page, link),
        "source": (link, page),
        "inside": (link.parent, page),
    }[way]

    done = run("ingest", source, "-o", "out.jsonl", "--rejects", target)

    assert (done.returncode, page.read_bytes(), link.read_bytes()) == (2, before, before)


def test_a_folder_is_known_by_every_path_that_leads_to_it(run: Run, folder: Path) -> None:
    link = folder.parent / "annat namn"
    link.symlink_to(folder)
    before = (folder / "page.txt").read_bytes()

    done = run("ingest", link, "-o", "out.jsonl", "--rejects", folder / "page.txt")

    assert (done.returncode, (folder / "page.txt").read_bytes()) == (2, before)


def test_what_stands_in_no_folder_that_is_read_is_replaced(
    run: Run, folder: Path, page: Path
) -> None:
    assert run("ingest", folder, "-o", "out.jsonl", "--rejects", page).returncode == 0
    assert page.read_bytes() == b""


def test_a_page_on_standard_input_is_not_written_over(page: Path) -> None:
    before = page.read_bytes()
    with page.open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "esfkit", "ingest", "-", "--format", "jsonl", "-o", page],
            stdin=stream,
            capture_output=True,
            check=False,
        )

    assert (done.returncode, page.read_bytes()) == (2, before)


def test_an_ingest_of_the_folder_that_it_writes_into_can_be_run_again(
    run: Run, folder: Path
) -> None:
    (folder / "prosa.txt").write_text("Bara prosa.", encoding="utf-8")
    written = ["projects.parquet", "rejects.jsonl", "account.json"]
    options = zip(("-o", "--rejects", "--account"), written, strict=True)
    arguments = [word for name, file in options for word in (name, folder / file)]

    first = run("ingest", folder, *arguments)
    kept = {name: (folder / name).read_bytes() for name in written[:2]}
    second = run("ingest", folder, *arguments)

    assert (first.returncode, second.returncode) == (0, 0)
    assert {name: (folder / name).read_bytes() for name in written[:2]} == kept
    assert b'"documents": 3' in (folder / "account.json").read_bytes()


def test_a_merge_and_a_redaction_of_a_folder_can_be_run_again(run: Run, folder: Path) -> None:
    merge = ("merge", folder, "-o", folder / "m.parquet", "--review", folder / "review.csv")
    redact = ("redact", folder, "-o", folder / "r.csv", "--statement", folder / "taken.json")
    told = ("redact", folder, "-o", folder / "r.csv", "--statement", folder / "taken.md")
    for command in (merge, merge, redact, redact, told, told):
        assert run(*command).returncode == 0


def test_what_a_list_refused_and_a_baseline_can_be_written_again(
    run: Run, folder: Path
) -> None:
    refused = ("export", folder, "--as", "esf-list", "-o", "l.csv", "--refused")
    baseline = ("coverage", folder, "--write-baseline")
    for command in (refused, baseline):
        codes = [run(*command, folder / command[0]).returncode for _ in range(2)]
        assert codes[0] == codes[1] != 2


@pytest.mark.parametrize("option", ["--rejects", "--account"])
def test_a_file_of_ours_is_replaced_by_its_like_alone(
    option: str, run: Run, folder: Path
) -> None:
    data = folder / "projects.parquet"
    run("ingest", folder, "-o", data)

    done = run("ingest", folder, "-o", "out.jsonl", option, data)

    assert done.returncode == 2
    assert is_dataset(data)


def test_a_table_is_not_written_over_a_dataset_in_the_folder(run: Run, folder: Path) -> None:
    data = folder / "projects.parquet"
    run("ingest", folder, "-o", data)

    assert run("summary", folder, "-o", data).returncode == 2
    assert is_dataset(data)


def test_a_file_in_which_nothing_stands_is_lost_to_nobody(run: Run, folder: Path) -> None:
    (folder / "rejects.jsonl").touch()

    done = run("ingest", folder, "-o", "o.jsonl", "--rejects", folder / "rejects.jsonl")

    assert done.returncode == 0


@pytest.mark.parametrize(
    "content",
    [b'{"documents": 3}', b'{"source_path": "a"}', b"{", b"\xff\xfe", b"[1]", b"[" * 100_000],
)
def test_what_only_looks_like_a_file_of_ours_is_kept(
    content: bytes, run: Run, folder: Path
) -> None:
    note = folder / "note.json"
    note.write_bytes(content)
    for option in ("--rejects", "--account"):
        assert run("ingest", folder, "-o", "o.jsonl", option, note).returncode == 2
    assert note.read_bytes() == content


@pytest.mark.parametrize("inside", ["", "FOLDER/", "FOLDER/djupt/"])
def test_receipts_are_kept_in_no_folder_of_pages(inside: str, run: Run, folder: Path) -> None:
    deep = folder / "djupt"
    deep.mkdir()
    (deep / "run.json").write_bytes((folder / "page.txt").read_bytes())
    kept = Path(inside.replace("FOLDER", str(folder))) if inside else folder.parent

    done = run("ingest", folder, "-o", "o.jsonl", "--receipts", kept)

    assert done.returncode == 2
    assert (deep / "run.json").read_bytes() == (folder / "page.txt").read_bytes()
    assert not (kept / "run.json").exists() or kept == deep


def test_what_a_run_writes_is_no_source_also_where_a_link_leads_to_it(
    run: Run, folder: Path
) -> None:
    link = folder.parent / "annat namn"
    link.symlink_to(folder)
    (folder / "prosa.txt").write_text("Bara prosa.", encoding="utf-8")
    written = {"-o": "o.jsonl", "--rejects": "r.jsonl", "--receipts": "klart"}
    arguments = [word for name, file in written.items() for word in (name, folder / file)]

    for source in (link, f"{link}/**"):
        for _ in range(2):
            done = run("ingest", source, *arguments, "-v")
            assert b"read     3 documents" in done.stderr


def test_receipts_that_were_kept_in_the_folder_are_taken_up_again(
    run: Run, folder: Path
) -> None:
    arguments = ("ingest", folder, "-o", "o.jsonl", "--receipts", folder / "klart")

    assert [run(*arguments).returncode for _ in range(2)] == [0, 0]
    assert run("receipts", "verify", folder / "klart").returncode == 0


@pytest.mark.parametrize("command", [("layouts",), ("ingest", "PAGE"), ("list", "PAGE")])
def test_what_teaches_layouts_is_not_written_over(
    command: tuple[str, ...], run: Run, page: Path
) -> None:
    labels = page.parent / "esfkit.d" / "labels.csv"
    labels.parent.mkdir()
    labels.write_text("field,language,label\n", encoding="utf-8")
    before = labels.read_bytes()
    named = [str(page) if word == "PAGE" else word for word in command]

    done = run(*named, "--layouts", labels.parent, "-o", labels)

    assert (done.returncode, labels.read_bytes()) == (2, before)


@pytest.mark.parametrize("command", ["check", "config"])
def test_settings_are_not_written_over(command: str, run: Run, page: Path) -> None:
    settings = page.parent / "egna.toml"
    settings.write_text('fail_on = "error"\n', encoding="utf-8")
    data = [page] if command == "check" else []

    done = run(command, *data, "--config", settings, "--format", "csv", "-o", settings)

    assert done.returncode == 2
    assert settings.read_text(encoding="utf-8") == 'fail_on = "error"\n'


def test_of_every_option_that_names_a_path_it_is_known_whether_it_is_written() -> None:
    read = {"baseline", "config", "decisions", "folder", "gold", "layouts", "precedence"}
    callbacks = [one.callback for one in program.registered_commands if one.callback]
    paths = {
        name
        for callback in callbacks
        for name, hint in get_type_hints(callback).items()
        if Path in (hint, *get_args(hint))
    }

    assert paths - WRITTEN == read
    assert paths >= WRITTEN
