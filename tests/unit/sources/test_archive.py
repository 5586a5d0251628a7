import gzip
import io
import lzma
import os
import stat
import struct
import subprocess
import sys
import tarfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import py7zr
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bombs
from esfkit.model.finding import Problem, Severity
from esfkit.sources.archive import (
    ARCHIVES,
    Archive,
    Member,
    Refused,
    archive_of,
    members,
    zip_kind,
)
from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.packed import open_packed, packing_of

CONTENT = "".join(
    f"{line}: Verkstaden i Åmål, {line * 7919} kr\n" for line in range(400)
).encode()
FILES = {
    "projekt/ett.txt": CONTENT,
    "tom.txt": b"",
    "projekt/två å.txt": CONTENT[::-1],
    "tre.json": b"{}",
}
MAKE: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": bombs.zip_of,
    "7z": bombs.seven_zip_of,
    "tar": bombs.tar_of,
}
BY_NAME = {archive.name: archive for archive in ARCHIVES}

each_archive = pytest.mark.parametrize("name", list(MAKE))

Found = dict[str, bytes | Obstacle]


def _archive(packed: bytes) -> Archive:
    archive = archive_of(packed[:1024])
    assert archive is not None
    return archive


def _drained(stream: BinaryIO) -> bytes:
    content = b""
    while piece := stream.read(3000):
        content += piece
    return content


def _walked(
    packed: bytes | BinaryIO, archive: Archive, limits: Limits = DEFAULT_LIMITS
) -> tuple[Found, Obstacle | None]:
    """Return what each member gave or was refused for, and what ended the walk."""
    stream = io.BytesIO(packed) if isinstance(packed, bytes) else packed
    found: Found = {}
    try:
        for member in members(stream, archive, limits):
            if isinstance(member, Refused):
                found[member.name] = member.obstacle
                continue
            try:
                found[member.name] = _drained(member.stream)
            except Obstacle as obstacle:
                found[member.name] = obstacle
    except Obstacle as obstacle:
        return found, obstacle
    return found, None


def _found(packed: bytes, limits: Limits = DEFAULT_LIMITS) -> Found:
    found, obstacle = _walked(packed, _archive(packed), limits)
    assert obstacle is None
    return found


def _obstacle(found: Found, name: str) -> Obstacle:
    obstacle = found[name]
    assert isinstance(obstacle, Obstacle)
    return obstacle


# --- which


def test_every_archive_has_a_case_here() -> None:
    assert {archive.name for archive in ARCHIVES} == set(MAKE)


@each_archive
def test_an_archive_is_told_by_its_first_bytes(name: str) -> None:
    assert _archive(MAKE[name](FILES)) is BY_NAME[name]


def test_an_empty_zip_is_one() -> None:
    assert _archive(bombs.zip_of({})) is BY_NAME["zip"]
    assert _found(bombs.zip_of({})) == {}


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tar_of_every_kind_is_read(form: int) -> None:
    packed = bombs.tar_of({**FILES, "l" * 90 + "/" + "å" * 40: b"a"}, form)

    assert _found(packed) == {**FILES, "l" * 90 + "/" + "å" * 40: b"a"}


def test_tar_without_a_signature_is_told_by_its_checksum() -> None:
    header = bytearray(bombs.tar_header("a.txt", 3, tarfile.REGTYPE))
    header[257:265] = bytes(8)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    packed = bytes(header) + b"hej".ljust(512, b"\0") + bytes(1024)

    assert _found(packed) == {"a.txt": b"hej"}
    header[0] ^= 1
    assert archive_of(bytes(header)) is None


@pytest.mark.parametrize(
    "head", [b"", b"PK", b"7z", b"Projekt\n" * 100, bytes(1024), b"PK\7\10"]
)
def test_what_is_no_archive_is_not(head: bytes) -> None:
    assert archive_of(head) is None


# --- whole archives


@each_archive
def test_the_members_are_those_that_were_stored_in_their_order(name: str) -> None:
    found = _found(MAKE[name](FILES))

    assert found == FILES
    assert list(found) == list(FILES)


@each_archive
def test_a_member_tells_its_size(name: str) -> None:
    packed = MAKE[name](FILES)
    walk = members(io.BytesIO(packed), _archive(packed), DEFAULT_LIMITS)

    assert [member.size for member in walk if isinstance(member, Member)] == [
        len(content) for content in FILES.values()
    ]


@each_archive
@settings(max_examples=25, deadline=None)
@given(contents=st.lists(st.binary(max_size=2000), max_size=6))
def test_any_contents_come_back(name: str, contents: list[bytes]) -> None:
    files = {f"{number}.txt": content for number, content in enumerate(contents)}

    assert _walked(MAKE[name](files), BY_NAME[name])[0] == files


@pytest.mark.parametrize(
    "method",
    [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA],
)
def test_zip_by_every_method_is_read(method: int) -> None:
    assert _found(bombs.zip_of(FILES, method)) == FILES


@pytest.mark.parametrize(
    "way",
    [
        {"id": py7zr.FILTER_LZMA},
        {"id": py7zr.FILTER_BZIP2},
        {"id": py7zr.FILTER_PPMD, "order": 6, "mem": 24},
        {"id": py7zr.FILTER_ZSTD},
        {"id": py7zr.FILTER_DEFLATE},
        {"id": py7zr.FILTER_COPY},
    ],
    ids=["lzma", "bzip2", "ppmd", "zstd", "deflate", "copy"],
)
def test_7z_by_every_method_is_read(way: dict[str, int]) -> None:
    assert _found(bombs.seven_zip_of(FILES, [way])) == FILES


@each_archive
def test_members_that_nobody_reads_are_passed_over(name: str) -> None:
    packed = MAKE[name]({f"{number}.txt": CONTENT * 30 for number in range(5)})
    walk = members(io.BytesIO(packed), _archive(packed), DEFAULT_LIMITS)
    names = []
    for member in walk:
        assert isinstance(member, Member)
        names.append(member.name)
        if member.name == "2.txt":
            assert member.stream.read(10) == CONTENT[:10]

    assert names == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"]


@each_archive
def test_a_walk_can_be_left(name: str) -> None:
    packed = MAKE[name]({f"{number}.txt": CONTENT * 100 for number in range(5)})
    walk = members(io.BytesIO(packed), _archive(packed), DEFAULT_LIMITS)
    first = next(walk)
    assert isinstance(first, Member)
    assert first.stream.read(10) == CONTENT[:10]
    before = threading.active_count()
    walk.close()  # type: ignore[attr-defined]  # it is a generator

    assert list(walk) == []
    assert threading.active_count() <= before


def test_tar_is_read_from_a_pipe() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:  # type: ignore[explicit-override]  # a test's own
            return False

        def seek(self, *_: int) -> int:  # type: ignore[explicit-override]  # a test's own
            raise io.UnsupportedOperation

        def read(self, size: int | None = -1, /) -> bytes:  # type: ignore[explicit-override]  # a test's own
            return super().read(min(size or 0, 100))

    packed = bombs.tar_of(FILES)

    assert _walked(Pipe(packed), BY_NAME["tar"]) == (FILES, None)
    for name in ("zip", "7z"):
        obstacle = _walked(Pipe(packed), BY_NAME[name])[1]
        assert obstacle is not None
        assert obstacle.code is Problem.FORMAT_UNSUPPORTED
        assert obstacle.message == (
            f"A {name} archive cannot be read from a pipe; save it to a file and give that."
        )


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_tar_is_read_from_a_compressed_stream(pack: Callable[[bytes], bytes]) -> None:
    packed = pack(bombs.tar_of(FILES))
    packing = packing_of(packed)
    assert packing is not None

    def walked(packed: bytes) -> tuple[Found, Obstacle | None]:
        stream = open_packed(io.BytesIO(packed), packing, DEFAULT_LIMITS)
        return _walked(stream, BY_NAME["tar"])

    assert walked(packed) == (FILES, None)
    found, obstacle = walked(packed[: len(packed) // 2])
    assert set(found) < set(FILES)
    told = [each for each in (*found.values(), obstacle) if isinstance(each, Obstacle)]
    assert [each.code for each in told] == [Problem.SOURCE_DAMAGED]
    assert "cut short" in told[0].message


# --- names and kinds


HOSTILE_NAMES = {
    "../../x.txt": "../../x.txt",
    "/etc/x.txt": "/etc/x.txt",
    "C:\\x.txt": "C:\\x.txt",
    "a\x1b[2J\n.txt": "a\\x1b[2J\\n.txt",
    "a\u202etxt.exe": "a\\u202etxt.exe",
    "x" * 60_000: "x" * 255 + "…",
}


@pytest.mark.parametrize(("hostile", "shown"), HOSTILE_NAMES.items(), ids=range(6))
def test_names_in_tar_and_zip_are_shown_harmless(hostile: str, shown: str) -> None:
    for make in (bombs.tar_of, bombs.zip_of):
        assert _found(make({hostile: b"hej", "efter.txt": b"d\xc3\xa5"})) == {
            shown: b"hej",
            "efter.txt": b"d\xc3\xa5",
        }


@pytest.mark.parametrize("hostile", ["../../x.txt", "/etc/xx.txt", "a\x1b[2J"])
def test_names_in_7z_are_shown_harmless_and_nothing_is_written(hostile: str) -> None:
    placeholder = "n" * len(hostile)
    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as archive:
        archive.set_encoded_header_mode(mode=False)
        archive.writestr(b"hej", placeholder)
    packed = bombs.resealed(
        stream.getvalue().replace(placeholder.encode("utf-16-le"), hostile.encode("utf-16-le"))
    )

    assert _found(packed) == {hostile.replace("\x1b", "\\x1b"): b"hej"}


def test_names_that_are_not_utf_8_are_shown_and_their_members_read() -> None:
    packed = bombs.zip_of({"åå.txt": b"hej", "å.txt": b"d\xc3\xa5"})
    packed = packed.replace("åå.txt".encode(), b"\xff\xfe\xe5\xe4.txt")
    tar = bombs.tar_of({"aa.txt": b"hej"}).replace(b"aa.txt", b"a\xe5.txt")
    header = bytearray(tar[:512])
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)

    assert _found(packed) == {"\\xa0■σΣ.txt": b"hej", "å.txt": b"d\xc3\xa5"}
    assert _found(bytes(header) + tar[512:]) == {"a\\udce5.txt": b"hej"}


def test_a_name_in_zip_ends_at_a_nul() -> None:
    packed = bombs.zip_of({"aXb.txt": b"hej"}).replace(b"aXb.txt", b"a\0b.txt")

    assert _found(packed) == {"a": b"hej"}


def test_a_member_of_zip_without_a_name_is_read() -> None:
    packed = bombs.zip_of({"X.txt": b"hej"}).replace(b"X.txt", b"\0.txt")

    assert _found(packed) == {"": b"hej"}


@each_archive
def test_hidden_members_and_folders_are_passed_over_in_silence(name: str) -> None:
    hidden = {".a": b"1", "b/.c/d.txt": b"2", "__MACOSX/e.txt": b"3", "f/._g.txt": b"4"}

    assert _found(MAKE[name]({**hidden, "./h.txt": b"5"})) in (
        {"./h.txt": b"5"},
        {"h.txt": b"5"},
    )


def test_folders_in_tar_and_zip_are_no_members() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        folder = tarfile.TarInfo("mapp")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)

    assert _found(stream.getvalue()) == {}
    assert _found(bombs.zip_of({"mapp/": b""})) == {}


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (tarfile.SYMTYPE, "a link"),
        (tarfile.LNKTYPE, "a link"),
        (tarfile.FIFOTYPE, "a device or a pipe"),
        (tarfile.CHRTYPE, "a device or a pipe"),
        (tarfile.BLKTYPE, "a device or a pipe"),
    ],
)
def test_links_and_devices_in_tar_are_noted_once(kind: bytes, what: str) -> None:
    link = tarfile.TarInfo("x.txt")
    link.type, link.linkname = kind, "/etc/hostname"
    found = _found(link.tobuf() + bombs.tar_of({"a.txt": b"hej"}))

    assert found["a.txt"] == b"hej"
    assert _obstacle(found, "x.txt").severity is Severity.NOTE
    assert _obstacle(found, "x.txt").message == (
        f"The member is {what}, not a file; it is passed over."
    )


def test_links_in_zip_and_7z_are_noted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"hej")
    (tmp_path / "x.txt").symlink_to("a.txt")
    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as archive:
        archive.write(tmp_path / "x.txt", "x.txt")
        archive.write(tmp_path / "a.txt", "a.txt")
    info = zipfile.ZipInfo("x.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    linked = io.BytesIO()
    with zipfile.ZipFile(linked, "w") as zipped:
        zipped.writestr(info, "/etc/hostname")
        zipped.writestr("a.txt", b"hej")

    for packed in (stream.getvalue(), linked.getvalue()):
        found = _found(packed)
        assert found["a.txt"] == b"hej"
        assert _obstacle(found, "x.txt").message.startswith("The member is a link")


def test_a_sparse_member_of_tar_is_refused() -> None:
    packed = bombs.tar_header("gles.txt", 512, tarfile.GNUTYPE_SPARSE)
    found = _found(packed + bytes(512) + bombs.tar_of({"a.txt": b"hej"}))

    assert _obstacle(found, "gles.txt").code is Problem.FORMAT_UNSUPPORTED
    assert found["a.txt"] == b"hej"


def test_an_encrypted_member_of_zip_is_refused_and_the_others_read() -> None:
    packed = bytearray(bombs.zip_of({"a.txt": b"hemligt", "b.txt": b"hej"}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    found = _found(bytes(packed))

    assert found["b.txt"] == b"hej"
    assert _obstacle(found, "a.txt").message == (
        "The member is encrypted; unpack it with its password and give the files."
    )


def test_an_encrypted_7z_archive_is_refused() -> None:
    packed = bombs.seven_zip_of({"a.txt": b"hemligt"}, password="lösen")  # noqa: S106 - of a test

    assert _walked(packed, BY_NAME["7z"])[0] == {}
    obstacle = _walked(packed, BY_NAME["7z"])[1]
    assert obstacle is not None
    assert obstacle.message.startswith(
        "The 7z archive is encrypted; unpack it with its password"
    )


def test_a_method_that_is_not_read_is_told() -> None:
    packed = bytearray(bombs.zip_of({"a.txt": b"hej", "b.txt": b"hej"}))
    packed[packed.index(b"PK\x01\x02") + 10] = 9
    found = _found(bytes(packed))

    assert found["b.txt"] == b"hej"
    assert _obstacle(found, "a.txt").code is Problem.FORMAT_UNSUPPORTED
    assert _obstacle(found, "a.txt").message.startswith("The member is packed by method 9")


def test_without_py7zr_one_is_told_what_to_install() -> None:
    program = """
import io, sys
sys.modules["py7zr"] = None
from esfkit.sources.archive import ARCHIVES, members
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
archive = next(each for each in ARCHIVES if each.name == "7z")
try:
    next(members(io.BytesIO(b"7z"), archive, Limits()))
except Obstacle as obstacle:
    print(obstacle.code, obstacle.message)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert done.stdout == (
        "format_unsupported To read 7z archives, a package is wanting:"
        " pip install 'esfkit[7z]'.\n"
    )


# --- damage


def test_a_member_of_zip_with_a_wrong_checksum_is_told_and_the_next_read() -> None:
    packed = bytearray(bombs.zip_of({"a.txt": CONTENT, "b.txt": b"hej"}, zipfile.ZIP_STORED))
    packed[200] ^= 1
    found = _found(bytes(packed))

    assert found["b.txt"] == b"hej"
    assert _obstacle(found, "a.txt").code is Problem.SOURCE_DAMAGED
    assert "checksum" in _obstacle(found, "a.txt").message


@pytest.mark.parametrize("size", [0, 10, len(CONTENT) - 1, len(CONTENT) + 1, 0xFFFFFFF0])
def test_a_directory_of_zip_that_lies_of_a_size_is_found_out(size: int) -> None:
    packed = bytearray(bombs.zip_of({"a.txt": CONTENT, "b.txt": b"hej"}))
    struct.pack_into("<I", packed, packed.index(b"PK\x01\x02") + 24, size)
    found = _found(bytes(packed))

    assert found["b.txt"] == b"hej"
    assert _obstacle(found, "a.txt").code is Problem.SOURCE_DAMAGED


@pytest.mark.parametrize("at", [5, 0x7FFFFFFF, 0xFFFFFFF0])
def test_a_directory_of_zip_that_lies_of_a_place_is_found_out(at: int) -> None:
    packed = bytearray(bombs.zip_of({"a.txt": CONTENT, "b.txt": b"hej"}))
    struct.pack_into("<I", packed, packed.index(b"PK\x01\x02") + 42, at)
    found = _found(bytes(packed))

    assert found["b.txt"] == b"hej"
    assert _obstacle(found, "a.txt").code is Problem.SOURCE_DAMAGED


def test_a_7z_archive_damaged_in_a_member_ends_there() -> None:
    stored = [{"id": py7zr.FILTER_COPY}]
    packed = bytearray(
        bombs.seven_zip_of({"a.txt": b"hej", "b.txt": CONTENT, "c.txt": b""}, stored)
    )
    packed[1000] ^= 1
    found, obstacle = _walked(bytes(packed), BY_NAME["7z"])

    assert obstacle is None
    assert list(found) == ["a.txt", "b.txt"]
    assert found["a.txt"] == b"hej"
    assert _obstacle(found, "b.txt").code is Problem.SOURCE_DAMAGED


def test_damage_in_a_member_of_7z_that_nobody_reads_is_told_of_the_archive() -> None:
    packed = bytearray(bombs.seven_zip_of({"a.txt": CONTENT}, [{"id": py7zr.FILTER_COPY}]))
    packed[1000] ^= 1
    walk = members(io.BytesIO(bytes(packed)), BY_NAME["7z"], DEFAULT_LIMITS)
    assert isinstance(next(walk), Member)

    with pytest.raises(Obstacle, match="what stands here and behind cannot be unpacked"):
        next(walk)


def test_a_tar_archive_without_its_end_is_cut_short() -> None:
    packed = bombs.tar_of({"a.txt": b"hej"})
    found, obstacle = _walked(packed[:1024], BY_NAME["tar"])

    assert found == {"a.txt": b"hej"}
    assert obstacle is not None
    assert obstacle.code is Problem.SOURCE_DAMAGED


def test_a_tar_archive_with_a_damaged_header_gives_what_stands_before() -> None:
    packed = bytearray(bombs.tar_of({"a.txt": b"hej", "b.txt": b"du"}))
    packed[1024 + 3] ^= 1
    found, obstacle = _walked(bytes(packed), BY_NAME["tar"])

    assert found == {"a.txt": b"hej"}
    assert obstacle is not None
    assert obstacle.message.startswith(
        "The tar archive is damaged: bad checksum where a member should begin, at byte 1024;"
    )


@each_archive
def test_an_archive_cut_short_gives_true_members_and_says_so(name: str) -> None:
    packed = MAKE[name](FILES)
    end = len(packed) if name != "tar" else len(packed.rstrip(b"\0"))
    for cut in range(0, end, max(1, end // 150)):
        found, obstacle = _walked(packed[:cut], BY_NAME[name])
        told = [each for each in (*found.values(), obstacle) if isinstance(each, Obstacle)]

        assert [each.code for each in told] == [Problem.SOURCE_DAMAGED]
        assert all(
            FILES[member] == content
            for member, content in found.items()
            if isinstance(content, bytes)
        )


@each_archive
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_bytes_of_any_kind_raise_nothing_but_obstacles(name: str, data: st.DataObject) -> None:
    packed = bytearray(_SMALL[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(packed) - 1))
        packed[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=8))
    content = bytes(packed) if name != "7z" else bombs.resealed(bytes(packed))
    found, obstacle = _walked(content, BY_NAME[name])

    assert len(found) < 1000
    assert obstacle is None or obstacle.message


_SMALL = {
    "zip": bombs.zip_of({"a.txt": CONTENT[:300], "b/å.txt": b"hej" * 50}),
    "tar": bombs.tar_of({"a.txt": CONTENT[:300], "b/å" * 60: b"hej" * 50}).rstrip(b"\0"),
    "7z": bombs.plain_seven_zip({"a.txt": CONTENT[:300], "b/å.txt": b"hej" * 50}),
}


# --- limits


@each_archive
def test_an_archive_may_have_as_many_members_as_the_limit(name: str) -> None:
    packed = MAKE[name]({f"{number}.txt": b"x" for number in range(4)})

    assert _walked(packed, BY_NAME[name], Limits(archive_members=4))[1] is None
    obstacle = _walked(packed, BY_NAME[name], Limits(archive_members=3))[1]
    assert obstacle is not None
    assert obstacle.code is Problem.LIMIT_MET
    assert obstacle.message == (
        "The archive has more than 3 members; the limit archive_members is 3."
        " Raise it with --limit archive_members=… if the source is to be trusted."
    )


@each_archive
def test_the_unpacked_bytes_of_all_members_are_counted_together(name: str) -> None:
    packed = MAKE[name]({"a.txt": CONTENT, "b.txt": CONTENT, "c.txt": b"hej"})
    whole = 2 * len(CONTENT) + 3

    assert _walked(packed, BY_NAME[name], Limits(unpacked_bytes=whole))[1] is None
    found, obstacle = _walked(packed, BY_NAME[name], Limits(unpacked_bytes=whole - 4))
    told = [each for each in (*found.values(), obstacle) if isinstance(each, Obstacle)]
    assert [each.code for each in told] == [Problem.LIMIT_MET]
    assert "the limit unpacked_bytes is" in told[0].message
    assert "c.txt" not in found


@pytest.mark.parametrize(
    "name", [name for name in bombs.BOMBS if name.split()[-1] != "tar"][4:]
)
def test_a_bomb_ends_at_once_and_in_little_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(bombs.BOMBS[name]())

    measured = bombs.measure(path)

    assert measured.told.startswith("limit_met: The ")
    assert measured.seconds < 10
    assert measured.peak < 150 * bombs.MIB


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (bombs.crowded_tar, "limit_met: The archive has more than 100000 members"),
        (bombs.wordy_tar, "source_damaged: The tar archive is damaged: a member's name and"),
        (bombs.nested_tar, "source_damaged: The tar archive is damaged: a member's header"),
        (bombs.lying_seven_zip, "nothing"),
    ],
)
def test_headers_that_lie_take_little_memory(
    make: Callable[[], bytes], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(make())

    measured = bombs.measure(path)

    assert measured.told.startswith(told)
    assert measured.seconds < 30
    assert measured.peak < 150 * bombs.MIB


def test_a_hundred_thousand_members_are_walked_in_little_memory(tmp_path: Path) -> None:
    for make in (bombs.crowded_zip, bombs.crowded_tar):
        path = tmp_path / "crowd"
        path.write_bytes(make(100_000))
        measured = bombs.measure(path)

        assert measured.told == "nothing"
        assert measured.peak < 200 * bombs.MIB


def test_7z_that_asks_for_much_memory_is_refused() -> None:
    lzma2 = {"id": py7zr.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 28}
    found, obstacle = _walked(bombs.seven_zip_of({"a.txt": b"hej"}, [lzma2]), BY_NAME["7z"])

    assert found == {}
    assert obstacle is not None
    assert obstacle.code is Problem.LIMIT_MET
    assert "asks for more than 134217728 bytes of memory" in obstacle.message


# --- office files


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b""}, "spreadsheet"),
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, "document"),
        ({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}, "document"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "spreadsheet"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "document"),
        ({"mimetype": b"application/epub+zip"}, "document"),
        ({"mimetype": b"Den hette mimetype.", "a.txt": b""}, "archive"),
        ({"a.txt": b"hej"}, "archive"),
        ({}, "archive"),
    ],
)
def test_files_of_office_programs_are_told_from_archives(
    files: dict[str, bytes], kind: str
) -> None:
    stream = io.BytesIO(bombs.zip_of(files, zipfile.ZIP_STORED))
    stream.seek(0, os.SEEK_END)

    assert zip_kind(stream) == kind
    assert stream.tell() == 0


def test_a_zip_that_cannot_be_read_is_an_archive() -> None:
    assert zip_kind(io.BytesIO(b"PK\x03\x04 och sedan inget")) == "archive"
