import pytest

from esfkit.dataset.redacting.persons.names import Name, find_full_name, names_in
from esfkit.dataset.redacting.persons.roll import EMPTY, roll_of
from esfkit.dataset.redacting.texts import Secrets, find_personal

NAMES = [
    name
    for words in ("Åse Holm-Bergkvist", "Per Lund", "Eva af Klercker")
    for name in names_in(words)
]
ROLL = roll_of(NAMES)


def test_a_name_of_one_word_is_looked_for_by_its_surroundings_alone() -> None:
    assert not list(find_full_name("Freja", Name(("Freja",))))
    assert roll_of([Name(("Freja",))]) == EMPTY


def test_only_names_of_which_both_halves_stand_near_are_offered() -> None:
    assert ROLL.among("Per bor i Lund, Åse och Eva inte.") == {Name(("Per", "Lund"))}
    assert ROLL.among("Per" + " och" * 9 + " Lund") == set()
    assert ROLL.among("Eva af Klerckers kurs") == {Name(("Eva", "Klercker"))}
    assert EMPTY.among("Per Lund") == EMPTY.inside("perlund") == set()


def test_in_an_address_names_may_be_glued_together() -> None:
    assert ROLL.inside("sidor/perlund.txt") == {Name(("Per", "Lund"))}
    assert Name(("Åse", "Bergkvist")) in ROLL.inside("aase-holm-bergkvist")
    assert ROLL.inside_words("Per och Lund, https://exempel.se/x") == set()


@pytest.mark.parametrize(
    "spelling", ["Per Lund", "Lund, Per", "P. Lund", "PER\nLUNDS", "KontaktPer LundE-post"]
)
def test_the_roll_leaves_out_no_name_that_its_pattern_finds(spelling: str) -> None:
    assert find_personal(spelling, Secrets(roll=ROLL))


def test_a_roll_of_own_names_knows_letters_rewritten_and_surnames_cut() -> None:
    own = roll_of(NAMES[:1], own=True)

    for text in ("Aase Holm", "Ase Bergkvist", "Åse H.", "Å. Holm-Bergkvist"):
        assert own.among(text) == {NAMES[0]}, text
