from collections.abc import Iterator

import pytest

from esfkit.model.errors import BadRequest, InputRefused
from esfkit.sources import list_entries
from esfkit.sources.remote import is_remote, list_objects, open_remote
from object_store import environment, object_store

OBJECTS = {
    "dump/a.jsonl": b'{"text": "ett"}\n' * 1000,
    "dump/b.txt": "två".encode(),
    "dump/deep/c.txt": b"tre",
    "other.txt": b"fyra",
}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A store on loopback; the address of its server."""
    with object_store(OBJECTS) as address:
        for name, value in environment(address).items():
            monkeypatch.setenv(name, value)
        yield address


def test_addresses_of_stores_are_told_from_files() -> None:
    assert is_remote("s3://bucket/a")
    assert is_remote("https://exempel.se/a")
    assert not is_remote("sidor/a.txt")
    assert not is_remote("ftp://exempel.se/a")


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("s3://bucket/dump/a.jsonl", ["dump/a.jsonl"]),
        ("s3://bucket/dump/", ["dump/a.jsonl", "dump/b.txt", "dump/deep/c.txt"]),
        ("s3://bucket/dump", ["dump/a.jsonl", "dump/b.txt", "dump/deep/c.txt"]),
        ("s3://bucket/dump/*.txt", ["dump/b.txt"]),
        ("s3://bucket/*/a.jsonl", ["dump/a.jsonl"]),
    ],
)
def test_an_address_names_one_object_those_below_it_or_those_it_fits(
    source: str, keys: list[str]
) -> None:
    found = list(list_objects(source))

    assert [one.url for one in found] == [f"s3://bucket/{key}" for key in keys]
    assert [one.size for one in found] == [len(OBJECTS[key]) for key in keys]


@pytest.mark.usefixtures("store")
def test_objects_stand_among_the_files_of_an_ingest() -> None:
    [entry] = list_entries(["s3://bucket/dump/b.txt"])

    assert (entry.path, entry.size) == ("s3://bucket/dump/b.txt", 4)


@pytest.mark.usefixtures("store")
def test_an_object_is_read_like_a_file() -> None:
    content = OBJECTS["dump/a.jsonl"]
    with open_remote("s3://bucket/dump/a.jsonl") as file:
        assert file.read(5) == content[:5]
        assert file.tell() == 5
        file.seek(100)
        assert file.read() == content[100:]
        assert file.read(1) == b""


def test_a_page_of_a_web_server_is_read_like_a_file(store: str) -> None:
    [found] = list_objects(f"{store}/other.txt")

    assert found.size == 4
    with open_remote(found.url) as file:
        assert file.read() == b"fyra"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("source", ["s3://bucket/nothing", "s3://bucket/no/*.txt"])
def test_an_address_of_nothing_is_refused(source: str) -> None:
    with pytest.raises(InputRefused, match="nothing at"):
        list(list_objects(source))


@pytest.mark.usefixtures("store")
def test_what_a_store_refuses_is_told() -> None:
    with pytest.raises(InputRefused, match="the store refuses"):
        list(list_objects("s3://bucket/forbidden.txt"))
    with pytest.raises(OSError, match="forbidden"):
        open_remote("s3://bucket/forbidden.txt")


def test_an_address_without_a_store_is_no_address() -> None:
    with pytest.raises(BadRequest, match="names no store"):
        list(list_objects("s3:///a"))
