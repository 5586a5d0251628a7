import pytest

from esfkit.parsing.broken import broken_lines, mended
from esfkit.parsing.lines import split_lines

ONE = "Ny kraft Projektfas: Genomförande Projektägare: Mora kommun Beviljat"
TWO = "ESF-stöd: 3 100 000 kr Total projektbudget: 6 200 000 kr Region:"
THREE = "Övre Norrland Projektperiod: 2009-04-01 till 2010-12-31"


def stretches(text: str) -> list[tuple[int, int]]:
    return [(each.start, each.stop) for each in broken_lines(split_lines(text))]


def test_lines_with_several_labels_each_were_one_line() -> None:
    assert stretches(f"Meny\n\n{ONE}\n{TWO}\n{THREE}\n\nProsa.\n") == [(2, 5)]


def test_blanks_behind_the_lines_do_no_harm() -> None:
    assert stretches(f"  {ONE}   \n\t{TWO}\t\n") == [(0, 2)]


def test_two_pages_that_were_broken_are_two_stretches() -> None:
    assert stretches(f"{ONE}\n{TWO}\n\n{ONE}\n{TWO}\n") == [(0, 2), (3, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ONE,
        "Projektfas: Genomförande\nProjektägare: Mora kommun\nRegion: Väst\n",
        "Öppet: mån: 9-12\nStängt: tis: 9-12\n",
        "Region: Väst   Projektägare: Mora\nProjektfas: Förstudie   E-post: a@exempel.se\n",
        f"{ONE}\n\n{TWO}\n",
        f"{ONE} {'x' * 120}\n{TWO}\n",
    ],
)
def test_other_lines_were_not(text: str) -> None:
    assert stretches(text) == []


def test_a_mended_line_has_the_characters_of_its_lines_at_the_same_places() -> None:
    text = f"Meny\r\n\r\n{ONE}\r\n{TWO}\r\n"
    whole = mended(split_lines(text))

    assert whole.words == [f"{ONE}  {TWO}"]
    assert whole.starts[0] == text.index(ONE)
    assert len(whole.text) == len(text)
