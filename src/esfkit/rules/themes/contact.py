"""Rules of the contact. Their messages quote personal data, which outputs withhold."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View, prose_of, quote
from esfkit.values.place import read_municipality
from esfkit.vocabulary.codes import Code, code_list
from esfkit.vocabulary.fold import fold

_EXCHANGE: Final = re.compile(r"\([^()]{0,12}\)")  # "(vxl)"
_EXTENSION: Final = re.compile(r"(?i)[ ,;]{0,2}\b(?:ankn\w{0,8}|ext)\b[.:]{0,2} ?\d{1,6}")
_BETWEEN_NUMBERS: Final = re.compile(
    r"[,;]| / | eller | och | or |"
    # Where the next number begins with an area code or that of a country.
    r"/(?=0[1-9]\d{0,2}[- ]|\+)|(?<!\+46) (?<!0046 )(?=0[1-9]\d{0,2}-\d)"
)
_NOT_DIGITS: Final = re.compile("[^0-9]")
_HOME: Final = "46"
_ADDRESS: Final = re.compile(r"[^\s@<>\"(),:;]{1,64}@[^\s@<>\"(),:;]{1,255}")
_ADDRESS_IN_PROSE: Final = re.compile(
    r"(?<![\w.@+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)
_MUNICIPAL: Final = (" kommun", " stad")
_PLAIN_LETTERS: Final = str.maketrans("åäöé", "aaoe")


class _Digits(NamedTuple):
    """How many digits a Swedish number has behind ``+46`` or ``0``."""

    least: int = 7
    most: int = 11


def _find_odd_phone(record: View, limits: _Digits) -> Iterator[Met]:
    printed = _EXTENSION.sub(" ", _EXCHANGE.sub(" ", record["phone"]))
    for number in _BETWEEN_NUMBERS.split(printed):
        digits = _NOT_DIGITS.sub("", number)
        if not digits or _is_foreign(number, digits):
            continue
        national = digits.removeprefix("00").removeprefix(_HOME).lstrip("0")
        if not limits.least <= len(national) <= limits.most:
            yield Met(
                "phone",
                f"{quote(number.strip())} has {len(national)} digits behind +46; "
                f"{limits.least}–{limits.most} are usual",
            )


def _is_foreign(number: str, digits: str) -> bool:
    international = number.strip().startswith("+") or digits.startswith("00")
    return international and not digits.removeprefix("00").startswith(_HOME)


def _find_odd_address(record: View, _: Settings) -> Iterator[Met]:
    address = record["email"].strip()
    site = address.rpartition("@")[2]
    sound = _ADDRESS.fullmatch(address) and "." in site.strip(".") and ".." not in address
    if not sound or site.endswith(".") or site.startswith("."):
        yield Met("email", f"{quote(address)} has not one @ with a domain behind it")


def _find_other_municipality(record: View, _: Settings) -> Iterator[Met]:
    site = record["email"].rpartition("@")[2].casefold().removesuffix(".se")
    at = _municipalities_by_site().get(site.rpartition(".")[2])
    owners = {_municipality_in(part) for part in record["owner"].split(",")} - {None}
    if at is not None and owners and at not in owners:
        yield Met(
            "email",
            f"the address {quote(record['email'])} is at the municipality of {at}, the owner "
            f"is {quote(record['owner'])}",
        )


def _municipality_in(name: str) -> str | None:
    if not fold(name).endswith(_MUNICIPAL):
        return None
    row = read_municipality(name)
    return row.name_sv if isinstance(row, Code) else None


@cache
def _municipalities_by_site() -> Mapping[str, str]:
    """Return what a municipality's site is called → the municipality: ``vaxjo`` → Växjö."""
    return {
        fold(row.name_sv).translate(_PLAIN_LETTERS).replace(" ", joined): row.name_sv
        for row in code_list("municipalities").codes
        for joined in ("", "-")
    }


def _find_address_in_prose(record: View, _: Settings) -> Iterator[Met]:
    count = sum(
        len(_ADDRESS_IN_PROSE.findall(text)) for text in prose_of(record) if "@" in text
    )
    if count:
        # Not quoted: nobody may be told by a check what is withheld elsewhere.
        yield Met("sections", f"the prose holds e-mail addresses: {count}")


RULES: Final = (
    Rule(
        code=Problem.PHONE_UNUSUAL,
        severity=Severity.WARNING,
        find=_find_odd_phone,
        settings=_Digits(),
        reads=("phone",),
        breaks={"phone": "0470-000"},
        keeps={"phone": "08-5790 0000, 0470-000 00 (vxl)"},
    ),
    Rule(
        code=Problem.EMAIL_UNUSUAL,
        severity=Severity.WARNING,
        find=_find_odd_address,
        reads=("email",),
        breaks={"email": "berit@exempel"},
        keeps={"email": "berit@exempel.se"},
    ),
    Rule(
        code=Problem.EMAIL_OF_OTHER_MUNICIPALITY,
        severity=Severity.NOTE,
        find=_find_other_municipality,
        reads=("email", "owner"),
        breaks={"email": "berit.pahittad@umea.se", "owner": "Växjö kommun"},
        keeps={"email": "berit.pahittad@vaxjo.se", "owner": "Växjö kommun, Växjö kommun"},
    ),
    Rule(
        code=Problem.ADDRESS_IN_PROSE,
        severity=Severity.NOTE,
        find=_find_address_in_prose,
        kinds=("project", "call", "practice"),
        breaks={"sections": ({"heading": None, "text": "Skriv till berit@exempel.se."},)},
        keeps={"sections": ({"heading": None, "text": "Träffpunkt @biblioteket."},)},
    ),
)
