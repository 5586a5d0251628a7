import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.model.finding import Problem
from esfkit.values.amount import Currency, Money, read_amount, to_kronor
from esfkit.values.contact import read_email, read_phone
from esfkit.values.count import read_count, read_split, read_women_men
from esfkit.values.dates import PartialDate, Period, read_date, read_period
from esfkit.values.fund import read_fund
from esfkit.values.identifier import (
    cci_period,
    leading_number,
    leading_residue,
    number_period,
    read_cci,
    read_intervention_code,
    read_org_number,
    read_postal_code,
    read_project_number,
)
from esfkit.values.nullwords import lost_digits, says_nothing
from esfkit.values.owner import looks_like_org_number, split_owner
from esfkit.values.percentage import read_percentage
from esfkit.values.yesno import read_yes_no

READERS: tuple[Callable[[str], object], ...] = (
    *(
        read_amount,
        read_count,
        read_split,
        read_women_men,
        read_percentage,
        read_date,
        read_period,
    ),
    *(read_project_number, number_period, leading_number, leading_residue, read_org_number),
    *(read_postal_code, read_intervention_code, read_cci, cci_period, read_email, read_phone),
    *(split_owner, looks_like_org_number, read_yes_no, read_fund, says_nothing, lost_digits),
)

PROFILE = settings(max_examples=300, deadline=None)

BLANKS = st.sampled_from([" ", "\xa0", "\u202f", "\u2009", "\t", "\n"])
DASHES = st.sampled_from(["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"])

ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *("0", "1", "12", "500", "000", "2016", "00130", "31", "²", "１２", "٣", "9" * 20),
            *(
                " ",
                "\xa0",
                "\u202f",
                "\n",
                ".",
                ",",
                ":",
                "-",
                "–",
                "/",
                "(",
                ")",
                "%",
                "+",
                "'",
            ),
            *("kr", "mkr", "€", "SEK", "miljoner", "ca", "till", "t.o.m.", "maj", "februari"),
            *(
                "pågående",
                "S",
                "SE",
                "@",
                "kommun",
                "saknas",
                "\u030a",
                "\u200b",
                "\ud800",
                "\x00",
            ),
        ]
    ),
    max_size=14,
).map("".join)

PERIOD_LIKE = st.lists(
    st.sampled_from(
        [
            *(
                "2016",
                "2019-02-28",
                "2016-08",
                "1 ",
                "maj",
                "februari ",
                "20230301",
                "1.2.2021",
            ),
            *(
                "-",
                " - ",
                " – ",
                "→",
                " till ",
                "t.o.m. ",
                "fr.o.m. ",
                "pågående",
                "\u200b",
                "\n",
            ),
        ]
    ),
    max_size=6,
).map("".join)

SWEDISH_MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december"
)
ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def grouped(whole: int, mark: str) -> str:
    return f"{whole:,}".replace(",", mark)


@PROFILE
@given(ANY_TEXT | FRAGMENTS)
def test_no_reader_raises_whatever_the_words(words: str) -> None:
    for reader in READERS:
        reader(words)


@PROFILE
@given(ANY_TEXT | FRAGMENTS, st.integers(2, 400))
def test_no_reader_raises_on_repeated_words(words: str, times: int) -> None:
    for reader in READERS:
        reader(words * times)


@pytest.mark.parametrize(
    "unit", [" ", "\n ", "1 ", "\xa0", ".", ",", ":", "a", "-", "9", "1,", "/"]
)
def test_no_reader_is_slow_on_long_runs(unit: str) -> None:
    for reader in READERS:
        reader(unit * 100_000)


@PROFILE
@given(
    whole=st.integers(0, 10**15 - 1),
    mark=st.sampled_from(["", " ", "\xa0", "\u202f", "\u2009", "\t", "\n", ".", ","]),
    unit=st.sampled_from(
        ["", " kr", "kr", "\xa0kr", " kronor", " SEK", " sek", ":-", ",-", " kr."]
    ),
    hedge=st.sampled_from(["", "ca ", "cirka ", "Drygt ", "över ", "närmare "]),
)
def test_kronor_printed_in_any_form_are_read_back(
    whole: int, mark: str, unit: str, hedge: str
) -> None:
    read = read_amount(f"{hedge}{grouped(whole, mark)}{unit}")
    if unit == "" and 0 < whole < 1000:
        assert read is Problem.AMOUNT_WITHOUT_UNIT
        return
    assert read == Money(Decimal(whole), "SEK", 1, bool(hedge))
    assert to_kronor(Money(Decimal(whole), "SEK")) == (whole, False)


@PROFILE
@given(
    cents=st.integers(0, 10**14),
    marks=st.sampled_from(
        [(" ", ","), (" ", "."), ("\xa0", ","), (".", ","), (",", "."), ("", ",")]
    ),
    form=st.sampled_from(["{} €", "€{}", "€ {}", "{} EUR", "EUR {}", "{} euro", "{} € (40%)"]),
)
def test_euro_and_cents_printed_in_any_form_are_read_back(
    cents: int, marks: tuple[str, str], form: str
) -> None:
    figures = f"{grouped(cents // 100, marks[0])}{marks[1]}{cents % 100:02}"
    assert read_amount(form.format(figures)) == Money(Decimal(cents) / 100, "EUR")


@PROFILE
@given(
    tenths=st.integers(0, 99_999),
    mark=st.sampled_from([",", "."]),
    unit=st.sampled_from(
        [
            *((" tkr", 10**3, "SEK"), (" mkr", 10**6, "SEK"), (" mnkr", 10**6, "SEK")),
            *((" miljoner", 10**6, "SEK"), (" miljoner kronor", 10**6, "SEK")),
            *((" milj. kr", 10**6, "SEK"), (" MSEK", 10**6, "SEK"), (" MEUR", 10**6, "EUR")),
            *(
                (" miljarder kr", 10**9, "SEK"),
                (" m€", 10**6, "EUR"),
                (" miljoner euro", 10**6, "EUR"),
            ),
        ]
    ),
)
def test_scaled_amounts_are_read_back(
    tenths: int, mark: str, unit: tuple[str, int, Currency]
) -> None:
    printed, scale, currency = unit
    read = read_amount(f"{tenths // 10}{mark}{tenths % 10}{printed}")
    assert read == Money(Decimal(tenths) * scale / 10, currency, scale)


@PROFILE
@given(whole=st.integers(1000, 10**15 - 1), data=st.data())
def test_a_group_that_lost_a_digit_is_never_an_amount(whole: int, data: st.DataObject) -> None:
    groups = grouped(whole, " ").split(" ")
    at = data.draw(st.integers(1, len(groups) - 1))
    groups[at] = groups[at][1:]
    assert read_amount(" ".join(groups) + " kr") in {
        Problem.DIGITS_LOST,
        Problem.AMOUNT_AMBIGUOUS,
    }


@PROFILE
@given(
    first=st.integers(1, 10**9),
    second=st.integers(1, 10**9),
    joint=st.sampled_from([" ", " - ", "–"]),
)
def test_two_amounts_are_never_one(first: int, second: int, joint: str) -> None:
    printed = f"{grouped(first, ' ')} kr{joint}{grouped(second, ' ')} kr"
    assert read_amount(printed) is Problem.AMOUNT_AMBIGUOUS


@PROFILE
@given(
    st.integers(0, 10**9 - 1), BLANKS, st.sampled_from(["", " st", " personer", " deltagare"])
)
def test_counts_are_read_back(count: int, blank: str, unit: str) -> None:
    assert read_count(f"{count}{unit}") == count
    assert read_count(f"{grouped(count, blank)}{unit}") == count


@PROFILE
@given(
    hundredths=st.integers(0, 10_000),
    mark=st.sampled_from([",", "."]),
    form=st.sampled_from(["{}%", "{} %", "{}\xa0%", "({}%)", "{} procent", "{} percent"]),
)
def test_rates_are_read_back_exactly(hundredths: int, mark: str, form: str) -> None:
    printed = f"{hundredths // 100}{mark}{hundredths % 100:02}"
    assert read_percentage(form.format(printed)) == float(Decimal(hundredths) / 10_000)
    assert read_percentage(form.format(hundredths // 100)) == hundredths // 100 / 100


def printed_forms(day: date) -> list[str]:
    swedish = SWEDISH_MONTHS.split()[day.month - 1]
    english = ENGLISH_MONTHS.split()[day.month - 1]
    return [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day:%Y.%m.%d}",
        f"{day:%Y%m%d}",
        f"{day:%d.%m.%Y}",
        f"{day.day} {swedish} {day.year}",
        f"{day:%d} {swedish.upper()} {day.year}",
        f"{day.day}\xa0{swedish[:3]} {day.year}",
        f"den {day.day} {swedish} {day.year}",
        f"{day.day} {english} {day.year}",
        f"{english[:3]} {day.day}, {day.year}",
    ]


@PROFILE
@given(DAYS)
def test_days_printed_in_any_form_are_read_back(day: date) -> None:
    for printed in printed_forms(day):
        read = read_date(printed)
        assert isinstance(read, PartialDate)
        assert read.as_date() == day


@PROFILE
@given(DAYS, DAYS, st.data())
def test_periods_printed_in_any_form_are_read_back(
    start: date, end: date, data: st.DataObject
) -> None:
    first = data.draw(st.sampled_from(printed_forms(start)))
    last = data.draw(st.sampled_from(printed_forms(end)))
    blank, dash = data.draw(BLANKS), data.draw(DASHES)
    joint = data.draw(
        st.sampled_from([" till ", " t.o.m. ", "→", f"{blank}{dash}{blank}", dash])
    )
    read = read_period(f"{blank}{first}{joint}{last}{blank}")
    assert isinstance(read, Period)
    assert read.start == PartialDate(start.year, start.month, start.day)
    assert read.end == PartialDate(end.year, end.month, end.day)


@PROFILE
@given(DAYS, DAYS, DASHES, st.sampled_from(["", "\u200b", "\xad", "  ", "\n"]))
def test_the_offsets_of_a_period_cut_out_what_was_read(
    start: date, end: date, dash: str, noise: str
) -> None:
    words = f"{noise}{start}{noise} {dash} {noise}{end}{noise}"
    read = read_period(words)
    assert isinstance(read, Period)
    assert read.start_at is not None
    assert read.end_at is not None
    assert words[slice(*read.start_at)] == start.isoformat()
    assert words[slice(*read.end_at)] == end.isoformat()


@PROFILE
@given(PERIOD_LIKE | FRAGMENTS)
def test_a_period_read_from_any_words_has_offsets_within_them(words: str) -> None:
    read = read_period(words)
    if not isinstance(read, Period):
        return
    for half, at in ((read.start, read.start_at), (read.end, read.end_at)):
        assert (half is None) == (at is None)
        assert at is None or 0 <= at[0] < at[1] <= len(words)


@PROFILE
@given(ANY_TEXT | FRAGMENTS)
def test_nothing_is_read_from_words_without_ascii_digits(words: str) -> None:
    bare = re.sub("[0-9]", "", unicodedata.normalize("NFC", words))
    for reader in (read_amount, read_count, read_percentage, read_date, read_project_number):
        read = reader(bare)
        assert read is None or isinstance(read, Problem)


@PROFILE
@given(ANY_TEXT | FRAGMENTS)
def test_the_parts_of_an_owner_are_stretches_of_it(owner: str) -> None:
    organisation, unit = split_owner(owner)
    assert organisation in owner
    assert unit is None or unit in owner


@PROFILE
@given(ANY_TEXT | FRAGMENTS)
def test_words_are_a_null_word_or_a_remnant_but_never_both(words: str) -> None:
    assert not (says_nothing(words) and lost_digits(words))
