import re
import unicodedata
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from esfkit.analysis.selection.query import LONGEST_QUERY, MOST_WORDS, without_signs
from esfkit.analysis.selection.search import search
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.model.record import Record
from esfkit.vocabulary.inflection import plain, searched_word
from factories import a_project

TEXTS_SCHEMA = pl.Schema({name: SCHEMA[name] for name in ("title", "summary", "sections")})


def a_text(
    title: str | None = None,
    summary: str | None = None,
    sections: Sequence[tuple[str | None, str]] = (),
    number: str = "2016/00001",
) -> Record:
    parts = tuple({"heading": heading, "text": text} for heading, text in sections)
    return a_project(number, title=title, summary=summary, sections=parts)


def matched(query: str, *records: Record) -> list[str]:
    told: list[str] = search(to_frame(records), query).collect()["matched"].to_list()
    return told


def is_found(query: str, text: str) -> bool:
    return bool(matched(query, a_text(summary=text)))


def test_what_is_found_is_told_with_its_place() -> None:
    record = a_text(
        "Kvinnor i arbete",
        "Vi söker utrikes\nfödda.",
        [("Bakgrund", "Invandrarkvinnor, utrikes födda, söker sig hit."), (None, "Kvinnorna.")],
    )

    told = (
        "title: kvinnor; summary: utrikes födda; Bakgrund: invandrarkvinnor, utrikes födda; "
        "sections: kvinnorna"
    )
    assert matched("utrikes födda kvinnor", record) == [told]


def test_the_records_keep_their_order_and_columns() -> None:
    names = ("Väg", "Skola", "Vägar", "Bro", "Ny väg")
    frame = to_frame([a_text(name, number=f"2016/0000{at}") for at, name in enumerate(names)])

    found = search(frame, "väg").collect()

    assert found["title"].to_list() == ["Väg", "Vägar", "Ny väg"]
    assert found.columns == [*frame.columns, "matched"]
    assert found.drop("matched").equals(frame[[0, 2, 4]])


def test_all_words_must_occur_but_anywhere_in_the_record() -> None:
    record = a_text("Väg", "Bro", [("Tunnel", "Sten")])

    assert matched("väg bro tunnel sten", record) == [
        "title: väg; summary: bro; Tunnel: tunnel, sten"
    ]
    assert matched("väg bro tunnel sten hav", record) == []


def test_a_phrase_occurs_as_it_is() -> None:
    assert is_found('"utrikes födda"', "De är Utrikes\n  Födda här.")
    assert is_found("”utrikes födda”", "utrikes födda")
    assert is_found('"nära arbete"', "(nära, arbete)")
    assert not is_found('"utrikes födda"', "utrikes föddas rätt")
    assert not is_found('"utrikes födda"', "Född utrikes. Födda här.")
    assert not is_found('"utrikes födda"', "utrikes. Födda")
    assert not is_found('"utrikes födda"', "utrikes och födda")
    assert not is_found('"bil"', "bilar")
    assert is_found("bil", "bilar")


def test_a_phrase_goes_on_from_no_heading_into_its_text() -> None:
    record = a_text(sections=[("Utrikes", "födda")])

    assert matched('"utrikes födda"', record) == []
    assert matched("utrikes födda", record) == ["Utrikes: utrikes, födda"]


def test_overlapping_phrases_are_both_found() -> None:
    assert matched('"a b" "b c"', a_text("a b c")) == ["title: a b c"]


def test_what_must_not_occur_leaves_the_record_out() -> None:
    assert is_found("kvinnor -skola", "Kvinnor i arbete")
    assert not is_found("kvinnor -skola", "Kvinnor i folkskolan")
    assert not is_found('kvinnor -"i arbete"', "Kvinnor i arbete")
    assert matched("kvinnor –skola", a_text("Kvinnor")) == ["title: kvinnor"]


def test_words_with_marks_inside_are_one() -> None:
    assert is_found("a-kassa", "Vår a-kassa och a-kassan.")
    assert is_found("a-kassa", "a-kassan")
    assert is_found("2.1", "Mål 2.1 gäller")
    assert not is_found("2.1", "Mål 2. 1 gäller")
    assert not is_found("2.1", "Mål 2 och 1")
    assert is_found("ESF+", "esf")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("KVINNOR", "kvinnor"),
        ("kvinnor", "KVINNOR"),
        ("idé", "ide"),
        ("ide", "idéer"),
        ("ide", "ide\u0301"),
        ("müller", "muller"),
        ("får", "fa\u030ar"),
        ("fa\u030ar", "Får"),
        ("kvinnojour", "kvinno\u00adjour"),
        ("kvin\u200bnor", "kvinnor"),
        ("äpple", "A\u0308pple"),
        ("över", "o\u0308ver"),
    ],
)
def test_letters_are_compared_as_swedish_readers_do(query: str, text: str) -> None:
    assert is_found(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [("far", "får"), ("får", "far"), ("il", "till il2"), ("bil", "bild mobil"), ("o", "ö")],
)
def test_other_words_are_not_found(query: str, text: str) -> None:
    assert not is_found(query, text)


def test_the_accents_of_what_is_found_are_kept() -> None:
    assert matched("ide", a_text("Idé")) == ["title: idé"]


def test_a_summary_that_repeats_a_section_is_told_once() -> None:
    text = "Vi söker kvinnor."
    record = a_text(summary=text, sections=[("Sammanfattning", text), ("Mål", text)])

    assert matched("kvinnor", record) == ["Sammanfattning: kvinnor; Mål: kvinnor"]


def test_many_words_and_long_headings_are_cut() -> None:
    compounds = ", ".join(f"{each}kvinnor" for each in ("chefs", "köks", "flicks", "ungs",
                                                        "torgs", "hems"))  # fmt: skip
    record = a_text(sections=[("En rubrik\n" + "x" * 50, compounds)])

    told = (
        f"En rubrik {'x' * 29}…: chefskvinnor, kökskvinnor, flickskvinnor, ungskvinnor, "
        "torgskvinnor, …"
    )
    assert matched("kvinnor", record) == [told]
    endless = matched("kvinnor", a_text("kvinnor " * 5_000))[0]
    assert endless == f"title: {('kvinnor ' * 9)[:59]}…"


def test_nothing_but_the_words_found_is_quoted() -> None:
    record = a_text(summary="Tora Provsdotter, 0470-000 00, möter kvinnor på tora@exempel.se.")

    assert matched("kvinnor", record) == ["summary: kvinnor"]


@pytest.mark.parametrize("query", ["", " ", '""', "-", "()[{*+?", "-män", '-"utrikes födda"'])
def test_a_query_without_a_word_is_refused(query: str) -> None:
    with pytest.raises(BadRequest, match="names no word"):
        search(to_frame([]), query)


def test_a_query_that_is_too_long_is_refused() -> None:
    many = " ".join(f"ord{at}" for at in range(MOST_WORDS + 1))
    for query in ("a" * (LONGEST_QUERY + 1), many, f'"{many}"'):
        with pytest.raises(BadRequest, match="are allowed"):
            search(to_frame([]), query)
    assert matched("a" * LONGEST_QUERY, a_text("b")) == []


def test_a_phrase_without_an_end_is_refused() -> None:
    with pytest.raises(BadRequest, match="quotation mark too few"):
        search(to_frame([]), '"utrikes födda')


@pytest.mark.parametrize("query", [r"\d+", "(?i)b", "a|b", "[ab]", "a{9999}", "^b$", ".*b"])
def test_nothing_in_a_query_is_a_pattern(query: str) -> None:
    assert not is_found(query, "bok 5")
    assert is_found(query, query)


def test_a_table_without_texts_or_records_has_nothing_to_find() -> None:
    assert matched("väg") == []
    assert matched("väg", a_text(), a_text(sections=[(None, "")])) == []


# --- the law ------------------------------------------------------------------------------

WORDS = (
    *("kvinna", "kvinnor", "Kvinnorna", "invandrarkvinnor", "kvinnojour", "kvinnligt"),
    *("utrikes", "född", "födda", "FÖDDA", "fo\u0308dda", "mark", "marknad", "bil", "bild"),
    *("i", "il", "till", "a-kassa", "a", "kassan", "2.1", "2", "1", "far", "får", "fa\u030ar"),
    *("ide", "idé", "ide\u0301er", "kvin\u00adna", "\u200bbil", "arbete", "arbetsplats"),
    *("samarbetet", "arbetar", "2²", "_bil", "İl", "ß", "ordning", "jour"),
)
GAPS = st.sampled_from((" ", "\n", ", ", ". ", "-", "  ", "\n\n\n", " – ", "; ", "\u00a0", "."))
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), GAPS), max_size=8).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)
TERMS = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(
        lambda words: f'"{" ".join(words)}"'
    ),
)
QUERIES = st.lists(st.tuples(st.sampled_from(("", "", "", "-")), TERMS), max_size=3).map(
    lambda terms: " ".join(["bil", *(no + term for no, term in terms)])
)
RECORDS = st.lists(
    st.tuples(
        st.none() | TEXTS,
        st.none() | TEXTS,
        st.none() | st.lists(st.tuples(st.none() | TEXTS, TEXTS), max_size=3),
    ),
    max_size=5,
)
ENDS = set(".!?:;")


def words_of(text: str) -> list[tuple[str, str]]:
    """The words, each with what stands before it."""
    dropped = dict.fromkeys((0xAD, 0x200B))
    small = unicodedata.normalize("NFC", text.lower().translate(dropped)).replace("\u0307", "")
    pieces = re.split(r"(\w+)", without_signs(small))
    return [(plain(word), gap) for gap, word in zip(pieces[::2], pieces[1::2], strict=False)]


def has(text: str, term: str) -> bool:
    exact = term.startswith('"')
    asked, words = words_of(term.strip('"')), words_of(text)
    for at in range(len(words) - len(asked) + 1):
        run = words[at : at + len(asked)]
        if all(fits(*pair, exact or step < len(asked) - 1)
               for step, pair in enumerate(zip(asked, run, strict=True))) and all(
            follows(one[1], two[1]) for one, two in zip(asked[1:], run[1:], strict=True)
        ):  # fmt: skip
            return True
    return False


def fits(asked: tuple[str, str], met: tuple[str, str], exact: bool) -> bool:  # noqa: FBT001 - one question
    return met[0] == asked[0] if exact else searched_word(asked[0]).is_met_in(met[0])


def follows(asked: str, met: str) -> bool:
    return len(met) <= 3 and (met == asked or not ENDS & {*asked, *met})


def holds(record: tuple[str | None, str | None, list[tuple[str | None, str]] | None],
          query: str) -> bool:  # fmt: skip
    title, summary, sections = record
    parts = [part for section in sections or () for part in section]
    texts = [text for text in (title, summary, *parts) if text]
    terms = re.findall(r'(-?)("[^"]*"|[^\s"]+)', query)
    return all(any(has(text, term) for text in texts) != bool(no) for no, term in terms)


@settings(deadline=None, max_examples=150)
@given(RECORDS, QUERIES)
@example([("a b. a", "a-kassan i", None)], 'bil a "a b"')
def test_the_same_records_are_found_as_by_looking_at_each_word(
    records: list[tuple[str | None, str | None, list[tuple[str | None, str]] | None]],
    query: str,
) -> None:
    rows = [
        (title, summary, None if parts is None else [
            {"heading": heading, "text": text} for heading, text in parts])
        for title, summary, parts in records
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema=TEXTS_SCHEMA, orient="row").with_row_index("at")

    found = search(frame, query).collect()

    expected = [at for at, record in enumerate(records) if holds(record, query)]
    assert found["at"].to_list() == expected
    assert all(found["matched"].to_list())


def test_the_law_meets_both_answers() -> None:
    assert holds(("kvinnor, bil", None, None), "bil kvinna")
    assert not holds(("bild", None, None), "bil")
