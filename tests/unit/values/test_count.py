import pytest

from esfkit.model.finding import Problem
from esfkit.values.count import Part, Split, read_count, read_split, read_women_men


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("11650", 11650),
        ("0", 0),
        ("1 200", 1200),
        ("1\xa0200", 1200),
        ("11.650", 11650),
        ("1,200", 1200),
        ("1 200 000", 1_200_000),
        ("250 st", 250),
        ("250 st.", 250),
        ("200 personer", 200),
        ("200 deltagare", 200),
        ("200 DELTAGARE", 200),
        ("120individer", 120),
        ("ca 50", 50),
        ("cirka 1 200 deltagare", 1200),
        (" 50 ", 50),
        ("120 pers", 120),
        ("totalt 200", 200),
        ("ca 200 personer totalt", 200),
        ("120*", 120),
        ("120 (preliminärt)", 120),
        ("120 (50 % kvinnor)", 120),
        ("120 (varav 30 i praktik)", 120),
        ("120 (60/60)", 120),
        ("200 personer varav 100 kvinnor", 200),
        ("240 (120 kvinnor, 120 män)", 240),
    ],
)
def test_a_count_is_read(printed: str, expected: int) -> None:
    assert read_count(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        *("15-24", "50%", "1.5", "1,5", "2017:5", "12 företag", "50/50", "-5", "007", "²"),
        *("１２", "١٢", "9" * 10, "9" * 5000, "0" * 5000, "1_000", "2016/00130", "12 och 13"),
        *("1.20", "1.200,5", "1,200.000", "120 kvinnor", "120 kvinnor och 80 män"),
        *("minst 80", "upp till 200", "max 50 deltagare", "80 (minst)", "120 (per år)"),
        *("120 (450)", "120 (60/70)", "120 (60 kvinnor, 70 män)", "120 varav 200 kvinnor"),
        *("60 kvinnor (60 män)", "(60/60)", "120 (unga) (vuxna)"),
    ],
)
def test_what_is_no_count_is_unreadable(printed: str) -> None:
    assert read_count(printed) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize("printed", ["1 20", "12 0", "st", "deltagare", "--"])
def test_a_count_that_lost_digits_is_told(printed: str) -> None:
    assert read_count(printed) is Problem.DIGITS_LOST


@pytest.mark.parametrize("printed", ["", "-", "saknas", "XX", "Uppgift saknas"])
def test_a_null_word_is_no_count(printed: str) -> None:
    assert read_count(printed) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("400/400", (400, 400)),
        ("50 / 50", (50, 50)),
        ("50\xa0/\xa060", (50, 60)),
        ("0/12", (0, 12)),
        ("30 kvinnor / 20 män", (30, 20)),
    ],
)
def test_a_split_of_women_and_men_is_read(printed: str, expected: tuple[int, int]) -> None:
    assert read_women_men(printed) == expected


@pytest.mark.parametrize(
    "printed", ["", "400", "2016/00130", "1/2/3", "50/", "a/b", "1/" * 200]
)
def test_what_is_no_split_gives_nothing(printed: str) -> None:
    assert read_women_men(printed) is None


@pytest.mark.parametrize(
    ("printed", "women", "men"),
    [
        ("240 (110 kvinnor, 130 män)", "110", "130"),
        ("240 (130 män, 110 kvinnor)", "110", "130"),
        ("240 st (110 kv/130 män)", "110", "130"),
        ("240 (varav 110 kvinnor och 130 män)", "110", "130"),
        ("240 (kvinnor: 110, män: 130)", "110", "130"),
        ("1\xa0200 deltagare, varav 700 Kvinnor", "700", None),
        ("240 (varav 130 män)", None, "130"),
    ],
)
def test_the_women_and_men_named_behind_a_count_are_read_with_their_place(
    printed: str, women: str | None, men: str | None
) -> None:
    split = read_split(printed)

    for part, figure in ((split.women, women), (split.men, men)):
        assert (None if part is None else printed[slice(*part.at)]) == figure
        assert part is None or part.persons == int(printed[slice(*part.at)])


@pytest.mark.parametrize(
    "printed", ["240", "240 (120/120)", "240 (50 % kvinnor)", "240 (110 kvinnor, 120 män)", ""]
)
def test_of_figures_that_nobody_names_or_that_do_not_add_up_there_is_no_split(
    printed: str,
) -> None:
    assert read_split(printed) == Split(None, None)


def test_a_part_tells_its_count_and_place() -> None:
    assert read_split("10 varav 4 kvinnor") == Split(Part(4, (9, 10)), None)
