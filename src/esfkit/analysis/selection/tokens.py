"""A condition as people write it → its words, each column a bare one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import polars as pl

from esfkit.model.errors import BadRequest

_TOKEN: Final = re.compile(
    r"""
    (?P<text>'(?:[^']|'')*+')
  | (?P<quoted>"(?:[^"]|"")*+")
  | (?P<number>[0-9]++(?:\.[0-9]++)?)
  | (?P<word>[^\W\d]\w*+)
  | (?P<operator><=>|==|!=|<>|<=|>=|=|<|>)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_NO_FUNCTIONS: Final = (
    "and",
    "or",
    "not",
    "in",
    "between",
    "like",
    "ilike",
    "then",
    "else",
    "when",
)
_FUNCTIONS: Final = (
    "abs",
    "array_contains",
    "array_length",
    "char_length",
    "coalesce",
    "date_part",
    "ends_with",
    "ifnull",
    "left",
    "length",
    "lower",
    "nullif",
    "regexp_like",
    "replace",
    "right",
    "round",
    "starts_with",
    "strpos",
    "substr",
    "trim",
    "upper",
)
_CALLABLE: Final = (*_FUNCTIONS, *_NO_FUNCTIONS, "date")


class Token(NamedTuple):
    """A word, a value or a sign of a condition, and where it stands."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def is_value(self) -> bool:
        """Whether this is a text or a number."""
        return self.kind in ("text", "number")

    def says(self, *words: str) -> bool:
        """Tell whether this is one of the words, however its letters are written."""
        return self.kind == "word" and self.text.lower() in words


NOTHING: Final = Token("nothing", "", 0, 0)


class Edit(NamedTuple):
    """What stands in the place of a part of the condition."""

    start: int
    end: int
    words: str


def tokens_of(condition: str) -> list[Token]:
    """Return the words, values and signs of a condition, in order."""
    return [
        Token(found.lastgroup or "", found[0], *found.span())
        for found in _TOKEN.finditer(condition)
    ]


def with_bare_columns(condition: str, schema: Mapping[str, pl.DataType]) -> str:
    """Return the condition with each column as a bare word.

    In double quotes or in brackets of its own a column means the same, and has to be
    compared with the same care.
    """
    while edit := next(_bared(tokens_of(condition), schema), None):
        condition = f"{condition[: edit.start]}{edit.words}{condition[edit.end :]}"
    return condition


def _bared(tokens: Sequence[Token], schema: Mapping[str, pl.DataType]) -> Iterator[Edit]:
    for place, token in enumerate(tokens):
        if token.kind == "quoted" and token.text[1:-1] in schema:
            yield Edit(token.start, token.end, f" {token.text[1:-1]} ")
        before, after = tokens[place - 1 : place], tokens[place + 1 : place + 2]
        alone = [each.text for each in (*before, *after)] == ["(", ")"]
        if alone and token.kind == "word" and token.text in schema:
            caller = tokens[place - 2] if place > 1 else NOTHING
            if caller.kind != "word" or caller.says(*_NO_FUNCTIONS):
                yield Edit(before[0].start, after[0].end, f" {token.text} ")


def require_known_functions(tokens: Sequence[Token]) -> None:
    """Make sure that what is asked of a record can be told of it alone.

    Raises:
        BadRequest: A function looks at other records, or is not known.
    """
    for token, following in pairwise(tokens):
        if token.kind == "word" and following.text == "(" and not token.says(*_CALLABLE):
            raise BadRequest(
                f"{token.text}(...) cannot be asked of a record. "
                f"The functions are: {', '.join(_FUNCTIONS)}."
            )
