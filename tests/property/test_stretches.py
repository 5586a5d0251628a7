"""The law of cutting: all stretches of a file give what the whole gives, whatever it holds."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bombs
from crawls import Stored, crawl
from esfkit.model.document import Bytes
from esfkit.sources import Entry, Limits, Reading, Shard, cut_shards, read_shard, shards
from esfkit.sources.archive import Stretch
from esfkit.sources.archive.tars import cut_tar
from esfkit.sources.archive.zip_stretches import cut_zip
from esfkit.sources.crawls.warc_stretches import cut_warc
from esfkit.sources.reading import Item

Cut = Callable[[io.BytesIO, int, int], list[Stretch]]

NAMES = st.sampled_from(["a.txt", "b/å.txt", "l" * 120 + ".html", ".dold", "b/", "c.jsonl"])
CONTENTS = st.binary(max_size=600) | st.sampled_from(
    [b"", b"hej", b'{"text": "Hej"}\n' * 30, b"WARC/1.0\r\n\r\n", b"Projekt\n" * 500]
)
Members = list[tuple[str, bytes]]
Edits = list[tuple[int, int, bytes]]

MEMBERS = st.lists(st.tuples(NAMES, CONTENTS), min_size=1, max_size=12)
EDITS = st.lists(
    st.tuples(st.integers(0), st.integers(0, 40), st.binary(max_size=8)), max_size=3
)
CUTS = st.integers(1, 3000)
SMALL = st.sampled_from(
    [
        *(Limits(), Limits(archive_members=4), Limits(row_bytes=400)),
        *(Limits(unpacked_bytes=1500), Limits(held_bytes=300), Limits(archive_depth=0)),
    ]
)


def zip_of(members: Members) -> bytes:
    with io.BytesIO() as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for number, (name, content) in enumerate(members):
                info = zipfile.ZipInfo(f"{number}{name}")
                info.comment = content[:40]
                method = zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED
                archive.writestr(info, content, method)
        return stream.getvalue()


def tar_of(members: Members) -> bytes:
    form = tarfile.GNU_FORMAT if len(members) % 2 else tarfile.PAX_FORMAT
    named = {f"{number}{name}": content for number, (name, content) in enumerate(members)}
    return bombs.tar_of(named, form) * (2 if len(members) % 3 == 0 else 1)


def warc_of(members: Members) -> bytes:
    kinds = ("response", "resource", "metadata", "response")
    return crawl(
        *(
            Stored(content, kinds[number % 4], "text/html", f"https://example.se/{number}")
            for number, (_, content) in enumerate(members)
        )
    )


FORMATS: dict[str, tuple[Callable[[Members], bytes], Cut]] = {
    "zip": (zip_of, cut_zip),
    "tar": (tar_of, cut_tar),
    "warc": (warc_of, cut_warc),
}


def cut_at(entry: Entry, most: int) -> list[Shard]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SHARD_BYTES", most)
        patch.setattr(shards, "_GROUP_BYTES", 1)
        return list(cut_shards([entry]))


def items(parts: list[Shard], limits: Limits) -> list[Item]:
    reading = Reading(limits=limits)
    return [
        item
        for part in parts
        for item in read_shard(part, reading)
        if not isinstance(item, Bytes)
    ]


@pytest.mark.parametrize("form", FORMATS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(members=MEMBERS, edits=EDITS, sizes=st.tuples(CUTS, SMALL))
def test_parts_give_what_the_whole_gives(
    form: str, tmp_path: Path, *, members: Members, edits: Edits, sizes: tuple[int, Limits]
) -> None:
    content = FORMATS[form][0](members)
    most, limits = sizes
    for at, size, put in edits:
        place = at % len(content)
        content = content[:place] + put + content[place + size :] or b"x"
    path = tmp_path / "source"
    path.write_bytes(content)
    entry = Entry(str(path), len(content), changed=path.stat().st_mtime_ns)
    parts = [part for part in cut_at(entry, most) if part.stretch]

    assert items(parts, limits) == items([Shard((entry,), entry.size)], limits) or not parts
    reached = 0
    for begin, stop in (part.span for part in parts if part.span):
        assert begin == reached
        reached = stop
    assert reached == (len(content) if parts else 0)


@pytest.mark.parametrize("form", FORMATS)
def test_undamaged_files_are_cut_as_asked(form: str) -> None:
    make, cut = FORMATS[form]
    content = make([("a.txt", bytes(500))] * 40)

    assert len(cut(io.BytesIO(content), len(content), 1)) == 40
    assert len(cut(io.BytesIO(content), len(content), len(content))) == 1
