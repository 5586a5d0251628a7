from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from esfkit.model.errors import BadRequest, InputRefused
from esfkit.pipeline.learning.gold import is_same, read_gold


def gold(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"p.txt": {"title": "Väg", "planned_participants": 12}}'),
        ("a.json", '[{"page": "p.txt", "title": "Väg", "planned_participants": 12}]'),
        ("a.json", '{"page": "p.txt", "title": "Väg", "planned_participants": 12}'),
    ],
)
def test_values_are_given_as_json(tmp_path: Path, name: str, text: str) -> None:
    assert read_gold(gold(tmp_path, name, text)) == {
        "p.txt": {"title": "Väg", "planned_participants": 12}
    }


def test_values_are_given_as_json_lines(tmp_path: Path) -> None:
    path = gold(
        tmp_path, "a.jsonl", '{"page": "p", "title": "A"}\n{"page": "q", "title": "B"}\n'
    )

    assert read_gold(path) == {"p": {"title": "A"}, "q": {"title": "B"}}


@pytest.mark.parametrize("divider", [",", ";"])
def test_values_are_given_as_csv_where_an_empty_cell_says_nothing(
    tmp_path: Path, divider: str
) -> None:
    text = "page,title,region\np.txt,Väg,\n".replace(",", divider)

    assert read_gold(gold(tmp_path, "a.csv", text)) == {"p.txt": {"title": "Väg"}}


@pytest.mark.parametrize(
    ("name", "text", "refused", "said"),
    [
        (
            "a.json",
            '{"p": {"titel": 1}}',
            BadRequest,
            "page p: “titel” is not a column of records",
        ),
        ("a.csv", "page,title\np,A\np,B\n", BadRequest, "The page p stands there twice"),
        ("a.json", "{}", InputRefused, "There are no pages"),
        ("a.json", "{", InputRefused, "This is neither JSON nor CSV"),
        ("a.json", '{"p": 3}', InputRefused, "an object of column: value is needed"),
        ("a.json", '[{"title": "A"}]', InputRefused, "Each object needs the key 'page'"),
        ("a.csv", "page,title\np\n", InputRefused, ":2: The row has not as many cells"),
        ("a.csv", 'page,title\n"p,A\n', InputRefused, "This is no CSV"),
    ],
)
def test_what_gives_no_values_is_refused(
    tmp_path: Path, name: str, text: str, refused: type[Exception], said: str
) -> None:
    with pytest.raises(refused) as error:
        read_gold(gold(tmp_path, name, text))

    assert said in str(error.value)


def test_a_file_that_is_not_there_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        read_gold(tmp_path / "none.json")
    (tmp_path / "a.csv").write_bytes(b"page,title\np,V\xe4g\n")
    with pytest.raises(InputRefused, match="not UTF-8"):
        read_gold(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("read", "given"),
    [
        (1_200_000, "1 200 000"),
        (1_200_000, 1200000),
        (True, "Ja"),
        (False, False),
        (0.5, "0.5"),
        (Decimal("12.50"), "12.5"),
        (date(2016, 9, 1), "2016-09-01"),
        ("Umeå kommun", " Umeå  kommun"),
        (("Kalmar", "Nybro"), ["Kalmar", "Nybro"]),
        (("Kalmar", "Nybro"), "Kalmar|Nybro"),
    ],
)
def test_a_value_is_the_same_in_whatever_form_it_is_given(read: object, given: object) -> None:
    assert is_same(read, given)


@pytest.mark.parametrize(
    ("read", "given"),
    [(12, "13"), (12, "tolv"), (True, "Nej"), (date(2016, 9, 1), "2016-09"), ("A", "a")],
)
def test_another_value_is_not_the_same(read: object, given: object) -> None:
    assert not is_same(read, given)
