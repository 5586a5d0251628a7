from esfkit.dataset.redacting.names import Name
from esfkit.dataset.redacting.texts import Kind, Secrets, find_personal, marked

TUVA = Secrets(names=(Name(("Tuva", "Påhittad")),), phones=("0523-61 30 00",))


def test_personal_data_is_told_by_kind_and_place() -> None:
    text = "Tuva Påhittad, tuva@exempel.se, 0523-61 30 00"

    places = find_personal(text, TUVA)

    assert [place.kind for place in places] == [Kind.NAME, Kind.EMAIL, Kind.PHONE]
    assert marked(text, places, "[x]") == "[x], [x], [x]"


def test_a_labelled_number_is_found_in_other_groupings_and_in_a_url() -> None:
    text = "tel:+46523613000 och 0523 613 000"

    assert marked(text, find_personal(text, TUVA, is_prose=False), "x") == "tel:x och x"


def test_in_a_url_other_numbers_stay() -> None:
    text = "https://exempel.se/?id=0701234567"

    assert not find_personal(text, TUVA, is_prose=False)
    assert find_personal(text, TUVA)


def test_places_that_overlap_become_one() -> None:
    text = "tuva.pahittad@exempel.se"

    assert marked(text, find_personal(text, TUVA), "x") == "x"
