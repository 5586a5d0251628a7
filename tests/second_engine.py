"""Random datasets, and another engine that comes to their figures: DuckDB, asked in SQL.

Nothing of the program's own arithmetic is used here. DuckDB reads the file, chooses the
observations and adds up; sums are then divided as fractions of whole numbers, which
Python rounds half to even.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import duckdb

from esfkit.dataset.frame import to_frame
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.model.record import ParticipantTarget, Record
from esfkit.output.parquet import write_parquet
from factories import a_call, a_finding, a_project

# --- random datasets

PLACES: Final = (
    ("Växjö", "0780"),
    ("Ljungby", "0781"),
    ("Malmö", "1280"),
    ("Kalmar", "0880"),
    ("Obygd", None),
    ("Utom riket", "9999"),
)
COUNTIES: Final = {"07": "Kronobergs län", "08": "Kalmar län", "12": "Skåne län"}
REGIONS: Final = ("Sydsverige", "Övre Norrland", "Nationellt", "Stockholm")
REGION_CODES: Final = ("SE22", "SE31", "SE")
PERIODS: Final = ("2007-2013", "2014-2020", "2021-2027")
DOUBTED: Final = (
    "total_budget_sek", "total_budget", "total_budget_eur", "esf_support_sek", "esf_support",
    "planned_participants", "title", None,
)  # fmt: skip


def some_records(random: Random) -> list[Record]:
    return [_some_record(random, number) for number in range(random.randrange(60))]


def _some_record(random: Random, number: int) -> Record:
    def maybe(value: object) -> Any:  # noqa: ANN401 - any value
        return value if random.random() < 0.75 else None

    def amount() -> Any:  # noqa: ANN401 - an amount, or none
        return maybe(
            random.choice([0, random.randrange(10**7), random.randrange(10**7), 10**14])
        )

    start = date(2008, 1, 1) + timedelta(random.randrange(6000))
    places = random.choices(PLACES, k=random.choice([0, 1, 1, 2, 3]))
    make = a_call if random.random() < 0.1 else a_project
    return make(
        f"2016/{random.randrange(40):05}",
        source_path=f"page-{number % 7}",
        source_member=maybe(f"member-{number % 3}"),
        source_line=number,
        title=maybe("Vägen in"),
        programme_period=maybe(random.choice(PERIODS)),
        region=maybe(random.choice(REGIONS)),
        region_code=maybe(random.choice(REGION_CODES)),
        programme_area=maybe(random.choice("123A")),
        fund=maybe(random.choice(["ESF", "ESF+"])),
        municipalities=tuple(name for name, _ in places),
        municipality_codes=tuple(code for _, code in places if code),
        period_start=maybe(start),
        period_end=maybe(start + timedelta(random.randrange(-30, 1500))),
        total_budget_sek=amount(),
        esf_support_sek=amount(),
        call_amount_sek=amount(),
        total_budget_eur=maybe(Decimal(random.randrange(10**9)) / 100),
        esf_support_eur=maybe(Decimal(random.randrange(10**7)) / 100),
        planned_participants=maybe(random.choice([0, random.randrange(1, 900)])),
        planned_women=maybe(random.choice([0, random.randrange(500)])),
        planned_men=maybe(random.choice([0, random.randrange(500)])),
        participant_targets=tuple(
            ParticipantTarget(label="x", total=random.randrange(100))
            for _ in range(random.randrange(3))
        ),
        findings=tuple(_some_finding(random) for _ in range(random.choice([0, 0, 1, 2]))),
    )


def _some_finding(random: Random) -> Finding:
    severity, field = random.choice([*Severity]), random.choice(DOUBTED)
    return a_finding(Problem.VALUE_CONFLICT, severity, field=field)


# --- what is measured, in SQL


class Figure(NamedTuple):
    """A figure: its column, what is added up, what by, its last digit and its scale."""

    column: str
    above: str
    below: str | None = None
    steps: int = 1
    scale: int = 1


BUDGET, SUPPORT = "total_budget_sek", "esf_support_sek"
EURO_BUDGET, EURO_SUPPORT = (
    f"cast({c}_eur * 100 as hugeint)" for c in ("total_budget", "esf_support")
)
PEOPLE: Final = "nullif(planned_participants, 0)"
DAYS: Final = "case when period_end >= period_start then period_end - period_start + 1 end"
SHARES: Final = """
    case
        when programme_period = '2021-2027' and programme_area = 'A' and region_code = 'SE31'
            then 6000
        when programme_period = '2021-2027' and programme_area = 'A' then 5400
        when programme_period = '2014-2020' then
            case programme_area when '1' then 4700 when '2' then 4700 when '3' then 6700 end
    end
"""
FIGURES: Final = {
    "budget": Figure(BUDGET, BUDGET),
    "support": Figure(SUPPORT, SUPPORT),
    "share": Figure("esf_share", SUPPORT, BUDGET, 10_000),
    "expected_share": Figure(
        "expected_share", f"{BUDGET}::hugeint * ({SHARES})",
        f"case when ({SHARES}) is not null then {BUDGET}::hugeint * 10000 end", 10_000,
    ),
    "participants": Figure("planned_participants", "planned_participants"),
    "women": Figure("planned_women", "planned_women"),
    "men": Figure("planned_men", "planned_men"),
    "women_share": Figure(
        "women_share", "planned_women", "nullif(planned_women + planned_men, 0)", 10_000
    ),
    "targets": Figure(
        "largest_participant_target", "list_max([each.total for each in participant_targets])"
    ),
    "support_per_participant": Figure("support_per_participant", SUPPORT, PEOPLE),
    "budget_per_participant": Figure("budget_per_participant", BUDGET, PEOPLE),
    "support_per_month": Figure(
        "support_per_month", f"{SUPPORT}::hugeint * 1461", f"({DAYS}) * 48"
    ),
    "budget_per_month": Figure(
        "budget_per_month", f"{BUDGET}::hugeint * 1461", f"({DAYS}) * 48"
    ),
    "days": Figure("project_days", DAYS),
    "call_amount": Figure("call_amount_sek", "call_amount_sek"),
    "budget_eur": Figure("total_budget_eur", EURO_BUDGET, steps=100, scale=100),
    "support_eur": Figure("esf_support_eur", EURO_SUPPORT, steps=100, scale=100),
}  # fmt: skip
"""Word → figure. Those that are divided count where both parts are stated."""

STATISTICS: Final = {
    "mean": "avg({own})",  # of quotients; else a sum ÷ a count
    "min": "min({own})",
    "q1": "quantile_cont({own}, 0.25)",
    "median": "quantile_cont({own}, 0.5)",
    "q3": "quantile_cont({own}, 0.75)",
    "max": "max({own})",
}
IN_HUNDREDTHS: Final = {"participants", "women", "men", "targets", "days"}
"""Words of figures whose statistics have two decimals: people and days."""


def classes(amount: str, *edges: int) -> str:
    """Return the SQL for the class that an amount is in."""
    begins = (0, *edges)
    ends = [
        *(f"–{end - 1}" if end - begin > 1 else "" for begin, end in pairwise(begins)),
        "+",
    ]
    whens = " ".join(
        f"when {amount} >= {begin} then '{begin}{end}'"
        for begin, end in reversed([*zip(begins, ends, strict=True)])
    )
    return f"case {whens} end"


EDGES: Final = {"budget_class": (1_000_000, 5_000_000), "duration": (6, 12, 24)}
KEYS: Final = {
    "region": "region",
    "programme_period": "programme_period",
    "fund": "fund",
    "kind": "kind",
    "start_year": "cast(year(period_start) as varchar)",
    "end_year": "cast(year(period_end) as varchar)",
    "budget_class": classes(BUDGET, *EDGES["budget_class"]),
    "participants_class": classes("planned_participants", 1, 25, 50, 100, 250, 500, 1000),
    # A whole month later is the same day of the month, or a later one.
    "duration": classes(
        "(case when period_end >= period_start then 12 * (year(period_end + 1) -"
        " year(period_start)) + month(period_end + 1) - month(period_start) -"
        " (day(period_end + 1) < day(period_start))::integer end)",
        *EDGES["duration"],
    ),
}
PLACE_KEYS: Final = {
    "municipality": "list_distinct(municipalities)",
    "county": "list_distinct(list_filter([{} [left(code, 2)] for code in municipality_codes],"
    " lambda name: name is not null))",
}


# --- the other engine


@dataclass(frozen=True, slots=True)
class Other:
    """The other engine, with the table ``project``: what counts, each record once."""

    base: duckdb.DuckDBPyConnection

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.base.execute(query, values or None).fetchall()


@contextmanager
def another_engine(drawn: Sequence[Record], folder: Path) -> Iterator[Other]:
    path = folder / "records.parquet"
    with path.open("wb") as stream:
        write_parquet(to_frame(drawn), stream)
    with duckdb.connect() as base:
        read = "create table seen as select * from read_parquet(?) where kind = 'project'"
        base.execute(read, [str(path)])
        base.execute("create table project as " + _counted(base))
        yield Other(base)


def _counted(base: duckdb.DuckDBPyConnection) -> str:
    """Return the query for the observation of each record that states most."""
    columns = base.execute("select column_name, column_type from (describe seen)").fetchall()
    stated = " + ".join(
        f"(len({name}) > 0)::integer"
        if kind.endswith("[]")
        else f"({name} is not null)::integer"
        for name, kind in columns
        if name not in ("provenance", "findings", "claimed_share")
        and not name.startswith("source_")
    )
    county = PLACE_KEYS["county"].format(f"map({[*COUNTIES]}, {[*COUNTIES.values()]})")
    keys = ", ".join(f"{sql} as key_{name}" for name, sql in KEYS.items())
    measured = ", ".join(
        f"{part or 'null'} as {end}_{word}"
        for word, figure in FIGURES.items()
        for part, end in ((figure.above, "above"), (figure.below, "below"))
    )
    return f"""
        select *, {keys}, {measured},
            {PLACE_KEYS["municipality"]} as all_municipality, {county} as all_county,
            len(all_municipality) <= 1 as alone_municipality,
            len(all_county) = 0 or (len(all_county) = 1 and
                len(municipality_codes) >= len(municipalities)) as alone_county
        from seen
        qualify row_number() over (partition by record_id order by {stated} desc,
            source_path nulls last, source_member nulls last, source_line nulls last) = 1
    """  # noqa: S608 - its own words


def measured(
    other: Other, words: Sequence[str], keys: Sequence[str], table: str = "project"
) -> dict[tuple[Any, ...], list[Any]]:
    """Return group → its figures, each beside the number of records it rests on."""
    place = next((key for key in keys if key in PLACE_KEYS), None)
    source, alone = table, "true"
    if place:
        alone = f"alone_{place}"
        source = (
            f"(select *, unnest(if(len(all_{place}) = 0, [null], all_{place})) as key_{place}"  # noqa: S608 - its own words
            f" from {table})"
        )
    names = [f"key_{key}" for key in keys]
    columns = [*names, "count(*)", f"count(*) filter (not ({alone}))"]
    for word in words:
        columns += _columns(word, alone)
    group = f"group by {', '.join(names)}" if names else ""
    found = other.rows(f"select {', '.join(columns)} from {source} {group}")  # noqa: S608 - its own words
    return {row[: len(keys)]: _figures(row[len(keys) :], words) for row in found}


def _columns(word: str, alone: str) -> list[str]:
    name, _, statistic = word.partition(".")
    above, below = f"above_{name}", f"below_{name}"
    count_above = f"({alone}) and {above} is not null"
    if FIGURES[name].below is None:
        sums = [f"sum({above}) filter ({count_above})", "1", f"count(*) filter ({count_above})"]
        own, where = f"{above}::double", count_above
    else:
        both = f"{count_above} and {below} is not null"
        sums = [
            f"sum({above}) filter ({both})",
            f"sum({below}) filter ({both})",
            f"count(*) filter ({both})",
        ]
        own, where = f"({above}::double / {below}::double)", f"{both} and {below} > 0"
    if not statistic:
        return sums
    if statistic == "mean" and FIGURES[name].below is None:
        return [sums[0], sums[2], sums[2]]
    return [
        f"{STATISTICS[statistic].format(own=own)} filter ({where})",
        "1",
        f"count(*) filter ({where})",
    ]


def _figures(row: Sequence[Any], words: Sequence[str]) -> list[Any]:
    projects, elsewhere, *sums = row
    shown: list[Any] = [projects, elsewhere]
    for word, above, below, count in zip(words, sums[::3], sums[1::3], sums[2::3], strict=True):
        shown += [rounded(word, above, below if count else None), count]
    return shown


def rounded(word: str, above: float | None, below: int | None) -> Fraction | None:
    """Return one ÷ the other to the last digit of the figure, halves to even."""
    if above is None or not below:
        return None
    name, _, statistic = word.partition(".")
    figure = FIGURES[name]
    steps = 100 if statistic and name in IN_HUNDREDTHS else figure.steps
    value = Fraction(above) / Fraction(below) / figure.scale
    return Fraction(round(value * steps), steps)


def part(above: float | None, below: float | None) -> Fraction | None:
    """Return a part of a whole with four decimals, halves to even."""
    if above is None or not below:
        return None
    return Fraction(round(Fraction(above) / Fraction(below) * 10_000), 10_000)


ABOUT: Final = {
    "budget": "total_budget",
    "budget_eur": "total_budget",
    "support": "esf_support",
    "participants": "planned_participants",
}
"""Word → how the fields begin that a finding on the figure names."""


def bounded(other: Other, words: Sequence[str], key: str) -> dict[Any, list[Fraction | None]]:
    """Return group → the low and the high sum of each figure."""
    limits = ", ".join(_limits(word) for word in words)
    columns = ", ".join(
        f"sum(case when low_{word} is not null"
        f" then least(low_{word}, coalesce(above_{word}, 0)) end), sum(high_{word})"
        for word in words
    )
    found = other.rows(
        f"select key_{key}, {columns} from project join (select record_id, {limits} "  # noqa: S608 - its own words
        "from seen group by record_id) using (record_id) group by 1"
    )
    scales = [FIGURES[word].scale for word in words for _ in ("low", "high")]
    return {
        group: [
            None if value is None else Fraction(value) / scale
            for value, scale in zip(values, scales, strict=True)
        ]
        for group, *values in found
    }


def _limits(word: str) -> str:
    names = [f"{ABOUT[word]}{end}" for end in ("", "_sek", "_eur")]
    doubts = f"f.field in {names} and f.severity in ('error', 'warning')"
    doubted = f"len(list_filter(findings, lambda f: {doubts})) > 0"
    amount = FIGURES[word].above
    return (
        f"min(case when {amount} is not null and {doubted} then 0 else {amount} end)"
        f" as low_{word}, max({amount}) as high_{word}"
    )


def heaviest(other: Other, word: str, key: str, most: int) -> list[tuple[Any, ...]]:
    """Return group, place, record, amount and the group's sum of the heaviest records."""
    within = f"partition by key_{key}"
    ranked = (
        f"select *, above_{word} as amount, sum(above_{word}) over ({within}) as whole,"  # noqa: S608 - its own words
        f" row_number() over ({within} order by above_{word} desc, record_id) as place"
        f" from project where above_{word} is not null"
    )
    return other.rows(
        f"select key_{key}, place, record_id, amount, whole from ({ranked}) where place <= ?",  # noqa: S608 - its own words
        most,
    )
