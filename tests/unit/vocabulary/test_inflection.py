import pytest

from esfkit.vocabulary.inflection import plain, searched_word, spellings
from esfkit.vocabulary.tables import read_table

CLASSES = list(read_table("inflections"))

MEANT = {
    "kvinna": "kvinna kvinnan kvinnor kvinnorna kvinnors kvinnans kvinno kvinnojour",
    "kvinnor": "kvinna kvinnorna invandrarkvinnor invandrarkvinnornas kvinnofrid",
    "kvinnorna": "kvinna kvinnor kvinnan",
    "arbete": "arbete arbetet arbeten arbetets samarbete arbetsmarknad arbetsgivare arbets",
    "region": "region regionen regioner regionernas storstadsregion regionkontor",
    "projekt": "projekt projektet projekten projekts förprojekt projektägare",
    "deltagare": "deltagare deltagaren deltagarna deltagarnas kursdeltagare",
    "program": "program programmet programmen socialfondsprogram programområde",
    "regel": "regel regeln regler reglerna reglernas",
    "ålder": "ålder åldern åldrar åldrarna pensionsålder",
    "ung": "ung unga ungas",
    "unga": "ung unga",
    "svensk": "svensk svenskt svenska",
    "utbildad": "utbildad utbildat utbildade högutbildade",
    "arbeta": "arbeta arbetar arbetade arbetat",
    "bil": "bil bilen bilar bilarna",
    "år": "år året åren",
    "födda": "född födda utrikesfödda",
    "skola": "skola skolor grundskola skolgång skol",
    "jobb": "jobb jobben sommarjobb jobbcoach",
}
NOT_MEANT = {
    "bil": "bild bilder bilda mobil automobil bilförare",
    "il": "till familj bil",
    "ung": "ungdom gunga ungefär",
    "stad": "stat statlig stats",
    "mark": "marknad marknaden marknadsföring",
    "hand": "handel handling handlar handlingsplan handikapp",
    "form": "information reform formell formulera formulär uniform transformation",
    "kurs": "konkurs diskurs konkursen kur",
    "kur": "kurs",
    "test": "protest testamente",
    "plan": "planera planering",
    "tala": "totala digitala",
    "far": "får fart",
    "arbete": "arbetare arbetande",
    "par": "part partner",
    "man": "män många",
    "ek": "vek sek",
}


NOT_TOLD_APART = {"ord": "order", "kost": "kostar", "land": "halland"}


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(asked, word) for asked, words in table.items() for word in words.split()]


@pytest.mark.parametrize(("asked", "word"), pairs(MEANT))
def test_a_word_is_met_in_its_forms_and_compounds(asked: str, word: str) -> None:
    assert searched_word(asked).is_met_in(word)


@pytest.mark.parametrize(("asked", "word"), pairs(NOT_MEANT))
def test_a_word_is_not_met_in_another(asked: str, word: str) -> None:
    assert not searched_word(asked).is_met_in(word)


@pytest.mark.parametrize(("asked", "word"), pairs(NOT_TOLD_APART))
def test_words_that_only_a_dictionary_tells_apart_are_met(asked: str, word: str) -> None:
    assert searched_word(asked).is_met_in(word)


@pytest.mark.parametrize("row", CLASSES, ids=[row["class"] for row in CLASSES])
def test_every_example_of_a_class_finds_all_the_others(row: dict[str, str]) -> None:
    examples = row["examples"].split()
    assert len(examples) > 1
    for asked in examples:
        missed = [word for word in examples if not searched_word(asked).is_met_in(word)]
        assert missed == []


@pytest.mark.parametrize(
    "row", list(read_table("word_parts")), ids=lambda row: str(row["part"])
)
def test_what_is_no_word_makes_no_compound(row: dict[str, str]) -> None:
    part = row["part"]
    word = f"{part}kvinna" if row["place"] == "prefix" else f"skrift{part}"
    asked = "kvinna" if row["place"] == "prefix" else "skrift"
    assert not searched_word(asked).is_met_in(word)
    assert len(row["source"]) >= 8


@pytest.mark.parametrize("asked", [*MEANT, *NOT_MEANT])
def test_every_word_that_stands_for_another_holds_one_of_its_cores(asked: str) -> None:
    word = searched_word(asked)
    for form in (*word.forms, *word.heads):
        assert any(core in form for core in word.cores)


def test_letters_are_compared_as_swedish_readers_do() -> None:
    assert plain("ÉTÜDE") == "etude"
    assert plain("Åäö ÅÄÖ") == "åäö åäö"
    assert plain("a\u030aa\u0308o\u0308e\u0301") == "åäöe"
    assert plain("kvin\u00adno\u200bjour\ufeff") == "kvinnojour"
    assert plain("får") != plain("far")
    assert plain("Ø Æ") == "ö ä"


def test_every_spelling_of_a_letter_is_that_letter() -> None:
    for letter in "abcdefghijklmnopqrstuvwxyzåäö":
        assert spellings(letter)[0] == letter
        assert {plain(each) for each in spellings(letter)} == {letter}
    assert "é" in spellings("e")
    assert "å" not in spellings("a")


def test_an_endless_word_is_no_compound() -> None:
    assert not searched_word("kvinna").is_met_in(f"{'ab' * 500_000}kvinna")
