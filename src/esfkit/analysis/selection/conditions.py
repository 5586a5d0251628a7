"""A condition as people write it → the same as the table library understands it.

Left alone, that library compares a date with a number (days since 1970), and nothing
equals null. Each comparison of a column with a value is therefore looked at: a value
of another kind than the column's is refused, and what can only be meant one way is
put the way that works.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

from esfkit.analysis.selection.tokens import (
    NOTHING,
    Edit,
    Token,
    require_known_functions,
    tokens_of,
    with_bare_columns,
)
from esfkit.model.errors import BadRequest

_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR: Final = re.compile("['0]{0,4}((?:19|20)[0-9]{2})")
_EQUAL: Final = ("=", "==")
_UNEQUAL: Final = ("!=", "<>")
_USUAL_YEAR: Final = "2020"


def as_sql(condition: str, schema: Mapping[str, pl.DataType]) -> str:
    """Return the condition with days, nulls and lists put as the table library wants them.

    Args:
        condition: What the user wrote.
        schema: The columns that it may name.

    Raises:
        BadRequest: A column is compared with a value of another kind.
    """
    condition = with_bare_columns(condition, schema)
    tokens = tokens_of(condition)
    require_known_functions(tokens)
    edits = sorted(_Reading(tokens, schema).edits())
    parts, done = [], 0
    for edit in edits:
        if edit.start >= done:
            parts += [condition[done : edit.start], edit.words]
            done = edit.end
    return "".join((*parts, condition[done:]))


class _Reading:
    """A walk over the words of a condition."""

    def __init__(self, tokens: Sequence[Token], schema: Mapping[str, pl.DataType]) -> None:
        self._tokens = tokens
        self._schema = schema

    def edits(self) -> Iterator[Edit]:
        """Yield what has to be put in another way."""
        for place, token in enumerate(self._tokens):
            if token.kind == "operator":
                yield from self._comparison(place)
            elif token.says("between", "in"):
                yield from self._values_after(place)
            elif token.says("like", "ilike"):
                self._check_text(self._subject(place))
            elif token.says("is"):
                yield from self._is_null(place)

    def _at(self, place: int) -> Token:
        return self._tokens[place] if 0 <= place < len(self._tokens) else NOTHING

    def _is_column(self, place: int) -> bool:
        token = self._at(place)
        return (
            token.kind == "word"
            and token.text in self._schema
            and self._at(place + 1).text != "("
        )

    def _subject(self, place: int) -> str | None:
        """Return the column that a word such as ``in`` asks about, if it is a plain one."""
        before = place - 2 if self._at(place - 1).says("not") else place - 1
        return self._at(before).text if self._is_column(before) else None

    def _comparison(self, place: int) -> Iterator[Edit]:
        left, sign, right = (self._at(place + step) for step in (-1, 0, 1))
        if right.says("null"):
            yield from self._like_null(place)
        elif left.says("null") and not self._at(place - 2).says("is", "not"):
            raise BadRequest(
                "Nothing equals null. Write `COLUMN is null` or `COLUMN is not null`."
            )
        elif self._is_column(place - 1) and right.is_value:
            yield from self._compared(left, sign, right)
        elif self._is_column(place + 1) and left.is_value:
            yield from self._compared(right, sign, left)

    def _like_null(self, place: int) -> Iterator[Edit]:
        """Yield ``is null`` for ``== null``, which nothing would be equal to."""
        sign, null = self._at(place), self._at(place + 1)
        if sign.text not in _EQUAL + _UNEQUAL:
            raise BadRequest(
                "Nothing is larger or smaller than null. Write `COLUMN is null` or "
                "`COLUMN is not null`."
            )
        words = "is null" if sign.text in _EQUAL else "is not null"
        if self._is_list(place - 1):
            yield self._emptiness(place - 1, null.end, empty=sign.text in _EQUAL)
        else:
            yield Edit(sign.start, null.end, f" {words} ")

    def _is_null(self, place: int) -> Iterator[Edit]:
        """Yield a look at the length of a list: one that is not stated is empty."""
        negated = self._at(place + 1).says("not")
        null = self._at(place + 2 if negated else place + 1)
        if null.says("null") and self._is_list(place - 1):
            yield self._emptiness(place - 1, null.end, empty=not negated)

    def _is_list(self, place: int) -> bool:
        return self._is_column(place) and self._type(place).is_nested()

    def _type(self, place: int) -> pl.DataType:
        return self._schema[self._at(place).text]

    def _emptiness(self, place: int, end: int, *, empty: bool) -> Edit:
        column = self._at(place)
        sign = "=" if empty else ">"
        return Edit(column.start, end, f"(array_length({column.text}) {sign} 0)")

    def _values_after(self, place: int) -> Iterator[Edit]:
        """Yield the days among the values after ``in`` and ``between``."""
        column = self._subject(place)
        if column is None:
            return
        if self._schema[column].is_nested():
            raise _list_refusal(column, self._schema[column])
        steps = (1, 3) if self._at(place).says("between") else self._listed(place)
        for step in steps:
            value = self._at(place + step)
            if value.is_value:
                yield from self._checked(column, value)

    def _listed(self, place: int) -> Iterator[int]:
        """Yield how far after ``in`` each value of its list stands."""
        step = 2
        while self._at(place + step).text not in (")", ""):
            if not self._at(place + step - 1).says("date"):
                yield step
            step += 1

    def _check_text(self, column: str | None) -> None:
        if column is None or self._schema[column] == pl.String:
            return
        if self._schema[column].is_nested():
            raise _list_refusal(column, self._schema[column])
        raise BadRequest(f"{column} is no text: `like` cannot be asked of it.")

    def _compared(self, column: Token, sign: Token, value: Token) -> Iterator[Edit]:
        dtype = self._schema[column.text]
        if not dtype.is_nested():
            yield from self._checked(column.text, value)
            return
        if dtype != pl.List(pl.String) or sign.text not in _EQUAL + _UNEQUAL:
            raise _list_refusal(column.text, dtype)
        holds = f"array_contains({column.text}, {_as_text(value)})"
        negation = "not " if sign.text in _UNEQUAL else ""
        first, last = sorted((column, value), key=lambda each: each.start)
        yield Edit(first.start, last.end, f"({negation}{holds})")

    def _checked(self, column: str, value: Token) -> Iterator[Edit]:
        """Yield a day as a date where the column holds dates; refuse what does not fit."""
        dtype = self._schema[column]
        if dtype == pl.Date:
            yield Edit(value.start, value.end, f"DATE {_day(column, value.text)}")
        elif dtype == pl.String and value.kind != "text":
            raise BadRequest(
                f"{column} is text, and {value.text} is not. "
                f"Write the text in single quotes: {column} == '{value.text}'."
            )
        elif dtype == pl.Boolean:
            raise BadRequest(f"{column} is true or false. Write {column} == true.")
        elif dtype.is_numeric() and value.kind != "number":
            raise _number_refusal(column, value.text)


def _as_text(value: Token) -> str:
    return value.text if value.kind == "text" else f"'{value.text}'"


def _day(column: str, value: str) -> str:
    """Return the text of a day in quotes.

    Raises:
        BadRequest: It is none.
    """
    words = value.strip("'")
    try:
        if _DAY.fullmatch(words):
            return f"'{date.fromisoformat(words)}'"
    except ValueError:
        pass
    found = _YEAR.match(value)
    year = found[1] if found else _USUAL_YEAR
    raise BadRequest(
        f"{column} is a date, and {value} is none. "
        f"Write the day in full: {column} >= '{year}-01-01'."
    )


def _number_refusal(column: str, value: str) -> BadRequest:
    bare = re.sub(r"[\s']", "", value)
    advice = f": {column} == {bare}" if re.fullmatch(r"[0-9]+(\.[0-9]+)?", bare) else ""
    return BadRequest(
        f"{column} is a number, and {value} is text. Write the number without quotes{advice}."
    )


def _list_refusal(column: str, dtype: pl.DataType) -> BadRequest:
    if dtype == pl.List(pl.String):
        return BadRequest(
            f"{column} is a list. Ask whether it holds a text with {column} == 'Kalmar' or "
            f"{column} != 'Kalmar', or whether it is empty with {column} is null."
        )
    return BadRequest(
        f"{column} is a list of parts. All that can be asked is `{column} is null` and "
        f"`{column} is not null`."
    )
