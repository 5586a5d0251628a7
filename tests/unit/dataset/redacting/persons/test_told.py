from itertools import chain

import pytest

from esfkit.dataset.redacting.texts import Kind, Secrets, find_personal, told_in
from esfkit.vocabulary.codes import code_list
from esfkit.vocabulary.tables import read_table


def names_told(text: str) -> list[str]:
    return [" ".join(told.name.parts) for told in told_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Projektledare Freja Ekeroth berättar",
        "Projektledare: Freja Ekeroth",
        "PROJEKTLEDARE: Freja Ekeroth",
        "Projektledare\nFreja Ekeroth\nTelefon",
        "Projektledare är Freja Ekeroth.",
        "tf. enhetschef Freja Ekeroth",
        "Projektägare kontakt: Freja Ekeroth",
        "Kontaktperson (ekonomi): Freja Ekeroth",
        "handläggarenFreja EkerothE-post",
        "Kommunikatör – Freja Ekeroth",
        "arbetsmarknadssamordnare Freja Ekeroth",
        "Kontakta Freja Ekeroth på måndag",
        "säger Freja Ekeroth.",
        "Freja Ekeroth säger",
        "Freja Ekeroth, projektledare",
        "Freja Ekeroth (biträdande projektledare)",
        "Freja Ekeroth är projektets samordnare",
        "Freja Ekeroth, 070-123 45 67",
        "Freja Ekeroth tel. 070-123 45 67",
        "Freja Ekeroth\n070-123 45 67",
        "070-123 45 67 (Freja Ekeroth)",
        "Freja Ekeroth, freja.ekeroth@exempel.se",
        "info@exempel.se, Freja Ekeroth",
        "&quot;Projektledare Freja&nbsp;Ekeroth&quot;",
    ],
)
def test_a_common_first_name_beside_a_role_or_a_contact_begins_a_name(text: str) -> None:
    assert names_told(text) == ["Freja Ekeroth"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Projektledare Freja M. Ekeroth", "Freja Ekeroth"),
        ("Projektledare Anna-Karin af Ekeroth", "Anna-Karin af Ekeroth"),
        ("Projektledare Per Lund", "Per Lund"),
        ("Projektledare Anna Berg Region Skåne", "Anna Berg"),
        ("Projektledare Anna Ekeroth Lindström", "Anna Ekeroth Lindström"),
        ("Projektledare Anna Ek Växjö kommun", "Anna Ek"),
        ("Kontakt: Freja, 070-123 45 67", "Freja"),
        ("Kontakt Freja, 070-123 45 67", "Freja"),
        ("Projektledare Freja\nLindström", "Freja Lindström"),
        ("\u0130 PROJEKTLEDARE: FREJA EKEROTH", "FREJA EKEROTH"),
    ],
)
def test_a_name_ends_where_another_thing_begins(text: str, expected: str) -> None:
    assert names_told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kontaktperson: Frija Ekeroth\nTelefon", ["Frija Ekeroth"]),
        ("Projektledare Frija Ekeroth, 070-123 45 67", ["Frija Ekeroth"]),
        ("Hej! Frija Ekeroth, frija.ekeroth@exempel.se", ["Frija Ekeroth"]),
        ("Projektledare Frija Ekeroth säger", []),
        ("Kontakt: Frija Ekeroth, 070-123 45 67", []),
    ],
)
def test_any_first_name_counts_where_no_organisation_can_stand(
    text: str, expected: list[str]
) -> None:
    assert names_told(text) == expected


def test_names_in_a_row_are_told_by_the_first() -> None:
    text = "Projektledare: Freja Ekeroth, Per Lund och Åse Holm-Bergkvist. Nils kom."

    assert names_told(text) == ["Freja Ekeroth", "Per Lund", "Åse Holm-Bergkvist"]


def test_whom_a_text_tells_is_found_elsewhere_in_it() -> None:
    text = "Projektledare Freja Ekeroth. Fråga F. Ekeroth eller Ekeroth, Freja. Tack, Ekeroth!"

    found = [text[start:end] for start, end, _ in find_personal(text, Secrets())]

    assert found == ["Freja Ekeroth", "F. Ekeroth", "Ekeroth, Freja", "Ekeroth"]


def bodies_and_places() -> list[str]:
    """Return what towns, counties, regions, authorities and legal forms are called."""
    names: set[str] = set()
    for row in chain.from_iterable(
        code_list(name).codes for name in ("municipalities", "counties", "regions")
    ):
        bare = row.name_sv.removesuffix(" län")
        names |= {row.name_sv, *row.variants, f"{bare} kommun", f"{bare} Stad"}
        names |= {f"Länsstyrelsen {bare}", f"Region {bare}"}
    for row_of in read_table("legal_forms"):
        if row_of["place"] != "number":
            words = row_of["words"]
            names |= {words, words.title(), words.capitalize(), f"Exempel {words.title()}"}
    return sorted(names)


@pytest.mark.parametrize(
    "sentence",
    [
        "Projektägare: {}",
        "Kontaktperson: {}",
        "Kontakt: {}, 0470-123 45",
        "projektledare {} säger",
        "{}, handläggare",
        "{}, 0470-123 45",
        "info@exempel.se, {}",
        "samordnare {} och {}",
    ],
)
def test_no_authority_and_no_place_is_taken_for_a_person(sentence: str) -> None:
    sentences = [sentence.format(name, name) for name in bodies_and_places()]
    text = "\n\n".join(sentences)

    taken = {
        text[start:end]
        for start, end, kind in find_personal(text, Secrets())
        if kind is Kind.NAME
    }

    assert len(sentences) > 1500
    assert taken == set()


@pytest.mark.parametrize(
    "text",
    [
        "Projektledare Rädda Barnen Väst säger",
        "Kontakt: Röda Korset, 08-123 45 67",
        "Samordnare Coompanion Kronoberg",
        "Kontaktperson: Coompanion Lund\n",
        "0470-123 45",
        "Projektledare Freja",
        "Projektledare Freja\nBakgrund",
        "Stiftelsen Freja, 0470-123 45",
        "Handläggare: Svenska ESF-rådet",
        "Projektägare: Anna Lund AB",
        "Kontakt: Maria Skola, 08-123 45 67",
        "Projektägare Vilhelmina kommun, 0940-140 00",
        "Projektledare Max Malmö",
        "Ledare och chefer. Kvinnor Män, 08-123 45 67",
        "Projektledare söks. Freja är en gudinna.",
        "Utredning Stockholm Nord, värdering Ny Start",
        "Arbetsmarknadsenheten, 0470-123 45, Växjö",
    ],
)
def test_other_words_with_capitals_are_no_names(text: str) -> None:
    assert names_told(text) == []
