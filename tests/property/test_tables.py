"""Laws of tables: what goes in comes out, nothing attacks, and sums are right."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.analysis.grouping.keys import KEYS, SHARED
from esfkit.analysis.reports.summary import summary
from esfkit.dataset.cells import guarded, guarded_json, unguarded
from esfkit.dataset.csvrows import read_rows
from esfkit.dataset.frame import row_of, to_frame, to_records
from esfkit.dataset.store import gather, is_dataset, read_dataset
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.model.record import ParticipantTarget, Provenance, Record, Section
from esfkit.output.neutral import for_terminal
from esfkit.output.writers import WRITERS, Writer, writer_named
from factories import a_project

DATASETS = ("parquet", "jsonl", "csv", "tsv", "csv-sv")
SEPARATORS = {"csv": ",", "tsv": "\t", "csv-sv": ";"}

# --- records

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
HOSTILE_TEXT = st.lists(
    st.sampled_from([*",;\t\r\n\0 '\"=+-@＝＋－＠x\\", "\xa0", "\ufeff", "\u202e", "\x1b["]),
    max_size=12,
).map("".join)
TEXT = ANY_TEXT | HOSTILE_TEXT
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
INT = st.integers(-(2**63) + 1, 2**63 - 1)
FRACTION = st.floats(allow_nan=False, allow_infinity=False)
EURO = st.decimals(-(10**15), 10**15, places=2)
PLACE = st.builds(
    Provenance, field=TEXT, raw=TEXT, label=st.none() | TEXT, start=INT, end=INT, line=INT
)
FINDING = st.builds(
    Finding,
    code=st.sampled_from(Problem),
    severity=st.sampled_from(Severity),
    field=st.none() | TEXT,
    message=TEXT,
    start=st.none() | INT,
    end=st.none() | INT,
)
SECTION = st.builds(Section, heading=st.none() | TEXT, text=TEXT)
BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "str": TEXT,
    "Kind": st.sampled_from(["project", "call", "practice"]),
    "str | None": st.none() | TEXT,
    "int | None": st.none() | INT,
    "float | None": st.none() | FRACTION,
    "bool | None": st.none() | st.booleans(),
    "datetime.date | None": st.none() | st.dates(),
    "decimal.Decimal | None": st.none() | EURO,
    "tuple[str, ...]": TEXTS,
    "provenance": st.lists(PLACE, max_size=2).map(tuple),
    "findings": st.lists(FINDING, max_size=2).map(tuple),
    "sections": st.lists(SECTION, max_size=2).map(tuple),
    "participant_targets": st.lists(
        st.builds(
            ParticipantTarget,
            label=TEXT,
            total=INT,
            women=st.none() | INT,
            men=st.none() | INT,
        ),
        max_size=2,
    ).map(tuple),
}


def strategy_of(name: str, annotation: object) -> st.SearchStrategy[Any]:
    if name == "kind":
        return BY_TYPE["Kind"]
    spelled = "str" if annotation is str else str(annotation)
    return BY_TYPE[name if name in BY_TYPE else spelled]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw a record that states a few of its columns, in any words."""
    needed = ["record_id", "kind", "layout"]
    others = st.lists(st.sampled_from([*Record.model_fields]), max_size=12, unique=True)
    names = dict.fromkeys([*needed, *draw(others)])
    fields = Record.model_fields
    return Record.model_validate(
        {name: draw(strategy_of(name, fields[name].annotation)) for name in names}
    )


def written(name: str, frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    writer_named(name).write(frame, stream)
    return stream.getvalue()


def test_every_column_has_a_strategy() -> None:
    for name, field in Record.model_fields.items():
        strategy_of(name, field.annotation)


@settings(deadline=None)
@given(st.lists(records(), max_size=4))
def test_a_table_gives_its_records_back(drawn: list[Record]) -> None:
    assert list(to_records(to_frame(drawn))) == drawn


@pytest.mark.parametrize("name", DATASETS)
@settings(deadline=None)
@given(st.lists(records(), min_size=1, max_size=3))
def test_a_dataset_gives_its_records_back(name: str, drawn: list[Record]) -> None:
    content = written(name, to_frame(drawn))

    assert is_dataset(content)
    assert list(to_records(gather(read_dataset(content)))) == drawn


@settings(deadline=None)
@given(st.lists(records(), max_size=3))
def test_a_row_and_a_line_say_the_same(drawn: list[Record]) -> None:
    lines = written("jsonl", to_frame(drawn)).split(b"\n")[:-1]

    assert [json.loads(line) for line in lines] == [row_of(record) for record in drawn]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
@settings(deadline=None)
@given(st.lists(records(), max_size=2))
def test_every_writer_writes_whatever_a_record_may_hold(
    writer: Writer, drawn: list[Record]
) -> None:
    stream = io.BytesIO()
    writer.write(to_frame(drawn), stream)

    if not writer.binary:
        text = stream.getvalue().decode("utf-8")
        if writer.name in ("table", "md"):
            assert all(for_terminal(line) == line for line in text.split("\n"))


# --- cells


@given(TEXT)
def test_a_guarded_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXT, TEXT)
def test_two_texts_never_share_a_cell(one: str, other: str) -> None:
    assert (guarded(one) == guarded(other)) == (one == other)


@given(st.lists(st.dictionaries(TEXT, TEXT | INT, max_size=3) | TEXT, max_size=3))
def test_a_guarded_json_text_is_the_same_json(value: object) -> None:
    assert json.loads(guarded_json(json.dumps(value, ensure_ascii=False))) == value


@pytest.mark.parametrize("name", SEPARATORS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT), min_size=1, max_size=3))
def test_no_cell_begins_with_a_trigger_read_with_any_separator(
    name: str, separator: str, rows: list[tuple[str, str, str]]
) -> None:
    frame = pl.DataFrame(rows, schema=["a", "b", "c"], orient="row").with_columns(
        pl.concat_list("a", "b").alias("d"), n=pl.lit(-1)
    )
    # Where the separator is a tab, an empty cell at the start of a row leaves one there.
    blanks = ' \xa0\ufeff"' + ("\t" if name == "tsv" else "")
    triggers = tuple("=+@＝＋－＠\r\n\0" + ("" if name == "tsv" else "\t"))

    text = written(name, frame).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        for cell in row:
            harmless = cell.lstrip(blanks)
            assert not harmless.startswith(triggers), row
            assert not harmless.startswith("-") or harmless[1:2] == "1", row


@settings(deadline=None)
@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=4))
def test_our_csv_is_what_the_csv_module_reads(rows: list[list[str]]) -> None:
    frame = pl.DataFrame(rows, schema=["a", "b"], orient="row")
    text = written("csv", frame).decode()

    theirs = list(csv.reader(io.StringIO(text, newline="")))
    ours = [row.cells for row in read_rows(text, ",")]
    assert ours == theirs
    assert [[unguarded(cell or "") for cell in row] for row in ours[1:]] == rows


# --- sums, worked out a second time by another engine

COLUMNS = ("region", "programme_area", "fund")
MONEY = ("total_budget_sek", "esf_support_sek", "planned_participants")


def some_records(random: Random) -> list[Record]:
    def maybe(value: Any) -> Any:  # noqa: ANN401 - any value
        return value if random.random() < 0.7 else None

    return [
        a_project(
            f"2016/{random.randrange(40):05}",
            source_path=f"page-{number}",
            region=maybe(random.choice(["Sydsverige", "Nationellt", "Övre Norrland"])),
            programme_area=maybe(random.choice("123")),
            fund=maybe(random.choice(["ESF", "ESF+"])),
            total_budget_sek=maybe(random.choice([0, random.randrange(10**9), 10**14])),
            esf_support_sek=maybe(random.choice([0, random.randrange(10**9), 10**14])),
            total_budget_eur=maybe(Decimal(random.randrange(10**9)) / 100),
            planned_participants=maybe(random.choice([0, random.randrange(1000)])),
            period_start=maybe(date(random.randrange(2008, 2024), 1, 1)),
            participant_targets=tuple(
                ParticipantTarget(label="x", total=random.randrange(100))
                for _ in range(random.randrange(3))
            ),
        )
        for number in range(random.randrange(60))
    ]


def stated(record: Record) -> int:
    about_the_reading = ("provenance", "findings", "claimed_share")
    return sum(
        value not in (None, ())
        for name, value in record
        if name not in about_the_reading and not name.startswith("source_")
    )


def in_sqlite(drawn: list[Record]) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute(
        f"create table seen (id, source, stated integer, start_year, {', '.join(COLUMNS)},"
        f" {' integer, '.join(MONEY)} integer, cents integer, target integer)"
    )
    base.executemany(
        "insert into seen values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                record.record_id,
                record.source_path,
                stated(record),
                None if record.period_start is None else str(record.period_start.year),
                *(getattr(record, name) for name in (*COLUMNS, *MONEY)),
                None if record.total_budget_eur is None else int(record.total_budget_eur * 100),
                max((target.total for target in record.participant_targets), default=None),
            )
            for record in drawn
        ),
    )
    base.execute(
        "create table project as select * from (select *, row_number() over "
        "(partition by id order by stated desc, source) as place from seen) where place = 1"
    )
    return base


QUERY = """
    select {keys} count(*),
        sum(total_budget_sek), count(total_budget_sek),
        sum(esf_support_sek), count(esf_support_sek),
        sum(planned_participants), count(planned_participants),
        sum(target), count(target), sum(cents), count(cents),
        sum(iif(total_budget_sek is not null, esf_support_sek, null)),
        sum(iif(esf_support_sek is not null, total_budget_sek, null)),
        count(total_budget_sek + esf_support_sek),
        sum(iif(planned_participants > 0, esf_support_sek, null)),
        sum(iif(esf_support_sek is not null and planned_participants > 0,
                planned_participants, null)),
        count(iif(planned_participants > 0, esf_support_sek, null))
    from project {group}
"""


def quotient(above: int | None, below: int | None, unit: str) -> Decimal | None:
    if above is None or not below:
        return None
    return (Decimal(above) / Decimal(below)).quantize(Decimal(unit), ROUND_HALF_EVEN)


def expected(base: sqlite3.Connection, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    group = f"group by {', '.join(keys)}" if keys else ""
    query = QUERY.format(keys="".join(f"{key}, " for key in keys), group=group)
    for row in base.execute(query):
        *sums, share_above, share_below, both, paid, people, of_both = row
        yield (
            *sums,
            quotient(share_above, share_below, "0.0001"),
            both,
            quotient(paid, people, "1"),
            of_both,
        )


def computed(drawn: list[Record], keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    table = summary(to_frame(drawn), keys, totals=False).table
    for row in table.iter_rows(named=True):
        if not keys and row["projects"] == 0:
            continue
        share, euro = row["esf_share"], row.get("total_budget_eur")
        backed = [
            part
            for name in (*MONEY, "largest_participant_target")
            for part in (row[name], row[f"{name}_stated"])
        ]
        yield (
            *(row[key] for key in keys),
            row["projects"],
            *backed,
            None if euro is None else int(euro * 100),
            row.get("total_budget_eur_stated", 0),
            None if share is None else Decimal(str(share)).quantize(Decimal("0.0001")),
            row["esf_share_stated"],
            row["support_per_participant"],
            row["support_per_participant_stated"],
        )


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - figures, not secrets


def agrees(seed: int) -> None:
    random = chance(seed)
    drawn = some_records(random)
    keys = random.sample([*COLUMNS, "start_year"], random.randrange(1, 4))
    with closing(in_sqlite(drawn)) as base:
        assert set(computed(drawn, keys)) == set(expected(base, keys))
        if drawn:
            assert list(computed(drawn, [])) == list(expected(base, []))


def test_another_engine_comes_to_the_same_sums() -> None:
    for seed in range(100):
        agrees(seed)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_another_engine_comes_to_the_same_sums_a_thousand_times() -> None:
    for seed in range(100, 1100):
        agrees(seed)


@pytest.mark.parametrize("key", [key for key in KEYS if key not in SHARED])
def test_the_groups_add_up_to_the_total(key: str) -> None:
    for seed in range(10):
        table = summary(to_frame(some_records(chance(seed))), [key]).table
        groups, total = table[:-1], table[-1]
        for name in ("projects", *MONEY, *(f"{name}_stated" for name in MONEY)):
            assert groups[name].sum() == (total[name].item() or 0)


def test_the_order_of_the_records_does_not_matter() -> None:
    for seed in range(20):
        random = chance(seed)
        drawn = some_records(random)
        table = summary(to_frame(drawn), ["region", "programme_area"]).table
        random.shuffle(drawn)
        assert summary(to_frame(drawn), ["region", "programme_area"]).table.equals(table)
