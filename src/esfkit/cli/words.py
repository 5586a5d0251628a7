"""The words that keys, measures and their like are asked for by, without loading tables.

Completion and ``esfkit help`` read them. Unit tests hold each list equal to the one
that the commands go by.
"""

from collections.abc import Mapping
from typing import Final

KEYS: Final = (
    "programme_period",
    "programme_area",
    "programme_area_name",
    "specific_objective",
    "intervention_code",
    "intervention_name",
    "region",
    "region_code",
    "owner_name",
    "owner_org_number",
    "phase",
    "fund",
    "kind",
    "layout",
    "programme_cci",
    "call_number",
    "start_year",
    "end_year",
    "organisation",
    "owner_type",
    "budget_class",
    "support_class",
    "participants_class",
    "duration",
    "county",
    "municipality",
)
"""What ``--by`` takes; see :data:`esfkit.analysis.grouping.keys.KEYS`."""

SHARED: Final = ("county", "municipality")
"""Keys of which one project can have several values; a timeline takes none of them."""

CLASSES: Final = ("budget_class", "support_class", "participants_class", "duration")
"""Keys whose classes ``--edges`` moves, as in :mod:`esfkit.analysis.grouping.classes`."""

MEASURES: Final[Mapping[str, str]] = {
    "budget": "total_budget_sek",
    "support": "esf_support_sek",
    "share": "esf_share",
    "expected_share": "expected_share",
    "participants": "planned_participants",
    "women": "planned_women",
    "men": "planned_men",
    "women_share": "women_share",
    "targets": "largest_participant_target",
    "support_per_participant": "support_per_participant",
    "budget_per_participant": "budget_per_participant",
    "support_per_month": "support_per_month",
    "budget_per_month": "budget_per_month",
    "days": "project_days",
    "call_amount": "call_amount_sek",
    "budget_eur": "total_budget_eur",
    "support_eur": "esf_support_eur",
}
"""What ``--measures`` takes, with the column that it becomes in a table."""

STATISTICS: Final = ("mean", "min", "q1", "median", "q3", "max", "quartiles", "spread")
"""What may stand behind a measure and a point."""

SPANS: Final = ("year", "quarter", "month")
"""What ``--every`` takes; see :data:`esfkit.analysis.time.spread.BUCKETS_A_YEAR`."""

PLACES: Final = ("days", "start")
"""What ``--at`` takes; see :data:`esfkit.analysis.time.timeline.At`."""

AVERAGE: Final = "avg"
"""What ``--eur`` takes beside years; see :data:`esfkit.analysis.figures.money.BY_START`."""
