import re
import sys

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.analysis.selection import search as searching
from esfkit.analysis.selection.query import read_query
from esfkit.analysis.selection.screening import is_unusual, may_hold, prepared
from esfkit.analysis.selection.search import search
from esfkit.dataset.columns import SCHEMA
from esfkit.vocabulary.inflection import plain

TEXTS_SCHEMA = pl.Schema({name: SCHEMA[name] for name in ("title", "summary", "sections")})
SURROGATES = range(0xD800, 0xE000)
EVERY_CHARACTER = pl.DataFrame(
    {"letter": [chr(n) for n in range(1, sys.maxunicode + 1) if n not in SURROGATES]}
)


def unusual(text: str) -> bool:
    return bool(pl.select(is_unusual(pl.lit(text))).item())


@pytest.mark.parametrize("text", ["kvin\u00adnor", "e\u0301", "m²", "\u200bbil", "İ", "½"])
def test_what_may_stand_in_the_midst_of_a_word_is_unusual(text: str) -> None:
    assert unusual(text)


@pytest.mark.parametrize("text", ["", "Åäö", "idé", "– ”så”, 50 % §", "Œuvre ß", "\u00a0"])
def test_plain_text_is_not_unusual(text: str) -> None:
    assert not unusual(text)


def test_of_every_usual_character_preparing_a_text_only_makes_it_small() -> None:
    usual = EVERY_CHARACTER.filter(~is_unusual(pl.col("letter")))
    told = usual.select("letter", small=pl.col("letter").str.to_lowercase())

    assert told.filter(prepared(pl.col("letter")) != pl.col("small")).is_empty()
    assert told.filter(pl.col("small").str.len_chars() != 1).is_empty()


def test_every_capital_is_found_by_its_small_letter() -> None:
    small = pl.col("letter").str.to_lowercase()
    capitals = EVERY_CHARACTER.filter(~is_unusual(pl.col("letter")), small != pl.col("letter"))
    rows = capitals.select("letter", small=small).rows()

    lost = [
        letter
        for letter, lower in rows
        if not pl.select(pl.lit(letter).str.contains(f"(?i){re.escape(lower)}")).item()
    ]

    assert len(rows) > 900
    assert lost == []


@pytest.mark.parametrize("word", ["aaa", "iii", "kkk", "sss", "ååå", "äää", "öööö", "ß", "ω"])
def test_a_letter_that_makes_a_word_when_made_plain_makes_it_before(word: str) -> None:
    [part] = read_query(f'"{word}"')[0].parts
    texts = EVERY_CHARACTER.filter(~is_unusual(pl.col("letter"))).select(
        (pl.lit(f"{word[1:]}, ") + pl.col("letter") + word[1:]).alias("text")
    )
    found = texts.filter(pl.col("text").map_elements(lambda text: plain(text)[-len(word) :],
                                                     pl.String) == word)  # fmt: skip

    assert found.height > 1
    assert found.filter(~may_hold(part)(pl.col("text"))).is_empty()


# --- the law: looking through the texts first leaves nothing out ---------------------------

LETTERS = st.sampled_from(
    "kvinnaKVINNAorisåÅéæØßẞſİı²½_1.- \n\u212a\u212b\u00ad\u200d\u0301\u030a\u0308\ua7ce"
)
TEXTS = st.one_of(
    st.text(LETTERS, max_size=12),
    st.lists(st.sampled_from(["kvinnor", "Kvinnan", "VÅR", "vår", "2.1", "a-kassa"])).flatmap(
        lambda words: st.sampled_from([" ", "\u00ad", ", "]).map(lambda gap: gap.join(words))
    ),
)
RECORDS = st.lists(
    st.tuples(
        st.none() | TEXTS,
        st.none() | TEXTS,
        st.none() | st.lists(st.tuples(st.none() | TEXTS, TEXTS), max_size=2),
    ),
    max_size=4,
)
QUERIES = st.sampled_from(
    ["kvinna", "var", "vår", "k", "s", "i", "o", '"a b"', "kvinnor -vår", "a-kassa 2.1", "iſ å"]
)


@settings(deadline=None, max_examples=200)
@given(RECORDS, QUERIES)
def test_the_same_is_told_as_if_every_text_were_made_plain_and_compared(
    records: list[tuple[str | None, str | None, list[tuple[str | None, str]] | None]],
    query: str,
) -> None:
    rows = [
        (title, summary, None if parts is None else [
            {"heading": heading, "text": text} for heading, text in parts])
        for title, summary, parts in records
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema=TEXTS_SCHEMA, orient="row").with_row_index("at")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(searching, "is_unusual", lambda texts: texts.is_not_null())
        everything = search(frame, query).collect()

    assert search(frame, query).collect().equals(everything)
