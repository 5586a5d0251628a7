import sys
import unicodedata

import pytest
from markdown_it import MarkdownIt

from esfkit.output.neutral import for_markdown, for_spreadsheet, for_terminal

HOSTILE = {
    "colour": "\x1b[31mred\x1b[0m",
    "C1 CSI": "\x9b31m",
    "title": "\x1b]0;title\x07",
    "link": "\x1b]8;;http://x.test\x1b\\x\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZWNobw==\x07",
    "device": "\x1bP$q\x1b\\",
    "unterminated": "\x1b[",
    "overwrite": "12 kr\r99 kr",
    "backspace": "1\x082",
    "direction": "a\u202eb\u2066c\u2069\u200f\u061c",
    "surrogate": "\udcff",
    "tag": "\U000e0041",
    "nul": "a\0b",
    "delete": "a\x7fb",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_that_a_terminal_obeys_passes(text: str) -> None:
    shown = for_terminal(text)

    assert shown.isprintable()
    shown.encode("utf-8")


def test_no_code_point_that_a_terminal_obeys_passes() -> None:
    obeyed = ("Cc", "Cs", "Zl", "Zp")
    for number in range(sys.maxunicode + 1):
        shown = for_terminal(chr(number))
        assert not any(unicodedata.category(character) in obeyed for character in shown)
        assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Vägen in – ”på riktigt”…", "Vägen in – ”på riktigt”…"),
        ("a\r\nb\tc\u2028d", "a  b c d"),
        ("för\xadpro\u200bjekt\ufeff", "förprojekt"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202egro", "\\u202egro"),
        ("1\xa0000\u202fkr", "1\xa0000\u202fkr"),
        ("日本", "日本"),
    ],
)
def test_ordinary_words_pass_and_controls_are_spelled_out(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


def test_for_a_spreadsheet_a_formula_gets_a_quote() -> None:
    assert for_spreadsheet("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert for_spreadsheet("Mål x;=1+1") == "Mål x;'=1+1"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a | b || c",
        "`code` ``",
        "![x](http://x.test/i.png)",
        "[x](javascript:alert(1))",
        "<http://x.test>",
        "http://x.test www.x.test a@x.test",
        "*bold* _slanted_ ~~struck~~ $x$",
        "two\nlines\r\n\r\nthree",
        "back\\slash \\| end\\",
        "&lt; &amp; &#60;",
        "# heading",
        "- item",
        "file_name",
        "2014-2020 (50 %), 3.5 mkr!",
    ],
)
def test_in_markdown_text_stays_text(text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {for_markdown(text)} | last |\n"
    html = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(table)

    assert html.count("<td>") == 2
    for tag in ("<script", "<img", "<a ", "<code", "<em", "<strong", "<s>", "<h1", "<li"):
        assert tag not in html
    cell = html.split("<td>")[1].split("</td>")[0]
    plain = cell.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert plain.replace("&amp;", "&") == for_terminal(text)


def test_markdown_has_no_bare_address_that_becomes_a_link() -> None:
    shown = for_markdown("http://x.test WWW.x.test a@x.test")

    assert "://" not in shown
    assert "WWW." not in shown
    assert "@" not in shown
