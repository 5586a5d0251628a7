"""Small pages for tests, of people and projects that do not exist.

Each builder takes the name of a field as its keyword: ``colon_page(total_budget="1.1")``.
``""`` prints the label without a value, ``None`` leaves the label out.
"""

from collections.abc import Callable, Mapping

from esfkit.model.document import Document
from esfkit.model.finding import Problem
from esfkit.model.record import Provenance, Record
from esfkit.parsing.parse import ParseResult, Rejection, parse_document

Printed = Mapping[str, tuple[str, str]]
"""Field → its label and its usual value, in the order of the page."""

Build = Callable[..., str]
"""One of the builders below: prose, heading and values by the name of their field → a page."""

COLON: Printed = {
    "project_number": ("Projektnummer", "2016/00999"),
    "owner": ("Projektägare", "Umeå kommun, Umeå kommun"),
    "title": ("Namn", "Nya vägar"),
    "region": ("Region", "Övre Norrland"),
    "planned_participants": ("Planerat antal deltagare", "120"),
    "period": ("Projektperiod", "2016-09-01 - 2019-02-28"),
    "total_budget": ("Total projektbudget", "1 200 000"),
    "esf_support": ("Beviljat ESF-stöd", "800 000"),
    "contact_person": ("Kontaktperson", "Tuva Påhittad"),
    "email": ("E-post", "tuva@exempel.se"),
    "postal_code": ("Stödmottagare postnr", "90184"),
    "programme_area": ("Programområde", "2"),
    "specific_objective": ("Specifikt mål", "2.1"),
    "union_cofinancing_rate": ("Unionens medfinansieringsgrad", "50%"),
    "intervention_code": ("Interventionstyp", "102"),
}
LINES: Printed = {
    "programme_area": ("Programområde", "1 Kompetensförsörjning"),
    "region": ("Region", "Västsverige"),
    "call_number": ("Utlysning", "2015/00088"),
    "owner": ("Projektägare", "Lysekils kommun"),
    "project_number": ("Projektnummer", "2015/00444"),
    "planned_participants": ("Planerat antal deltagare", "80"),
    "period": ("Projektperiod", "2016-02-01-2019-01-31"),
    "total_budget": ("Total projektbudget", "4 000 000 kr"),
    "esf_support": ("Beviljat ESF-stöd", "2 680 000 kr"),
    "contact_person": ("Kontaktperson", "Tuva Påhittad"),
    "email": ("E-post", "tuva@exempel.se"),
    "phone": ("Telefonnummer", "0523-61 30 00"),
}
GLUED: Printed = {
    "programme_area": ("Programområde", "Programområde 1 Kompetensförsörjning"),
    "phase": ("Projektfas", "Genomförande"),
    "owner": ("Projektägare", "Mora kommun"),
    "contact_person": ("Kontaktperson", "Egil Påhittad"),
    "email": ("E-post", "egil@exempel.se"),
    "phone": ("Telefonnummer", "0250-260 00"),
    "esf_support": ("Beviljat ESF-stöd", "3 100 000 kr"),
    "total_budget": ("Total projektbudget", "6 200 000 kr"),
    "period": ("Projektperiod", "2009-04-01 till 2010-12-31"),
    "region": ("Region", "Norra Mellansverige"),
}
CALL: Printed = {
    "call_number": ("Utlysning", "2018/00777"),
    "programme_area": ("Programområde", "1 Kompetensförsörjning"),
    "region": ("Region", "Stockholm"),
    "period_start": ("Startdatum", "2019-01-14"),
    "period_end": ("Slutdatum", "2019-03-29"),
    "call_amount": ("Utlyst belopp", "60 000 000 kr"),
}
PLUS: Printed = {
    "project_number": ("Diarienummer", "23-017-S31"),
    "title": ("Namn", "Lov för alla"),
    "period_start": ("Startdatum", "2023-04-01"),
    "period_end": ("Slutdatum", "2026-03-31"),
    "country_concerned": ("Land som berörs", "Sverige"),
    "fund": ("Berörd fond", "ESF+"),
    "programme_cci": ("Program CCI", "2021SE05SFPR"),
    "owner": ("Projektägare", "BODENS KOMMUN"),
    "programme_area": ("Programområde", "A"),
    "secondary_theme_child_poverty": ("Sekundärtema - Motverka barnfattigdom", "Nej"),
    "region": ("Region", "Övre Norrland"),
    "nuts_code": ("NUTS-2 kod", "SE33"),
    "planned_participants": ("Antal deltagare", "1350"),
    "strategic_importance": ("Insats av strategisk betydelse", "Nej"),
}
KOHESIO: Printed = {
    "period_start": ("Start date", "1 April 2017"),
    "period_end": ("End date", "31 March 2020"),
    "fund": ("Fund", "European Social Fund (ESF)"),
    "total_budget": ("Total budget", "2 410 923,15 €"),
    "esf_support": ("EU contribution", "1 205 461,58 € (50%)"),
    "programme_period": ("Programming period", "2014-2020"),
}


def colon_page(prose: str = "", heading: str = "", **values: str | None) -> str:
    """Return a project page of 2014–2020: a label with colon, the value on the next line."""
    return _page(heading, _labelled(COLON, values, ":\n"), prose)


def lines_page(prose: str = "", heading: str = "Nya vägar", **values: str | None) -> str:
    """Return a project page of 2014–2020 as it first was: labels without colon."""
    return _page(heading, _labelled(LINES, values, "\n"), prose)


def glued_page(prose: str = "", heading: str = "Ny kraft", **values: str | None) -> str:
    """Return a project page of 2007–2013: the value directly behind its label."""
    return _page(heading, _labelled(GLUED, values, ""), prose)


def running_page(prose: str = "", heading: str = "Ny kraft", **values: str | None) -> str:
    """Return the page of 2007–2013 copied onto one line."""
    return " ".join((heading, *_labelled(GLUED, values, ": "), prose)).strip()


def call_page(prose: str = "", heading: str = "Nytt jobb", **values: str | None) -> str:
    """Return the page of a call for proposals of 2014–2020."""
    return _page(heading, _labelled(CALL, values, "\n"), prose)


def plus_page(prose: str = "", heading: str = "", **values: str | None) -> str:
    """Return a project page of 2021–2027."""
    return _page(heading, _labelled(PLUS, values, ":\n"), prose)


def kohesio_page(prose: str = "", heading: str = "Green port", **values: str | None) -> str:
    """Return a page of Kohesio, in English and euro."""
    return _page(heading, _labelled(KOHESIO, values, ": "), prose)


PRACTICE = """Nordiskt samarbete om integration och inkludering

Odla jobb i Boden

Nyanlända som resurs

11 okt 2019

En trädgård lär upp nya svenskar.

Målgrupp
Personer med kort skolgång.

Beskrivning
I projektet deltog 48 personer.
"""
"""A narrated good example: no labels, known by its site, date and headings."""


def _labelled(usual: Printed, values: Mapping[str, str | None], behind: str) -> tuple[str, ...]:
    unknown = values.keys() - usual.keys()
    assert not unknown, f"no such field on this page: {unknown}"
    told = {field: values.get(field, words) for field, (_, words) in usual.items()}
    return tuple(
        f"{usual[field][0]}{behind}{words}"
        for field, words in told.items()
        if words is not None
    )


def _page(heading: str, header: tuple[str, ...], prose: str) -> str:
    parts = (heading, "\n".join(header), prose)
    return "\n\n".join(part for part in parts if part) + "\n"


def result_of(text: str) -> ParseResult:
    """Return what the parser makes of a text."""
    return parse_document(Document(text))


def records_of(text: str) -> list[Record]:
    """Return every record of a text."""
    return [parsed.record for parsed in result_of(text).parsed]


def record_of(text: str) -> Record:
    """Return the one record of a text."""
    [record] = records_of(text)
    return record


def rejection_of(text: str) -> Rejection:
    """Return why a text gives no record."""
    rejection = result_of(text).rejection
    assert rejection is not None
    return rejection


def problems_with(record: Record, field: str | None) -> list[Problem]:
    """Return the codes of the findings about one column, in order."""
    return [finding.code for finding in record.findings if finding.field == field]


def proof_of(record: Record, field: str) -> Provenance:
    """Return where a column's value was read."""
    [place] = [place for place in record.provenance if place.field == field]
    return place
