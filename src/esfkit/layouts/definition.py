"""A user's layout file → a layout, or what is wrong in it and where."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from esfkit.layouts.complaint import Complaint, not_among, quoted
from esfkit.layouts.layout import Layout, Style, packaged_layouts
from esfkit.layouts.toml import load_toml
from esfkit.vocabulary.codes import code_list
from esfkit.vocabulary.labels import NOT_KEPT
from esfkit.vocabulary.tables import read_packaged

STYLES: Final = (Style.NEXT_LINE, Style.INLINE, Style.GLUED, Style.FLOW)
"""The styles of pages with labels: what can be taught."""

RESERVED: Final = ("test", "learn")
"""Words of ``esfkit layouts`` that are no layout's name."""

MOST_LINES: Final = 500
"""Lines of a layout's file; the package's have fewer than 30."""

MOST_LAYOUT_BYTES: Final = 32 * 1024
"""Bytes of a layout's file; the package's have fewer than 2 KiB."""

MOST_COMPLAINTS: Final = 20
"""Complaints about one layout's file; more are only counted."""

_LISTS: Final = (
    *("fields", "signature", "sufficient", "named_by", "absent", "decisive"),
    "period_told_by",
)
_FEWEST_LABELS: Final = 2
_NAME: Final = re.compile("[a-z0-9][a-z0-9-]{0,39}")
_PLACE: Final = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")
_TOKEN: Final = re.compile(
    r""""{3}(?:[^"\\]|\\.|"(?!""))*"{3,5}|'{3}(?:[^']|'(?!''))*'{3,5}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]""",
    re.DOTALL,
)  # of TOML 1.0: strings and comments as a whole, brackets and line ends one by one
_SAID: Final = {
    "missing": "It is missing. Every layout states it.",
    "tuple_type": 'must be a list of words in brackets, as ["title", "owner"].',
    "dict_type": 'must be a table of words, as [rename] with title = "owner" below it.',
    "string_type": "must be words in quotation marks.",
    "bool_type": "must be true or false.",
    "bool_parsing": "must be true or false.",
    "int_type": "must be a whole number.",
    "int_parsing": "must be a whole number.",
}


class _File(NamedTuple):
    """A layout file, with its place to complain about."""

    name: str
    statements: Sequence["_Statement"]

    def complain(self, said: str, key: str, item: str | None = None) -> Complaint:
        return Complaint(self.name, self.line_of(key, item), key, said)

    def line_of(self, key: str, item: str | None = None) -> int:
        """Return the line, from 1, of a key or of an item of its list; else 0."""
        for first, lines, keys in self.statements:
            if key not in keys:
                continue
            for number, line in enumerate(lines, first):
                if item is not None and (f'"{item}"' in line or f"'{item}'" in line):
                    return number
            if item is None or key != "rename":
                return first
        return 0


def known_fields() -> frozenset[str]:
    """Return the fields that a label can name: those of the package's labels, and none."""
    return frozenset({NOT_KEPT, *(row["field"] for row in read_packaged("labels"))})


def read_definition(name: str, text: str) -> Layout | list[Complaint]:
    """Return the layout of a TOML file, or all that is wrong in it.

    Args:
        name: The file's name in complaints.
        text: What it says.
    """
    if text.count("\n") > MOST_LINES:
        return [Complaint(name, 0, "", f"It has more than {MOST_LINES} lines.")]
    if len(text.encode()) > MOST_LAYOUT_BYTES:
        return [Complaint(name, 0, "", f"It is longer than {MOST_LAYOUT_BYTES} bytes.")]
    try:
        stated = load_toml(text)
    except tomllib.TOMLDecodeError as error:
        return [_broken(name, text, str(error))]
    except ValueError as error:
        return [Complaint(name, 0, "", str(error))]
    file = _File(name, tuple(_statements(text)))
    try:
        layout = Layout.model_validate(stated)
    except ValidationError as error:
        return _first(name, [_unfit(file, each) for each in error.errors()])
    return _first(name, list(_contradictions(file, layout))) or layout


def _first(name: str, complaints: list[Complaint]) -> list[Complaint]:
    """Return as many complaints as anyone reads, and how many more there are."""
    more = len(complaints) - MOST_COMPLAINTS
    if more <= 0:
        return complaints
    return [*complaints[:MOST_COMPLAINTS], Complaint(name, 0, "", f"And {more} more.")]


def _broken(name: str, text: str, said: str) -> Complaint:
    place = _PLACE.search(said)
    line = int(place[1]) if place and place[1] else len(text.splitlines())
    return Complaint(name, line, "", f"This is no TOML: {_PLACE.sub('', said)}.")


def _unfit(file: _File, error: ErrorDetails) -> Complaint:
    """Return a complaint about a key that does not exist or a value of the wrong kind."""
    key = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        return file.complain(not_among(key, Layout.model_fields, "a key of layouts"), key)
    if error["type"] in ("literal_error", "enum"):
        choices = re.findall("'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        return file.complain(not_among(str(error["input"]), choices, f"a {key}"), key)
    said = _SAID.get(error["type"], f"{error['msg']}.")
    met = "" if error["type"] == "missing" else f"{quoted(error['input'])}: "
    return file.complain(f"{met}it {said}" if met else said, key)


def _contradictions(file: _File, layout: Layout) -> Iterator[Complaint]:
    """Yield what a layout says that cannot be."""
    yield from _names(file, layout)
    yield from _unknown_fields(file, layout)
    for key in ("absent", "decisive"):
        for each in sorted({*layout.fields} & {*getattr(layout, key)}):
            yield file.complain(f"{quoted(each)} stands in fields too.", key, each)
    for key in ("signature", "sufficient", "rename"):
        for each in sorted(({*getattr(layout, key)} - {*layout.fields}) & known_fields()):
            yield file.complain(f"{quoted(each)} does not stand in fields.", key, each)
    yield from _numbers(file, layout)


def _names(file: _File, layout: Layout) -> Iterator[Complaint]:
    if _NAME.fullmatch(layout.name) is None:
        said = f"{quoted(layout.name)}: it must be small letters, digits and hyphens."
        yield file.complain(said, "name")
    elif layout.name in RESERVED or layout.name in {one.name for one in packaged_layouts()}:
        yield file.complain(
            f"{quoted(layout.name)} is taken by esfkit. Choose another name.", "name"
        )
    if layout.style not in STYLES:
        said = not_among(layout.style, STYLES, "a style that can be taught")
        yield file.complain(said, "style")
    periods = {code.period for code in code_list("programmes").codes if code.period}
    if layout.period is not None and layout.period not in periods:
        yield file.complain(not_among(layout.period, periods, "a period"), "period")


def _unknown_fields(file: _File, layout: Layout) -> Iterator[Complaint]:
    known = known_fields()
    named: dict[str, Iterable[str]] = {key: getattr(layout, key) for key in _LISTS}
    named["rename"] = (*layout.rename, *layout.rename.values())
    for key, fields in named.items():
        for each in fields:
            if each not in known:
                yield file.complain(not_among(each, known, "a field"), key, each)


def _numbers(file: _File, layout: Layout) -> Iterator[Complaint]:
    """Yield minima that no page or every page could meet."""
    for key, met, least, most in (
        ("minimum_labels", layout.minimum_labels, _FEWEST_LABELS, len({*layout.fields})),
        ("minimum_signature", layout.minimum_signature, 1, len({*layout.signature})),
    ):
        if not least <= met <= most:
            listed = "fields" if key == "minimum_labels" else "signature"
            said = f"{key} is {met} but must be {least} to {most}: so many stand in {listed}."
            yield file.complain(said, key if file.line_of(key) else listed)


# --- lines ------------------------------------------------------------------------------


class _Statement(NamedTuple):
    """A statement of a TOML file: its first line, from 1, its lines and what it sets."""

    first: int
    lines: list[str]
    keys: tuple[str, ...]


def _statements(text: str) -> Iterator[_Statement]:
    """Yield each statement of a text that is TOML; below ``[rename]`` all is of ``rename``.

    TOML's reader tells no lines, so it is given one statement after the other, each once.
    """
    table: tuple[str, ...] = ()
    first = 1
    for statement in _divided(text):
        lines = statement.split("\n")
        stated = tuple(tomllib.loads(statement))
        if len(lines) == 1 and statement.lstrip().startswith("["):
            table = stated
        yield _Statement(first, lines, (*table, *(() if table else stated)))
        first += len(lines)


def _divided(text: str) -> Iterator[str]:
    """Yield a text that is TOML cut at each line end outside of brackets and quotes."""
    depth = begin = 0
    for token in _TOKEN.finditer(text):
        met = token[0]
        if met in ("[", "{"):
            depth += 1
        elif met in ("]", "}"):
            depth -= 1
        elif met == "\n" and depth == 0:
            yield text[begin : token.start()].removesuffix("\r")
            begin = token.end()
    yield text[begin:]
