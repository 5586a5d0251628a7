import hashlib
import json
import os
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.frame import to_frame
from esfkit.dataset.store import read_dataset
from esfkit.model.errors import OutputFailed
from esfkit.output.datapackage import About, write_package
from esfkit.output.personal import withhold
from factories import a_call, a_full_project, a_project

ABOUT = About("1.2")
HOSTILE = '=1+1;"a"\r\n-x,@y\u2028\'=z'
RECORDS = (
    a_full_project(title=HOSTILE, summary="=SUM(A1)\n- punkt", actors=("=1", 'b"', "c\nd")),
    a_project("2016/00001"),
    a_call("2015/00080"),
)
FRAME = withhold(to_frame(RECORDS))


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_and_a_zip_file_hold_the_same(tmp_path: Path) -> None:
    write_package(FRAME, tmp_path / "package", ABOUT)
    write_package(FRAME, tmp_path / "package.zip", ABOUT)

    with ZipFile(tmp_path / "package.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == files_in(tmp_path / "package")
    assert len(packed) == 9


def test_sizes_and_sums_are_those_of_the_files(tmp_path: Path) -> None:
    write_package(FRAME, tmp_path / "package", ABOUT)

    found = files_in(tmp_path / "package")
    for resource in json.loads(found["datapackage.json"])["resources"]:
        content = found[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_a_zip_file_is_the_same_whenever_and_wherever_it_is_written(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_package(FRAME, tmp_path / name, ABOUT)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with ZipFile(tmp_path / "a.zip") as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_projects_of_a_package_read_back_as_a_dataset(tmp_path: Path) -> None:
    frame = withhold(to_frame([a_full_project(), a_project("2016/00001")]))
    write_package(frame, tmp_path / "package", ABOUT)

    back = read_dataset(tmp_path / "package" / "projects.csv").collect()
    same = [name for name in frame.columns if name in SCHEMA]
    assert back.select(same).equals(frame)


@pytest.mark.parametrize("name", ["package", "package.zip"])
def test_a_package_is_valid_and_its_values_are_the_records(name: str, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_package(FRAME, tmp_path / name, ABOUT)
    path = tmp_path / name if name.endswith(".zip") else tmp_path / name / "datapackage.json"

    report = frictionless.Package(str(path)).validate()

    assert report.flatten(["type", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    with frictionless.Package(str(path)).get_resource("projects") as resource:
        rows = [row.to_dict() for row in resource.row_stream]
    assert rows == [exact(row) for row in FRAME.iter_rows(named=True)]


def exact(row: dict[str, Any]) -> dict[str, object]:
    """Return a row with fractions as the decimals that Table Schema reads them as."""
    return {
        name: Decimal(repr(value)) if isinstance(value, float) else value
        for name, value in row.items()
    }


def test_an_earlier_package_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "package"
    write_package(FRAME, target, ABOUT)
    write_package(FRAME.head(1), target, ABOUT)

    assert read_dataset(target / "projects.csv").collect().height == 1
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_package(FRAME, tmp_path, ABOUT)

    assert (tmp_path / "datapackage.json").exists()


@pytest.mark.parametrize("name", ["notes.txt", "codes/mine.csv"])
def test_a_folder_with_anything_else_in_it_is_left_alone(name: str, tmp_path: Path) -> None:
    target = tmp_path / "package"
    write_package(FRAME, target, ABOUT)
    (target / name).write_text("mine")
    before = files_in(target)

    with pytest.raises(OutputFailed, match="holds more"):
        write_package(FRAME.head(1), target, ABOUT)

    assert files_in(target) == before


@pytest.mark.parametrize("content", ["{}", "[]", "{", '{"name": "another"}'])
def test_a_package_of_somebody_else_is_left_alone(content: str, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(content)

    with pytest.raises(OutputFailed, match="holds more"):
        write_package(FRAME, tmp_path, ABOUT)

    assert files_in(tmp_path) == {"datapackage.json": content.encode()}


def test_an_endless_descriptor_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "datapackage.json").open("wb") as stream:
        stream.truncate(1 << 40)

    with pytest.raises(OutputFailed, match="holds more"):
        write_package(FRAME, tmp_path, ABOUT)


def test_the_folder_that_one_stands_in_is_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    for target in (".", ".."):
        with pytest.raises(OutputFailed, match="You are in that folder"):
            write_package(FRAME, target, ABOUT)


def test_a_file_is_not_taken_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "package").write_text("mine")

    with pytest.raises(OutputFailed, match=r"ends in \.zip"):
        write_package(FRAME, tmp_path / "package", ABOUT)


def test_a_place_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputFailed, match="could not be written"):
        write_package(FRAME, tmp_path / "no" / "package", ABOUT)


def test_a_folder_that_cannot_be_filled_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "package"
    write_package(FRAME, target, ABOUT)
    before = files_in(target)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputFailed, match="No space left"):
        write_package(FRAME.head(1), target, ABOUT)

    assert files_in(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_an_old_package_comes_back_if_the_new_one_cannot_take_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "package"
    write_package(FRAME, target, ABOUT)
    before = files_in(target)
    rename = Path.rename

    def refuses_new(self: Path, new: Path) -> Path:
        if self.suffix == ".part":
            raise OSError(5, "Input/output error")
        return rename(self, new)

    monkeypatch.setattr(Path, "rename", refuses_new)
    with pytest.raises(OutputFailed, match="Input/output error"):
        write_package(FRAME.head(1), target, ABOUT)

    assert files_in(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_a_link_to_a_package_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "package")
    write_package(FRAME, tmp_path / "link", ABOUT)
    write_package(FRAME, tmp_path / "link", ABOUT)

    assert (tmp_path / "link").is_symlink()
    assert len(files_in(tmp_path / "package")) == 9
    shutil.rmtree(tmp_path / "package")


def test_constraints_that_values_break_are_told(tmp_path: Path) -> None:
    frame = to_frame([a_project(postal_code="1")])

    assert write_package(frame, tmp_path / "a.zip", ABOUT) == ("postal_code: pattern",)
