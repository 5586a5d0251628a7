import time

import pytest

from esfkit.sources.pages.html import looks_like_html, read_html

RECORD = "Projektägare\nCoompanion Väst\nRegion\nVästsverige"


def seen(html: str) -> str:
    page = read_html(html)
    assert page is not None
    return page.text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param(
            "<dl><dt>Projektägare</dt><dd>Coompanion Väst</dd>"
            "<dt>Region</dt><dd>Västsverige</dd></dl>",
            RECORD,
            id="definition list",
        ),
        pytest.param(
            "<dl><div><dt><p>Projektägare</p></dt>\n<dd><p>Coompanion Väst</p></dd></div>"
            "<div><dt>Region<dd><br>Västsverige</div></dl>",
            RECORD,
            id="definition list in groups with paragraphs",
        ),
        pytest.param(
            "<table><tr><td>Projektägare</td><td>Coompanion Väst</td></tr>"
            "<tr><th>Region</th><td>Västsverige</td></tr></table>",
            RECORD,
            id="rows of two cells",
        ),
        pytest.param(
            "<tr><td>Projektägare</td><td>Coompanion Väst</td></tr>"
            "<tr><td>Region</td><td>Västsverige</td></tr>",
            RECORD,
            id="rows copied without their table",
        ),
        pytest.param(
            "<table><tr><th>Projektägare</th><td>Coompanion Väst</td>"
            "<th>Region</th><td>Västsverige</td></tr></table>",
            RECORD,
            id="two pairs in a row",
        ),
        pytest.param(
            "<table><tr><td><b>Projektägare</b></td><td>Coompanion Väst</td>"
            "<td><strong>Region</strong></td><td>Västsverige</td></tr></table>",
            RECORD,
            id="two pairs in a row by bold cells",
        ),
        pytest.param(
            "<table><thead><tr><th>Projektägare</th><th>Region</th></tr></thead>"
            "<tbody><tr><td>Coompanion Väst</td><td>Västsverige</td></tr></tbody></table>",
            RECORD,
            id="labels above the values",
        ),
        pytest.param(
            "<div><div>Projektägare</div><div>Coompanion Väst</div></div>"
            "<div><div>Region</div><div>Västsverige</div></div>",
            RECORD,
            id="pairs of div",
        ),
        pytest.param(
            "<div><span>Projektägare</span><span>Coompanion Väst</span></div>"
            "<div><span class=l>Region</span>\n  <span>Västsverige</span></div>",
            "Projektägare\tCoompanion Väst\nRegion\tVästsverige",
            id="pairs of span with and without a blank",
        ),
        pytest.param(
            "<b>Projektägare:</b> Coompanion Väst<br><b>Region:</b> Västsverige<br>",
            "Projektägare: Coompanion Väst\nRegion: Västsverige",
            id="bold labels and line breaks",
        ),
        pytest.param(
            "<ul><li><b>Projektägare:</b> Coompanion Väst</li>"
            "<li><p><b>Region:</b> Västsverige</p></li></ul>",
            " • Projektägare: Coompanion Väst\n • Region: Västsverige",
            id="list items",
        ),
        pytest.param(
            "<p><strong>Projektägare</strong><br>Coompanion Väst</p>",
            "Projektägare\nCoompanion Väst",
            id="bold label, value below",
        ),
    ],
)
def test_a_record_keeps_label_and_value_together_in_each_shape(html: str, text: str) -> None:
    assert looks_like_html(html)
    assert seen(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<dl><dt>Region</dt><dd></dd><dt>Fond</dt><dd>ESF</dd></dl>", "Region\nFond\nESF"),
        ("<div>Region</div><div></div><div>Fond</div>", "Region\nFond"),
        ("<table><tr><td>Region<td>&nbsp;<tr><td>Fond<td>ESF</table>", "Region\nFond\nESF"),
        ("<table><tr><td>Region:<td><tr><td>Fond:<td>ESF</table>", "Region:\nFond:\nESF"),
        ("<dl><dt>Interventionstyp<dd></dl>Prosa", "Interventionstyp\n\nProsa"),
        ("<table><tr><td>Typ<td></table><div>Prosa</div>", "Typ\n\nProsa"),
        ("<dl><dt>Ägare<dd><p>A</p><p>B</p><dt>Fond<dd>E</dl>", "Ägare\nA\n\nB\nFond\nE"),
    ],
)
def test_an_empty_value_gives_nothing_that_could_be_taken_for_one(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Label:</b>value", "Label:value"),
        ("<b>Label</b>value", "Label\tvalue"),
        ("<b>Label:</b> value", "Label: value"),
        ("<b>Label</b>: value", "Label: value"),
        ("<b>Label</b>50", "Label\t50"),
        ("<b>Budget (kr)</b>500", "Budget (kr)\t500"),
        ("<b>Namn</b>”Vägen”", "Namn\t”Vägen”"),
        ("<span>Region</span>Väst", "Region\tVäst"),
        ("Projekt<b>ä</b>gare", "Projektägare"),
        ("<b>P</b>rojektet", "Projektet"),
        ("Ett <a>projekt</a>et", "Ett projektet"),
        ("<a>Arbetsförmedling</a>en", "Arbetsförmedlingen"),
        ("<b>2016</b>/00130", "2016/00130"),
        ("<b>5</b>044", "5044"),
        ("10 m<sup>2</sup>per", "10 m2per"),
        ("<span>Region</span><span>:</span><span>Väst</span>", "Region:\tVäst"),
        ("<span>anna</span><span>@</span><span>a.se</span>", "anna@a.se"),
        ("<span>50</span><span>%</span>", "50%"),
        ("<span>5</span><span>800&nbsp;000</span><span>kr</span>", "5\t800\xa0000\tkr"),
        ("<span>Region</span>&nbsp;<span>Väst</span>", "Region\tVäst"),
        ("<span>Region </span><span>Väst</span>", "Region\tVäst"),
        ("<span><b>Region</b></span><a><i>Väst</i></a>", "Region\tVäst"),
        ("Läs <a>mer</a> <b>här</b> om", "Läs mer här om"),
        ("Se <a>A</a>, <a>B</a>.", "Se A, B."),
        ("a &amp; b &lt;c&gt; &auml;", "a & b <c> ä"),
        ("  a \n\t b&nbsp;c  ", "a b\xa0c"),
    ],
)
def test_what_stands_between_two_pieces_of_a_line(html: str, text: str) -> None:
    assert seen(f"<div>{html}</div>") == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<h2>Syfte</h2>Att nå fler.<p>Fler ord.</p>Slut",
            "Syfte\n\nAtt nå fler.\n\nFler ord.\n\nSlut",
        ),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("a<br>&nbsp;<br>b", "a\n\nb"),
        ("a<hr>b", "a\n\nb"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<ul><li>a<ul><li>b</li></ul></li><li></li><li>c</li></ul>d", " • a\n • b\n • c\n\nd"),
        ("x<pre>a  b\n\n  c</pre>y", "x\n\na  b\n\n  c\n\ny"),
        ("<p>a<table><tr><td>b</table>", "a\n\nb"),
        ("<h1><span>2016/00130</span> <span>- Väg in</span></h1>x", "2016/00130 - Väg in\n\nx"),
        ("<h1><b>2016/00130</b><i>Väg in</i></h1>x", "2016/00130 Väg in\n\nx"),
        ("<h2><button>Bakgrund</button></h2><button>Skriv ut</button>x", "Bakgrund\n\nx"),
    ],
)
def test_blocks_end_lines_and_paragraphs_stand_apart(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><tr><td>1998<td>70%<td>38%</table>", "1998\t70%\t38%"),
        ("<table><tr><td>1998<td hidden>x<td>38%<td>4%</table>", "1998\t38%\t4%"),
        ("<table><tr><td><p>a</p><td>b<td>c</table>", "a\nb\nc"),
        ("<table><tr><td>ensam</table>", "ensam"),
        ("<table><tr><th>Fält<th>Värde<tr><td>Ort<td>Umeå</table>", "Fält\nVärde\nOrt\nUmeå"),
        ("<table><tr><th>A<th>B<tr><th>Ort<td>Umeå</table>", "A\nB\nOrt\nUmeå"),
        ("<table><caption>Fakta</caption><tr><td>Ort<td>Umeå</table>", "Fakta\nOrt\nUmeå"),
        (
            "<table><tr><th>Namn<th>Ort<th>Stöd<tr><td>A<td><td>5<tr><td>B<td>Umeå<td>6</table>x",
            "Namn\nA\nOrt\nStöd\n5\n\nNamn\nB\nOrt\nUmeå\nStöd\n6\n\nx",
        ),
        (
            (
                "<table><tr><td><b>Namn</b><td><b>Ort</b><td><b>Stöd</b>"
                "<tr><td>A<td>B<td>5<tr><td colspan=3>Summa</table>"
            ),
            "Namn\nA\nOrt\nB\nStöd\n5\n\nSumma",
        ),
        ("<table><tr><td>Ort:<td>Umeå<td>Fond:<td>ESF</table>", "Ort:\nUmeå\nFond:\nESF"),
        ("<table><tr><td>1998<td><td>38%<td></table>", "1998\t38%"),
        (
            "<table><tr><td><b>Ort</b><!-- x --><td>Umeå<td> <b>Fond</b><td>ESF</table>",
            "Ort\nUmeå\nFond\nESF",
        ),
        (
            "<table><tr><th>Namn<th><table><tr><td>x</table><tr><td>A<td>B</table>",
            "Namn\n\nx\nA\nB",
        ),
        (
            "<table><tr><td>meny<td><h1>Titel</h1><p>a</p><p>b</p></table>",
            "meny\nTitel\n\na\n\nb",
        ),
    ],
)
def test_tables_that_hold_something_else_than_pairs(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<script>var a = 'bort';</script>",
        "<style>p {}</style>",
        "<noscript>bort</noscript>",
        "<template><p>bort</p></template>",
        "<svg><title>bort</title><text>bort</text></svg>",
        "<nav>bort</nav>",
        "<header><nav>bort</nav></header>",
        "<footer>bort</footer>",
        "<aside>bort</aside>",
        "<div role=navigation>bort</div>",
        "<div role=contentinfo>bort</div>",
        "<p hidden>bort</p>",
        "<iframe>bort</iframe>",
        "<select><option>bort</option></select>",
        "<textarea>bort</textarea><input value=bort><button>bort</button>",
        "<!-- bort -->",
    ],
)
def test_what_is_no_part_of_the_page_is_left_out(html: str) -> None:
    assert seen(f"<p>före</p>{html}<p>efter</p>") == "före\n\nefter"


def test_headers_and_forms_around_the_page_are_read() -> None:
    assert seen("<form><header><h1>Titel</h1></header>a</form>") == "Titel\n\na"


def test_a_fact_box_in_the_margin_is_read() -> None:
    html = "<p>x</p><aside><aside>Fakta</aside><dl><dt>Region<dd>Väst</dl></aside>"
    assert seen(html) == "x\n\nFakta\n\nRegion\nVäst"


def test_heading_title_and_address_are_told_apart() -> None:
    page = read_html(
        "<!doctype html><html><head><title> Väg in |\n ESF </title>"
        "<link rel='canonical' href='https://www.esf.example/projekt/1'></head>"
        "<body><h1></h1><h1>2016/00130 -&nbsp;<em>Väg</em> in</h1><h1>Annat</h1></body></html>"
    )
    assert page == (
        "2016/00130 -\xa0Väg in\n\nAnnat",
        "2016/00130 - Väg in",
        "https://www.esf.example/projekt/1",
        "Väg in | ESF",
    )


HOST = "https://esf.example"


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<p>a</p>", None),
        (f"<link rel=canonical href='{HOST}/p?a=1&amp;b=2'>", f"{HOST}/p?a=1&b=2"),
        (f"<base href='{HOST}/x/'><link rel=canonical href='../p'>", f"{HOST}/p"),
        ("<link rel=canonical href='/p'>", None),
        ("<link rel=canonical href='http://[x'>", None),
        ("<link rel=canonical href='javascript:alert(1)'>", None),
        (f"<meta property='og:url' content='{HOST}/p'>", f"{HOST}/p"),
        (f"<meta name='og:url' content='{HOST}/p'>", f"{HOST}/p"),
        (f"<!-- saved from url=(0042){HOST}/p -->\n<html>", f"{HOST}/p"),
        ("<!-- saved from url=(0014)about:internet --><html>", None),
        (f"<!--\n Page saved with SingleFile \n url: {HOST}/p \n--><html>", f"{HOST}/p"),
        (
            (
                f"<!-- saved from url=(0042){HOST}/p?dnr=2016/00130 -->"
                f"<link rel=canonical href='{HOST}/p'>"
            ),
            f"{HOST}/p?dnr=2016/00130",
        ),
        (
            f"<link rel=canonical href='{HOST}/p?dnr=1'><base href='{HOST}/p?dnr=2'>",
            f"{HOST}/p?dnr=1",
        ),
        (f"<link rel=canonical href='{HOST}/p'><a href='?dnr=1'>x</a>", f"{HOST}/p?dnr=1"),
        (f"<link rel=canonical href='{HOST}/p'><form action='/p/?dnr=1'>", f"{HOST}/p/?dnr=1"),
        (f"<form action='{HOST}/p?dnr=1'>", f"{HOST}/p?dnr=1"),
        (f"<base href='{HOST}/p?dnr=1'>", f"{HOST}/p?dnr=1"),
        (f"<a href='{HOST}/p?dnr=1'>x</a>", None),
        (f"<link rel=canonical href='{HOST}/p'><a href='/q?dnr=1'>x</a>", f"{HOST}/p"),
        (
            f"<link rel=canonical href='{HOST}/p'><a href='?dnr=1'>x</a><a href='?dnr=2'>y</a>",
            f"{HOST}/p",
        ),
    ],
)
def test_the_address_with_the_projects_number_wins(html: str, url: str | None) -> None:
    page = read_html(html)
    assert page is not None
    assert page.url == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Region: Väst",
        "Skriv <b>fetstil</b> för att betona.",
        "a < b och c > d",
        "Anna <anna@exempel.example> och <https://exempel.example>",
        "Rad ett<br>\nRad två\nRad tre\nRad fyra\nRad fem<br>\nRad sex\nRad sju",
        "Taggen <html> inleder en sida.\nSå är det.",
    ],
)
def test_plain_text_that_mentions_a_tag_is_not_html(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body>a",
        "\n <html>\n<body>a\nb\nc\nd\ne\nf\ng",
        "<!-- saved from url=(0042)https://a.example --><html>a",
        "<p>a</p>",
        "Region: <b>Väst</b><br>\nOrt: Umeå<br>\n",
        "<div>a\nb\nc\nd\ne\nf</div>",
        "<?xml version='1.0'?><html xmlns='x'><body>a",
    ],
)
def test_pages_and_pieces_of_pages_are_html(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>" * 100_000 + "djupt", "djupt"),
        ("<b>" * 100_000 + "djupt", "djupt"),
        ("<ul><li>" * 50_000 + "djupt", " • djupt"),
        ("<table><tr><td>" * 20_000 + "djupt", "djupt"),
        ("<table><tr><th>a<th>b<tr><td>c<td>" * 2_000 + "djupt", None),
        ("<aside>" * 50_000 + "<dl><dt>djupt", "djupt"),
        ("<p " * 50_000, ""),
        ("<" * 500_000, None),
        ("</div>" * 50_000 + "<p>kvar", "kvar"),
        ("<div><p>öppen<b>kvar<table><tr>x", None),
        ("<p>a\0b</p>", None),
        ("<p " + "a=1 " * 100_000 + ">kvar", "kvar"),
        ("&" * 200_000, "&" * 200_000),
    ],
)
def test_hostile_pages_are_read_in_bounded_time(html: str, text: str | None) -> None:
    started = time.perf_counter()
    looks_like_html(html)
    page = read_html(html)
    assert time.perf_counter() - started < 10
    assert page is not None
    assert text is None or page.text == text


def test_time_grows_in_step_with_the_tags() -> None:
    def seconds(count: int) -> float:
        html = "<p>Region <b>Väst</b></p>" * count
        started = time.perf_counter()
        read_html(html)
        return time.perf_counter() - started

    seconds(500)
    assert min(seconds(16_000) for _ in range(3)) < 20 * min(seconds(2_000) for _ in range(3))


def test_text_that_is_not_valid_unicode_gives_nothing_rather_than_an_error() -> None:
    assert read_html("<p>\ud800</p>") is None


def test_a_frame_set_holds_no_text() -> None:
    assert read_html("<frameset><frame src=a></frameset>") == ("", None, None, None)
