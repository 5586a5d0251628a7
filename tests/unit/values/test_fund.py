import pytest

from esfkit.model.finding import Problem
from esfkit.values.fund import read_fund
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import read_table


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Socialfonden", "ESF"),
        ("Europeiska socialfonden", "ESF"),
        ("Europeiska Socialfonden (ESF)", "ESF"),
        ("ESF", "ESF"),
        ("ESF+", "ESF+"),
        ("ESF +", "ESF+"),
        ("Europeiska socialfonden+", "ESF+"),
        ("European Social Fund Plus (ESF+)", "ESF+"),
        ("Asyl-, migrations- och integrationsfonden (AMIF)", "AMIF"),
        ("Europeiska regionala utvecklingsfonden", "ERDF"),
        ("Europeiska regionala utvecklingsfonden (ERUF)", "ERDF"),
        ("ERUF", "ERDF"),
        ("Fonden för en rättvis omställning", "JTF"),
        ("EAFRD", "EAFRD"),
        ("Youth Employment Initiative", "YEI"),
    ],
)
def test_a_fund_is_read_as_its_code(printed: str, code: str) -> None:
    assert read_fund(printed) == code


@pytest.mark.parametrize(
    "printed",
    ["ESF, ERUF", "Socialfonden (ERUF)", "Kulturfonden", "(ESF+", "Kulturfonden (KF)", "ESF++"],
)
def test_an_unknown_fund_is_told(printed: str) -> None:
    assert read_fund(printed) is Problem.CODE_UNKNOWN


@pytest.mark.parametrize("printed", ["", "-", "saknas"])
def test_a_null_word_is_no_fund(printed: str) -> None:
    assert read_fund(printed) is None


def test_no_form_of_a_name_stands_for_two_funds() -> None:
    forms = {
        (fold(form), row["code"])
        for row in read_table("funds")
        for form in (row["code"], row["name"], *row["variants"].split("|"))
    }
    assert len(dict(forms)) == len(forms)
    assert "" not in dict(forms)
