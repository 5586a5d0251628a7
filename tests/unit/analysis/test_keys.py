import pytest

from esfkit.analysis.keys import KEYS, named_keys
from esfkit.analysis.summary import summary
from esfkit.dataset.frame import to_frame
from factories import a_full_project


@pytest.mark.parametrize("key", KEYS)
def test_every_key_groups_a_dataset(key: str) -> None:
    table = summary(to_frame([a_full_project()]), [key]).table

    assert table.columns[0] == key
    assert table[key].null_count() == 0
    assert table["projects"][-1] == 1


def test_a_key_asked_for_twice_is_used_once() -> None:
    assert named_keys(["region", "region", "period_start.year", "start_year"]) == [
        "region",
        "start_year",
    ]
