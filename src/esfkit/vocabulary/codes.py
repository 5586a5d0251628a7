"""Code lists: regions, municipalities, programmes and the like, each code with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from esfkit.model.errors import BadRequest
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import read_table

CODE_LISTS: tuple[str, ...] = (
    "regions",
    "counties",
    "municipalities",
    "programmes",
    "programme_areas",
    "objectives",
    "interventions",
    "union_rates",
    "expected_shares",
    "owner_types",
)
"""The names of the lists, in the order in which ``esfkit codes`` shows them."""

_LONGEST = 500  # every code, name and variant is shorter; what is longer is prose


class Code(NamedTuple):
    """One row of a code list.

    Attributes:
        list: The name of the list.
        code: The code itself.
        name_sv: Its Swedish name; in brackets where only a description is known.
        name_en: Its English name.
        parent: The code above it, in the list above this one.
        period: The programme period to which it belongs; empty where it belongs to all.
        variants: Other printed forms of code and name.
        certainty: ``read`` in a source, ``inferred`` from figures or ``recalled``.
        source: Where it was found.
        note: What else a reader should know.
    """

    list: str
    code: str
    name_sv: str
    name_en: str
    parent: str
    period: str
    variants: tuple[str, ...]
    certainty: str
    source: str
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """The known names, Swedish first; a description in brackets is no name."""
        return tuple(n for n in (self.name_sv, self.name_en) if n and not n.startswith("("))


@dataclass(frozen=True)
class CodeList:
    """A list of codes, looked up by code or by any printed form.

    Attributes:
        name: One of :data:`CODE_LISTS`.
        codes: The rows, in file order.
    """

    name: str
    codes: tuple[Code, ...]

    def by_code(self, code: str, period: str | None = None) -> Code | None:
        """Return the row of exactly this code.

        Returns:
            The row; ``None`` where there is none, or where several periods have one
            and no period is given.
        """
        return _only(self._by_code.get(code, ()), period)

    def find(self, words: str, period: str | None = None) -> Code | None:
        """Return the row that the words stand for, as code, name or variant.

        Returns:
            The row; ``None`` where the words are unknown or stand for several rows.
        """
        if len(words) > _LONGEST:
            return None
        return _only(self._by_words.get(fold(words), ()), period)

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[Code, ...]]:
        rows: dict[str, tuple[Code, ...]] = {}
        for code in self.codes:
            rows[code.code] = (*rows.get(code.code, ()), code)
        return rows

    @cached_property
    def _by_words(self) -> Mapping[str, tuple[Code, ...]]:
        rows: dict[str, tuple[Code, ...]] = {}
        for code in self.codes:
            for words in {fold(form) for form in (code.code, *code.names, *code.variants)}:
                rows[words] = (*rows.get(words, ()), code)
        return rows


@cache
def code_list(name: str) -> CodeList:
    """Return a code list, read from its file when first asked for.

    Raises:
        BadRequest: There is no list of that name.
    """
    if name not in CODE_LISTS:
        known = ", ".join(CODE_LISTS)
        raise BadRequest(f"There is no code list {name!r}. The lists are: {known}.")
    return CodeList(name, tuple(_code(name, row) for row in read_table(name)))


def _code(name: str, row: Mapping[str, str]) -> Code:
    return Code(
        list=name,
        code=row["code"],
        name_sv=row["name_sv"],
        name_en=row["name_en"],
        parent=row["parent"],
        period=row["period"],
        variants=tuple(row["variants"].split("|")) if row["variants"] else (),
        certainty=row["certainty"],
        source=row["source"],
        note=row["note"],
    )


def _only(rows: tuple[Code, ...], period: str | None) -> Code | None:
    """Return the one row that fits the period; a row without a period fits every period."""
    if period is not None:
        rows = tuple(row for row in rows if row.period in ("", period))
    return rows[0] if len(rows) == 1 else None
