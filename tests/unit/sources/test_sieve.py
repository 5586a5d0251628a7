import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.sources.pages.html import read_html
from esfkit.sources.sieve import Sieve

SIEVE = Sieve((b"ESF", b"ktperiod"))


@pytest.mark.parametrize(
    "content",
    [
        b"Svenska ESF-r\xc3\xa5det",
        "Projektperiod: 2016".encode("utf-16"),
        "Projektperiod".encode("utf-16-be"),
        "Projektperiod".encode("utf-32"),
        b"<p>Projekt<b>period</b></p>",
        b"<p>E<!-- a -->SF</p>",
        b"<p>E<script>if (a > b) {}</script>SF</p>",
        b"<p>&#69;SF</p>",
        b"<p>&#x45;&#83;F</p>",
        b'<p>E<a title="a>b">SF</a></p>',
        b"<p>E<iframe>x</iframe>SF</p>",
        b"<p>E<b></b><iframe>x</iframe>SF</p>",
        b"<p>&#69;<!-- a > b -->SF</p>",
        b"<p>5 < &#69;SF > 3</p>",
        b"<p>E<a title='" + b"x" * 5000 + b"'>SF</a></p>",
        b"<p>E<span hidden>x</span>SF</p>",
        b"<p>Projekt<wbr>period</p>",
    ],
)
def test_what_may_hold_a_word_is_let_through(content: bytes) -> None:
    assert SIEVE.may_hold(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Ett projekt under en period",
        b"esf-stod",
        b"PROJEKTPERIOD",
        b"<p>Ett projekt,</p><p>period</p>",
        b"a < b och c > d",
        b"&amp; &lt;",
    ],
)
def test_what_holds_no_word_is_dropped(content: bytes) -> None:
    assert not SIEVE.may_hold(content)


INLINE = st.sampled_from(
    [
        *("b", "i", "span", "em", "wbr", "font", "a href='x'", "sup", "span hidden", "title"),
        *("iframe", "object", "canvas", "script", "style", "button", "datalist", "progress"),
        *('a title="x > y"', "a title='x < y'", 'a title="it\'s"', "span role='navigation'"),
        *("a title = 'x>y'", f"a title='{'x' * 5000}'", "svg", "noscript", "template", "meter"),
    ]
)
BETWEEN = st.sampled_from(["", "x", "a > b", "5 < 6", "<b></b>", "<!-- > -->", "<i>k</i>"])
LETTERS = st.sampled_from(["Projektperiod", "ESF-rådet", "ingenting", "Projektägare"])


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """A page of HTML whose words are broken by tags, entities and comments anywhere."""
    shown = []
    for letter in draw(LETTERS):
        how = draw(st.integers(0, 9))
        if how == 0:
            shown.append(f"&#{ord(letter)};")
        elif how == 1:
            tag = draw(INLINE)
            shown.append(f"<{tag}>{letter}</{tag.split()[0]}>")
        elif how == 4:
            tag = draw(INLINE)
            shown.append(f"<{tag}>{draw(BETWEEN)}</{tag.split()[0]}>{letter}")
        elif how == 2:
            shown.append(f"<!-- {draw(st.sampled_from(['x', 'a > b', '<b>']))} -->{letter}")
        else:
            shown.append(html.escape(letter))
    return f"<html><body><p>{''.join(shown)}</p><div>slut</div></body></html>"


@settings(max_examples=1000)
@given(page=disguised())
def test_a_word_that_a_reader_of_a_page_sees_is_never_dropped(page: str) -> None:
    seen = read_html(page)

    if seen is not None and any(word.decode() in seen.text for word in SIEVE.words):
        assert SIEVE.may_hold(page.encode())
