"""Rules of the programmes: areas, objectives, interventions and funds."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View, quote, raw_of
from esfkit.values.programme import AreaReading, area_of_objective, read_area
from esfkit.vocabulary.codes import code_list

_NATION: Final = "SE"
_KNOWN_WHOLE: Final = "2014-2020"  # of 2021–2027 not every objective is known


def _find_outside_area(record: View, _: Settings) -> Iterator[Met]:
    area, objective = record["programme_area"], record["specific_objective"]
    if area and objective and area_of_objective(objective).casefold() != area.casefold():
        yield Met(
            "specific_objective",
            f"objective {objective} does not belong to area {area}",
        )


def _find_unknown_area(record: View, _: Settings) -> Iterator[Met]:
    area, period = record["programme_area"], record["programme_period"]
    known = _codes_of("programme_areas", period)
    if len(area) == 1 and known and area.upper() not in known:  # "Care" is no code
        yield Met(
            "programme_area",
            f"area {area} is none of the known areas of {period}: {', '.join(known)}",
        )


def _find_unknown_objective(record: View, _: Settings) -> Iterator[Met]:
    objective = record["specific_objective"]
    known = _codes_of("objectives", _KNOWN_WHOLE)
    if objective not in known:
        yield Met(
            "specific_objective",
            f"objective {objective} is none of the known ones of {_KNOWN_WHOLE}: "
            f"{', '.join(known)}",
        )


@cache
def _codes_of(name: str, period: str) -> tuple[str, ...]:
    return tuple(row.code for row in code_list(name).codes if row.period == period)


_FIRST_DAYS: Final[Mapping[str, date]] = {
    # Expenditure is eligible from then on: REACT-EU by Reg. (EU) 2020/2221, CARE by
    # Reg. (EU) 2022/562.
    "5.1": date(2020, 2, 1),
    "5.2": date(2020, 2, 1),
    "2.4": date(2022, 2, 24),
}


def _find_objective_too_early(record: View, _: Settings) -> Iterator[Met]:
    objective, end = record["specific_objective"], record["period_end"]
    first = _FIRST_DAYS.get(objective)
    if first is not None and end < first:
        yield Met(
            "specific_objective",
            f"objective {objective} can pay from {first} on, and the period ends {end}",
        )


_REGIONS_OF: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("2014-2020", "3"): ("SE22", "SE31", "SE32"),
    ("2021-2027", "D"): ("SE32", "SE33"),
}


def _find_area_elsewhere(record: View, _: Settings) -> Iterator[Met]:
    area, region = record["programme_area"], record["region_code"]
    where = _REGIONS_OF.get((record["programme_period"], area))
    if where is not None and region not in (*where, _NATION):
        yield Met(
            "region_code",
            f"area {area} of {record['programme_period']} is for {', '.join(where)}, "
            f"and the project is in {record.get('region')} ({region})",
        )


def _find_other_area_name(record: View, _: Settings) -> Iterator[Met]:
    area, period = record["programme_area"], record["programme_period"]
    printed = raw_of(record, "programme_area") or ""
    reading = read_area(printed)
    if not isinstance(reading, AreaReading) or reading.name is None:
        return
    named = code_list("programme_areas").find(reading.name, period)
    if named is not None and named.code != area:
        yield Met(
            "programme_area",
            f"{quote(printed)}: the name is that of area {named.code}, the code is {area}",
        )


_INTERVENTIONS: Final[Mapping[str, tuple[int, int, int]]] = {
    # First, last, and last for technical assistance. Pages of area D print 175.
    "2014-2020": (102, 120, 123),  # Reg. (EU) 215/2014 Annex I
    "2021-2027": (134, 178, 182),  # Reg. (EU) 2021/1060 Annex I
}


def _find_intervention_of_other_period(record: View, _: Settings) -> Iterator[Met]:
    code, period = record["intervention_code"], record["programme_period"]
    first, _last, assistance = _INTERVENTIONS[period]
    if code.isdigit() and not first <= int(code) <= assistance:
        yield Met(
            "intervention_code",
            f"intervention {code} lies outside {first}–{assistance}, the codes of {period}",
        )


def _find_technical_assistance(record: View, _: Settings) -> Iterator[Met]:
    code = record["intervention_code"]
    _first, last, assistance = _INTERVENTIONS[record["programme_period"]]
    if code.isdigit() and last < int(code) <= assistance:
        told = f"intervention {code} is technical assistance: work of the programme itself"
        yield Met("intervention_code", told)


_PLAUSIBLE: Final[Mapping[str, frozenset[int]]] = {
    # Thematic objective 10, and the adaptation of workers; 8 and 9; the young.
    "1": frozenset((106, *range(115, 121))),
    "2": frozenset(range(102, 115)),
    "3": frozenset((102, 103)),
}


def _find_unlikely_intervention(record: View, _: Settings) -> Iterator[Met]:
    area, code = record["programme_area"], record["intervention_code"]
    plausible = _PLAUSIBLE.get(area)
    first, last, _assistance = _INTERVENTIONS[_KNOWN_WHOLE]
    if plausible is None or not code.isdigit() or not first <= int(code) <= last:
        return
    if int(code) not in plausible:
        told = f"intervention {code} belongs to another theme than area {area}"
        yield Met("intervention_code", told)


def _find_fund_too_early(record: View, _: Settings) -> Iterator[Met]:
    if record["fund"] == "ESF+":
        told = f"ESF+ began in 2021, and the page says {record['programme_period']}"
        yield Met("fund", told)


RULES: Final = (
    Rule(
        code=Problem.OBJECTIVE_OUTSIDE_AREA,
        severity=Severity.ERROR,
        find=_find_outside_area,
        reads=("programme_area", "specific_objective"),
        at_ingest=True,
        breaks={"programme_area": "1", "specific_objective": "2.1"},
        keeps={"programme_area": "A", "specific_objective": "A2.a"},
    ),
    Rule(
        code=Problem.AREA_NOT_OF_PERIOD,
        severity=Severity.NOTE,
        find=_find_unknown_area,
        reads=("programme_area", "programme_period"),
        breaks={"programme_area": "7", "programme_period": "2014-2020"},
        keeps={"programme_area": "5", "programme_period": "2014-2020"},
    ),
    Rule(
        code=Problem.OBJECTIVE_NOT_OF_PERIOD,
        severity=Severity.NOTE,
        find=_find_unknown_objective,
        periods=(_KNOWN_WHOLE,),
        reads=("specific_objective",),
        breaks={"specific_objective": "4.4", "programme_period": "2014-2020"},
        keeps={"specific_objective": "2.4", "programme_period": "2014-2020"},
    ),
    Rule(
        code=Problem.OBJECTIVE_TOO_EARLY,
        severity=Severity.WARNING,
        find=_find_objective_too_early,
        kinds=("project",),
        reads=("specific_objective", "period_end"),
        breaks={"specific_objective": "5.1", "period_end": date(2019, 12, 31)},
        keeps={"specific_objective": "5.1", "period_end": date(2023, 6, 30)},
    ),
    Rule(
        code=Problem.AREA_OUTSIDE_ITS_REGIONS,
        severity=Severity.WARNING,
        find=_find_area_elsewhere,
        reads=("programme_period", "programme_area", "region_code"),
        breaks={"programme_period": "2021-2027", "programme_area": "D", "region_code": "SE22"},
        keeps={"programme_period": "2014-2020", "programme_area": "3", "region_code": "SE"},
    ),
    Rule(
        code=Problem.AREA_NAME_CONTRADICTS_CODE,
        severity=Severity.WARNING,
        find=_find_other_area_name,
        reads=("programme_period", "programme_area"),
        breaks={
            "programme_period": "2014-2020",
            "programme_area": "2",
            "provenance": (
                {
                    "field": "programme_area",
                    "raw": "2 Kompetensförsörjning",
                    "label": None,
                    "start": 10,
                    "end": 32,
                    "line": 2,
                },
            ),
        },
        keeps={
            "programme_period": "2014-2020",
            "programme_area": "1",
            "provenance": (
                {
                    "field": "programme_area",
                    "raw": "1 Kompetensförsörjning",
                    "label": None,
                    "start": 10,
                    "end": 32,
                    "line": 2,
                },
            ),
        },
    ),
    Rule(
        code=Problem.INTERVENTION_NOT_OF_PERIOD,
        severity=Severity.WARNING,
        find=_find_intervention_of_other_period,
        periods=tuple(_INTERVENTIONS),
        reads=("intervention_code",),
        breaks={"intervention_code": "140", "programme_period": "2014-2020"},
        keeps={"intervention_code": "140", "programme_period": "2021-2027"},
    ),
    Rule(
        code=Problem.INTERVENTION_IS_ASSISTANCE,
        severity=Severity.NOTE,
        find=_find_technical_assistance,
        kinds=("project",),
        periods=tuple(_INTERVENTIONS),
        reads=("intervention_code",),
        breaks={"intervention_code": "121", "programme_period": "2014-2020"},
        keeps={"intervention_code": "120", "programme_period": "2014-2020"},
    ),
    Rule(
        code=Problem.INTERVENTION_UNLIKELY,
        severity=Severity.NOTE,
        find=_find_unlikely_intervention,
        periods=(_KNOWN_WHOLE,),
        reads=("programme_area", "intervention_code"),
        breaks={
            "programme_area": "1",
            "intervention_code": "109",
            "programme_period": "2014-2020",
        },
        keeps={
            "programme_area": "1",
            "intervention_code": "117",
            "programme_period": "2014-2020",
        },
    ),
    Rule(
        code=Problem.FUND_NOT_OF_PERIOD,
        severity=Severity.WARNING,
        find=_find_fund_too_early,
        periods=("2007-2013", "2014-2020"),
        reads=("fund",),
        breaks={"fund": "ESF+", "programme_period": "2014-2020"},
        keeps={"fund": "ESF+", "programme_period": "2021-2027"},
    ),
)
