"""Mangled copies of pages with the truth that survives, and a score of esfkit against them.

    python tests/mangling.py FOLDER… [--out DIR] [--only NAME,…] [--show N] [--seed N]

Every `<layout>/<name>.txt` with a `<name>.gold.json` beside it is cut into chrome, title,
pairs and prose, put together again in each way that copies of such pages are met in, and
read by `esfkit ingest`. This is the second opinion: it shares no code with esfkit, knows its
own labels and decides by itself what each copy still says. Standard library only.
"""

import argparse
import html
import json
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

Gold = dict[str, Any]
Mangling = Callable[["Page", random.Random], bytes]

# --------------------------------------------------------------------------------------
# What is printed on pages
# --------------------------------------------------------------------------------------

# Label → the columns that its value speaks for. `+` marks text that has no shape of its own.
LABELS: dict[str, str] = {
    "Diarienummer": "project_number call_number",
    "Projektnummer": "project_number",
    "Namn": "title +",
    "Name": "title +",
    "Projektägare": "owner owner_name owner_unit +",
    "Projektanordnare": "owner owner_name owner_unit +",
    "Aktör": "owner owner_name owner_unit +",
    "Projektägare organisationsnummer": "owner_org_number",
    "Projektägare org.nr.": "owner_org_number",
    "Region": "region region_code",
    "NUTS-2 kod": "region_code",
    "Planerat antal deltagare": "planned_participants planned_women planned_men",
    "Antal deltagare": "planned_participants planned_women planned_men",
    "Projektperiod": "period_start period_end",
    "Tidsperiod": "period_start period_end",
    "Startdatum": "period_start",
    "Slutdatum": "period_end",
    "Start date": "period_start",
    "End date": "period_end",
    "Första ansökningsdatum": "period_start",
    "Sista ansökningsdatum": "period_end",
    "Total projektbudget": "total_budget_sek esf_share",
    "Total Kostnader": "",
    "Budget": "total_budget_sek call_amount_sek esf_share",
    "Total budget": "total_budget_eur esf_share",
    "Beviljat ESF-stöd": "esf_support_sek esf_share",
    "EU contribution": "esf_support_eur union_cofinancing_rate esf_share",
    "Utlyst belopp": "call_amount_sek",
    "Kontaktperson": "contact_person +",
    "Kontakt": "contact_person email phone +",
    "E-post": "email",
    "Telefonnummer": "phone",
    "Stödmottagare postnr": "postal_code",
    "Stödmottagarens postnummer": "postal_code",
    "Stödmottagarens address": "postal_address +",
    "Stödmottagare ort": "postal_town +",
    "Stödmottagarens ort": "postal_town +",
    "Stödmottagarens land": "country +",
    "Land som berörs": "country +",
    "Programområde": "programme_area programme_area_name specific_objective +",
    "Specifikt mål": "specific_objective",
    "Programperiod": "programme_period",
    "Programming period": "programme_period",
    "Program CCI": "programme_cci",
    "Berörd fond": "fund +",
    "Fond": "fund +",
    "Fund": "fund +",
    "Finansiering": "fund +",
    "Unionens medfinansieringsgrad": "union_cofinancing_rate",
    "Interventionstyp": "intervention_code intervention_name",
    "Utvärderingsrapporter": "evaluation_reports +",
    "Utlysning": "call_number",
    "Projektfas": "phase",
    "Sekundärtema - Motverka barnfattigdom": "secondary_theme_child_poverty",
    "Insats av strategisk betydelse": "strategic_importance",
    "Status": "+",
    "Plats": "+",
    "Länk": "+",
}
SECTIONS = {"project info", "funding", "programme", "beneficiary", "beneficiaries", "location"}
HEADINGS = {
    *("sammanfattning", "bakgrund", "syfte", "metod", "målgrupp", "behov", "problem"),
    *("mål", "målsättning", "beskrivning", "deltagande aktörer", "kommun", "medfinansiärer"),
    *("att ansöka", "samarbete", "transnationellt samarbete", "jämställdhetsintegrering"),
}
CHROME = {
    "Logotyp på utskrifter",
    "Stäng",
    "Information med anledning av covid-19",
    "Uppdaterad information med anledning av covid-19",
    "Kohesio: discover EU projects in your region",
    "Projekt",
}
REGION_NAMES = (
    *("Småland och Öarna", "Småland & Öarna", "Stockholm", "Sydsverige", "Västsverige"),
    *("Östra Mellansverige", "Norra Mellansverige", "Mellersta Norrland", "Övre Norrland"),
    *("ESF Nationellt", "Nationellt", "Nationella projekt"),
)
TITLE_NUMBER = re.compile(r"\s*(\d{4}/\d{5}|\d{2}-\d{3}(?:-S\d{2})?|\d{4}-\d{7})\s+-\s+")
AMOUNT = re.compile(r"(\d{1,3})((?: \d{3})*(?:,\d{2})?)(?: (kr|kronor|€.*))?")

# What a copy of another shape tells differently, or what depends on where the file lies.
VOLATILE = {
    *("record_id", "layout", "provenance", "findings", "claimed_share", "source_path"),
    *("source_member", "source_line", "source_url", "source_sha256", "source_encoding"),
    "programme_period_basis",
}
RETOLD = {"summary", "sections"}
PROSE = {
    *("municipalities", "municipality_codes", "actors", "actors_count"),
    *("participant_targets", "evaluation_reports"),
}


def fold(text: str) -> str:
    return " ".join(text.split()).casefold()


COLUMNS = {fold(label): columns.split() for label, columns in LABELS.items()}
LONGEST_FIRST = sorted(LABELS, key=len, reverse=True)
ANY_LABEL = "|".join(re.escape(label) for label in LONGEST_FIRST)
GLUED = re.compile(rf"({ANY_LABEL})(.*)")
GARBLED = re.compile("Ã[\x80-\xbf„…–]|â€")
LABEL_WORD = re.compile(rf"(?<!\w)({ANY_LABEL})(?!\w)")


# --------------------------------------------------------------------------------------
# Cutting a page
# --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """A label and its value as printed; `section` is the heading line above it, if any."""

    label: str
    value: str
    section: str = ""

    @property
    def columns(self) -> list[str]:
        return COLUMNS.get(fold(self.label), [])


@dataclass(frozen=True)
class Page:
    """A page in its parts: text = lead + block of pairs + tail. No pairs: it was not cut."""

    layout: str
    text: str
    style: str = "whole"
    lead: str = ""
    pairs: tuple[Pair, ...] = ()
    tail: str = ""
    other: "Page | None" = None
    gold: Gold = field(default_factory=dict)

    @property
    def before(self) -> list[str]:
        """The lines of chrome that stand above the title."""
        return filled(self.lead)[:-1]

    @property
    def title(self) -> str:
        """The title line as printed."""
        return (filled(self.lead) or [""])[-1]

    @property
    def after(self) -> list[str]:
        """The lines below the pairs."""
        return self.tail.strip("\n").split("\n")

    @property
    def mark(self) -> str:
        """What the family prints behind a label."""
        return "" if self.style in {"glued", "lines"} else ":"


Block = tuple[int, int, list[Pair]]


def filled(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def is_label(line: str) -> bool:
    return fold(line) in COLUMNS


def is_heading(line: str) -> bool:
    return fold(line).removesuffix(":") in HEADINGS


def read_page(text: str, layout: str) -> Page:
    """Cut a page of a known family; a page that cannot be cut keeps its text only."""
    if layout == "inline-2007":
        return read_inline(text, layout)
    lines = text.split("\n")
    for style in STYLES.get(layout, ()):
        start, stop, pairs = READERS[style](lines)
        if pairs:
            lead = "\n".join(lines[:start]) + "\n"
            tail = "\n" + "\n".join(lines[stop:])
            return Page(layout, text, style, lead, tuple(pairs), tail)
    return Page(layout, text)


def block_end(lines: Sequence[str], names: Sequence[str], start: int) -> int:
    """The first heading, or blank line that no label follows, from `start` on."""
    for i in range(start, len(lines)):
        following = next((j for j in range(i, len(lines)) if lines[j].strip()), None)
        if is_heading(lines[i]) or following is None:
            return i
        if following > i and not is_label(names[following]):
            return i
    return len(lines)


def read_glued(lines: Sequence[str]) -> Block:
    """`ProjektfasGenomförande`: from two label lines on end as long as labels begin lines."""
    found = [GLUED.match(line) for line in lines]
    start = next((i for i in range(len(lines) - 1) if found[i] and found[i + 1]), len(lines))
    pairs: list[Pair] = []
    for match in found[start:]:
        if match is None:
            break
        pairs.append(Pair(match[1], match[2].rstrip()))
    return start, start + len(pairs), pairs


def read_stacked(lines: Sequence[str], mark: str) -> Block:
    """A label line, then its value lines, up to a blank line."""
    names = [
        line.strip().removesuffix(mark) if line.strip().endswith(mark) else "" for line in lines
    ]
    start = next((i for i, name in enumerate(names) if is_label(name)), len(lines))
    stop = block_end(lines, names, start)
    pairs: list[Pair] = []
    for i in range(start, stop):
        if is_label(names[i]):
            pairs.append(Pair(names[i], ""))
        else:
            value = f"{pairs[-1].value}\n{lines[i].strip()}".strip()
            pairs[-1] = replace(pairs[-1], value=value)
    return start, stop, pairs


def read_colon(lines: Sequence[str]) -> Block:
    return read_stacked(lines, ":")


def read_bare(lines: Sequence[str]) -> Block:
    return read_stacked(lines, "")


def read_keyed(lines: Sequence[str]) -> Block:
    """`label: value` lines, perhaps under section lines, up to a line of another kind."""
    start = next((i for i in range(len(lines)) if keyed(lines[i])), len(lines))
    if start and fold(lines[start - 1]) in SECTIONS:
        start -= 1
    pairs: list[Pair] = []
    section, stop = "", start
    for i in range(start, len(lines)):
        pair = keyed(lines[i])
        if pair:
            pairs.append(replace(pair, section=section))
            section, stop = "", i + 1
        elif fold(lines[i]) in SECTIONS:
            section = lines[i].strip()
        else:
            break
    return start, stop, pairs


def keyed(line: str) -> Pair | None:
    label, colon, value = line.partition(":")
    return Pair(label.strip(), value.strip()) if colon and is_label(label) else None


def read_inline(text: str, layout: str) -> Page:
    """One line: each label counts once; the last value ends where prose starts."""
    marks: dict[str, re.Match[str]] = {}
    for match in re.finditer(rf"(?<!\w)({ANY_LABEL}):", text):
        marks.setdefault(match[1], match)
    if not marks:
        return Page(layout, text)
    places = sorted(marks.values(), key=lambda match: match.start())
    stops = [match.start() for match in places[1:]] + [inline_end(text, places[-1].end())]
    pairs = [
        Pair(match[1], text[match.end() : stop].strip())
        for match, stop in zip(places, stops, strict=True)
    ]
    lead, tail = text[: places[0].start()], text[stops[-1] :]
    return Page(layout, text, "inline", lead, tuple(pairs), tail)


def inline_end(text: str, start: int) -> int:
    """The end of the last value on the line: a region's name, or else the first heading."""
    names = "|".join(map(re.escape, REGION_NAMES))
    region = re.compile(rf"\s*(?:{names})(?!\w)").match(text, start)
    heading = re.compile(r" (?:Sammanfattning|Bakgrund)(?!\w)").search(text, start)
    if region:
        return region.end()
    return heading.start() if heading else len(text)


READERS: dict[str, Callable[[Sequence[str]], Block]] = {
    "glued": read_glued,
    "colon": read_colon,
    "lines": read_bare,
    "keyed": read_keyed,
}
STYLES: dict[str, tuple[str, ...]] = {
    "esf-2007-glued": ("glued",),
    "esf-2014-lines": ("lines",),
    "esf-2014-colon": ("colon",),
    "esf-fond": ("colon",),
    "esf-alpha": ("colon",),
    "esf-plus": ("colon",),
    "esf-call": ("colon", "lines"),
    "esf-call-partial": ("colon", "lines"),
    "esf-call-plus": ("colon",),
    "kohesio": ("keyed",),
    "county-examples": ("keyed",),
}

# --------------------------------------------------------------------------------------
# Putting it together again: plain text
# --------------------------------------------------------------------------------------


def block_lines(style: str, pairs: Iterable[Pair]) -> Iterator[str]:
    """The pairs as the family prints them."""
    for pair in pairs:
        if pair.section:
            yield pair.section
        if style == "glued":
            yield pair.label + pair.value
        elif style in {"inline", "keyed"}:
            yield f"{pair.label}: {pair.value}".rstrip()
        else:
            yield pair.label + (":" if style == "colon" else "")
            yield from pair.value.split("\n") if pair.value else ()


def in_style(page: Page, pairs: Iterable[Pair]) -> str:
    joint = " " if page.style == "inline" else "\n"
    return page.lead + joint.join(block_lines(page.style, pairs)) + page.tail


def restyled(page: Page, print_pair: Callable[[Pair], str], title: str | None = None) -> str:
    """The page line by line with each pair printed in another way."""
    lines = [*page.before, "", page.title if title is None else title, ""]
    for pair in page.pairs:
        lines += [pair.section] if pair.section else []
        lines.append(print_pair(flat(pair)))
    return "\n".join([*lines, "", *page.after]) + "\n"


def flat(pair: Pair) -> Pair:
    return replace(pair, value=" ".join(pair.value.split()))


def has_heading(page: Page) -> bool:
    first = next((line.strip() for line in page.after if line.strip()), "")
    return is_heading(first) or first == "In English"


def open_ended(page: Page) -> bool:
    """No reader could tell where the last value ends once the blank line below it is gone."""
    last = page.pairs[-1]
    return ("+" in last.columns or not last.value) and not has_heading(page)


def with_heading(page: Page) -> Page:
    return replace(page, tail="\nSammanfattning\n" + page.tail) if open_ended(page) else page


def print_blank_lines(page: Page) -> str:
    """Blank lines everywhere: only a heading can then part an open value from the prose."""
    return restyled(with_heading(page), lambda p: f"{p.label}{page.mark}\n\n{p.value}\n")


def print_one_line(page: Page) -> str:
    """Title, pairs with colons, prose; chrome lines are gone."""
    page = with_heading(page)
    prose = [line for line in page.after if line.strip() != "In English"]
    pairs = [f"{pair.label}: {pair.value}" for pair in page.pairs]
    return " ".join(" ".join([page.title, *pairs, *prose]).split()) + "\n"


def print_padded(page: Page) -> str:
    width = max(len(pair.label) for pair in page.pairs) + 6
    return restyled(page, lambda pair: f"{pair.label:{width}}{pair.value}".rstrip())


def print_wrapped(page: Page) -> str:
    return in_style(page, [replace(p, value=wrap(p.value)) for p in page.pairs])


def wrap(value: str) -> str:
    """Two lines, broken at the blank nearest to column 40 that starts no line like a label."""
    blanks = [m.start() for m in re.finditer(" ", value) if not GLUED.match(value, m.end())]
    if len(value) <= 40 or not blanks:
        return value
    middle = min(blanks, key=lambda i: abs(i - 40))
    return value[:middle] + "\n" + value[middle + 1 :]


def emptied(page: Page, rng: random.Random) -> list[Pair]:
    odd = rng.randrange(2)
    return [replace(p, value="") if i % 2 == odd else p for i, p in enumerate(page.pairs)]


def shuffled(page: Page, rng: random.Random) -> list[Pair]:
    pairs = list(page.pairs)
    rng.shuffle(pairs)
    return pairs


def capital_pairs(page: Page) -> list[Pair]:
    return [replace(pair, label=pair.label.upper()) for pair in page.pairs]


def spoil_labels(page: Page, rng: random.Random, character: str) -> str:
    """An invisible character inside two labels."""
    chosen = set(rng.sample(range(len(page.pairs)), min(2, len(page.pairs))))
    return in_style(
        page,
        [
            replace(p, label=spoil(p.label, rng, character)) if i in chosen else p
            for i, p in enumerate(page.pairs)
        ],
    )


def spoil(label: str, rng: random.Random, character: str) -> str:
    place = rng.randrange(1, len(label))
    return label[:place] + character + label[place:]


def print_bullets(page: Page, rng: random.Random) -> str:
    bullet = rng.choice(["•", "-", "*"])
    return restyled(page, lambda pair: f"{bullet} {pair.label}: {pair.value}".rstrip())


def print_markdown_list(page: Page, rng: random.Random) -> str:
    bullet = rng.choice(["-", "*"])
    prose = [f"## {line}" if is_heading(line) else line for line in page.after]
    page = replace(page, tail="\n" + "\n".join(prose))
    return restyled(
        page, lambda p: f"{bullet} {p.label}: {p.value}".rstrip(), f"# {page.title}"
    )


def print_markdown_table(page: Page) -> str:
    rows = [flat(pair) for pair in page.pairs]
    table = ["| Fält | Värde |", "| --- | --- |"]
    table += [f"| {p.label} | {p.value.replace('|', chr(92) + '|')} |" for p in rows]
    return "\n".join([*page.before, "", f"# {page.title}", "", *table, "", *page.after]) + "\n"


def print_quoted(page: Page) -> str:
    text = restyled(page, lambda pair: f"{pair.label}: {pair.value}".rstrip())
    return "".join(f"> {line}".rstrip() + "\n" for line in text.rstrip("\n").split("\n"))


# --------------------------------------------------------------------------------------
# Putting it together again: HTML
# --------------------------------------------------------------------------------------

FRAME = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title} - Svenska ESF-rådet</title>
<link rel="canonical" href="https://www.esf.example/projektbank/projekt-4711/">
<style>.menu a {{ color: #036; }} .row:before {{ content: "Region:"; }}</style>
<script>var page = {{"Region": "Alla", "Total projektbudget": "1 000 000 kr"}};</script>
</head>
<body>
<header><a href="/">Till startsidan</a></header>
<nav class="menu"><ul><li><a href="/a">Våra fonder</a></li><li><a href="/b">Utlysningar</a></li>
<li><a href="/c">Projektbanken</a></li><li><a href="/d">Om ESF-rådet</a></li></ul></nav>
<div class="cookies"><p>Vi använder kakor för att webbplatsen ska fungera.</p>
<button>Jag förstår</button></div>
<main>
{main}
</main>
<footer><p>Svenska ESF-rådet, Box 397, 831 25 Östersund</p>
<ul><li><a href="/e">Tillgänglighet</a></li><li><a href="/f">In English</a></li></ul></footer>
<script src="/app.js"></script>
</body>
</html>
"""


def escaped(value: str) -> str:
    """Text for HTML, with no-break spaces in figures as the real pages have them."""
    return re.sub(r"(?<=\d) (?=\d|kr\b)", "&nbsp;", html.escape(value, quote=False))


def html_main(page: Page, pairs: str) -> str:
    before = [f"<p>{html.escape(line, quote=False)}</p>" for line in page.before]
    title = f"<h1>{html.escape(page.title, quote=False)}</h1>"
    return "\n".join([*before, title, pairs, *html_prose(page)])


def html_prose(page: Page) -> Iterator[str]:
    for line in filter(str.strip, page.after):
        tag = "h2" if is_heading(line) else "p"
        yield f"<{tag}>{html.escape(line.strip(), quote=False)}</{tag}>"


def html_body(page: Page, pairs: str) -> str:
    return f"<html><body>\n{html_main(page, pairs)}\n</body></html>\n"


def html_rows(page: Page, row: str, outer: str = "{}", mark: str | None = None) -> str:
    """Each pair through a template with {label} and {value}, all of them inside `outer`."""
    mark = page.mark if mark is None else mark
    rows = [
        row.format(label=html.escape(p.label, quote=False) + mark, value=escaped(p.value))
        for p in map(flat, page.pairs)
    ]
    return outer.format("\n".join(rows))


def html_list(page: Page) -> str:
    return html_rows(page, "<dt>{label}</dt><dd>{value}</dd>", '<dl class="facts">\n{}\n</dl>')


def print_table(page: Page, rng: random.Random) -> str:
    head = rng.choice(["th", "td"])
    row = f"<tr><{head}>{{label}}</{head}><td>{{value}}</td></tr>"
    return html_body(page, html_rows(page, row, "<table>\n{}\n</table>"))


def print_glued_spans(page: Page, rng: random.Random) -> str:
    tag, outer = rng.choice([("li", "<ul>\n{}\n</ul>"), ("div", "<div>\n{}\n</div>")])
    row = f"<{tag}><span>{{label}}</span><span>{{value}}</span></{tag}>"
    return html_body(page, html_rows(page, row, outer, mark=""))


def print_div_pairs(page: Page) -> str:
    row = '<div class="row"><div class="label">{label}</div><div>{value}</div></div>'
    return html_body(page, html_rows(page, row))


def print_span_pairs(page: Page) -> str:
    row = '<div><span class="label">{label}</span> <span>{value}</span></div>'
    return html_body(page, html_rows(page, row))


def print_bold_breaks(page: Page) -> str:
    row = "<b>{label}</b> {value}<br>"
    return html_body(page, html_rows(page, row, "<p>\n{}\n</p>", mark=":"))


def print_full(page: Page) -> str:
    title = html.escape(page.title, quote=False)
    return FRAME.format(title=title, main=html_main(page, html_list(page)))


def print_split_figures(page: Page) -> str:
    rows = [
        f"<dt>{html.escape(p.label, quote=False)}{page.mark}</dt><dd>{split_figure(p)}</dd>"
        for p in map(flat, page.pairs)
    ]
    return html_body(page, "<dl>\n" + "\n".join(rows) + "\n</dl>")


def split_figure(pair: Pair) -> str:
    """`5 800 000 kr` over three spans without a blank between them."""
    match = AMOUNT.fullmatch(pair.value) if is_money(pair) else None
    if match is None:
        return escaped(pair.value)
    parts = [match[1], match[2].strip().replace(" ", "&nbsp;"), match[3] or ""]
    return "".join(f"<span>{part}</span>" for part in parts if part)


def is_money(pair: Pair) -> bool:
    return any(column.endswith(("_sek", "_eur")) for column in pair.columns)


# --------------------------------------------------------------------------------------
# Bytes
# --------------------------------------------------------------------------------------

LOSSY = {
    "windows1252": "cp1252",
    "mac_roman": "mac_roman",
    "cp850": "cp850",
}
SUBSTITUTES = {
    **dict.fromkeys("–—−‐‑", "-"),
    **dict.fromkeys("’‘", "'"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("\u202f\u2009", " "),
    "…": "...",
    "•": "*",
    "→": "-",
    "€": "EUR",
}


def fit(text: str, codec: str) -> str:
    """The text as an old encoding can hold it."""
    return "".join(fit_character(char, codec) for char in text)


def fit_character(char: str, codec: str) -> str:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return SUBSTITUTES.get(char, "?")
    return char


def encode_twice(text: str) -> bytes:
    """UTF-8 taken for Windows-1252 and saved as UTF-8; the five holes of 1252 become C1."""
    return "".join(map(read_as_1252, text.encode())).encode()


def read_as_1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def space_figures(text: str, blank: str) -> str:
    return re.sub(r"(?<=\d) (?=\d|kr\b|kronor\b|€)", blank, text)


def trail(text: str, rng: random.Random) -> str:
    return "\n".join(line + " " * rng.randrange(4) for line in text.split("\n"))


def with_other(page: Page, between: str) -> str:
    other = page.other or page
    return page.text.rstrip() + between + other.text.lstrip()


def whole(change: Callable[[str], str]) -> Mangling:
    """A mangling of the text as it stands."""
    return lambda page, _rng: change(page.text).encode()


def parts(change: Callable[[Page], str]) -> Mangling:
    """A mangling that prints the parts of the page anew."""
    return lambda page, _rng: change(page).encode()


def dicey(change: Callable[[Page, random.Random], str]) -> Mangling:
    """A mangling that prints the parts anew and leaves something to chance."""
    return lambda page, rng: change(page, rng).encode()


def line_by_line(template: str) -> Mangling:
    """A mangling that prints every pair through a template with {0} label and {1} value."""
    return parts(
        lambda page: restyled(page, lambda p: template.format(p.label, p.value).rstrip())
    )


def encoded(codec: str) -> Mangling:
    return lambda page, _rng: fit(page.text, codec).encode(codec)


BYTE_LEVEL: dict[str, Mangling] = {
    "original": whole(str),
    "crlf": whole(lambda text: text.replace("\n", "\r\n")),
    "cr": whole(lambda text: text.replace("\n", "\r")),
    "bom": whole(lambda text: "\ufeff" + text),
    "utf16": lambda page, _rng: ("\ufeff" + page.text).encode("utf-16-le"),
    "utf16be": lambda page, _rng: ("\ufeff" + page.text).encode("utf-16-be"),
    **{name: encoded(codec) for name, codec in LOSSY.items()},
    "double_encoded": lambda page, _rng: encode_twice(page.text),
    "nfd": whole(lambda text: unicodedata.normalize("NFD", text)),
    "trailing_spaces": dicey(lambda page, rng: trail(page.text, rng)),
}
TEXT_LEVEL: dict[str, Mangling] = {
    "nbsp": whole(lambda text: space_figures(text, "\u00a0")),
    "thin": whole(lambda text: space_figures(text, "\u202f")),
    "form_feed": parts(lambda page: with_other(page, "\n\f")),
}
STRUCTURAL: dict[str, Mangling] = {
    "html_dl": parts(lambda page: html_body(page, html_list(page))),
    "html_table": dicey(print_table),
    "html_div_pairs": parts(print_div_pairs),
    "html_span_pairs": parts(print_span_pairs),
    "html_spans_glued": dicey(print_glued_spans),
    "html_bold_br": parts(print_bold_breaks),
    "html_full": parts(print_full),
    "html_figures_split": parts(print_split_figures),
    "markdown_bold": line_by_line("**{0}:** {1}"),
    "markdown_table": parts(print_markdown_table),
    "markdown_heading": dicey(print_markdown_list),
    "bullets": dicey(print_bullets),
    "colon_inline": line_by_line("{0}: {1}"),
    "tabs": line_by_line("{0}\t{1}"),
    "padding": line_by_line("{0} :   {1}"),
    "wide_padding": parts(print_padded),
    "blank_lines": parts(print_blank_lines),
    "label_lines": parts(
        lambda page: restyled(page, lambda p: f"{p.label}\n{p.value}".rstrip())
    ),
    "one_line_colon": parts(print_one_line),
    "one_line_plain": parts(lambda page: " ".join(page.text.split()) + "\n"),
    "capitals": parts(lambda page: in_style(page, capital_pairs(page))),
    "shuffled": dicey(lambda page, rng: in_style(page, shuffled(page, rng))),
    "half_empty": dicey(lambda page, rng: in_style(page, emptied(page, rng))),
    "wrapped": parts(print_wrapped),
    "two_records": parts(lambda page: with_other(page, "\n\n")),
    "soft_hyphen": dicey(lambda page, rng: spoil_labels(page, rng, "\u00ad")),
    "zero_width": dicey(lambda page, rng: spoil_labels(page, rng, "\u200b")),
    "digits_lost": parts(lambda page: re.sub(r"\d", "", page.text)),
    "quoted": parts(print_quoted),
}
MANGLINGS: dict[str, Mangling] = {**BYTE_LEVEL, **TEXT_LEVEL, **STRUCTURAL}


def suffix(name: str) -> str:
    return {"html": ".html", "markdown": ".md"}.get(name.partition("_")[0], ".txt")


def applies(name: str, page: Page) -> bool:
    """Whether a mangling can be done to this page, and changes anything that it is about."""
    if name in {"two_records", "form_feed"}:
        cut = page.other is not None and page.pairs and page.other.pairs
        return bool(cut) or (name == "form_feed" and page.other is not None)
    if name in BYTE_LEVEL or name in TEXT_LEVEL:
        return True
    if name == "wrapped":
        return any(wrap(pair.value) != pair.value for pair in page.pairs)
    if name == "html_figures_split":
        return any("<span>" in split_figure(pair) for pair in page.pairs)
    return bool(page.pairs)


# --------------------------------------------------------------------------------------
# The truth that survives
# --------------------------------------------------------------------------------------

DIGITS = {  # columns whose value stands or falls with its digits
    *("project_number", "call_number", "period_start", "period_end", "published", "phone"),
    *("postal_code", "owner_org_number", "programme_cci", "intervention_code"),
    *("programme_area", "specific_objective"),
}
DERIVED = {"programme_period", "programme_area_name", "intervention_name", "owner_unit"}


def expected(gold: Gold, mangling: str, page: Page, rng: random.Random) -> Gold | list[Gold]:
    """What the mangled copy still says. Columns left out cannot be told and are not scored."""
    if mangling in {"two_records", "form_feed"} and page.other is not None:
        return [without(gold, RETOLD), without(page.other.gold, RETOLD)]
    if mangling in BYTE_LEVEL or mangling in TEXT_LEVEL:
        codec = LOSSY.get(mangling)
        return without(refitted(gold, codec) if codec else gold, set())
    if mangling in TRUTHS:
        gold = TRUTHS[mangling](gold, page, rng)
    return without(gold, RETOLD)


def without(gold: Gold, columns: Iterable[str]) -> Gold:
    dropped = VOLATILE.union(columns)
    return {column: value for column, value in gold.items() if column not in dropped}


def refitted(value: Any, codec: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The same gold, each string as the old encoding can hold it."""
    if isinstance(value, str):
        return fit(value, codec)
    if isinstance(value, list):
        return [refitted(item, codec) for item in value]
    if isinstance(value, dict):
        return {key: refitted(item, codec) for key, item in value.items()}
    return value


def half_empty_truth(gold: Gold, page: Page, rng: random.Random) -> Gold:
    """Null where every pair that stated the column was emptied; left out where in doubt."""
    kept = [pair for pair in emptied(page, rng) if pair.value]
    lost = {
        column
        for column, value in gold.items()
        if states(page.pairs, column, value) and not states(kept, column, value)
    }
    truth = {column: None if column in lost else value for column, value in gold.items()}
    truth |= {column: gold[column] for column in lost if on_title_line(page, column)}
    return without(truth, doubtful(lost, kept) | unnamed(page, lost))


def states(pairs: Iterable[Pair], column: str, value: object) -> bool:
    return any(column in pair.columns and speaks(pair, column, value) for pair in pairs)


def speaks(pair: Pair, column: str, value: object) -> bool:
    """Whether the pair states this value: some labels print one column or another."""
    if column in {"project_number", "call_number"}:
        return str(value) in pair.value
    if fold(pair.label) == "programområde" and column == "specific_objective":
        return re.match(r"\S*\d\.\d", pair.value) is not None
    return bool(pair.value)


def on_title_line(page: Page, column: str) -> bool:
    if column not in {"project_number", "call_number", "title"}:
        return False
    return fold(str(page.gold.get(column))) in fold(page.title)


def unnamed(page: Page, lost: set[str]) -> set[str]:
    """The title, where only its label is lost and the title line says something else."""
    return {"title"} if "title" in lost and not on_title_line(page, "title") else set()


def doubtful(lost: set[str], kept: Sequence[Pair]) -> set[str]:
    """Columns that another column may or may not be read for."""
    names = {fold(pair.label) for pair in kept}
    doubts = {"programme_period", "fund"} & (lost | {"programme_period"})
    if "nuts-2 kod" in names and "region" in lost:
        doubts |= {"region", "region_code"}
    if "specifikt mål" in names:
        doubts |= {"programme_area", "programme_area_name"} & lost
    if "esf_share" in lost or {"total_budget_sek", "esf_support_sek"} & lost:
        doubts |= {"esf_share"}
    return doubts


def digits_lost_truth(gold: Gold, page: Page, _rng: random.Random) -> Gold:
    """Null for what needs digits; text that held digits cannot be told; the rest stays."""
    truth: Gold = {}
    for column, value in gold.items():
        if needs_digits(column, value):
            truth[column] = None
        elif not has_digits(value) or column == "region_code":
            truth[column] = value
    named = any("title" in pair.columns and pair.value for pair in page.pairs)
    retitled = {"title"} if has_digits(page.title) and not named else set()
    lists = {"participant_targets", "actors", "actors_count", "evaluation_reports"}
    return without(truth, DERIVED | retitled | lists)


def has_digits(value: object) -> bool:
    return re.search(r"\d", json.dumps(value, ensure_ascii=False)) is not None


def needs_digits(column: str, value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number or column.endswith("_eur") or (column in DIGITS and has_digits(value))


def one_line_truth(gold: Gold, _page: Page, _rng: random.Random) -> Gold:
    """Lists in the prose are gone with their lines."""
    return without(gold, PROSE)


def plain_line_truth(gold: Gold, page: Page, _rng: random.Random) -> Gold:
    """Also lost: titles behind unknown chrome, and values that nothing parts from others."""
    hidden = set(PROSE)
    if not TITLE_NUMBER.match(page.title) and not set(page.before) <= CHROME:
        hidden.add("title")
    if open_ended(page):
        hidden |= set(page.pairs[-1].columns)
    if page.style in {"lines", "glued"} and LABEL_WORD.search(page.title):
        hidden.add("title")
    if page.style == "lines":
        hidden |= ambiguous(page)
    return without(gold, hidden)


def ambiguous(page: Page) -> set[str]:
    """Columns of values that hold a label's word, and of the label that they imitate."""
    columns: set[str] = set()
    for own, text in [([], page.title), *((pair.columns, pair.value) for pair in page.pairs)]:
        for match in LABEL_WORD.finditer(text):
            columns |= {*own, *COLUMNS[fold(match[1])]}
    return columns


TRUTHS: dict[str, Callable[[Gold, Page, random.Random], Gold]] = {
    "half_empty": half_empty_truth,
    "digits_lost": digits_lost_truth,
    "one_line_colon": one_line_truth,
    "one_line_plain": plain_line_truth,
}

# --------------------------------------------------------------------------------------
# Folders of pages
# --------------------------------------------------------------------------------------

SEEDS = {
    "000": "esf-2014-colon",
    "001": "esf-2014-lines",
    "002": "practice",
    "003": "esf-2007-glued",
    "004": "esf-2014-colon",
}


@dataclass(frozen=True)
class Case:
    """A page with the truth about it: one record, several, or `{"kind": "none"}`."""

    name: str
    page: Page
    gold: Gold | list[Gold]

    @property
    def single(self) -> bool:
        """One record is expected and the page's family is known."""
        known = self.page.layout in STYLES or self.page.layout in {"inline-2007", "practice"}
        listed = isinstance(self.gold, list) or self.gold.get("kind") == "none"
        return known and not listed and not self.garbled

    @property
    def garbled(self) -> bool:
        """The page is itself a double-encoded copy: nothing more can be done to it."""
        return GARBLED.search(self.page.text) is not None


@dataclass(frozen=True)
class Copy:
    """A mangled page as bytes, the name of its file, and what it still says."""

    name: str
    data: bytes
    gold: Gold | list[Gold]


def read_cases(folder: Path) -> list[Case]:
    """All pages below a folder that have a gold file, each with a neighbour."""
    cases = [read_case(path) for path in sorted(folder.rglob("*.gold.json"))]
    return [
        replace(case, page=replace(case.page, other=neighbour(cases, case))) for case in cases
    ]


def read_case(path: Path) -> Case:
    gold = json.loads(path.read_text(encoding="utf-8"))
    name = path.name.removesuffix(".gold.json")
    layout = SEEDS.get(name[:3], path.parent.name) if path.parent.name == "seeds" else None
    page = read_page(read_text(path.with_name(name + ".txt")), layout or path.parent.name)
    return Case(name, replace(page, gold=gold if isinstance(gold, dict) else {}), gold)


def read_text(path: Path) -> str:
    """The text of a page; one that is not UTF-8 is Windows-1252."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def neighbour(cases: Sequence[Case], case: Case) -> Page | None:
    """The next page with one record, of the same family where there is one."""
    if not case.single:
        return None
    place = cases.index(case)
    others = [other for other in [*cases[place + 1 :], *cases[:place]] if other.single]
    alike = [other for other in others if other.page.layout == case.page.layout]
    return next((other.page for other in alike + others), None)


def copies(cases: Iterable[Case], name: str, seed: int) -> Iterator[Copy]:
    """One mangling of every page that it applies to."""
    for case in cases:
        if not (case.single and applies(name, case.page)) and not byte_level(name, case):
            continue
        path = f"{case.page.layout}/{case.name}"
        data = MANGLINGS[name](case.page, dice(seed, name, path))
        yield Copy(path + suffix(name), data, truth_of(case, name, dice(seed, name, path)))


def byte_level(name: str, case: Case) -> bool:
    """Pages without a record, or with several, are only encoded anew."""
    return name == "original" or (name in BYTE_LEVEL and not case.garbled)


def dice(seed: int, name: str, path: str) -> random.Random:
    return random.Random(f"{seed} {name} {path}")  # noqa: S311 - repeatable, not secret


def truth_of(case: Case, name: str, rng: random.Random) -> Gold | list[Gold]:
    if not isinstance(case.gold, list):
        return expected(case.gold, name, case.page, rng)
    codec = LOSSY.get(name)
    return [without(refitted(gold, codec) if codec else gold, set()) for gold in case.gold]


def mangle_all(folder: Path, out: Path, seed: int = 1, only: Sequence[str] = ()) -> None:
    """Write `out/<mangling>/<layout>/<name>.<suffix>` with its gold for every page."""
    cases = read_cases(folder)
    for name in only or MANGLINGS:
        for copy in copies(cases, name, seed):
            path = out / name / copy.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(copy.data)
            gold = json.dumps(copy.gold, ensure_ascii=False, indent=1)
            path.with_suffix(".gold.json").write_text(gold, encoding="utf-8")


# --------------------------------------------------------------------------------------
# The score
# --------------------------------------------------------------------------------------


def plain(value: object) -> object:
    """A value as a reader would call it the same: blanks and the kind of number level out."""
    if isinstance(value, str):
        return re.sub(r"\s+", " ", value).strip()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return round(float(value), 4)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return (
        {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value
    )


def as_number(value: object) -> object:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value


def strip_from(characters: str) -> Callable[[object], object]:
    table = str.maketrans("", "", characters)
    return lambda value: value.translate(table) if isinstance(value, str) else value


def as_targets(value: object) -> object:
    keys = ("label", "total", "women", "men")
    items = value if isinstance(value, list) else []
    return [{key: item.get(key) for key in keys} for item in items]


def as_day(value: object) -> object:
    return value[:10] if isinstance(value, str) else value


def as_folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


LEVELLERS: dict[str, Callable[[object], object]] = {
    "total_budget_sek": as_number,
    "esf_support_sek": as_number,
    "call_amount_sek": as_number,
    "total_budget_eur": as_number,
    "esf_support_eur": as_number,
    "postal_code": strip_from(" "),
    "owner_org_number": strip_from("-"),
    "participant_targets": as_targets,
    "published": as_day,
    "programme_area": as_folded,
}


def verdict(column: str, want: object, got: object) -> str:
    """`right`, `missing`, `wrong` or `invented`."""
    level = LEVELLERS.get(column, plain)
    if plain(level(want)) == plain(level(got)):
        return "right"
    if got in (None, [], ""):
        return "missing" if want not in (None, [], "") else "right"
    return "invented" if want in (None, [], "") else "wrong"


@dataclass
class Tally:
    """Counts of one mangling, and its failures in words."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    failures: list[str] = field(default_factory=list)

    @property
    def right_share(self) -> float:
        fields = sum(self.counts[key] for key in ("right", "missing", "wrong", "invented"))
        return self.counts["right"] / fields if fields else 1.0

    def note(self, kind: str, where: str) -> None:
        self.counts[kind] += 1
        if kind != "right":
            self.failures.append(f"{kind}: {where}")

    def judge(self, name: str, gold: Gold | list[Gold], records: Sequence[Gold]) -> None:
        """Compare the records of one document with what it says."""
        self.counts["documents"] += 1
        if isinstance(gold, dict) and gold.get("kind") == "none":
            for record in records:
                if record.get("kind") == "project":
                    self.note("false", f"{name}: a project out of a page that is none")
            return
        golds = gold if isinstance(gold, list) else [gold]
        for place, want in enumerate(golds):
            self.judge_record(name, want, records[place] if place < len(records) else None)
        for record in records[len(golds) :]:
            self.note("false", f"{name}: one more record, {record.get('title')!r}")

    def judge_record(self, name: str, gold: Gold, record: Gold | None) -> None:
        if record is None:
            self.note("missed", name)
        found = dict(record or {})
        found["actors_count"] = len(found.get("actors") or [])
        for column, want in gold.items():
            got = found.get(column)
            kind = verdict(column, want, got)
            if record is None:
                self.counts["right" if want is None else "missing"] += 1
            else:
                self.note(kind, f"{name}: {column}: want {want!r}, got {got!r}")


def score(out: Path, program: str) -> dict[str, Tally]:
    """One tally for each mangling folder below `out`."""
    names = sorted((path.name for path in out.iterdir() if path.is_dir()), key=rank)
    return {name: score_folder(out / name, program) for name in names}


def rank(name: str) -> int:
    return list(MANGLINGS).index(name) if name in MANGLINGS else len(MANGLINGS)


def score_folder(folder: Path, program: str) -> Tally:
    found: dict[str, list[Gold]] = defaultdict(list)
    for record in ingest(folder, program):
        found["/".join(Path(str(record.get("source_path"))).parts[-2:])].append(record)
    tally = Tally()
    for path in sorted(folder.rglob("*.gold.json")):
        stem = path.name.removesuffix(".gold.json")
        name = f"{path.parent.name}/{stem}{suffix(folder.name)}"
        tally.judge(name, json.loads(path.read_text(encoding="utf-8")), found[name])
    return tally


def ingest(folder: Path, program: str) -> list[Gold]:
    """The records that the program finds in a folder; none, and a word, where it fails."""
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "records.jsonl"
        command = [program, "ingest", str(folder), "-o", str(target)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if not target.exists():
            sys.stderr.write(f"{folder.name}: exit {run.returncode}\n{run.stderr[-1000:]}\n")
            return []
        lines = target.read_text(encoding="utf-8").split("\n")
        return [json.loads(line) for line in lines if line.strip()]


SHOWN = ("missing", "wrong", "invented", "missed", "false")


def print_table_of(tallies: dict[str, Tally], show: int) -> None:
    columns = "".join(f"{key:>10}" for key in SHOWN)
    sys.stdout.write(f"{'mangling':20}{'documents':>10}{'right':>9}{columns}\n")
    for name, tally in tallies.items():
        figures = "".join(f"{tally.counts[key]:>10}" for key in SHOWN)
        share = f"{tally.right_share:.4f}"
        sys.stdout.write(f"{name:20}{tally.counts['documents']:>10}{share:>9}{figures}\n")
    for name, tally in tallies.items():
        for failure in tally.failures[:show]:
            sys.stdout.write(f"{name}: {failure}\n")


def main() -> int:
    root = Path(__file__).parents[1]
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, help="keep the copies here")
    parser.add_argument("--only", default="", help="names of manglings, with commas")
    parser.add_argument("--show", type=int, default=3, help="failures to print for each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--esfkit", default=str(root / ".venv" / "bin" / "esfkit"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        out = options.out or Path(scratch)
        for folder in options.folders:
            mangle_all(folder, out, options.seed, [n for n in options.only.split(",") if n])
        tallies = score(out, options.esfkit)
    print_table_of(tallies, options.show)
    return int(any(tally.failures for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
