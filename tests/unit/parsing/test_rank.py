import pytest

from esfkit.parsing.rank import names_goals, rank_of


def test_headings_rank_by_their_manner() -> None:
    printed = ["# Mål", "### Mål", "Målsättning", "MÅLSÄTTNING", "> Mål:"]

    assert [rank_of(each) for each in printed] == [1, 3, 7, 8, 9]
    assert rank_of("MÅLSÄTTNING:") == rank_of("Mål:")


@pytest.mark.parametrize(
    "heading",
    ["Mål", "Delmål", "KVANTITATIVA MÅL", "Mål/syfte", "Målen är", "Vår målsättning"],
)
def test_a_heading_speaks_of_goals(heading: str) -> None:
    assert names_goals(heading)


@pytest.mark.parametrize("heading", ["Målgrupp", "Ändamål", "Modersmål", "Målarna", "Resultat"])
def test_a_heading_speaks_of_something_else(heading: str) -> None:
    assert not names_goals(heading)
