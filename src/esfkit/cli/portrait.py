"""One record as people look at it: values with their source lines, findings, prose."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

import polars as pl

from esfkit.cli.results import Result
from esfkit.cli.screen import folded
from esfkit.dataset.columns import nearest
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest
from esfkit.model.record import DERIVED_FIELDS, PERSONAL_FIELDS
from esfkit.output.neutral import for_terminal
from esfkit.output.personal import withhold
from esfkit.output.shown import shown_columns

_NAME_WIDTH: Final = 22
_WITHHELD: Final = "(withheld; --personal-data shows it)"
_APART: Final = frozenset(
    ("record_id", "title", "kind", "layout", "sections", "summary", "provenance", "findings")
)
_LISTS: Final = frozenset(("actors", "evaluation_reports", "participant_targets"))
_SHORTEST_QUOTE: Final = 20


class _Value(NamedTuple):
    """One value of a record as text, with where it was read."""

    field: str
    text: str
    items: tuple[str, ...] = ()
    label: str | None = None
    raw: str | None = None
    line: int | None = None


def portrait_of(
    frame: pl.LazyFrame, identity: str, language: Literal["sv", "en"], *, personal: bool
) -> Result:
    """Return the record of that identity, each of its observations one after the other.

    Raises:
        BadRequest: No record has it.
    """
    rows = _found(frame, identity)
    shown = withhold(rows, personal=personal)
    portraits = [
        (row, _values(rows[place], shown[place], language, personal=personal))
        for place, row in enumerate(shown.iter_rows(named=True))
    ]
    return Result(
        table=_table(portraits),
        drawn=lambda width: "\n".join(
            "".join(f"{line}\n" for line in _page(row, values, width))
            for row, values in portraits
        ),
    )


def _found(frame: pl.LazyFrame, identity: str) -> pl.DataFrame:
    wanted = [identity, f"esf:{identity}"]
    rows = gather(frame.filter(pl.col("record_id").is_in(wanted)))
    if rows.is_empty():
        rows = gather(frame.filter(pl.col("call_number") == identity))
    if rows.is_empty():
        known = gather(frame.select("record_id").unique(maintain_order=True)).to_series()
        hint = nearest(wanted[-1], known.head(2000)) if known.len() else "There are no records."
        if hint.startswith("The names are"):
            hint = "See `esfkit list` for those there are."
        raise BadRequest(f"there is no record {identity!r}. {hint}")
    return rows


def _values(
    row: pl.DataFrame, shown: pl.DataFrame, language: Literal["sv", "en"], *, personal: bool
) -> list[_Value]:
    """Return what a row states, in the order of the record."""
    provenance = {each["field"]: each for each in shown["provenance"].item()}
    held = row.row(0, named=True)
    cells = dict(
        zip(row.columns, (cell[0] for cell in shown_columns(row, language)), strict=True)
    )
    values = []
    for name, value in held.items():
        if value is None or value == [] or (name in _APART and name != "title"):
            continue
        text = cells[name]
        if name in PERSONAL_FIELDS and not personal:
            text = _WITHHELD
        proof = provenance.get(name, {})
        values.append(
            _Value(
                name,
                text,
                tuple(_item(each) for each in value) if name in _LISTS else (),
                proof.get("label"),
                proof.get("raw"),
                proof.get("line"),
            )
        )
    return values


def _item(item: str | Mapping[str, Any]) -> str:
    if isinstance(item, str):
        return item
    split = [f"{item[who]} {who}" for who in ("women", "men") if item[who] is not None]
    return f"{item['label']}: {item['total']}" + (f" ({', '.join(split)})" if split else "")


def _table(portraits: Sequence[tuple[dict[str, Any], list[_Value]]]) -> pl.DataFrame:
    schema = {
        "record_id": pl.String,
        "field": pl.String,
        "value": pl.String,
        "line": pl.Int64,
        "label": pl.String,
        "raw": pl.String,
    }
    rows = [
        (row["record_id"], value.field, value.text, value.line, value.label, value.raw)
        for row, values in portraits
        for value in values
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


# --- the page ---------------------------------------------------------------------------


def _page(row: dict[str, Any], values: list[_Value], width: int) -> Iterator[str]:
    yield for_terminal(row["record_id"])
    yield from folded(for_terminal(row["title"] or "(no title)"), width)
    yield f"{row['kind']} · layout {for_terminal(row['layout'])}"
    for heading, part in (
        ("VALUES", [each for each in values if not each.field.startswith("source_")]),
        ("SOURCE", [each for each in values if each.field.startswith("source_")]),
    ):
        yield from ("", heading)
        for value in part:
            yield from _lines_of(value, row, width)
    yield from _sections(row, width)
    yield from _findings(row, width)


def _lines_of(value: _Value, row: dict[str, Any], width: int) -> Iterator[str]:
    if value.items:
        yield f"{value.field:{_NAME_WIDTH}} {len(value.items)}"
        for number, item in enumerate(value.items, 1):
            yield from _hanging(f"{number:>{_NAME_WIDTH}} ", item, width)
    else:
        yield from _hanging(f"{value.field:{_NAME_WIDTH}} ", value.text, width)
    proof = _proof(value, row)
    if proof:
        room = max(width - _NAME_WIDTH - 3, _SHORTEST_QUOTE)
        yield f"{'':{_NAME_WIDTH}}   {_cut(for_terminal(proof), room)}"


def _proof(value: _Value, row: dict[str, Any]) -> str:
    """Return where a value was read, or what it was derived from."""
    if value.line is not None:
        label = f", {value.label}" if value.label else ""
        return f"line {value.line}{label}: “{value.raw}”"
    if value.field == "programme_period":
        return f"derived from: {row['programme_period_basis']}"
    return "derived" if value.field in DERIVED_FIELDS else ""


def _sections(row: dict[str, Any], width: int) -> Iterator[str]:
    if not row["sections"]:
        return
    yield from ("", "SECTIONS")
    for section in row["sections"]:
        heading = section["heading"] or "(no heading)"
        yield from _hanging(
            "", f"{heading} · {len(section['text']):,} characters".replace(",", "\xa0"), width
        )


def _findings(row: dict[str, Any], width: int) -> Iterator[str]:
    yield from ("", "FINDINGS")
    for finding in row["findings"]:
        field = f" in {finding['field']}" if finding["field"] else ""
        yield f"{finding['severity']} {finding['code']}{field}"
        yield from _hanging("    ", finding["message"], width)
    if not row["findings"]:
        yield "none"


def _hanging(first: str, words: str, width: int) -> Iterator[str]:
    """Yield the words after ``first``, further lines below their beginning."""
    yield from folded(for_terminal(words), width, first, " " * len(first)) or [first]


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1]}…"
