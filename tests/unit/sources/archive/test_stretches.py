"""Archives in stretches: where they are cut, and that their limits hold for all together."""

import io
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import BinaryIO

import pytest

import bombs
from esfkit.sources.archive import Member, Refused, confined, members
from esfkit.sources.archive.stretch import Boundary, Stretch, chosen, is_crowd, stretches_of
from esfkit.sources.archive.tars import cut_tar
from esfkit.sources.archive.zip_directory import find_directory
from esfkit.sources.archive.zip_stretches import cut_zip
from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.obstacle import Obstacle

PAGES = {
    f"{number:03}.txt": random.Random(number).randbytes(400).hex().encode()  # noqa: S311 - pages
    for number in range(60)
}
CUT: dict[str, Callable[[io.BytesIO, int, int], list[Stretch]]] = {
    "zip": cut_zip,
    "tar": cut_tar,
}
MAKE: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": bombs.zip_of,
    "tar": bombs.tar_of,
}

each_form = pytest.mark.parametrize("form", list(CUT))


def cut(form: str, content: bytes, most: int = 1000) -> list[Stretch]:
    return CUT[form](io.BytesIO(content), len(content), most)


def names(content: bytes, stretch: Stretch, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """Return which members a stretch gives, and ``!`` where it meets a limit."""
    archive = confined(stretch, limits, len(content))
    given = []
    try:
        for member in members(io.BytesIO(content), archive, limits) if archive else ():
            assert isinstance(member, Member)
            given.append(member.name)
            while member.stream.read(1 << 16):
                pass
    except Obstacle as obstacle:
        given.append("!" if "the limit" in obstacle.message else obstacle.message)
    return given


def all_names(
    content: bytes, found: Sequence[Stretch], limits: Limits = DEFAULT_LIMITS
) -> list[list[str]]:
    return [names(content, each, limits) for each in found]


# --- where


def test_a_stretch_ends_when_it_has_enough_bytes_or_members() -> None:
    boundaries = [Boundary(at, number) for number, at in enumerate((5, 12, 14, 40, 41), 1)]

    assert [begin.at for begin in chosen(boundaries, 10)] == [0, 12, 40]
    assert [begin.at for begin in chosen(boundaries, 99, most_members=2)] == [0, 12, 40]
    assert [begin.at for begin in chosen(boundaries, 99)] == [0]
    assert chosen([], 1) == [Boundary(0, 0)]


def test_stretches_have_each_byte_once() -> None:
    found = stretches_of("tar", [Boundary(0, 0), Boundary(12, 2), Boundary(40, 4)], 50)

    assert [(each.begin, each.stop, each.before) for each in found] == [
        (0, 12, 0),
        (12, 40, 2),
        (40, 50, 4),
    ]
    assert [each.is_first for each in found] == [True, False, False]
    assert [each.name for each in found][1] == "members from 3"


def test_a_crowd_is_more_than_the_usual_members_in_next_to_no_bytes() -> None:
    assert not is_crowd(100_000, 0)
    assert is_crowd(100_001, 100_001 * 512)
    assert not is_crowd(100_001, 100_001 * 512 + 1)


@each_form
def test_each_member_stands_in_one_stretch_in_its_order(form: str) -> None:
    content = MAKE[form](PAGES)
    found = cut(form, content)

    assert len(found) > 4
    assert [name for each in all_names(content, found) for name in each] == list(PAGES)
    assert found[0].begin == 0
    assert found[-1].stop == len(content)
    assert all(one.stop == other.begin for one, other in pairwise(found))
    assert [each.before for each in found] == [
        sum(map(len, all_names(content, found[:number]))) for number in range(len(found))
    ]


@each_form
def test_tiny_members_are_parted_by_their_number(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chosen, "__defaults__", (20,))
    content = MAKE[form](dict.fromkeys(PAGES, b"x"))

    assert [len(each) for each in all_names(content, cut(form, content, 1 << 30))] == [20] * 3


def test_what_stands_before_a_zip_archive_moves_its_members() -> None:
    content = b"PK\x03\x04 prefix " * 20 + bombs.zip_of(PAGES)

    given = all_names(content, cut("zip", content))
    assert len(given) > 4
    assert [name for each in given for name in each] == list(PAGES)


def test_an_archive_with_a_remark_and_large_fields_is_cut() -> None:
    with io.BytesIO() as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for name, page in PAGES.items():
                with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                    member.write(page)
            archive.comment = b"PK\x01\x02 En anm\xe4rkning " * 9
        content = stream.getvalue()

    given = all_names(content, cut("zip", content))
    assert len(given) > 4
    assert [name for each in given for name in each] == list(PAGES)


def large(content: bytes) -> bytes:
    """The archive with the end that archives of more than 4 GiB have."""
    at = content.index(b"PK\x01\x02")
    stop = content.rindex(b"PK\x05\x06")
    count = content.count(b"PK\x01\x02")
    end = struct.pack(
        "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, stop - at, at
    )
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, stop, 1)
    last = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0)
    return content[:stop] + end + locator + last


def test_a_zip_archive_of_the_large_kind_is_cut() -> None:
    content = large(bombs.zip_of(PAGES))

    assert find_directory(io.BytesIO(content), DEFAULT_LIMITS) == (
        content.index(b"PK\x01\x02"),
        content.index(b"PK\x06\x06"),
        0,
    )
    given = all_names(content, cut("zip", content))
    assert len(given) > 4
    assert [name for each in given for name in each] == list(PAGES)


def test_a_remark_that_imitates_the_end_of_a_large_archive_is_a_remark() -> None:
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, 0, 1)
    end = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 46, 0)
    with io.BytesIO() as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for name, page in PAGES.items():
                info = zipfile.ZipInfo(name)
                info.comment = b"" if name == "059.txt" else end + locator
                archive.writestr(info, page)
        content = stream.getvalue()

    assert [name for each in all_names(content, cut("zip", content)) for name in each] == list(
        PAGES
    )


# --- what is not cut


@pytest.mark.parametrize("name", ["xl/workbook.xml", "word/document.xml", "mimetype"])
def test_a_file_of_an_office_program_is_not_cut(name: str) -> None:
    assert cut("zip", bombs.zip_of({**PAGES, name: b"x"})) == []


@pytest.mark.parametrize(
    "content",
    [bombs.overlapping_zip(), bombs.zip_of({}), bombs.zip_of({"a.txt": b""}, 0)],
    ids=["overlapping", "empty", "one without bytes"],
)
def test_a_directory_that_tells_of_more_than_there_is_or_of_nothing_is_not_cut(
    content: bytes,
) -> None:
    assert cut("zip", content) == []


def test_a_directory_that_cannot_be_read_is_an_obstacle() -> None:
    with pytest.raises(Obstacle, match="its directory"):
        cut("zip", b"PK\x03\x04 och sedan inget")


def test_a_directory_whose_entries_end_nowhere_is_not_cut() -> None:
    content = bytearray(bombs.zip_of(PAGES))
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 30, 999)

    assert cut("zip", bytes(content)) == []


def test_what_no_end_follows_is_no_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a library of another version looks elsewhere."""

    def misled(archive: BinaryIO) -> None:
        archive.seek(content.index(b"PK\x01\x02"))
        archive.read(100)

    content = bombs.zip_of(PAGES)
    monkeypatch.setattr("esfkit.sources.archive.zip_directory.zipfile.ZipFile", misled)

    assert find_directory(io.BytesIO(content), DEFAULT_LIMITS) is None


def test_a_crowd_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("esfkit.sources.archive.zip_stretches.is_crowd", lambda *_: True)
    monkeypatch.setattr("esfkit.sources.archive.tars.is_crowd", lambda *_: True)

    assert cut("zip", bombs.zip_of(PAGES)) == []
    assert len(cut("tar", bombs.tar_of(PAGES))) == 1


def test_a_tar_archive_is_not_cut_behind_a_header_that_all_members_need() -> None:
    with io.BytesIO() as stream:
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for number, (name, page) in enumerate(PAGES.items()):
                if number == 30:
                    stream.write(tarfile.TarInfo.create_pax_global_header({"path": "b.txt"}))
                    archive.offset = stream.tell()
                info = tarfile.TarInfo(name)
                info.size = len(page)
                archive.addfile(info, io.BytesIO(page))
        content = stream.getvalue()
    found = cut("tar", content)

    assert len(found) > 10
    assert found[-1].before == 30
    assert all_names(content, found)[-1] == ["b.txt"] * 30


def test_a_tar_archive_is_not_cut_behind_what_is_damaged() -> None:
    content = bytearray(bombs.tar_of(PAGES))
    place = content.index(b"030.txt")
    content[place : place + 20] = b"\xff" * 20
    found = cut("tar", bytes(content))

    assert found[-1].before == 29
    assert found[-1].stop == len(content)


def test_a_header_that_says_a_size_beyond_all_files_ends_the_search() -> None:
    first = bombs.tar_header("a.txt", 1 << 80, tarfile.REGTYPE)
    content = bombs.tar_header("b.txt", 0, tarfile.REGTYPE) + first + bytes(9000)

    assert len(cut("tar", content, 1)) == 2


def test_archives_that_follow_one_another_are_cut_like_one() -> None:
    content = bombs.tar_of(PAGES) + bytes(5 * bombs.MIB) + bombs.tar_of(PAGES)
    found = cut("tar", content)

    assert len(found) > 100
    assert [name for each in all_names(content, found) for name in each] == [*PAGES, *PAGES]
    assert names(content, found[0]._replace(stop=len(content))) == [*PAGES, *PAGES]


# --- limits of the whole


@each_form
def test_too_many_members_are_told_once_whatever_the_stretch(form: str) -> None:
    content = MAKE[form](PAGES)
    found = cut(form, content)

    assert sum(map(len, all_names(content, found, Limits(archive_members=60)))) == 60
    given = all_names(content, found, Limits(archive_members=59))
    told = [name for each in given for name in each]
    assert told == (["!"] if form == "zip" else [*list(PAGES)[:59], "!"])
    given = all_names(content, found, Limits(archive_members=9))
    assert [name for each in given for name in each].count("!") == 1
    assert given[-1] == []


@each_form
def test_unpacked_bytes_are_those_of_all_stretches(form: str) -> None:
    content = MAKE[form](PAGES)
    found = cut(form, content)
    total = sum(map(len, PAGES.values()))
    most = total if form == "zip" else len(content)

    assert sum(map(len, all_names(content, found, Limits(unpacked_bytes=most)))) == 60
    met = all_names(content, found, Limits(unpacked_bytes=total // 2))
    assert met[0][-1] == "!"
    assert met[1:] == [[]] * (len(found) - 1)
    assert 20 < len(met[0]) < 40


def test_the_ratio_is_that_of_all_stretches() -> None:
    """Each of ten stretches by itself would stay below what is free of the ratio."""
    content = bombs.zip_of({f"{number}.txt": bytes(100_000) for number in range(10)})
    found = cut("zip", content, 1)
    bomb = Limits(unpacked_ratio=200, ratio_free_bytes=150_000)

    assert len(found) == 10
    assert all_names(content, found, bomb) == [["0.txt", "1.txt", "!"], *[[]] * 9]
    harmless = Limits(unpacked_ratio=1000, ratio_free_bytes=150_000)
    assert sum(map(len, all_names(content, found, harmless))) == 10


def test_a_stretch_counts_what_it_really_reads() -> None:
    """The directory says that the bomb has as many packed bytes as would excuse it."""
    content = bytearray(bombs.zip_of({"a.txt": bytes(500_000), **PAGES}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 20, 5000)
    found = cut("zip", bytes(content), 5000)
    limits = Limits(unpacked_ratio=50, ratio_free_bytes=20_000)

    given = all_names(bytes(content), found, limits)
    assert len(found) > 4
    assert given[0] == ["a.txt", "!"]
    assert [name for each in given[1:] for name in each] == list(PAGES)


def test_a_directory_too_large_to_be_held_is_told_once() -> None:
    content = bombs.zip_of(PAGES)
    found = cut("zip", content)

    assert all_names(content, found, Limits(held_bytes=1000)) == [
        ["!"],
        *[[]] * (len(found) - 1),
    ]


def test_a_bad_member_costs_no_other() -> None:
    content = bytearray(bombs.zip_of(PAGES))
    content[content.index(b"010.txt") + 12] ^= 0xFF
    given = []
    for stretch in cut("zip", bytes(content)):
        archive = confined(stretch, DEFAULT_LIMITS, len(content))
        assert archive is not None
        for member in members(io.BytesIO(content), archive, DEFAULT_LIMITS):
            assert not isinstance(member, Refused)
            try:
                given.append(member.stream.read())
            except Obstacle:
                given.append(b"!")

    assert given == [b"!" if n == 10 else page for n, page in enumerate(PAGES.values())]
