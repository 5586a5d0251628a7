"""What ``datapackage.json`` says about the package as a whole."""

from datetime import date
from typing import Any, Final, NamedTuple

import polars as pl

from esfkit.dataset.columns import PERSONAL_COLUMNS, SCHEMA_VERSION
from esfkit.output.datapackage.schema import Schema, code_list_schema, schema_of

Json = dict[str, Any]

DESCRIPTOR: Final = "datapackage.json"
PROJECTS: Final = "projects.csv"
CODE_RESOURCES: Final = (
    "regions",
    "counties",
    "municipalities",
    "programmes",
    "programme_areas",
    "objectives",
    "interventions",
)
"""The code lists that records hold codes of."""

MARK: Final = "esfkit"
"""The key by which a package of ours is known again."""

_PROFILE: Final = "https://datapackage.org/profiles/2.0"
_TITLE: Final = "Socialfondsprojekt / European Social Fund projects"
_DESCRIPTION: Final = (
    "Uppgifter om projekt lästa ur texter med esfkit. Tomt betyder att texten inte säger "
    "något; inget är gissat eller omräknat. Texterna står exakt som i posten, utan det "
    "citattecken som esfkits vanliga CSV-filer sätter framför = + - @: öppna filerna med "
    "ett program som läser datapaket, eller importera dem som text i kalkylprogram. "
    "Listor är JSON i en cell.\n\n"
    "Data about projects read from texts by esfkit. Empty means that the text does not "
    "say; nothing is guessed or converted. Texts stand exactly as in the record, without "
    "the quote that esfkit's ordinary CSV files put before = + - @: open the files with a "
    "program that reads data packages, or import them as text into a spreadsheet. Lists "
    "are JSON in one cell."
)
_PERSONAL: Final = (
    "\n\nPaketet innehåller personuppgifter om kontaktpersoner. / "
    "The package holds personal data about contact persons."
)
_WITHHELD: Final = (
    "\n\nKontaktpersoner, e-postadresser och telefonnummer är utelämnade; personer som bara "
    "löpande text nämner hittas inte. / Contact persons, e-mail addresses and telephone "
    "numbers are withheld; people whom only prose names are not found."
)
_CODES_TITLE: Final = "Kodlista / Code list: {name}"


class About(NamedTuple):
    """What is said about the package.

    Attributes:
        version: Of the program that writes it.
        day: The day to be told as its day of creation, if any; nobody asks the clock.
    """

    version: str
    day: date | None = None


class Described(NamedTuple):
    """A descriptor that lacks the sizes and sums of the files.

    Attributes:
        told: The descriptor.
        broken: Constraints that are not declared, since values break them.
    """

    told: Json
    broken: tuple[str, ...]


def code_list_path(name: str) -> str:
    """Return the path of a code list inside the package."""
    return f"codes/{name}.csv"


def describe(frame: pl.DataFrame, about: About) -> Described:
    """Return the descriptor of a package with this table of records."""
    schema: Schema = schema_of(frame)
    personal = any(name in frame.columns for name in PERSONAL_COLUMNS)
    told: Json = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": "esfkit-projects",
        "title": _TITLE,
        "description": _DESCRIPTION + (_PERSONAL if personal else _WITHHELD),
    }
    if about.day is not None:
        told["created"] = f"{about.day.isoformat()}T00:00:00Z"
    told[MARK] = {"version": about.version, "schema_version": SCHEMA_VERSION}
    told["resources"] = [
        _resource("projects", _TITLE, PROJECTS, schema.told),
        *(
            _resource(
                name,
                _CODES_TITLE.format(name=name),
                code_list_path(name),
                code_list_schema(name),
            )
            for name in CODE_RESOURCES
        ),
    ]
    return Described(told, schema.broken)


def _resource(name: str, title: str, path: str, schema: Json) -> Json:
    return {
        "name": name,
        "type": "table",
        "title": title,
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"'},
        "schema": schema,
    }
