"""Sources that attack the reader, through the command line: told, and nothing else is lost."""

import bz2
import gzip
import json
import lzma
import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

import polars as pl
import pytest
import zstandard

from bombs import BOMBS, MIB, zip_of
from object_store import environment, object_store
from pages import colon_page

PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": partial(lzma.compress, preset=0),
    ".zst": zstandard.compress,
}
SECONDS = 30  # generous: the machine that tests may be busy; alone it is a fraction
START = 60 * MIB  # what the program takes for nothing at all
MOST = 150 * MIB

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")


class Ran(NamedTuple):
    """What a run of the program gave."""

    code: int
    ids: list[str]
    said: str
    rejects: list[dict[str, str]]
    seconds: float
    peak: int


def ingest(folder: Path, *options: str, source: str = "in") -> Ran:
    """Ingest what stands below ``in``, and look at the memory of every process."""
    begun = monotonic()
    command = [
        *(sys.executable, "-m", "esfkit", "ingest", source),
        *("-o", "out.jsonl", "--rejects", "rejects.jsonl", *options),
    ]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as process:
        peak = 0
        while process.poll() is None:
            peak = max([peak, *map(peak_of, family_of(process.pid))])
            sleep(0.02)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    lines = (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    rejects = (folder / "rejects.jsonl").read_text(encoding="utf-8").splitlines()
    return Ran(
        process.returncode,
        [json.loads(line)["record_id"] for line in lines],
        said,
        [json.loads(line) for line in rejects],
        monotonic() - begun,
        peak,
    )


def family_of(parent: int) -> Iterator[int]:
    yield parent
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(status.parent.name)
        except (OSError, IndexError):
            continue


def peak_of(number: int) -> int:
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return 0
    return max((int(line.split()[1]) * 1024 for line in lines if "VmHWM" in line), default=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose first and last file are pages; what attacks goes between."""
    (tmp_path / "in").mkdir()
    for name, number in (("a.txt", "2016/00001"), ("z.txt", "2016/00002")):
        text = colon_page(project_number=number)
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    return tmp_path


def assert_survived(ran: Ran, reason: str, *more: str) -> None:
    assert ran.code == 0, ran.said
    assert ran.ids == ["esf:2016/00001", *more, "esf:2016/00002"]
    assert reason in {row["reason"] for row in ran.rejects}
    assert "Traceback" not in ran.said
    assert ran.seconds < SECONDS
    assert ran.peak < MOST + START


@pytest.mark.parametrize("name", [name for name in BOMBS if "crowded tar" not in name])
def test_a_bomb_is_told_and_the_others_are_read(name: str, folder: Path) -> None:
    (folder / "in" / "bomb").write_bytes(BOMBS[name]())

    ran = ingest(folder)
    reasons = {row["reason"] for row in ran.rejects}
    assert reasons & {"limit_met", "document_too_long"}
    assert_survived(ran, reasons.pop())
    assert "--limit" in ran.said


def test_an_archive_of_too_many_members_is_told_after_those_it_may_have(folder: Path) -> None:
    (folder / "in" / "m.tar").write_bytes(BOMBS["crowded tar"]())

    ran = ingest(folder, "--limit", "archive_members=1000")
    assert_survived(ran, "limit_met")
    assert len(ran.rejects) == 1001


@pytest.mark.parametrize("ratio", [50, 200], ids=["more than all", "less than all"])
def test_a_bomb_spread_over_the_parts_of_an_archive_is_told(ratio: int, folder: Path) -> None:
    """Zeros in both parts of it; with what follows they are within the ratio, or are not."""
    page = colon_page(project_number="2016/00005").encode()
    with zipfile.ZipFile(folder / "in" / "m.zip", "w") as archive:
        archive.writestr("page.txt", page)
        for number in range(2200):
            archive.writestr(f"{number}.txt", bytes(MIB // 4), zipfile.ZIP_DEFLATED)
        archive.writestr("noise", os.urandom(9 * MIB))

    for workers in ("1", "2"):
        limit = f"unpacked_ratio={ratio}"
        ran = ingest(folder, "--workers", workers, "--limit", limit)
        assert_survived(ran, "limit_met", "esf:2016/00005")
        assert "unpacked_ratio" in ran.said
        told = [row for row in ran.rejects if row["reason"] == "limit_met"]
        assert len(told) == (1 if ratio == 50 else 2)


def test_a_bad_member_of_a_large_archive_costs_no_other(folder: Path) -> None:
    names = [f"{number:04}.txt" for number in range(4200)]
    page = colon_page(project_number="2016/00005").encode()
    members = {name: page if name[2:4] == "00" else b"Sida" for name in names}
    content = bytearray(zip_of({**members, "noise": os.urandom(9 * MIB)}))
    content[content.index(b"2100.txt") + 12] ^= 0xFF  # its packed bytes
    at = content.index(b"PK\x01\x02")
    lying = content.index(b"3000.txt", at) - 46
    content[lying + 24 : lying + 28] = b"\xff\xff\xff\x7f"  # said to be 2 GiB
    (folder / "in" / "m.zip").write_bytes(content)

    ran = ingest(folder)
    assert_survived(ran, "source_damaged", *40 * ["esf:2016/00005"])
    assert ingest(folder, "--workers", "2").ids == ran.ids


def test_a_parquet_bomb_is_told_and_the_others_are_read(folder: Path) -> None:
    text = "x" * (4 * MIB)
    pl.DataFrame({"text": [text] * 200}).write_parquet(folder / "in" / "bomb.parquet")

    ran = ingest(folder)
    assert ran.ids == ["esf:2016/00001", "esf:2016/00002"]
    assert "unpacked_ratio" in ran.said
    assert ran.peak < 400 * MIB


def test_a_parquet_file_of_eighteen_bytes_is_told(folder: Path) -> None:
    footer = b"\x15\x02\x19\xfc\xff\xff\xff"
    content = b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"
    (folder / "in" / "m.parquet").write_bytes(content)

    ran = ingest(folder)
    assert_survived(ran, "source_damaged")


def test_names_that_lead_out_are_only_names(folder: Path) -> None:
    names = ["../../out.txt", "/etc/out.txt", "C:\\out.txt", "a\x1b[31m.txt"]
    page = colon_page(project_number="2016/00009").encode()
    (folder / "in" / "m.zip").write_bytes(zip_of(dict.fromkeys(names, page)))

    ran = ingest(folder)
    assert ran.ids == ["esf:2016/00001", *4 * ["esf:2016/00009"], "esf:2016/00002"]
    assert sorted(path.name for path in folder.rglob("*")) == [
        *("a.txt", "in", "m.zip", "out.jsonl", "rejects.jsonl", "z.txt"),
    ]
    assert "\x1b" not in ran.said


def test_links_pipes_and_sockets_are_told_and_never_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "in" / "m-pipe")
    (folder / "in" / "n-link").symlink_to("nowhere")
    (folder / "in" / "o-loop").symlink_to(folder / "in")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(folder / "in" / "p-socket"))
    (folder / "in" / "q-zero").symlink_to("/dev/zero")
    ran = ingest(folder)
    server.close()

    assert_survived(ran, "source_unreadable")
    told = {Path(row["source_path"]).name for row in ran.rejects}
    assert told == {"m-pipe", "n-link", "o-loop", "p-socket", "q-zero"}


def test_two_hundred_megabytes_without_a_line_end_are_told(folder: Path) -> None:
    with (folder / "in" / "m.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(200):
            file.write(b"x" * MIB)
        file.write(b'"}\n')
        file.write(json.dumps({"text": colon_page(project_number="2016/00005")}).encode())

    ran = ingest(folder)
    assert_survived(ran, "limit_met", "esf:2016/00005")


def test_one_bad_byte_in_a_million_lines_costs_that_line_at_most(folder: Path) -> None:
    row = b'{"text": "ESF"}\n'
    page = json.dumps({"text": colon_page(project_number="2016/00005")}).encode()
    with (folder / "in" / "m.jsonl").open("wb") as file:
        for number in range(50):
            if number == 25:
                file.write(b'{"text": "\xff\xfe"}\n{"text\xff": \n')
                file.write(page + b"\n")
            file.write(b'{"text": "Inget"}\n' * 20_000)
        file.write(row)

    ran = ingest(folder)
    assert ran.ids == ["esf:2016/00001", "esf:2016/00005", "esf:2016/00002"]
    assert ran.peak < MOST
    [found] = [
        json.loads(line)
        for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
        if "2016/00005" in line
    ]
    assert found["source_line"] == 500_003


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.txt", b"PAR1" + bytes(100) + b"PAR1"),
        ("m.jsonl", b"PK\x03\x04" + bytes(100)),
        ("m.zip", b'{"text": "a"}\n{"text": "ESF'),
        ("m.xlsx", b"PK\x03\x04" + bytes(1000)),
        ("m.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nx"),
        ("m.gz", b"\x1f\x8b\x08\x00" + bytes(100)),
        ("m.zst", b"\x28\xb5\x2f\xfd" + bytes(100)),
        ("m.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100)),
        ("m.csv", b"text,url\n" + b'"' * 999 + b"\n"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_not_what_it_says_is_told(
    name: str, content: bytes, folder: Path
) -> None:
    (folder / "in" / name).write_bytes(content)

    ran = ingest(folder)
    assert ran.code == 0
    assert ran.ids == ["esf:2016/00001", "esf:2016/00002"]
    assert [Path(row["source_path"]).name for row in ran.rejects][:1] == [name]
    assert all(row["message"].endswith((".", "…")) for row in ran.rejects)
    assert "Traceback" not in ran.said


def packed_folder(folder: Path) -> None:
    rows = [colon_page(project_number=f"2016/0002{number}") for number in range(2)]
    parquet = folder / "rows.parquet"
    pl.DataFrame({"text": rows}).write_parquet(parquet)
    (folder / "in" / "p.parquet").write_bytes(parquet.read_bytes())
    with zipfile.ZipFile(folder / "in" / "m.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", colon_page(project_number=f"2016/0001{number}"))
        archive.write(parquet, "rows.parquet")


def test_an_object_store_is_read_like_a_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed_folder(folder)
    objects = {path.name: path.read_bytes() for path in (folder / "in").iterdir()}
    here = ingest(folder)
    with object_store(objects) as address:
        for name, value in environment(address).items():
            monkeypatch.setenv(name, value)
        there = ingest(folder, source="s3://bucket/")
        workers = ingest(folder, "--workers", "2", source="s3://bucket/")

    assert len(here.ids) == 9
    assert there.ids == workers.ids == here.ids


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_a_file_cut_short_gives_what_stood_before(suffix: str, folder: Path) -> None:
    rows = [
        json.dumps({"text": f"{page}\n{os.urandom(3000).hex()}"})
        for number in range(100, 500)
        for page in [colon_page(project_number=f"2016/{number:05}")]
    ]
    content = PACK[suffix]("\n".join(rows).encode())
    (folder / "in" / f"m.jsonl{suffix}").write_bytes(content[: len(content) * 2 // 3])

    ran = ingest(folder)
    assert ran.code == 0
    assert ran.ids[1:100] == [f"esf:2016/{number:05}" for number in range(100, 199)]
    assert "source_damaged" in {row["reason"] for row in ran.rejects}


def test_archives_in_archives_are_opened_as_deep_as_the_limit_says(folder: Path) -> None:
    inner = zip_of({"page.txt": colon_page(project_number="2016/00007").encode()})
    middle = zip_of({"inner.zip": inner})
    (folder / "in" / "m.zip").write_bytes(zip_of({"middle.zip": middle}))

    refused = ingest(folder)
    assert_survived(refused, "limit_met")
    assert "--limit archive_depth=" in refused.said
    deeper = ingest(folder, "--limit", "archive_depth=2")
    assert deeper.ids == ["esf:2016/00001", "esf:2016/00007", "esf:2016/00002"]
