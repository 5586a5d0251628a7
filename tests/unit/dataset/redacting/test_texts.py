import unicodedata

import pytest

from esfkit.dataset.redacting.persons.names import Name
from esfkit.dataset.redacting.persons.roll import roll_of
from esfkit.dataset.redacting.texts import Kind, Secrets, Where, find_personal, marked

NAME = Name(("Tuva", "Påhittad"))
TUVA = Secrets(names=(NAME,), own=roll_of([NAME], own=True), phones=("0523-61 30 00",))
FREJA = Secrets(roll=roll_of([Name(("Freja", "Ekeroth")), Name(("Åsa", "Holm-Öst"))]))


def without(text: str, secrets: Secrets, where: Where = Where.PROSE) -> str:
    return marked(text, find_personal(text, secrets, where), "x")


def test_personal_data_is_told_by_kind_and_place() -> None:
    text = "Tuva Påhittad, tuva@exempel.se, 0523-61 30 00"

    places = find_personal(text, TUVA)

    assert [place.kind for place in places] == [Kind.NAME, Kind.EMAIL, Kind.PHONE]
    assert marked(text, places, "[x]") == "[x], [x], [x]"


def test_a_labelled_number_is_found_in_other_groupings_and_in_a_url() -> None:
    assert without("tel:+46523613000 och 0523 613 000", TUVA, Where.CODE) == "tel:x och x"


def test_in_a_url_other_numbers_stay() -> None:
    text = "https://exempel.se/?id=0701234567"

    assert not find_personal(text, TUVA, Where.ADDRESS)
    assert find_personal(text, TUVA)


def test_places_that_overlap_become_one() -> None:
    assert without("tuva.pahittad@exempel.se", TUVA) == "x"


@pytest.mark.parametrize(
    "text",
    [
        "Freja Eke-\nroth",
        "Fre-\n   ja Ekeroth",
        "Fre\u00adja Eke\u00adroth",
        "Eke\u00ad\nroth, Freja",
        "Fre\u200bja\u200bEkeroth",
        "Freja\u00a0Ekeroth",
        "Freja\u202f\ufeffEkeroth",
        "Freja&nbsp;Ekeroth",
        "Freja%20Ekeroth",
        "\uff26\uff52\uff45\uff4a\uff41 Ekeroth",
        "\U0001d405reja Ekeroth",
        "Fr<b>eja</b> Ekeroth",
        "FREJA EKEROTH",
        "EKEROTH, FREJA",
        "Freja Ekeroths",
        "Freja Ekeroth:s",
        "F. Ekeroth",
        "Ekeroth, F.",
        "Freja M. Ekeroth",
        "Freja (Ekeroth",
        unicodedata.normalize("NFD", "Åsa Holm-Öst"),
        "A\u030asa Holm-\nÖst",
        "Ã…sa Holm-Ã–st",
        "&Aring;sa Holm-&#214;st",
        "%C3%85sa%20Holm-%D6st",
    ],
)
def test_a_name_is_found_through_what_veils_its_letters(text: str) -> None:
    """Also that of another record's contact, of whom nothing but the name is known."""
    assert without(f"Hej {text} här", FREJA) == "Hej x här"


@pytest.mark.parametrize(
    "text",
    [
        "freja%2Eekeroth%40exempel.se",
        "freja.ekeroth%2540exempel.se",
        "freja&#46;ekeroth&#64;exempel&period;se",
        "&#102;&#114;&#101;&#106;&#97;&#64;&#104;&#111;&#115;&#116;&#46;&#115;&#101;",
        "freja.ekeroth&amp;#64;exempel.se",
        "\uff46reja\uff0eekeroth\uff20exempel\uff0ese",
        "freja.eke-\nroth@exempel.se",
        "freja\u200b@\u200bexempel.se",
        "freja\\u0040exempel.se",
        "freja\uff08at\uff09exempel.se",
        "\uff10\uff17\uff10\uff0d\uff11\uff12\uff13 \uff14\uff15 \uff16\uff17",
        "070&nbsp;123&#45;45&nbsp;67",
        "070\u00ad123\u200b4567",
        "070-\n123 45 67",
        "%2B46701234567",
    ],
)
def test_an_address_or_number_is_found_through_what_veils_it(text: str) -> None:
    assert without(f"Hej {text} här", Secrets()) == "Hej x här"


def test_what_stands_around_an_address_stays() -> None:
    link = '<a href="mailto:freja%2eekeroth%40exempel.se?subject=Hej">Skriv</a>'
    hidden = (
        '<i data-cfemail="244256414e450a414f415654504c644c4b57500a5741">[email protected]</i>'
    )

    assert without(link, Secrets()) == '<a href="mailto:x?subject=Hej">Skriv</a>'
    assert without(hidden, Secrets()) == '<i data-cfemail="x">[email protected]</i>'


@pytest.mark.parametrize(
    "text",
    [
        "Lunds kommun och Bergs kommun bor på Strand",
        "Berg, Lund och Strand",
        "Projektet Strand kostar 070 123 kr och har nummer 2015/00394",
        "Vi möts i Lund. Berg är en kommun.",
        "Dnr 2019-0701-23, budget 12 345 678 kronor",
        "P&amp;L, 100%25 och R&D; 5 %de",
        "Bo-\nden",
    ],
)
def test_towns_words_and_figures_stay_where_no_name_is_meant(text: str) -> None:
    names = [
        Name((given, last)) for given in ("Per", "Bo") for last in ("Lund", "Berg", "Strand")
    ]
    contacts = Secrets(names=tuple(names), own=roll_of(names, own=True), roll=roll_of(names))

    assert without(text, contacts) == text
    assert without(text, Secrets(roll=roll_of([*names, Name(("Bo", "Dén"))]))) == text


def test_a_quotation_may_hold_a_piece_of_a_name_an_address_or_a_number() -> None:
    whole = ("freja", "ekeroth", "freja@exempel.se", "070-123 45 67")
    secrets = FREJA._replace(cut=whole)

    assert without("“<b>Fråga Eker” holds markup", secrets, Where.QUOTE) == (
        "“<b>Fråga x” holds markup"
    )
    assert without("“roth, 070-123 4…” is unclaimed", secrets, Where.QUOTE) == (
        "“x, x…” is unclaimed"
    )
    assert without("“ja@exempel.se” is odd", secrets, Where.QUOTE) == "“x” is odd"
    assert without("“Kursen i Eker-” och 07", secrets, Where.QUOTE) == "“Kursen i Eker-” och 07"
