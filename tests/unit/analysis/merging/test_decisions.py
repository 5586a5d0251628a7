import csv
from io import BytesIO, StringIO
from typing import Any

import polars as pl
import pytest

from esfkit.analysis.merging.decisions import Decision, read_decisions
from esfkit.analysis.merging.merge import Merged, merge
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.model.record import Record
from esfkit.output.csvfile import write_csv
from factories import a_project

HEADING = "pair,same,a_text,a_compared,b_text,b_compared\n"
DOUBTFUL: tuple[dict[str, Any], ...] = (
    {"title": "=Nya vägar; till arbete", "owner_name": "Arvika kommun"},
    {"title": "=Nya vagar; till arbete", "owner_name": "Arvika kommun"},
)


def _records(*sides: dict[str, Any]) -> list[Record]:
    return [
        a_project(
            str(place), **{"project_number": None, "source_sha256": f"text {place}"} | side
        )
        for place, side in enumerate(sides)
    ]


def _merged(records: list[Record], decisions: list[Decision] | None = None) -> Merged:
    return merge(to_frame(records).lazy(), decisions or ())


def _answered(review: pl.DataFrame, *answers: str) -> bytes:
    stream = BytesIO()
    write_csv(review.with_columns(pl.Series("same", answers)), stream)
    return stream.getvalue()


def test_a_yes_makes_two_records_one_project() -> None:
    records = _records(*DOUBTFUL)
    content = _answered(_merged(records).review, "yes")

    merged = _merged(records, read_decisions(content, "review.csv"))

    assert merged.projects.height == 1
    assert (merged.tally.applied, merged.tally.doubtful) == (1, 0)
    assert merged.tally.merged_by == {"decision": 2}
    assert merged.review.select("same", "why").rows() == [("yes", "like_title")]


def test_a_no_keeps_them_two_and_is_not_asked_again() -> None:
    records = _records(*DOUBTFUL)
    content = _answered(_merged(records).review, "Nej")

    merged = _merged(records, read_decisions(content, "review.csv"))

    assert merged.projects.height == 2
    assert (merged.tally.applied, merged.tally.doubtful) == (1, 0)
    assert merged.review["same"].to_list() == ["no"]


def test_a_no_parts_even_what_is_certain() -> None:
    records = _records(
        {"project_number": "2016/00130"}, {"project_number": "2016/00130", "title": "Väg"}
    )
    sides = merge(to_frame(records).lazy())
    assert sides.projects.height == 1
    keys = [_compared(record) for record in records]

    merged = _merged(
        records, [Decision("p", same=False, sides=(("text 0", keys[0]), ("text 1", keys[1])))]
    )

    assert merged.projects.height == 2
    assert merged.projects["record_id"].is_unique().all()


def test_an_answer_is_passed_over_once_its_text_has_changed() -> None:
    records = _records(*DOUBTFUL)
    decisions = read_decisions(_answered(_merged(records).review, "yes"), "review.csv")
    changed = [records[0], records[1].model_copy(update={"source_sha256": "another"})]

    merged = _merged(changed, decisions)

    assert merged.projects.height == 2
    assert merged.tally.passed == (decisions[0].pair,)
    assert merged.review["same"].to_list() == [None]


def test_an_answer_holds_although_the_same_text_is_read_otherwise() -> None:
    records = _records(*DOUBTFUL)
    decisions = read_decisions(_answered(_merged(records).review, "yes"), "review.csv")
    read_again = [records[0], records[1].model_copy(update={"phase": "Genomförande"})]

    assert _merged(read_again, decisions).projects.height == 1


def test_a_yes_never_makes_two_numbers_one_project() -> None:
    records = _records({"project_number": "2016/00130"}, {"project_number": "2016/00131"})
    keys = [_compared(record) for record in records]

    merged = _merged(
        records, [Decision("p-1", same=True, sides=(("text 0", keys[0]), ("text 1", keys[1])))]
    )

    assert merged.projects.height == 2
    assert merged.tally.refused == ("p-1",)
    assert merged.tally.applied == 0


def test_a_file_saved_by_a_swedish_spreadsheet_is_read_too() -> None:
    review = _merged(_records(*DOUBTFUL)).review
    content = _answered(review, "Ja")
    rows = csv.reader(StringIO(content.decode()))
    saved = StringIO(newline="")
    csv.writer(saved, delimiter=";").writerows(rows)

    for encoding in ("utf-8-sig", "cp1252"):
        assert read_decisions(saved.getvalue().encode(encoding), "x") == read_decisions(
            content, "x"
        )


def test_pairs_without_an_answer_are_no_decisions() -> None:
    content = _answered(_merged(_records(*DOUBTFUL)).review, "")

    assert read_decisions(content, "review.csv") == []


def test_an_answer_that_is_none_is_refused_with_its_line() -> None:
    content = f"{HEADING}p-1,,t,c,t,c\np-2,kanske,t,c,t,c\n".encode()

    with pytest.raises(BadRequest, match=r"review.csv:3: 'kanske' is no answer"):
        read_decisions(content, "review.csv")


def test_a_file_that_is_no_review_is_refused() -> None:
    with pytest.raises(BadRequest, match="lacks the columns pair, same, a_text"):
        read_decisions(b"a,b\n1,2\n", "review.csv")


@pytest.mark.usefixtures("usual_cells")
@pytest.mark.parametrize("content", [f"{HEADING}{'x' * 200_000},yes,t,c\n", "x" * 200_000])
def test_a_cell_larger_than_any_review_has_is_refused(content: str) -> None:
    with pytest.raises(BadRequest, match="no CSV"):
        read_decisions(content.encode(), "review.csv")


def test_a_row_that_was_cut_is_of_no_text_in_the_data() -> None:
    [decision] = read_decisions(f"{HEADING}p-1,yes\n".encode(), "review.csv")

    merged = _merged(_records(*DOUBTFUL), [decision])

    assert merged.tally.passed == ("p-1",)


def _compared(record: Record) -> str:
    from esfkit.analysis.merging.faces import nodes_of  # noqa: PLC0415 - needed here alone

    return nodes_of(to_frame([record]).lazy())[0].compared


@pytest.mark.parametrize("answers", [("yes", "no"), ("no", "yes")])
def test_of_two_answers_that_contradict_each_other_neither_applies(
    answers: tuple[str, str],
) -> None:
    records = _records(*DOUBTFUL)
    review = _merged(records).review
    content = _answered(pl.concat([review, review]), *answers)

    merged = _merged(records, read_decisions(content, "review.csv"))

    assert merged.projects.height == 2
    assert merged.tally.refused == (review["pair"][0],)
    assert (merged.tally.applied, merged.tally.doubtful) == (0, 1)


def test_an_answer_given_twice_is_one_answer() -> None:
    records = _records(*DOUBTFUL)
    review = _merged(records).review
    content = _answered(pl.concat([review, review]), "yes", "ja")

    merged = _merged(records, read_decisions(content, "review.csv"))

    assert (merged.projects.height, merged.tally.applied) == (1, 1)
