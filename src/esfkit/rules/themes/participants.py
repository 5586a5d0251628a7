"""Rules of participants: their number, its split, targets beside it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View, quote

_PERCENT: Final = 100


class _Number(NamedTuple):
    """The smallest and largest usual number of planned participants; 0 is left out."""

    least: int = 5
    most: int = 20_000


def _find_number(record: View, limits: _Number) -> Iterator[Met]:
    number = record["planned_participants"]
    if number and not limits.least <= number <= limits.most:
        yield Met(
            "planned_participants",
            f"{number} participants lie outside {limits.least}–{limits.most}",
        )


def _find_split_above_number(record: View, _: Settings) -> Iterator[Met]:
    number = record["planned_participants"]
    women, men = record.get("planned_women") or 0, record.get("planned_men") or 0
    if women + men > number:
        yield Met(
            "planned_participants",
            f"{women} women and {men} men are more than {number} participants",
        )


def _find_target_split(record: View, _: Settings) -> Iterator[Met]:
    for target in record["participant_targets"]:
        women, men = target["women"] or 0, target["men"] or 0
        # 50/50 behind a target of 40 is a share, not a number of persons.
        if women + men > target["total"] and women + men != _PERCENT:
            yield Met(
                "participant_targets",
                f"{quote(target['label'])}: {women} women and {men} men are more than "
                f"{target['total']}",
            )


class _TimesPlanned(NamedTuple):
    """How many times the planned participants a target may be without a remark."""

    times: float = 3.0


def _find_target_above_number(record: View, limits: _TimesPlanned) -> Iterator[Met]:
    planned = record["planned_participants"]
    for target in record["participant_targets"]:
        if planned and target["total"] > limits.times * planned:
            yield Met(
                "participant_targets",
                f"{quote(target['label'])}: {target['total']}, but {planned} participants are "
                "planned",
            )


def _find_empty_split(record: View, _: Settings) -> Iterator[Met]:
    number = record["planned_participants"]
    women, men = record["planned_women"], record["planned_men"]
    if number and not women and not men:
        yield Met(
            "planned_participants",
            f"{number} participants are planned, and 0 women and 0 men of them",
        )


def _target(total: int, women: int, men: int) -> dict[str, object]:
    return {"label": "Antal deltagare i kurser", "total": total, "women": women, "men": men}


RULES: Final = (
    Rule(
        code=Problem.PARTICIPANTS_UNUSUAL,
        severity=Severity.WARNING,
        find=_find_number,
        settings=_Number(),
        reads=("planned_participants",),
        at_ingest=True,
        breaks={"planned_participants": 3},
        keeps={"planned_participants": 0},
    ),
    Rule(
        code=Problem.PARTICIPANTS_SPLIT_EXCEEDS,
        severity=Severity.WARNING,
        find=_find_split_above_number,
        reads=("planned_participants",),
        breaks={"planned_participants": 50, "planned_women": 40, "planned_men": 20},
        keeps={"planned_participants": 50, "planned_women": 25, "planned_men": 20},
    ),
    Rule(
        code=Problem.PARTICIPANTS_SPLIT_EMPTY,
        severity=Severity.NOTE,
        find=_find_empty_split,
        reads=("planned_participants", "planned_women", "planned_men"),
        breaks={"planned_participants": 50, "planned_women": 0, "planned_men": 0},
        keeps={"planned_participants": 50, "planned_women": 50, "planned_men": 0},
    ),
    Rule(
        code=Problem.TARGET_SPLIT_EXCEEDS,
        severity=Severity.WARNING,
        find=_find_target_split,
        reads=("participant_targets",),
        breaks={"participant_targets": (_target(100, 80, 70),)},
        keeps={"participant_targets": (_target(40, 50, 50),)},
    ),
    Rule(
        code=Problem.TARGET_EXCEEDS_PARTICIPANTS,
        severity=Severity.NOTE,
        find=_find_target_above_number,
        settings=_TimesPlanned(),
        kinds=("project",),
        reads=("planned_participants", "participant_targets"),
        breaks={"planned_participants": 50, "participant_targets": (_target(800, 400, 400),)},
        keeps={"planned_participants": 50, "participant_targets": (_target(100, 50, 50),)},
    ),
)
