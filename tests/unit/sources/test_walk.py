import io
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from esfkit.model.document import Document, Unread
from esfkit.model.errors import InputRefused
from esfkit.model.finding import Problem, Severity
from esfkit.sources import Limits, Reading, open_sources, total_bytes


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str = "Region: Väst") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def paths(*sources: str | Path) -> list[str]:
    return [str(result.origin and result.origin.path) for result in open_sources(sources)]


def obstacle(*sources: str) -> tuple[Problem, Severity, str]:
    [result] = [one for one in open_sources(sources) if isinstance(one, Unread)]
    return result.finding.code, result.finding.severity, result.finding.message


def error(message: str) -> tuple[Problem, Severity, str]:
    return Problem.SOURCE_UNREADABLE, Severity.ERROR, message


def test_files_come_in_the_order_they_are_named(here: Path) -> None:
    write("b.txt", "två")
    write("a.txt", "ett")
    results = list(open_sources(["b.txt", here / "a.txt"]))
    assert [one.text for one in results if isinstance(one, Document)] == ["två", "ett"]
    assert [one.origin and one.origin.path for one in results] == ["b.txt", str(here / "a.txt")]


def test_a_folder_is_read_with_all_below_it_by_name(here: Path) -> None:
    for name in ("s/b.html", "s/a/z.txt", "s/a/y", "s/c.md", "s/.dold.txt", "s/.git/x.txt"):
        write(name)
    assert paths("s") == ["s/a/y", "s/a/z.txt", "s/b.html", "s/c.md"]
    assert here.is_dir()


def test_a_single_source_may_be_given_as_it_is(here: Path) -> None:
    write("s/a.txt", "12345")
    assert paths("s") == ["s/a.txt"]
    assert total_bytes(here) == 5


def test_a_hidden_file_is_read_when_named(here: Path) -> None:
    write(".dold.txt")
    assert paths(".dold.txt") == [".dold.txt"]
    assert paths(here / ".dold.txt") == [str(here / ".dold.txt")]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("s/*.txt", ["s/a.txt", "s/b.txt"]),
        ("s/?.txt", ["s/a.txt", "s/b.txt"]),
        ("s/[b]*", ["s/b.txt"]),
        ("s/*", ["s/a.txt", "s/b.txt", "s/under/c.txt", "s/under/d.md"]),
        ("s/**/*.txt", ["s/a.txt", "s/b.txt", "s/under/c.txt"]),
        ("**/c.txt", ["s/under/c.txt"]),
        ("s/**", ["s/a.txt", "s/b.txt", "s/under/c.txt", "s/under/d.md"]),
        ("./s/u*/*.md", ["./s/under/d.md"]),
    ],
)
def test_patterns_find_files_in_order(pattern: str, found: list[str]) -> None:
    for name in ("s/b.txt", "s/a.txt", "s/under/c.txt", "s/under/d.md", "s/.dold/c.txt"):
        write(name)
    assert paths(pattern) == found


@pytest.mark.usefixtures("here")
def test_two_patterns_over_one_folder_each_find_their_files() -> None:
    write("s/a.txt")
    write("s/b.md")
    assert paths("s/**/*.txt", "s/**/*.md") == ["s/a.txt", "s/b.md"]


@pytest.mark.usefixtures("here")
def test_a_file_whose_name_looks_like_a_pattern_is_a_file() -> None:
    write("[1]*.txt", "klammer")
    write("1.txt", "ett")
    assert paths("[1]*.txt") == ["[1]*.txt"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("saknas.txt", "There is no file or folder 'saknas.txt'."),
        ("", "There is no file or folder ''."),
        ("a\0b", "There is no file or folder 'a\\x00b'."),
        ("*.txt", "No file matches '*.txt'."),
        ("saknas/**/*.txt", "No file matches 'saknas/**/*.txt'."),
        ("a\0*", "No file matches 'a\\x00*'."),
    ],
)
def test_a_source_that_does_not_exist_is_refused_before_anything_is_read(
    source: str, message: str
) -> None:
    write("finns.md")
    with pytest.raises(InputRefused) as refused:
        open_sources(["finns.md", source])
    assert str(refused.value) == message
    with pytest.raises(InputRefused):
        total_bytes([source])


@pytest.mark.usefixtures("here")
def test_gold_files_beside_the_pages_are_noted_as_json() -> None:
    write("s/1.txt")
    write("s/1.gold.json", '{"title": "Region"}')
    results = list(open_sources(["s"]))
    assert [type(one) for one in results] == [Unread, Document]
    assert isinstance(results[0], Unread)
    assert results[0].finding.severity is Severity.NOTE


@pytest.mark.usefixtures("here")
def test_pipes_sockets_and_devices_are_told_and_never_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    os.mkfifo("rör")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("uttag")
        opened: list[str] = []
        monkeypatch.setattr("esfkit.sources.walk.os.open", lambda path, _: opened.append(path))
        assert obstacle("rör") == error(
            "It is a named pipe, not a file; copy what it gives to a file."
        )
        assert obstacle("uttag")[2].startswith("It is a socket,")
        assert obstacle("/dev/zero")[2].startswith("It is a device,")
        assert opened == []


@pytest.mark.usefixtures("here")
def test_a_link_that_leads_nowhere_is_told_and_the_run_goes_on() -> None:
    write("s/b.txt")
    Path("s/a.txt").symlink_to("borta")
    assert obstacle("s") == error("The link leads nowhere.")
    assert paths("s") == ["s/a.txt", "s/b.txt"]


@pytest.mark.usefixtures("here")
def test_a_link_to_itself_is_told() -> None:
    Path("a").symlink_to("a")
    assert obstacle("a")[2].startswith("It cannot be read: Too many levels")


@pytest.mark.usefixtures("here")
def test_a_loop_of_links_ends() -> None:
    write("s/a.txt")
    write("s/u/b.txt")
    Path("s/u/upp").symlink_to("..")
    Path("s/u/själv").symlink_to(".")
    results = list(open_sources(["s"]))
    assert [one.origin.path for one in results if isinstance(one, Document)] == [
        "s/a.txt",
        "s/u/b.txt",
    ]
    loops = [one.finding for one in results if isinstance(one, Unread)]
    assert [(one.code, one.severity) for one in loops] == [
        (Problem.SOURCE_UNREADABLE, Severity.NOTE)
    ] * 2
    assert paths("s/**/*.txt")[:2] == ["s/a.txt", "s/u/b.txt"]


@pytest.mark.usefixtures("here")
def test_links_out_of_the_folder_are_read() -> None:
    write("ute/a.txt", "ute")
    write("ensam.txt", "ensam")
    Path("s").mkdir()
    Path("s/fil").symlink_to("../ensam.txt")
    Path("s/mapp").symlink_to("../ute")
    assert paths("s") == ["s/fil", "s/mapp/a.txt"]


@pytest.mark.usefixtures("here")
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told() -> None:
    write("s/a.txt")
    write("s/b/c.txt")
    Path("s/a.txt").chmod(0)
    Path("s/b").chmod(0)
    try:
        messages = [
            one.finding.message for one in open_sources(["s"]) if isinstance(one, Unread)
        ]
    finally:
        Path("s/b").chmod(0o700)
    assert messages == ["It may not be read; change its permissions."] * 2


@pytest.mark.usefixtures("here")
def test_a_folder_that_may_not_be_listed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    write("s/a.txt")
    monkeypatch.setattr("esfkit.sources.walk.os.listdir", refuse)
    assert obstacle("s") == error("It may not be read; change its permissions.")
    assert obstacle("s/**/*.txt") == error("It may not be read; change its permissions.")


@pytest.mark.usefixtures("here")
def test_a_name_behind_a_closed_door_is_left_to_the_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: str) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("esfkit.sources.walk.os.lstat", refuse)
    monkeypatch.setattr("esfkit.sources.walk.os.stat", refuse)
    assert obstacle("låst.txt") == error("It may not be read; change its permissions.")


@pytest.mark.usefixtures("here")
def test_a_file_that_vanishes_between_listing_and_reading_is_told() -> None:
    write("s/a.txt")
    write("s/b.txt")
    results = open_sources(["s"])
    assert isinstance(next(results), Document)
    Path("s/b.txt").unlink()
    [gone] = list(results)
    assert isinstance(gone, Unread)
    assert gone.finding.message == "The file is gone since it was listed."


@pytest.mark.usefixtures("here")
def test_a_pipe_put_in_place_of_a_file_does_not_block(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt")
    status = Path("a.txt").stat()
    Path("a.txt").unlink()
    os.mkfifo("a.txt")
    monkeypatch.setattr("esfkit.sources.walk.os.stat", lambda _: status)
    assert obstacle("a.txt") == error("It cannot be read: It was replaced while being read.")


@pytest.mark.usefixtures("here")
def test_no_more_than_the_limit_is_read() -> None:
    write("a.txt", "x" * 1000)
    [result] = open_sources(["a.txt"], Reading(limits=Limits(document_bytes=10)))
    assert isinstance(result, Unread)
    assert result.finding.message.startswith(
        "The document has 1000 bytes or more; the limit document_bytes is 10."
    )


class _Input:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Input("Region: Väst".encode()))
    [result] = open_sources(["-"])
    assert isinstance(result, Document)
    assert result.text == "Region: Väst"
    assert result.origin.path == "-"
    assert total_bytes(["-"]) == 0


def test_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert obstacle("-") == error("It cannot be read: Standard input is closed.")


@pytest.mark.usefixtures("here")
def test_progress_adds_up_to_the_total() -> None:
    write("s/a.txt", "12345")
    write("s/b.txt", "1234567")
    Path("s/c").symlink_to("borta")
    steps: list[int] = []
    assert len(list(open_sources(["s"], on_bytes=steps.append))) == 3
    assert steps == [5, 7]
    assert total_bytes(["s"]) == 12


@pytest.mark.usefixtures("here")
def test_a_name_that_is_not_utf_8_is_printed_with_escapes() -> None:
    name = os.fsdecode(b"sida\xe5.txt")
    Path(name).write_bytes(b"Region")
    assert paths(".") == ["./sida\\xe5.txt"]


@pytest.mark.usefixtures("here")
def test_a_folder_nested_beyond_what_a_path_can_hold_ends_in_one_finding() -> None:
    descriptor = os.open(".", os.O_RDONLY)
    for _ in range(60):
        os.mkdir("d" * 100, dir_fd=descriptor)
        inner = os.open("d" * 100, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    assert obstacle(".") == error("It cannot be read: File name too long.")
