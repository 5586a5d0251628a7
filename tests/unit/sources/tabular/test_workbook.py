import io
import time
import zipfile
from collections.abc import Mapping

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types

from esfkit.model.finding import Problem
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.tabular.workbook import Area, measure_workbook

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def workbook(*cells: tuple[int, int, object]) -> bytes:
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Blad")
    sheet.write_blank(0, 0, None, book.add_format({"bold": True}))
    for row, column, value in cells:
        sheet.write(row, column, value)
    book.close()
    return stream.getvalue()


def repacked(content: bytes, changes: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return stream.getvalue()


def with_rows(rows: bytes) -> bytes:
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    return repacked(workbook((0, 0, "x")), {SHEET: sheet})


def refused(content: bytes, limits: Limits) -> Obstacle:
    with pytest.raises(Obstacle) as met:
        measure_workbook(content, limits)
    return met.value


def test_a_sheet_begins_at_its_first_filled_column() -> None:
    assert measure_workbook(workbook((3, 2, "a"), (4, 1, 5)), Limits()) == [Area("Blad", 1)]


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        (b'<row r="1"><c r="C1"><v>1</v></c></row>', 2),
        (b'<row r="1"><c r="A1"/><c r="B1" s="1"></c><c r="D1"><v>1</v></c></row>', 3),
        (b"<row><c><v>1</v></c></row>", 0),
        (b"<row><c/><c><v>1</v></c></row>", 1),
        (b'<row><c r="B1"><f>1+1</f><v>2</v></c></row>', 1),
        (b'<row><c r="B1"><f/></c><c r="E1" t="inlineStr"><is><t>x</t></is></c></row>', 4),
        (b'<x:row><x:c r="AA1"><x:v>1</x:v></x:c></x:row>', 26),
        (b"<row><c><v/></c></row>", 0),
        (b"", 0),
    ],
)
def test_cells_are_counted_with_and_without_their_places(rows: bytes, column: int) -> None:
    assert measure_workbook(with_rows(rows), Limits()) == [Area("Blad", column)]


def test_a_cell_is_seen_wherever_the_blocks_are_cut() -> None:
    for length in range((1 << 20) - 150, (1 << 20) + 20, 13):
        filler = b"<!--" + b"x" * length + b"-->"
        rows = filler + b'<row r="7"><c r="C7">\n<v>1</v></c></row>' + filler
        assert measure_workbook(with_rows(rows), Limits()) == [Area("Blad", 2)]


def test_a_token_without_end_takes_linear_time() -> None:
    begin = time.process_time()
    assert measure_workbook(
        with_rows(b"<!--" + b"x" * 60_000_000 + b"-->"), Limits(unpacked_ratio=10_000)
    )
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "place", ["C9999999999992", "XFDX1", "A0", "1A", "A", "", "A1048577", "\u0661A"]
)
def test_a_place_beyond_a_sheet_is_refused(place: str) -> None:
    rows = f'<row><c r="A1"><v>1</v></c><c r="{place}"><v>1</v></c></row>'.encode()

    assert "no place of a sheet" in refused(with_rows(rows), Limits()).message


@pytest.mark.parametrize(
    "cell",
    [
        b'<c x=">" r="XFD1048576"><v>1</v></c>',
        b'<c x="' + b"y" * 9000 + b'" r="XFD1048576"><v>1</v></c>',
        b'<c r="XFD1048576">\n  <v>1</v></c>',
        b'<c r="XFD1048576"><!-- --><v>1</v></c>',
        b"<c r='&#88;FD1048576' ><v>1</v></c>",
        b'<c\nr = "XFD1048576"><f>1</f><v><![CDATA[1]]></v></c>',
    ],
)
def test_no_way_of_writing_hides_a_cell_from_the_count(cell: bytes) -> None:
    rows = b'<row><c r="A1"><v>1</v></c>' + cell + b"</row>"

    assert refused(with_rows(rows), Limits()).code is Problem.LIMIT_MET


def test_two_cells_far_apart_are_refused_for_the_rectangle_between_them() -> None:
    obstacle = refused(workbook((0, 0, "a"), (1_048_575, 16_383, "b")), Limits())

    assert obstacle.code is Problem.LIMIT_MET
    assert "--limit held_bytes=" in obstacle.message


def test_cells_without_places_are_refused_for_their_rectangle_too() -> None:
    rows = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>" + b"<row/>" * 100_000

    limits = Limits(unpacked_ratio=1_000_000)
    assert (
        "held_bytes" in refused(with_rows(rows + b"<row><c><v>1</v></c></row>"), limits).message
    )


def test_a_sheet_of_exactly_the_limit_is_measured() -> None:
    content = workbook((0, 0, 1), (1999, 1, 2))
    rectangle = 2000 * 2 * 32

    assert measure_workbook(content, Limits(held_bytes=rectangle)) == [Area("Blad", 0)]
    assert refused(content, Limits(held_bytes=rectangle - 1)).code is Problem.LIMIT_MET


def test_a_long_string_in_many_cells_is_counted_for_each() -> None:
    content = workbook(*((row, 0, "å" * 30_000) for row in range(200)))

    assert len(content) < 20_000
    assert measure_workbook(content, Limits())
    obstacle = refused(content, Limits(held_bytes=10_000_000))
    assert "cells take more than 10000000 bytes of memory" in obstacle.message


def test_any_member_that_unpacks_to_much_is_refused_by_what_comes_out() -> None:
    content = repacked(workbook((0, 0, "x")), {"xl/media/a.bin": b"\0" * 20_000_000})

    assert "unpacked_ratio" in refused(content, Limits()).message
    limits = Limits(held_bytes=1_000_000, unpacked_ratio=10**9)
    assert "held_bytes" in refused(content, limits).message


def test_a_size_that_the_archive_states_is_not_believed() -> None:
    content = repacked(workbook((0, 0, "x")), {"xl/media/a.bin": b"\0" * 20_000_000})
    stated = (20_000_000).to_bytes(4, "little")

    assert content.count(stated) >= 1
    lying = content.replace(stated, (5).to_bytes(4, "little"))
    assert "unpacked_ratio" in refused(lying, Limits()).message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Problem.SOURCE_DAMAGED),
        (b"PK\x03\x04", Problem.SOURCE_DAMAGED),
        (workbook((0, 0, "x"))[:900], Problem.SOURCE_DAMAGED),
        (repacked(workbook(), {"xl/workbook.xml": b"<a"}), Problem.SOURCE_DAMAGED),
        (
            repacked(
                workbook(), {"xl/workbook.xml": b'<?xml version="1.0" encoding="x"?><a/>'}
            ),
            Problem.SOURCE_DAMAGED,
        ),
        (
            repacked(workbook(), {"xl/workbook.xml": b"<!DOCTYPE a><a/>"}),
            Problem.SOURCE_DAMAGED,
        ),
        (repacked(workbook(), {"XL/WORKBOOK.XML": b"<a/>"}), Problem.SOURCE_DAMAGED),
    ],
)
def test_damage_is_told(content: bytes, code: Problem) -> None:
    assert refused(content, Limits()).code is code


def test_another_office_file_is_told_as_one() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", b"<a/>")

    assert refused(stream.getvalue(), Limits()).code is Problem.FORMAT_UNSUPPORTED


def test_a_way_of_packing_that_excel_does_not_use_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")

    assert refused(stream.getvalue(), Limits()).code is Problem.FORMAT_UNSUPPORTED
