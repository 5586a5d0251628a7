import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import polars as pl

from esfkit.analysis.reports.summary import summary
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from esfkit.output.workbook import About, write_workbook
from factories import a_call, a_project

Sheet = list[tuple[Any, ...]]


def written(*records: Record, counted: pl.Series | None = None) -> bytes:
    stream = io.BytesIO()
    about = About(version="0", date=None, sources=[], language="en")
    write_workbook(to_frame(records), stream, about, counted)
    return stream.getvalue()


def sheet_of(*records: Record, counted: pl.Series | None = None) -> Sheet:
    """Return the figures beside the formulas, as a viewer that computes nothing shows them."""
    return pl.read_excel(
        io.BytesIO(written(*records, counted=counted)),
        sheet_name="Summary",
        engine="calamine",
        has_header=False,
        drop_empty_rows=False,
        infer_schema_length=0,
    ).rows()


def block_of(sheet: Sheet, title: str) -> dict[str, tuple[Any, ...]]:
    """Return the rows of a block by their label."""
    begin = next(n for n, row in enumerate(sheet) if row[0] == title) + 1
    end = next(n for n, row in enumerate(sheet) if n >= begin and row[0] == "Total") + 1
    return {row[0]: row[1:] for row in sheet[begin:end]}


def formulas_of(*records: Record) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(written(*records))) as archive:
        content = archive.read("xl/worksheets/sheet2.xml").decode()
    return re.findall(r"<f>([^<]*)</f>", content)


def many() -> Iterator[Record]:
    regions = ("Stockholm", "Övre Norrland", "Nationellt", None)
    for number in range(60):
        yield a_project(
            f"2016/{number:05}",
            region=regions[number % 4],
            programme_period=("2007-2013", "2014-2020")[number % 2],
            programme_area=("1", "2", None)[number % 3],
            total_budget_sek=None if number % 5 == 0 else 900_001 * (number + 1),
            esf_support_sek=None if number % 7 == 0 else 400_003 * (number + 1),
            planned_participants=None if number % 3 == 0 else number,
            total_budget_eur=None if number % 9 else Decimal("0.10"),
        )


def test_totals_are_those_of_the_summary_command() -> None:
    records = list(many())
    sheet = sheet_of(*records)
    table = summary(to_frame(records), by="region").table

    for row in table.iter_rows(named=True):
        label = row["region"] or "(not stated)"
        for title, name in {
            "Projects": "projects",
            "Total budget (SEK)": "total_budget_sek",
            "ESF support (SEK)": "esf_support_sek",
            "Planned participants": "planned_participants",
            "Total budget in euro (EUR)": "total_budget_eur",
        }.items():
            cells = block_of(sheet, title)[label]
            assert (cells[-2] or None) == (
                None if row[name] is None else f"{float(row[name]):.16g}"
            )
        share, stated = block_of(sheet, "ESF share")[label][-2:]
        assert round(float(share), 4) == row["esf_share"]
        assert int(stated) == row["esf_share_stated"]


def test_area_1_of_one_period_is_not_area_1_of_another() -> None:
    sheet = sheet_of(
        a_project("1", programme_period="2007-2013", programme_area="1"),
        a_project("2", programme_period="2014-2020", programme_area="1"),
        a_project("3", programme_period="2014-2020", programme_area="1"),
    )

    assert sheet[1][1::2] == ("2007-2013 · 1", "2014-2020 · 1", "Total")
    assert sheet[2][1::2][:2] == ("Skills supply", "Skills supply")
    assert block_of(sheet, "Projects")["Total"][::2] == ("1", "2", "3")


def test_the_sum_of_nothing_is_empty_and_that_of_zeros_is_0() -> None:
    stated = sheet_of(a_project(planned_participants=0))
    missing = sheet_of(a_project())

    assert block_of(stated, "Planned participants")["Total"][-2:] == ("0", "1")
    assert block_of(missing, "Planned participants")["Total"][-2:] in ((None, "0"), ("", "0"))


def test_a_share_of_no_budget_is_empty() -> None:
    sheet = sheet_of(a_project(total_budget_sek=0, esf_support_sek=0))

    assert block_of(sheet, "ESF share")["Total"][-2:] in ((None, "1"), ("", "1"))


def test_only_projects_are_counted_and_each_once() -> None:
    records = (
        a_project("1", total_budget_sek=10),
        a_project("1", total_budget_sek=20),
        a_call(total_budget_sek=40),
    )
    sheet = sheet_of(*records, counted=pl.Series([False, True, True]))

    assert block_of(sheet, "Projects")["Total"][-2:] == ("1", "1")
    assert block_of(sheet, "Total budget (SEK)")["Total"][-2:] == ("20", "1")


def test_every_formula_asks_for_projects_that_count() -> None:
    formulas = formulas_of(*many())
    asking = [formula for formula in formulas if "IFS(" in formula]

    assert len(asking) > 100
    for formula in asking:
        asked = re.findall(r"(?:COUNT|SUM)IFS\(", formula)
        assert formula.count('$B$2:$B$61,"project"') == len(asked)
        assert formula.count("'Projects'!$BI$2:$BI$61,1") == len(asked)


def test_currencies_have_blocks_of_their_own_and_euro_only_where_it_is_stated() -> None:
    kronor = sheet_of(a_project(total_budget_sek=5))
    both = sheet_of(
        a_project("1", total_budget_sek=5), a_project("2", total_budget_eur=Decimal(7))
    )

    assert not [row for row in kronor if "(EUR)" in str(row[0])]
    assert block_of(both, "Total budget (SEK)")["Total"][-2:] == ("5", "1")
    assert block_of(both, "Total budget in euro (EUR)")["Total"][-2:] == ("7", "1")
    assert not [row for row in both if str(row[0]).startswith("ESF support in euro")]


def test_figures_that_stand_as_text_are_in_no_sum() -> None:
    sheet = sheet_of(
        a_project("1", total_budget_sek=10**15), a_project("2", total_budget_sek=5)
    )

    assert block_of(sheet, "Total budget (SEK)")["Total"][-2:] == ("5", "1")


def test_codes_outside_the_lists_share_a_group_and_disturb_no_formula() -> None:
    strange = ("*", '"&A1&"', "=1", "<>", "stockholm", "x" * 300)
    records = [
        a_project(f"{n}", region=text, programme_period=text, programme_area=text)
        for n, text in enumerate(strange)
    ]
    sheet = sheet_of(*records, a_project("9", region="Stockholm", programme_area="1"))

    assert sheet[1][1::2] == ("(other)", "Total")
    rows = block_of(sheet, "Projects")
    assert [*rows] == ["Stockholm", "All regions", "(other)", "Total"]
    assert [cells[-2] for cells in rows.values()] == ["1", "1", "6", "7"]
    assert "x" * 300 not in "".join(formulas_of(*records))
