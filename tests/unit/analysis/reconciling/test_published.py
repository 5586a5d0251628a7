import pytest

from esfkit.analysis.reconciling.published import Published, is_totals, read_totals
from esfkit.model.errors import InputRefused

HEADING = "period,region,area,measure,value,unit"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (HEADING, True),
        ("\ufeffPeriod,region,programme_area,metric,value,unit,as_of,url,note\r", True),
        ("period,region,area,measure,value", False),
        ("record_id,kind", False),
        ("", False),
    ],
)
def test_totals_are_told_by_their_headings(line: str, *, expected: bool) -> None:
    assert is_totals(line) is expected


def test_totals_are_read_by_either_heading() -> None:
    text = (
        "period,region,programme_area,metric,value,unit,as_of,url,note\n"
        '2014-2020,all,2,projects,12,projects,2022-03,https://exempel.se,"a, b"\n\n'
    )

    assert read_totals(text, "f") == (
        Published("2014-2020", "all", "2", "projects", "12", "projects", "2022-03",
                  "https://exempel.se", "a, b"),
    )  # fmt: skip


def test_what_is_not_headed_is_empty() -> None:
    [total] = read_totals(f"{HEADING}\n2014-2020,all,all,projects,1,projects\n", "f")

    assert (total.as_of, total.source, total.note) == ("", "", "")


@pytest.mark.usefixtures("usual_cells")
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "no total below"),
        ("2014-2020,all\n", "f, line 2: 2 cells where 6"),
        ('"' + "x" * 200_000 + '"', "f, line 2: is no CSV"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(rows: str, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        read_totals(f"{HEADING}\n{rows}", "f")
