"""Rules of the source: what a copy did to the page."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View, prose_of, quote

_KINDS: Final = ("project", "call", "practice")
_WITH_PROSE: Final = (
    "esf-2007-glued",
    "inline-2007",
    "esf-2014-lines",
    "esf-2014-colon",
    "esf-fond",
    "esf-alpha",
    "esf-plus",
)
_TWICE_ENCODED: Final = re.compile("Ã[¥¤¶…„–\x85\x84\x96©¨]|â€[“”™œ\x9d¦]|Â[\xa0»«§°·]")
_LETTER_LOST: Final = re.compile(
    r"(?<![\w./?=&%#-])[A-Za-zÅÄÖåäö]{1,30}\?[a-zåäö]{1,30}|[^\s]{0,20}\ufffd[^\s]{0,20}"
)
_BREAK_LOST: Final = re.compile(
    r"(?:(?<=[.!?:)])n{1,3}|(?<=[a-zåäö])nn)(?=[A-ZÅÄÖ][a-zåäö])|\\r?\\?n"
)
_MARKUP: Final = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|i|li|p|span|strong|table|td|tr|ul)(?:\s[^<>]{0,100})?/?>"
    r"|&(?:nbsp|amp|quot|lt|gt|#[0-9]{1,6});|\$left\b"
)
_OPEN_END: Final = re.compile(
    r"(?:\b(?:och|att|som|för|med|till|av|på|eller|samt|en|ett|den|det|de|i|är|the|and|of)"
    r"|[,(–-])\Z",
    re.IGNORECASE,
)
_LAST_WORDS: Final = 60
_AROUND: Final = 12


class _Times(NamedTuple):
    """How often a thing must be met before it is no accident."""

    times: int


def _texts(record: View) -> Iterator[tuple[str, str]]:
    for column in ("title", "owner"):
        if record.get(column):
            yield column, record[column]
    for text in prose_of(record):
        yield "sections", text


def _find_twice_encoded(record: View, _: Settings) -> Iterator[Met]:
    for column, text in _texts(record):
        found = _TWICE_ENCODED.search(text)
        if found:
            around = text[max(0, found.start() - 15) : found.end() + 15]
            yield Met(column, f"{quote(around)} was encoded twice")
            return


def _find_lost_letters(record: View, limits: _Times) -> Iterator[Met]:
    met = [
        (column, word)
        for column, text in _texts(record)
        if "?" in text or "\ufffd" in text
        for word in _LETTER_LOST.findall(text)
    ]
    if len(met) >= limits.times:
        words = ", ".join(quote(word) for _, word in met[:3])
        yield Met(met[0][0], f"{len(met)} words have lost a letter: {words}")


def _find_lost_breaks(record: View, limits: _Times) -> Iterator[Met]:
    met = [
        text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        for text in prose_of(record)
        for found in _BREAK_LOST.finditer(text)
    ]
    if len(met) >= limits.times:
        words = ", ".join(quote(around) for around in met[:3])
        yield Met("sections", f"{len(met)} line breaks are a letter n: {words}")


def _find_markup(record: View, _: Settings) -> Iterator[Met]:
    for column, text in _texts(record):
        found = _MARKUP.search(text)
        if found:
            around = text[max(0, found.start() - 15) : found.end() + 15]
            yield Met(column, f"{quote(around)} holds markup")
            return


class _Prose(NamedTuple):
    """How many characters of prose a page must have before its end is looked at."""

    least: int = 200


def _find_cut(record: View, limits: _Prose) -> Iterator[Met]:
    texts = list(prose_of(record))
    if not texts or sum(map(len, texts)) < limits.least:
        return
    end = texts[-1].rstrip()[-_LAST_WORDS:]
    if _OPEN_END.search(end):
        yield Met("sections", f"the prose ends in the middle of a sentence: {quote(f'…{end}')}")


def _find_no_prose(record: View, _: Settings) -> Iterator[Met]:
    if not record.get("sections") and not record.get("summary"):
        told = f"pages of layout {record['layout']} go on with prose; here is none"
        yield Met("sections", told)


class _Share(NamedTuple):
    """The least part of a page that something accounts for, from 0 to 1."""

    least: float = 0.6


def _find_unclaimed(record: View, limits: _Share) -> Iterator[Met]:
    share = record["claimed_share"]
    if share < limits.least:
        yield Met("claimed_share", f"only {100 * share:.1f} % of the page was understood")


_FIGURES: Final = (
    "total_budget_sek",
    "esf_support_sek",
    "total_budget_eur",
    "esf_support_eur",
    "planned_participants",
    "period_start",
    "period_end",
)


def _find_no_figures(record: View, _: Settings) -> Iterator[Met]:
    if all(record.get(column) is None for column in _FIGURES):
        told = "the page states neither money nor participants nor a period"
        yield Met(None, told)


def _prose(text: str) -> tuple[dict[str, object], ...]:
    return ({"heading": None, "text": text},)


_SENTENCE: Final = (
    "Vi möter dem som länge har varit borta från arbetet och ger dem en väg dit. "
)

RULES: Final = (
    Rule(
        code=Problem.TEXT_ENCODED_TWICE,
        severity=Severity.WARNING,
        find=_find_twice_encoded,
        kinds=_KINDS,
        breaks={"owner": "VÃ¤xjÃ¶ kommun"},
        keeps={"owner": "Växjö kommun"},
    ),
    Rule(
        code=Problem.LETTERS_LOST,
        severity=Severity.WARNING,
        find=_find_lost_letters,
        settings=_Times(3),
        kinds=_KINDS,
        breaks={"sections": _prose("Målet ?r att g?ra v?gen till arb?te k?ndare.")},
        keeps={"sections": _prose("Vad är målet? Se exempel.se/sida?id=1&del?a=2&mer?b=3.")},
    ),
    Rule(
        code=Problem.LINE_BREAKS_LOST,
        severity=Severity.WARNING,
        find=_find_lost_breaks,
        settings=_Times(2),
        kinds=_KINDS,
        breaks={"sections": _prose("Det var syftet.nnMetoden är ny.nDen prövas nu.")},
        keeps={"sections": _prose("I projektet Kompetens.NU deltar SKaPa och AnnaKarin.")},
    ),
    Rule(
        code=Problem.MARKUP_LEFT,
        severity=Severity.NOTE,
        find=_find_markup,
        kinds=_KINDS,
        breaks={"title": "Vägen&nbsp;in"},
        keeps={"title": "Vägen < in & ut"},
    ),
    Rule(
        code=Problem.PAGE_CUT,
        severity=Severity.WARNING,
        find=_find_cut,
        settings=_Prose(),
        kinds=_KINDS,
        breaks={"sections": _prose(f"{_SENTENCE * 3}Metoden är prövad och")},
        keeps={"sections": _prose(f"{_SENTENCE * 3}Läs mer på vår webbplats")},
    ),
    Rule(
        code=Problem.PROSE_MISSING,
        severity=Severity.NOTE,
        find=_find_no_prose,
        kinds=("project",),
        layouts=_WITH_PROSE,
        breaks={"layout": "esf-2014-colon"},
        keeps={"layout": "esf-2014-colon", "summary": _SENTENCE},
    ),
    Rule(
        code=Problem.PAGE_HARDLY_UNDERSTOOD,
        severity=Severity.WARNING,
        find=_find_unclaimed,
        settings=_Share(),
        kinds=_KINDS,
        reads=("claimed_share",),
        breaks={"claimed_share": 0.41},
        keeps={"claimed_share": 0.98},
    ),
    Rule(
        code=Problem.FIGURES_MISSING,
        severity=Severity.NOTE,
        find=_find_no_figures,
        kinds=("project",),
        breaks={"title": "Vägen in"},
        keeps={"title": "Vägen in", "planned_participants": 0},
    ),
)
