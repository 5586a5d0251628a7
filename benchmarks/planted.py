"""The pages of a crawl that matter: records in several forms, decoys, and their markup."""

import html
import random
from collections.abc import Callable, Iterator
from html.entities import codepoint2name
from itertools import chain, repeat
from typing import Literal, NamedTuple

from corpus import Family, Page, pages

Form = Literal["colon", "few", "colon-line", "lines", "glued", "one-line"]
_FIRST_LOT, _LOT = 20, 1_000
"""So many pages of a form are made at a time; their numbers begin again in each lot."""

_FAMILIES: dict[Form, tuple[Family, float]] = {
    "colon": ("colon", 0.0),
    "few": ("colon", 0.125),
    "colon-line": ("colon", 0.125),
    "lines": ("colon", 0.0),
    "glued": ("glued", 0.0),
    "one-line": ("glued", 0.0),
}
"""Form → whose labels it prints, and the share of them that it leaves out."""

FORMS: tuple[Form, ...] = tuple(_FAMILIES)

_MENU = "Hoppa till innehållet\nMeny\nSök\nStart\nOm oss\n\n"
_FOOT = "\n\nKontakta oss\nTelefon: 0910-55 00 10\nE-post: info@example.org\n"


class Planted(NamedTuple):
    """A record that is hidden in a crawl.

    Attributes:
        form: How its labels stand to their values.
        above: What stands above the labels: number and name, or the name.
        truth: (field, label, value as printed), in order.
        below: Paragraphs of prose.
    """

    form: Form
    above: str
    truth: tuple[tuple[str, str, str], ...]
    below: tuple[str, ...]


def planted(seed: int) -> Iterator[Planted]:
    """Yield records in all forms in turn, without end."""
    sources = [_of_form(form, seed) for form in FORMS]
    while True:
        for source in sources:
            yield next(source)


def _of_form(form: Form, seed: int) -> Iterator[Planted]:
    family, missing = _FAMILIES[form]
    for lot, size in enumerate(chain((_FIRST_LOT,), repeat(_LOT))):
        place = seed * 1_000_000 + lot * len(FORMS) + FORMS.index(form)
        for page in pages(family, size, (400, 8_000), seed=place, missing=missing):
            yield _cut(form, page)


def _cut(form: Form, page: Page) -> Planted:
    above = page.text[: page.header_start].strip()
    below = page.text[page.header_end :].strip().split("\n\n")
    return Planted(form, above, page.truth, tuple(below))


# --- decoys -----------------------------------------------------------------------------

_DECOYS = """\
Kommunen söker medel från ESF. Projektets budget är {0} 000 kronor, och projektägaren har \
organisationsnummer 212000-{0}.

I årsredovisningen står total projektbudget, beviljat stöd och projektperiod för varje \
projekt som nämnden har deltagit i sedan {1}.

Total projektbudget och Beviljat ESF-stöd framgår av beslutet, och Projektperiod står i \
bilagan. Ansökan skickades in den 3 mars {1}.

Kontaktperson: Tyra Holmsten
E-post: tyra.holmsten{0}@example.org
Telefon: 08-{0} 10

Föreningens organisationsnummer: 802400-{0}
Bankgiro: {0}-{0}
Årsmötet hålls i mars {1}.

Vi söker en projektledare till ett ESF-projekt i region Mellersta Norrland. Projektets ägare \
är samordningsförbundet och deltagarna är omkring {0}.

SVENSKA ESF-RÅDET öppnar en utlysning. Budgeten för Programområde 1 är {0} miljoner."""
"""Paragraphs that speak of projects without being a record."""


def decoy(dice: random.Random) -> list[str]:
    """Return one to three paragraphs that a word filter would take for a record."""
    chosen = dice.sample(_DECOYS.split("\n\n"), k=dice.randint(1, 3))
    return [
        words.format(dice.randint(1_000, 9_999), dice.randint(2009, 2023)) for words in chosen
    ]


# --- markup -----------------------------------------------------------------------------


class Markup(NamedTuple):
    """How a page is written.

    Attributes:
        escape: Makes running text fit for it.
        opening: A page's title → what stands before the first paragraph.
        between: What stands between two paragraphs.
        closing: What stands behind the last.
        record: A record → its whole text between opening and closing.
    """

    escape: Callable[[str], str]
    opening: Callable[[str], str]
    between: str
    closing: str
    record: Callable[[Planted], str]


def plain() -> Markup:
    """Return the markup of pages of text."""
    return Markup(str, lambda title: f"{_MENU}{title}\n\n", "\n\n", _FOOT, _plain_record)


def _plain_record(hidden: Planted) -> str:
    between, around = _PLAIN[hidden.form]
    fields = around.join(f"{label}{between}{words}" for _, label, words in hidden.truth)
    if hidden.form == "one-line":
        return " ".join((hidden.above, fields, *hidden.below))
    return "\n\n".join((hidden.above, fields, *hidden.below))


_PLAIN: dict[Form, tuple[str, str]] = {
    "colon": (":\n", "\n"),
    "few": (":\n", "\n"),
    "colon-line": (": ", "\n"),
    "lines": ("\n", "\n"),
    "glued": ("", "\n"),
    "one-line": (": ", " "),
}
"""Form → what stands between label and value, and between two fields."""

_HTML: dict[Form, tuple[str, str, str]] = {
    "colon": ("", "<p><strong>{}:</strong><br>{}</p>", ""),
    "few": ("<table>", "<tr><td><b>{}</b></td><td>{}</td></tr>", "</table>"),
    "colon-line": ("", "<div><b>{}:</b> {}</div>", ""),
    "lines": ("<dl>", "<dt>{}</dt><dd>{}</dd>", "</dl>"),
    "glued": ("<table>", "<tr><th>{}</th><td>{}</td></tr>", "</table>"),
    "one-line": ("<ul>", "<li><span>{}: </span><span>{}</span></li>", "</ul>"),
}
"""Form → before the fields, one field, and behind them."""

_ENTITIES = {code: f"&{name};" for code, name in codepoint2name.items() if code > 127}  # noqa: PLR2004 - ASCII stays
_TOP = (
    '<!DOCTYPE html>\n<html lang="sv">\n<head><meta charset="{1}"><title>{0}</title>'
    "<style>body {{ margin: 1em }}</style></head>\n<body>\n"
    '<nav><a href="/">Start</a> <a href="/om">Om oss</a></nav>\n<main><h1>{0}</h1>\n<p>'
)
_BOTTOM = (
    "</p>\n</main>\n<footer><p>Kontakta oss: info@example.org</p></footer></body></html>\n"
)


def as_html(charset: str, *, entities: bool = False) -> Markup:
    """Return the markup of HTML pages.

    Args:
        charset: What the page says of its encoding.
        entities: Whether letters outside ASCII are named, as ``&aring;``.
    """

    def escape(text: str) -> str:
        safe = html.escape(text, quote=False)
        return safe.translate(_ENTITIES) if entities else safe

    def record(hidden: Planted) -> str:
        before, one, behind = _HTML[hidden.form]
        fields = "\n".join(
            one.format(escape(label), escape(words)) for _, label, words in hidden.truth
        )
        prose = "</p>\n<p>".join(map(escape, hidden.below))
        return f"{escape(hidden.above)}</p>\n{before}{fields}{behind}\n<p>{prose}"

    return Markup(
        escape, lambda title: _TOP.format(escape(title), charset), "</p>\n<p>", _BOTTOM, record
    )
