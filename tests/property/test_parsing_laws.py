"""Laws that hold for every text, however it was made: no exception, true spans, one result."""

import json
import os
import random
import subprocess
import sys
import time
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from esfkit.layouts.layout import all_layouts
from esfkit.model.document import Document, Origin
from esfkit.model.record import Record
from esfkit.parsing.lines import split_lines
from esfkit.parsing.parse import ParseResult, parse_document
from esfkit.sources.pages.decode import decode
from esfkit.vocabulary.headings import headings
from esfkit.vocabulary.labels import read_labels

ROOT = Path(__file__).parents[2]
LAYOUTS = ROOT / "tests" / "fixtures" / "layouts"
SEED = 2026
SOURCE_COLUMNS = ("source_path", "source_member", "source_line", "source_url")

LABELS = tuple(label.words for label in read_labels())
HEADINGS = tuple(heading.words for heading in headings().values())
SEPARATORS = (
    *("\n", "\n\n", "\r\n", "\r", "\f", "\u2028", "\u0085", "\x0b", "\x1c", "\x00"),
    *(":", ": ", " : ", ":\n", " :\n", "\t", "  ", " | ", " ", "", "\u00a0", "\u202f"),
    *("• ", "- ", " - ", "–", "**", "# ", "> ", "|", "\u00ad", "\u200b", "\ufeff", "\u0308"),
)
VALUES = (
    *("2016/00130", "2010-3010006", "22-031-S02", "2016/00130 - Trappan", "556036-0793"),
    *("6 113 800 kr", "2,9 mnkr", "0", "1.1", "50%", "€ 1,617,558.36", "12 500 000 kr 6 kr"),
    *("2016-09-01 - 2019-02-28", "2016 – pågående", "-- till --", "februari-oktober 2021"),
    *(
        "Region Göteborg",
        "Växjö kommun, Växjö kommun",
        "saknas",
        "-",
        "kr",
        "²",
        "１２",
        "1e999",
    ),
    *("400/400", "9" * 400, "• A\n• B", "Antal deltagare: 12", "NORDISK INTEGRATION", "ja"),
)
ANY = st.characters()  # every code point, lone surrogates among them
PIECES = st.one_of(
    st.sampled_from(LABELS),
    st.sampled_from(HEADINGS),
    st.sampled_from(SEPARATORS),
    st.sampled_from(VALUES),
    st.text(ANY, max_size=8),
)
PAGES = st.lists(PIECES, max_size=80).map("".join)
STYLES = (
    (":\n", "\n"),
    ("\n", "\n"),
    (": ", "\n"),
    ("", "\n"),
    (": ", " "),
    ("\t", "\n"),
    (":\n\n", "\n\n"),
)
FAMILIES = tuple(
    tuple(label.words for label in read_labels() if label.field in layout.fields)
    for layout in all_layouts()
    if layout.fields
)


@st.composite
def headers(draw: st.DrawFn) -> str:
    """A header of one layout in one style, with a stray separator here and there."""
    behind, between = draw(st.sampled_from(STYLES))
    labels = draw(
        st.lists(st.sampled_from(draw(st.sampled_from(FAMILIES))), min_size=4, max_size=25)
    )
    parts = [draw(st.text(ANY, max_size=20)), "\n"]
    for label in labels:
        odd = draw(st.integers(0, 15)) == 0
        value = draw(st.one_of(st.sampled_from(VALUES), st.text(ANY, max_size=20)))
        parts += [label, draw(st.sampled_from(SEPARATORS)) if odd else behind, value, between]
    return "".join(parts) + draw(PAGES)


# --- the laws ---------------------------------------------------------------------------


def check_laws(text: str) -> ParseResult:
    """Parse a text and demand what every result owes."""
    result = parse_document(Document(text))
    assert (result.rejection is None) == bool(result.parsed)
    starts = split_lines(text).starts
    for parsed in result.parsed:
        record = parsed.record
        for place in record.provenance:
            assert 0 <= place.start <= place.end <= len(text)
            assert text[place.start : place.end] == place.raw
            assert place.label is None or place.label in text
            assert place.line == bisect_right(starts, place.start, hi=len(starts) - 1)
        for finding in record.findings:
            if finding.start is not None and finding.end is not None:
                assert 0 <= finding.start <= finding.end <= len(text)
        for start, end in parsed.unclaimed:
            assert 0 <= start < end <= len(text)
        assert record.claimed_share is None or 0 <= record.claimed_share <= 1
        assert Record.model_validate(record.model_dump()) == record
    told = sum(len(part.text) for each in result.parsed for part in each.record.sections)
    assert told <= len(text), "the same prose stands in several sections"
    for one, other in pairwise(result.parsed):
        assert one.place.end <= other.place.begin
    return result


def _thoroughly(examples: int) -> settings:
    return settings(
        max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )


@_thoroughly(250)
@given(PAGES)
@example("")
@example("\ud800")
@example(
    "A\n\nAktör: X\nPlats: Y\nBudget: 1 kr\nKontakt: Malte Ring som är lång,\nm@example.org\n"
)
@example("Projektägare:\n\ud800\nRegion:\nSydsverige\nProjektperiod:\n\udfff\nBudget:\n1\n")
def test_any_pieces_give_a_lawful_result(text: str) -> None:
    check_laws(text)


@_thoroughly(250)
@given(headers())
def test_labels_with_any_values_give_a_lawful_result(text: str) -> None:
    check_laws(text)


@pytest.mark.parametrize("letter", "ıİſ\u212a\u212bﬆﬁµ")
def test_letters_that_equal_others_but_for_case_raise_nothing(letter: str) -> None:
    same = [each for each, others in ALIKE.items() if letter in others]
    for label in LABELS:
        for each in (*same, label[0]):
            words = label.replace(each, letter)
            check_laws(f"{words}:\n1\n{words}1\n{words} 1\n{words}: 1\n")
            check_laws(f"Projektägare: A Projektperiod: 2016 {words} 1 {words}: " + "x" * 120)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@_thoroughly(10_000)
@given(PAGES)
def test_very_many_pieces_give_lawful_results(text: str) -> None:
    check_laws(text)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@_thoroughly(10_000)
@given(headers())
def test_very_many_headers_give_lawful_results(text: str) -> None:
    check_laws(text)


# --- mutations --------------------------------------------------------------------------


@cache
def fixture_texts() -> dict[str, str]:
    """Every fixture page: name → text."""
    paths = sorted(LAYOUTS.glob("*/*.txt"))
    return {f"{path.parent.name}/{path.name}": decode(path.read_bytes()).text for path in paths}


def _flip(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text))
    return text[:at] + _any_piece(dice) + text[at + 1 :]


def _delete(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text))
    return text[:at] + text[at + dice.randint(1, 60) :]


def _insert(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + "".join(_any_piece(dice) for _ in range(dice.randint(1, 4))) + text[at:]


def _splice(text: str, dice: random.Random) -> str:
    other = dice.choice(list(fixture_texts().values()))
    return text[: dice.randrange(len(text) + 1)] + other[dice.randrange(len(other) + 1) :]


def _repeat(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text))
    piece = text[at : at + dice.choice((1, 8, 60, 400))]
    return text[:at] + piece * dice.randint(1, 6) + text[at:]


def _cut(text: str, dice: random.Random) -> str:
    start, stop = sorted(dice.randrange(len(text) + 1) for _ in range(2))
    return text[start:stop]


def _any_piece(dice: random.Random) -> str:
    kind = dice.randrange(5)
    if kind == 0:
        return dice.choice(LABELS)
    if kind == 1:
        return dice.choice(VALUES)
    if kind == 2:
        return chr(dice.randrange(sys.maxunicode + 1))
    return dice.choice(SEPARATORS)


def _alike(text: str, dice: random.Random) -> str:
    """Replace a letter by one that differs from it in case or form only."""
    letter = dice.choice(list(ALIKE))
    return text.replace(letter, dice.choice(ALIKE[letter]), dice.randint(1, 20))


ALIKE = {
    "i": "ıİI",
    "s": "ſS",
    "k": "\u212aK",
    "å": "\u212bÅ",
    "ä": "Ä",
    "ö": "Ö",
    "st": "ﬆﬅ",
    "fi": "ﬁ",
    "-": "–—\u2011\u2212",
    " ": "\u00a0\u2009\u202f\u3000",
    "1": "１²١",
    "µ": "μ",
}
MUTATIONS = (_flip, _delete, _insert, _splice, _repeat, _cut, _alike)


def mutant(number: int) -> str:
    """Return the mutated page of this number; the same in every run."""
    dice = random.Random(f"{SEED} {number}")  # noqa: S311 - repeatable, not secret
    text = dice.choice(list(fixture_texts().values()))
    for _ in range(dice.randint(1, 6)):
        if text:
            text = dice.choice(MUTATIONS)(text, dice)
    return text


def check_mutants(numbers: range) -> None:
    for number in numbers:
        try:
            check_laws(mutant(number))
        except Exception as error:
            error.add_note(f"mutant({number})")
            raise


def test_mutated_pages_give_lawful_results() -> None:
    check_mutants(range(2_000))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(10))
def test_very_many_mutated_pages_give_lawful_results(part: int) -> None:
    check_mutants(range(2_000 + part * 20_000, 2_000 + (part + 1) * 20_000))


# --- the same input gives the same records ----------------------------------------------


def records_as_json(path: str | None = None, *, names: list[str] | None = None) -> str:
    """Return the records of the fixtures as JSON, in the order of the pages' names."""
    pages = fixture_texts()
    given_path = Origin(path=path)
    told = {
        name: [
            parsed.record.model_dump(mode="json", exclude=set(SOURCE_COLUMNS))
            for parsed in parse_document(Document(pages[name], given_path)).parsed
        ]
        for name in names or list(pages)
    }
    return json.dumps(dict(sorted(told.items())), ensure_ascii=False)


def test_records_depend_on_no_path() -> None:
    assert records_as_json("a.txt") == records_as_json("/elders/2016/00130 (kopia).html")


def test_records_depend_on_no_order_of_documents() -> None:
    names = list(fixture_texts())
    shuffled = random.Random(SEED).sample(names, len(names))  # noqa: S311 - repeatable

    assert records_as_json(names=names[::-1]) == records_as_json(names=names)
    assert records_as_json(names=shuffled) == records_as_json(names=names)


def test_records_depend_on_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    before = records_as_json()
    moment = time.struct_time((1999, 12, 31, 23, 59, 59, 4, 365, 0))
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: 946_684_799.0)
        patch.setattr(time, "localtime", lambda _=None: moment)
        patch.setattr(time, "gmtime", lambda _=None: moment)
        then = records_as_json()

    assert then == before


def test_the_parser_never_asks_what_day_it_is() -> None:
    clocks = {"today", "now", "utcnow", "time", "localtime", "gmtime", "ctime", "time_ns"}
    asked: set[str] = set()

    def listen(_frame: FrameType, event: str, called: object) -> None:
        name = getattr(called, "__name__", "")
        if event == "c_call" and name in clocks:
            asked.add(name)

    fixture_texts()
    sys.setprofile(listen)
    try:
        records_as_json()
    finally:
        sys.setprofile(None)

    assert asked == set()


WORLDS: dict[str, dict[str, str]] = {
    "seed 0": {"PYTHONHASHSEED": "0"},
    "seed 1, east": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
    "seed 2, Swedish": {
        "PYTHONHASHSEED": "2",
        "TZ": "Europe/Stockholm",
        "LC_ALL": "sv_SE.UTF-8",
    },
    "ASCII only": {
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "TZ": "America/Adak",
    },
}
_TELL = """
import importlib.util, locale, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass  # the locale is not installed; the variables still count
spec = importlib.util.spec_from_file_location("laws", sys.argv[1])
laws = importlib.util.module_from_spec(spec)
spec.loader.exec_module(laws)
sys.stdout.buffer.write(laws.records_as_json().encode())
"""


@pytest.mark.parametrize("world", WORLDS)
def test_records_depend_on_nothing_around_the_program(world: str, tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    told = subprocess.run(
        [sys.executable, "-c", _TELL, str(Path(__file__).resolve())],
        env=kept | WORLDS[world],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )

    assert told.stdout == records_as_json().encode()
