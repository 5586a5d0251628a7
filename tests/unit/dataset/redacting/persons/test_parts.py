import pytest

from esfkit.dataset.redacting.persons.names import Name
from esfkit.dataset.redacting.persons.parts import (
    find_address_parts,
    find_lone_parts,
    find_parts,
)
from esfkit.dataset.redacting.phones import find_phones

PER = Name(("Per", "Lund"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Projektledare Lund säger", ["Lund"]),
        ("Kontakta Per!", ["Per"]),
        ("Lund, 046-12 34 56", ["Lund"]),
        ("Kurser i Lund, 046-12 34 56", []),
        ("Lund är en stad", []),
        ("Lunds kommun. Ring 046-12 34 56", []),
    ],
)
def test_a_part_of_a_name_counts_only_beside_what_makes_it_a_person(
    text: str, expected: list[str]
) -> None:
    found = list(find_phones(text))

    assert [text[start:end] for start, end in find_parts(text, PER, found)] == expected


FREJA = Name(("Freja", "Ekeroth"))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (FREJA, "Frejas kurs är full.", ["Frejas"]),
        (FREJA, "Kursen är Frejas, och enligt Ekeroth full.", ["Frejas", "Ekeroth"]),
        (FREJA, "Ekeroths kurs är full. Vi har Ekeroths kurs.", ["Ekeroths"]),
        (FREJA, "Vi besökte Ekeroth Bygg och Hotell Ekeroth.", []),
        (FREJA, "Kursen i Ekeroth", []),
        (FREJA, "Freja Nilsson kom", []),
        (PER, "Per deltagare. Vi är i Lund, och Lund är stort.", []),
        (PER, "En av dem är Per.", ["Per"]),
        (Name(("Björn", "Strand")), "Björn finns. Vi såg Strand och en Björn.", ["Björn"]),
        (Name(("Sara", "Lindqvist")), "Lindqvist ledde. Sara också.", ["Lindqvist", "Sara"]),
    ],
)
def test_a_part_alone_counts_where_it_can_be_nothing_else(
    name: Name, text: str, expected: list[str]
) -> None:
    found = find_lone_parts(text, name, frozenset())

    assert [text[start:end] for start, end in found] == expected


def test_what_the_record_itself_is_called_is_spared() -> None:
    text = "Projektet Freja. Vi kallar det Freja."

    assert not list(find_lone_parts(text, FREJA, frozenset({"freja"})))


def test_a_part_is_a_word_of_an_address() -> None:
    address = "https://exempel.se/lund/ekeroth-2.html?per=freja"
    name = Name(("Freja", "Lund-Ekeroth"))

    found = find_address_parts(address, name, frozenset())

    assert sorted(address[start:end] for start, end in found) == ["ekeroth", "freja"]
