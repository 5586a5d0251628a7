"""What esfkit knows, as results: layouts with their labels, code lists."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, Literal

import polars as pl

from esfkit.cli.notes import counted
from esfkit.cli.results import Result
from esfkit.cli.screen import folded
from esfkit.layouts.layout import Layout, all_layouts, layout_named
from esfkit.vocabulary.codes import CODE_LISTS, Code, code_list
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.labels import read_labels

_UNPROVED: Final = "recalled"


def layouts_result() -> Result:
    """Return all layouts, one row each."""
    columns = ("layout", "kind", "style", "period", "fields", "summary")
    rows = [
        (each.name, each.kind, str(each.style), each.period, len(each.fields), each.summary)
        for each in all_layouts()
    ]
    schema: dict[str, Any] = {
        each: pl.Int64 if each == "fields" else pl.String for each in columns
    }
    return Result(
        table=pl.DataFrame(rows, schema=schema, orient="row"),
        footnotes=["`esfkit layouts NAME` shows a layout with all its labels."],
        drawn=lambda width: "".join(f"{line}\n" for line in _overview(width)),
    )


def _overview(width: int) -> Iterator[str]:
    """Yield each layout with its summary, folded to the width."""
    for each in all_layouts():
        fields = f", {len(each.fields)} fields" if each.fields else ""
        yield f"{each.name}  ({each.kind}, {each.style}{fields})"
        yield from folded(each.summary, width, "    ", "    ")


def layout_result(name: str) -> Result:
    """Return one layout: a row for each of its fields with the labels that name it.

    Raises:
        BadRequest: There is no such layout.
    """
    layout = layout_named(name)
    rows = [(field, _role(layout, field), _labels_of(layout, field)) for field in layout.fields]
    columns: dict[str, Any] = {
        "field": pl.String,
        "role": pl.String,
        "labels": pl.List(pl.String),
    }
    return Result(
        table=pl.DataFrame(rows, schema=columns, orient="row"),
        drawn=lambda width: "".join(f"{line}\n" for line in _page(layout, width)),
    )


def _role(layout: Layout, field: str) -> str:
    return "telling" if field in layout.signature else ""


def _labels_of(layout: Layout, field: str) -> list[str]:
    return [
        label.words
        for label in read_labels()
        if label.field == field and label.language == layout.language
    ]


def _page(layout: Layout, width: int) -> Iterator[str]:
    yield layout.name
    yield from folded(layout.summary, width)
    yield ""
    for name, value in _settings(layout):
        yield from folded(f"{name:20} {value}", width, rest=" " * 21)
    if layout.fields:
        yield from ("", "FIELDS AND THEIR LABELS (* telling: sets it apart from other pages)")
    for field in layout.fields:
        mark = "*" if field in layout.signature else " "
        labels = " | ".join(_labels_of(layout, field)) or "(none in this language)"
        yield from folded(f"{mark} {field:28} {labels}", width, rest=" " * 31)


def _settings(layout: Layout) -> Iterator[tuple[str, str]]:
    colon = {None: "with or without", True: "with", False: "without"}[layout.colon]
    yield "kind", layout.kind
    yield "style", f"{layout.style}, {colon} colon"
    yield "language", layout.language
    yield "currency", layout.currency
    told_by = f" where it prints {' or '.join(layout.period_told_by)}"
    settled = f"{layout.period}{told_by if layout.period_told_by else ''}"
    yield "programme period", settled if layout.period else "not settled by the layout"
    yield (
        "at least",
        f"{layout.minimum_labels} labels, {layout.minimum_signature} of them telling",
    )
    for name, fields in (
        ("never prints", layout.absent),
        ("ruled out by", layout.decisive),
        ("site lines", layout.site),
    ):
        if fields:
            yield name, ", ".join(fields)
    for field, other in layout.rename.items():
        yield "reads", f"{field} as {other}"


# --- codes ------------------------------------------------------------------------------


def lists_result() -> Result:
    """Return the code lists, one row each."""
    rows = []
    for name in CODE_LISTS:
        certain = Counter(code.certainty for code in code_list(name).codes)
        rows.append((name, certain.total(), *(certain[each] for each in _CERTAINTIES)))
    columns = ("list", "codes", *_CERTAINTIES)
    schema: dict[str, Any] = {
        each: pl.String if each == "list" else pl.Int64 for each in columns
    }
    return Result(
        table=pl.DataFrame(rows, schema=schema, orient="row"),
        footnotes=[
            "read: found in a source; inferred: from figures; recalled: from memory, unproved.",
            "`esfkit codes LIST` shows a list.",
        ],
    )


_CERTAINTIES: Final = ("read", "inferred", "recalled")


def codes_result(name: str | None, search: str | None, language: Literal["sv", "en"]) -> Result:
    """Return the codes of a list, or of all of them, that hold the words.

    Raises:
        BadRequest: There is no such list.
    """
    lists = CODE_LISTS if name is None else (name,)
    codes = [
        code
        for each in lists
        for code in code_list(each).codes
        if search is None or _holds(code, search)
    ]
    columns = (*Code._fields,)
    rows = [code._asdict() | {"variants": list(code.variants)} for code in codes]
    schema = dict.fromkeys(columns, pl.String) | {"variants": pl.List(pl.String)}
    table = pl.DataFrame(rows, schema=schema)
    name_column = f"name_{language}"
    shown = ["code", name_column, "period", "parent", "certainty"]
    return Result(
        table=table,
        blocks=[shown if name else ["list", *shown]],
        footnotes=list(_notes(codes)),
    )


def _holds(code: Code, words: str) -> bool:
    wanted = fold(words)
    return any(
        wanted in fold(form) for form in (code.code, code.name_sv, code.name_en, *code.variants)
    )


def _notes(codes: list[Code]) -> Iterator[str]:
    yield f"{counted(len(codes), 'code')}. --format csv shows variants, sources and notes too."
    unproved = sum(code.certainty == _UNPROVED for code in codes)
    if unproved:
        yield f"{unproved} of them recalled from memory: check before you rely on them."
