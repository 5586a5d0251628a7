"""Laws of summaries and cross-tables: whatever is asked, the answer adds up or is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.analysis.figures.measures import WORDS
from esfkit.analysis.figures.money import read_conversion
from esfkit.analysis.grouping.arrangement import Arrangement, SharesOf
from esfkit.analysis.grouping.groups import Question, question
from esfkit.analysis.grouping.keys import KEYS, SHARED
from esfkit.analysis.reports.deciding import deciding
from esfkit.analysis.reports.pivot import keys_down, pivoted
from esfkit.analysis.reports.summary import Summary, summarised
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.model.finding import Problem, Severity
from esfkit.model.record import ParticipantTarget, Record
from factories import a_finding, a_project

TEXTS = st.sampled_from([None, "", "A", "å", "Total", "Other", "(Total)", "Nationellt", "A_of"])
AMOUNTS = st.none() | st.sampled_from([0, 1, 7, -5, 10**9, 2**53 + 1, 2**62, 2**63 - 1])
EUROS = st.none() | st.decimals(-(10**15), 10**15, places=2)
DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
FEW = st.none() | st.integers(0, 50)


@st.composite
def records(draw: st.DrawFn) -> Record:
    names = draw(st.lists(st.sampled_from(["Malmö", "Växjö", "Obygd"]), max_size=3))
    codes = {"Malmö": "1280", "Växjö": "0780"}
    fields = {
        "total_budget_sek": AMOUNTS, "esf_support_sek": AMOUNTS, "call_amount_sek": AMOUNTS,
        "planned_participants": AMOUNTS, "planned_women": AMOUNTS, "planned_men": FEW,
        "total_budget_eur": EUROS, "esf_support_eur": EUROS,
        "period_start": DAYS, "period_end": DAYS,
        "region": TEXTS, "owner_name": TEXTS, "fund": TEXTS, "programme_area": TEXTS,
        "programme_period": st.sampled_from([None, "2014-2020", "2021-2027"]),
    }  # fmt: skip
    about = ["esf_support_sek", "total_budget", None]
    return a_project(
        draw(st.sampled_from("123456789")),
        municipalities=tuple(names),
        municipality_codes=tuple(codes[name] for name in names if name in codes),
        participant_targets=tuple(
            ParticipantTarget(label="x", total=n)
            for n in draw(st.lists(st.integers(0, 9), max_size=2))
        ),
        findings=tuple(
            a_finding(Problem.VALUE_CONFLICT, severity, field=field)
            for severity in draw(st.lists(st.sampled_from(Severity), max_size=2))
            for field in draw(st.sampled_from([about[:1], about[1:]]))
        ),
        **{name: draw(values) for name, values in fields.items()},
    )


MEASURES = st.sampled_from(
    [*WORDS, "projects", *(f"{word}.{each}" for word in WORDS for each in ("mean", "spread"))]
)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    rate = draw(st.none() | st.sampled_from(["avg", "2016", "10.5"]))
    unmeasured = "call_amount" if rate else "nothing"
    measures = MEASURES.filter(lambda word: not word.startswith(unmeasured))
    asked = question(
        draw(st.lists(st.sampled_from(KEYS).filter(lambda key: key != "county"), max_size=3))
        or draw(st.sampled_from([[], ["region"], ["owner_name"]])),
        draw(st.lists(measures, max_size=4)),
        conversion=None if rate is None else read_conversion(rate),
    )
    edges = st.dictionaries(
        st.sampled_from(["budget_class", "duration"]), st.just((1, 12, 10**20)), max_size=2
    )
    return replace(
        asked,
        edges=draw(edges),
        bounds=draw(st.booleans()),
        all_observations=draw(st.sampled_from([False, False, True])),
    )


@st.composite
def wishes(draw: st.DrawFn) -> Arrangement:
    """Draw a wish that mostly can be met."""
    top = draw(st.none() | st.integers(0, 4))
    by = st.sampled_from(
        ["projects", "-projects", "projects", "-support", "-region", "nonsense"]
    )
    return Arrangement(
        sort=tuple(draw(st.lists(by, max_size=1))),
        top=top,
        other=top is not None and draw(st.booleans()),
        min_projects=draw(st.integers(0, 5)),
        shares_of=draw(st.none() | st.sampled_from(get_args(SharesOf))),
        totals=draw(st.booleans()),
    )


def answered(drawn: list[Record], asked: Question, wish: Arrangement) -> Summary | None:
    try:
        return summarised(to_frame(drawn), asked, wish)
    except (BadRequest, InputRefused):
        return None


@settings(deadline=None, max_examples=200)
@given(st.lists(records(), max_size=8), questions(), wishes())
def test_any_question_is_answered_or_refused(
    drawn: list[Record], asked: Question, wish: Arrangement
) -> None:
    found = answered(drawn, asked, wish)
    if found is None:
        return

    assert len(set(found.table.columns)) == found.table.width
    assert not [name for name in found.table.columns if name.startswith("__")]
    assert found.basis.observations == len(drawn) == found.basis.records + found.basis.left_out
    for each in asked.measures:
        stated = f"{each.name}_stated"
        if stated in found.table.columns:
            rows = found.table.drop_nulls(stated)
            assert (rows[stated] <= rows["projects"]).all()


@settings(deadline=None, max_examples=200)
@given(st.lists(records(), max_size=8), questions(), wishes())
def test_what_is_shown_and_added_up_makes_the_total(
    drawn: list[Record], asked: Question, wish: Arrangement
) -> None:
    wish = replace(wish, totals=True, shares_of=None)
    found = answered(drawn, asked, wish)
    if found is None or not asked.keys or asked.shared or found.cut:
        return

    groups, total = found.table[:-1], found.table[-1]
    assert groups["projects"].sum() == total["projects"].item()
    if total["projects"].item() < wish.min_projects:
        return  # too few in all: no figure is shown
    for each in asked.measures:
        if each.adds_up and each.name in groups.columns:
            assert (groups[each.name].sum() or 0) == (total[each.name].item() or 0)


@settings(deadline=None, max_examples=100)
@given(st.lists(records(), max_size=8), questions(), st.integers(1, 4))
def test_no_small_group_can_be_told_from_the_rest(
    drawn: list[Record], asked: Question, least: int
) -> None:
    found = answered(drawn, asked, Arrangement(min_projects=least))
    if found is None or not asked.keys or asked.shared:
        return

    measures = [each.name for each in asked.measures if each.name in found.table.columns]
    *groups, total = found.table.to_dicts()
    small = [row for row in (*groups, total) if row["projects"] < least]
    for row in small:
        assert {row[name] for name in measures} <= {None}
    if small:  # else its figures were the total's without those of the other groups
        assert {total[name] for name in measures} <= {None}


@settings(deadline=None, max_examples=150)
@given(
    st.lists(records(), max_size=8),
    questions(),
    st.lists(st.sampled_from(KEYS), max_size=2),
    st.lists(st.sampled_from(KEYS), max_size=2),
    st.none() | st.sampled_from(get_args(SharesOf)),
)
def test_any_cross_table_adds_up_or_is_refused(
    drawn: list[Record],
    asked: Question,
    rows: list[str],
    cols: list[str],
    shares_of: SharesOf | None,
) -> None:
    try:
        down = keys_down(rows, cols)
        keys = question([*down, *cols]).keys
        found = pivoted(to_frame(drawn), down, replace(asked, keys=keys), shares_of)
    except (BadRequest, InputRefused):
        return

    table, (*heads, total) = found.table, found.columns
    assert len(set(table.columns)) == table.width
    if (
        set(keys) & set(SHARED)
        or shares_of
        or not (found.measure is None or found.measure.adds_up)
    ):
        return
    for row in table.iter_rows(named=True):
        assert sum(row[head] or 0 for head in heads) == (row[total] or 0)
    for column in found.columns:
        assert sum(value or 0 for value in table[column][:-1]) == (table[column][-1] or 0)


@settings(deadline=None, max_examples=100)
@given(st.lists(records(), max_size=8), questions(), st.integers(1, 3))
def test_what_decides_is_told_of_any_question(
    drawn: list[Record], asked: Question, most: int
) -> None:
    try:
        table = deciding(to_frame(drawn), asked, most).table
    except (BadRequest, InputRefused):
        return

    assert (table["rank"] <= most).all()
    assert len(set(table.columns)) == table.width
    assert table.schema["part"] == pl.Float64


def test_the_laws_are_not_empty() -> None:
    drawn = [
        a_project(str(n), region="AB"[n % 2], total_budget_eur=Decimal(n)) for n in range(4)
    ]

    assert answered(drawn, question("region"), Arrangement()) is not None
