"""The columns of the official lists, from ``lists.csv``, ``columns.csv`` and ``causes.csv``."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import NamedTuple

from esfkit.dataset.columns import nearest
from esfkit.dataset.dictionary import Language
from esfkit.model.errors import BadRequest
from esfkit.vocabulary.lists import read_list_headings

_BOTH_LANGUAGES = " / "


class OfficialList(NamedTuple):
    """One list.

    Attributes:
        name: As given to ``--as``.
        period: The programme period whose operations it lists; empty where any may stand.
        name_sv: What it is called in Swedish.
        name_en: What it is called in English.
        source: Where its columns were found.
    """

    name: str
    period: str
    name_sv: str
    name_en: str
    source: str


class ListColumn(NamedTuple):
    """One column of one list.

    Attributes:
        heading: What stands over it, exactly.
        form: How its cells are made; a key of :data:`esfkit.output.lists.forms.FORMS`.
        field: The column of the record, or the text of a constant.
        required: Whether a row without a value is refused.
        minimum: The least number allowed, if there is one.
        maximum: The greatest number allowed, if there is one.
        allowed: The only texts that may stand there; any where it is empty.
        empty: Why it is empty throughout; a code of ``causes.csv``.
    """

    heading: str
    form: str
    field: str
    required: bool
    minimum: float | None
    maximum: float | None
    allowed: frozenset[str]
    empty: str


def official_list(name: str) -> OfficialList:
    """Return a list by its name.

    Raises:
        BadRequest: There is none of that name.
    """
    lists = {row["list"]: OfficialList(*row.values()) for row in _rows("lists")}
    if name not in lists:
        raise BadRequest(f"There is no official list {name!r}. {nearest(name, lists)}")
    return lists[name]


@cache
def list_columns(name: str) -> tuple[ListColumn, ...]:
    """Return the columns of a list, in its order.

    The headings of ESF-rådet's list are those that ``list_headings.csv`` reads it by, so
    what is written is what is read.
    """
    return tuple(_column(row) for row in _rows("columns") if row["list"] == name)


def words_for(code: str, language: Language) -> str:
    """Return the words of ``causes.csv`` for why a column is empty or a row is left out."""
    return _causes()[code][language]


def _column(row: Mapping[str, str]) -> ListColumn:
    return ListColumn(
        heading=row["heading"] or _bilingual_headings(row["list"])[row["key"]],
        form=row["form"],
        field=row["field"],
        required=row["required"] == "yes",
        minimum=float(row["minimum"]) if row["minimum"] else None,
        maximum=float(row["maximum"]) if row["maximum"] else None,
        allowed=frozenset(row["allowed"].split("|")) if row["allowed"] else frozenset(),
        empty=row["empty"] or "not_in_source",
    )


@cache
def _bilingual_headings(name: str) -> Mapping[str, str]:
    """Return field → the heading in both languages, by which the list is read."""
    return {
        each.field: each.words
        for each in read_list_headings()
        if each.list == name and _BOTH_LANGUAGES in each.words
    }


@cache
def _causes() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in _rows("causes")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    resource = files("esfkit.output.lists").joinpath(f"{name}.csv")
    yield from csv.DictReader(StringIO(resource.read_text(encoding="utf-8")))
