import time

import pytest

from esfkit.dataset.redacting.readings import plain, readings_of


def test_a_text_without_a_veil_has_one_reading() -> None:
    text = "Fråga Freja – 50 % & mer, 1\u00a0200\u00a0kr"

    assert [reading.text for reading in readings_of(text)] == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a%2Eb%40c", "a.b@c"),
        ("a%2540c", "a@c"),
        ("%C3%A5%F6", "åö"),
        ("a&#64;b&#x2e;c&period;d&amp;#64;", "a@b.c.d@"),
        ("a\\u0040b", "a@b"),
        ("\uff10\uff17\uff20", "07@"),
        ("a\u030as\u00ada\u200b", "åsa"),
        ("Bo\u200bEk", "Bo Ek"),
        ("Eke-\n  roth", "Ekeroth"),
        ("070-\n123", "070-123"),
        ("Ã…sa Ã¶", "Åsa ö"),
        ("**Fre**<i>ja</i><br>Ek", "Freja\nEk"),
        ("Freja</b><i>Ek", "Freja Ek"),
        ('data-cfemail="4223024c316c2c"', 'data-cfemail="4223024c316c2c"'),
        ('data-cfemail="42230220"', 'data-cfemail="a@b"'),
        ('data-cfemail="00c3284041"', 'data-cfemail="00c3284041"'),
        ("email-protection#zz", "email-protection#zz"),
    ],
)
def test_a_veil_is_taken_off(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_reading_knows_where_in_the_text_its_letters_stand() -> None:
    text = "Fråga <b>Fre&#106;a</b> Eke-\nroth!"

    *_, reading = readings_of(text)
    start = reading.text.index("Freja")

    first, last = reading.span(start, start + len("Freja Ekeroth"))
    assert text[first:last] == "Fre&#106;a</b> Eke-\nroth"


def test_a_long_veil_is_read_in_one_pass() -> None:
    begun = time.perf_counter()

    for unit in ("%40", "&#64;", "\u00ad", "<b>", "a-\n", "Ã¥", "\\u0040"):
        plain(unit * 40_000)

    assert time.perf_counter() - begun < 10
