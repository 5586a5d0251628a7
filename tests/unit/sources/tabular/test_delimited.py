import csv
import io

import pytest

from esfkit.sources.obstacle import Obstacle
from esfkit.sources.tabular.delimited import Broken, Row, Rows, fitted, read_lines

MOST = 10_000


def rows(text: str, delimiter: str = ",", width: int | None = None, most: int = MOST) -> Rows:
    every = Rows(read_lines(io.StringIO(text, newline=""), most), delimiter, most)
    every.width = width
    return every


def test_rows_know_the_line_they_begin_on() -> None:
    text = 'a,b\r\n\r\n"c\nc",d\re,f'

    assert list(rows(text)) == [
        Row(1, ["a", "b"]),
        Row(3, ["c\nc", "d"]),
        Row(5, ["e", "f"]),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_one_row() -> None:
    text = 'a,"b\nc,d\ne,f\n'
    first, *rest = rows(text, width=2)

    assert isinstance(first, Broken)
    assert (first.line, first.limit) == (1, False)
    assert rest == [Row(2, ["c", "d"]), Row(3, ["e", "f"])]


def test_a_quotation_mark_that_another_row_closes_costs_one_row() -> None:
    text = 'a,"b\nc,d\ne,"f"\ng,h\n'
    first, *rest = rows(text, width=2)

    assert isinstance(first, Broken)
    assert rest == [Row(2, ["c", "d"]), Row(3, ["e", "f"]), Row(4, ["g", "h"])]


def test_rows_that_a_quotation_mark_joined_are_parted_where_their_cells_are_too_many() -> None:
    text = 'a,"b\nc,d\n","x",y\ne,f\n'
    first, *rest = rows(text, width=2)

    assert isinstance(first, Broken)
    assert "has 4 cells where the headings are 2" in first.reason
    assert Row(2, ["c", "d"]) in rest
    assert rest[-1] == Row(4, ["e", "f"])


def test_a_row_longer_than_its_limit_is_given_up_and_the_next_line_read() -> None:
    text = 'a,"' + "b\n" * 60 + "\nc,d\n"
    first, *rest = rows(text, most=100)

    assert first == Broken(1, first.reason if isinstance(first, Broken) else "", limit=True)
    assert "row_bytes" in str(first)
    assert Row(2, ["b"]) in rest
    assert rest[-1] == Row(62, ["c", "d"])


def test_a_row_of_exactly_the_limit_is_read() -> None:
    assert list(rows("a" * 99 + "\n", most=100)) == [Row(1, ["a" * 99])]
    assert isinstance(next(rows("a" * 100 + "\n", most=100)), Broken)


def test_a_line_longer_than_the_limit_is_passed_over_as_a_whole() -> None:
    first, second = rows("x" * 1000 + "\na,b\n", most=100)

    assert isinstance(first, Broken)
    assert second == Row(2, ["a", "b"])


def test_quotation_marks_that_always_stay_open_end_the_file_before_they_take_long() -> None:
    every = rows('a","\n' * 50_000, most=1000)

    with pytest.raises(Obstacle, match="too many quoted cells are not closed"):
        for _ in every:
            pass


def test_a_file_parted_by_tabs_need_not_close_its_quotation_marks() -> None:
    text = '1\t"Hej" sa han\n2\t"öppet\n3\tslut\n'

    assert list(rows(text, "\t", width=2)) == [
        Row(1, ["1", '"Hej" sa han']),
        Row(2, ["2", '"öppet']),
        Row(3, ["3", "slut"]),
    ]


def test_the_process_s_limit_of_a_cell_is_left_as_it_was() -> None:
    before = csv.field_size_limit()
    cells = next(rows("x" * 200_000 + ",y\n", most=1_000_000))

    assert isinstance(cells, Row)
    assert len(cells.cells[0]) == 200_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "b", "", " "], ["a", "b"]),
        (["a", "b", "c"], None),
        (["a"], None),
    ],
)
def test_only_empty_cells_are_cut_off(cells: list[str], wanted: list[str] | None) -> None:
    assert fitted(cells, 2) == wanted
