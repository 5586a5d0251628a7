import pytest

from esfkit.model.finding import Problem
from esfkit.values.contact import read_email, read_phone


@pytest.mark.parametrize(
    "printed",
    [
        "helen.sandbjar@rfkl.se",
        "Bengt.Tornvall@ncc.se",
        "mikael.micke.pettersson@saabgroup.com",
        "nils@varmland.coop",
        "ase.holm-bergkvist@educ.umu.se",
        "gun.hallmarksson.sjostrom@socialsydvast.goteborg.se",
    ],
)
def test_an_address_is_kept_as_printed(printed: str) -> None:
    assert read_email(printed) == printed
    assert read_email(f" {printed}\n") == printed


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("mailto:a@x.se", "a@x.se"),
        ("<a@x.se>", "a@x.se"),
        ("a@x.se.", "a@x.se"),
        ("helen@\u00adrfkl.se", "helen@rfkl.se"),
    ],
)
def test_what_stands_around_an_address_is_taken_off(printed: str, expected: str) -> None:
    assert read_email(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        *("[email protected]", "[email\xa0protected]", "namn(at)x.se", "namn [at] x"),
        *("namn at kommun.se", "namn (a) x.se", "namn snabel-a x.se", "namn[@]x.se"),
    ],
)
def test_a_hidden_address_is_not_put_together(printed: str) -> None:
    assert read_email(printed) is Problem.EMAIL_PROTECTED


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "a@x",
            "a.x.se",
            "a@b@x.se",
            "a@x.se, b@x.se",
            "a b@x.se",
            "@x.se",
            "a@.se",
            "a@x..se",
        ),
        *(
            "a@-x.se",
            "a@x.123",
            "www.x.se",
            "a@" + "x" * 260 + ".se",
            "a@x.se\ud800",
            "a@x²y.se",
        ),
        "a" * 190 + "@x.se" + "." * 3 + "se",
    ],
)
def test_other_words_are_no_address(printed: str) -> None:
    assert read_email(printed) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "0480-553394",
            "0455-24 31 61",
            "052070821",
            "090-161 68 10",
            "0243-74611",
            "054 824397",
        ),
        *("013-66 90 10", "072-557 13 01", "0705295842", "031-802 16 37", "08-5791 7100"),
        *("+46 8 123 456 78", "+46 (0)8-123 456 78", "(08) 123 456 78", "0480/55 33 94"),
        *("0480-55 33 94 (vxl)", "växel 0480-55 33 94", "0480–553394"),
        *(
            "0480-553394, 070-529 58 42",
            "0480-553394 / 070-529 58 42",
            "08-12345678 eller 0705295842",
        ),
    ],
)
def test_a_telephone_number_is_kept_as_printed(printed: str) -> None:
    assert read_phone(printed) == printed
    assert read_phone(f" {printed} ") == printed


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "Helen",
            "123",
            "2016-09-01",
            "12345678901234",
            "²" * 9,
            "１２３４５６７８９",
            "0480-55 33 94 Eva",
        ),
        *("a@x.se", "0480-553394, 12", "9" * 5000),
    ],
)
def test_other_words_are_no_telephone_number(printed: str) -> None:
    assert read_phone(printed) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize("printed", ["", "XX", "-", "saknas"])
def test_a_null_word_is_no_contact(printed: str) -> None:
    assert read_email(printed) is None
    assert read_phone(printed) is None


@pytest.mark.parametrize("words", ["x" * 201, "a@x.se " * 40])
def test_what_is_too_long_for_an_address_is_unreadable(words: str) -> None:
    assert read_email(words) is Problem.UNREADABLE_VALUE


def test_the_dashes_of_a_lost_number_are_told() -> None:
    assert read_phone("- -") is Problem.DIGITS_LOST
