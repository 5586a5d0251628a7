"""Made-up pages in the shape of real ones: the same seed gives the same pages.

Every page is different, and every page has its truth beside it, so that a timing can be
thrown away when a reader missed something.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

COLON_LABELS: tuple[tuple[str, str], ...] = (
    ("project_number", "Projektnummer"),
    ("owner", "Projektägare"),
    ("title", "Namn"),
    ("region", "Region"),
    ("planned_participants", "Planerat antal deltagare"),
    ("period", "Projektperiod"),
    ("total_budget", "Total projektbudget"),
    ("esf_support", "Beviljat ESF-stöd"),
    ("contact_person", "Kontaktperson"),
    ("email", "E-post"),
    ("postal_code", "Stödmottagare postnr"),
    ("postal_address", "Stödmottagarens address"),
    ("programme_area", "Programområde"),
    ("specific_objective", "Specifikt mål"),
    ("union_cofinancing_rate", "Unionens medfinansieringsgrad"),
    ("intervention_code", "Interventionstyp"),
    ("evaluation_reports", "Utvärderingsrapporter"),
)
"""The labels of esf-2014-colon in their order on the pages (``address`` is theirs)."""

GLUED_LABELS: tuple[tuple[str, str], ...] = (
    ("programme_area", "Programområde"),
    ("phase", "Projektfas"),
    ("owner", "Projektägare"),
    ("contact_person", "Kontaktperson"),
    ("email", "E-post"),
    ("phone", "Telefonnummer"),
    ("esf_support", "Beviljat ESF-stöd"),
    ("total_budget", "Total projektbudget"),
    ("period", "Projektperiod"),
    ("region", "Region"),
)
"""The labels of esf-2007-glued in their order on the pages."""

Family = Literal["colon", "glued"]
LABELS: dict[Family, tuple[tuple[str, str], ...]] = {
    "colon": COLON_LABELS,
    "glued": GLUED_LABELS,
}

_PLACES = ("Alby", "Bruksheden", "Dalvik", "Ekmo", "Fjällnäs", "Gränsta", "Havsby", "Insjö")
_PLACES_MORE = ("Kvarnmåla", "Lillsund", "Myråker", "Norrö", "Ostvik", "Rödbäck", "Sågfors")
_BODIES = ("kommun", "folkhögskola", "näringslivsförening", "vårdcentral", "bildningsförbund")
_UNITS = ("Arbetsmarknadsenheten", "Vuxenskolan", "Kansliet", "Utvecklingsavdelningen")
_TITLES = ("Bron", "Kompassen", "Stegen", "Verkstaden", "Lyftet", "Nystarten", "Spåret")
_AIMS = ("in i arbete", "mot nya yrken", "för fler", "med språket", "på egna ben", "i kust")
_FIRST = ("Asta", "Birk", "Disa", "Edvin", "Freja", "Göte", "Hedda", "Ivar", "Jorun", "Kåre")
_LAST = ("Alm", "Bäckman", "Dahlgård", "Ekeroth", "Forsling", "Grönvik", "Hedlund", "Idhe")
_REGIONS = (
    *("Stockholm", "Östra Mellansverige", "Småland och Öarna", "Sydsverige", "Västsverige"),
    *("Norra Mellansverige", "Mellersta Norrland", "Övre Norrland"),
)
_HEADINGS = ("Bakgrund", "Syfte", "Metod", "Målgrupp", "Samarbete", "Tillgänglighet")

_WHO = (
    *("Deltagarna", "Handledarna", "Arbetsplatserna i orten", "De som har stått längst ifrån"),
    *("Kommunens vägledare", "Fem småföretag", "Lärarna på kvällskursen", "Styrgruppen"),
)
_DO = (
    *("möts varje vecka kring", "provar", "skriver tillsammans om", "bygger vidare på"),
    *("berättar öppet om", "följer upp", "får tid för", "lägger grunden till"),
)
_WHAT = (
    *("korta praktikplatser", "ett språk som håller i fikarummet", "vardagens matematik"),
    *("nya sätt att anställa", "hälsa, sömn och rörelse", "trygghet inför en intervju"),
    *("samtal om lön och villkor", "verktyg för distansstudier", "en plan för nästa steg"),
)
_WHEN = (
    *("under de första månaderna", "i egen takt", "två dagar i veckan", "innan hösten"),
    *("när skörden är över", "också efter projektets slut", "i små grupper", "på hemorten"),
)
_ASIDES = (
    *("Omkring {0} personer i länet berörs.", "Av {0} svarande vill {1} procent läsa mer."),
    *("Redan 2009 prövades metoden med {1} deltagare.", "En plats kostar runt {0} kronor."),
    *("Region: här menas hela pendlingsområdet.", "Förstudien hade nummer 2013/0{0}."),
)


class Page(NamedTuple):
    """One page with its truth.

    Attributes:
        text: The page.
        truth: (field, label, value as printed) for each label, in order of place.
        header_start: Offset of the first label.
        header_end: Offset past the last value.
    """

    text: str
    truth: tuple[tuple[str, str, str], ...]
    header_start: int
    header_end: int

    @property
    def header(self) -> str:
        """The labelled part alone."""
        return self.text[self.header_start : self.header_end]


def pages(
    family: Family, count: int, prose: tuple[int, int], *, seed: int = 1, missing: float = 0.0
) -> list[Page]:
    """Return pages that are all different.

    Args:
        family: The shape of the header.
        count: How many.
        prose: The fewest and the most characters of prose below the header.
        seed: What decides everything left to chance.
        missing: The share of labels after the first that a page leaves out.
    """
    dice = random.Random(f"{family} {prose} {missing} {seed}")  # noqa: S311 - repeatable, not secret
    made = [_page(family, number, prose, missing, dice) for number in range(count)]
    if len({page.text for page in made}) != count:
        raise AssertionError("two pages are the same")
    return made


def _page(
    family: Family, number: int, prose: tuple[int, int], missing: float, dice: random.Random
) -> Page:
    values = _values(number, dice)
    first, *rest = LABELS[family]
    labels = [first, *(pair for pair in rest if dice.random() >= missing)]
    if family == "glued":
        values |= _glued_values(number, dice)
    truth = tuple((field, label, values[field]) for field, label in labels)
    above = f"{values['project_number']} - {values['title']}\n\n"
    if family == "glued":
        above = f"{values['title']}\n\n"
    header = "\n".join(
        f"{label}{value}" if family == "glued" else f"{label}:\n{value}"
        for _, label, value in truth
    )
    below = "\nIn English\n\nSammanfattning\n\n" if family == "glued" else "\n\n"
    text = above + header + below + _prose(dice.randint(*prose), dice) + "\n"
    return Page(text, truth, len(above), len(above) + len(header))


def _values(number: int, dice: random.Random) -> dict[str, str]:
    """Return the printed values; the number makes some of them unique."""
    body = f"{dice.choice(_PLACES + _PLACES_MORE)} {dice.choice(_BODIES)}"
    first, last = dice.choice(_FIRST), dice.choice(_LAST)
    budget = dice.randint(400, 60_000) * 1_000 + number % 1_000
    year = dice.randint(2015, 2019)
    goal = dice.choice(("1.1", "1.2", "2.1", "2.2", "2.3", "3.1"))
    plain = f"{first}.{last}".lower().translate(str.maketrans("åäö", "aao"))
    return {
        "project_number": f"{year - 1}/{number % 100_000:05}",
        "owner": f"{body}, {dice.choice((body, *_UNITS))}",
        "title": f"{dice.choice(_TITLES)} {dice.choice(_AIMS)} {number}",
        "region": dice.choice(_REGIONS),
        "planned_participants": str(dice.randint(12, 4_000)),
        "period": f"{year}-{dice.randint(1, 12):02}-01 - {year + 2}-0{dice.randint(1, 9)}-28",
        "total_budget": _in_threes(budget),
        "esf_support": _in_threes(budget * 47 // 100),
        "contact_person": f"{first} {last}",
        "email": f"{plain}{number}@example.org",
        "postal_code": str(dice.randint(10_100, 98_499)),
        "postal_address": f"{dice.choice(_PLACES)}gatan {dice.randint(1, 90)}",
        "programme_area": goal[0],
        "specific_objective": goal,
        "union_cofinancing_rate": "50%",
        "intervention_code": dice.choice(("102", "103", "106", "109", "117", "118")),
        "evaluation_reports": f"Slutrapport {number}",
    }


def _glued_values(number: int, dice: random.Random) -> dict[str, str]:
    """Return the values that the pages of 2007–2013 print in another way."""
    budget = dice.randint(400, 30_000) * 1_000 + number % 1_000
    year = dice.randint(2008, 2011)
    return {
        "programme_area": dice.choice(
            ("Programområde 1 Kompetensförsörjning", "Programområde 2 Ökat arbetskraftsutbud")
        ),
        "phase": dice.choice(("Genomförande", "Förprojektering")),
        "phone": f"0{dice.randint(10, 99)}-{dice.randint(100, 999)} {dice.randint(10, 99)} 00",
        "esf_support": f"{_in_threes(budget * 2 // 5)} kr",
        "total_budget": f"{_in_threes(budget)} kr",
        "period": f"{year}-0{dice.randint(1, 9)}-01 till {year + 1}-12-31",
    }


def _in_threes(amount: int) -> str:
    return f"{amount:,}".replace(",", " ")


def _prose(least: int, dice: random.Random) -> str:
    """Return paragraphs of at least so many characters, with headings in between."""
    parts: list[str] = []
    length = 0
    for heading in _over_and_over(_HEADINGS):
        sentences = [_sentence(dice) for _ in range(dice.randint(3, 7))]
        part = " ".join(sentences)
        if parts and dice.random() < 0.5:  # noqa: PLR2004 - every other paragraph
            part = f"{heading}\n\n{part}"
        parts.append(part)
        length += len(part) + 2
        if length >= least:
            break
    return "\n\n".join(parts)


def _sentence(dice: random.Random) -> str:
    if dice.random() < 0.15:  # noqa: PLR2004 - one sentence in seven holds figures
        return dice.choice(_ASIDES).format(dice.randint(1_000, 9_999), dice.randint(8, 90))
    words = (dice.choice(_WHO), dice.choice(_DO), dice.choice(_WHAT), dice.choice(_WHEN))
    return " ".join(words) + "."


def _over_and_over(words: Sequence[str]) -> Iterator[str]:
    while True:
        yield from words


def mean_bytes(made: Sequence[Page]) -> float:
    """Return how many bytes a page has on average."""
    return sum(len(page.text.encode()) for page in made) / len(made)
