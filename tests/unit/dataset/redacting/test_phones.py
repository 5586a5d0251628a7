import time

import pytest

from esfkit.dataset.redacting.phones import find_phones


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tel 0470-000 00 (vxl)", ["0470-000 00"]),
        ("mobil: 070-123 45 67 08-12 34 56 78", ["070-123 45 67", "08-12 34 56 78"]),
        ("+46 (0)8 123 456 78 0046 8 123 45 67", ["+46 (0)8 123 456 78", "0046 8 123 45 67"]),
        ("0523-61 30 00, 0250-260 00", ["0523-61 30 00", "0250-260 00"]),
        ("0250-260 00/ 076/1234567", ["0250-260 00", "076/1234567"]),
        ("0410-190 00 0410-190 01", ["0410-190 00", "0410-190 01"]),
        ("Telefonnummer0705295842", ["0705295842"]),
        ("054 824397", ["054 824397"]),
        ("0612 - 800 00", ["0612 - 800 00"]),
        ("(070) 123 45 67", ["(070) 123 45 67"]),
        ("070.123.45.67", ["070.123.45.67"]),
        ("växeln 613 000", ["613 000"]),
        ("+46(0)70-123 45 67", ["+46(0)70-123 45 67"]),
        ("08-123 45 67/070-765 43 21", ["08-123 45 67", "070-765 43 21"]),
        ("070\t123 45 67", ["070\t123 45 67"]),
        ("070-123\n45 67", ["070-123\n45 67"]),
        ("0470-123 45\n12 deltagare", ["0470-123 45"]),
        ("0470-123 45\n351 12 Växjö", ["0470-123 45"]),
        ("0470-123 45\n070-123 45 67", ["0470-123 45", "070-123 45 67"]),
        ("070\u2212123\u200945\u200967", ["070\u2212123\u200945\u200967"]),
        ("ring 010\u2013516 00 00 i dag", ["010\u2013516 00 00"]),
        ("(0)70-123 45 67", ["(0)70-123 45 67"]),
    ],
)  # fmt: skip
def test_a_telephone_number_is_found_in_any_grouping(text: str, expected: list[str]) -> None:
    assert sorted(text[start:end] for start, end in find_phones(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Projekt 2015/00394 och 2015/00395",
        "2009-3050012",
        "05\n10\n15\n20",
        "2015/070-123 45",
        "24-006-S01 200 000 000",
        "Diarienummer: 08-123456",
        "Dnr 012-345678",
        "org.nr 556677-8899 eller 212000-0662",
        "Stödet är 1 200 000 kr och 012 345 67 kr",
        "012 345 678 kronor",
        "351 12 Växjö",
        "2016-09-01 - 2019-02-28",
        "2011-08-01--2013-07-31",
        "01-02-2018 till 03-04-2019",
        "2016 09 01 0380 12 3456",
        "öppet 08.30-16.00 och 09:00-17:00",
        "CCI 2014SE05M9OP001",
        "ISBN 978-91-85119-12-6",
        "0-3 år, 0,5 00 000",
        "1 (0) 2 345 678 kr",
        "https://exempel.se/sida/0701234567",
    ],
)
def test_other_figures_are_no_telephone_numbers(text: str) -> None:
    assert not [text[start:end] for start, end in find_phones(text)]


def test_a_long_run_of_digits_is_read_in_one_pass() -> None:
    begun = time.perf_counter()

    list(find_phones("0" * 100_000 + "08-1 " * 20_000 + "tel " * 20_000))

    assert time.perf_counter() - begun < 10
