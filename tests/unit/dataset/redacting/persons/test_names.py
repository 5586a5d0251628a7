import pytest

from esfkit.dataset.redacting.persons.names import Name, find_full_name, names_in
from esfkit.dataset.redacting.persons.spelling import Spelling

ASE = Name(("Åse", "Holm-Bergkvist"))
PER = Name(("Per", "Lund"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Tuva Påhittad", [("Tuva", "Påhittad")]),
        ("Lund, Per", [("Per", "Lund")]),
        ("Per Lund, Ann Ek", [("Per", "Lund"), ("Ann", "Ek")]),
        ("Anna Ek och Bo Dal, tel 0470-123 45", [("Anna", "Ek"), ("Bo", "Dal")]),
        ("Projektledare Eva af Klercker", [("Eva", "af", "Klercker")]),
        ("Linnea Marklund Skoog (projektledare)", [("Linnea", "Marklund", "Skoog")]),
        ("anna svensson", [("anna", "svensson")]),
        ("Anna, anna@exempel.se", [("Anna",)]),
        ("Växjö kommun", []),
        ("Göteborgs Stad", []),
        ("Arbetsförmedlingen", []),
        ("Projektkontoret Norr", []),
        ("Eva Holmstad", [("Eva", "Holmstad")]),
        ("Bo Söderskola", [("Bo", "Söderskola")]),
        ("Eva Holm Växjö kommun", [("Eva", "Holm")]),
        ("Eva Holm på Växjö kommun", [("Eva", "Holm")]),
        ("Eva Holm Projektkontoret", [("Eva", "Holm")]),
        ("Eva Holm Region Skåne", [("Eva", "Holm")]),
        ("Upplands Väsby kommun", []),
        ("Region Skåne", []),
        ("de Eva Holm", [("Eva", "Holm")]),
    ],
)
def test_names_are_told_from_titles_and_organisations(
    words: str, expected: list[tuple[str, ...]]
) -> None:
    assert [name.parts for name in names_in(words)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Åse Holm-Bergkvist",
        "ÅSE\nHOLM-BERGKVIST",
        "Åse Holm-Bergkvists",
        "A\u030ase Holm",
        "Åse K. Bergkvist",
        "Bergkvist, Åse",
        "Å. Holm-Bergkvist",
        "Ase Holm-Bergkvist",
    ],
)
def test_a_full_name_is_found_however_it_is_spelt(text: str) -> None:
    inside = f"({text})"

    [(start, end)] = find_full_name(inside, ASE)
    assert inside[start:end] == text


@pytest.mark.parametrize(
    "text", ["ase-holm-bergkvist", "aaseholmbergkvist", "%C3%85se%20Holm", "HolmÅse"]
)
def test_a_full_name_is_found_glued_and_rewritten_in_an_address(text: str) -> None:
    inside = f"https://exempel.se/({text})"

    for spelling in Spelling.IN_ADDRESS, Spelling.ALIKE, Spelling.AS_PRINTED:
        [(start, end)] = find_full_name(inside, ASE, spelling)
        assert inside[start:end] == text


@pytest.mark.parametrize("spelling", [Spelling.ALIKE, Spelling.AS_PRINTED])
@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("Bo", "Dén"), "Boden"),
        (("Bo", "Berg"), "Boberg skola"),
        (("Bo", "Berg"), "BergBo"),
        (("Åsa", "Lund"), "Ålund"),
    ],
)
def test_a_name_glued_together_is_a_place_in_prose(
    parts: tuple[str, ...], text: str, spelling: Spelling
) -> None:
    assert not list(find_full_name(text, Name(parts), spelling))


def test_the_letters_of_another_records_contact_stay_as_printed() -> None:
    assert not list(find_full_name("Bo den", Name(("Bo", "Dén")), Spelling.AS_PRINTED))


@pytest.mark.parametrize(
    "text",
    [
        "Svensson Anna",
        "Anna Svensson",
        "A.K. Svensson",
        "A-K Svensson",
        "A. Svensson",
        "Svensson, Anna-Karin",
    ],
)
def test_half_of_a_hyphenated_given_name_counts(text: str) -> None:
    name = Name(("Anna-Karin", "Svensson"))

    found = find_full_name(f"({text})", name, Spelling.AS_PRINTED)
    assert [(start, end) for start, end in found] == [(1, 1 + len(text))]


def test_a_name_glued_to_its_label_is_found() -> None:
    text = "KontaktpersonPer LundE-post"

    assert [text[start:end] for start, end in find_full_name(text, PER)] == ["Per Lund"]


@pytest.mark.parametrize(
    "text",
    [
        *("super lundberg", "Jesper Lund", "per deltagare i Lund", "Per i Lund", "Lund"),
        *("Kurs i Lund, per deltagare", "Vi reste med Per. Lund är en stad.", "resor per lund"),
        *("Vi bor i Lund. Per deltagare", "50 kr per Lundsbo"),
    ],
)
def test_other_words_are_no_full_name(text: str) -> None:
    assert not list(find_full_name(text, PER))
