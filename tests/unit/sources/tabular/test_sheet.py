import io
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # nor has this

from esfkit.model.document import Bytes, Document, Origin, Unread
from esfkit.model.finding import Problem
from esfkit.model.record import Record
from esfkit.parsing.parse import parse_document
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.reading import Item, Reading
from esfkit.sources.tabular.sheet import read_sheet
from esfkit.vocabulary.lists import list_headings

READING = Reading(list_headings=list_headings())
HEADINGS = [
    *("Diarienummer / Operation ID", "Stödmottagare / Beneficiary"),
    *("Projektägare organisationsnummer / Beneficiary ID",),
    *("Namn på insatsen / Operation Name", "Interventionsområde / Intervention field"),
    *("Total projektbudget / Total budget SEK",),
    *("Unionens medfinansieringsgrad / Union co-financing rate",),
    *("EU-stöd i SEK / EU contribution SEK", "Startdatum / Start date", "Slutdatum / End date"),
]
START = datetime(2023, 2, 1)  # noqa: DTZ001 - dates of a spreadsheet have no zone


def workbook(**sheets: Callable[[Workbook, Worksheet], None]) -> bytes:
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    for name, fill in sheets.items():
        fill(book, book.add_worksheet(name.replace("_", " ")))
    book.close()
    return stream.getvalue()


def project(book: Workbook, sheet: Worksheet) -> None:
    """One project as Excel holds it: figures, a percentage and a date, not words."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    share = book.add_format({"num_format": "0%"})
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, ["23-017-S01", "UPPSALA KOMMUN", 2120003005, "Bron", 136, 4973906.0])
    sheet.write(1, 6, 0.9, share)
    sheet.write(1, 7, None)
    sheet.write_datetime(1, 8, START, day)
    sheet.write(1, 9, "2025-12-31")


def items(
    content: bytes, reading: Reading = READING, origin: Origin | None = None
) -> list[Item]:
    return list(read_sheet(io.BytesIO(content), origin or Origin(path="x.xlsx"), reading))


def documents(content: bytes) -> list[Document]:
    return [item for item in items(content) if isinstance(item, Document)]


def record(document: Document) -> Record:
    (only,) = parse_document(document).records
    return only


def test_a_row_with_figures_and_dates_is_read_to_exact_values() -> None:
    (document,) = documents(workbook(Projekt=project))
    read = record(document)

    assert document.origin.member == "Projekt!A2:J2"
    assert document.origin.line == 2
    assert (read.project_number, read.owner, read.owner_org_number) == (
        "23-017-S01",
        "UPPSALA KOMMUN",
        "2120003005",
    )
    assert (read.total_budget_sek, read.esf_support_sek) == (4_973_906, None)
    assert (read.union_cofinancing_rate, read.intervention_code) == (0.9, "136")
    assert (read.period_start, read.period_end) == (date(2023, 2, 1), date(2025, 12, 31))
    assert [each.code for each in read.findings] == [Problem.VALUE_MISSING]
    assert (read.source_member, read.source_line) == ("Projekt!A2:J2", 2)
    raws = {each.field: each.raw for each in read.provenance}
    assert raws["total_budget_sek"] == "4973906"
    assert raws["period_start"] == "2023-02-01"
    labels = {each.field: each.label for each in read.provenance}
    assert labels["owner"] == "Stödmottagare / Beneficiary"


@pytest.mark.parametrize(
    ("figure", "amount"),
    [(4973906.5, 4_973_907), (1.5e9, 1_500_000_000), (12500, 12_500), (99.25, 99), (0, 0)],
)
def test_figures_never_become_powers_of_ten(figure: float, amount: int) -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ["23-017-S01", "X", "", "Bron", "", figure])

    assert record(documents(workbook(A=fill))[0]).total_budget_sek == amount


def test_a_table_may_stand_anywhere_in_any_sheet_even_a_hidden_one() -> None:
    def cover(_: Workbook, sheet: Worksheet) -> None:
        sheet.write(0, 0, "Om listan")

    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.hide()
        sheet.write(0, 2, "Insatser")
        sheet.write_row(3, 2, HEADINGS)
        sheet.write_row(4, 2, ["23-017-S01", "X"])
        sheet.write_row(7, 2, ["23-018-S01", "Y"])

    places = [each.origin for each in documents(workbook(Läs_mig=cover, Mina_projekt=fill))]
    assert [(each.member, each.line) for each in places] == [
        ("'Mina projekt'!C5:L5", 5),
        ("'Mina projekt'!C8:L8", 8),
    ]


def test_a_workbook_in_an_archive_keeps_its_name_before_the_place() -> None:
    origin = Origin(path="a.zip", member="b/x.xlsx")
    (document, _) = items(workbook(Projekt=project), origin=origin)

    assert isinstance(document, Document)
    assert document.origin.member == "b/x.xlsx: Projekt!A2:J2"


def test_a_sheet_with_a_column_of_pages_is_a_crawl() -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["URL", "Text"])
        sheet.write_row(1, 0, ["http://a.example/1", "En sida"])

    (document,) = documents(workbook(Blad=fill))
    assert (document.text, document.crawled, document.origin.url) == (
        "En sida",
        True,
        "http://a.example/1",
    )


def test_an_unknown_heading_is_told_once_a_sheet() -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, [*HEADINGS, "Handläggare"])
        sheet.write_row(1, 0, ["23-017-S01", "X"])
        sheet.write_row(2, 0, ["23-018-S01", "Y"])

    codes = [
        [each.code for each in one.findings] for one in documents(workbook(A=fill, B=fill))
    ]
    assert codes == [[Problem.HEADING_UNKNOWN], [], [Problem.HEADING_UNKNOWN], []]


def test_progress_is_the_file() -> None:
    content = workbook(Projekt=project)

    assert items(content)[-1] == Bytes(len(content))


def test_a_workbook_without_pages_is_told_with_its_columns() -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(1, 1, ["id", "ord"])

    with pytest.raises(Obstacle, match="the columns are id, ord") as met:
        items(workbook(Tom=lambda *_: None, Blad=fill))
    assert met.value.code is Problem.TEXT_FIELD_MISSING


def test_an_empty_workbook_is_told_as_one() -> None:
    with pytest.raises(Obstacle, match="The table is empty"):
        items(workbook(Tom=lambda *_: None))


def test_an_old_or_encrypted_file_is_told_as_one() -> None:
    with pytest.raises(Obstacle, match="without password") as met:
        items(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)
    assert met.value.code is Problem.FORMAT_UNSUPPORTED


def test_a_file_larger_than_may_be_held_is_told_with_the_option() -> None:
    content = workbook(Projekt=project)

    with pytest.raises(Obstacle, match="--limit held_bytes="):
        items(content, Reading(limits=Limits(held_bytes=len(content) - 1)))


@pytest.mark.parametrize("at", range(0, 7000, 450))
def test_a_damaged_workbook_is_an_obstacle_or_read(at: int) -> None:
    content = bytearray(workbook(Projekt=project))
    content[at % len(content)] ^= 0xFF
    with suppress(Obstacle):
        assert not [item for item in items(bytes(content)) if isinstance(item, Unread)]


def test_the_same_project_meets_itself_in_a_page_and_a_list() -> None:
    page = (
        "Projektnummer:\n23-017-S01\nNamn:\nBron\nProjektägare:\nUppsala kommun\nNUTS-2 kod:\n"
    )
    page += "SE12\nFond:\nESF+\nProgram CCI:\n2021SE05SFPR\nStartdatum:\n2023-02-01\n"
    (listed,) = documents(workbook(Projekt=project))

    assert record(Document(page)).record_id == record(listed).record_id == "esf:23-017-S01"
