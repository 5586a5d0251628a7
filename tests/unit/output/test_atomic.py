import errno
import io
import os
import signal
import stat
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import sleep
from typing import Any, BinaryIO

import pytest
from typing_extensions import override

from esfkit.dataset.frame import to_frame
from esfkit.model.errors import OutputFailed
from esfkit.output import atomic
from esfkit.output.atomic import write_whole
from esfkit.output.writers import WRITERS, Writer
from factories import a_full_project

OLD, NEW = b"old\n" * 100, b"new\n" * 1000


def new(stream: BinaryIO) -> None:
    stream.write(NEW)


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.suffix == ".part"]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "out put.csv"
    path.write_bytes(OLD)
    return path


def test_the_new_file_takes_the_place_of_the_old(target: Path) -> None:
    write_whole(target, new)

    assert target.read_bytes() == NEW
    assert parts(target.parent) == []


def test_a_file_that_was_not_there_is_made(tmp_path: Path) -> None:
    write_whole(str(tmp_path / "fresh"), new)

    assert (tmp_path / "fresh").read_bytes() == NEW


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_the_mode_is_what_the_umask_leaves(target: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_whole(target, new)
    finally:
        os.umask(before)

    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~umask


def test_a_link_stays_and_the_file_behind_it_is_replaced(target: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link"
    link.symlink_to(target)

    write_whole(link, new)

    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_a_dangling_link_gets_its_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "behind")

    write_whole(tmp_path / "link", new)

    assert (tmp_path / "behind").read_bytes() == NEW


def test_the_longest_possible_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("å" * 127)

    write_whole(path, new)

    assert path.read_bytes() == NEW


def test_a_device_is_written_into_and_stays() -> None:
    write_whole("/dev/null", new)

    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)  # noqa: PTH116 - a device


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".", "folder.*Add a file name"),
        ("absent/out", "Make the folder first"),
        ("file/out", "Choose a place that is a folder"),
        ("nul\0byte", "Choose a place"),
        ("x" * 300, "Choose a place"),
    ],
)
def test_what_cannot_be_written_is_told_with_its_path(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OutputFailed, match=words) as failed:
        write_whole(str(tmp_path / name), new)
    assert str(tmp_path) in str(failed.value)


def test_a_full_device_is_told() -> None:
    with pytest.raises(OutputFailed, match="Free some space"):
        write_whole("/dev/full", new)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_whatever_interrupts_the_writer_leaves_the_old_file_and_no_part(
    target: Path, error: type[BaseException]
) -> None:
    def interrupted(stream: BinaryIO) -> None:
        stream.write(NEW)
        stream.flush()
        assert len(parts(target.parent)) == 1
        raise error

    with pytest.raises(error):
        write_whole(target, interrupted)

    assert target.read_bytes() == OLD
    assert parts(target.parent) == []


# --- every call that can fail, made to fail


class Faults:
    """Lets the n-th call of any kind fail, once or from then on."""

    def __init__(self, number: int, *, for_ever: bool, code: int) -> None:
        self.left, self.for_ever, self.code = number, for_ever, code

    def meet(self) -> None:
        self.left -= 1
        if self.left == 0 or (self.for_ever and self.left < 0):
            raise OSError(self.code, os.strerror(self.code))

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def faulty(*args: object, **options: object) -> object:
            self.meet()
            return call(*args, **options)

        return faulty


class FaultyFile(io.FileIO):
    """A file whose writes can fail."""

    faults: Faults

    @override
    def write(self, data: Any) -> int:
        self.faults.meet()
        return super().write(bytes(data)[:4096])


def install(faults: Faults, patch: pytest.MonkeyPatch) -> None:
    def opened(descriptor: int, mode: str) -> BinaryIO:
        file = FaultyFile(descriptor, mode)
        file.faults = faults
        return io.BufferedWriter(file, 4096)

    for name in ("open", "fsync", "replace"):
        patch.setattr(os, name, faults.around(getattr(os, name)))
    patch.setattr(os, "fdopen", opened)


def tried(target: Path, write: Callable[[BinaryIO], None]) -> bool:
    try:
        write_whole(target, write)
    except OutputFailed:
        return False
    return True


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
@pytest.mark.parametrize(
    ("code", "for_ever"),
    [
        (errno.ENOSPC, False),
        (errno.ENOSPC, True),
        (errno.EIO, False),
        (errno.EIO, True),
        (errno.EACCES, False),
        (errno.EACCES, True),
        (errno.EINTR, False),  # Python tries an interrupted write again, for ever if need be
    ],
)
def test_when_any_call_fails_the_target_is_the_old_file_or_the_new_one(
    target: Path, writer: Writer, code: int, *, for_ever: bool
) -> None:
    frame = to_frame([a_full_project(summary="Växjö " * 3000)])
    whole = io.BytesIO()
    writer.write(frame, whole)
    number, reached = 0, True
    while reached:
        number += 1
        target.write_bytes(OLD)
        faults = Faults(number, for_ever=for_ever, code=code)
        with pytest.MonkeyPatch.context() as patch:
            install(faults, patch)
            written = tried(target, lambda stream: writer.write(frame, stream))
        assert target.read_bytes() == (whole.getvalue() if written else OLD)
        assert parts(target.parent) == []
        reached = faults.left <= 0
    assert number > 5


RUN_OUT_OF_SPACE = """
    import resource, signal, sys
    from esfkit.dataset.frame import to_frame
    from esfkit.model.errors import OutputFailed
    from esfkit.output.writers import WRITERS
    from esfkit.output.atomic import write_whole
    sys.path.insert(0, "tests")
    from random import Random
    from factories import a_full_project

    frame = to_frame([a_full_project(summary=Random(1).randbytes(40_000).hex())])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
    for writer in WRITERS:
        if writer.name == "table":
            continue  # cuts long texts, so it has not that much to write
        try:
            write_whole(sys.argv[1], lambda stream: writer.write(frame, stream))
        except OutputFailed as failed:
            print(writer.name, failed)
"""


def run(code: str, *args: str, **options: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
    command = [sys.executable, "-c", textwrap.dedent(code), *args]
    return subprocess.run(
        command, check=False, text=True, stderr=subprocess.PIPE, timeout=60, **options
    )


def test_a_real_limit_of_space_leaves_the_old_file(target: Path) -> None:
    done = run(RUN_OUT_OF_SPACE, str(target), stdout=subprocess.PIPE)

    assert done.stderr == ""
    told = done.stdout.splitlines()
    assert [line.split()[0] for line in told] == [w.name for w in WRITERS if w.name != "table"]
    assert target.read_bytes() == OLD
    assert parts(target.parent) == []


# --- parts of processes that were killed


def test_the_parts_of_dead_processes_are_removed_and_those_of_living_ones_stay(
    target: Path,
) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    stale = f".{target.name}.{dead.pid}-0123abcd.part"
    beyond = f".{target.name}.9999999999-0123abcd.part"
    living = f".{target.name}.{os.getpid()}-0123abcd.part"
    other = f".other.csv.{dead.pid}-0123abcd.part"
    like = f".{target.name}.{dead.pid}-draft.part"
    for name in (stale, beyond, living, other, like):
        (target.parent / name).touch()

    write_whole(target, new)

    assert set(parts(target.parent)) == {living, other, like}


def test_where_one_may_not_ask_about_a_process_it_is_taken_to_live(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_process: int, _signal: int) -> None:
        raise PermissionError

    name = f".{target.name}.4711-0123abcd.part"
    (target.parent / name).touch()
    monkeypatch.setattr(os, "kill", forbidden)

    write_whole(target, new)
    assert parts(target.parent) == [name]


def test_on_a_system_without_such_numbers_parts_stay(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "_POSIX", False)
    name = f".{target.name}.9999999999-0123abcd.part"
    (target.parent / name).touch()

    write_whole(target, new)
    assert parts(target.parent) == [name]


WRITE_FOR_EVER = """
    import sys
    from esfkit.output.atomic import write_whole
    print("ready", flush=True)
    for number in range(10**9):
        letter = b"ab"[number % 2 : number % 2 + 1]
        def write(stream):
            for _ in range(50):
                stream.write(letter * 40_000)
        write_whole(sys.argv[1], write)
"""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_kill_at_any_moment_leaves_a_whole_file(target: Path) -> None:
    random = Random(1)  # noqa: S311 - moments, not secrets
    command = [sys.executable, "-c", textwrap.dedent(WRITE_FOR_EVER), str(target)]
    for _ in range(200):
        target.write_bytes(b"a" * 2_000_000)
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            sleep(random.random() / 20)
            child.send_signal(signal.SIGKILL)
        content = target.read_bytes()
        assert len(content) == 2_000_000
        assert content in (b"a" * 2_000_000, b"b" * 2_000_000)

    write_whole(target, new)
    assert parts(target.parent) == []


def test_of_several_writers_one_wins_whole(target: Path) -> None:
    def write(number: int) -> None:
        for _ in range(20):
            write_whole(target, lambda stream: stream.writelines([b"%d" % number] * 50_000))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        content = target.read_bytes()
        assert content == OLD or (len(content) == 50_000 and len(set(content)) == 1)
    assert parts(target.parent) == []


# --- standard output


@pytest.mark.parametrize("name", ["-", None, Path("-")])
def test_a_dash_or_nothing_means_standard_output(
    name: Path | str | None, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(io.FileIO(1, "w", closefd=False)))
        write_whole(name, new)

    assert capfdbinary.readouterr().out == NEW


def test_a_closed_standard_output_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)

    with pytest.raises(OutputFailed, match="Name a file with -o"):
        write_whole("-", new)


WRITE_OUT = """
    import os, sys
    from esfkit.model.errors import OutputFailed
    from esfkit.output.atomic import write_whole
    try:
        write_whole("-", lambda stream: stream.write(b"x" * 1_000_000))
    except OutputFailed as failed:
        print(failed, file=sys.stderr)
    except BrokenPipeError:
        print("broken pipe", file=sys.stderr)
    os._exit(0)
"""


def test_a_full_standard_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        told = run(WRITE_OUT, stdout=full).stderr
    assert told.startswith("standard output: could not be written (No space left")


def test_a_reader_that_went_away_is_left_to_the_caller() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        assert run(WRITE_OUT, stdout=writer).stderr == "broken pipe\n"
    finally:
        os.close(writer)
