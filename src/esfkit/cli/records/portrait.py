"""One record as people look at it: values with their source lines, findings, prose."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, Literal, NamedTuple

import polars as pl

from esfkit.analysis.selection.observations import one_each
from esfkit.cli.data import Loaded
from esfkit.cli.records.portrait_words import SAID
from esfkit.cli.records.proofs import Proof, Proofs, proof_rows
from esfkit.cli.results import Result
from esfkit.cli.screen import folded
from esfkit.dataset.columns import did_you_mean
from esfkit.dataset.dictionary import headings, units
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest
from esfkit.model.record import DERIVED_FIELDS, PERSONAL_FIELDS
from esfkit.output.neutral import for_terminal
from esfkit.output.personal import withhold
from esfkit.output.shown import shown_columns

_NAME_WIDTH: Final = 22
_APART: Final = frozenset(
    ("record_id", "title", "kind", "layout", "sections", "summary", "provenance", "findings")
)
_LISTS: Final = frozenset(("actors", "evaluation_reports", "participant_targets"))
_SHORTEST_QUOTE: Final = 20
_MISSPELLED: Final = 0.9
"""How much alike two identities are if one of them is a slip: they differ in a character."""
_PLACE: Final = "__place"
_READING: Final = ("claimed_share",)


class _Value(NamedTuple):
    """One value of a record as text, with where it was read."""

    field: str
    text: str
    items: tuple[str, ...] = ()
    label: str | None = None
    raw: str | None = None
    line: int | None = None
    proofs: tuple[Proof, ...] = ()


def portrait_of(
    loaded: Loaded,
    identity: str,
    language: Literal["sv", "en"],
    *,
    personal: bool,
    proof: bool = False,
) -> Result:
    """Return the record of that identity, each of its observations one after the other.

    Args:
        loaded: The dataset.
        identity: A ``record_id``, a project number or a call's number.
        language: Of headings and labels.
        personal: Whether personal data is let out.
        proof: Whether each value stands above its line of the source.

    Raises:
        BadRequest: No record has it.
    """
    rows = _found(loaded.records, identity)
    shown = withhold(rows, personal=personal, everyone=loaded.everyone)
    notes = _standing(rows, SAID[language])
    proofs = Proofs(rows, None if personal else loaded.everyone) if proof else None
    portraits = []
    for place, row in enumerate(shown.iter_rows(named=True)):
        values = _values(rows[place], shown[place], language, personal=personal)
        if proofs is not None:
            values = [_proven(each, row["provenance"], proofs, place) for each in values]
            notes[place] += f"\n{proofs.told(place, row['source_path'], language)}"
        portraits.append((row, values))

    def drawn(width: int) -> str:
        pages = (
            _Page(row, values, note, width, language).lines()
            for (row, values), note in zip(portraits, notes, strict=True)
        )
        return "\n".join("".join(f"{line}\n" for line in page) for page in pages)

    return Result(table=_table(portraits, proof=proof), drawn=drawn)


def _proven(
    value: _Value, entries: Sequence[Mapping[str, Any]], proofs: Proofs, place: int
) -> _Value:
    own = (each for each in entries if each["field"] == value.field)
    found = chain.from_iterable(proofs.of(place, each) for each in own)
    return value._replace(proofs=tuple(dict.fromkeys(found)))


def _standing(rows: pl.DataFrame, said: Mapping[str, str]) -> list[str]:
    """Return for each observation which of several it is and whether sums count it."""
    places = rows.with_row_index(_PLACE)
    counted = one_each(places.lazy(), [pl.col(_PLACE)]).frame[_PLACE].to_list()
    met = Counter[str]()
    all_of = Counter(rows["record_id"].to_list())
    notes = []
    for place, identity in enumerate(rows["record_id"]):
        met[identity] += 1
        words = said["counted" if place in counted else "not_counted"]
        told = words.format(number=met[identity], all=all_of[identity])
        notes.append(told if all_of[identity] > 1 else "")
    return notes


def _found(frame: pl.LazyFrame, identity: str) -> pl.DataFrame:
    wanted = [identity, f"esf:{identity}"]
    rows = gather(frame.filter(pl.col("record_id").is_in(wanted)))
    if rows.is_empty():
        rows = gather(frame.filter(pl.col("call_number") == identity))
    if rows.is_empty():
        known = gather(frame.select("record_id").unique(maintain_order=True)).to_series()
        hint = did_you_mean(
            f"esf:{identity.removeprefix('esf:')}", known.head(2000), _MISSPELLED
        )
        end = "`esfkit list` shows those there are." if known.len() else "There are no records."
        raise BadRequest(f"There is no record {identity!r}. {hint}{end}")
    return rows


def _values(
    row: pl.DataFrame, shown: pl.DataFrame, language: Literal["sv", "en"], *, personal: bool
) -> list[_Value]:
    """Return what a row states, in the order of the record."""
    provenance = {each["field"]: each for each in shown["provenance"].item()}
    # Of the row itself only whether it states a contact: the rest is as it is shown.
    row = row.with_columns(shown.select(pl.exclude(PERSONAL_FIELDS)))
    held = row.row(0, named=True)
    texts = (cell[0] for cell in shown_columns(row, language, units(row.columns)))
    cells = dict(zip(row.columns, texts, strict=True))
    values = []
    for name, value in held.items():
        if value is None or value == [] or (name in _APART and name != "title"):
            continue
        text = cells[name]
        if name in PERSONAL_FIELDS and not personal:
            text = SAID[language]["withheld"]
        if name == "esf_share":
            text = f"{text} = {cells['esf_support_sek']} ÷ {cells['total_budget_sek']}"
        proof = provenance.get(name, {})
        values.append(
            _Value(
                name,
                text,
                tuple(_item(each, SAID[language]) for each in value) if name in _LISTS else (),
                proof.get("label"),
                proof.get("raw"),
                proof.get("line"),
            )
        )
    return values


def _item(item: str | Mapping[str, Any], said: Mapping[str, str]) -> str:
    if isinstance(item, str):
        return item
    split = [f"{item[who]} {said[who]}" for who in ("women", "men") if item[who] is not None]
    return f"{item['label']}: {item['total']}" + (f" ({', '.join(split)})" if split else "")


def _table(
    portraits: Sequence[tuple[dict[str, Any], list[_Value]]], *, proof: bool
) -> pl.DataFrame:
    schema = {
        "record_id": pl.String,
        "field": pl.String,
        "value": pl.String,
        "line": pl.Int64,
        "label": pl.String,
        "raw": pl.String,
        "source": pl.String,
    }
    rows = [
        (
            *(row["record_id"], value.field, value.text, value.line, value.label, value.raw),
            "\n".join(each.text for each in value.proofs) or None,
        )
        for row, values in portraits
        for value in values
    ]
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table if proof else table.drop("source")


# --- the page ---------------------------------------------------------------------------


class _Page:
    """The page of one observation, on lines of some width."""

    def __init__(
        self,
        row: dict[str, Any],
        values: list[_Value],
        note: str,
        width: int,
        language: Literal["sv", "en"],
    ) -> None:
        self._row = row
        self._values = values
        self._note = note
        self._width = width
        self._said = SAID[language]
        # In English the columns' own names: they are what --where and --columns take.
        self._names = headings(language) if language == "sv" else {}
        names = (self._names.get(value.field, "") for value in values)
        self._room = max((_NAME_WIDTH, *map(len, names)))

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        row, said = self._row, self._said
        yield for_terminal(row["record_id"])
        yield from folded(for_terminal(row["title"] or said["no_title"]), self._width)
        yield f"{row['kind']} · {said['layout']} {for_terminal(row['layout'])}"
        for note in self._note.splitlines():
            yield from folded(for_terminal(note), self._width)
        for heading, about_source in (("VALUES", False), ("SOURCE", True)):
            yield from ("", said[heading])
            for value in self._values:
                if _is_about_source(value.field) == about_source:
                    yield from self._value(value)
        yield from self._sections()
        yield from self._findings()

    def _value(self, value: _Value) -> Iterator[str]:
        name = f"{self._names.get(value.field, value.field):{self._room}}"
        if value.items:
            yield f"{name} {len(value.items)}"
            for number, item in enumerate(value.items, 1):
                yield from _hanging(f"{number:>{self._room}} ", item, self._width)
        else:
            yield from _hanging(f"{name} ", value.text, self._width)
        proof = self._proof(value)
        for each in value.proofs:
            yield from proof_rows(each, self._width)
        if proof and not value.proofs:
            room = max(self._width - self._room - 3, _SHORTEST_QUOTE)
            yield f"{'':{self._room}}   {_cut(for_terminal(proof), room)}"

    def _proof(self, value: _Value) -> str:
        """Return where a value was read, or what it was derived from."""
        if value.line is not None:
            label = f", {value.label}" if value.label else ""
            return f"{self._said['line']} {value.line}{label}: “{value.raw}”"
        if value.field == "programme_period":
            return f"{self._said['derived_from']}: {self._row['programme_period_basis']}"
        is_derived = value.field in DERIVED_FIELDS and not _is_about_source(value.field)
        return self._said["derived"] if is_derived else ""

    def _sections(self) -> Iterator[str]:
        if not self._row["sections"]:
            return
        yield from ("", self._said["SECTIONS"])
        for section in self._row["sections"]:
            heading = section["heading"] or self._said["no_heading"]
            count = len(section["text"])
            unit = self._said["character" if count == 1 else "characters"]
            length = f"{count:,} {unit}".replace(",", "\xa0")
            yield from _hanging("", f"{heading} · {length}", self._width)

    def _findings(self) -> Iterator[str]:
        yield from ("", self._said["FINDINGS"])
        for finding in self._row["findings"]:
            name = finding["field"]
            field = f" {self._said['in']} {self._names.get(name, name)}" if name else ""
            yield f"{finding['severity']} {finding['code']}{field}"
            yield from _hanging("    ", finding["message"], self._width)
        if not self._row["findings"]:
            yield self._said["none"]


def _is_about_source(field: str) -> bool:
    return field.startswith("source_") or field in _READING


def _hanging(first: str, words: str, width: int) -> Iterator[str]:
    """Yield the words after ``first``, further lines below their beginning."""
    yield from folded(for_terminal(words), width, first, " " * len(first)) or [first]


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1]}…"
