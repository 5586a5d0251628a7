"""500 invented projects observed one to five times: who is merged, and where fields come from.

The generator knows which project each observation is of; the program is told nothing of it.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from time import perf_counter
from typing import Any, NamedTuple

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from esfkit.analysis.merging.decisions import Decision
from esfkit.analysis.merging.merge import Merged, merge
from esfkit.analysis.merging.precedence import usual_precedence
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Provenance, Record

SEEDS = (1, 2, 3)
PROJECTS = 500

TOWNS = (
    *("Arvika", "Boden", "Eslöv", "Falun", "Gävle", "Härnösand", "Kalmar", "Luleå", "Mora"),
    *("Nässjö", "Orsa", "Piteå", "Sala", "Tierp", "Umeå", "Växjö", "Ystad", "Åmål", "Örebro"),
)
REGIONS = (("Sydsverige", "SE22"), ("Övre Norrland", "SE33"), ("Västsverige", "SE23"))
BEGINNINGS = ("Nya vägar", "Kraft", "Bron", "Språnget", "Kompetens", "Trampolinen", "Lyftet")
ENDS = ("till arbete", "för unga", "i vården", "in på marknaden", "med språk", "i samverkan")
THINGS = (
    "linbana",
    "kompass",
    "verkstad",
    "fyrbåk",
    "trädgård",
    "ateljé",
    "slussport",
    "kvarn",
)
PAGES = {
    "2007-2013": ("esf-2007-glued", "inline-2007"),
    "2014-2020": ("esf-2014-lines", "esf-2014-colon", "esf-fond"),
    "2021-2027": ("esf-plus", "esf-alpha"),
}
LISTS = {
    "2007-2013": (),
    "2014-2020": ("kohesio-list",),
    "2021-2027": ("esf-list", "kohesio-list"),
}
STATED_BY_LISTS = (
    *("title", "owner", "owner_name", "period_start", "period_end", "total_budget_sek"),
    *("esf_support_sek", "project_number"),
)
FOLLOWERS = ("owner_name", "region_code", "owner_unit", "programme_period_basis")


class Observed(NamedTuple):
    """What the generator made."""

    frame: pl.DataFrame
    project: dict[str, int]  # source_path → which project it is


@cache
def observed(seed: int) -> Observed:
    chance = random.Random(seed)  # noqa: S311 - the same projects in every run
    records: list[Record] = []
    project: dict[str, int] = {}
    for number, truth in enumerate(_projects(chance)):
        for time in range(chance.randint(1, 5)):
            path = f"{number:03}-{time}.txt"
            records.append(_observation(truth, path, chance))
            project[path] = number
    return Observed(to_frame(records), project)


@cache
def merged(seed: int) -> Merged:
    return merge(observed(seed).frame.lazy())


# --- the generator ----------------------------------------------------------------------


def _projects(chance: random.Random) -> Iterator[dict[str, Any]]:
    made = 0
    while made < PROJECTS:
        one = _a_truth(made, chance)
        companions = chance.choice([_alone] * 6 + [_prestudy, _next_part, _namesake, _twin])
        for truth in companions(one, made, chance):
            yield truth
            made += 1
            if made == PROJECTS:
                return


def _a_truth(number: int, chance: random.Random) -> dict[str, Any]:
    period = chance.choice(list(PAGES))
    begin = {"2007-2013": 2009, "2014-2020": 2015, "2021-2027": 2022}[period]
    start = date(begin, 1, 1) + timedelta(days=chance.randrange(1200))
    region, code = chance.choice(REGIONS)
    budget = chance.randrange(1_000_000, 40_000_000)
    owner = (
        f"{chance.choice(TOWNS)} {chance.choice(('kommun', 'folkhögskola', 'utveckling AB'))}"
    )
    title = " ".join((chance.choice(BEGINNINGS), chance.choice(THINGS), chance.choice(ENDS)))
    return {
        "project_number": _number(period, number),
        "programme_period": period,
        "programme_period_basis": "layout",
        "title": f"{title} {chance.choice(TOWNS)}",
        "owner": owner,
        "owner_name": owner,
        "period_start": start,
        "period_end": start + timedelta(days=chance.randrange(300, 1100)),
        "region": region,
        "region_code": code,
        "total_budget_sek": budget,
        "esf_support_sek": budget * 2 // 3,
        "planned_participants": chance.randrange(20, 900),
        "phase": "Genomförande" if period == "2007-2013" else None,
    }


def _number(period: str, number: int) -> str | None:
    if period == "2007-2013":
        return None  # its pages print none
    return f"2016/{number:05}" if period == "2014-2020" else f"23-{number:03}-S01"


def _alone(one: dict[str, Any], *_: object) -> tuple[dict[str, Any], ...]:
    return (one,)


def _prestudy(
    one: dict[str, Any], number: int, chance: random.Random
) -> tuple[dict[str, Any], ...]:
    """A pre-study of half a year before it, of the same title or told by its words."""
    is_old = one["programme_period"] == "2007-2013"
    before = {
        "project_number": _number(one["programme_period"], number + 1),
        "title": one["title"] if is_old else f"Förstudie {one['title']}",
        "phase": "Förprojektering" if is_old else None,
        "period_start": one["period_start"] - timedelta(days=200),
        "period_end": one["period_start"] - timedelta(days=1),
        **_money(chance.randrange(200_000, 900_000)),
    }
    return one, one | before


def _next_part(
    one: dict[str, Any], number: int, chance: random.Random
) -> tuple[dict[str, Any], ...]:
    """A project of the same owner that follows it."""
    after = {
        "project_number": _number(one["programme_period"], number + 1),
        "title": f"{one['title']} {chance.choice(('2', 'II', 'fortsättning'))}",
        "period_start": one["period_end"] - timedelta(days=30),
        "period_end": one["period_end"] + timedelta(days=500),
        **_money(chance.randrange(1_000_000, 9_000_000)),
    }
    return one, one | after


def _namesake(
    one: dict[str, Any], number: int, chance: random.Random
) -> tuple[dict[str, Any], ...]:
    """A project of the same title and days, of another owner."""
    owner = f"{one['owner']} syd"
    other = {
        "project_number": _number(one["programme_period"], number + 1),
        "owner": owner,
        "owner_name": owner,
        **_money(chance.randrange(1_000_000, 9_000_000)),
    }
    return one, one | other


def _twin(
    one: dict[str, Any], number: int, chance: random.Random
) -> tuple[dict[str, Any], ...]:
    """A project of the same title, owner and days, in another region."""
    region, code = chance.choice([each for each in REGIONS if each[1] != one["region_code"]])
    other = {
        "project_number": _number(one["programme_period"], number + 1),
        "region": region,
        "region_code": code,
        **_money(chance.randrange(1_000_000, 9_000_000)),
    }
    return one, one | other


def _money(budget: int) -> dict[str, int]:
    return {"total_budget_sek": budget, "esf_support_sek": budget * 2 // 3}


def _observation(truth: dict[str, Any], path: str, chance: random.Random) -> Record:
    period = truth["programme_period"]
    layout = chance.choice(PAGES[period] + LISTS[period])
    is_list = layout in LISTS[period]
    values = {
        name: value
        for name, value in truth.items()
        if not is_list or name in STATED_BY_LISTS or name.startswith("programme_")
    }
    if is_list and chance.random() < 0.3:
        values["project_number"] = None
    values |= _another_spelling(values, chance)
    if chance.random() < (0.3 if values["project_number"] else 0.02):
        values |= chance.choice(DISAGREEMENTS)(values)
    number = values["project_number"]
    return Record(
        **values,
        record_id=f"esf:{number or path}",
        kind="project",
        layout=layout,
        provenance=(
            Provenance(field="title", raw=values["title"], label=None, start=0, end=1, line=1),
        ),
        source_path=path,
        source_sha256=f"{path}-text",
    )


def _another_spelling(values: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """What does not make another owner or title: capitals, quotation marks, a repeat."""
    owner, title = values["owner"], values["title"]
    return chance.choice(
        (
            {},
            {"owner": owner.upper(), "owner_name": owner.upper()},
            {"owner": f"{owner}, {owner}"},
            {"title": f"”{title}”"},
            {"title": f"{title.upper()}."},
        )
    )


DISAGREEMENTS = (
    lambda values: {"title": values["title"].replace("a", "o", 1)},
    lambda values: {"title": f"{values['owner_name']} tar nya tag"},
    lambda values: {"period_end": values["period_end"] + timedelta(days=45)},
    lambda values: {"total_budget_sek": values["total_budget_sek"] + 17_000},
    lambda values: {"esf_support_sek": values["esf_support_sek"] - 3_000},
    lambda values: dict.fromkeys(("owner", "owner_name"), f"Nya {values['owner_name'][::-1]}"),
)


# --- what holds -------------------------------------------------------------------------


def _groups(result: Merged) -> dict[str, str]:
    """Return source_path → the record that the observation became part of."""
    rows = result.origins.filter(pl.col("field") == "record_id")
    return dict(zip(rows["source_path"], rows["record_id"], strict=True))


def _pairs(of: dict[str, Any]) -> set[tuple[str, str]]:
    members: defaultdict[Any, list[str]] = defaultdict(list)
    for path in sorted(of):
        members[of[path]].append(path)
    return {pair for paths in members.values() for pair in combinations(paths, 2)}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_merged_is_one_project_and_hardly_any_is_missed(seed: int) -> None:
    given = observed(seed)

    found, true = _pairs(_groups(merged(seed))), _pairs(given.project)

    assert len(set(given.project.values())) == PROJECTS
    assert found - true == set()
    assert len(found & true) / len(true) >= 0.98


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_missed_stands_in_the_review(seed: int) -> None:
    given, result = observed(seed), merged(seed)
    groups = _groups(result)
    asked = {
        frozenset((groups[one], groups[other]))
        for one, other in zip(result.review["a_source"], result.review["b_source"], strict=True)
    }

    missed = _pairs(given.project) - _pairs(groups)

    assert {frozenset((groups[one], groups[other])) for one, other in missed} - asked == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_with_every_question_answered_each_project_stands_once(seed: int) -> None:
    given, review = observed(seed), merged(seed).review
    answers = [
        Decision(
            row["pair"],
            given.project[row["a_source"]] == given.project[row["b_source"]],
            ((row["a_text"], row["a_compared"]), (row["b_text"], row["b_compared"])),
        )
        for row in review.to_dicts()
    ]

    decided = merge(given.frame.lazy(), answers)

    assert decided.projects.height == PROJECTS
    assert _pairs(_groups(decided)) == _pairs(given.project)
    assert decided.tally.applied == len(answers)
    assert decided.tally.doubtful == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_every_observation_is_kept_and_every_identity_is_its_own(seed: int) -> None:
    result = merged(seed)

    assert_frame_equal(observed(seed).frame, result.observations)
    assert sorted(observed(seed).project) == sorted(_groups(result))
    assert result.projects["record_id"].is_unique().all()
    assert sorted(set(_groups(result).values())) == result.projects["record_id"].to_list()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_field_comes_from_where_the_origins_say(seed: int) -> None:
    result = merged(seed)
    observations = {row["source_path"]: row for row in result.observations.to_dicts()}
    projects = {row["record_id"]: row for row in result.projects.to_dicts()}
    given = result.origins.filter(standing="given")

    told = {(row["record_id"], row["field"]): row["source_path"] for row in given.to_dicts()}

    assert len(told) == given.height
    for (identity, field), path in told.items():
        assert projects[identity][field] == observations[path][field] or field == "record_id"
    stated = {
        (identity, field)
        for identity, row in projects.items()
        for field in ("title", "owner", "period_start", "total_budget_sek", "phase", "region")
        if row[field] is not None
    }
    assert stated <= told.keys()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_by_precedence_gives_and_each_other_value_is_told(seed: int) -> None:
    result, ranks = merged(seed), usual_precedence()
    wanted = ("total_budget_sek", "esf_support_sek", "period_end", "planned_participants")
    observations = {row["source_path"]: row for row in result.observations.to_dicts()}
    members: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, identity in _groups(result).items():
        members[identity].append(observations[path])
    told = {
        (row["record_id"], row["field"], row["source_path"]): row["standing"]
        for row in result.origins.to_dicts()
    }

    for row in result.projects.to_dicts():
        for field in wanted:
            said = [each for each in members[row["record_id"]] if each[field] is not None]
            best = min((ranks[each["layout"]] for each in said), default=None)
            for each in said:
                standing = told[row["record_id"], field, each["source_path"]]
                assert (standing == "disagrees") == (each[field] != row[field])
                if standing == "given":
                    assert ranks[each["layout"]] == best


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_observations_does_not_matter(seed: int) -> None:
    shuffled = observed(seed).frame.sample(fraction=1, shuffle=True, seed=seed)

    other = merge(shuffled.lazy())

    everything = merged(seed).origins.columns
    assert_frame_equal(merged(seed).projects, other.projects)
    assert_frame_equal(merged(seed).review, other.review)
    assert_frame_equal(merged(seed).origins.sort(everything), other.origins.sort(everything))
    assert merged(seed).tally == other.tally


@pytest.mark.parametrize("seed", SEEDS)
def test_merging_what_is_merged_changes_nothing(seed: int) -> None:
    once = merged(seed).projects

    again = merge(once.lazy())

    assert_frame_equal(once, again.projects)


@pytest.mark.slow
def test_20_000_observations_take_seconds() -> None:
    chance = random.Random(4)  # noqa: S311 - the same projects in every run
    records = [
        _observation(truth, f"{number:04}-{time}.txt", chance)
        for number in range(5_000)
        for truth in [_a_truth(number, chance) | {"title": f"Väg {number} {number % 77}"}]
        for time in range(4)
    ]
    frame = to_frame(records)
    began = perf_counter()

    result = merge(frame.lazy())

    # Some 5 s where nothing else runs.
    assert perf_counter() - began < 60
    assert result.observations.height == 20_000
    assert 5_000 <= result.projects.height < 5_300
