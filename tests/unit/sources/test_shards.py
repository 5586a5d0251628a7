import gzip
import io
from pathlib import Path

import pytest

import bombs
from crawls import Stored, crawl
from esfkit.sources import Entry, Shard, cut_shards
from esfkit.sources.blocks import Part
from esfkit.sources.walk import list_entries

PAGES = {f"{number:03}.txt": b"Sida %d\n" % number * 200 for number in range(40)}
FILES = {
    "a.zip": bombs.zip_of(PAGES, 0),
    "a.tar": bombs.tar_of(PAGES),
    "a.warc": crawl(*(Stored(page) for page in PAGES.values())),
}


def shards_of(folder: Path, name: str, content: bytes) -> list[Shard]:
    (folder / name).write_bytes(content)
    return list(cut_shards(list_entries(folder / name)))


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("name", list(FILES))
def test_a_large_archive_is_cut_and_its_parts_have_each_byte_once(
    name: str, tmp_path: Path
) -> None:
    found = shards_of(tmp_path, name, FILES[name])

    assert len(found) > 5
    assert sum(shard.size for shard in found) == len(FILES[name])
    reached = 0
    for shard in found:
        assert shard.span is not None
        assert shard.span.begin == reached
        assert shard.size == shard.span.stop - shard.span.begin
        reached = shard.span.stop
    kind = "records" if name == "a.warc" else "members"
    assert found[0].part == f"{kind} from 1"


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("name", ["a.tar", "a.warc"])
def test_what_is_compressed_as_a_whole_is_one_piece(name: str, tmp_path: Path) -> None:
    [shard] = shards_of(tmp_path, f"{name}.gz", gzip.compress(FILES[name], 0))

    assert shard.part is None
    assert shard.span is None


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("content", [FILES["a.zip"][:-30], bombs.seven_zip_of(PAGES)])
def test_what_cannot_be_cut_is_one_piece(content: bytes, tmp_path: Path) -> None:
    assert [shard.part for shard in shards_of(tmp_path, "a", content)] == [None]


@pytest.mark.parametrize("name", list(FILES))
def test_a_small_archive_is_one_piece(name: str, tmp_path: Path) -> None:
    [shard] = shards_of(tmp_path, name, FILES[name])

    assert shard.part is None


def test_parts_say_which_they_are() -> None:
    entries = (Entry("a", 100),)

    rows = Shard(entries, 50, groups=(2, 4, 8))
    assert (rows.part, rows.span) == ("row groups 2 to 3", Part(25, 50))
    lines = Shard(entries, 50, lines=Part(10, 60))
    assert (lines.part, lines.span) == ("bytes 10 to 60", Part(10, 60))


@pytest.mark.usefixtures("small_shards")
def test_an_archive_that_is_gone_is_one_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: str) -> io.BytesIO:
        raise OSError

    path = tmp_path / "a.zip"
    path.write_bytes(FILES["a.zip"])
    [entry] = list_entries(path)
    monkeypatch.setattr("esfkit.sources.shards._head_of", lambda _: FILES["a.zip"][:1000])
    monkeypatch.setattr("esfkit.sources.shards.open_file", gone)

    assert [shard.part for shard in cut_shards([entry])] == [None]
